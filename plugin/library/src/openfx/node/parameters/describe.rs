//! What a host is told of the parameters, made from tables of rows.

use crate::abi::guard::to_c;
use crate::openfx::effect::Effect;
use crate::openfx::properties::{Properties, if_known};
use crate::openfx::status::Result;
use reweave::settings::{Kind, Row, Value};
use reweave_openfx_sys::names::*;
use std::collections::BTreeSet;
use std::ffi::{CStr, CString};

/// A parameter, as a host is told of it.
#[derive(Debug)]
pub struct Parameter {
    kind: &'static CStr,
    name: CString,
    group: &'static str,
    /// Without these it would be another parameter.
    needed: Vec<Property>,
    /// These make it nicer, in hosts that know them.
    nice: Vec<Property>,
}

/// A property of a parameter: its name, its index, and its value.
type Property = (&'static CStr, usize, PropertyValue);

#[derive(Debug, PartialEq)]
enum PropertyValue {
    Int(i32),
    Double(f64),
    Text(CString),
}

/// Parameters under one heading.
#[derive(Debug)]
pub struct Group {
    label: &'static str,
    /// In their order.
    parameters: Vec<Parameter>,
}

impl Group {
    /// Groups share a name space with parameters.
    fn name(&self) -> CString {
        to_c(format!("group_{}", self.label.to_lowercase()))
    }
}

/// A parameter for each row of a table, which begins with the value that is in `at_first`.
pub fn parameters<V>(table: &[Row<V>], at_first: &V) -> Vec<Parameter> {
    table
        .iter()
        .map(|row| parameter(row, row.read(at_first)))
        .collect()
}

/// All parameters by their groups: the engine's groups first, and in each the node's own parameters first.
pub fn groups(own: Vec<Parameter>, engine: Vec<Parameter>) -> Vec<Group> {
    let mut seen = BTreeSet::new();
    let labels: Vec<_> = engine
        .iter()
        .chain(&own)
        .map(|parameter| parameter.group)
        .filter(|group| seen.insert(*group))
        .collect();
    let mut all: Vec<_> = own.into_iter().chain(engine).collect();
    labels
        .into_iter()
        .map(|label| Group {
            label,
            parameters: all
                .extract_if(.., |parameter| parameter.group == label)
                .collect(),
        })
        .collect()
}

/// Tells a host of all parameters, and shows them on one page.
pub fn define(effect: &Effect<'_>, groups: &[Group]) -> Result {
    let params = effect.params()?;
    let page = params.define(kOfxParamTypePage, c"controls")?;
    if_known(page.set_string(kOfxPropLabel, 0, c"Controls"));
    let mut shown = 0;
    let mut show = |name: &CStr| {
        if_known(page.set_string(kOfxParamPropPageChild, shown, name));
        shown += 1;
    };
    for group in groups {
        let name = group.name();
        let properties = params.define(kOfxParamTypeGroup, &name)?;
        if_known(properties.set_string(kOfxPropLabel, 0, &to_c(group.label)));
        if_known(properties.set_int(kOfxParamPropGroupOpen, 0, 1));
        show(&name);
        for parameter in &group.parameters {
            let properties = params.define(parameter.kind, &parameter.name)?;
            for property in &parameter.nice {
                if_known(set(&properties, property));
            }
            if_known(properties.set_string(kOfxParamPropParent, 0, &name));
            for property in &parameter.needed {
                set(&properties, property)?;
            }
            show(&parameter.name);
        }
    }
    Ok(())
}

fn set(properties: &Properties<'_>, (name, index, value): &Property) -> Result {
    match value {
        PropertyValue::Int(value) => properties.set_int(name, *index, *value),
        PropertyValue::Double(value) => properties.set_double(name, *index, *value),
        PropertyValue::Text(value) => properties.set_string(name, *index, value),
    }
}

fn int(name: &'static CStr, value: i64) -> Property {
    let nearest = value.clamp(i32::MIN.into(), i32::MAX.into());
    (name, 0, PropertyValue::Int(nearest as i32))
}

fn double(name: &'static CStr, value: f64) -> Property {
    (name, 0, PropertyValue::Double(value))
}

fn text(name: &'static CStr, value: &str) -> Property {
    (name, 0, PropertyValue::Text(to_c(value)))
}

fn parameter<V>(row: &Row<V>, at_first: Value) -> Parameter {
    let mut nice = vec![
        text(kOfxPropLabel, row.label),
        text(kOfxParamPropScriptName, row.id),
        text(kOfxParamPropHint, &hint(row)),
    ];
    let mut needed = Vec::new();
    // Both ranges: what is allowed and what a slider shows. Hosts that get only one make up the other.
    let kind = match &row.kind {
        Kind::Toggle { .. } => kOfxParamTypeBoolean,
        Kind::Choice { choices, .. } => {
            needed.extend(choices.iter().enumerate().map(|(index, choice)| {
                let label = PropertyValue::Text(to_c(choice.label));
                (kOfxParamPropChoiceOption, index, label)
            }));
            // There is nothing half way between two words.
            nice.push(int(kOfxParamPropAnimates, 0));
            kOfxParamTypeChoice
        }
        Kind::Whole { range, slider, .. } => {
            nice.extend([
                int(kOfxParamPropMin, range.0),
                int(kOfxParamPropMax, range.1),
                int(kOfxParamPropDisplayMin, slider.0),
                int(kOfxParamPropDisplayMax, slider.1),
            ]);
            kOfxParamTypeInteger
        }
        Kind::Number {
            range,
            slider,
            step,
            ..
        } => {
            nice.extend([
                (
                    kOfxParamPropDoubleType,
                    0,
                    PropertyValue::Text(kOfxParamDoubleTypePlain.to_owned()),
                ),
                double(kOfxParamPropMin, range.0),
                double(kOfxParamPropMax, range.1),
                double(kOfxParamPropDisplayMin, slider.0),
                double(kOfxParamPropDisplayMax, slider.1),
                double(kOfxParamPropIncrement, *step),
                int(kOfxParamPropDigits, 2),
            ]);
            kOfxParamTypeDouble
        }
        Kind::Text { .. } => {
            nice.extend([
                (
                    kOfxParamPropStringMode,
                    0,
                    PropertyValue::Text(kOfxParamStringIsSingleLine.to_owned()),
                ),
                int(kOfxParamPropAnimates, 0),
            ]);
            kOfxParamTypeString
        }
    };
    needed.push(match at_first {
        Value::Toggle(on) => int(kOfxParamPropDefault, on.into()),
        Value::Choice(at) => int(kOfxParamPropDefault, at as i64),
        Value::Whole(value) => int(kOfxParamPropDefault, value),
        Value::Number(value) => double(kOfxParamPropDefault, value),
        Value::Text(value) => text(kOfxParamPropDefault, &value),
    });
    Parameter {
        kind,
        name: to_c(row.id),
        group: row.group,
        needed,
        nice,
    }
}

fn hint<V>(row: &Row<V>) -> String {
    let mut hint = row.help.to_owned();
    match row.unit {
        "" => {}
        unit if row.scales => hint += &format!(" In {unit} at full resolution."),
        unit => hint += &format!(" In {unit}."),
    }
    if let Kind::Choice { choices, .. } = &row.kind {
        for choice in *choices {
            hint += &format!(" {}: {}", choice.label, choice.help);
        }
    }
    hint
}

#[cfg(test)]
mod tests {
    use super::super::own::{self, Own};
    use super::*;
    use reweave::settings::{Level, Stage};

    #[derive(Default)]
    struct Weather {
        wind: u8,
    }

    /// A table of another make.
    static WEATHER: &[Row<Weather>] = &[Row {
        id: "wind",
        label: "Wind",
        help: "Bends the trees.",
        unit: "knots",
        group: "Weather",
        level: Level::Basic,
        stage: Stage::Texture,
        scales: true,
        kind: Kind::Whole {
            range: (0, 60),
            slider: (0, 30),
            get: |weather| weather.wind.into(),
            set: |weather, wind| weather.wind = wind as u8,
        },
    }];

    #[test]
    fn a_row_of_any_table_is_a_parameter() {
        let own = parameters(own::TABLE, &Own::default());
        let engine = parameters(WEATHER, &Weather { wind: 5 });
        let groups = groups(own, engine);
        let labels: Vec<_> = groups.iter().map(|group| group.label).collect();
        assert_eq!(labels, ["Weather", "Hole", "Colour", "Frames", "Result"]);
        assert_eq!(groups[0].name(), c"group_weather".to_owned());
        let [wind] = &groups[0].parameters[..] else {
            panic!("{groups:?}")
        };
        assert_eq!(wind.kind, kOfxParamTypeInteger);
        assert_eq!(wind.name, c"wind".to_owned());
        assert_eq!(wind.needed, [int(kOfxParamPropDefault, 5)]);
        for wanted in [
            text(kOfxPropLabel, "Wind"),
            text(
                kOfxParamPropHint,
                "Bends the trees. In knots at full resolution.",
            ),
            int(kOfxParamPropMax, 60),
            int(kOfxParamPropDisplayMax, 30),
        ] {
            assert!(wind.nice.contains(&wanted), "{wanted:?} in {wind:?}");
        }
    }

    #[test]
    fn the_nodes_own_come_first_in_a_group_that_both_have() {
        let own = parameters(own::TABLE, &Own::default());
        let engine = parameters(reweave::settings::TABLE, &reweave::Settings::new());
        let groups = groups(own, engine);
        let hole = groups.iter().find(|group| group.label == "Hole").unwrap();
        let names: Vec<_> = hole
            .parameters
            .iter()
            .map(|parameter| parameter.name.to_str().unwrap())
            .collect();
        assert_eq!(names, ["hole_from", "invert", "grow", "feather"]);
    }
}
