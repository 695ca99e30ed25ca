//! The type of every function of `reweave.h`, named after it: `reweave_fill` is a [`Fill`].

#![allow(missing_docs)]

use crate::types::*;
use std::ffi::{c_char, c_void};

pub type AbiVersion = unsafe extern "C" fn() -> u32;
pub type Version = unsafe extern "C" fn() -> *const c_char;
pub type LastError = unsafe extern "C" fn() -> *const c_char;

pub type HoleFromMask =
    unsafe extern "C" fn(*const ReweavePixels, *mut *mut ReweaveHole) -> ReweaveStatus;
pub type HoleFromAlpha =
    unsafe extern "C" fn(*const ReweavePixels, *mut *mut ReweaveHole) -> ReweaveStatus;
pub type HoleFromColour = unsafe extern "C" fn(
    *const ReweavePixels,
    *const f32,
    f32,
    *mut *mut ReweaveHole,
) -> ReweaveStatus;
pub type HoleBounds = unsafe extern "C" fn(*const ReweaveHole, *mut ReweaveRect) -> ReweaveStatus;
pub type HoleFree = unsafe extern "C" fn(*mut ReweaveHole);

pub type SketchFromDrawing =
    unsafe extern "C" fn(*const ReweavePixels, *mut *mut ReweaveSketch) -> ReweaveStatus;
pub type SketchFree = unsafe extern "C" fn(*mut ReweaveSketch);

pub type SettingCount = unsafe extern "C" fn() -> usize;
pub type SettingAt = unsafe extern "C" fn(usize) -> *const ReweaveSetting;
pub type SettingsNew = unsafe extern "C" fn(*mut *mut ReweaveSettings) -> ReweaveStatus;
pub type SettingsSet =
    unsafe extern "C" fn(*mut ReweaveSettings, *const c_char, *const c_char) -> ReweaveStatus;
pub type SettingsGet = unsafe extern "C" fn(*mut ReweaveSettings, *const c_char) -> *const c_char;
pub type SettingsFree = unsafe extern "C" fn(*mut ReweaveSettings);
pub type HoleCoverage = unsafe extern "C" fn(
    *const ReweaveHole,
    *const ReweaveSettings,
    *const ReweavePixels,
) -> ReweaveStatus;
pub type HoleReach = unsafe extern "C" fn(*const ReweaveSettings, *mut usize) -> ReweaveStatus;

pub type ModelsList =
    unsafe extern "C" fn(*const c_char, *mut *mut ReweaveModelList) -> ReweaveStatus;
pub type ModelsCount = unsafe extern "C" fn(*const ReweaveModelList) -> usize;
pub type ModelsAt = unsafe extern "C" fn(*const ReweaveModelList, usize) -> *const ReweaveModelInfo;
pub type ModelsFree = unsafe extern "C" fn(*mut ReweaveModelList);
pub type ModelOpen =
    unsafe extern "C" fn(*const c_char, *const c_char, *mut *mut ReweaveModel) -> ReweaveStatus;
pub type ModelRuntime = unsafe extern "C" fn(*const ReweaveModel) -> *const c_char;
pub type ModelIsGuided = unsafe extern "C" fn(*const ReweaveModel) -> u32;
pub type ModelFree = unsafe extern "C" fn(*mut ReweaveModel);

pub type FillNeeds = unsafe extern "C" fn(
    *const ReweaveRect,
    usize,
    usize,
    *const ReweaveModel,
    *const ReweaveSettings,
    *mut ReweaveRect,
) -> ReweaveStatus;
pub type Fill = unsafe extern "C" fn(
    *const ReweavePixels,
    *const ReweaveHole,
    *const ReweaveModel,
    *const ReweaveSettings,
    ReweaveProgress,
    *mut c_void,
    *mut ReweaveReport,
) -> ReweaveStatus;
pub type FillGuided = unsafe extern "C" fn(
    *const ReweavePixels,
    *const ReweaveHole,
    *const ReweaveSketch,
    *const ReweaveModel,
    *const ReweaveSettings,
    ReweaveProgress,
    *mut c_void,
    *mut ReweaveReport,
) -> ReweaveStatus;

pub type Worker = unsafe extern "C" fn() -> i32;
