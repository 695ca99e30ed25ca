//! The hole as the settings want it. Whoever shapes a hole does it here, and so cannot miss a setting.

use std::borrow::Cow;

use super::Hole;
use crate::error::Error;
use crate::settings::Settings;

impl Hole {
    /// The hole that a fill with these settings fills: every setting of the stage
    /// [`Stage::Hole`](crate::settings::Stage::Hole) has done its work on it.
    ///
    /// A fill of it should have the settings [`without`](Settings::without) that stage.
    ///
    /// # Errors
    /// [`Error::OutOfMemory`].
    pub fn shaped(&self, settings: &Settings) -> Result<Cow<'_, Self>, Error> {
        let mut hole = Cow::Borrowed(self);
        if settings.grow > 0 {
            hole = Cow::Owned(hole.grow(settings.grow as usize)?);
        }
        if settings.feather > 0.0 {
            hole = Cow::Owned(hole.feather(settings.feather as f32)?);
        }
        Ok(hole)
    }
}

/// How far, in pixels, [`Hole::shaped`] reaches beyond the hole that it is given, at the most.
pub fn reach(settings: &Settings) -> usize {
    settings.grow as usize
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hole::tests::drawn;
    use crate::settings::{Kind, Row, Stage, TABLE, Value};
    use proptest::prelude::*;

    /// The value at a share of a row's slider, or the choice there.
    fn along(row: &Row<Settings>, share: f64) -> Value {
        match row.kind {
            Kind::Toggle { .. } => Value::Toggle(share > 0.5),
            Kind::Choice { choices, .. } => {
                Value::Choice(((choices.len() - 1) as f64 * share).round() as usize)
            }
            Kind::Whole { slider, .. } => {
                Value::Whole(slider.0 + ((slider.1 - slider.0) as f64 * share).round() as i64)
            }
            Kind::Number { slider, .. } => Value::Number(slider.0 + (slider.1 - slider.0) * share),
            Kind::Text { .. } => Value::Text("other".into()),
        }
    }

    /// A new row of the stage that is not used here fails this test, as does a row that is used here and says that it
    /// belongs to a later stage.
    #[test]
    fn the_rows_of_the_stage_shape_the_hole_and_no_others_do() {
        let hole = drawn(&[
            "........", "..####..", "..####..", "..####..", "..####..", "........",
        ]);
        for row in TABLE {
            let mut settings = Settings::new();
            row.write(&mut settings, along(row, 1.0)).unwrap();
            let changed = *hole.shaped(&settings).unwrap() != hole;
            assert_eq!(changed, row.stage == Stage::Hole, "{}", row.id);
            let done = settings.without(Stage::Hole);
            assert_eq!(*hole.shaped(&done).unwrap(), hole, "{}", row.id);
        }
    }

    #[test]
    fn a_hole_is_grown_before_it_is_feathered() {
        let hole = drawn(&[".......", "...#...", ".......", "......."]);
        let settings = Settings {
            grow: 2,
            feather: 1.0,
            ..Settings::new()
        };
        let shaped = hole.shaped(&settings).unwrap();
        assert_eq!(*shaped, hole.grow(2).unwrap().feather(1.0).unwrap());
        assert!(shaped.coverage(3, 1) > 0.0 && shaped.pixels() > 1);
    }

    proptest! {
        #[test]
        fn a_shaped_hole_stays_within_reach(
            shares in proptest::collection::vec(0.0..1.0f64, TABLE.len()),
            (left, top) in (0usize..60, 0usize..60),
        ) {
            let mut rows = vec![".".repeat(64); 64];
            rows[top].replace_range(left..left + 3, "#4#");
            let rows: Vec<_> = rows.iter().map(String::as_str).collect();
            let hole = drawn(&rows);
            let mut settings = Settings::new();
            for (row, share) in TABLE.iter().zip(shares) {
                if row.stage == Stage::Hole {
                    row.write(&mut settings, along(row, share)).unwrap();
                }
            }
            let (shaped, reach) = (hole.shaped(&settings).unwrap(), reach(&settings));
            let (inner, outer) = (hole.bounds(), shaped.bounds());
            prop_assert!(outer.is_empty() || outer.x + reach >= inner.x && outer.y + reach >= inner.y);
            prop_assert!(outer.right() <= inner.right() + reach && outer.bottom() <= inner.bottom() + reach);
        }
    }
}
