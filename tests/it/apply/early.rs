//! A push that is there before the answer to the application was read.

use super::{MERCHANT, apply, hear, one};
use practice::carrier::Faults;
use scene::{Home, World};
use station::{
    outside::{Answer, Http, HttpError, Later, Outside, Request},
    view::ApplicationState as S,
};
use std::sync::Arc;
use tokio::sync::Notify;

/// Gives every answer only when it is told to.
struct Late {
    door: Arc<dyn Http>,
    go: Arc<Notify>,
}

impl Http for Late {
    fn send(&self, request: Request) -> Later<'_, Result<Answer, HttpError>> {
        Box::pin(async move {
            let answer = self.door.send(request).await;
            self.go.notified().await;
            answer
        })
    }
}

#[tokio::test]
async fn a_push_before_the_answer_settles_it_whatever_the_answer_is() {
    for lost in [false, true] {
        let home = Home::new("none");
        let faults = Faults { lose_after_commit: f64::from(u8::from(lost)), ..Faults::default() };
        home.world.set_faults(faults);
        let outside = World::outside(&home.world);
        let go = Arc::new(Notify::new());
        let late = Late { door: Arc::clone(&outside.http), go: Arc::clone(&go) };
        let outside = Outside { http: Arc::new(late), ..outside };
        let scene = home.open_in(outside).await.expect("opens");
        let pushed = async {
            while home.world.applied() == 0 {
                tokio::task::yield_now().await;
            }
            hear(&scene, &home.world.push_applied(MERCHANT, 1, None)).await;
            assert_eq!(one(&scene).state, S::Granted);
            go.notify_one();
        };
        let (asked, ()) = tokio::join!(apply(&scene), pushed);
        assert_eq!((asked.state, asked.apply_code.as_str()), (S::Granted, "PA000001"));
        assert_eq!(one(&scene), asked);
    }
}
