//! The model under test: one of ours, run bare on the whole picture.

use super::lpips::tensor;
use anyhow::{Context, Result, ensure};
use image::{GrayImage, RgbImage};
use ort::environment::Environment;
use ort::session::Session;
use ort::value::Tensor;
use reweave_models::card::{Card, ChannelOrder, Range};
use std::path::Path;

/// A model with inputs `picture` and `hole` in f32, as the trainer exports them.
pub struct Model {
    session: Session,
    multiple: u32,
    /// Its input for sketches.
    guide: Option<String>,
}

impl Model {
    /// Loads the model; its card must say that it is one of ours.
    pub fn open(environment: &Environment, path: &Path) -> Result<Self> {
        let card = Card::read(&path.with_extension("json"))?;
        let picture = &card.inputs.picture;
        ensure!(
            picture.name == "picture"
                && picture.range == Range::MinusOneToOne
                && picture.channels == ChannelOrder::Rgb,
            "{} is not a model of this trainer; fill with `reweave fill` and compare those pictures",
            path.display()
        );
        let session = Session::builder(environment)?.commit_from_file(path);
        let session =
            session.with_context(|| format!("cannot load the model {}", path.display()))?;
        Ok(Model {
            session,
            multiple: card.size.multiple,
            guide: card.inputs.guide.map(|guide| guide.name),
        })
    }

    /// Whether it takes a sketch.
    pub fn is_guided(&self) -> bool {
        self.guide.is_some()
    }

    /// The picture with its hole (above 127) filled; known pixels may have changed by a rounding. `lines` are a sketch, 1 on
    /// lines, which only a guided model looks at.
    pub fn fill(
        &mut self,
        picture: &RgbImage,
        hole: &GrayImage,
        lines: Option<&[f32]>,
    ) -> Result<RgbImage> {
        let (width, height) = picture.dimensions();
        let fits = width.is_multiple_of(self.multiple) && height.is_multiple_of(self.multiple);
        ensure!(
            fits,
            "pictures to score with must have sides that are multiples of {}",
            self.multiple
        );
        let mask: Vec<f32> = hole
            .as_raw()
            .iter()
            .map(|&h| f32::from(u8::from(h > 127)))
            .collect();
        let plane =
            |values| Tensor::from_array(([1usize, 1, height as usize, width as usize], values));
        let lines = match lines {
            Some(lines) => lines.to_vec(),
            None => vec![0.0; mask.len()],
        };
        let mut inputs = ort::inputs!["picture" => tensor(picture)?, "hole" => plane(mask)?];
        if let Some(guide) = &self.guide {
            inputs.push((guide.into(), plane(lines)?.into()));
        }
        let outputs = self.session.run(inputs)?;
        let (_, values) = outputs["filled"].try_extract_tensor::<f32>()?;
        let pixels = (width * height) as usize;
        let byte = |v: f32| ((v + 1.0) * 127.5).round().clamp(0.0, 255.0) as u8;
        let interleaved = (0..pixels)
            .flat_map(|i| (0..3).map(move |c| byte(values[c * pixels + i])))
            .collect();
        RgbImage::from_raw(width, height, interleaved).context("the model gave another size")
    }
}
