//! The flags that set what the engine does, made from a table of settings.

use clap::builder::{PossibleValue, PossibleValuesParser};
use clap::{Arg, ArgMatches, Command, Error, FromArgMatches};
use reweave::Settings;
use reweave::settings::{Kind, Row, TABLE};

/// The settings of a fill, as the command line gives them.
#[derive(Debug, Clone)]
pub struct SettingsFlags(Settings);

impl SettingsFlags {
    /// The settings.
    pub fn into_settings(self) -> Settings {
        self.0
    }
}

impl clap::Args for SettingsFlags {
    fn augment_args(command: Command) -> Command {
        command.args(flags(TABLE))
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}

impl FromArgMatches for SettingsFlags {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, Error> {
        let mut flags = Self(Settings::new());
        flags.update_from_arg_matches(matches)?;
        Ok(flags)
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), Error> {
        read(TABLE, matches, &mut self.0)
    }
}

/// A flag for each row of a table.
fn flags<V: Default>(table: &'static [Row<V>]) -> impl Iterator<Item = Arg> {
    table.iter().map(flag)
}

/// Takes what the command line has for the rows of a table over into `values`.
fn read<V>(table: &[Row<V>], matches: &ArgMatches, values: &mut V) -> Result<(), Error> {
    for row in table {
        if let Some(word) = matches.get_one::<String>(row.id) {
            // Each flag has checked its own value; the row has the last word.
            let written = row.parse(word).and_then(|value| row.write(values, value));
            written.map_err(|error| {
                Error::raw(clap::error::ErrorKind::InvalidValue, format!("{error}\n"))
            })?;
        }
    }
    Ok(())
}

/// `least_context` is `--least-context 128`, with its help, unit, range and default.
fn flag<V: Default>(row: &'static Row<V>) -> Arg {
    let name = row.id.replace('_', "-");
    let arg = Arg::new(row.id)
        .help_heading(row.group)
        .allow_negative_numbers(true)
        .default_value(row.word(&row.default_value()))
        .help(help(row));
    let arg = match name.replace("colour", "color") {
        american if american != name => arg.alias(american),
        _ => arg,
    };
    let arg = arg.long(name);
    match &row.kind {
        Kind::Toggle { .. } => arg
            .value_name("BOOL")
            .value_parser(["true", "false"])
            .num_args(0..=1)
            .require_equals(true)
            .default_missing_value("true"),
        Kind::Choice { choices, .. } => {
            let values = choices.iter().map(|choice| {
                PossibleValue::new(choice.id).help(choice.help.trim_end_matches('.'))
            });
            arg.value_name("WHICH")
                .value_parser(PossibleValuesParser::new(values))
        }
        Kind::Whole { .. } | Kind::Number { .. } => {
            let name = if row.unit == "pixels" {
                "PIXELS"
            } else {
                "NUMBER"
            };
            arg.value_name(name)
                .value_parser(move |word: &str| match row.parse(word) {
                    Ok(_) => Ok(word.to_owned()),
                    Err(reweave::Error::Setting { why, .. }) => Err(why),
                    Err(error) => Err(error.to_string()),
                })
        }
        Kind::Text { .. } => arg.value_name("NAME"),
    }
}

/// What the setting does, and which values it takes.
fn help<V>(row: &Row<V>) -> String {
    let range = match &row.kind {
        Kind::Whole {
            range: (low, high), ..
        } => format!(" [{low} to {high}"),
        Kind::Number {
            range: (low, high), ..
        } => format!(" [{low} to {high}"),
        Kind::Toggle { .. } | Kind::Choice { .. } | Kind::Text { .. } => {
            return row.help.trim_end_matches('.').to_owned();
        }
    };
    let unit = if row.unit.is_empty() {
        String::new()
    } else {
        format!(" {}", row.unit)
    };
    format!("{}{range}{unit}]", row.help.trim_end_matches('.'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::Args as _;
    use reweave::settings::{Level, Stage};

    fn parse(words: &[&str]) -> Result<Settings, Error> {
        let command = SettingsFlags::augment_args(Command::new("fill"));
        let matches = command.try_get_matches_from(std::iter::once(&"fill").chain(words))?;
        SettingsFlags::from_arg_matches(&matches).map(SettingsFlags::into_settings)
    }

    #[test]
    fn defaults_are_the_tables() {
        assert_eq!(parse(&[]).unwrap(), Settings::new());
    }

    #[test]
    fn every_setting_has_a_flag() {
        let command = SettingsFlags::augment_args(Command::new("fill"));
        command.clone().debug_assert();
        for row in TABLE {
            let arg = command
                .get_arguments()
                .find(|arg| arg.get_id() == row.id)
                .unwrap();
            assert_eq!(arg.get_long().unwrap(), row.id.replace('_', "-"));
        }
        let settings = parse(&["--grow", "4", "--color-correction=off"]).unwrap();
        assert_eq!(settings.grow, 4);
        assert_eq!(settings.get("colour_correction").unwrap(), "off");
    }

    #[test]
    fn values_out_of_range_say_the_range() {
        let message = parse(&["--grow", "-1"]).unwrap_err().to_string();
        assert!(
            message.contains("--grow") && message.contains("from 0 to"),
            "{message}"
        );
    }

    #[derive(Debug, Default, PartialEq)]
    struct Weather {
        wet: bool,
        wind: u8,
    }

    /// A table of another make.
    static WEATHER: &[Row<Weather>] = &[
        Row {
            id: "wet_ground",
            label: "Wet ground",
            help: "Puts puddles on the ground.",
            unit: "",
            group: "Weather",
            level: Level::Advanced,
            stage: Stage::Blend,
            scales: false,
            kind: Kind::Toggle {
                get: |weather| weather.wet,
                set: |weather, wet| weather.wet = wet,
            },
        },
        Row {
            id: "wind",
            label: "Wind",
            help: "Bends the trees.",
            unit: "knots",
            group: "Weather",
            level: Level::Basic,
            stage: Stage::Texture,
            scales: false,
            kind: Kind::Whole {
                range: (0, 60),
                slider: (0, 30),
                get: |weather| weather.wind.into(),
                set: |weather, wind| weather.wind = wind as u8,
            },
        },
    ];

    #[test]
    fn rows_of_any_table_reach_help_manual_and_values() {
        let command = Command::new("fill").args(flags(WEATHER));
        command.clone().debug_assert();
        let help = command.clone().render_long_help().to_string();
        let mut page = Vec::new();
        clap_mangen::Man::new(command.clone())
            .render(&mut page)
            .unwrap();
        let page = String::from_utf8(page).unwrap().replace("\\-", "-");
        for text in [&help, &page] {
            for wanted in ["--wet-ground", "Puts puddles", "--wind", "0 to 60 knots"] {
                assert!(text.contains(wanted), "no {wanted} in {text}");
            }
        }
        let values = |words: &[&str]| {
            let words = std::iter::once(&"fill").chain(words);
            let mut weather = Weather::default();
            let matches = command.clone().try_get_matches_from(words).unwrap();
            read(WEATHER, &matches, &mut weather).unwrap();
            weather
        };
        assert_eq!(values(&[]), Weather::default());
        let stormy = Weather {
            wet: true,
            wind: 40,
        };
        assert_eq!(values(&["--wet-ground", "--wind", "40"]), stormy);
        assert!(!values(&["--wet-ground=false"]).wet);
    }
}
