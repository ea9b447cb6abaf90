//! What the world's account sent to receivers.

use super::World;
use practice::carrier::Message;

impl World {
    /// Every message that went out, oldest first.
    pub fn messages(&self) -> Vec<Message> {
        self.desk().messages()
    }
}
