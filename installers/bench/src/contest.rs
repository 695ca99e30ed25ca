//! Two contestants in turns.

use crate::contestant::Contestant;
use anyhow::Result;
use std::thread::sleep;
use std::time::Duration;

/// Between two runs. The threads of ONNX Runtime wait for more work at full speed for a while after a run, and would
/// take the processor from whoever comes next.
const PAUSE: Duration = Duration::from_millis(100);

/// One side of a contest: who, and what is asked of it.
pub struct Side<'a> {
    /// Who.
    pub who: &'a mut Contestant,
    /// The request, as it is sent.
    pub request: &'a str,
}

/// What came out of a contest.
pub struct Outcome {
    /// Median seconds of the first.
    pub first: f64,
    /// Median seconds of the second.
    pub second: f64,
    /// Median of the ratios first over second of neighbouring runs.
    pub ratio: f64,
    /// The ratios' lower and upper quartile: how far to trust the median.
    pub quartiles: (f64, f64),
}

/// Runs both in turns, `rounds` times each after one run to warm up, changing who begins.
pub fn compare(mut first: Side, mut second: Side, rounds: usize) -> Result<Outcome> {
    let run = |side: &mut Side| {
        sleep(PAUSE);
        side.who.time(side.request)
    };
    run(&mut first)?;
    run(&mut second)?;
    let (mut a, mut b) = (Vec::new(), Vec::new());
    for round in 0..rounds.max(1) {
        if round % 2 == 0 {
            a.push(run(&mut first)?);
            b.push(run(&mut second)?);
        } else {
            b.push(run(&mut second)?);
            a.push(run(&mut first)?);
        }
    }
    let ratios: Vec<f64> = a.iter().zip(&b).map(|(a, b)| a / b).collect();
    Ok(Outcome {
        first: quantile(&a, 0.5),
        second: quantile(&b, 0.5),
        ratio: quantile(&ratios, 0.5),
        quartiles: (quantile(&ratios, 0.25), quantile(&ratios, 0.75)),
    })
}

/// The value below which the share `q` of the numbers lies, between neighbours by proportion.
pub fn quantile(numbers: &[f64], q: f64) -> f64 {
    let mut sorted = numbers.to_vec();
    sorted.sort_by(f64::total_cmp);
    let at = q * (sorted.len() - 1) as f64;
    let (low, high) = (sorted[at.floor() as usize], sorted[at.ceil() as usize]);
    low + (high - low) * at.fract()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_lie_between_their_neighbours() {
        assert_eq!(quantile(&[3.0, 1.0, 2.0], 0.5), 2.0);
        assert_eq!(quantile(&[1.0, 2.0], 0.5), 1.5);
        assert_eq!(quantile(&[7.0], 0.25), 7.0);
    }
}
