//! What the helper plug-in wrote: a drawable's bytes, and the selection over it.

use std::fs;
use std::path::Path;

/// A drawable as GIMP held it.
#[derive(Clone, PartialEq)]
pub struct Dump {
    pub width: usize,
    pub height: usize,
    pub x: i32,
    pub y: i32,
    /// Bytes of a pixel.
    pub size: usize,
    /// Babl's name of the format.
    pub format: String,
    pub bytes: Vec<u8>,
    /// 0 to 1 for each pixel.
    pub selection: Vec<f32>,
}

impl Dump {
    pub fn read(file: &Path) -> std::io::Result<Self> {
        let all = fs::read(file)?;
        let end = all
            .iter()
            .position(|byte| *byte == b'\n')
            .unwrap_or_default();
        let header = String::from_utf8_lossy(&all[..end]).into_owned();
        let mut words = header.splitn(6, ' ');
        let mut number = || {
            words
                .next()
                .and_then(|word| word.parse::<i32>().ok())
                .unwrap_or_default()
        };
        let (width, height, x, y, size) = (number(), number(), number(), number(), number());
        let (width, height, size) = (width as usize, height as usize, size as usize);
        let format = words.next().unwrap_or_default().to_owned();
        let pixels = width * height;
        let (bytes, selection) = all[end + 1..].split_at(pixels * size);
        let selection = selection
            .chunks_exact(4)
            .map(|four| f32::from_le_bytes([four[0], four[1], four[2], four[3]]));
        Ok(Self {
            width,
            height,
            x,
            y,
            size,
            format,
            bytes: bytes.to_vec(),
            selection: selection.collect(),
        })
    }

    pub fn pixel(&self, index: usize) -> &[u8] {
        &self.bytes[index * self.size..(index + 1) * self.size]
    }

    /// The numbers of a pixel, from 0 to 1.
    pub fn values(&self, index: usize) -> Vec<f64> {
        let pixel = self.pixel(index);
        let kind = self.format.split([' ', '-']).nth(1).unwrap_or_default();
        match kind {
            "u8" => pixel
                .iter()
                .map(|value| f64::from(*value) / 255.0)
                .collect(),
            "u16" => chunks(pixel)
                .map(|two| f64::from(u16::from_le_bytes(two)) / 65535.0)
                .collect(),
            "u32" => chunks(pixel)
                .map(|four| f64::from(u32::from_le_bytes(four)) / 4_294_967_295.0)
                .collect(),
            "half" => chunks(pixel)
                .map(|two| half(u16::from_le_bytes(two)))
                .collect(),
            "float" => chunks(pixel)
                .map(|four| f64::from(f32::from_le_bytes(four)))
                .collect(),
            "double" => chunks(pixel).map(f64::from_le_bytes).collect(),
            other => panic!("{other}: no such type of number ({})", self.format),
        }
    }

    /// Coverage of a pixel (by column and row) of another drawable's selection is asked for by index.
    pub fn index(&self, x: usize, y: usize) -> usize {
        y * self.width + x
    }

    pub fn pixels(&self) -> usize {
        self.width * self.height
    }
}

fn chunks<const N: usize>(bytes: &[u8]) -> impl Iterator<Item = [u8; N]> + '_ {
    bytes
        .chunks_exact(N)
        .map(|chunk| chunk.try_into().expect("of N bytes"))
}

fn half(bits: u16) -> f64 {
    let sign = if bits >> 15 == 1 { -1.0 } else { 1.0 };
    let (exponent, fraction) = (i32::from(bits >> 10 & 31), f64::from(bits & 1023) / 1024.0);
    match exponent {
        0 => sign * fraction * 2_f64.powi(-14),
        31 => f64::NAN,
        _ => sign * (1.0 + fraction) * 2_f64.powi(exponent - 15),
    }
}

/// How a filled drawable differs from what it was.
#[derive(Debug, Default)]
pub struct Change {
    /// Pixels of which more than next to nothing is selected.
    pub selected: usize,
    /// Of those, how many are different now.
    pub changed: usize,
    /// Different pixels of which nothing is selected.
    pub outside: usize,
    /// The standard deviation of the fill, in the channel where it is largest.
    pub spread: f64,
}

/// Compares two dumps; the selection is taken from the first.
pub fn change(before: &Dump, after: &Dump) -> Result<Change, String> {
    if (before.width, before.height, &before.format) != (after.width, after.height, &after.format) {
        return Err("the drawable has become another one".into());
    }
    let mut change = Change::default();
    let mut fill: Vec<Vec<f64>> = Vec::new();
    for index in 0..before.pixels() {
        let same = before.pixel(index) == after.pixel(index);
        match before.selection[index] {
            0.0 => change.outside += usize::from(!same),
            // GIMP's feathering never quite ends: less than this is no fill that anybody sees.
            faint if faint < 0.01 => {}
            _ => {
                change.selected += 1;
                change.changed += usize::from(!same);
                fill.push(after.values(index));
            }
        }
    }
    let channels = fill.first().map_or(0, Vec::len);
    change.spread = (0..channels)
        .map(|channel| spread(&fill, channel))
        .fold(0.0, f64::max);
    Ok(change)
}

fn spread(pixels: &[Vec<f64>], channel: usize) -> f64 {
    let count = pixels.len().max(1) as f64;
    let mean = pixels.iter().map(|pixel| pixel[channel]).sum::<f64>() / count;
    (pixels
        .iter()
        .map(|pixel| (pixel[channel] - mean).powi(2))
        .sum::<f64>()
        / count)
        .sqrt()
}

impl Change {
    /// The selection was filled, with something that is not flat, and nothing else was touched.
    pub fn is_a_fill(&self) -> Result<(), String> {
        // In eight bits of grey, one pixel in twenty is the same again by chance.
        let filled = self.selected > 0 && self.changed as f64 > 0.9 * self.selected as f64;
        if filled && self.outside == 0 && self.spread > 0.002 {
            Ok(())
        } else {
            Err(format!("{self:?}"))
        }
    }
}
