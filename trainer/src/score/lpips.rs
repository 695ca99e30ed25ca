//! LPIPS (Zhang et al., "The Unreasonable Effectiveness of Deep Features as a Perceptual Metric", CVPR 2018).

use anyhow::{Context, Result};
use image::RgbImage;
use ort::environment::Environment;
use ort::session::Session;
use ort::value::Tensor;
use std::path::Path;

/// The metric as a network of two pictures.
pub struct Lpips {
    session: Session,
}

impl Lpips {
    /// Loads `lpips_alex.onnx` or `lpips_vgg.onnx`.
    pub fn open(environment: &Environment, path: &Path) -> Result<Self> {
        let session = Session::builder(environment)?.commit_from_file(path);
        Ok(Lpips {
            session: session
                .with_context(|| format!("cannot load the metric {}", path.display()))?,
        })
    }

    /// 0 for equal pictures.
    pub fn distance(&mut self, a: &RgbImage, b: &RgbImage) -> Result<f64> {
        let inputs = ort::inputs!["a" => tensor(a)?, "b" => tensor(b)?];
        let outputs = self.session.run(inputs)?;
        let (_, values) = outputs["lpips"].try_extract_tensor::<f32>()?;
        Ok(f64::from(
            values.first().copied().context("the metric gave nothing")?,
        ))
    }
}

/// `[1, 3, H, W]` in `[-1, 1]`.
pub fn tensor(picture: &RgbImage) -> Result<Tensor<f32>> {
    let (width, height) = picture.dimensions();
    let plane = |c: usize| {
        picture
            .as_raw()
            .iter()
            .skip(c)
            .step_by(3)
            .map(|&v| f32::from(v) / 127.5 - 1.0)
    };
    let values: Vec<f32> = (0..3).flat_map(plane).collect();
    Ok(Tensor::from_array((
        [1usize, 3, height as usize, width as usize],
        values,
    ))?)
}
