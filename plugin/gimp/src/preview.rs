//! The fill for the dialog's preview, computed in a thread of its own.
//!
//! The thread never talks to GIMP: it opens the model, hands it to the main thread, which reads the pixels, and fills
//! those. Every request has a number; whatever belongs to an older number than the newest is given up.

use crate::engine::{Engine, Error, Model, Settings};
use crate::fill::Job;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, TryRecvError, channel};
use std::thread::JoinHandle;
use std::time::Duration;

/// What the main thread asks for.
enum Request {
    Open {
        number: u64,
        model: String,
        device: String,
    },
    Fill {
        number: u64,
        job: Box<Job>,
        model: Arc<Model>,
        settings: Box<Settings>,
    },
}

/// What the thread has for the main thread.
pub enum Answer {
    /// The model is open: now the pixels can be read.
    Opened(Arc<Model>),
    /// The fill is there.
    Filled(Box<Job>),
    /// Why there is none.
    Failed(String),
}

/// The number of the newest request and how far it is.
#[derive(Default)]
struct State {
    newest: AtomicU64,
    /// Share that is done, in thousandths.
    done: AtomicU32,
}

/// The thread and the way to talk to it.
pub struct Worker {
    state: Arc<State>,
    requests: Option<Sender<Request>>,
    answers: Receiver<(u64, Answer)>,
    thread: Option<JoinHandle<()>>,
}

impl Worker {
    /// Starts the thread.
    pub fn start(engine: Engine) -> Self {
        let (requests, inbox) = channel();
        let (outbox, answers) = channel();
        let state = Arc::new(State::default());
        let shared = Arc::clone(&state);
        let thread = std::thread::spawn(move || work(engine, &shared, &inbox, &outbox));
        Self {
            state,
            requests: Some(requests),
            answers,
            thread: Some(thread),
        }
    }

    /// Gives up whatever is under way and opens a model.
    pub fn open(&self, model: String, device: String) {
        let number = self.state.newest.fetch_add(1, Ordering::Relaxed) + 1;
        self.send(Request::Open {
            number,
            model,
            device,
        });
    }

    /// Fills, as the second half of the newest request.
    pub fn fill(&self, job: Job, model: Arc<Model>, settings: Settings) {
        let number = self.state.newest.load(Ordering::Relaxed);
        self.state.done.store(0, Ordering::Relaxed);
        self.send(Request::Fill {
            number,
            job: Box::new(job),
            model,
            settings: Box::new(settings),
        });
    }

    /// Gives up whatever is under way.
    pub fn cancel(&self) {
        self.state.newest.fetch_add(1, Ordering::Relaxed);
    }

    /// How far the newest fill is: 0 to 1.
    pub fn done(&self) -> f32 {
        self.state.done.load(Ordering::Relaxed) as f32 / 1000.0
    }

    /// What has come in for the newest request, without waiting.
    pub fn answer(&self) -> Option<Answer> {
        loop {
            match self.answers.try_recv() {
                Ok((number, answer)) if number == self.state.newest.load(Ordering::Relaxed) => {
                    return Some(answer);
                }
                Ok(_) => {}
                Err(TryRecvError::Empty | TryRecvError::Disconnected) => return None,
            }
        }
    }

    /// Waits for the next answer to the newest request for a moment.
    pub fn wait(&self, moment: Duration) -> Result<Option<Answer>, Gone> {
        match self.answers.recv_timeout(moment) {
            Ok((number, answer)) if number == self.state.newest.load(Ordering::Relaxed) => {
                Ok(Some(answer))
            }
            Ok(_) | Err(RecvTimeoutError::Timeout) => Ok(None),
            Err(RecvTimeoutError::Disconnected) => Err(Gone),
        }
    }

    fn send(&self, request: Request) {
        if let Some(requests) = &self.requests {
            // A thread that is gone has said why before.
            let _ = requests.send(request);
        }
    }
}

impl Drop for Worker {
    /// Ends the thread, and waits for it: a process that ends under a running network may end in a crash.
    fn drop(&mut self) {
        self.cancel();
        self.requests = None;
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// The thread has ended.
pub struct Gone;

fn work(engine: Engine, state: &State, inbox: &Receiver<Request>, outbox: &Sender<(u64, Answer)>) {
    for request in inbox {
        let number = match &request {
            Request::Open { number, .. } | Request::Fill { number, .. } => *number,
        };
        let wanted = || number == state.newest.load(Ordering::Relaxed);
        if !wanted() {
            continue;
        }
        let answer = match request {
            Request::Open { model, device, .. } => engine
                .open_model(&model, &device)
                .map(|model| Answer::Opened(Arc::new(model))),
            Request::Fill {
                mut job,
                model,
                settings,
                ..
            } => {
                let mut progress = |share: f32, _: &str| {
                    state.done.store((share * 1000.0) as u32, Ordering::Relaxed);
                    wanted()
                };
                job.run(&engine, &model, &settings, &mut progress)
                    .map(|_| Answer::Filled(job))
            }
        };
        let answer = match answer {
            Ok(answer) => answer,
            Err(Error::Cancelled) => continue,
            Err(error) => Answer::Failed(error.to_string()),
        };
        if outbox.send((number, answer)).is_err() {
            return;
        }
    }
}
