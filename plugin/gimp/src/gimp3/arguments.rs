//! A table of settings as arguments of GIMP's procedure and rows of its dialog, in words of the user's language.

use crate::engine::Setting;
use crate::mnemonics::Mnemonics;
use crate::text::tr;

/// The letters that the buttons of GIMP's dialog have.
const BUTTONS: &str = "OCRSLHT";

/// A setting, as GIMP is told of it.
pub struct Argument<'a> {
    /// For scripts.
    pub name: String,
    /// With its unit, and `_` before the letter that leads to it.
    pub label: String,
    pub help: String,
    pub setting: &'a Setting,
}

/// An argument for each setting of a table, in its order.
pub fn arguments(table: &[Setting]) -> Vec<Argument<'_>> {
    let mut arguments: Vec<_> = table
        .iter()
        .map(|setting| Argument {
            name: argument_name(setting),
            label: label(setting),
            help: tr(&setting.help),
            setting,
        })
        .collect();
    // What is in sight when the dialog opens chooses its letters first.
    let mut mnemonics = Mnemonics::beside(BUTTONS);
    for basic in [true, false] {
        for argument in &mut arguments {
            if argument.setting.basic == basic {
                argument.label = mnemonics.place(&argument.label);
            }
        }
    }
    arguments
}

/// A setting's name as an argument: GIMP wants `-` where the settings table has `_`.
pub fn argument_name(setting: &Setting) -> String {
    setting.id.replace('_', "-")
}

/// The rows of the dialog: those in sight when it opens, and those behind "More options".
pub fn pages(table: &[Setting]) -> (Vec<&Setting>, Vec<&Setting>) {
    table.iter().partition(|setting| setting.basic)
}

/// The label with its unit.
fn label(setting: &Setting) -> String {
    match setting.unit.as_str() {
        "" => tr(&setting.label),
        unit => format!("{} ({})", tr(&setting.label), tr(unit)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::{self, Kind};
    use crate::options;
    use reweave_abi::{ReweaveSetting, kind, level, stage};
    use std::ptr::NonNull;

    /// A row as a library might tell of it.
    const WIND: ReweaveSetting = ReweaveSetting {
        id: c"side_wind".as_ptr(),
        label: c"Wind".as_ptr(),
        help: c"Bends the trees.".as_ptr(),
        unit: c"knots".as_ptr(),
        group: c"Weather".as_ptr(),
        default_value: c"5".as_ptr(),
        kind: kind::INTEGER,
        choice_count: 0,
        choices: NonNull::dangling().as_ptr(),
        minimum: 0.0,
        maximum: 60.0,
        slider_minimum: 0.0,
        slider_maximum: 30.0,
        step: 1.0,
        scales: 0,
        level: level::ADVANCED,
        stage: stage::HOLE,
    };

    fn table(rows: &[ReweaveSetting]) -> Vec<Setting> {
        // SAFETY: the texts of the rows are constants.
        let engine = rows.iter().map(|row| unsafe { engine::setting(row) });
        options::table(engine.collect())
    }

    #[test]
    fn a_row_of_any_table_is_an_argument_and_a_row_of_the_dialog() {
        let wet = ReweaveSetting {
            id: c"wet".as_ptr(),
            label: c"Wet".as_ptr(),
            default_value: c"true".as_ptr(),
            unit: c"".as_ptr(),
            kind: kind::TOGGLE,
            level: level::BASIC,
            stage: stage::BLEND,
            ..WIND
        };
        let table = table(&[WIND, wet]);
        let arguments = arguments(&table);
        let told: Vec<_> = arguments
            .iter()
            .map(|argument| (argument.name.as_str(), argument.label.as_str()))
            .collect();
        let wanted = [
            ("side-wind", "W_ind (knots)"),
            ("wet", "_Wet"),
            ("output", "O_utput"),
            ("sketch", "S_ketch"),
            ("sample-merged", "S_ample merged"),
        ];
        assert_eq!(told, wanted);
        assert_eq!(arguments[0].help, "Bends the trees.");
        let kind = Kind::Whole {
            range: (0, 60),
            slider: (0.0, 30.0),
        };
        assert_eq!(arguments[0].setting.kind, kind);
        assert_eq!(arguments[1].setting.kind, Kind::Toggle);
        assert!(table[0].shapes_hole && !table[1].shapes_hole);

        let ids = |page: &[&Setting]| -> Vec<String> {
            page.iter().map(|setting| setting.id.clone()).collect()
        };
        let (first, more) = pages(&table);
        assert_eq!(ids(&first), ["wet", "output", "sample_merged"]);
        assert_eq!(ids(&more), ["side_wind", "sketch"]);
    }

    #[test]
    fn the_text_of_gimp_2_knows_every_row() {
        let table = table(&[WIND]);
        let value = |text: &str, id: &str| {
            let values = options::from_text(&table, text).unwrap();
            values.into_iter().find(|(known, _)| known == id).unwrap().1
        };
        assert_eq!(value("", "side_wind"), "5");
        assert_eq!(value("side-wind=7 output=new-layer", "side_wind"), "7");
        assert_eq!(value("side-wind=7 output=new-layer", "output"), "new-layer");
        assert!(options::from_text(&table, "rain=1").is_err());
        assert!(options::from_text(&table, "rain").is_err());
    }
}
