//! A fill: what happens to the picture.

use std::time::Instant;

use reweave_models::card::Card;

use crate::blend::{correction, undo::Undo};
use crate::error::Error;
use crate::hole::Hole;
use crate::model::Model;
use crate::network::input;
use crate::network::prediction::Prediction;
use crate::network::{Network, prefill, test_time_augmentation};
use crate::patch::Patches;
use crate::picture::ViewMut;
use crate::plan::Planner;
use crate::progress::{Progress, SubProgress};
use crate::runtime::RuntimeReport;
use crate::settings::{Method, Settings};
use crate::sketch::Sketch;
use crate::{blend, patch, specks, texture};

mod method;

/// Seconds spent in each stage of a fill.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Seconds {
    /// Shaping the hole and finding regions.
    pub plan: f64,
    /// Reading and shrinking the picture.
    pub read: f64,
    /// Running the network.
    pub network: f64,
    /// Filling specks; patches and texture synthesis in all other parts.
    pub texture: f64,
    /// Writing the fill.
    pub blend: f64,
}

impl Seconds {
    /// All stages together.
    pub fn total(&self) -> f64 {
        self.plan + self.read + self.network + self.texture + self.blend
    }
}

/// What a fill did.
#[derive(Clone, Debug, PartialEq)]
pub struct Report {
    /// Regions that were filled one after another by the network.
    pub regions: usize,
    /// Parts of the hole so small that they were filled without the network.
    pub specks: usize,
    /// Pixels that were filled, wholly or in part.
    pub pixels: usize,
    /// Where the time went.
    pub seconds: Seconds,
    /// Which runtime and provider answered, and why not a better one. Where there was nothing but specks, which would have.
    pub answered_by: RuntimeReport,
    /// What has filled: the network, patches or both, never "auto".
    pub method: Method,
    /// Why by this method.
    pub why: String,
}

/// Fills the hole in the picture. Only pixels with coverage above 0 are changed; all others keep every bit. When it
/// fails, is cancelled (at the last report too) or panics, every byte is as it was before.
///
/// The hole is shaped as the settings say: see [`Hole::shaped`]. Its specks are filled from what lies round them, all
/// other parts as [`Settings::method`] says: by the network and by patches of the picture together, unless told otherwise. An empty hole is no error: the report tells of 0 pixels. A hole that leaves nothing known
/// gets what the network makes of nothing.
///
/// # Errors
/// [`Error::Setting`] (also where the method is the network and the model has none), [`Error::SizeMismatch`],
/// [`Error::Cancelled`], [`Error::Network`], [`Error::OutOfMemory`].
pub fn fill(
    picture: &mut ViewMut<'_>,
    hole: &Hole,
    model: &Model,
    settings: &Settings,
    progress: &mut dyn Progress,
) -> Result<Report, Error> {
    by_method(picture, hole, None, model, settings, progress)
}

/// [`fill()`], with lines along which things go on inside the hole. An empty sketch is none.
///
/// # Errors
/// Those of [`fill()`], [`Error::SketchSize`], and [`Error::NoGuide`] when the model's card names no input for a sketch.
pub fn fill_guided(
    picture: &mut ViewMut<'_>,
    hole: &Hole,
    sketch: &Sketch,
    model: &Model,
    settings: &Settings,
    progress: &mut dyn Progress,
) -> Result<Report, Error> {
    by_method(picture, hole, Some(sketch), model, settings, progress)
}

/// By the network, by patches or by both, as the settings say and as there is a network.
fn by_method(
    picture: &mut ViewMut<'_>,
    hole: &Hole,
    sketch: Option<&Sketch>,
    model: &Model,
    settings: &Settings,
    progress: &mut dyn Progress,
) -> Result<Report, Error> {
    let (method, why) = method::choose(settings, model.card(), model.why_patches())?;
    let report = if method == Method::Patch {
        let patches = Patches {
            seed: settings.seed,
        };
        // What copies finds the same again: passes are a matter of networks.
        let once = Settings {
            passes: 1,
            ..settings.clone()
        };
        guided_with(picture, hole, sketch, &patches, method, &once, progress)?
    } else {
        guided_with(picture, hole, sketch, model, method, settings, progress)?
    };
    let answered_by = match settings.method {
        Method::Patch => report.answered_by,
        // Of patches too, which know why there is no network.
        Method::Auto | Method::Both | Method::Network => model.answered_by(),
    };
    Ok(Report {
        answered_by,
        why,
        ..report
    })
}

/// [`fill()`], with anything that predicts.
#[cfg(test)]
pub(crate) fn fill_with(
    picture: &mut ViewMut<'_>,
    hole: &Hole,
    network: &dyn Network,
    settings: &Settings,
    progress: &mut dyn Progress,
) -> Result<Report, Error> {
    let method = Method::Network;
    guided_with(picture, hole, None, network, method, settings, progress)
}

/// [`fill_guided`], with anything that predicts.
fn guided_with(
    picture: &mut ViewMut<'_>,
    hole: &Hole,
    sketch: Option<&Sketch>,
    network: &dyn Network,
    method: Method,
    settings: &Settings,
    progress: &mut dyn Progress,
) -> Result<Report, Error> {
    settings.check()?;
    if (picture.width(), picture.height()) != (hole.width(), hole.height()) {
        return Err(Error::SizeMismatch {
            picture_width: picture.width(),
            picture_height: picture.height(),
            hole_width: hole.width(),
            hole_height: hole.height(),
        });
    }
    let sketch = sketch.filter(|sketch| !sketch.is_empty());
    if let Some(sketch) = sketch {
        check_sketch(sketch, picture, network.card())?;
    }
    let mut clock = Clock::start();
    let mut report = Report {
        regions: 0,
        specks: 0,
        pixels: 0,
        seconds: Seconds::default(),
        answered_by: network.answered_by(),
        method,
        why: String::new(),
    };
    let mut whole = SubProgress {
        whole: progress,
        from: 0.0,
        to: 1.0,
    };
    whole.step(0.0, "looking at the hole")?;
    let hole = hole.shaped(settings)?;
    let planner = Planner::new(
        (picture.width(), picture.height()),
        &network.card().size,
        settings,
    );
    let (specks, parts): (Vec<_>, Vec<_>) = hole.parts().into_iter().partition(specks::is_speck);
    let regions = planner.regions(parts);
    report.pixels = hole.pixels();
    report.seconds.plan = clock.lap();

    let filling = Undo::new(picture, &hole)?;
    let correct = settings
        .colour_correction
        .is_on(network.card().tone.colour_correction);
    let keep_alpha = hole.keeps_alpha(settings.alpha);
    let small = SPECK * specks.len() as f32;
    let share = small / (small + regions.len() as f32).max(SPECK);
    if !specks.is_empty() {
        let mut progress = whole.part(0.0, share);
        specks::fill(
            filling.picture,
            &hole,
            &specks,
            settings,
            keep_alpha,
            &mut progress,
        )?;
        report.specks = specks.len();
        report.seconds.texture += clock.lap();
    }
    let mut whole = whole.part(share, 1.0);
    for (index, region) in regions.iter().enumerate() {
        let mut progress = whole.nth(index, regions.len());
        progress.step(0.0, "reading")?;
        let unfilled = &regions[index + 1..];
        let (mut input, tone) = input::crop(&filling.picture.view(), region, unfilled)?;
        prefill::fill(&mut input)?;
        if let Some(sketch) = sketch {
            input.lines = sketch.within(region.rect, region.input_size)?;
        }
        report.seconds.read += clock.lap();

        let mut predicted = test_time_augmentation::predict(
            network,
            &input,
            settings.passes as usize,
            settings.seed,
            &mut progress.part(0.0, NETWORK_SHARE),
        )?;
        report.answered_by = network.answered_by();
        report.seconds.network += clock.lap();

        if correct {
            correction::correct(&mut predicted, &input);
        }
        if method == Method::Both {
            let mut progress = progress.part(NETWORK_SHARE, PATCH_SHARE);
            patch::mix(&mut predicted, &input, settings.seed, &mut progress)?;
        }
        let mut prediction = Prediction::of(input, &predicted)?;
        let finest = region.finest();
        let enlarged = finest.0 as f64 / region.input_size.0 as f64;
        let amount = settings
            .texture
            .share()
            .unwrap_or_else(|| texture_for(network.card().texture, method, enlarged));
        if amount > 0.0 {
            if finest != region.input_size {
                let view = filling.picture.view();
                prediction = prediction.closer(&view, region, finest, unfilled, &tone)?;
            }
            texture::synthesise(
                &mut prediction,
                enlarged,
                amount,
                settings.seed,
                &mut progress.part(PATCH_SHARE, 1.0),
            )?;
        }
        report.seconds.texture += clock.lap();

        blend::into(
            filling.picture,
            &hole,
            region,
            &prediction,
            &tone,
            keep_alpha,
        )?;
        report.regions += 1;
        report.seconds.blend += clock.lap();
    }
    whole.step(1.0, "done")?;
    filling.keep();
    Ok(report)
}

fn check_sketch(sketch: &Sketch, picture: &ViewMut<'_>, card: &Card) -> Result<(), Error> {
    let (sketch_width, sketch_height) = (sketch.width(), sketch.height());
    let (picture_width, picture_height) = (picture.width(), picture.height());
    if (picture_width, picture_height) != (sketch_width, sketch_height) {
        return Err(Error::SketchSize {
            picture_width,
            picture_height,
            sketch_width,
            sketch_height,
        });
    }
    match card.inputs.guide {
        Some(_) => Ok(()),
        None => Err(Error::NoGuide {
            model: card.name.clone(),
        }),
    }
}

/// What a speck costs, in regions, for showing progress.
const SPECK: f32 = 5e-4;

/// How much of the work on a region is done when the network has predicted, and when patches are mixed in, for showing
/// progress.
const NETWORK_SHARE: f32 = 0.6;
const PATCH_SHARE: f32 = 0.8;

/// How much texture is synthesised when nobody says: what the card asks for, unless patches have brought it; but where the
/// prediction is enlarged a good deal half at least, because then the sharpest is soft. (Measured with MI-GAN on photos
/// of 2000 pixels: LPIPS 0.098 without, 0.084 so.)
fn texture_for(card: f32, method: Method, enlarged: f64) -> f32 {
    if enlarged >= 1.5 {
        card.max(0.5)
    } else if method == Method::Both {
        0.0
    } else {
        card
    }
}

/// Tells how long each stage took.
struct Clock {
    last: Instant,
}

impl Clock {
    fn start() -> Self {
        Self {
            last: Instant::now(),
        }
    }

    fn lap(&mut self) -> f64 {
        let now = Instant::now();
        let seconds = now.duration_since(self.last).as_secs_f64();
        self.last = now;
        seconds
    }
}

#[cfg(test)]
mod tests;
