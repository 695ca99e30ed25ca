//! One frame: Source to the output, and the fill over it.

use super::fill;
use super::output::{self, Patch};
use super::parameters::{self, Parameters};
use super::shot::{Frame, Shot};
use super::trouble::Trouble;
use super::{MASK, SOURCE, colour};
use crate::openfx::arguments::Arguments;
use crate::openfx::clip::{Components, Image};
use crate::openfx::effect::{Effect, ProgressBar};
use crate::openfx::properties::if_known;
use crate::openfx::status::{Result, Status};
use reweave::Progress;
use reweave_openfx_sys::{OfxRectI, names::*};
use std::ops::ControlFlow;

/// With Mix at 0 the node does nothing, and hosts need not render it.
pub fn is_identity(effect: &Effect<'_>, arguments: &Arguments<'_>) -> Result<Status> {
    let time = arguments.input()?.double(kOfxPropTime, 0)?;
    if parameters::mix(effect, time)? > 0.0 {
        return Ok(Status::REPLY_DEFAULT);
    }
    let answer = arguments.output()?;
    answer.set_string(kOfxPropName, 0, SOURCE)?;
    if_known(answer.set_double(kOfxPropTime, 0, time));
    Ok(Status::OK)
}

/// Renders a frame.
pub fn render(effect: &Effect<'_>, arguments: &Arguments<'_>) -> Result<Status> {
    let input = arguments.input()?;
    let time = input.double(kOfxPropTime, 0)?;
    let window = input.rect(kOfxImageEffectPropRenderWindow)?;
    let mut output = effect.clip(kOfxImageEffectOutputClipName)?.image(time)?;
    let source = effect.clip(SOURCE).and_then(|clip| clip.image(time)).ok();
    // Some hosts tell another scale with the action than with the image; the pixels at hand are the image's.
    let told = input
        .double(kOfxImageEffectPropRenderScale, 0)
        .unwrap_or(1.0);
    let scale = source
        .as_ref()
        .and_then(|source| source.scale)
        .unwrap_or(told);
    let parameters = Parameters::read(effect, time, scale)?;

    output::copy_source(source.as_ref(), &mut output, window, parameters.alpha)?;
    let Some(source) = source.filter(|source| source.components != Components::Alpha) else {
        return Ok(Status::OK);
    };
    match fill_into(effect, source, &parameters, time, &mut output, window) {
        Ok(()) => {
            effect.clear_message();
            Ok(Status::OK)
        }
        // The host throws the frame away: nothing has to be said.
        Err(Trouble::Aborted) => Ok(Status::OK),
        Err(Trouble::Told(text)) => {
            effect.show_error(&text);
            Ok(Status::FAILED)
        }
    }
}

fn fill_into(
    effect: &Effect<'_>,
    source: Image<'_>,
    parameters: &Parameters,
    time: f64,
    output: &mut Image<'_>,
    window: OfxRectI,
) -> std::result::Result<(), Trouble> {
    let clip = effect.clip(SOURCE).map_err(lost)?;
    let transfer = colour::transfer(effect, &clip, source.depth, parameters.light);
    let shot = Shot {
        source: clip,
        mask: effect.clip(MASK).ok(),
        transfer,
    };
    let frame = Frame {
        source,
        mask: shot.mask_at(time),
    };
    let mut watch = Watch {
        effect: *effect,
        bar: None,
    };
    let Some(filled) = fill::frame(&frame, &shot, time, parameters, &mut watch)? else {
        return Ok(());
    };
    let bounds = frame.source.bounds;
    let patch = Patch {
        before: &filled.before,
        after: &filled.after,
        changed: filled.changed,
        corner: (
            bounds.x1 + filled.part.x as i32,
            bounds.y2 - filled.part.y as i32,
        ),
        mix: parameters.mix,
    };
    output::paste(&patch, output, window, parameters.alpha).map_err(lost)
}

fn lost(status: Status) -> Trouble {
    Trouble::Told(format!(
        "the host answered with status {} where an image was expected",
        status.0
    ))
}

/// Shows progress, and looks whether the host still wants the frame.
struct Watch<'a> {
    effect: Effect<'a>,
    bar: Option<ProgressBar<'a>>,
}

impl Progress for Watch<'_> {
    fn report(&mut self, done: f32, _doing: &str) -> ControlFlow<()> {
        // Only a frame that takes work opens a bar.
        let bar = self
            .bar
            .get_or_insert_with(|| self.effect.progress(c"Reweave Fill"));
        if bar.update(done) && !self.effect.aborted() {
            ControlFlow::Continue(())
        } else {
            ControlFlow::Break(())
        }
    }
}
