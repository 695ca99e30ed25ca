//! A network: from what it is shown to what it predicts.

use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

use reweave_models::card::Card;

use super::input::NetworkInput;
use super::tensors::{pack, unpack};
use crate::error::Error;
use crate::progress::SubProgress;
use crate::runtime::{CancelToken, Runtime, RuntimeReport, STACK_BYTES, guarded};

/// Something that predicts what it is not shown. Models do; tests have simpler ones.
pub(crate) trait Network {
    fn card(&self) -> &Card;

    /// What runs it; asked after a run, what has run it.
    fn answered_by(&self) -> RuntimeReport;

    /// Three planes of the input's size, 0 to 1. What is predicted outside the hole is of no matter.
    fn predict(
        &self,
        input: &NetworkInput,
        progress: &mut SubProgress<'_>,
    ) -> Result<Vec<f32>, Error>;
}

/// How often a running network's progress is reported, and a wish to stop is asked for.
const TICK: Duration = Duration::from_millis(50);

/// Runs a model on an input, on a thread of its own so that progress can be told and cancelled meanwhile.
/// `seconds_per_pixel` is what runs before took, and is used to tell how far this one is.
pub(crate) fn run(
    card: &Card,
    runtime: &dyn Runtime,
    input: &NetworkInput,
    seconds_per_pixel: f32,
    progress: &mut SubProgress<'_>,
) -> Result<(Vec<f32>, f32), Error> {
    let (inputs, size) = pack(card, input)?;
    let failed = |why: String| Error::Network {
        model: card.name.clone(),
        width: size.0,
        height: size.1,
        why,
    };
    let began = Instant::now();
    let pixels = (size.0 * size.1) as f32;
    let cancel = CancelToken::default();
    let output = thread::scope(|scope| {
        let (done, finished) = mpsc::channel();
        let (cancel, output) = (&cancel, card.output.name.as_str());
        let work = move || {
            // Whether somebody still waits for the result is no concern of the worker.
            let _ = done.send(guarded(|| runtime.run(inputs, output, cancel)));
        };
        let builder = thread::Builder::new()
            .name("reweave-network".into())
            .stack_size(STACK_BYTES);
        let worker = builder
            .spawn_scoped(scope, work)
            .map_err(|error| failed(format!("no thread to run it on: {error}")))?;
        let mut wish = Ok(());
        loop {
            match finished.recv_timeout(TICK) {
                Ok(result) => {
                    wish?;
                    break result.map_err(failed);
                }
                Err(RecvTimeoutError::Timeout) if wish.is_ok() => {
                    // Comes near 1 but never there, however slow the machine has become.
                    let share =
                        began.elapsed().as_secs_f32() / (seconds_per_pixel * pixels).max(1e-3);
                    wish = progress.step(1.0 - (-2.0 * share).exp(), "predicting");
                    if wish.is_err() {
                        cancel.cancel();
                    }
                }
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => {
                    // It always answers, so this is not to be. Joined here, a panic is none of ours.
                    let _ = worker.join();
                    break Err(failed("the runtime gave no answer".into()));
                }
            }
        }
    })?;
    let seconds = began.elapsed().as_secs_f32() / pixels;
    let predicted = unpack(card, output, size, (input.width, input.height)).map_err(failed)?;
    Ok((predicted, seconds))
}
