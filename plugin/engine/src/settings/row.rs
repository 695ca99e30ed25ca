//! A row of a settings table: all that is to be said about one value, and the way to it.

use super::kind::{Kind, Value};
use crate::error::Error;

/// One setting of values of the type `V`.
#[derive(Clone, Debug)]
pub struct Row<V> {
    /// Key in scripts, in projects and in the C library: lower-case letters and `_`.
    pub id: &'static str,
    /// Short name in a dialog.
    pub label: &'static str,
    /// One or two sentences that say what changes in the picture.
    pub help: &'static str,
    /// Unit of the value, or "".
    pub unit: &'static str,
    /// Heading under which dialogs and the manual put it.
    pub group: &'static str,
    /// Who wants to see it.
    pub level: Level,
    /// The first stage of a fill whose work depends on it.
    pub stage: Stage,
    /// Whether the value is a length in pixels of the picture, which hosts scale when they work on a proxy.
    pub scales: bool,
    /// What kind of value it takes, in which range, and where in `V` the value is.
    pub kind: Kind<V>,
}

/// Who wants to see a setting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// Everybody: a dialog shows it when it opens.
    Basic,
    /// Who asks for more.
    Advanced,
}

/// The stages of a fill, in their order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// The hole gets its shape: see [`Hole::shaped`](crate::Hole::shaped).
    Hole,
    /// Regions are chosen.
    Plan,
    /// The network predicts what is in them.
    Network,
    /// The prediction gets its colours and its texture.
    Texture,
    /// It goes into the picture.
    Blend,
}

impl<V> Row<V> {
    /// The value that is in `values`.
    pub fn read(&self, values: &V) -> Value {
        match &self.kind {
            Kind::Toggle { get, .. } => Value::Toggle(get(values)),
            Kind::Choice { get, .. } => Value::Choice(get(values)),
            Kind::Whole { get, .. } => Value::Whole(get(values)),
            Kind::Number { get, .. } => Value::Number(get(values)),
            Kind::Text { get, .. } => Value::Text(get(values).to_owned()),
        }
    }

    /// Puts a value into `values`.
    ///
    /// # Errors
    /// [`Error::Setting`] when the row does not take it; nothing is changed then.
    pub fn write(&self, values: &mut V, value: Value) -> Result<(), Error> {
        if !self.takes(&value) {
            return Err(self.refusal(&self.word(&value)));
        }
        match (&self.kind, value) {
            (Kind::Toggle { set, .. }, Value::Toggle(value)) => set(values, value),
            (Kind::Choice { set, .. }, Value::Choice(value)) => set(values, value),
            (Kind::Whole { set, .. }, Value::Whole(value)) => set(values, value),
            (Kind::Number { set, .. }, Value::Number(value)) => set(values, value),
            (Kind::Text { set, .. }, Value::Text(value)) => set(values, value),
            // A row takes values of its own kind only.
            _ => {}
        }
        Ok(())
    }

    /// The value that a row has when nobody says otherwise.
    pub fn default_value(&self) -> Value
    where
        V: Default,
    {
        self.read(&V::default())
    }

    /// The value that a word in a script means. Blanks round it do not count.
    ///
    /// # Errors
    /// [`Error::Setting`], which says what the row takes.
    pub fn parse(&self, word: &str) -> Result<Value, Error> {
        let word = word.trim();
        let value = match &self.kind {
            Kind::Toggle { .. } => word.parse().ok().map(Value::Toggle),
            Kind::Choice { choices, .. } => choices
                .iter()
                .position(|choice| choice.id == word)
                .map(Value::Choice),
            Kind::Whole { .. } => word.parse().ok().map(Value::Whole),
            Kind::Number { .. } => word.parse().ok().map(Value::Number),
            Kind::Text { .. } => Some(Value::Text(word.into())),
        };
        value
            .filter(|value| self.takes(value))
            .ok_or_else(|| self.refusal(word))
    }

    /// A value as a word in a script: the opposite of [`Row::parse`].
    pub fn word(&self, value: &Value) -> String {
        match (value, &self.kind) {
            (Value::Choice(at), Kind::Choice { choices, .. }) if *at < choices.len() => {
                choices[*at].id.into()
            }
            (Value::Toggle(value), _) => value.to_string(),
            (Value::Choice(at), _) => at.to_string(),
            (Value::Whole(value), _) => value.to_string(),
            (Value::Number(value), _) => value.to_string(),
            (Value::Text(text), _) => text.clone(),
        }
    }

    /// The value of the range that is nearest to a number; any other value as it is.
    pub fn nearest(&self, value: Value) -> Value {
        match (&self.kind, value) {
            (Kind::Whole { range, .. }, Value::Whole(value)) => {
                Value::Whole(value.clamp(range.0, range.1))
            }
            (Kind::Number { range, .. }, Value::Number(value)) => {
                Value::Number(value.clamp(range.0, range.1))
            }
            (_, value) => value,
        }
    }

    /// Whether the row takes a value: one of its kind, and in its range.
    pub fn takes(&self, value: &Value) -> bool {
        match (&self.kind, value) {
            (Kind::Toggle { .. }, Value::Toggle(_)) | (Kind::Text { .. }, Value::Text(_)) => true,
            (Kind::Choice { choices, .. }, Value::Choice(at)) => *at < choices.len(),
            (Kind::Whole { range, .. }, Value::Whole(value)) => (range.0..=range.1).contains(value),
            (Kind::Number { range, .. }, Value::Number(value)) => {
                (range.0..=range.1).contains(value)
            }
            _ => false,
        }
    }

    /// The error that says what the row takes.
    pub(super) fn refusal(&self, given: &str) -> Error {
        let why = match &self.kind {
            Kind::Toggle { .. } => format!("'{given}' is neither true nor false"),
            Kind::Choice { choices, .. } => {
                let ids: Vec<_> = choices.iter().map(|choice| choice.id).collect();
                format!("'{given}' is none of {}", ids.join(", "))
            }
            Kind::Whole { range, .. } => {
                format!(
                    "'{given}' is no whole number from {} to {}",
                    range.0, range.1
                )
            }
            Kind::Number { range, .. } => {
                format!("'{given}' is no number from {} to {}", range.0, range.1)
            }
            Kind::Text { .. } => format!("'{given}' is no text"),
        };
        Error::Setting {
            key: self.id.into(),
            why,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    crate::choices! {
        enum Way {
            Road = ("road", "By road", "Slow."),
            Rail = ("rail", "By rail", "Fast."),
        }
    }

    #[derive(Clone, Debug, PartialEq)]
    struct Trip {
        way: Way,
        back: bool,
        people: u8,
        miles: f64,
        to: String,
    }

    impl Default for Trip {
        fn default() -> Self {
            Self {
                way: Way::Rail,
                back: true,
                people: 2,
                miles: 0.1,
                to: "Rome".into(),
            }
        }
    }

    const fn row(id: &'static str, kind: Kind<Trip>) -> Row<Trip> {
        Row {
            id,
            label: "",
            help: "",
            unit: "",
            group: "",
            level: Level::Basic,
            stage: Stage::Plan,
            scales: false,
            kind,
        }
    }

    static TRIP: &[Row<Trip>] = &[
        row(
            "way",
            Kind::Choice {
                choices: Way::CHOICES,
                get: |trip| trip.way as usize,
                set: |trip, at| trip.way = Way::ALL[at],
            },
        ),
        row(
            "back",
            Kind::Toggle {
                get: |trip| trip.back,
                set: |trip, back| trip.back = back,
            },
        ),
        row(
            "people",
            Kind::Whole {
                range: (1, 9),
                slider: (1, 4),
                get: |trip| trip.people.into(),
                set: |trip, people| trip.people = people as u8,
            },
        ),
        row(
            "miles",
            Kind::Number {
                range: (0.0, 1000.0),
                slider: (0.0, 10.0),
                step: 0.5,
                get: |trip| trip.miles,
                set: |trip, miles| trip.miles = miles,
            },
        ),
        row(
            "to",
            Kind::Text {
                get: |trip| &trip.to,
                set: |trip, to| trip.to = to,
            },
        ),
    ];

    #[test]
    fn words_and_values_reach_their_fields() {
        let mut trip = Trip::default();
        let words = TRIP.iter().map(|row| row.word(&row.read(&trip)));
        assert_eq!(
            words.collect::<Vec<_>>(),
            ["rail", "true", "2", "0.1", "Rome"]
        );
        for (row, word) in TRIP.iter().zip(["road", " false ", "9", "12.5", " Oslo "]) {
            row.write(&mut trip, row.parse(word).unwrap()).unwrap();
            assert_eq!(row.word(&row.read(&trip)), word.trim());
        }
        let wanted = Trip {
            way: Way::Road,
            back: false,
            people: 9,
            miles: 12.5,
            to: "Oslo".into(),
        };
        assert_eq!(trip, wanted);
        assert_eq!(TRIP[2].default_value(), Value::Whole(2));
    }

    #[test]
    fn what_a_row_does_not_take_changes_nothing_and_is_told() {
        let mut trip = Trip::default();
        let refused = [
            ("way", "air", "none of road, rail"),
            ("back", "maybe", "true nor false"),
            ("people", "10", "from 1 to 9"),
            ("people", "2.5", "whole number"),
            ("miles", "NaN", "from 0 to 1000"),
            ("miles", "inf", "from 0 to 1000"),
        ];
        for (id, word, told) in refused {
            let row = TRIP.iter().find(|row| row.id == id).unwrap();
            let message = row.parse(word).unwrap_err().to_string();
            assert!(message.contains(id) && message.contains(told), "{message}");
        }
        for value in [
            Value::Choice(2),
            Value::Whole(1),
            Value::Number(f64::NAN),
            Value::Number(-1.0),
        ] {
            for row in TRIP.iter().filter(|row| row.id != "people") {
                assert!(row.write(&mut trip, value.clone()).is_err(), "{}", row.id);
            }
        }
        assert_eq!(trip, Trip::default());
    }

    #[test]
    fn numbers_out_of_range_have_a_nearest_one() {
        assert_eq!(TRIP[2].nearest(Value::Whole(-3)), Value::Whole(1));
        assert_eq!(TRIP[3].nearest(Value::Number(1e9)), Value::Number(1000.0));
        assert!(!TRIP[3].takes(&TRIP[3].nearest(Value::Number(f64::NAN))));
    }
}
