//! A model in a worker, as the host runs it.

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use super::frame::{Open, Opened};
use super::process::{Answer, Lost, Process};
use crate::error::Error;
use crate::runtime::{CancelToken, Device, Inputs, Runtime, RuntimeReport, Tensor, TensorSpec};

/// What the host knows of a model in a worker.
struct Remote {
    program: PathBuf,
    inputs: Vec<TensorSpec>,
    outputs: Vec<TensorSpec>,
    place: Mutex<Place>,
    /// What answers, where that is no longer what the model was opened on.
    taken_over: Mutex<Option<RuntimeReport>>,
}

/// Where the model is. One run at a time.
struct Place {
    /// None before the first run after one that was cancelled.
    process: Option<Process>,
    open: Open,
    /// What answers there.
    report: RuntimeReport,
    /// Why it is not on a better device.
    died: Vec<String>,
}

impl fmt::Debug for Remote {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Remote")
            .field("program", &self.program)
            .field("inputs", &self.inputs)
            .field("outputs", &self.outputs)
            .finish_non_exhaustive()
    }
}

/// Opens a model in a worker, where `program` is one.
///
/// # Errors
/// [`Error::Model`] or [`Error::CardMismatch`], as if it were opened here; the first, too, where the worker dies of it.
pub(crate) fn open(
    program: PathBuf,
    path: &Path,
    sha256: Option<&str>,
    device: Device,
) -> Result<(Box<dyn Runtime>, RuntimeReport), Error> {
    let mut place = Place {
        process: None,
        open: Open {
            model: path.into(),
            sha256: sha256.map(str::to_owned),
            device: device.to_string(),
        },
        report: RuntimeReport::default(),
        died: Vec::new(),
    };
    loop {
        match place.start(&program) {
            Ok((inputs, outputs)) => {
                let report = place.report();
                let remote = Remote {
                    program,
                    inputs,
                    outputs,
                    place: Mutex::new(place),
                    taken_over: Mutex::new(None),
                };
                return Ok((Box::new(remote), report));
            }
            Err(Failed::Model(error)) => return Err(error),
            Err(Failed::Died(why)) if place.step_down(&why) => {}
            Err(Failed::Died(why)) => {
                let why = format!(
                    "the worker process died when it opened this model: {why}. Use another model"
                );
                return Err(Error::model(path, why));
            }
        }
    }
}

/// Why there is no worker with the model in it.
enum Failed {
    /// The model is bad, or there is no worker to be had.
    Model(Error),
    /// It has died of it.
    Died(String),
}

impl Place {
    fn path(&self) -> &Path {
        Path::new(&self.open.model)
    }

    /// Starts a worker with the model in it.
    fn start(&mut self, program: &Path) -> Result<(Vec<TensorSpec>, Vec<TensorSpec>), Failed> {
        let model = |why| Failed::Model(Error::model(self.path(), why));
        let (process, opened) = Process::start(program, &self.open).map_err(|lost| match lost {
            Lost::NoWorker(why) => model(format!("no worker process for this model: {why}")),
            Lost::Died(why) => Failed::Died(why),
        })?;
        match opened {
            Opened::Ready {
                inputs,
                outputs,
                report,
            } => {
                self.process = Some(process);
                self.report = report.into();
                let specs = |ports: Vec<_>| ports.into_iter().map(Into::into).collect();
                Ok((specs(inputs), specs(outputs)))
            }
            Opened::Bad(why) => Err(model(why)),
            Opened::Mismatch(why) => Err(Failed::Model(Error::CardMismatch {
                path: self.path().into(),
                why,
            })),
        }
    }

    /// What answers, and why not a better one.
    fn report(&self) -> RuntimeReport {
        let mut report = self.report.clone();
        report
            .why_not_better
            .splice(0..0, self.died.iter().cloned());
        report
    }

    /// Goes on to the next best device after a death on this one. `false` if there is none.
    fn step_down(&mut self, why: &str) -> bool {
        let device = self.open.device().unwrap_or(Device::BuiltIn);
        // A worker that died before it could tell what it runs on has died of the best that it was allowed.
        let on_processor = self.report.provider == "CPU" || device == Device::Cpu;
        let next = match device {
            Device::BuiltIn => return false,
            _ if self.report.runtime == crate::runtime::BUILT_IN => return false,
            _ if on_processor => Device::BuiltIn,
            _ => Device::Cpu,
        };
        let what = match self.report.provider.as_str() {
            "" => device.to_string(),
            provider => format!("{} ({provider})", self.report.runtime),
        };
        tracing::warn!(what, why, "a worker has died");
        self.died
            .push(format!("{what}: the worker process died ({why})"));
        self.open.device = next.to_string();
        self.report = RuntimeReport::default();
        self.process = None;
        true
    }
}

impl Remote {
    /// The run, in a worker on this device.
    fn attempt(
        &self,
        place: &mut Place,
        inputs: &Inputs,
        output: &str,
        cancel: &CancelToken,
    ) -> Result<Tensor, Attempt> {
        loop {
            if place
                .process
                .as_ref()
                .is_none_or(|process| !process.is_alive())
            {
                // Dropped first, so that two are never there at once.
                place.process = None;
                place.start(&self.program).map_err(|failed| match failed {
                    Failed::Model(error) => Attempt::Failed(error.to_string()),
                    Failed::Died(why) => Attempt::Died(why),
                })?;
            }
            let Some(process) = &mut place.process else {
                return Err(Attempt::Failed("there is no worker process".into()));
            };
            let was_idle = process.has_served();
            match process.run(inputs, output, cancel) {
                Ok(Answer::Done(tensor, taken_over)) => {
                    if let Some(report) = taken_over {
                        place.report = report;
                        // Should it have to be started again, then on the device that works.
                        place.open.device = Device::Cpu.to_string();
                        self.taken_over(place.report());
                    }
                    return Ok(tensor);
                }
                Ok(Answer::Failed(why)) => return Err(Attempt::Failed(why)),
                Err(why) => {
                    place.process = None;
                    if cancel.is_cancelled() {
                        return Err(Attempt::Failed("stopped".into()));
                    }
                    // One that had served may have been killed while it waited: another is asked before anything is blamed.
                    if !was_idle {
                        return Err(Attempt::Died(why));
                    }
                }
            }
        }
    }

    fn taken_over(&self, report: RuntimeReport) {
        let mut taken_over = self
            .taken_over
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        *taken_over = Some(report);
    }
}

/// Why a run gave nothing.
enum Attempt {
    /// The model says so.
    Failed(String),
    /// The worker has died of it.
    Died(String),
}

impl Runtime for Remote {
    fn inputs(&self) -> &[TensorSpec] {
        &self.inputs
    }

    fn outputs(&self) -> &[TensorSpec] {
        &self.outputs
    }

    fn run(&self, inputs: Inputs, output: &str, cancel: &CancelToken) -> Result<Tensor, String> {
        let mut place = self.place.lock().unwrap_or_else(PoisonError::into_inner);
        let before = place.open.device.clone();
        let deaths = place.died.len();
        loop {
            if cancel.is_cancelled() {
                return Err("stopped".into());
            }
            let why = match self.attempt(&mut place, &inputs, output, cancel) {
                Ok(tensor) => {
                    if place.died.len() > deaths {
                        self.taken_over(place.report());
                    }
                    return Ok(tensor);
                }
                Err(Attempt::Failed(why)) => return Err(why),
                Err(Attempt::Died(why)) => why,
            };
            if !place.step_down(&why) {
                // It dies of this model everywhere: no device is to blame.
                place.died.truncate(deaths);
                place.open.device = before;
                place.process = None;
                return Err(format!(
                    "the worker process died while it ran the model: {why}. The picture is as it was; use another model"
                ));
            }
        }
    }

    fn taken_over_by(&self) -> Option<RuntimeReport> {
        let taken_over = self
            .taken_over
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        taken_over.clone()
    }
}
