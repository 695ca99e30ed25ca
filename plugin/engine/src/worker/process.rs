//! A worker, seen from the host.

use std::io;
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, ExitStatus, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use super::frame::{self, Head, Hello, Open, Opened, Ran, Run, VERSION};
use super::pipe;
use super::program::{ARGUMENT, VARIABLE};
use crate::runtime::{CancelToken, Inputs, RuntimeReport, Tensor, pass_on};

/// How long a program may take to say that it is a worker.
const HELLO: Duration = Duration::from_secs(30);

/// How long a worker that has broken off may take to end.
const LAST: Duration = Duration::from_secs(2);

/// A worker that runs one model. Dropped, it is ended.
#[derive(Debug)]
pub(super) struct Process {
    life: Arc<Life>,
    to: ChildStdin,
    from: ChildStdout,
}

/// The process itself, which may be ended from another thread.
#[derive(Debug)]
struct Life {
    child: Mutex<Child>,
    /// Runs that it has done.
    runs: AtomicUsize,
}

impl Life {
    fn child(&self) -> MutexGuard<'_, Child> {
        self.child.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn end(&self) {
        // Who has ended already needs no end.
        let _ = self.child().kill();
    }

    /// Ends it if it is still at the run after so many: who cancels late must not end the next one.
    fn end_run(&self, runs: usize) {
        let mut child = self.child();
        if self.runs.load(Ordering::SeqCst) == runs {
            let _ = child.kill();
        }
    }

    /// Says that a run is done.
    fn run_is_done(&self) {
        let _child = self.child();
        self.runs.fetch_add(1, Ordering::SeqCst);
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.life.end();
        let _ = self.life.child().wait();
    }
}

/// What a worker says of a run.
#[derive(Debug)]
pub(super) enum Answer {
    /// The output, and what has answered, where that is not what the model was opened on.
    Done(Tensor, Option<RuntimeReport>),
    Failed(String),
}

/// Why a worker gave no answer.
#[derive(Debug)]
pub(super) enum Lost {
    /// It could not be started, or is no worker.
    NoWorker(String),
    /// It has died, or says nonsense.
    Died(String),
}

impl Process {
    /// Starts the program and has it open a model.
    pub fn start(program: &Path, open: &Open) -> Result<(Self, Opened), Lost> {
        let mut process = Self::spawn(program)
            .map_err(|error| Lost::NoWorker(format!("{}: {error}", program.display())))?;
        process.greet().map_err(|why| {
            Lost::NoWorker(format!(
                "{} is no worker of this Reweave: {why}",
                program.display()
            ))
        })?;
        let opened = pipe::without_signal(|| {
            frame::write(&mut process.to, open)?;
            frame::read(&mut process.from)
        });
        match opened {
            Ok(opened) => Ok((process, opened)),
            Err(error) => Err(Lost::Died(process.last_words(&error))),
        }
    }

    fn spawn(program: &Path) -> io::Result<Self> {
        let mut command = Command::new(program);
        command
            .arg(ARGUMENT)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            // A worker has none of its own.
            .env(VARIABLE, "0");
        pass_on(&mut command);
        let mut child = command.spawn()?;
        let (Some(to), Some(from)) = (child.stdin.take(), child.stdout.take()) else {
            return Err(io::Error::other("its input and output cannot be had"));
        };
        pipe::widen(&to);
        pipe::widen(&from);
        let life = Life {
            child: Mutex::new(child),
            runs: AtomicUsize::new(0),
        };
        Ok(Self {
            life: Arc::new(life),
            to,
            from,
        })
    }

    /// Waits for the worker to say that it is one, but not for ever: some programs wait for us.
    fn greet(&mut self) -> Result<(), String> {
        let (done, greeted) = mpsc::channel::<()>();
        let life = Arc::clone(&self.life);
        let watch = thread::Builder::new()
            .name("reweave-worker".into())
            .spawn(move || {
                if greeted.recv_timeout(HELLO) == Err(mpsc::RecvTimeoutError::Timeout) {
                    life.end();
                }
            });
        let watch = watch.map_err(|error| format!("no thread to watch it: {error}"))?;
        let hello = frame::read::<Hello>(&mut self.from);
        drop(done);
        // It ends at once, having nothing left to wait for.
        let _ = watch.join();
        match hello {
            Ok(Hello { version: VERSION }) => Ok(()),
            Ok(Hello { version }) => Err(format!(
                "it speaks version {version}, {VERSION} is wanted; install all of Reweave from the same release"
            )),
            Err(error) => Err(self.last_words(&error)),
        }
    }

    /// Whether it can still be asked.
    pub fn is_alive(&self) -> bool {
        matches!(self.life.child().try_wait(), Ok(None))
    }

    /// Whether it has done a run.
    pub fn has_served(&self) -> bool {
        self.life.runs.load(Ordering::SeqCst) > 0
    }

    /// Asks for one run, and is ended when that is cancelled. `Err` is what became of the worker; what the model says is in
    /// the answer.
    pub fn run(
        &mut self,
        inputs: &Inputs,
        output: &str,
        cancel: &CancelToken,
    ) -> Result<Answer, String> {
        let (life, runs) = (
            Arc::clone(&self.life),
            self.life.runs.load(Ordering::SeqCst),
        );
        cancel.on_cancel(move || life.end_run(runs));
        let run = Run {
            output: output.into(),
            inputs: inputs
                .iter()
                .map(|(name, tensor)| Head::of(name, tensor))
                .collect(),
        };
        // A filled picture has at most as many values as what it was made from; bytes may become floats.
        let sum: usize = inputs
            .iter()
            .map(|(_, tensor)| frame::bytes_of(tensor))
            .sum();
        let most = sum.saturating_mul(4);
        let exchange = || {
            frame::write(&mut self.to, &run)?;
            for (_, tensor) in inputs {
                frame::write_values(&mut self.to, tensor)?;
            }
            match frame::read(&mut self.from)? {
                Ran::Done { output, taken_over } => {
                    let (_, tensor) = frame::read_one(&mut self.from, output, most)?;
                    Ok(Answer::Done(tensor, taken_over.map(Into::into)))
                }
                Ran::Failed(why) => Ok(Answer::Failed(why)),
            }
        };
        let answer = pipe::without_signal(exchange);
        self.life.run_is_done();
        answer.map_err(|error: io::Error| self.last_words(&error))
    }

    /// What became of it, once it has broken off.
    fn last_words(&self, error: &io::Error) -> String {
        if error.kind() == io::ErrorKind::InvalidData {
            return error.to_string();
        }
        // Its pipes are closed a moment before it has ended.
        let mut left = LAST;
        let step = Duration::from_millis(5);
        loop {
            match self.life.child().try_wait() {
                Ok(Some(status)) => return how_it_ended(status),
                Ok(None) if !left.is_zero() => {}
                _ => return format!("it broke off ({error})"),
            }
            thread::sleep(step);
            left = left.saturating_sub(step);
        }
    }
}

#[cfg(unix)]
fn how_it_ended(status: ExitStatus) -> String {
    use std::os::unix::process::ExitStatusExt;

    match status.signal() {
        Some(libc::SIGABRT) => "it was aborted: memory ran out, or a library gave up".into(),
        Some(libc::SIGSEGV | libc::SIGBUS | libc::SIGILL | libc::SIGFPE) => {
            format!(
                "it crashed (signal {})",
                status.signal().unwrap_or_default()
            )
        }
        Some(libc::SIGKILL) => "it was killed: by somebody, or because memory ran out".into(),
        _ => format!("it ended ({status})"),
    }
}

#[cfg(not(unix))]
fn how_it_ended(status: ExitStatus) -> String {
    format!("it ended ({status})")
}
