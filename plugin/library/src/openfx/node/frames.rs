//! Which pixels and frames of its inputs the node wants to see.

use super::parameters::Parameters;
use super::{MASK, SKETCH, SOURCE};
use crate::abi::guard::to_c;
use crate::openfx::arguments::Arguments;
use crate::openfx::effect::Effect;
use crate::openfx::properties::if_known;
use crate::openfx::status::{Result, Status};
use reweave_openfx_sys::names::*;
use std::ffi::{CStr, CString};

fn property(prefix: &str, clip: &CStr) -> CString {
    to_c(format!("{prefix}{}", clip.to_string_lossy()))
}

/// All of Source, Mask and Sketch: what belongs into a hole may stand anywhere.
pub fn regions_of_interest(effect: &Effect<'_>, arguments: &Arguments<'_>) -> Result<Status> {
    let time = arguments.input()?.double(kOfxPropTime, 0)?;
    let answer = arguments.output()?;
    for name in [SOURCE, MASK, SKETCH] {
        if let Ok(bounds) = effect
            .clip(name)
            .and_then(|clip| clip.region_of_definition(time))
        {
            if_known(answer.set_rect(&property(kOfxImageClipPropRoIPrefix, name), bounds));
        }
    }
    Ok(Status::OK)
}

/// The frame itself, its neighbours that may be source frames, and the frame that is held.
pub fn frames_needed(effect: &Effect<'_>, arguments: &Arguments<'_>) -> Result<Status> {
    let time = arguments.input()?.double(kOfxPropTime, 0)?;
    let parameters = Parameters::read(effect, time, 1.0)?;
    let mut ranges = vec![(
        time - f64::from(parameters.before),
        time + f64::from(parameters.after),
    )];
    if let Some(held) = parameters.hold {
        ranges.push((held, held));
    }
    let answer = arguments.output()?;
    for name in [SOURCE, MASK, SKETCH] {
        let property = property(kOfxImageClipPropFrameRangePrefix, name);
        for (index, (first, last)) in ranges.iter().enumerate() {
            if_known(answer.set_double(&property, 2 * index, *first));
            if_known(answer.set_double(&property, 2 * index + 1, *last));
        }
    }
    Ok(Status::OK)
}
