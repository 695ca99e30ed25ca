//! A model on a graphics card, with the processor behind it: a card that is lost, is out of memory or gives what are no
//! numbers never reaches a picture. Another runtime takes over, which is told in the report, and the card is not tried again.

use std::fmt;

use once_cell::sync::OnceCell;

use super::device::RuntimeReport;
use super::interface::{CancelToken, Data, Inputs, Runtime, Tensor, TensorSpec};

/// Loads what takes over, given why the card broke down.
type TakeOver = dyn Fn(&str) -> Result<(Box<dyn Runtime>, RuntimeReport), String> + Send + Sync;

/// The model on the card, until that breaks down.
pub(super) struct OnCard {
    card: Box<dyn Runtime>,
    take_over: Box<TakeOver>,
    successor: OnceCell<(Box<dyn Runtime>, RuntimeReport)>,
}

impl OnCard {
    /// What runs on the card, and how to load what takes over.
    pub fn new(card: Box<dyn Runtime>, take_over: Box<TakeOver>) -> Self {
        Self {
            card,
            take_over,
            successor: OnceCell::new(),
        }
    }
}

impl fmt::Debug for OnCard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OnCard")
            .field("card", &self.card)
            .field("successor", &self.successor)
            .finish_non_exhaustive()
    }
}

impl Runtime for OnCard {
    fn inputs(&self) -> &[TensorSpec] {
        self.card.inputs()
    }

    fn outputs(&self) -> &[TensorSpec] {
        self.card.outputs()
    }

    fn run(&self, inputs: Inputs, output: &str, cancel: &CancelToken) -> Result<Tensor, String> {
        if let Some((successor, _)) = self.successor.get() {
            return successor.run(inputs, output, cancel);
        }
        let why = match self.card.run(inputs.clone(), output, cancel) {
            Ok(tensor) if is_sound(&tensor) => return Ok(tensor),
            Ok(_) => "what it computed are no numbers".to_owned(),
            Err(why) => why,
        };
        if cancel.is_cancelled() {
            return Err(why);
        }
        // Whoever comes second waits here for the first, and nothing is loaded twice.
        let (successor, _) = self.successor.get_or_try_init(|| (self.take_over)(&why))?;
        successor.run(inputs, output, cancel)
    }

    fn taken_over_by(&self) -> Option<RuntimeReport> {
        self.successor.get().map(|(_, report)| report.clone())
    }
}

fn is_sound(tensor: &Tensor) -> bool {
    match &tensor.data {
        Data::F32(values) => values.iter().all(|value| value.is_finite()),
        Data::U8(_) => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};

    /// Gives `values`, after so many runs that gave `1.0`.
    #[derive(Debug)]
    struct Fake {
        sound_runs: usize,
        then: Result<f32, &'static str>,
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
            let value = if run < self.sound_runs {
                Ok(1.0)
            } else {
                self.then
            };
            let data = Data::F32(vec![value.map_err(str::to_owned)?]);
            Ok(Tensor {
                shape: vec![1],
                data,
            })
        }
    }

    fn on_card(sound_runs: usize, then: Result<f32, &'static str>) -> (OnCard, Arc<AtomicUsize>) {
        let runs = Arc::<AtomicUsize>::default();
        let fake = |sound_runs, then, runs: &Arc<AtomicUsize>| {
            Box::new(Fake {
                sound_runs,
                then,
                runs: Arc::clone(runs),
            })
        };
        let card = fake(sound_runs, then, &runs);
        let take_over = move |why: &str| {
            let report = RuntimeReport {
                why_not_better: vec![why.to_owned()],
                ..RuntimeReport::default()
            };
            let successor: Box<dyn Runtime> = fake(0, Ok(2.0), &Arc::default());
            Ok((successor, report))
        };
        (OnCard::new(card, Box::new(take_over)), runs)
    }

    fn run(runtime: &OnCard) -> Result<Data, String> {
        let tensor = runtime.run(Vec::new(), "out", &CancelToken::default())?;
        Ok(tensor.data)
    }

    #[test]
    fn a_card_that_breaks_down_is_replaced_in_the_same_run_and_not_tried_again() {
        for (sound_runs, then) in [
            (0, Err("device lost")),
            (2, Err("out of memory")),
            (0, Ok(f32::NAN)),
            (1, Ok(f32::INFINITY)),
        ] {
            let (runtime, runs) = on_card(sound_runs, then);
            for _ in 0..sound_runs {
                assert_eq!(run(&runtime), Ok(Data::F32(vec![1.0])));
                assert_eq!(runtime.taken_over_by(), None);
            }
            for _ in 0..3 {
                assert_eq!(run(&runtime), Ok(Data::F32(vec![2.0])));
            }
            assert_eq!(runs.load(Ordering::SeqCst), sound_runs + 1);
            let why = runtime.taken_over_by().unwrap().why_not_better;
            assert_eq!(
                why,
                [then.err().unwrap_or("what it computed are no numbers")]
            );
        }
    }

    #[test]
    fn what_was_stopped_did_not_break_down() {
        let (runtime, _) = on_card(0, Err("stopped"));
        let cancel = CancelToken::default();
        cancel.cancel();
        assert!(runtime.run(Vec::new(), "out", &cancel).is_err());
        assert_eq!(runtime.taken_over_by(), None);
    }
}
