//! The node's parameters: those of the engine's settings table, and a few that only a node has.
//!
//! Projects store parameters by name and choices by position, so names stay and choices are only ever added at the end.

use crate::abi::guard::to_c;
use crate::openfx::effect::Effect;
use crate::openfx::param::ParamSet;
use crate::openfx::properties::{Properties, if_known};
use crate::openfx::status::Result;
use reweave::settings::{Kind, Setting, TABLE};
use reweave::{Alpha, Settings};
use reweave_openfx_sys::names::*;
use std::collections::BTreeSet;
use std::ffi::{CStr, CString};

/// Where the node finds its hole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HoleFrom {
    /// Transparent parts of Source.
    SourceAlpha,
    /// Opaque parts of Source.
    SourceAlphaInverted,
    /// White parts of Mask.
    Mask,
    /// Black parts of Mask.
    MaskInverted,
}

impl HoleFrom {
    /// Whether the hole comes from the picture's own alpha.
    pub fn is_alpha(self) -> bool {
        matches!(self, Self::SourceAlpha | Self::SourceAlphaInverted)
    }
}

/// How the numbers of Source relate to light.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Light {
    /// As the host's colour management says, else by the kind of host.
    Auto,
    /// As on a display.
    Display,
    /// Scene-linear.
    Linear,
}

/// The values of all parameters at one time.
#[derive(Clone, Debug)]
pub struct Parameters {
    /// Those of the settings table; lengths are in pixels of the images at hand.
    pub settings: Settings,
    /// Where the hole comes from, inversion already counted in.
    pub hole_from: HoleFrom,
    /// How the numbers relate to light.
    pub light: Light,
    /// Whether Source is premultiplied; `None` is as the host says.
    pub alpha: Option<Alpha>,
    /// How much of the fill is seen, 0 to 1.
    pub mix: f64,
    /// Frames before this one that may show what is behind the hole.
    pub before: i32,
    /// Frames after this one that may show what is behind the hole.
    pub after: i32,
    /// The frame whose fill is used for all frames.
    pub hold: Option<f64>,
}

/// A parameter that only the node has.
struct Own {
    name: &'static CStr,
    label: &'static CStr,
    hint: &'static CStr,
    group: &'static str,
    kind: OwnKind,
}

enum OwnKind {
    Toggle,
    Choice(&'static [&'static CStr]),
    Whole {
        range: (i32, i32),
        slider: (i32, i32),
    },
    Share {
        default: f64,
    },
}

const HOLE_FROM: &CStr = c"hole_from";
const INVERT: &CStr = c"invert";
const LIGHT: &CStr = c"input_is";
const PREMULTIPLICATION: &CStr = c"premultiplication";
const MIX: &CStr = c"mix";
const BEFORE: &CStr = c"frames_before";
const AFTER: &CStr = c"frames_after";
const HOLD: &CStr = c"hold";
const HOLD_FRAME: &CStr = c"hold_frame";

static OWN: &[Own] = &[
    Own {
        name: HOLE_FROM,
        label: c"Hole from",
        hint: c"What says where the hole is. The mask has to be wired to the input Mask.",
        group: "Hole",
        kind: OwnKind::Choice(&[c"Source alpha", c"Source alpha inverted", c"Mask", c"Mask inverted"]),
    },
    Own {
        name: INVERT,
        label: c"Invert",
        hint: c"Fills what would be kept, and keeps what would be filled.",
        group: "Hole",
        kind: OwnKind::Toggle,
    },
    Own {
        name: LIGHT,
        label: c"Input is",
        hint: c"How the numbers of the input relate to light. Automatic goes by the colour management of the host; \
                without one, floating point in Nuke and Natron is linear and anything else is as on a display.",
        group: "Colour",
        kind: OwnKind::Choice(&[c"Automatic", c"Display (sRGB)", c"Linear"]),
    },
    Own {
        name: PREMULTIPLICATION,
        label: c"Premultiplication",
        hint: c"Whether colours of the input are multiplied by its alpha. They are divided by it before the fill and \
                multiplied again after it.",
        group: "Colour",
        kind: OwnKind::Choice(&[c"As the host says", c"Premultiplied", c"Not premultiplied"]),
    },
    Own {
        name: BEFORE,
        label: c"Frames before",
        hint: c"How many earlier frames may lend what they show behind the hole, moved along with the camera.",
        group: "Frames",
        kind: OwnKind::Whole { range: (0, 100), slider: (0, 12) },
    },
    Own {
        name: AFTER,
        label: c"Frames after",
        hint: c"How many later frames may lend what they show behind the hole, moved along with the camera.",
        group: "Frames",
        kind: OwnKind::Whole { range: (0, 100), slider: (0, 12) },
    },
    Own {
        name: HOLD,
        label: c"Hold",
        hint: c"For a camera that stands still: fills one frame, and uses its fill in all of them.",
        group: "Frames",
        kind: OwnKind::Toggle,
    },
    Own {
        name: HOLD_FRAME,
        label: c"Hold from frame",
        hint: c"The frame that is filled where Hold is on.",
        group: "Frames",
        kind: OwnKind::Whole { range: (-1_000_000, 1_000_000), slider: (0, 1000) },
    },
    Own {
        name: MIX,
        label: c"Mix",
        hint: c"How much of the fill is seen: 0 is the input, 1 the fill.",
        group: "Result",
        kind: OwnKind::Share { default: 1.0 },
    },
];

/// Defines all parameters. With `mask` the hole comes from the input Mask unless somebody says otherwise.
pub fn define(effect: &Effect<'_>, mask: bool) -> Result {
    let params = effect.params()?;
    let page = params.define(kOfxParamTypePage, c"controls")?;
    if_known(page.set_string(kOfxPropLabel, 0, c"Controls"));
    let mut shown = 0;
    let mut show = |name: &CStr| {
        if_known(page.set_string(kOfxParamPropPageChild, shown, name));
        shown += 1;
    };
    let mut groups = BTreeSet::new();
    let names = TABLE
        .iter()
        .map(|setting| setting.group)
        .chain(OWN.iter().map(|own| own.group));
    for group in names.filter(|group| groups.insert(*group)) {
        let parent = group_name(group);
        let properties = params.define(kOfxParamTypeGroup, &parent)?;
        if_known(properties.set_string(kOfxPropLabel, 0, &to_c(group)));
        if_known(properties.set_int(kOfxParamPropGroupOpen, 0, 1));
        show(&parent);
        for own in OWN.iter().filter(|own| own.group == group) {
            define_own(&params, own, &parent, mask)?;
            show(own.name);
        }
        for setting in TABLE.iter().filter(|setting| setting.group == group) {
            let name = to_c(setting.id);
            define_setting(&params, setting, &name, &parent)?;
            show(&name);
        }
    }
    Ok(())
}

/// Groups share a name space with parameters.
fn group_name(group: &str) -> CString {
    to_c(format!("group_{}", group.to_lowercase()))
}

fn describe(properties: &Properties<'_>, name: &CStr, label: &CStr, hint: &CStr, group: &CStr) {
    if_known(properties.set_string(kOfxPropLabel, 0, label));
    if_known(properties.set_string(kOfxParamPropScriptName, 0, name));
    if_known(properties.set_string(kOfxParamPropHint, 0, hint));
    if_known(properties.set_string(kOfxParamPropParent, 0, group));
}

/// Both ranges: what is allowed and what a slider shows. Hosts that get only one make up the other.
fn int_ranges(properties: &Properties<'_>, range: (i32, i32), slider: (i32, i32)) {
    if_known(properties.set_int(kOfxParamPropMin, 0, range.0));
    if_known(properties.set_int(kOfxParamPropMax, 0, range.1));
    if_known(properties.set_int(kOfxParamPropDisplayMin, 0, slider.0));
    if_known(properties.set_int(kOfxParamPropDisplayMax, 0, slider.1));
}

fn double_ranges(properties: &Properties<'_>, range: (f64, f64), slider: (f64, f64), step: f64) {
    if_known(properties.set_string(kOfxParamPropDoubleType, 0, kOfxParamDoubleTypePlain));
    if_known(properties.set_double(kOfxParamPropMin, 0, range.0));
    if_known(properties.set_double(kOfxParamPropMax, 0, range.1));
    if_known(properties.set_double(kOfxParamPropDisplayMin, 0, slider.0));
    if_known(properties.set_double(kOfxParamPropDisplayMax, 0, slider.1));
    if_known(properties.set_double(kOfxParamPropIncrement, 0, step));
    if_known(properties.set_int(kOfxParamPropDigits, 0, 2));
}

fn define_own(params: &ParamSet<'_>, own: &Own, group: &CStr, mask: bool) -> Result {
    let kind = match own.kind {
        OwnKind::Toggle => kOfxParamTypeBoolean,
        OwnKind::Choice(_) => kOfxParamTypeChoice,
        OwnKind::Whole { .. } => kOfxParamTypeInteger,
        OwnKind::Share { .. } => kOfxParamTypeDouble,
    };
    let properties = params.define(kind, own.name)?;
    describe(&properties, own.name, own.label, own.hint, group);
    match &own.kind {
        OwnKind::Toggle => properties.set_int(kOfxParamPropDefault, 0, 0),
        OwnKind::Choice(labels) => {
            properties.set_strings(kOfxParamPropChoiceOption, labels)?;
            let default = if own.name == HOLE_FROM && mask {
                HoleFrom::Mask as i32
            } else {
                0
            };
            properties.set_int(kOfxParamPropDefault, 0, default)
        }
        OwnKind::Whole { range, slider } => {
            int_ranges(&properties, *range, *slider);
            properties.set_int(kOfxParamPropDefault, 0, 0)
        }
        OwnKind::Share { default } => {
            double_ranges(&properties, (0.0, 1.0), (0.0, 1.0), 0.01);
            properties.set_double(kOfxParamPropDefault, 0, *default)
        }
    }
}

fn define_setting(params: &ParamSet<'_>, setting: &Setting, name: &CStr, group: &CStr) -> Result {
    let kind = match &setting.kind {
        Kind::Text => kOfxParamTypeString,
        Kind::Choice(_) => kOfxParamTypeChoice,
        Kind::Integer { .. } => kOfxParamTypeInteger,
        Kind::Number { .. } => kOfxParamTypeDouble,
    };
    let properties = params.define(kind, name)?;
    describe(
        &properties,
        name,
        &to_c(setting.label),
        &to_c(hint(setting)),
        group,
    );
    match &setting.kind {
        Kind::Text => {
            if_known(properties.set_string(
                kOfxParamPropStringMode,
                0,
                kOfxParamStringIsSingleLine,
            ));
            if_known(properties.set_int(kOfxParamPropAnimates, 0, 0));
            properties.set_string(kOfxParamPropDefault, 0, &to_c(setting.default))
        }
        Kind::Choice(choices) => {
            for (index, choice) in choices.iter().enumerate() {
                properties.set_string(kOfxParamPropChoiceOption, index, &to_c(choice.label))?;
            }
            if_known(properties.set_int(kOfxParamPropAnimates, 0, 0));
            let default = choices
                .iter()
                .position(|choice| choice.id == setting.default)
                .unwrap_or(0);
            properties.set_int(kOfxParamPropDefault, 0, default as i32)
        }
        Kind::Integer { range, slider } => {
            let narrow = |(low, high): (i64, i64)| (narrow(low), narrow(high));
            int_ranges(&properties, narrow(*range), narrow(*slider));
            properties.set_int(
                kOfxParamPropDefault,
                0,
                setting.default.parse().unwrap_or(0),
            )
        }
        Kind::Number {
            range,
            slider,
            step,
        } => {
            double_ranges(&properties, *range, *slider, *step);
            properties.set_double(
                kOfxParamPropDefault,
                0,
                setting.default.parse().unwrap_or(0.0),
            )
        }
    }
}

/// The nearest number that a parameter can hold.
fn narrow(value: i64) -> i32 {
    value.clamp(i32::MIN.into(), i32::MAX.into()) as i32
}

fn hint(setting: &Setting) -> String {
    let mut hint = setting.help.to_owned();
    match setting.unit {
        "" => {}
        unit if setting.scales => hint += &format!(" In {unit} at full resolution."),
        unit => hint += &format!(" In {unit}."),
    }
    if let Kind::Choice(choices) = &setting.kind {
        for choice in *choices {
            hint += &format!(" {}: {}", choice.label, choice.help);
        }
    }
    hint
}

impl Parameters {
    /// Reads all parameters at a time. `scale` is that of the images at hand: 0.5 for a proxy of half the size.
    ///
    /// # Errors
    /// Only when the host does not give a value for a parameter that was defined.
    pub fn read(effect: &Effect<'_>, time: f64, scale: f64) -> Result<Self> {
        let int = |name| effect.param(name)?.int(time);
        let bool = |name| effect.param(name)?.bool(time);
        let hole_from = match (int(HOLE_FROM)?, bool(INVERT)?) {
            (1, false) | (0, true) => HoleFrom::SourceAlphaInverted,
            (2, false) | (3, true) => HoleFrom::Mask,
            (3, false) | (2, true) => HoleFrom::MaskInverted,
            _ => HoleFrom::SourceAlpha,
        };
        Ok(Self {
            settings: settings(effect, time, scale)?,
            hole_from,
            light: match int(LIGHT)? {
                1 => Light::Display,
                2 => Light::Linear,
                _ => Light::Auto,
            },
            alpha: match int(PREMULTIPLICATION)? {
                1 => Some(Alpha::Premultiplied),
                2 => Some(Alpha::Straight),
                _ => None,
            },
            mix: mix(effect, time)?,
            before: int(BEFORE)?.max(0),
            after: int(AFTER)?.max(0),
            hold: if bool(HOLD)? {
                Some(f64::from(int(HOLD_FRAME)?))
            } else {
                None
            },
        })
    }
}

impl Parameters {
    /// Whether other frames are looked at.
    pub fn borrows(&self) -> bool {
        self.hold.is_some() || self.before > 0 || self.after > 0
    }
}

/// How much of the fill is seen, 0 to 1.
pub fn mix(effect: &Effect<'_>, time: f64) -> Result<f64> {
    let mix = effect.param(MIX)?.double(time)?;
    Ok(if mix.is_nan() {
        1.0
    } else {
        mix.clamp(0.0, 1.0)
    })
}

/// The values of the settings table. A host that lets a value through that is out of range gets the nearest one.
fn settings(effect: &Effect<'_>, time: f64, scale: f64) -> Result<Settings> {
    let mut settings = Settings::new();
    for setting in TABLE {
        let param = effect.param(&to_c(setting.id))?;
        let factor = if setting.scales { scale } else { 1.0 };
        let text = match &setting.kind {
            Kind::Text => param.string(time)?,
            Kind::Choice(choices) => {
                let index = usize::try_from(param.int(time)?).unwrap_or(0);
                choices
                    .get(index)
                    .map_or(setting.default, |choice| choice.id)
                    .to_owned()
            }
            Kind::Integer { range, .. } => {
                let value = (f64::from(param.int(time)?) * factor).round() as i64;
                value.clamp(range.0, range.1).to_string()
            }
            Kind::Number { range, .. } => (param.double(time)? * factor)
                .clamp(range.0, range.1)
                .to_string(),
        };
        // Whatever the table still does not take (not a number, an empty name) stays at its default.
        drop(settings.set(setting.id, &text));
    }
    Ok(settings)
}
