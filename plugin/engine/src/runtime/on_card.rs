//! A model on a graphics card, with the processor behind it: a card that is lost, is out of memory or gives what are no
//! numbers never reaches a picture. The processor takes over, which is told in the report, and the card is not tried again.
//!
//! A model can fail by itself, on any device. So a card is blamed for a failed run only when the processor, asked the same,
//! has an answer.

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use once_cell::sync::OnceCell;

use super::device::RuntimeReport;
use super::interface::{CancelToken, Inputs, Runtime, Tensor, TensorSpec};

/// What stands behind a card.
pub(super) trait Behind: Send + Sync {
    /// Why the card is to be left alone, if it is: another model may have found out.
    fn fault(&self) -> Option<String>;

    /// Opens the model on the processor. Called once, if it succeeds.
    ///
    /// # Errors
    /// The file is no longer the one that was opened on the card, or no runtime takes it.
    fn open(&self) -> Result<(Box<dyn Runtime>, RuntimeReport), String>;

    /// Has the card left alone from now on, and gives the words for it.
    fn blame(&self, why: &str) -> String;
}

/// The model on the card, until that breaks down.
pub(super) struct OnCard {
    inputs: Vec<TensorSpec>,
    outputs: Vec<TensorSpec>,
    /// `None` once the processor has taken over: the session is closed then, for its memory on the card is of use to others.
    /// Who still runs it keeps it open until that run ends.
    card: Mutex<Option<Arc<dyn Runtime>>>,
    behind: Box<dyn Behind>,
    /// The model on the processor, and what it reports. Opened when the card fails, whoever is to blame.
    processor: OnceCell<(Box<dyn Runtime>, RuntimeReport)>,
    /// What is reported since the processor has taken over.
    taken_over: OnceCell<RuntimeReport>,
}

impl OnCard {
    /// What runs on the card, and what stands behind it.
    pub fn new(card: Arc<dyn Runtime>, behind: Box<dyn Behind>) -> Self {
        Self {
            inputs: card.inputs().to_vec(),
            outputs: card.outputs().to_vec(),
            card: Mutex::new(Some(card)),
            behind,
            processor: OnceCell::new(),
            taken_over: OnceCell::new(),
        }
    }

    fn card(&self) -> MutexGuard<'_, Option<Arc<dyn Runtime>>> {
        self.card.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The model on the processor. Whoever comes second waits here for the first, and nothing is opened twice.
    fn processor(&self) -> Result<&(Box<dyn Runtime>, RuntimeReport), String> {
        self.processor.get_or_try_init(|| self.behind.open())
    }

    /// The processor answers from now on.
    fn take_over(&self, report: &RuntimeReport, fault: String) {
        let mut report = report.clone();
        report.why_not_better.push(fault);
        // Of two that fail at the same time, the first one tells why.
        let _ = self.taken_over.set(report);
        self.card().take();
    }
}

impl fmt::Debug for OnCard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OnCard")
            .field("card", &self.card())
            .field("processor", &self.processor)
            .finish_non_exhaustive()
    }
}

impl Runtime for OnCard {
    fn inputs(&self) -> &[TensorSpec] {
        &self.inputs
    }

    fn outputs(&self) -> &[TensorSpec] {
        &self.outputs
    }

    fn run(&self, inputs: Inputs, output: &str, cancel: &CancelToken) -> Result<Tensor, String> {
        let card = self.card().clone();
        let Some(card) = card else {
            return self.processor()?.0.run(inputs, output, cancel);
        };
        if let Some(fault) = self.behind.fault() {
            let (processor, report) = self.processor()?;
            self.take_over(report, fault);
            return processor.run(inputs, output, cancel);
        }
        let failed = card.run(inputs.clone(), output, cancel);
        if failed.as_ref().is_ok_and(Tensor::is_sound) {
            return failed;
        }
        if cancel.is_cancelled() {
            return failed;
        }
        let (processor, report) = self.processor().map_err(|error| match &failed {
            Err(why) => format!("{why}; and the processor cannot take over: {error}"),
            Ok(_) => error,
        })?;
        let answer = processor.run(inputs, output, cancel)?;
        // Where the processor has none either, the model itself is broken, and the card serves the next one.
        if answer.is_sound() {
            let why = failed.map_or_else(|why| why, |_| "what it computed are no numbers".into());
            self.take_over(report, self.behind.blame(&why));
        }
        Ok(answer)
    }

    fn taken_over_by(&self) -> Option<RuntimeReport> {
        self.taken_over.get().cloned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::runtime::Data;
    use std::sync::atomic::{AtomicUsize, Ordering};

    /// What a run gives: a number, or an error.
    type Answer = Result<f32, &'static str>;

    /// Gives `then`, after so many runs that gave `1.0`.
    #[derive(Debug)]
    struct Fake {
        sound_runs: usize,
        then: Answer,
        runs: Arc<AtomicUsize>,
    }

    impl Runtime for Fake {
        fn inputs(&self) -> &[TensorSpec] {
            &[]
        }

        fn outputs(&self) -> &[TensorSpec] {
            &[]
        }

        fn run(&self, _: Inputs, _: &str, _: &CancelToken) -> Result<Tensor, String> {
            let run = self.runs.fetch_add(1, Ordering::SeqCst);
            let value = match run < self.sound_runs {
                true => Ok(1.0),
                false => self.then,
            };
            let data = Data::F32(vec![value.map_err(str::to_owned)?]);
            Ok(Tensor {
                shape: vec![1],
                data,
            })
        }
    }

    /// A processor that answers so, and a list of what the card was blamed for.
    struct Fallback {
        answer: Answer,
        faults: Arc<Mutex<Vec<String>>>,
    }

    impl Behind for Fallback {
        fn fault(&self) -> Option<String> {
            self.faults.lock().unwrap().first().cloned()
        }

        fn open(&self) -> Result<(Box<dyn Runtime>, RuntimeReport), String> {
            let processor = Fake {
                sound_runs: 0,
                then: self.answer,
                runs: Arc::default(),
            };
            let report = RuntimeReport {
                why_not_better: vec!["another card: not there".into()],
                ..RuntimeReport::default()
            };
            Ok((Box::new(processor), report))
        }

        fn blame(&self, why: &str) -> String {
            self.faults.lock().unwrap().push(why.to_owned());
            why.to_owned()
        }
    }

    /// A model on a card, and what can be seen of it from outside.
    struct Seen {
        model: OnCard,
        runs: Arc<AtomicUsize>,
        faults: Arc<Mutex<Vec<String>>>,
    }

    impl Seen {
        fn new(sound_runs: usize, then: Answer, processor: Answer) -> Self {
            let (runs, faults) = (Arc::default(), Arc::default());
            let card = Fake {
                sound_runs,
                then,
                runs: Arc::clone(&runs),
            };
            let behind = Fallback {
                answer: processor,
                faults: Arc::clone(&faults),
            };
            let model = OnCard::new(Arc::new(card), Box::new(behind));
            Self {
                model,
                runs,
                faults,
            }
        }

        fn run(&self) -> Result<Data, String> {
            let tensor = self.model.run(Vec::new(), "out", &CancelToken::default())?;
            Ok(tensor.data)
        }

        fn runs(&self) -> usize {
            self.runs.load(Ordering::SeqCst)
        }

        /// Sessions on the card that are open.
        fn sessions(&self) -> usize {
            Arc::strong_count(&self.runs) - 1
        }
    }

    #[test]
    fn a_card_that_breaks_down_is_replaced_in_the_same_run_and_not_tried_again() {
        for (sound_runs, then) in [
            (0, Err("device lost")),
            (2, Err("out of memory")),
            (0, Ok(f32::NAN)),
            (1, Ok(f32::INFINITY)),
        ] {
            let seen = Seen::new(sound_runs, then, Ok(2.0));
            for _ in 0..sound_runs {
                assert_eq!(seen.run(), Ok(Data::F32(vec![1.0])));
                assert_eq!(seen.model.taken_over_by(), None);
            }
            assert_eq!(seen.sessions(), 1);
            for _ in 0..3 {
                assert_eq!(seen.run(), Ok(Data::F32(vec![2.0])));
            }
            assert_eq!(seen.runs(), sound_runs + 1);
            assert_eq!(seen.sessions(), 0, "the card gets its memory back");
            // Why it was not the other card is still told.
            let why = seen.model.taken_over_by().unwrap().why_not_better;
            let fault = then.err().unwrap_or("what it computed are no numbers");
            assert_eq!(why, ["another card: not there", fault]);
            assert_eq!(*seen.faults.lock().unwrap(), [fault]);
        }
    }

    #[test]
    fn a_model_that_fails_on_the_processor_too_does_not_cost_the_card() {
        for answer in [Err("no such axis"), Ok(f32::NAN), Ok(f32::INFINITY)] {
            let seen = Seen::new(0, answer, answer);
            for run in 1..3 {
                match seen.run() {
                    Ok(Data::F32(values)) => assert!(!values[0].is_finite()),
                    other => assert_eq!(other, Err("no such axis".into())),
                }
                assert_eq!(seen.runs(), run, "the card is asked first");
            }
            assert!(seen.faults.lock().unwrap().is_empty());
            assert_eq!(seen.model.taken_over_by(), None);
        }
    }

    #[test]
    fn a_fault_that_another_model_has_found_counts_for_those_that_are_open() {
        let seen = Seen::new(9, Ok(1.0), Ok(2.0));
        assert_eq!(seen.run(), Ok(Data::F32(vec![1.0])));
        seen.faults.lock().unwrap().push("device lost".into());
        assert_eq!(seen.run(), Ok(Data::F32(vec![2.0])));
        assert_eq!((seen.runs(), seen.sessions()), (1, 0));
        let why = seen.model.taken_over_by().unwrap().why_not_better;
        assert_eq!(why[1], "device lost");
        assert_eq!(seen.faults.lock().unwrap().len(), 1, "blamed once");
    }

    #[test]
    fn what_was_stopped_did_not_break_down() {
        let seen = Seen::new(0, Err("stopped"), Ok(2.0));
        let cancel = CancelToken::default();
        cancel.cancel();
        assert!(seen.model.run(Vec::new(), "out", &cancel).is_err());
        assert_eq!(seen.model.taken_over_by(), None);
        assert!(seen.faults.lock().unwrap().is_empty());
    }
}
