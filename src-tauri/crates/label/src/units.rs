//! Lengths on paper (µm) and on a print head (dots). A page is drawn for one head, in its dots,
//! because a barcode is only good when its bars are whole dots.

/// A print head, by its pitch.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Head {
    /// Dots per metre. Not per inch: "203 dpi" is 8 dots/mm exactly on every such head.
    pub dots_per_m: u32,
}

impl Head {
    /// "203 dpi".
    pub const DPMM_8: Self = Self { dots_per_m: 8_000 };
    /// "300 dpi" of Zebra and TSC.
    pub const DPMM_12: Self = Self { dots_per_m: 12_000 };
    /// 300 dpi taken literally, as some makers do.
    pub const DPI_300: Self = Self { dots_per_m: 11_811 };

    /// A length in dots, to the nearest dot.
    pub fn dots(self, um: i32) -> i32 {
        let scaled = i64::from(um) * i64::from(self.dots_per_m);
        let half = if scaled < 0 { -500_000 } else { 500_000 };
        ((scaled + half) / 1_000_000) as i32
    }

    /// The usual width of a barcode's narrowest bar, in whole dots: about 0.35 mm, which is
    /// 3 dots at 8 dots/mm and 4 dots at 12.
    pub fn module(self) -> i32 {
        self.dots(350).max(2)
    }

    /// The narrowest bar that survives handling: 0.25 mm and never under 2 dots (a single dot
    /// grades F once the head is worn).
    pub fn module_min(self) -> i32 {
        let dots = (u64::from(self.dots_per_m) * 250).div_ceil(1_000_000);
        i32::try_from(dots).unwrap_or(i32::MAX).max(2)
    }
}

/// The paper of one label, without its backing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Paper {
    /// Across the feed, µm.
    pub width_um: i32,
    /// Along the feed, µm.
    pub height_um: i32,
}

impl Paper {
    /// The one-part waybill of most Chinese carriers.
    pub const WAYBILL: Self = Self { width_um: 76_000, height_um: 130_000 };
    /// One part, wide and short (京东).
    pub const WAYBILL_SHORT: Self = Self { width_um: 100_000, height_um: 113_000 };
    /// Two parts of 90 and 60 mm (顺丰, 申通, EMS).
    pub const WAYBILL_TWO: Self = Self { width_um: 100_000, height_um: 150_000 };
    /// Two parts of 110 and 70 mm.
    pub const WAYBILL_TWO_LONG: Self = Self { width_um: 100_000, height_um: 180_000 };
    /// Office paper.
    pub const A4: Self = Self { width_um: 210_000, height_um: 297_000 };
    /// Half of it.
    pub const A5: Self = Self { width_um: 148_000, height_um: 210_000 };
    /// The papers that waybills are made for.
    pub const WAYBILLS: [Self; 4] =
        [Self::WAYBILL, Self::WAYBILL_SHORT, Self::WAYBILL_TWO, Self::WAYBILL_TWO_LONG];
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_lengths_are_known_dots() {
        let cases = [
            (Head::DPMM_8, 76_000, 608),
            (Head::DPMM_8, 130_000, 1_040),
            (Head::DPMM_12, 76_000, 912),
            (Head::DPMM_12, 130_000, 1_560),
            (Head::DPI_300, 76_000, 898),
            (Head::DPI_300, 130_000, 1_535),
            (Head::DPMM_8, -2_000, -16),
        ];
        for (head, um, dots) in cases {
            assert_eq!(head.dots(um), dots, "{um} µm on {head:?}");
        }
    }

    #[test]
    fn modules_are_whole_dots_and_wide_enough() {
        let got =
            [Head::DPMM_8, Head::DPMM_12, Head::DPI_300].map(|h| (h.module(), h.module_min()));
        assert_eq!(got, [(3, 2), (4, 3), (4, 3)]);
        assert_eq!(Head { dots_per_m: 4_000 }.module_min(), 2);
    }
}
