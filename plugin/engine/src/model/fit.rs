//! Whether a model is the one that its card tells of.

use std::path::Path;

use reweave_models::card::{Card, Element, Inputs, Layout, sha256_of};

use crate::error::Error;
use crate::runtime::{Runtime, TensorSpec};

/// Whether the model's file is the one that the card was written for, where the card tells its fingerprint.
pub(super) fn check_sum(path: &Path, sha256: Option<&str>) -> Result<(), Error> {
    let Some(expected) = sha256 else {
        return Ok(());
    };
    let found = sha256_of(path)?;
    if found == expected {
        return Ok(());
    }
    let why = format!(
        "its SHA-256 is {found}, the card says {expected}: the file is damaged or of another version. Fetch both again, \
         or take sha256 out of the card if you changed the model yourself"
    );
    Err(Error::CardMismatch {
        path: path.into(),
        why,
    })
}

/// Whether the model has the tensors that its card tells of.
pub(super) fn check_fit(card: &Card, runtime: &dyn Runtime) -> Result<(), String> {
    let Inputs {
        picture,
        hole,
        guide,
    } = &card.inputs;
    let channels = 3 + usize::from(hole.name.is_none());
    let layout = picture.layout;
    check_port(
        runtime.inputs(),
        "input",
        &picture.name,
        picture.element,
        layout,
        channels,
    )?;
    if let Some(name) = &hole.name {
        check_port(runtime.inputs(), "input", name, hole.element, layout, 1)?;
    }
    if let Some(guide) = guide {
        check_port(
            runtime.inputs(),
            "input",
            &guide.name,
            guide.element,
            layout,
            1,
        )?;
    }
    check_port(
        runtime.outputs(),
        "output",
        &card.output.name,
        card.output.element,
        layout,
        3,
    )?;
    let guide_name = guide.as_ref().map(|guide| &guide.name);
    let names = [Some(&picture.name), hole.name.as_ref(), guide_name];
    let told = |spec: &&TensorSpec| names.contains(&Some(&spec.name));
    if let Some(spec) = runtime.inputs().iter().find(|spec| !told(spec)) {
        return Err(format!(
            "the model has a further input, {spec}, of which the card says nothing"
        ));
    }
    let shown = runtime
        .inputs()
        .iter()
        .find(|spec| spec.name == picture.name);
    if let (Some(spec), Layout::Nchw, None) = (shown, layout, card.size.fixed)
        && let [_, _, Some(height), Some(width)] = spec.shape[..]
    {
        return Err(format!(
            "the model takes {width}x{height} pixels only: size.fixed has to be [{width}, {height}]"
        ));
    }
    Ok(())
}

fn check_port(
    specs: &[TensorSpec],
    kind: &str,
    name: &str,
    element: Element,
    layout: Layout,
    channels: usize,
) -> Result<(), String> {
    let list = || {
        specs
            .iter()
            .map(ToString::to_string)
            .collect::<Vec<_>>()
            .join(", ")
    };
    let spec = specs.iter().find(|spec| spec.name == name);
    let spec = spec.ok_or_else(|| {
        format!(
            "the card names the {kind} '{name}', the model has {}",
            list()
        )
    })?;
    let expected = match element {
        Element::F32 => "f32",
        Element::U8 => "u8",
    };
    if !spec.element.is_empty() && spec.element != expected {
        return Err(format!(
            "{kind} '{name}' is {expected} on the card and {} in the model",
            spec.element
        ));
    }
    if spec.shape.is_empty() {
        return Ok(());
    }
    let axis = match layout {
        Layout::Nchw => 1,
        Layout::Nhwc => 3,
    };
    match spec.shape[..] {
        [_, _, _, _] if spec.shape[axis].is_none_or(|found| found == channels) => Ok(()),
        _ => Err(format!(
            "{kind} '{name}' should have {channels} channels on axis {axis} of 4, the model has {spec}"
        )),
    }
}
