//! What is known of a value before the model runs: how long its axes are at most, and, of short ones such as shapes, the
//! numbers themselves.

/// So many numbers of a value are followed: shapes and what they are made of are short.
pub(super) const FOLLOWED: usize = 64;

/// Numbers of a short value, and whether its type has whole numbers only, which are divided without a rest.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Numbers {
    pub values: Vec<f64>,
    pub whole: bool,
}

/// What is known of a value.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Bound {
    /// Length of each axis, at most.
    pub axes: Vec<u64>,
    /// Whether the axes are just that long.
    pub exact: bool,
    /// The numbers, where they are few and follow from constants and shapes.
    pub numbers: Option<Numbers>,
}

impl Bound {
    /// A value with axes of just this length.
    pub fn exact(axes: Vec<u64>) -> Self {
        Self {
            axes,
            exact: true,
            numbers: None,
        }
    }

    /// A value with axes that are no longer.
    pub fn at_most(axes: Vec<u64>) -> Self {
        Self {
            exact: false,
            ..Self::exact(axes)
        }
    }

    /// A row of whole numbers.
    pub fn row(values: Vec<f64>) -> Self {
        Self::exact(vec![values.len() as u64]).with(values, true)
    }

    /// The same value with numbers, if they are as many as it has and few.
    pub fn with(mut self, values: Vec<f64>, whole: bool) -> Self {
        let fit = self.exact && values.len() <= FOLLOWED && values.len() as u64 == self.elements();
        self.numbers = fit.then_some(Numbers { values, whole });
        self
    }

    /// How many numbers it has at most. What is more than fits counts as the most that fits.
    pub fn elements(&self) -> u64 {
        self.axes
            .iter()
            .fold(1, |product: u64, &axis| product.saturating_mul(axis))
    }

    /// The numbers, if they are known.
    pub fn values(&self) -> Option<&[f64]> {
        self.numbers
            .as_ref()
            .map(|numbers| numbers.values.as_slice())
    }

    /// The only number, if there is just one and it is known.
    pub fn number(&self) -> Option<f64> {
        match self.values()? {
            [value] => Some(*value),
            _ => None,
        }
    }

    /// The numbers as the lengths of axes.
    pub fn lengths(&self) -> Option<Vec<u64>> {
        self.values()
            .map(|values| values.iter().map(|&value| length(value)).collect())
    }

    /// This value and another stretched to a common shape, as operators on pairs do.
    pub fn broadcast(&self, other: &Self) -> Self {
        let rank = self.axes.len().max(other.axes.len());
        let axis =
            |axes: &[u64], i: usize| (i + axes.len()).checked_sub(rank).map_or(1, |at| axes[at]);
        let axes = (0..rank).map(|i| {
            // One of both is 1 or they are the same; an axis of no length wins over 1.
            match (axis(&self.axes, i), axis(&other.axes, i)) {
                (1, length) | (length, 1) => length,
                (a, b) => a.max(b),
            }
        });
        Self {
            axes: axes.collect(),
            exact: self.exact && other.exact,
            numbers: None,
        }
    }
}

/// A number as a length: nothing below 0, and at most the most that fits.
pub(super) fn length(value: f64) -> u64 {
    value as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes_are_stretched_from_the_right() {
        let (a, b) = (Bound::exact(vec![2, 1, 5]), Bound::exact(vec![7, 1]));
        assert_eq!(a.broadcast(&b), Bound::exact(vec![2, 7, 5]));
        assert_eq!(
            Bound::exact(vec![0])
                .broadcast(&Bound::exact(vec![1]))
                .elements(),
            0
        );
    }

    #[test]
    fn no_product_wraps_round() {
        assert_eq!(Bound::exact(vec![1 << 33, 1 << 33]).elements(), u64::MAX);
        assert_eq!(
            (length(-3.0), length(1e300), length(f64::NAN)),
            (0, u64::MAX, 0)
        );
    }
}
