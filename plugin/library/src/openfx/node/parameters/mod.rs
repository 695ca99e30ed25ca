//! The node's parameters: the rows of the engine's settings table, and those that only a node has.
//!
//! Projects store parameters by name and choices by position, so names stay and choices are only ever added at the end.

mod describe;
mod own;
mod read;

pub use own::{HoleFrom, Light};

use crate::openfx::effect::Effect;
use crate::openfx::status::Result;
use own::{Own, Premultiplication};
use reweave::settings::TABLE;
use reweave::{Alpha, Settings};

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

/// Defines all parameters. With `mask` the hole comes from the input Mask unless somebody says otherwise.
pub fn define(effect: &Effect<'_>, mask: bool) -> Result {
    let own = describe::parameters(own::TABLE, &Own::at_first(mask));
    let engine = describe::parameters(TABLE, &Settings::new());
    describe::define(effect, &describe::groups(own, engine))
}

impl Parameters {
    /// Reads all parameters at a time. `scale` is that of the images at hand: 0.5 for a proxy of half the size.
    ///
    /// # Errors
    /// Only when the host does not give a value for a parameter that was defined.
    pub fn read(effect: &Effect<'_>, time: f64, scale: f64) -> Result<Self> {
        let settings = read::values(effect, TABLE, time, scale)?;
        let own: Own = read::values(effect, own::TABLE, time, scale)?;
        Ok(Self {
            settings,
            hole_from: if own.invert {
                own.hole_from.inverted()
            } else {
                own.hole_from
            },
            light: own.light,
            alpha: match own.premultiplication {
                Premultiplication::AsHostSays => None,
                Premultiplication::Premultiplied => Some(Alpha::Premultiplied),
                Premultiplication::Straight => Some(Alpha::Straight),
            },
            mix: own.mix,
            before: own.before,
            after: own.after,
            hold: own.hold.then_some(f64::from(own.hold_frame)),
        })
    }

    /// Whether other frames are looked at.
    pub fn propagates(&self) -> bool {
        self.hold.is_some() || self.before > 0 || self.after > 0
    }
}

/// How much of the fill is seen at a time, 0 to 1.
pub fn mix(effect: &Effect<'_>, time: f64) -> Result<f64> {
    let own: Own = read::values(effect, own::TABLE, time, 1.0)?;
    Ok(own.mix)
}
