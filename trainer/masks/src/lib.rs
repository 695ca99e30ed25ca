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

/// Refuses a range that ends before it begins, begins below 0, or is none.
fn check_range<T: PartialOrd + Default + std::fmt::Display>(
    what: &str,
    (low, high): (T, T),
) -> Result<(), String> {
    if T::default() <= low && low <= high {
        Ok(())
    } else if low > high {
        Err(format!("{what} = [{low}, {high}] must not fall"))
    } else {
        Err(format!(
            "{what} = [{low}, {high}] must be two numbers from 0 up"
        ))
    }
}
