//! A kill at any instant: a future that is dropped after a number of polls. What the database's
//! thread has begun is still committed, as after a real death just behind the commit.

use std::{
    future::Future,
    pin::{Pin, pin},
    task::{Context, Poll},
};

/// It was killed before it was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Killed;

/// Runs `future` for at most `polls` polls.
///
/// # Errors
/// [`Killed`] if it was not done by then.
pub async fn kill_after<F: Future>(polls: usize, future: F) -> Result<F::Output, Killed> {
    Mortal { future: pin!(future), left: polls }.await
}

struct Mortal<'a, F> {
    future: Pin<&'a mut F>,
    left: usize,
}

impl<F: Future> Future for Mortal<'_, F> {
    type Output = Result<F::Output, Killed>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        if self.left == 0 {
            return Poll::Ready(Err(Killed));
        }
        self.left -= 1;
        self.future.as_mut().poll(context).map(Ok)
    }
}
