//! Finding and opening models: `reweave_models_…` and `reweave_model_…`.

use super::guard::{AbiError, guard, guard_value, to_c};
use super::handle::{self, Handle};
use super::text;
use crate::zoo;
use reweave::zoo::{Found, choose, folders};
use reweave::{Model, Settings};
use reweave_abi::{ReweaveModel, ReweaveModelInfo, ReweaveModelList, ReweaveStatus};
use std::ffi::{CString, c_char};
use std::path::Path;
use std::ptr;
use std::sync::Arc;

/// The models that were found, with the texts that the rows point to.
pub(super) struct List {
    rows: Vec<ReweaveModelInfo>,
    _texts: Vec<[CString; 6]>,
}

impl Handle for ReweaveModelList {
    type Inner = List;
}

/// A model, and what it said about its runtime.
pub(super) struct Open {
    pub(super) model: Arc<Model>,
    runtime: CString,
}

impl Handle for ReweaveModel {
    type Inner = Open;
}

fn texts(found: &Found) -> [CString; 6] {
    let path = found.path.to_string_lossy();
    let (title, description, licence, problem) = match &found.card {
        Ok(card) => (
            card.title.as_str(),
            card.description.as_str(),
            card.licence.as_str(),
            "",
        ),
        Err(why) => ("", "", "", why.as_str()),
    };
    let title = if title.is_empty() { &found.name } else { title };
    [&found.name, title, description, licence, &path, problem].map(to_c)
}

fn list(found: &[Found]) -> List {
    let texts: Vec<_> = found.iter().map(texts).collect();
    // A CString's own memory does not move when the vector that holds it does.
    let rows =
        texts.iter().map(
            |[name, title, description, licence, path, problem]| ReweaveModelInfo {
                name: name.as_ptr(),
                title: title.as_ptr(),
                description: description.as_ptr(),
                licence: licence.as_ptr(),
                path: path.as_ptr(),
                problem: problem.as_ptr(),
            },
        );
    List {
        rows: rows.collect(),
        _texts: texts,
    }
}

/// See `reweave.h`.
///
/// # Safety
/// As the header asks: pointers are NULL or point to what their types say.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn reweave_models_list(
    folder: *const c_char,
    models: *mut *mut ReweaveModelList,
) -> ReweaveStatus {
    guard(|| {
        // SAFETY: the caller's promise, for each pointer.
        let (folder, models) = unsafe {
            (
                text::optional(folder, "folder")?,
                handle::output(models, "list")?,
            )
        };
        *models = handle::give(list(&reweave::zoo::list(&folders(folder.map(Path::new)))));
        Ok(())
    })
}

/// See `reweave.h`.
///
/// # Safety
/// As the header asks: a list that was not freed yet.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn reweave_models_count(list: *const ReweaveModelList) -> usize {
    guard_value(0, || {
        // SAFETY: the caller's promise.
        Ok(unsafe { handle::borrow(list, "list") }?.rows.len())
    })
}

/// See `reweave.h`.
///
/// # Safety
/// As the header asks: a list that was not freed yet.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn reweave_models_at(
    list: *const ReweaveModelList,
    index: usize,
) -> *const ReweaveModelInfo {
    guard_value(ptr::null(), || {
        // SAFETY: the caller's promise.
        let list = unsafe { handle::borrow(list, "list") }?;
        Ok(list.rows.get(index).map_or(ptr::null(), ptr::from_ref))
    })
}

/// See `reweave.h`.
///
/// # Safety
/// NULL or a list that was not freed yet.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn reweave_models_free(list: *mut ReweaveModelList) {
    // SAFETY: the caller's promise.
    guard_value((), || unsafe { handle::take(list) });
}

/// See `reweave.h`.
///
/// # Safety
/// As the header asks: pointers are NULL or point to what their types say.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn reweave_model_open(
    name: *const c_char,
    device: *const c_char,
    model: *mut *mut ReweaveModel,
) -> ReweaveStatus {
    guard(|| {
        // SAFETY: the caller's promise, for each pointer.
        let (name, device, place) = unsafe {
            (
                text::optional(name, "name")?,
                text::optional(device, "device")?,
                handle::output(model, "model")?,
            )
        };
        // The table knows the defaults and which devices there are.
        let mut settings = Settings::new();
        if let Some(device) = device {
            settings.set("device", device)?;
        }
        if let Some(name) = name {
            name.clone_into(&mut settings.model);
        }
        let chosen = choose(&settings, zoo::find).map_err(AbiError::model)?;
        let model = chosen.open(settings.device)?;
        let runtime = to_c(runtime_text(&model));
        *place = handle::give(Open { model, runtime });
        Ok(())
    })
}

/// `ONNX Runtime 1.31.1 (CPU)`, and a line for each better one that did not answer.
fn runtime_text(model: &Model) -> String {
    let report = model.answered_by();
    [report.to_string()]
        .into_iter()
        .chain(report.why_not_better.iter().cloned())
        .collect::<Vec<_>>()
        .join("\n")
}

/// See `reweave.h`.
///
/// # Safety
/// As the header asks: a model that was not freed yet.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn reweave_model_runtime(model: *const ReweaveModel) -> *const c_char {
    guard_value(ptr::null(), || {
        // SAFETY: the caller's promise.
        Ok(unsafe { handle::borrow(model, "model") }?.runtime.as_ptr())
    })
}

/// See `reweave.h`.
///
/// # Safety
/// As the header asks: a model that was not freed yet.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn reweave_model_is_guided(model: *const ReweaveModel) -> u32 {
    guard_value(0, || {
        // SAFETY: the caller's promise.
        let open = unsafe { handle::borrow(model, "model") }?;
        Ok(u32::from(open.model.card().inputs.guide.is_some()))
    })
}

/// See `reweave.h`.
///
/// # Safety
/// NULL or a model that was not freed yet.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn reweave_model_free(model: *mut ReweaveModel) {
    // SAFETY: the caller's promise.
    guard_value((), || unsafe { handle::take(model) });
}
