//! Reweave's engine: picture + hole + settings → filled picture. It knows no host and no file format.
//!
//! What follows walks through a fill in the order of its stages; [`fill()`] runs them.
//!
//! # The picture
//!
//! A [`Picture`] owns pixels; a [`View`] or [`ViewMut`] borrows those of somebody else, as they lie in memory: rows may be
//! padded and may run upwards. Its [`Format`] says what the bytes mean, and the [`codec`] turns them into numbers and back.
//!
//! ```
//! use reweave::{Channels, Depth, Format, Picture, View, codec};
//!
//! let format = Format::srgb(Depth::U16, Channels::Rgb);
//! let picture = Picture::new(640, 480, format)?;
//! assert_eq!(picture.bytes().len(), 640 * 480 * 6);
//!
//! // The same pixels as a host may hold them: the top row last.
//! let row = 640 * 6;
//! let bytes = vec![255; 480 * row];
//! let view = View::with_stride(&bytes, 479 * row, -(row as isize), 640, 480, format)?;
//! let mut pixels = [[0.0; 4]; 640];
//! codec::decode(format, view.row(0), &mut pixels);
//! assert_eq!(pixels[0], [1.0; 4]);
//! # Ok::<(), reweave::Error>(())
//! ```
//!
//! # The hole
//!
//! A [`Hole`] is what is to be filled: coverage from 0 (known) to 1 (hole), taken from a mask, from an alpha channel or
//! from a colour. It costs what it covers, not what the picture costs.
//!
//! ```
//! use reweave::{Channels, Depth, Format, Hole, Picture, Rect};
//!
//! let mut mask = Picture::new(640, 480, Format::srgb(Depth::U8, Channels::Grey))?;
//! for y in 100..200 {
//!     mask.bytes_mut()[y * 640 + 300..][..50].fill(255);
//! }
//! let hole = Hole::from_mask(mask.view())?;
//! assert_eq!(hole.bounds(), Rect::new(300, 100, 50, 100));
//! assert_eq!(hole.grow(4)?.bounds(), Rect::new(296, 96, 58, 108));
//! # Ok::<(), reweave::Error>(())
//! ```
//!
//! # Settings
//!
//! [`Settings`] hold everything that a user can choose, as plain values. The table in [`settings`] has a row for each of
//! them, which takes it by its id as well and refuses in words what it cannot be.
//!
//! ```
//! use reweave::{Error, Settings};
//!
//! let mut settings = Settings::new();
//! settings.grow = 4;
//! settings.set("texture", "half")?;
//! assert!(matches!(settings.set("grow", "a lot"), Err(Error::Setting { .. })));
//! # Ok::<(), Error>(())
//! ```
//!
//! # The model
//!
//! A [`Model`] is a network in a file, with a [`card`] that says what it expects, opened on a [`Device`]. [`zoo`] finds
//! models by name, and [`devices`] tells what can run them on this machine. ONNX Runtime answers where it can be loaded, the
//! built-in runtime everywhere else.
//!
//! ```no_run
//! use reweave::{Device, Model, zoo};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let model = Model::open(zoo::find("gated", &zoo::folders(None))?, Device::Auto)?;
//! println!("{}, run by {}", model.card().title, model.answered_by());
//! # Ok(())
//! # }
//! ```
//!
//! # The fill
//!
//! [`fill()`] shapes the hole, fills its specks from what lies round them, plans which regions the network looks at for the
//! rest, predicts each of them, gives them texture of the picture's own, and blends them in. Nothing outside the hole
//! changes, and nothing at all unless the fill comes to its end. On the way [`Progress`] is told how far it is, and may
//! cancel.
//!
//! ```no_run
//! use std::ops::ControlFlow;
//!
//! use reweave::{Error, Hole, Model, Picture, Settings};
//!
//! # fn fill(mut photo: Picture, hole: Hole, model: &Model) -> Result<(), Error> {
//! let mut progress = |done: f32, doing: &str| {
//!     println!("{:3.0} % {doing}", done * 100.0);
//!     ControlFlow::Continue(())
//! };
//! let settings = Settings::new();
//! let report = reweave::fill(&mut photo.view_mut(), &hole, model, &settings, &mut progress)?;
//! println!("{} pixels in {:.2} s", report.pixels, report.seconds.total());
//! # Ok(())
//! # }
//! ```
//!
//! The folder `examples` has whole programs. In the source, `fill.rs` shows the stages one after another; each has the
//! folder of its name: `picture`, `hole`, `specks`, `plan`, `network`, `texture`, `blend`; `model`, `runtime` and `worker`
//! stand behind the network, and `patch` makes its prediction sharp, or stands in its place where there is none.
#![warn(missing_docs)]

mod blend;
mod cores;
mod error;
mod fill;
pub mod hole;
pub mod installation;
mod location;
mod model;
mod network;
mod patch;
mod picture;
mod plan;
mod progress;
mod runtime;
mod seed;
pub mod settings;
mod sketch;
mod specks;
pub mod temporal;
mod texture;
pub mod worker;

pub use error::Error;
pub use fill::{Report, Seconds, fill, fill_guided};
pub use hole::Hole;
pub use model::{Model, zoo};
pub use picture::{
    Alpha, Channels, Depth, Format, Picture, Rect, Transfer, View, ViewMut, catmull_rom, codec,
};
pub use progress::{Progress, Silent};
pub use runtime::{Device, RuntimeReport};
pub use settings::Settings;
pub use sketch::Sketch;
pub use specks::CONTEXT as SPECK_CONTEXT;

pub use reweave_models::card;

/// Where a network can run on this machine, and why not elsewhere.
pub mod devices {
    pub use crate::runtime::{
        Adapter, AdapterKind, Available, Device, RuntimeReport, check_onnxruntime, list,
        render_nodes, use_onnxruntime,
    };
}
