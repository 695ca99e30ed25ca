//! One fill, without GIMP: pixels and coverage in, filled pixels out. It may run in any thread.

use super::coverage::Coverage;
use crate::engine::{
    Engine, Error, Format, Model, Report, Settings, alphas, channel_sets, depths, transfers,
};
use crate::pixels::Pixels;
use crate::rect::Rect;
use reweave_abi::ReweaveRect;

/// The engine's word for the layout of pixels for a screen.
const SCREEN: Format = Format {
    depth: depths::U8,
    channels: channel_sets::RGBA,
    transfer: transfers::SRGB,
    alpha: alphas::STRAIGHT,
};

/// Everything that a fill needs.
#[derive(Clone)]
pub struct Job {
    /// What is to be filled, in pixels of the image.
    pub coverage: Coverage,
    /// The hole and what the engine looks at round it, in pixels of the image.
    pub pixels: Pixels,
    /// The engine's word for their layout.
    pub format: Format,
    /// A drawing of the same place, with lines that the fill follows, as for a screen.
    pub drawing: Option<Pixels>,
}

impl Job {
    /// Which part of a source that has pixels in `source` has to be read for this coverage.
    pub fn needs(
        coverage: &Coverage,
        source: Rect,
        model: &Model,
        settings: &Settings,
    ) -> Result<Rect, Error> {
        let hole = coverage.bounds().seen_from(source.x, source.y);
        let hole = ReweaveRect {
            x: hole.x as usize,
            y: hole.y as usize,
            width: hole.width as usize,
            height: hole.height as usize,
        };
        let needed = model.needs(
            hole,
            source.width as usize,
            source.height as usize,
            settings,
        )?;
        let needed = Rect::new(
            needed.x as i32,
            needed.y as i32,
            needed.width as i32,
            needed.height as i32,
        );
        // What GIMP merges through the selection has to be there, be it filled or not.
        Ok(needed.seen_from(-source.x, -source.y).union(&coverage.rect))
    }

    /// Fills every pixel with any coverage.
    pub fn run(
        &mut self,
        engine: &Engine,
        model: &Model,
        settings: &Settings,
        progress: &mut dyn FnMut(f32, &str) -> bool,
    ) -> Result<Report, Error> {
        let rect = self.pixels.rect;
        let (width, height) = (rect.width as usize, rect.height as usize);
        let hole = engine.hole(&self.coverage.over(rect).hard(), width, height)?;
        let sketch = self
            .drawing
            .as_ref()
            .map(|drawing| engine.sketch(&drawing.bytes, SCREEN, width, height));
        let sketch = sketch.transpose()?;
        model.fill(
            &mut self.pixels.bytes,
            self.format,
            width,
            height,
            &hole,
            sketch.as_ref(),
            settings,
            progress,
        )
    }
}
