//! Small helpers for the sizes of values that are known only when the model runs.

use super::graph::{Graph, Shape, Value, integer, known};
use super::proto::element;

/// The end of an axis, for Slice.
pub(super) const TO_THE_END: i64 = i64::MAX;

impl Graph {
    /// `x[start..end]` along axes, by constants; a step of 1.
    pub(super) fn slice(&self, x: &Value, parts: &[(usize, i64, i64)], shape: Shape) -> Value {
        let column = |f: fn(&(usize, i64, i64)) -> i64| {
            self.integers(&parts.iter().map(f).collect::<Vec<_>>())
        };
        let (starts, ends, axes) = (column(|p| p.1), column(|p| p.2), column(|p| p.0 as i64));
        self.node("Slice", &[x, &starts, &ends, &axes], vec![], shape)
    }

    /// Sizes `start..end` of a value's shape, as a list of whole numbers.
    pub(super) fn sizes(&self, x: &Value, start: usize, end: usize) -> Value {
        let shape = self.node("Shape", &[x], vec![], known(&[x.shape.len()]));
        let (start, end) = (start as i64, end as i64);
        self.slice_list(&shape, &self.integers(&[start]), &self.integers(&[end]))
    }

    fn slice_list(&self, list: &Value, start: &Value, end: &Value) -> Value {
        self.node("Slice", &[list, start, end], vec![], vec![None])
    }

    /// One of a value's sizes, as a number.
    pub(super) fn size(&self, x: &Value, axis: usize) -> Value {
        let shape = self.node("Shape", &[x], vec![], known(&[x.shape.len()]));
        let index = self.integer(axis as i64);
        self.node("Gather", &[&shape, &index], vec![], vec![])
    }

    /// Lists of whole numbers, one after the other.
    pub(super) fn list(&self, parts: &[&Value]) -> Value {
        self.node("Concat", parts, vec![integer("axis", 0)], vec![None])
    }

    pub(super) fn reshape(&self, x: &Value, sizes: &Value, shape: Shape) -> Value {
        self.node("Reshape", &[x, sizes], vec![], shape)
    }

    /// Whole numbers as f32.
    pub(super) fn to_float(&self, x: &Value) -> Value {
        let to = integer("to", i64::from(element::FLOAT));
        self.node("Cast", &[x], vec![to], x.shape.clone())
    }

    /// The whole numbers from 0 to below `end`, a number without an axis.
    pub(super) fn range(&self, end: &Value) -> Value {
        let (zero, one) = (self.integer(0), self.integer(1));
        self.node("Range", &[&zero, end, &one], vec![], vec![None])
    }

    /// A list as a column (`axis` 1) or a row (`axis` 0) of a matrix.
    pub(super) fn unsqueeze(&self, x: &Value, axis: i64) -> Value {
        let inputs = [x, &self.integers(&[axis])];
        self.node("Unsqueeze", &inputs, vec![], vec![None, None])
    }

    /// Element by element, broadcasting.
    pub(super) fn binary(&self, op: &str, a: &Value, b: &Value) -> Value {
        self.node(op, &[a, b], vec![], broadcast(&a.shape, &b.shape))
    }

    pub(super) fn unary(&self, op: &str, x: &Value) -> Value {
        self.node(op, &[x], vec![], x.shape.clone())
    }
}

/// The shape of what two values make together.
fn broadcast(a: &Shape, b: &Shape) -> Shape {
    let rank = a.len().max(b.len());
    let at = |shape: &Shape, axis: usize| match (axis + shape.len()).checked_sub(rank) {
        Some(own) => shape[own],
        None => Some(1),
    };
    (0..rank)
        .map(|axis| match (at(a, axis), at(b, axis)) {
            (Some(1), other) | (other, Some(1)) => other,
            (Some(size), _) | (None, Some(size)) => Some(size),
            (None, None) => None,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::graph::features;
    use super::*;

    #[test]
    fn known_sizes_survive_broadcasting() {
        assert_eq!(broadcast(&features(5), &features(1)), features(5));
        assert_eq!(broadcast(&vec![], &features(5)), features(5));
        assert_eq!(broadcast(&known(&[1, 5, 1, 1]), &features(5)), features(5));
        assert_eq!(
            broadcast(&vec![None, Some(3)], &vec![Some(4), None]),
            known(&[4, 3])
        );
    }
}
