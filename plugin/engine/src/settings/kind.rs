//! The kinds of settings, and their values.

use super::choice::Choice;

/// What a setting takes. `get` and `set` lead to the value; only [`Row::write`](super::Row::write) calls `set`, with
/// values that the row takes.
#[derive(Clone, Debug)]
#[expect(missing_docs, reason = "`get` and `set` are told of above")]
pub enum Kind<V> {
    /// Yes or no.
    Toggle {
        get: fn(&V) -> bool,
        set: fn(&mut V, bool),
    },
    /// One of several words.
    Choice {
        /// The words; values are positions in this list.
        choices: &'static [Choice],
        get: fn(&V) -> usize,
        set: fn(&mut V, usize),
    },
    /// A whole number.
    Whole {
        /// Smallest and largest value accepted.
        range: (i64, i64),
        /// Smallest and largest value on a slider.
        slider: (i64, i64),
        get: fn(&V) -> i64,
        set: fn(&mut V, i64),
    },
    /// A number.
    Number {
        /// Smallest and largest value accepted.
        range: (f64, f64),
        /// Smallest and largest value on a slider.
        slider: (f64, f64),
        /// Step of a spin button.
        step: f64,
        get: fn(&V) -> f64,
        set: fn(&mut V, f64),
    },
    /// Any text.
    Text {
        get: fn(&V) -> &str,
        set: fn(&mut V, String),
    },
}

/// A value of one of the kinds.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Yes or no; `true` and `false` in scripts.
    Toggle(bool),
    /// Position in the list of choices.
    Choice(usize),
    /// A whole number.
    Whole(i64),
    /// A number.
    Number(f64),
    /// A text.
    Text(String),
}
