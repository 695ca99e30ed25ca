//! One frame: Source to the output, and the fill over it.

use super::error::NodeError;
use super::fill;
use super::output::{self, Patch};
use super::parameters::{self, Parameters};
use super::shot::{Frame, Shot};
use super::watch::Watch;
use super::{MASK, SKETCH, SOURCE, colour};
use crate::openfx::arguments::Arguments;
use crate::openfx::clip::{Components, Image};
use crate::openfx::effect::Effect;
use crate::openfx::properties::if_known;
use crate::openfx::status::{Result, Status};
use reweave_openfx_sys::{OfxRectI, names::*};

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
    match frame(effect, arguments) {
        Ok(()) => {
            effect.clear_message();
            Ok(Status::OK)
        }
        // The host throws the frame away: nothing has to be said.
        Err(NodeError::Aborted) => Ok(Status::OK),
        Err(NodeError::Told(text)) => {
            effect.show_error(&text);
            Ok(Status::FAILED)
        }
    }
}

/// Source to the output, and over it the fill.
fn frame(effect: &Effect<'_>, arguments: &Arguments<'_>) -> std::result::Result<(), NodeError> {
    let mut watch = Watch::new(effect);
    watch.ask()?;
    let input = arguments.input()?;
    let time = input.double(kOfxPropTime, 0)?;
    let window = input.rect(kOfxImageEffectPropRenderWindow)?;
    let mut output = effect
        .clip(kOfxImageEffectOutputClipName)?
        .image(time)
        .map_err(|_| NodeError::Told("the host gave an output without pixels".into()))?;
    let source = effect.clip(SOURCE).and_then(|clip| clip.image(time)).ok();
    let told = input.double(kOfxImageEffectPropRenderScale, 0).ok();
    let scale = scale_of(source.as_ref().and_then(|source| source.scale), told);
    let parameters = Parameters::read(effect, time, scale)?;

    let alpha = parameters.alpha;
    output::copy_source(source.as_ref(), &mut output, window, alpha, &watch)?;
    match source.filter(|source| source.components != Components::Alpha) {
        Some(source) => fill_into(
            effect,
            source,
            &parameters,
            time,
            &mut output,
            window,
            &mut watch,
        ),
        None => Ok(()),
    }
}

/// Pixels of the images for one at full resolution. Image and action should tell the same and do not always: Vegas and
/// Fusion tell 1 with the action and a half with the image; Fusion, while somebody scrubs, a third with the action and 3
/// with the image. No host renders larger than full resolution, so the image's counts unless it says that.
fn scale_of(image: Option<f64>, action: Option<f64>) -> f64 {
    image
        .into_iter()
        .chain(action)
        .find(|scale| *scale > 0.0 && *scale <= 1.0)
        .unwrap_or(1.0)
}

fn fill_into(
    effect: &Effect<'_>,
    source: Image<'_>,
    parameters: &Parameters,
    time: f64,
    output: &mut Image<'_>,
    window: OfxRectI,
    watch: &mut Watch<'_>,
) -> std::result::Result<(), NodeError> {
    let clip = effect.clip(SOURCE)?;
    let transfer = colour::transfer(effect, &clip, source.depth, parameters.light);
    let shot = Shot {
        source: clip,
        mask: effect.clip(MASK).ok(),
        sketch: effect.clip(SKETCH).ok(),
        transfer,
    };
    let frame = Frame {
        source,
        mask: shot.mask_at(time),
        sketch: shot.sketch_at(time),
    };
    let Some(filled) = fill::frame(&frame, &shot, time, parameters, watch)? else {
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
    output::paste(&patch, output, window, parameters.alpha, watch)
}

#[cfg(test)]
mod tests {
    use super::scale_of;

    #[test]
    fn the_sane_one_of_two_scales_counts() {
        assert_eq!(scale_of(Some(0.5), Some(0.5)), 0.5);
        assert_eq!(scale_of(Some(0.5), Some(1.0)), 0.5);
        assert_eq!(scale_of(Some(3.0), Some(1.0 / 3.0)), 1.0 / 3.0);
        assert_eq!(scale_of(None, Some(0.25)), 0.25);
        for nonsense in [0.0, -1.0, f64::NAN, f64::INFINITY] {
            assert_eq!(scale_of(Some(nonsense), Some(0.5)), 0.5);
            assert_eq!(scale_of(Some(nonsense), Some(nonsense)), 1.0);
        }
    }
}
