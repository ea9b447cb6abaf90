//! A station at work: opened, its tasks running, practice beside it if the settings say so.

use crate::{outside, playing::Playing, receive};
use station::{
    Running, Station, config,
    trouble::{Action, Code, Trouble},
};
use std::{path::Path, sync::Arc};
use tokio::task::JoinHandle;

/// A station that is open.
pub struct Session {
    /// All verbs and views.
    pub station: Arc<Station>,
    running: Option<Running>,
    receiving: Option<JoinHandle<()>>,
    deaf: Option<Trouble>,
    playing: Option<Playing>,
}

impl Session {
    /// Opens the home. Nothing is asked of a carrier or printer before [`Session::run`].
    ///
    /// # Errors
    /// Settings, lock, database; or no port for the practice stand-ins.
    pub async fn open(home: &Path) -> Result<Self, Trouble> {
        // Without a log the station works all the same.
        drop(station::log::start(home));
        // Faults of the settings are told by the station, whole and in one place.
        let practice = config::read(home).is_ok_and(|config| config.practice);
        let playing = match practice {
            true => Some(Playing::start(home).await.map_err(internal)?),
            false => None,
        };
        let station = Station::open(home, outside::real(playing.as_ref())).await?;
        Ok(Self { station, running: None, receiving: None, deaf: None, playing })
    }

    /// A station that was opened beside what is already being played.
    #[cfg(feature = "window")]
    pub fn of(station: Arc<Station>, playing: Option<Playing>) -> Self {
        Self { station, running: None, receiving: None, deaf: None, playing }
    }

    /// Lets go of the station; practice goes on.
    #[cfg(feature = "window")]
    pub fn give_up(self) -> Option<Playing> {
        self.playing
    }

    /// The practice stand-ins, if they run.
    pub fn playing(&self) -> Option<&Playing> {
        self.playing.as_ref()
    }

    /// Starts the tasks that work the queues.
    pub fn run(&mut self) {
        self.running = Some(self.station.run());
        let Some(wanted) = self.station.config().receive.clone() else { return };
        let station = Arc::clone(&self.station);
        match receive::listen(&wanted) {
            Ok(listener) => {
                self.deaf = None;
                self.receiving = Some(tokio::spawn(async move {
                    if let Err(error) = receive::serve(listener, station, wanted).await {
                        tracing::error!(%error, "pushes are not received");
                    }
                }));
            }
            Err(error) => {
                tracing::error!(%error, port = wanted.at.port(), "pushes are not received");
                let fields = [("port", wanted.at.port().to_string()), ("why", error.to_string())];
                self.deaf = Some(Trouble::new(Code::PortTaken, Action::None, fields));
            }
        }
    }

    /// Why pushes are not heard although the settings ask for it.
    pub fn deaf(&self) -> Option<&Trouble> {
        self.deaf.as_ref()
    }

    /// Stops the tasks; what is under way is finished or left for the next run.
    pub async fn rest(&mut self) {
        if let Some(receiving) = self.receiving.take() {
            receiving.abort();
        }
        if let Some(running) = self.running.take() {
            running.stop().await;
        }
    }

    /// Stops the tasks, and practice with them. Views stay open.
    pub async fn halt(&mut self) {
        self.rest().await;
        if let Some(playing) = self.playing.take() {
            playing.stop().await;
        }
    }
}

/// Something of the system failed that has no trouble of its own.
pub fn internal(why: impl ToString) -> Trouble {
    Trouble::new(Code::Internal, Action::None, [("why", why.to_string())])
}

/// The disk failed.
pub fn storage(why: impl ToString) -> Trouble {
    Trouble::new(Code::Storage, Action::None, [("why", why.to_string())])
}

#[cfg(test)]
mod tests {
    use super::*;
    use station::view::{AccountChange, ApplicationState, ApplyForm, Verdict};

    #[tokio::test]
    async fn a_port_that_another_program_has_is_said_and_nothing_else_stops() {
        let home = tempfile::tempdir().expect("a folder");
        config::write_practice(home.path()).expect("settings");
        let taken = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
        let port = taken.local_addr().expect("an address").port();
        let path = home.path().join(config::FILE_NAME);
        let toml = std::fs::read_to_string(&path).expect("settings");
        std::fs::write(&path, format!("{toml}\n[receive]\nport = {port}\n")).expect("written");
        let mut session = Session::open(home.path()).await.expect("opens");
        session.run();
        let deaf = session.deaf().expect("the port is taken").clone();
        assert_eq!((deaf.code, &deaf.fields["port"]), (Code::PortTaken, &port.to_string()));
        assert!(session.running.is_some());

        // Free again: the next start hears.
        session.rest().await;
        drop(taken);
        session.run();
        assert_eq!(session.deaf(), None);
        session.halt().await;
    }

    /// Over real sockets both ways: 1107 to the practice carrier, 1117 from it to the port.
    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn in_practice_a_number_is_applied_for_pushed_and_taken() {
        let home = tempfile::tempdir().expect("a folder");
        config::write_practice(home.path()).expect("settings");
        let free = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
        let port = free.local_addr().expect("an address").port();
        drop(free);
        let path = home.path().join(config::FILE_NAME);
        let toml = std::fs::read_to_string(&path).expect("settings");
        std::fs::write(&path, format!("{toml}\n[receive]\nport = {port}\n")).expect("written");
        let mut session = Session::open(home.path()).await.expect("opens");
        session.run();
        assert_eq!(session.deaf(), None);
        let station = Arc::clone(&session.station);
        let name = station.config().carriers[0].name.clone();
        let form = station.apply_form(&name).expect("a form");
        let (station_code, station_name) = ("310001".into(), "练习仓前部".into());
        let form = ApplyForm { station_code, station_name, ..form };
        let asked = station.apply(form).await.expect("applied").application.expect("kept");
        assert_eq!(asked.state, ApplicationState::Accepted);
        let mut changed = station.changed();
        let came = loop {
            let one = station.applications().expect("listed").remove(0);
            if one.state == ApplicationState::Granted {
                break one;
            }
            changed.changed().await.expect("the station is open");
        };
        let text = station.plan_accounts(&AccountChange::Take { id: came.id }).expect("planned");
        config::replace(home.path(), &text).expect("written");
        session.halt().await;
        drop((station, session));
        let mut session = Session::open(home.path()).await.expect("opens again");
        let one = session.station.applications().expect("listed").remove(0);
        assert_eq!(one.state, ApplicationState::Taken);
        let tried = session.station.try_account(&name).await.expect("tried");
        assert_eq!(tried.verdict, Verdict::Works);
        session.halt().await;
    }
}
