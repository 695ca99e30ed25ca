//! What the node says about itself.

use super::{MASK, SKETCH, SOURCE, parameters};
use crate::openfx::arguments::Arguments;
use crate::openfx::effect::Effect;
use crate::openfx::properties::if_known;
use crate::openfx::status::{Result, Status};
use reweave_openfx_sys::names::*;
use std::ffi::CStr;

/// What every instance has in common.
pub fn describe(effect: &Effect<'_>) -> Result<Status> {
    let properties = effect.properties()?;
    // Without `-`: some hosts name new nodes after the label and do not take it.
    for label in [kOfxPropLabel, kOfxPropShortLabel, kOfxPropLongLabel] {
        if_known(properties.set_string(label, 0, c"Reweave Fill"));
    }
    if_known(properties.set_string(kOfxImageEffectPluginPropGrouping, 0, c"Reweave"));
    if_known(properties.set_string(
        kOfxPropPluginDescription,
        0,
        c"Fills a hole in the picture so that nobody sees that something was there. The hole comes from the alpha of \
          Source or from Mask.",
    ));
    properties.set_strings(
        kOfxImageEffectPropSupportedContexts,
        &[kOfxImageEffectContextFilter, kOfxImageEffectContextGeneral],
    )?;
    properties.set_strings(
        kOfxImageEffectPropSupportedPixelDepths,
        &[
            kOfxBitDepthFloat,
            kOfxBitDepthHalf,
            kOfxBitDepthShort,
            kOfxBitDepthByte,
        ],
    )?;
    if_known(properties.set_string(
        kOfxImageEffectPluginRenderThreadSafety,
        0,
        kOfxImageEffectRenderInstanceSafe,
    ));
    // What is unknown to a host it does not do anyway.
    for (name, value) in [
        (kOfxImageEffectPluginPropSingleInstance, 0),
        // A fill is one piece of work, which the engine spreads over threads itself.
        (kOfxImageEffectPluginPropHostFrameThreading, 0),
        (kOfxImageEffectPropSupportsTiles, 0),
        (kOfxImageEffectPropSupportsMultiResolution, 1),
        (kOfxImageEffectPropSupportsMultipleClipDepths, 1),
        (kOfxImageEffectPropSupportsMultipleClipPARs, 0),
        (kOfxImageEffectPropTemporalClipAccess, 1),
    ] {
        if_known(properties.set_int(name, 0, value));
    }
    if_known(properties.set_string(
        kOfxImageEffectPropColourManagementStyle,
        0,
        kOfxImageEffectPropColourManagementFull,
    ));
    Ok(Status::OK)
}

/// Inputs, output and parameters, for a context.
pub fn describe_in_context(effect: &Effect<'_>, arguments: &Arguments<'_>) -> Result<Status> {
    let context = arguments.input()?.string(kOfxImageEffectPropContext, 0)?;
    let general = context.as_bytes() == kOfxImageEffectContextGeneral.to_bytes();
    let colours = &[
        kOfxImageComponentRGBA,
        kOfxImageComponentRGB,
        kOfxImageComponentAlpha,
    ];
    define_clip(effect, SOURCE, colours, true)?;
    if general {
        let properties = define_clip(effect, MASK, &[kOfxImageComponentAlpha], true)?;
        if_known(properties.set_int(kOfxImageClipPropOptional, 0, 1));
        if_known(properties.set_int(kOfxImageClipPropIsMask, 0, 1));
        let drawn = &[kOfxImageComponentRGBA, kOfxImageComponentAlpha];
        let properties = define_clip(effect, SKETCH, drawn, true)?;
        if_known(properties.set_int(kOfxImageClipPropOptional, 0, 1));
    }
    define_clip(effect, kOfxImageEffectOutputClipName, colours, false)?;
    parameters::define(effect, general)?;
    Ok(Status::OK)
}

fn define_clip<'a>(
    effect: &Effect<'a>,
    name: &CStr,
    components: &[&CStr],
    temporal: bool,
) -> Result<crate::openfx::properties::Properties<'a>> {
    let properties = effect.define_clip(name)?;
    properties.set_strings(kOfxImageEffectPropSupportedComponents, components)?;
    if_known(properties.set_int(kOfxImageEffectPropSupportsTiles, 0, 0));
    if_known(properties.set_int(
        kOfxImageEffectPropTemporalClipAccess,
        0,
        i32::from(temporal),
    ));
    Ok(properties)
}

/// What the output is like: as Source, which is what hosts assume.
pub fn clip_preferences(_effect: &Effect<'_>, _arguments: &Arguments<'_>) -> Result<Status> {
    Ok(Status::REPLY_DEFAULT)
}
