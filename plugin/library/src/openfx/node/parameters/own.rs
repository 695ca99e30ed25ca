//! The parameters that only the node has: its own values, and its own table of rows.

use reweave::choices;
use reweave::settings::{Kind, Level, Row, Stage};

/// The values of the node's own parameters.
#[derive(Clone, Debug, PartialEq)]
pub struct Own {
    /// Where the hole comes from.
    pub hole_from: HoleFrom,
    /// Whether what is not the hole is filled.
    pub invert: bool,
    /// How the numbers of Source relate to light.
    pub light: Light,
    /// Whether Source is premultiplied.
    pub premultiplication: Premultiplication,
    /// Frames before this one that may be source frames.
    pub before: i32,
    /// Frames after this one that may be source frames.
    pub after: i32,
    /// Whether one frame's fill is used for all.
    pub hold: bool,
    /// The frame whose fill that is.
    pub hold_frame: i32,
    /// How much of the fill is seen, 0 to 1.
    pub mix: f64,
}

impl Default for Own {
    fn default() -> Self {
        Self::at_first(false)
    }
}

impl Own {
    /// What a new node begins with. With `mask` it has an input for one, and looks there for the hole.
    pub fn at_first(mask: bool) -> Self {
        Self {
            hole_from: if mask {
                HoleFrom::Mask
            } else {
                HoleFrom::SourceAlpha
            },
            invert: false,
            light: Light::Auto,
            premultiplication: Premultiplication::AsHostSays,
            before: 0,
            after: 0,
            hold: false,
            hold_frame: 0,
            mix: 1.0,
        }
    }
}

choices! {
    /// Where the node finds its hole.
    pub enum HoleFrom {
        SourceAlpha = ("source-alpha", "Source alpha", "Transparent parts of Source."),
        SourceAlphaInverted = ("source-alpha-inverted", "Source alpha inverted", "Opaque parts of Source."),
        Mask = ("mask", "Mask", "White parts of Mask."),
        MaskInverted = ("mask-inverted", "Mask inverted", "Black parts of Mask."),
    }
}

impl HoleFrom {
    /// What this one keeps.
    pub fn inverted(self) -> Self {
        match self {
            Self::SourceAlpha => Self::SourceAlphaInverted,
            Self::SourceAlphaInverted => Self::SourceAlpha,
            Self::Mask => Self::MaskInverted,
            Self::MaskInverted => Self::Mask,
        }
    }
}

choices! {
    /// How the numbers of Source relate to light.
    pub enum Light {
        Auto = (
            "auto",
            "Automatic",
            "By the colour management of the host; without one, floating point in Nuke and Natron is linear and \
             anything else is as on a display."
        ),
        Display = ("display", "Display (sRGB)", "As on a display."),
        Linear = ("linear", "Linear", "Proportional to light."),
    }
}

choices! {
    /// Whether colours of Source are multiplied by its alpha.
    pub enum Premultiplication {
        AsHostSays = ("host", "As the host says", "The host knows for each of its clips."),
        Premultiplied = ("premultiplied", "Premultiplied", "They are."),
        Straight = ("straight", "Not premultiplied", "They are not."),
    }
}

/// A count of frames that may be source frames.
const fn frames(get: fn(&Own) -> i64, set: fn(&mut Own, i64)) -> Kind<Own> {
    Kind::Whole {
        range: (0, 100),
        slider: (0, 12),
        get,
        set,
    }
}

/// The node's own rows.
pub static TABLE: &[Row<Own>] = &[
    Row {
        id: "hole_from",
        label: "Hole from",
        help: "What says where the hole is. The mask has to be wired to the input Mask.",
        unit: "",
        group: "Hole",
        level: Level::Basic,
        stage: Stage::Hole,
        scales: false,
        kind: Kind::Choice {
            choices: HoleFrom::CHOICES,
            get: |own| own.hole_from as usize,
            set: |own, at| own.hole_from = HoleFrom::ALL[at],
        },
    },
    Row {
        id: "invert",
        label: "Invert",
        help: "Fills what would be kept, and keeps what would be filled.",
        unit: "",
        group: "Hole",
        level: Level::Basic,
        stage: Stage::Hole,
        scales: false,
        kind: Kind::Toggle {
            get: |own| own.invert,
            set: |own, invert| own.invert = invert,
        },
    },
    Row {
        id: "input_is",
        label: "Input is",
        help: "How the numbers of the input relate to light.",
        unit: "",
        group: "Colour",
        level: Level::Advanced,
        stage: Stage::Network,
        scales: false,
        kind: Kind::Choice {
            choices: Light::CHOICES,
            get: |own| own.light as usize,
            set: |own, at| own.light = Light::ALL[at],
        },
    },
    Row {
        id: "premultiplication",
        label: "Premultiplication",
        help: "Whether colours of the input are multiplied by its alpha. They are divided by it before the fill and \
               multiplied again after it.",
        unit: "",
        group: "Colour",
        level: Level::Advanced,
        stage: Stage::Network,
        scales: false,
        kind: Kind::Choice {
            choices: Premultiplication::CHOICES,
            get: |own| own.premultiplication as usize,
            set: |own, at| own.premultiplication = Premultiplication::ALL[at],
        },
    },
    Row {
        id: "frames_before",
        label: "Frames before",
        help: "How many earlier frames may be source frames: what they show behind the hole is taken, moved along with the camera.",
        unit: "",
        group: "Frames",
        level: Level::Basic,
        stage: Stage::Hole,
        scales: false,
        kind: frames(
            |own| own.before.into(),
            |own, count| own.before = count as i32,
        ),
    },
    Row {
        id: "frames_after",
        label: "Frames after",
        help: "How many later frames may be source frames: what they show behind the hole is taken, moved along with the camera.",
        unit: "",
        group: "Frames",
        level: Level::Basic,
        stage: Stage::Hole,
        scales: false,
        kind: frames(
            |own| own.after.into(),
            |own, count| own.after = count as i32,
        ),
    },
    Row {
        id: "hold",
        label: "Hold",
        help: "For a camera that stands still: fills one frame, and uses its fill in all of them.",
        unit: "",
        group: "Frames",
        level: Level::Basic,
        stage: Stage::Hole,
        scales: false,
        kind: Kind::Toggle {
            get: |own| own.hold,
            set: |own, hold| own.hold = hold,
        },
    },
    Row {
        id: "hold_frame",
        label: "Hold from frame",
        help: "The frame that is filled where Hold is on.",
        unit: "",
        group: "Frames",
        level: Level::Basic,
        stage: Stage::Hole,
        scales: false,
        kind: Kind::Whole {
            range: (-1_000_000, 1_000_000),
            slider: (0, 1000),
            get: |own| own.hold_frame.into(),
            set: |own, frame| own.hold_frame = frame as i32,
        },
    },
    Row {
        id: "mix",
        label: "Mix",
        help: "How much of the fill is seen: 0 is the input, 1 the fill.",
        unit: "",
        group: "Result",
        level: Level::Basic,
        stage: Stage::Blend,
        scales: false,
        kind: Kind::Number {
            range: (0.0, 1.0),
            slider: (0.0, 1.0),
            step: 0.01,
            get: |own| own.mix,
            set: |own, mix| own.mix = mix,
        },
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_leads_to_a_field_of_its_own() {
        let words = [
            "mask-inverted",
            "true",
            "linear",
            "straight",
            "3",
            "4",
            "true",
            "-7",
            "0.25",
        ];
        let mut own = Own::default();
        for (row, word) in TABLE.iter().zip(words) {
            row.write(&mut own, row.parse(word).unwrap()).unwrap();
        }
        let read: Vec<_> = TABLE.iter().map(|row| row.word(&row.read(&own))).collect();
        assert_eq!(read, words);
    }

    #[test]
    fn inverting_twice_is_nothing() {
        for from in HoleFrom::ALL {
            assert_eq!(from.inverted().inverted(), *from);
        }
    }
}
