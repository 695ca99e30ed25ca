//! The flags that set what the engine does, made from the engine's own table of settings.

use clap::builder::{PossibleValue, PossibleValuesParser};
use clap::{Arg, ArgMatches, Command, Error, FromArgMatches};
use reweave::Settings;
use reweave::settings::{Kind, Setting, TABLE};

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
        TABLE
            .iter()
            .fold(command, |command, setting| command.arg(flag(setting)))
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
        for setting in TABLE {
            if let Some(text) = matches.get_one::<String>(setting.id) {
                // Each flag has checked its own value; the table has the last word.
                self.0.set(setting.id, text).map_err(|error| {
                    Error::raw(clap::error::ErrorKind::InvalidValue, format!("{error}\n"))
                })?;
            }
        }
        Ok(())
    }
}

/// `least_context` is `--least-context 128`, with its help, unit, range and default.
fn flag(setting: &'static Setting) -> Arg {
    let name = setting.id.replace('_', "-");
    let arg = Arg::new(setting.id)
        .help_heading(setting.group)
        .allow_negative_numbers(true)
        .default_value(setting.default)
        .help(help(setting));
    let arg = match name.replace("colour", "color") {
        american if american != name => arg.alias(american),
        _ => arg,
    };
    let arg = arg.long(name);
    match &setting.kind {
        Kind::Text => arg.value_name("NAME"),
        Kind::Choice(choices) => {
            let values = choices.iter().map(|choice| {
                PossibleValue::new(choice.id).help(choice.help.trim_end_matches('.'))
            });
            arg.value_name("WHICH")
                .value_parser(PossibleValuesParser::new(values))
        }
        Kind::Integer { .. } | Kind::Number { .. } => {
            let name = if setting.unit == "pixels" {
                "PIXELS"
            } else {
                "NUMBER"
            };
            arg.value_name(name)
                .value_parser(move |text: &str| -> Result<String, String> {
                    let checked = Settings::new().set(setting.id, text);
                    checked
                        .map(|()| text.to_owned())
                        .map_err(|error| match error {
                            reweave::Error::Setting { why, .. } => why,
                            error => error.to_string(),
                        })
                })
        }
    }
}

/// What the setting does, and which values it takes.
fn help(setting: &Setting) -> String {
    let range = match &setting.kind {
        Kind::Integer {
            range: (low, high), ..
        } => format!(" [{low} to {high}"),
        Kind::Number {
            range: (low, high), ..
        } => format!(" [{low} to {high}"),
        Kind::Text | Kind::Choice(_) => return setting.help.trim_end_matches('.').to_owned(),
    };
    let unit = if setting.unit.is_empty() {
        String::new()
    } else {
        format!(" {}", setting.unit)
    };
    format!("{}{range}{unit}]", setting.help.trim_end_matches('.'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::Args as _;

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
        for setting in TABLE {
            let arg = command
                .get_arguments()
                .find(|arg| arg.get_id() == setting.id)
                .unwrap();
            assert_eq!(arg.get_long().unwrap(), setting.id.replace('_', "-"));
        }
        let settings = parse(&["--grow", "4", "--color-correction=off"]).unwrap();
        assert_eq!(settings.get("grow").unwrap(), "4");
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
}
