//! Pictures of a batch side by side, for people to look at.

use anyhow::{Context, Result};
use image::RgbImage;
use image::codecs::jpeg::JpegEncoder;
use std::path::Path;
use tch::{Device, Kind, Tensor};

/// How many pictures of a batch are shown.
const SHOWN: i64 = 4;
/// Of JPEG, 1 to 100: fine detail is what a fill is looked at for.
const QUALITY: u8 = 90;

/// The first pictures of a batch, side by side.
pub struct Strip(RgbImage);

impl Strip {
    /// Of pictures `[N, 3, H, W]` in `[-1, 1]`.
    ///
    /// # Errors
    /// There is none.
    pub fn of(pictures: &Tensor) -> Result<Self> {
        let count = pictures.size()[0].min(SHOWN);
        let shown: Vec<Tensor> = (0..count).map(|i| pictures.get(i)).collect();
        let strip = (Tensor::cat(&shown, 2) + 1.0) * 127.5;
        let strip = strip.round().clamp(0.0, 255.0).permute([1, 2, 0]);
        let strip = strip.to_kind(Kind::Uint8).contiguous();
        let (height, width) = (strip.size()[0] as u32, strip.size()[1] as u32);
        let mut bytes = vec![0u8; strip.numel()];
        let count = bytes.len();
        strip.to_device(Device::Cpu).copy_data(&mut bytes, count);
        let strip = RgbImage::from_raw(width, height, bytes);
        strip.map(Strip).context("no picture to show")
    }

    /// Width and height in pixels.
    pub fn size(&self) -> (u32, u32) {
        self.0.dimensions()
    }

    /// A JPEG file of it.
    ///
    /// # Errors
    /// It is too large for one.
    pub fn jpeg(&self) -> Result<Vec<u8>> {
        let mut bytes = Vec::new();
        self.0
            .write_with_encoder(JpegEncoder::new_with_quality(&mut bytes, QUALITY))?;
        Ok(bytes)
    }

    /// Writes it as a JPEG file.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn save(&self, path: &Path) -> Result<()> {
        std::fs::write(path, self.jpeg()?)
            .with_context(|| format!("cannot write {}", path.display()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use image::ImageFormat;

    #[test]
    fn four_stand_side_by_side_in_their_colours() {
        let tones = Tensor::from_slice(&[-1f32, -0.5, 0.0, 0.5, 1.0]);
        let pictures = tones.reshape([5, 1, 1, 1]).expand([5, 3, 8, 16], false);
        let strip = Strip::of(&pictures).unwrap();
        assert_eq!(strip.size(), (64, 8));
        let read = image::load_from_memory_with_format(&strip.jpeg().unwrap(), ImageFormat::Jpeg);
        let read = read.unwrap().to_rgb8();
        for (x, tone) in [(8, 0u8), (24, 64), (40, 128), (56, 191)] {
            assert!(read.get_pixel(x, 4)[1].abs_diff(tone) <= 3);
        }
    }
}
