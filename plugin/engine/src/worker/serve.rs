//! The worker's own side: opens the model that it is told to, and runs it until its input ends.

use std::io::{self, Write};
use std::path::Path;
use std::sync::mpsc;
use std::thread;

use super::frame::{self, Hello, Open, Opened, Ran, Run, VERSION};
use super::pipe;
use crate::error::Error;
use crate::model::open_here;
use crate::runtime::{CancelToken, Inputs, Runtime, STACK_BYTES, guarded};

/// What one run may be given, in bytes: as much as a model may hold at the same time.
const MOST: usize = 8 << 30;

/// Runs a model for the process that started this one, and gives the exit status. A program that is started with the one
/// argument [`super::ARGUMENT`] has to do this, and nothing before.
pub fn serve() -> u8 {
    let_go_of_the_hosts();
    last_in_memory();
    // What a library prints would be taken for an answer: our output is ours alone, and theirs goes to where errors go.
    let Ok(output) = take_output() else {
        return 1;
    };
    pipe::widen(&output);
    // Panics are told to the host, which decides what to say.
    std::panic::set_hook(Box::new(|_| ()));
    // It goes through the model by recursion.
    let worker = thread::Builder::new()
        .name("reweave-worker".into())
        .stack_size(STACK_BYTES)
        .spawn(move || work(output));
    let ended = worker.map(thread::JoinHandle::join);
    u8::from(!matches!(ended, Ok(Ok(Ok(())))))
}

fn work(mut output: impl Write) -> io::Result<()> {
    frame::write(&mut output, &Hello { version: VERSION })?;
    let open: Open = frame::read(&mut io::stdin().lock())?;
    let (model, opened) = match opened(&open) {
        Ok((model, opened)) => (Some(model), opened),
        Err(opened) => (None, *opened),
    };
    frame::write(&mut output, &opened)?;
    let Some(model) = model else {
        return Ok(());
    };
    let (runs, asked) = mpsc::sync_channel(0);
    thread::Builder::new()
        .name("reweave-input".into())
        .spawn(move || listen(&runs))?;
    for (inputs, name) in asked {
        let (ran, tensor) = match guarded(|| model.run(inputs, &name, &CancelToken::default())) {
            Ok(tensor) => {
                let done = Ran::Done {
                    output: frame::Head::of(&name, &tensor),
                    taken_over: model.taken_over_by().map(Into::into),
                };
                (done, Some(tensor))
            }
            Err(why) => (Ran::Failed(why), None),
        };
        frame::write(&mut output, &ran)?;
        if let Some(tensor) = tensor {
            frame::write_values(&mut output, &tensor)?;
        }
    }
    Ok(())
}

/// Reads what is asked for. When the input ends, so does the process, whatever it is doing: nobody waits for it.
fn listen(runs: &mpsc::SyncSender<(Inputs, String)>) {
    let mut input = io::stdin().lock();
    let mut next = || -> io::Result<(Inputs, String)> {
        let run: Run = frame::read(&mut input)?;
        let inputs = frame::read_all(&mut input, run.inputs, MOST)?;
        Ok((inputs, run.output))
    };
    while let Ok(run) = next() {
        if runs.send(run).is_err() {
            break;
        }
    }
    leave()
}

fn opened(open: &Open) -> Result<(Box<dyn Runtime>, Opened), Box<Opened>> {
    let device = open
        .device()
        .ok_or_else(|| Opened::Bad(format!("there is no device '{}'", open.device)))?;
    let opened = open_here(Path::new(&open.model), open.sha256.as_deref(), device);
    let (model, report) = opened.map_err(|error| match error {
        Error::Model { why, .. } => Opened::Bad(why),
        Error::CardMismatch { why, .. } => Opened::Mismatch(why),
        other => Opened::Bad(other.to_string()),
    })?;
    let ready = Opened::Ready {
        inputs: model.inputs().iter().map(Into::into).collect(),
        outputs: model.outputs().iter().map(Into::into).collect(),
        report: report.into(),
    };
    Ok((model, ready))
}

/// The pipe to the host, and the output of all others turned to where errors go.
#[cfg(unix)]
fn take_output() -> io::Result<std::fs::File> {
    use std::os::fd::AsFd;

    let own = io::stdout().as_fd().try_clone_to_owned()?;
    // SAFETY: both are this process's own descriptors, and no other thread is there yet.
    if unsafe { libc::dup2(libc::STDERR_FILENO, libc::STDOUT_FILENO) } < 0 {
        return Err(io::Error::last_os_error());
    }
    Ok(own.into())
}

#[cfg(windows)]
fn take_output() -> io::Result<std::fs::File> {
    use std::os::windows::io::AsHandle;

    Ok(io::stdout().as_handle().try_clone_to_owned()?.into())
}

/// Ends the process at once: a runtime's threads may be in the middle of something that its own tidying up would disturb.
#[cfg(unix)]
fn leave() -> ! {
    // SAFETY: it ends the process, and does nothing else.
    unsafe { libc::_exit(0) }
}

#[cfg(not(unix))]
fn leave() -> ! {
    std::process::exit(0)
}

/// Closes what the host had open and has handed on without meaning to: whoever waits at the other end of its pipes is to
/// learn that it has ended, and not to wait for the worker.
fn let_go_of_the_hosts() {
    #[cfg(target_os = "linux")]
    // SAFETY: nothing but the three standard ones has been opened by this process yet. On a kernel that does not know the
    // call, all stays open.
    unsafe {
        let first = libc::STDERR_FILENO + 1;
        libc::syscall(libc::SYS_close_range, first, u32::MAX, 0);
    }
}

/// Where memory runs out, the system is to take it from this process and not from the host.
fn last_in_memory() {
    if cfg!(target_os = "linux") {
        // If it may not be said, the system chooses.
        let _ = std::fs::write("/proc/self/oom_score_adj", "1000");
    }
}
