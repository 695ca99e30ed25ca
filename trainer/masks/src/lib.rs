//! Masks to train and to test with.
//!
//! A mask says where a picture has holes: 1 = hole, 0 = known, row by row. What is drawn is described by [`MaskKind`], in
//! the recipe of a training as for the command `reweave masks`; [`MaskMaker`] draws it. The same seed gives the same mask
//! on every machine.
#![warn(missing_docs)]

mod boxes;
mod error;
mod kind;
mod maker;
mod mask;
mod numbers;
pub mod png;
mod polygons;
pub mod presets;
pub mod protocol;
pub mod set;
pub mod sheet;
mod silhouettes;
pub mod statistics;
mod strokes;
mod wanted;
mod wide_strokes;

pub use boxes::Boxes;
pub use error::MaskError;
pub use kind::MaskKind;
pub use maker::MaskMaker;
pub use mask::Mask;
pub use polygons::Polygons;
pub use silhouettes::Silhouettes;
pub use strokes::{Heading, Strokes};
pub use wanted::{Border, Wanted};
pub use wide_strokes::WideStrokes;

/// The largest side of a mask, and of anything that is drawn on it, in pixels.
pub const LARGEST: u16 = 16384;
/// The most shapes of a kind on a mask, and the most parts of a shape.
const MOST: u16 = 10_000;

/// Refuses a range that ends before it begins, or does not lie in 0 to `most`.
fn check_range<T: PartialOrd + Default + From<u16> + std::fmt::Display>(
    what: &str,
    (low, high): (T, T),
    most: u16,
) -> Result<(), String> {
    if low > high {
        Err(format!("{what} = [{low}, {high}] must not fall"))
    } else if T::default() <= low && low <= high && high <= T::from(most) {
        Ok(())
    } else {
        Err(format!(
            "{what} = [{low}, {high}] must be two numbers from 0 to {most}"
        ))
    }
}
