//! Constants in the file: whether they hold what they promise, and the numbers of short ones.

use half::f16;

use super::bound::{Bound, FOLLOWED};
use super::limits::{AXES, AXIS_LENGTH};
use super::wire::{Fields, Value};

/// Numbers of the element types, in ONNX's words.
const FLOAT: u64 = 1;
const UINT8: u64 = 2;
const INT8: u64 = 3;
const INT32: u64 = 6;
const INT64: u64 = 7;
const BOOL: u64 = 9;
const FLOAT16: u64 = 10;
const DOUBLE: u64 = 11;

/// Whether numbers of this element type are whole.
pub(super) fn is_whole(element: u64) -> bool {
    !matches!(element, FLOAT | FLOAT16 | DOUBLE | 16)
}

/// The name of a constant, and what is known of it.
///
/// # Errors
/// It lies outside the file, has absurd dimensions, or holds less than it promises.
pub(super) fn tensor(message: &[u8]) -> Result<(&str, Bound), String> {
    let (mut name, mut element, mut axes) = ("", 0, Vec::new());
    let (mut raw, mut floats, mut integers) = (None, Vec::new(), Vec::new());
    for field in Fields::of(message) {
        match field? {
            (1, value) => value.numbers(&mut axes, AXES)?,
            (2, Value::Number(value)) => element = value,
            (4, Value::Four(value)) => {
                let room = floats.len() < FOLLOWED;
                floats.extend(room.then(|| f64::from(f32::from_le_bytes(value))));
            }
            (4, value) => {
                let values = value.bytes()?.as_chunks().0.iter().take(FOLLOWED);
                floats.extend(values.map(|&value| f64::from(f32::from_le_bytes(value))));
            }
            (5 | 7, value) => value.numbers(&mut integers, FOLLOWED)?,
            (8, value) => name = value.text()?,
            (9, value) => raw = Some(value.bytes()?),
            (13, _) | (14, Value::Number(1)) => {
                return Err(
                    "a constant lies outside of the file, where Reweave does not look. Export the model as one file"
                        .into(),
                );
            }
            _ => {}
        }
    }
    if axes.len() > AXES || axes.iter().any(|axis| !(0..=AXIS_LENGTH).contains(axis)) {
        return Err(format!(
            "the constant '{name}' has absurd dimensions ({axes:?}): at most {AXES} axes of up to {AXIS_LENGTH} are \
             taken. The file is damaged; fetch or export it again"
        ));
    }
    let bound = Bound::exact(axes.iter().map(|&axis| axis.unsigned_abs()).collect());
    let held = match (raw, bytes_of(element)) {
        (Some(raw), Some(size)) => (raw.len() / size) as u64,
        // Of other types, two values to a byte are the closest that they can be packed.
        _ => 2 * message.len() as u64,
    };
    if bound.elements() > held {
        return Err(format!(
            "the constant '{name}' promises {} values and holds {held} at most. The file is damaged; fetch or export \
             it again",
            bound.elements()
        ));
    }
    let values = match raw {
        Some(raw) if raw.len() <= 8 * FOLLOWED => numbers(raw, element),
        Some(_) => Vec::new(),
        None if floats.is_empty() => integers.iter().map(|&value| value as f64).collect(),
        None => floats,
    };
    Ok((name, bound.with(values, is_whole(element))))
}

fn bytes_of(element: u64) -> Option<usize> {
    match element {
        UINT8 | INT8 | BOOL => Some(1),
        FLOAT16 => Some(2),
        FLOAT | INT32 => Some(4),
        INT64 | DOUBLE => Some(8),
        _ => None,
    }
}

fn numbers(raw: &[u8], element: u64) -> Vec<f64> {
    /// `N` bytes at a time.
    fn each<const N: usize>(raw: &[u8], number: impl Fn([u8; N]) -> f64) -> Vec<f64> {
        raw.as_chunks()
            .0
            .iter()
            .map(|&bytes| number(bytes))
            .collect()
    }
    match element {
        UINT8 | BOOL => each(raw, |[byte]| byte.into()),
        INT8 => each(raw, |bytes| i8::from_le_bytes(bytes).into()),
        FLOAT16 => each(raw, |bytes| f16::from_le_bytes(bytes).into()),
        FLOAT => each(raw, |bytes| f32::from_le_bytes(bytes).into()),
        INT32 => each(raw, |bytes| i32::from_le_bytes(bytes).into()),
        INT64 => each(raw, |bytes| i64::from_le_bytes(bytes) as f64),
        DOUBLE => each(raw, f64::from_le_bytes),
        _ => Vec::new(),
    }
}
