//! What can be filled, and the sentence for what cannot.

use crate::editor::{Drawable, Image};
use crate::options::{Options, Output};
use crate::rect::Rect;
use crate::stop::Stop;
use crate::text::{tr, tr_with};

/// Checks everything that can be checked before any work, so that a refusal never comes half way.
pub fn check<I: Image>(image: I, targets: &[I::Drawable]) -> Result<(), Stop> {
    if targets.is_empty() {
        return Err(tr("Select the layer to fill in the Layers dialog, then try again.").into());
    }
    if targets.iter().any(|target| target.is_indexed()) {
        return Err(tr("An indexed picture has too few colours to fill it. Choose Image > Mode > RGB, then try again.").into());
    }
    if image.selection_bounds().is_empty() {
        return Err(tr("Nothing is selected. Select what should go, then try again.").into());
    }
    targets.iter().try_for_each(|target| check_kind(*target))
}

fn check_kind(target: impl Drawable) -> Result<(), Stop> {
    let name = target.name();
    if target.is_group() {
        return Err(tr_with(
            "“{}” is a group of layers. Select a layer in it, then try again.",
            &name,
        )
        .into());
    }
    if target.is_text() {
        let sentence = tr_with(
            "“{}” is a text layer. Choose Layer > Discard Text Information, then try again.",
            &name,
        );
        return Err(sentence.into());
    }
    if target.is_drawn() {
        let sentence = tr_with(
            "“{}” has no pixels of its own. Rasterize the layer, then try again.",
            &name,
        );
        return Err(sentence.into());
    }
    Ok(())
}

/// Checks what depends on where the fill goes.
pub fn check_output(target: impl Drawable, options: &Options) -> Result<(), Stop> {
    match options.output {
        Output::InPlace if target.is_locked() => Err(tr_with(
            "“{}” is locked. Unlock its pixels in the Layers dialog, or let the fill go into a new layer.",
            &target.name(),
        )
        .into()),
        Output::Layer | Output::LayerWithMask if !target.is_layer() => Err(tr_with(
            "“{}” is a mask or a channel: it can be filled in place only.",
            &target.name(),
        )
        .into()),
        _ => Ok(()),
    }
}

/// What of the selection can be filled within `limits`.
pub fn selected<I: Image>(image: I, target: I::Drawable, limits: Rect) -> Result<Rect, Stop> {
    let selected = image.selection_bounds().intersection(&limits);
    if selected.is_empty() {
        return Err(tr_with(
            "The selection lies outside “{}”. Select something that the layer covers, or select the layer \
             that you mean.",
            &target.name(),
        )
        .into());
    }
    Ok(selected)
}
