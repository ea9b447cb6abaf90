//! Messages to receivers, where an account sends them. Paid by the message, and a phone number
//! leaves the house: never without a person's wish.

use super::CarrierError;
use crate::{
    order::SmsWord,
    outside::{Http, Later},
};

/// What a message's placeholder is told, by our fields.
pub type Tells<'a> = dyn Fn(SmsWord) -> String + 'a;

/// An account that sends messages.
pub trait Messages: Send + Sync {
    /// Which template.
    fn template(&self) -> u32;

    /// The exact text to be stored and sent; or the field of ours that is empty, for which the
    /// message would have a hole. `mobile`: eleven digits.
    ///
    /// # Errors
    /// That field.
    fn message_request(&self, mobile: &str, tells: &Tells<'_>) -> Result<String, SmsWord>;

    /// Sends a stored request; the account's own key of the message.
    fn send_message<'a>(
        &'a self,
        http: &'a dyn Http,
        stored: &'a str,
    ) -> Later<'a, Result<String, CarrierError>>;
}
