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
    /// So many specks of [`SPECK`] pixels a side, all over the picture.
    Dust(usize),
}

/// Side of a speck of dust in pixels.
pub const SPECK: usize = 3;

impl std::fmt::Display for Cut {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Square(side) => write!(f, "{side}"),
            Self::Band => f.write_str("band"),
            Self::Dust(count) => write!(f, "dust{count}"),
        }
    }
}

impl std::str::FromStr for Cut {
    type Err = anyhow::Error;

    fn from_str(word: &str) -> Result<Self> {
        let count = word.strip_prefix("dust");
        match (word, count.unwrap_or(word).parse()) {
            ("band", _) => Ok(Self::Band),
            (_, Ok(count)) if word.starts_with("dust") => Ok(Self::Dust(count)),
            (_, Ok(side)) => Ok(Self::Square(side)),
            _ => bail!("'{word}' is neither 'band', 'dust' and a number, nor the side of a square"),
        }
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
            Cut::Dust(_) => (0, 0),
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
    if let Cut::Dust(count) = cut {
        for speck in 0..count {
            // Steps of the golden ratio along the picture's pixels spread evenly, and never meet.
            let share = (speck as f64 * 0.618_033_988_749_894_9).fract();
            let (x, y) = ((width as f64 * share) as usize, speck * height / count);
            for row in y..(y + SPECK).min(height) {
                bytes[row * width + x..row * width + (x + SPECK).min(width)].fill(255);
            }
        }
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
    fn specks_lie_apart() {
        let mask = mask(2448, 1632, Cut::Dust(5000)).unwrap();
        let pixels = mask.bytes().iter().filter(|&&v| v == 255).count();
        assert!(pixels > 5000 * SPECK * SPECK * 99 / 100, "{pixels}");
    }

    #[test]
    fn cuts_are_read_as_they_are_written() {
        for cut in [Cut::Square(200), Cut::Band, Cut::Dust(5000)] {
            assert_eq!(cut.to_string().parse::<Cut>().unwrap(), cut);
        }
    }
}
