//! What carriers say by themselves.

use crate::World;

impl World {
    /// What KDNiao would push of these numbers now, to this account, signed.
    pub fn push(&self, business_id: &str, request_type: &str, numbers: &[&str]) -> Vec<u8> {
        self.desk().push(business_id, request_type, numbers)
    }

    /// What KDNiao would push of these numbers now, which 8005 subscribed to, signed.
    pub fn push_maps(&self, business_id: &str, numbers: &[&str]) -> Vec<u8> {
        self.desk().push_maps(business_id, numbers)
    }

    /// What KDNiao may push of when these arrive, which 6016 subscribed to, signed.
    pub fn push_etas(&self, business_id: &str, numbers: &[&str]) -> Vec<u8> {
        self.desk().push_etas(business_id, numbers)
    }

    /// What KDNiao would push of these bookings now (103), to this account, signed.
    pub fn push_couriers(&self, business_id: &str, keys: &[&str]) -> Vec<u8> {
        self.desk().push_couriers(business_id, keys)
    }

    /// What KDNiao would push of the nth application (1117), from 1, to this account, signed; a
    /// number, or why there is none.
    pub fn push_applied(&self, business_id: &str, nth: usize, refused: Option<&str>) -> Vec<u8> {
        self.desk().push_applied(business_id, nth, refused)
    }

    /// What KDNiao would push of an application with these fields, signed.
    pub fn push_1117(&self, business_id: &str, data: &serde_json::Value) -> Vec<u8> {
        self.desk().push_1117(business_id, data)
    }

    /// How many applications for customer numbers KDNiao has.
    pub fn applied(&self) -> usize {
        self.desk().applied()
    }

    /// What Kuaidi100 would push of a number now, signed with this salt; empty before anything
    /// happened to it.
    pub fn push_kuaidi100(&self, number: &str, salt: &str) -> Vec<u8> {
        self.desk().push_kuaidi100(number, salt).unwrap_or_default()
    }

    /// What SF would push of these numbers so far, a body each push; as JSON or as XML in a form.
    pub fn push_sf(&self, numbers: &[&str], xml: bool) -> Vec<Vec<u8>> {
        self.desk().push_sf(numbers, xml)
    }

    /// What Kuaidi100 would say of a booked courier now, signed with this salt.
    pub fn call_kuaidi100(&self, key: &str, salt: &str) -> Vec<u8> {
        self.desk().call_kuaidi100(key, salt).unwrap_or_default()
    }
}
