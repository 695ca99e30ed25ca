//! Values of a table's rows, as a host has them.

use crate::abi::guard::to_c;
use crate::openfx::effect::Effect;
use crate::openfx::status::Result;
use reweave::settings::{Kind, Row, Value};

/// The values of all rows of a table at a time, lengths in pixels of images at `scale`. A host that lets a number
/// through that is out of range gets the nearest one.
///
/// # Errors
/// Only when the host does not give a value for a parameter that was defined.
pub fn values<V: Default>(
    effect: &Effect<'_>,
    table: &[Row<V>],
    time: f64,
    scale: f64,
) -> Result<V> {
    let mut values = V::default();
    for row in table {
        let value = row.nearest(value(effect, row, time, scale)?);
        // What the row still does not take (not a number, a choice that there is not) stays at its default.
        drop(row.write(&mut values, value));
    }
    Ok(values)
}

fn value<V>(effect: &Effect<'_>, row: &Row<V>, time: f64, scale: f64) -> Result<Value> {
    let param = effect.param(&to_c(row.id))?;
    let factor = if row.scales { scale } else { 1.0 };
    Ok(match &row.kind {
        Kind::Toggle { .. } => Value::Toggle(param.bool(time)?),
        Kind::Choice { .. } => {
            Value::Choice(usize::try_from(param.int(time)?).unwrap_or(usize::MAX))
        }
        Kind::Whole { .. } => Value::Whole((f64::from(param.int(time)?) * factor).round() as i64),
        Kind::Number { .. } => Value::Number(param.double(time)? * factor),
        Kind::Text { .. } => Value::Text(param.string(time)?.trim().to_owned()),
    })
}
