//! How far two pictures are apart: fills of two runtimes, or of two systems.

use crate::command::run_quietly;
use anyhow::Result;
use std::path::Path;
use std::process::Command;

/// Prints the largest difference of two pictures, and the mean of those pixels that differ, in levels of 8 bits; and the share
/// of these pixels.
const DIFFERENCE: &str = "
import sys, numpy
from PIL import Image
one, other = (numpy.asarray(Image.open(name).convert('RGB'), numpy.int16) for name in sys.argv[1:])
apart = numpy.abs(one - other).max(axis=2)
differ = apart[apart > 0]
print(apart.max(), differ.mean() if differ.size else 0, differ.size / apart.size)
";

/// A difference of two pictures of the same size.
#[derive(Debug, PartialEq)]
pub struct Difference {
    /// The largest, in levels of 8 bits.
    pub largest: f64,
    /// The mean over the pixels that differ, in levels of 8 bits.
    pub mean: f64,
    /// How many of the pixels differ, from 0 to 1.
    pub share: f64,
}

/// Compares two pictures.
pub fn difference(python: &Path, one: &Path, other: &Path) -> Result<Difference> {
    let said = run_quietly(
        Command::new(python)
            .args(["-c", DIFFERENCE])
            .arg(one)
            .arg(other),
    )?;
    let numbers: Vec<f64> = said
        .split_whitespace()
        .map(str::parse)
        .collect::<Result<_, _>>()?;
    let [largest, mean, share] = numbers[..] else {
        anyhow::bail!("the comparison said {said}");
    };
    Ok(Difference {
        largest,
        mean,
        share,
    })
}
