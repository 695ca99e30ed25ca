//! Reweave's engine: picture + hole + settings → filled picture. It knows no host and no file format.
//!
//! ```no_run
//! use reweave::{Channels, Depth, Device, Format, Hole, Model, Picture, Settings, Silent, View};
//!
//! # fn main() -> Result<(), reweave::Error> {
//! let mut photo = Picture::new(640, 480, Format::srgb(Depth::U8, Channels::Rgb))?;
//! let mask = Picture::new(640, 480, Format::srgb(Depth::U8, Channels::Grey))?;
//!
//! let settings = Settings::new();
//! let model = Model::open("models/zoo/gated.onnx", settings.device())?;
//! let hole = Hole::from_mask(mask.view())?;
//! let report = reweave::fill(&mut photo.view_mut(), &hole, &model, &settings, &mut Silent)?;
//! println!("{} pixels filled by {}", report.pixels, report.answered_by);
//! # Ok(())
//! # }
//! ```
#![warn(missing_docs)]

mod blend;
mod error;
mod fill;
pub mod hole;
pub mod location;
mod model;
mod network;
mod picture;
mod plan;
mod progress;
mod runtime;
mod seed;
pub mod settings;
mod texture;

pub use error::Error;
pub use fill::{Report, Seconds, fill};
pub use hole::Hole;
pub use model::{Model, zoo};
pub use picture::{
    Alpha, Channels, Depth, Format, Picture, Rect, Transfer, View, ViewMut, catmull_rom, codec,
};
pub use progress::{Progress, Silent};
pub use runtime::{Device, RuntimeReport};
pub use settings::Settings;

pub use reweave_models::card;

/// Where a network can run on this machine, and why not elsewhere.
pub mod devices {
    pub use crate::runtime::{Available, Device, RuntimeReport, list, use_onnxruntime};
}
