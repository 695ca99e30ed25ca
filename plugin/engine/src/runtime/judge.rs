//! Whether a graphics card may run a model: whether it computes what the processor computes, and, where it was not asked for
//! by its name, whether it is faster. Both are tried on the model's own network, with small pictures.

use std::time::Instant;

use super::interface::{CancelToken, Data, Inputs, Runtime, Tensor, TensorSpec};

/// Sides of the pictures on which results are compared; the first that the network takes.
const SMALL: [usize; 3] = [64, 128, 256];
/// The side at which times are compared: what is shown of a hole of middling size.
const MIDDLE: usize = 256;
/// Values of a tensor, at most: a file may say any size, and nothing may be allocated for that.
const MOST_VALUES: usize = 1 << 24;
/// What a card may be off by, as a share of the range: in the mean, and in any one value. Cards round otherwise, and some
/// reckon with fewer digits; what is broken is off by far more.
const OFF_MEAN: f64 = 0.005;
const OFF_MOST: f64 = 0.1;
/// A card is taken for faster when it takes at most this share of the processor's time: what a busy machine measures varies.
const FASTER: f64 = 0.9;
/// A card that takes so many times the processor's time for a small picture is not tried on a larger one.
const HOPELESS: f64 = 8.0;

/// How a card did.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Verdict {
    /// Why its results are not the processor's, if they are not.
    pub wrong: Option<String>,
    /// Where times were compared: the picture's side, and the seconds of the card and of the processor.
    pub times: Option<(usize, f64, f64)>,
}

impl Verdict {
    /// Why the card is not used; `None` where it is.
    pub fn against(&self, is_asked_for: bool) -> Option<String> {
        if let Some(why) = &self.wrong {
            return Some(why.clone());
        }
        match self.times {
            Some((_, card, processor)) if !is_asked_for && card > FASTER * processor => Some(
                format!("not faster than the processor {}", self.measured()?),
            ),
            _ => None,
        }
    }

    /// What was measured, in words.
    pub fn measured(&self) -> Option<String> {
        let (side, card, processor) = self.times?;
        Some(format!(
            "with this model (at {side}x{side} it takes {}, the processor {})",
            milliseconds(card),
            milliseconds(processor)
        ))
    }
}

fn milliseconds(seconds: f64) -> String {
    match seconds * 1e3 {
        small if small < 10.0 => format!("{small:.1} ms"),
        large => format!("{large:.0} ms"),
    }
}

/// Tries a model on a card and on the processor.
///
/// # Errors
/// One of them did not run, or the network cannot be tried: that says nothing of the next time.
pub(super) fn judge(
    card: &dyn Runtime,
    processor: &dyn Runtime,
    with_times: bool,
) -> Result<Verdict, String> {
    let output = processor.outputs().first().ok_or("it has no output")?;
    let run = |runtime: &dyn Runtime, inputs: &Inputs| -> Result<(Tensor, f64), String> {
        let began = Instant::now();
        let tensor = runtime.run(inputs.clone(), &output.name, &CancelToken::default())?;
        Ok((tensor, began.elapsed().as_secs_f64()))
    };
    let mut refused = String::new();
    for side in SMALL {
        let inputs = inputs(processor.inputs(), side)
            .ok_or("its inputs are not of a form that can be tried")?;
        let right = match run(processor, &inputs) {
            Ok((tensor, _)) => tensor,
            Err(why) => {
                refused = why;
                continue;
            }
        };
        let (found, _) = run(card, &inputs)?;
        if let Some(why) = disagreement(&found, &right) {
            return Ok(Verdict {
                wrong: Some(why),
                times: None,
            });
        }
        let times = match with_times {
            true => Some(times(card, processor, &inputs, side, run)?),
            false => None,
        };
        return Ok(Verdict { wrong: None, times });
    }
    Err(format!("it cannot be tried on a small picture: {refused}"))
}

/// Compares the times, after first runs in which a card compiles what it needs.
fn times(
    card: &dyn Runtime,
    processor: &dyn Runtime,
    small: &Inputs,
    side: usize,
    run: impl Fn(&dyn Runtime, &Inputs) -> Result<(Tensor, f64), String>,
) -> Result<(usize, f64, f64), String> {
    let best_of_two = |runtime: &dyn Runtime, inputs: &Inputs| -> Result<f64, String> {
        Ok(run(runtime, inputs)?.1.min(run(runtime, inputs)?.1))
    };
    let shown = shown_side(small, side);
    let of_small = (best_of_two(card, small)?, best_of_two(processor, small)?);
    let middle = inputs(processor.inputs(), MIDDLE).filter(|inputs| inputs != small);
    match middle {
        Some(middle) if of_small.0 < HOPELESS * of_small.1 => {
            run(card, &middle)?;
            let times = (
                best_of_two(card, &middle)?,
                best_of_two(processor, &middle)?,
            );
            Ok((shown_side(&middle, MIDDLE), times.0, times.1))
        }
        _ => Ok((shown, of_small.0, of_small.1)),
    }
}

/// The side of the picture in these inputs: a network may take one size only.
fn shown_side(inputs: &Inputs, asked: usize) -> usize {
    let picture = inputs.iter().map(|(_, tensor)| &tensor.shape);
    let longest = picture.filter_map(|shape| shape.get(2..)?.iter().max().copied());
    longest.max().unwrap_or(asked)
}

/// Inputs of this form: what has one channel is a mask with a square in the middle, everything else a picture of slopes and
/// some noise. `None` for tensors that are no pictures, or larger than is tried.
fn inputs(specs: &[TensorSpec], side: usize) -> Option<Inputs> {
    specs.iter().map(|spec| input(spec, side)).collect()
}

fn input(spec: &TensorSpec, side: usize) -> Option<(String, Tensor)> {
    let shape: Vec<usize> = match spec.shape[..] {
        [batch, one, two, three] => vec![
            batch.unwrap_or(1),
            one.unwrap_or(side),
            two.unwrap_or(side),
            three.unwrap_or(side),
        ],
        _ => return None,
    };
    let count = shape
        .iter()
        .try_fold(1usize, |count, &length| count.checked_mul(length))
        .filter(|count| (1..=MOST_VALUES).contains(count))?;
    // Which axis the channels are on is told by their number.
    let channels_last = shape[3] <= 4 && shape[1] > 4;
    let (channels, height, width) = match channels_last {
        true => (shape[3], shape[1], shape[2]),
        false => (shape[1], shape[2], shape[3]),
    };
    let value = |at: usize| {
        let (channel, x, y) = match channels_last {
            true => (
                at % channels,
                at / channels % width,
                at / channels / width % height,
            ),
            false => (
                at / width / height % channels,
                at % width,
                at / width % height,
            ),
        };
        let within = |at: usize, length: usize| (length / 3..length * 2 / 3).contains(&at);
        // A mask is the only channel, or the fourth.
        if channels == 1 || channel == 3 {
            return f32::from(u8::from(within(x, width) && within(y, height)));
        }
        let slope = (x * (channel + 1) + y * 2) as f32 / ((width * 3 + height * 2) as f32);
        let noise = ((at * 7919) % 97) as f32 / 97.0;
        0.1 + 0.6 * slope + 0.2 * noise
    };
    let data = match spec.element.as_str() {
        "f32" => Data::F32((0..count).map(value).collect()),
        "u8" => Data::U8(
            (0..count)
                .map(|at| (value(at) * 255.0).round() as u8)
                .collect(),
        ),
        _ => return None,
    };
    Some((spec.name.clone(), Tensor { shape, data }))
}

/// Why two results are not the same; `None` if they are, but for rounding.
fn disagreement(card: &Tensor, processor: &Tensor) -> Option<String> {
    let wrong = |how: String| {
        Some(format!(
            "what it computes is not what the processor computes ({how})"
        ))
    };
    let (found, right) = (values(card), values(processor));
    if card.shape != processor.shape || found.len() != right.len() {
        return wrong(format!(
            "{:?} in the place of {:?}",
            card.shape, processor.shape
        ));
    }
    if found.iter().any(|value| !value.is_finite()) {
        return wrong("values that are no numbers".into());
    }
    // Models give -1 to 1, 0 to 1 or 0 to 255.
    let range = right
        .iter()
        .fold(1.0, |most, value| f64::max(most, value.abs()));
    let (mut sum, mut most) = (0.0, 0.0);
    for (found, right) in found.iter().zip(&right) {
        let off = (found - right).abs() / range;
        sum += off;
        most = f64::max(most, off);
    }
    let mean = sum / f64::max(found.len() as f64, 1.0);
    if mean > OFF_MEAN || most > OFF_MOST {
        return wrong(format!(
            "off by {:.1} % of the range in the mean, by {:.1} % at most",
            mean * 100.0,
            most * 100.0
        ));
    }
    None
}

fn values(tensor: &Tensor) -> Vec<f64> {
    match &tensor.data {
        Data::F32(values) => values.iter().map(|&value| value.into()).collect(),
        Data::U8(values) => values.iter().map(|&value| value.into()).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::thread::sleep;
    use std::time::Duration;

    /// Doubles its picture; takes its time for each pixel, and may be wrong.
    #[derive(Debug)]
    struct Fake {
        inputs: Vec<TensorSpec>,
        outputs: Vec<TensorSpec>,
        nanoseconds: u64,
        off: f32,
        at_least: usize,
        runs: AtomicUsize,
    }

    fn spec(name: &str, channels: usize, side: Option<usize>) -> TensorSpec {
        TensorSpec {
            name: name.into(),
            element: "f32".into(),
            shape: vec![Some(1), Some(channels), side, side],
        }
    }

    fn fake(nanoseconds: u64) -> Fake {
        Fake {
            inputs: vec![spec("picture", 3, None), spec("hole", 1, None)],
            outputs: vec![spec("filled", 3, None)],
            nanoseconds,
            off: 0.0,
            at_least: 0,
            runs: AtomicUsize::new(0),
        }
    }

    impl Runtime for Fake {
        fn inputs(&self) -> &[TensorSpec] {
            &self.inputs
        }

        fn outputs(&self) -> &[TensorSpec] {
            &self.outputs
        }

        fn run(&self, inputs: Inputs, _: &str, _: &CancelToken) -> Result<Tensor, String> {
            self.runs.fetch_add(1, Ordering::SeqCst);
            let (_, picture) = &inputs[0];
            if picture.shape[3] < self.at_least {
                return Err("too small".into());
            }
            let Data::F32(values) = &picture.data else {
                return Err("floats".into());
            };
            sleep(Duration::from_nanos(self.nanoseconds * values.len() as u64));
            let values = values.iter().map(|value| value * 2.0 + self.off).collect();
            Ok(Tensor {
                shape: picture.shape.clone(),
                data: Data::F32(values),
            })
        }
    }

    #[test]
    fn a_fast_card_is_taken_and_a_slow_one_only_when_asked_for() {
        let processor = fake(400);
        let fast = judge(&fake(40), &processor, true).unwrap();
        assert_eq!(fast.against(false), None, "{fast:?}");
        assert!(fast.measured().unwrap().contains("256x256"));
        let slow = judge(&fake(900), &processor, true).unwrap();
        let why = slow.against(false).unwrap();
        assert!(
            why.contains("not faster") && why.contains(" ms, the processor "),
            "{why}"
        );
        assert_eq!(slow.against(true), None);
    }

    /// A card of software would take minutes for what a card is for.
    #[test]
    fn a_hopeless_card_is_tried_on_a_small_picture_only() {
        let card = fake(20_000);
        let verdict = judge(&card, &fake(40), true).unwrap();
        assert!(verdict.against(false).unwrap().contains("64x64"));
        assert_eq!(card.runs.load(Ordering::SeqCst), 3);
    }

    #[test]
    fn a_card_that_reckons_otherwise_is_not_taken_even_when_asked_for() {
        for (off, words) in [(0.1, "off by"), (f32::NAN, "no numbers")] {
            let card = Fake { off, ..fake(0) };
            let why = judge(&card, &fake(0), true).unwrap().against(true).unwrap();
            assert!(why.contains(words), "{why}");
        }
        let card = Fake {
            off: 0.001,
            ..fake(0)
        };
        assert_eq!(judge(&card, &fake(0), false).unwrap().against(true), None);
    }

    /// A small file may say so, and must not bring the host down.
    #[test]
    fn a_size_that_no_picture_has_is_not_tried() {
        for side in [0, 100_000, usize::MAX] {
            let mut huge = fake(0);
            huge.inputs = vec![spec("picture", 3, Some(side))];
            let why = judge(&fake(0), &huge, false).unwrap_err();
            assert!(why.contains("not of a form"), "{why}");
            assert_eq!(huge.runs.load(Ordering::SeqCst), 0);
        }
    }

    #[test]
    fn networks_are_shown_what_they_take() {
        let demanding = Fake {
            at_least: 100,
            ..fake(0)
        };
        judge(&fake(0), &demanding, false).unwrap();
        let impossible = Fake {
            at_least: 1000,
            ..fake(0)
        };
        let why = judge(&fake(0), &impossible, false).unwrap_err();
        assert!(why.contains("too small"), "{why}");

        let mut fixed = fake(0);
        fixed.inputs = vec![spec("image", 3, Some(32)), spec("mask", 1, Some(32))];
        let verdict = judge(&fixed, &fixed, true).unwrap();
        assert_eq!(verdict.times.unwrap().0, 32);

        let last = TensorSpec {
            name: "image".into(),
            element: "u8".into(),
            shape: vec![None, None, None, Some(3)],
        };
        let (_, tensor) = input(&last, 8).unwrap();
        assert_eq!(tensor.shape, [1, 8, 8, 3]);
        let list = TensorSpec {
            shape: vec![Some(7)],
            ..last
        };
        assert_eq!(input(&list, 8), None);
    }
}
