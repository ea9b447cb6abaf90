//! People as the label has them: in China from the province down, abroad from the street up.

use crate::order::{Person, abroad};
use label::forms::waybill::Party;

/// Somebody's name, phone and address in one line.
pub fn party(person: &Person) -> Party {
    let at = &person.address;
    if at.is_abroad() {
        return Party {
            name: person.name.clone(),
            phone: person.phone.clone(),
            address: abroad::postal(at),
        };
    }
    // Municipalities repeat themselves as city, 东莞 and its like as district.
    let mut address = String::new();
    let mut last = "";
    for part in [&at.province, &at.city, &at.district] {
        if part != last {
            address.push_str(part);
        }
        last = part;
    }
    address.push_str(&at.detail);
    Party { name: person.name.clone(), phone: person.phone.clone(), address }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::order::Address;

    #[test]
    fn a_place_is_said_once_and_a_country_last() {
        let address = |[province, city, district, country]: [&str; 4]| Address {
            province: province.into(),
            city: city.into(),
            district: district.into(),
            detail: "示例路 1 号".into(),
            country: country.into(),
            ..Address::default()
        };
        let said =
            |at: [&str; 4]| party(&Person { address: address(at), ..Person::default() }).address;
        assert_eq!(said(["上海市", "上海市", "浦东新区", ""]), "上海市浦东新区示例路 1 号");
        assert_eq!(said(["广东省", "东莞市", "东莞市", ""]), "广东省东莞市示例路 1 号");
        assert_eq!(said(["", "Berlin", "", "DE"]), "示例路 1 号, Berlin, GERMANY");
    }
}
