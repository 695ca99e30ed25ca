//! Settings by the ids of their rows, for frontends and scripts.

use super::row::{Row, Stage};
use super::table::TABLE;
use super::values::Settings;
use crate::error::Error;

impl Settings {
    /// Every setting at its default.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets one value by a word, as in a script: `settings.set("grow", "4")`.
    ///
    /// # Errors
    /// [`Error::Setting`] when there is no such setting or it does not take the value; nothing is changed then.
    pub fn set(&mut self, id: &str, word: &str) -> Result<(), Error> {
        let row = row(id)?;
        row.write(self, row.parse(word)?)
    }

    /// The value of one setting as a word, in the form that [`Settings::set`] takes.
    ///
    /// # Errors
    /// [`Error::Setting`] when there is no such setting.
    pub fn get(&self, id: &str) -> Result<String, Error> {
        let row = row(id)?;
        Ok(row.word(&row.read(self)))
    }

    /// These settings with those of one stage at their defaults, for a caller that has done the work of that stage.
    pub fn without(&self, stage: Stage) -> Self {
        let (mut settings, defaults) = (self.clone(), Self::default());
        for row in TABLE.iter().filter(|row| row.stage == stage) {
            // A row takes its own default: a test sees to it.
            drop(row.write(&mut settings, row.read(&defaults)));
        }
        settings
    }

    /// Whether every value is one that its row takes: fields can be set to any number.
    pub(crate) fn check(&self) -> Result<(), Error> {
        let wrong = TABLE
            .iter()
            .map(|row| (row, row.read(self)))
            .find(|(row, value)| !row.takes(value));
        wrong.map_or(Ok(()), |(row, value)| Err(row.refusal(&row.word(&value))))
    }
}

fn row(id: &str) -> Result<&'static Row<Settings>, Error> {
    TABLE.iter().find(|row| row.id == id).ok_or_else(|| {
        let ids: Vec<_> = TABLE.iter().map(|row| row.id).collect();
        Error::Setting {
            key: id.into(),
            why: format!("there is no such setting; there are {}", ids.join(", ")),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::Area;

    #[test]
    fn wrong_values_are_told_with_what_would_be_right() {
        let mut settings = Settings::new();
        let before = settings.clone();
        for (id, text, word) in [
            ("grow", "-1", "0 to 1000"),
            ("grow", "many", "0 to 1000"),
            ("feather", "NaN", "0 to 1000"),
            ("device", "toaster", "directml"),
            ("colour", "on", "colour_correction"),
        ] {
            let message = settings.set(id, text).unwrap_err().to_string();
            assert!(message.contains(word) && message.contains(id), "{message}");
        }
        assert!(settings.get("colour").is_err());
        assert_eq!(settings, before);
    }

    #[test]
    fn a_stage_that_is_done_goes_back_to_its_defaults_and_no_other() {
        let settings = Settings {
            grow: 3,
            feather: 1.5,
            area: Area::Sides,
            ..Settings::new()
        };
        let wanted = Settings {
            area: Area::Sides,
            ..Settings::new()
        };
        assert_eq!(settings.without(Stage::Hole), wanted);
        assert_eq!(settings.without(Stage::Blend), settings);
    }

    #[test]
    fn fields_out_of_range_are_found() {
        assert!(Settings::new().check().is_ok());
        let settings = Settings {
            passes: 5,
            ..Settings::new()
        };
        let message = settings.check().unwrap_err().to_string();
        assert!(
            message.contains("passes") && message.contains("1 to 4"),
            "{message}"
        );
        let settings = Settings {
            context: f64::NAN,
            ..Settings::new()
        };
        assert!(settings.check().is_err());
    }
}
