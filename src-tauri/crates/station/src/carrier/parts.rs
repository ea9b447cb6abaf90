//! The labels of one waybill: part 1 bears its own number, the further parcels follow, and the slip
//! that comes back is the last.

use super::Waybill;

/// The part that bears the waybill's own number.
pub const FIRST: u32 = 1;

impl Waybill {
    /// In how many parcels it goes, by the numbers there are.
    pub fn parcels(&self) -> u32 {
        u32::try_from(self.children.len()).map_or(u32::MAX, |children| children.saturating_add(1))
    }

    /// How many labels it has: its parcels', and that of the slip.
    pub fn labels(&self) -> u32 {
        self.parcels() + u32::from(self.slip.is_some())
    }

    /// Whether a part is the slip that comes back.
    pub fn is_slip(&self, part: u32) -> bool {
        self.slip.is_some() && part == self.labels()
    }

    /// The number that stands on a part's label.
    pub fn no_of(&self, part: u32) -> Option<&str> {
        match part {
            FIRST => Some(&self.no),
            _ if self.is_slip(part) => self.slip.as_ref().map(|slip| slip.no.as_str()),
            _ => {
                let nth = usize::try_from(part.checked_sub(2)?).ok()?;
                self.children.get(nth).map(|child| child.no.as_str())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::carrier::{Child, Waybill};

    #[test]
    fn parts_are_the_number_its_children_and_the_slip() {
        let child = |no: &str| Child { no: no.into(), ..Child::default() };
        let alone = Waybill { no: "A".into(), ..Waybill::default() };
        assert_eq!((alone.parcels(), alone.labels(), alone.is_slip(1)), (1, 1, false));
        assert_eq!((alone.no_of(1), alone.no_of(0), alone.no_of(2)), (Some("A"), None, None));
        let three = Waybill { children: vec![child("B"), child("C")], ..alone };
        let all = Waybill { slip: Some(child("S")), ..three.clone() };
        assert_eq!((three.parcels(), three.labels(), all.parcels(), all.labels()), (3, 3, 3, 4));
        let numbers: Vec<_> = (1..=5).map(|part| all.no_of(part)).collect();
        assert_eq!(numbers, [Some("A"), Some("B"), Some("C"), Some("S"), None]);
        assert!(all.is_slip(4) && !all.is_slip(3) && !three.is_slip(3));
    }
}
