//! The hole of a picture: from a mask file, from its transparency, or from a colour painted over it.

use std::borrow::Cow;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use reweave::{Channels, Hole, Picture};
use reweave_formats::{Document, Problem, Window, orientation, window};

use super::error::FillError;
use super::inputs::Inputs;
use super::reading::warning;

/// What in the picture itself is the hole.
#[derive(Debug, Clone, PartialEq)]
pub enum HoleFrom {
    /// Where it is transparent.
    Alpha,
    /// Where it has this colour (sRGB, 0 to 1).
    Colour([f32; 3]),
}

impl FromStr for HoleFrom {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        if text == "alpha" {
            return Ok(Self::Alpha);
        }
        let colour = text
            .strip_prefix("colour:")
            .or_else(|| text.strip_prefix("color:"));
        colour
            .and_then(|colour| hex(colour.strip_prefix('#').unwrap_or(colour)))
            .map(Self::Colour)
            .ok_or_else(|| "write `alpha` or a colour such as `colour:#ff00ff`".to_owned())
    }
}

fn hex(digits: &str) -> Option<[f32; 3]> {
    if digits.len() != 6 || !digits.is_ascii() {
        return None;
    }
    let value = |at: usize| {
        u8::from_str_radix(&digits[at..at + 2], 16)
            .ok()
            .map(|value| f32::from(value) / 255.0)
    };
    Some([value(0)?, value(2)?, value(4)?])
}

/// Reads masks; the last one is kept, because one mask often serves a whole batch.
#[derive(Debug, Default)]
pub struct Masks {
    last: Option<(PathBuf, Document)>,
}

impl Masks {
    /// What is wrong with the mask that was read last.
    pub fn warning(&self) -> Option<String> {
        let (path, mask) = self.last.as_ref()?;
        warning(path, mask)
    }

    /// The hole that the mask at `path` cuts into the picture in `document`.
    pub fn hole(
        &mut self,
        path: &Path,
        picture_path: &Path,
        document: &Document,
        inputs: &mut Inputs,
        invert: bool,
    ) -> Result<Hole, FillError> {
        if self.last.as_ref().is_none_or(|(last, _)| last != path) {
            self.last = None;
            self.last = Some((path.to_owned(), inputs.read(path)?));
        }
        let Some((_, mask)) = &self.last else {
            unreachable!("the mask has just been put there")
        };
        let laid = lay(mask, document).map_err(|problem| problem.of(path))?;
        let picture = &document.picture;
        if (laid.width(), laid.height()) != (picture.width(), picture.height()) {
            let size = |picture: &Picture| format!("{}x{}", picture.width(), picture.height());
            return Err(Problem::new(
                format!(
                    "is a mask of {} pixels, but {} has {}",
                    size(&mask.picture),
                    picture_path.display(),
                    size(picture)
                ),
                "make the mask as large as the picture",
            )
            .of(path)
            .into());
        }
        let hole = Hole::from_mask(laid.view())?;
        Ok(if invert { hole.inverted()? } else { hole })
    }
}

/// The mask as it lies over the picture's stored pixels: upright masks turned as the picture is, crops put in place.
pub fn lay<'a>(mask: &'a Document, document: &Document) -> Result<Cow<'a, Picture>, Problem> {
    let picture = &document.picture;
    let (own_turn, turn) = (mask.carried.upright(), document.carried.upright());
    if own_turn == turn && mask.window == document.window {
        return Ok(Cow::Borrowed(&mask.picture));
    }
    let upright = orientation::turn(mask.picture.clone(), own_turn)?;
    let stored = (picture.width(), picture.height());
    // A mask made by a program that knows nothing of EXIF has the shape of the stored picture.
    let fits_as_stored = orientation::is_sideways(turn)
        && stored.0 != stored.1
        && (upright.width(), upright.height()) == stored;
    let back = orientation::inverse(turn);
    let turned = if fits_as_stored {
        upright
    } else {
        orientation::turn(upright, back)?
    };
    let is_as_it_was =
        turned.width() == mask.picture.width() && turned.height() == mask.picture.height();
    let window = if is_as_it_was {
        mask.window
    } else {
        Window::whole(&turned)
    };
    window::align(turned, window, picture, document.window).map(Cow::Owned)
}

/// The hole that the picture itself shows.
pub fn of_picture(
    from: &HoleFrom,
    tolerance: f32,
    path: &Path,
    document: &Document,
) -> Result<Hole, FillError> {
    let view = document.picture.view();
    match from {
        HoleFrom::Alpha
            if !matches!(view.format().channels, Channels::Rgba | Channels::GreyAlpha) =>
        {
            let problem = Problem::new(
                "has no transparency to take the hole from",
                "give a mask with --mask",
            );
            Err(problem.of(path).into())
        }
        HoleFrom::Alpha => Ok(Hole::from_alpha(view)?),
        HoleFrom::Colour(colour) => Ok(Hole::from_colour(view, *colour, tolerance)?),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_are_written_as_on_the_web() {
        assert_eq!("alpha".parse(), Ok(HoleFrom::Alpha));
        for text in ["colour:#ff0080", "color:ff0080", "colour:FF0080"] {
            assert_eq!(
                text.parse(),
                Ok(HoleFrom::Colour([1.0, 0.0, 128.0 / 255.0])),
                "{text}"
            );
        }
        for text in [
            "",
            "beta",
            "colour:",
            "colour:#ff00",
            "colour:#gg0000",
            "colour:#ä0000",
        ] {
            assert!(text.parse::<HoleFrom>().is_err(), "{text}");
        }
    }
}
