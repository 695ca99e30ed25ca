//! Which frames of the shot show what is behind the hole of one, and in which order they are asked.

use super::error::NodeError;
use super::fill;
use super::parameters::Parameters;
use super::shot::{Frame, Shot};
use super::watch::Watch;
use reweave::hole::reach;
use reweave::temporal::{SourceFrame, TargetFrame};

/// Takes from the frame that is held, or else from the neighbours of a frame, what they show of its hole; from near ones
/// first, because they are most alike.
pub fn propagate(
    target: &mut TargetFrame,
    shot: &Shot<'_>,
    time: f64,
    parameters: &Parameters,
    watch: &mut Watch<'_>,
) -> Result<(), NodeError> {
    if let Some(held) = parameters.hold {
        let Some(frame) = shot.frame(held).filter(|_| held != time) else {
            return Ok(());
        };
        let alone = Parameters {
            hold: None,
            before: 0,
            after: 0,
            ..parameters.clone()
        };
        let filled = fill::frame(&frame, shot, held, &alone, watch)?;
        let filled = filled.as_ref().map(|filled| (filled.part, &*filled.after));
        let view = frame.view(shot.transfer)?;
        target.take_from(&SourceFrame::filled(view, frame.bounds().corner(), filled));
        return Ok(());
    }
    for distance in 1..=parameters.before.max(parameters.after) {
        let earlier = (distance <= parameters.before).then_some(time - f64::from(distance));
        let later = (distance <= parameters.after).then_some(time + f64::from(distance));
        for frame in earlier
            .into_iter()
            .chain(later)
            .filter_map(|time| shot.frame(time))
        {
            watch.ask()?;
            target.take_from(&neighbour(&frame, parameters, shot, watch)?);
            if target.is_complete() {
                return Ok(());
            }
        }
    }
    Ok(())
}

/// A frame that shows all but its own hole.
fn neighbour<'a>(
    frame: &'a Frame<'_>,
    parameters: &Parameters,
    shot: &Shot<'_>,
    watch: &Watch<'_>,
) -> Result<SourceFrame<'a>, NodeError> {
    Ok(SourceFrame::with_hole(
        frame.view(shot.transfer)?,
        frame.bounds().corner(),
        &frame.hole(parameters, shot.transfer, watch)?,
        reach(&parameters.settings),
    )?)
}
