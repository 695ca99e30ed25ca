//! The settings table for C: `reweave_setting_count` and `reweave_setting_at`.

use super::guard::{guard_value, to_c};
use reweave::settings::{Choice, Kind, Level, Row, Stage, TABLE};
use reweave_abi::{ReweaveChoice, ReweaveSetting, kind, level, stage};
use std::ffi::c_char;
use std::ptr;
use std::sync::OnceLock;

/// The rows, made once. They are never freed: C may keep pointers to them.
struct Rows(Vec<ReweaveSetting>);

// SAFETY: the pointers lead to leaked memory that nobody changes.
unsafe impl Send for Rows {}
// SAFETY: as above.
unsafe impl Sync for Rows {}

fn rows() -> &'static [ReweaveSetting] {
    static ROWS: OnceLock<Rows> = OnceLock::new();
    &ROWS
        .get_or_init(|| Rows(TABLE.iter().map(described).collect()))
        .0
}

fn leaked(text: &str) -> *const c_char {
    to_c(text).into_raw()
}

fn choice(choice: &Choice) -> ReweaveChoice {
    ReweaveChoice {
        id: leaked(choice.id),
        label: leaked(choice.label),
        help: leaked(choice.help),
    }
}

/// A row as C sees it.
fn described<V: Default>(row: &Row<V>) -> ReweaveSetting {
    let text = ReweaveSetting {
        id: leaked(row.id),
        label: leaked(row.label),
        help: leaked(row.help),
        unit: leaked(row.unit),
        group: leaked(row.group),
        default_value: leaked(&row.word(&row.default_value())),
        kind: kind::TEXT,
        choice_count: 0,
        choices: ptr::NonNull::dangling().as_ptr(),
        minimum: 0.0,
        maximum: 0.0,
        slider_minimum: 0.0,
        slider_maximum: 0.0,
        step: 0.0,
        scales: u32::from(row.scales),
        level: match row.level {
            Level::Basic => level::BASIC,
            Level::Advanced => level::ADVANCED,
        },
        stage: match row.stage {
            Stage::Hole => stage::HOLE,
            Stage::Plan => stage::PLAN,
            Stage::Network => stage::NETWORK,
            Stage::Texture => stage::TEXTURE,
            Stage::Blend => stage::BLEND,
        },
    };
    match &row.kind {
        Kind::Text { .. } => text,
        Kind::Toggle { .. } => ReweaveSetting {
            kind: kind::TOGGLE,
            ..text
        },
        Kind::Choice { choices, .. } => {
            let choices: Vec<_> = choices.iter().map(choice).collect();
            let choices = choices.leak();
            let count = u32::try_from(choices.len()).unwrap_or(u32::MAX);
            ReweaveSetting {
                kind: kind::CHOICE,
                choice_count: count,
                choices: choices.as_ptr(),
                ..text
            }
        }
        Kind::Whole { range, slider, .. } => ReweaveSetting {
            kind: kind::INTEGER,
            minimum: range.0 as f64,
            maximum: range.1 as f64,
            slider_minimum: slider.0 as f64,
            slider_maximum: slider.1 as f64,
            step: 1.0,
            ..text
        },
        Kind::Number {
            range,
            slider,
            step,
            ..
        } => ReweaveSetting {
            kind: kind::NUMBER,
            minimum: range.0,
            maximum: range.1,
            slider_minimum: slider.0,
            slider_maximum: slider.1,
            step: *step,
            ..text
        },
    }
}

/// See `reweave.h`.
#[unsafe(no_mangle)]
pub extern "C" fn reweave_setting_count() -> usize {
    guard_value(0, || Ok(rows().len()))
}

/// See `reweave.h`.
#[unsafe(no_mangle)]
pub extern "C" fn reweave_setting_at(index: usize) -> *const ReweaveSetting {
    guard_value(ptr::null(), || {
        Ok(rows().get(index).map_or(ptr::null(), ptr::from_ref))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::ffi::CStr;

    #[derive(Default)]
    struct Weather {
        wet: bool,
    }

    fn text(pointer: *const c_char) -> String {
        // SAFETY: the texts of a row are leaked, and end with a zero byte.
        unsafe { CStr::from_ptr(pointer) }
            .to_string_lossy()
            .into_owned()
    }

    #[test]
    fn a_row_of_any_table_is_told_to_c() {
        let row: Row<Weather> = Row {
            id: "wet_ground",
            label: "Wet ground",
            help: "Puts puddles on the ground.",
            unit: "litres",
            group: "Weather",
            level: Level::Advanced,
            stage: Stage::Texture,
            scales: true,
            kind: Kind::Toggle {
                get: |weather| weather.wet,
                set: |weather, wet| weather.wet = wet,
            },
        };
        let told = described(&row);
        let texts = [
            (told.id, row.id),
            (told.label, row.label),
            (told.help, row.help),
            (told.unit, row.unit),
            (told.group, row.group),
            (told.default_value, "false"),
        ];
        for (told, wanted) in texts {
            assert_eq!(text(told), wanted);
        }
        assert_eq!(
            (told.kind, told.level, told.stage, told.scales),
            (kind::TOGGLE, level::ADVANCED, stage::TEXTURE, 1)
        );
    }
}
