//! Files as shops export them; every expectation was read by a person.
