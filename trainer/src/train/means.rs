//! What the log shows: losses averaged over some steps.

use std::collections::BTreeMap;

/// The means of losses over some steps.
#[derive(Default)]
pub struct Means {
    /// Sum and count by name: a loss may take part in some steps only.
    sums: BTreeMap<String, (f64, u64)>,
}

impl Means {
    /// Takes the losses of one step.
    pub fn add(&mut self, losses: Vec<(String, f64)>) {
        for (name, value) in losses {
            let (sum, count) = self.sums.entry(name).or_default();
            *sum += value;
            *count += 1;
        }
    }

    /// The means so far; begins anew.
    pub fn take(&mut self) -> Vec<(String, f64)> {
        std::mem::take(&mut self.sums)
            .into_iter()
            .map(|(name, (sum, count))| (name, sum / count as f64))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A training that goes on from step 30 logs at step 40 for the first time.
    #[test]
    fn means_are_over_the_steps_that_there_were() {
        let step = |value| vec![("hole".to_owned(), value)];
        let mut means = Means::default();
        means.add(step(1.0));
        means.add(step(2.0));
        assert_eq!(means.take(), step(1.5));
        means.add(step(4.0));
        assert_eq!(means.take(), step(4.0));
    }

    #[test]
    fn a_loss_that_joins_later_is_averaged_over_its_own_steps() {
        let mut means = Means::default();
        means.add(vec![("hole".to_owned(), 1.0)]);
        means.add(vec![
            ("hole".to_owned(), 3.0),
            ("adversarial".to_owned(), 5.0),
        ]);
        assert_eq!(
            means.take(),
            [("adversarial".to_owned(), 5.0), ("hole".to_owned(), 2.0)]
        );
    }
}
