//! The lines that a fill is to follow.

use std::path::Path;

use reweave::Sketch;
use reweave_formats::{Document, Problem};

use super::error::FillError;
use super::hole::lay;
use super::inputs::Inputs;

/// The sketch at `path` for the picture in `document`, which was read from `picture_path`.
pub fn read(
    path: &Path,
    picture_path: &Path,
    document: &Document,
    inputs: &mut Inputs,
) -> Result<Sketch, FillError> {
    let drawing = inputs.read(path)?;
    let laid = lay(&drawing, document).map_err(|problem| problem.of(path))?;
    let picture = &document.picture;
    if (laid.width(), laid.height()) != (picture.width(), picture.height()) {
        return Err(Problem::new(
            format!(
                "is a sketch of {}x{} pixels, but {} has {}x{}",
                drawing.picture.width(),
                drawing.picture.height(),
                picture_path.display(),
                picture.width(),
                picture.height()
            ),
            "draw it in the picture's size",
        )
        .of(path)
        .into());
    }
    Ok(Sketch::from_drawing(laid.view())?)
}
