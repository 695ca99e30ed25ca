//! The settings table for C: `reweave_setting_count` and `reweave_setting_at`.

use super::guard::{guard_value, to_c};
use reweave::settings::{Choice, Kind, Setting, TABLE};
use reweave_abi::{ReweaveChoice, ReweaveSetting, kind};
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
    &ROWS.get_or_init(|| Rows(TABLE.iter().map(row).collect())).0
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

fn row(setting: &Setting) -> ReweaveSetting {
    let text = ReweaveSetting {
        id: leaked(setting.id),
        label: leaked(setting.label),
        help: leaked(setting.help),
        unit: leaked(setting.unit),
        group: leaked(setting.group),
        default_value: leaked(setting.default),
        kind: kind::TEXT,
        choice_count: 0,
        choices: ptr::NonNull::dangling().as_ptr(),
        minimum: 0.0,
        maximum: 0.0,
        slider_minimum: 0.0,
        slider_maximum: 0.0,
        step: 0.0,
        scales: u32::from(setting.scales),
    };
    match &setting.kind {
        Kind::Text => text,
        Kind::Choice(choices) => {
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
        Kind::Integer { range, slider } => ReweaveSetting {
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
