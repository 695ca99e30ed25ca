//! A run: from GIMP's call to the filled picture.

use super::coverage::Coverage;
use super::job::Job;
use super::output::Done;
use super::progress::Progress;
use super::source::Source;
use super::target;
use super::times::Times;
use crate::editor::{Bar, Drawable, Image};
use crate::engine::{Engine, Model};
use crate::options::{Options, Output};
use crate::pixels::{Layout, Pixels};
use crate::rect::Rect;
use crate::stop::Stop;
use crate::text::tr;

/// Fills the selection in each target. All fills are computed first and written then: whatever goes wrong, or ends the
/// process, before that has changed nothing. `previewed` is the fill of the first target if there is one already.
pub fn fill<I: Image>(
    engine: &Engine,
    image: I,
    targets: &[I::Drawable],
    options: &Options,
    mut previewed: Option<Job>,
    bar: &mut dyn Bar,
) -> Result<(), Stop> {
    target::check(image, targets)?;
    for target in targets {
        target::check_output(*target, options)?;
    }
    // What is merged is the same for every layer: one new layer for all of them.
    let targets = match options.output {
        Output::Layer | Output::LayerWithMask if options.sample_merged => &targets[..1],
        _ => targets,
    };

    let mut progress = Progress::start(bar, targets.len());
    let mut times = Times::start();
    let model = engine.open_model(&options.model, &options.device)?;
    times.note("model");
    let mut done = Vec::new();
    for target in targets {
        let job = match previewed.take() {
            Some(job) => job,
            None => {
                let mut job = prepare(engine, &model, image, *target, options)?;
                times.note("read");
                let mut report = |share, _: &str| {
                    progress.report(share);
                    true
                };
                job.run(engine, &model, &options.fill, &mut report)?;
                times.note("fill");
                job
            }
        };
        progress.next();
        done.push(Done {
            image,
            target: *target,
            job,
        });
    }

    let one_merge = done.len() == 1 && options.output == Output::InPlace && !options.reshapes;
    if !one_merge {
        image.start_step();
    }
    let written = done
        .iter()
        .try_for_each(|done| done.write(options.output, options.reshapes));
    if !one_merge {
        image.end_step();
    }
    times.note("write");
    written
}

/// Reads what a fill of one target needs.
pub fn prepare<I: Image>(
    engine: &Engine,
    model: &Model,
    image: I,
    target: I::Drawable,
    options: &Options,
) -> Result<Job, Stop> {
    let source = match options.sample_merged {
        true => Source::merged(image, target)?,
        false => Source::own(image, target),
    };
    let limits = match options.output {
        Output::InPlace => source.rect.intersection(&target.rect()),
        Output::Layer | Output::LayerWithMask => source.rect,
    };
    let room = target::selected(image, target, limits)?
        .grown(options.hole.reach()? as i32)
        .intersection(&limits);
    let selected = image.selection().read(room, Layout::mask());
    let coverage = Coverage::new(engine, room, &selected.bytes, &options.hole)?;
    if coverage.bounds().is_empty() {
        return Err(tr(
            "The selection is too faint to fill anything. Select what should go, then try again.",
        )
        .into());
    }
    let needed = Job::needs(&coverage, source.rect, model, &options.fill)?;
    Ok(Job {
        coverage,
        drawing: drawing(image, options, needed)?,
        pixels: source.read(needed),
        format: source.format,
    })
}

/// What is drawn on the layer with the sketch, if one was chosen.
fn drawing<I: Image>(image: I, options: &Options, rect: Rect) -> Result<Option<Pixels>, Stop> {
    let Some(number) = options.sketch else {
        return Ok(None);
    };
    let layer = image.drawable(number).ok_or_else(|| {
        tr("The layer with the sketch is gone. Choose another one, then try again.")
    })?;
    let own = layer.rect();
    let drawn = layer.read(rect.seen_from(own.x, own.y), Layout::screen());
    Ok(Some(drawn.seen_from(-own.x, -own.y)))
}
