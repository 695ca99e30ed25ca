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

/// Runs of two sides, in turns.
#[derive(Default)]
pub struct Runs {
    first: Vec<f64>,
    second: Vec<f64>,
}

impl Runs {
    /// Runs both `rounds` times more, each after one run to warm up, changing who begins.
    pub fn add(&mut self, mut first: Side, mut second: Side, rounds: usize) -> Result<()> {
        let run = |side: &mut Side| {
            sleep(PAUSE);
            side.who.time(side.request)
        };
        run(&mut first)?;
        run(&mut second)?;
        for round in 0..rounds.max(1) {
            if round % 2 == 0 {
                self.first.push(run(&mut first)?);
                self.second.push(run(&mut second)?);
            } else {
                self.second.push(run(&mut second)?);
                self.first.push(run(&mut first)?);
            }
        }
        Ok(())
    }

    /// What came out.
    pub fn outcome(&self) -> Outcome {
        let pairs = self.first.iter().zip(&self.second);
        let ratios: Vec<f64> = pairs.map(|(first, second)| first / second).collect();
        Outcome {
            first: quantile(&self.first, 0.5),
            second: quantile(&self.second, 0.5),
            ratio: quantile(&ratios, 0.5),
            quartiles: (quantile(&ratios, 0.25), quantile(&ratios, 0.75)),
        }
    }
}

/// Runs both in turns, `rounds` times each.
pub fn compare(first: Side, second: Side, rounds: usize) -> Result<Outcome> {
    let mut runs = Runs::default();
    runs.add(first, second, rounds)?;
    Ok(runs.outcome())
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
