//! The pictures that are filled: made up, because only their size matters to the time.

use anyhow::{Result, bail};
use reweave::{Channels, Depth, Format, Picture};

/// What is cut out of a picture.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Cut {
    /// A square of this many pixels a side, in the middle.
    Square(usize),
    /// A slanting band from corner to corner: its surroundings are the whole picture.
    Band,
}

impl std::fmt::Display for Cut {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Square(side) => write!(f, "{side}"),
            Self::Band => f.write_str("band"),
        }
    }
}

impl std::str::FromStr for Cut {
    type Err = anyhow::Error;

    fn from_str(word: &str) -> Result<Self> {
        Ok(match word {
            "band" => Self::Band,
            _ => match word.parse() {
                Ok(side) => Self::Square(side),
                Err(_) => bail!("'{word}' is neither 'band' nor the side of a square"),
            },
        })
    }
}

/// A picture with gradients, edges and grain.
pub fn picture(width: usize, height: usize) -> Result<Picture> {
    let mut bytes = Vec::with_capacity(width * height * 3);
    let mut grain = 1_u32;
    for y in 0..height {
        for x in 0..width {
            grain = grain.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let noise = (grain >> 28) as usize;
            let board = ((x / 32 + y / 32) % 2) * 200;
            bytes.extend(
                [
                    x * 239 / width + noise,
                    y * 239 / height + noise,
                    board + noise,
                ]
                .map(|v| v as u8),
            );
        }
    }
    Ok(Picture::from_bytes(
        bytes,
        width,
        height,
        Format::srgb(Depth::U8, Channels::Rgb),
    )?)
}

/// A mask of the same size: white where the picture is cut out.
pub fn mask(width: usize, height: usize, cut: Cut) -> Result<Picture> {
    let mut bytes = vec![0; width * height];
    for y in 0..height {
        let (from, to) = match cut {
            Cut::Square(side) => {
                let inside = y.abs_diff(height / 2) * 2 < side;
                let half = if inside { side / 2 } else { 0 };
                (
                    width / 2 - half.min(width / 2),
                    (width / 2 + half).min(width),
                )
            }
            Cut::Band => {
                let middle = y * width / height;
                (middle.saturating_sub(16), (middle + 16).min(width))
            }
        };
        bytes[y * width + from..y * width + to].fill(255);
    }
    Ok(Picture::from_bytes(
        bytes,
        width,
        height,
        Format::srgb(Depth::U8, Channels::Grey),
    )?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_square_has_its_size_and_a_band_reaches_both_corners() {
        let whites = |mask: &Picture| {
            (0..mask.height())
                .map(|y| mask.view().row(y).iter().filter(|&&v| v == 255).count())
                .collect::<Vec<_>>()
        };
        let rows = whites(&mask(600, 400, Cut::Square(200)).unwrap());
        assert_eq!(rows.iter().filter(|&&n| n == 200).count(), 199);
        assert!(rows.iter().all(|&n| n == 0 || n == 200));
        let rows = whites(&mask(512, 512, Cut::Band).unwrap());
        assert!(rows.iter().all(|&n| n >= 16));
    }

    #[test]
    fn cuts_are_read_as_they_are_written() {
        for cut in [Cut::Square(200), Cut::Band] {
            assert_eq!(cut.to_string().parse::<Cut>().unwrap(), cut);
        }
    }
}
