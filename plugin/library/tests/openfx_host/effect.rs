//! Descriptions and instances of effects, and the actions that they are sent.

use super::frame::Frame;
use super::properties::{PropertySet, Value};
use super::{Plugin, Quirks, send, world};
use reweave_openfx_sys::{self as ofx, names::*};
use std::collections::BTreeMap;
use std::ffi::{CStr, CString, c_void};
use std::ptr;
use std::sync::{Arc, Mutex};

/// An input or output.
#[derive(Default)]
pub struct Clip {
    pub properties: PropertySet,
    /// The frames of an instance, by time.
    frames: Mutex<BTreeMap<i64, Box<Frame>>>,
    scale: Mutex<f64>,
}

impl Clip {
    pub fn put(&self, time: i64, frame: Frame, scale: f64) {
        let frame = if world().quirks.mlt_negative_strides {
            frame.stored_as(frame.layout.top_first())
        } else {
            frame
        };
        self.frames.lock().unwrap().insert(time, Box::new(frame));
        *self.scale.lock().unwrap() = scale;
    }

    pub fn take(&self, time: i64) -> Frame {
        *self.frames.lock().unwrap().remove(&time).unwrap()
    }

    /// A frame as the plug-in sees it; it stays where it is until the render is over.
    pub fn image(&self, time: f64, quirks: &Quirks) -> Option<PropertySet> {
        let scale = *self.scale.lock().unwrap();
        let scale = if quirks.fusion_scale_mismatch {
            scale.recip()
        } else {
            scale
        };
        match self.frames.lock().unwrap().get_mut(&(time as i64)) {
            Some(frame) => Some(frame.properties(scale)),
            // Some hosts give an image all the same, without pixels.
            None if quirks.resolve_unwired_mask_connected => Some(
                PropertySet::new()
                    .with(kOfxImagePropData, [Value::Pointer(0)])
                    .with(kOfxImagePropBounds, [0, 0, 0, 0].map(Value::Int)),
            ),
            None => None,
        }
    }

    pub fn region(&self) -> Option<ofx::OfxRectD> {
        let frames = self.frames.lock().unwrap();
        let bounds = frames.values().next()?.layout.bounds;
        let scale = *self.scale.lock().unwrap();
        let full = |value: i32| f64::from(value) / scale;
        Some(ofx::OfxRectD {
            x1: full(bounds.x1),
            y1: full(bounds.y1),
            x2: full(bounds.x2),
            y2: full(bounds.y2),
        })
    }
}

/// A parameter.
pub struct Param {
    pub kind: CString,
    pub properties: PropertySet,
    pub value: Mutex<Value>,
}

/// A description or an instance. Clips and parameters never move: the plug-in has pointers to them.
#[derive(Default)]
pub struct Effect {
    pub properties: PropertySet,
    clips: Mutex<Vec<(CString, Box<Clip>)>>,
    params: Mutex<Vec<(CString, Box<Param>)>>,
}

/// Lets a boxed value be looked at as long as its owner is there.
///
/// # Safety
/// The box is neither dropped nor replaced while the owner lives.
unsafe fn pinned<'a, T>(value: &T) -> &'a T {
    // SAFETY: the caller's promise.
    unsafe { &*ptr::from_ref(value) }
}

impl Effect {
    pub fn define_clip(&self, name: &CStr) -> &Clip {
        let clip = Box::<Clip>::default();
        // SAFETY: clips are only ever added.
        let place = unsafe { pinned(&*clip) };
        self.clips.lock().unwrap().push((name.to_owned(), clip));
        place
    }

    pub fn clip(&self, name: &CStr) -> Option<&Clip> {
        let clips = self.clips.lock().unwrap();
        // SAFETY: clips are only ever added.
        clips
            .iter()
            .find(|(own, _)| own.as_c_str() == name)
            .map(|(_, clip)| unsafe { pinned(&**clip) })
    }

    pub fn clip_names(&self) -> Vec<CString> {
        self.clips
            .lock()
            .unwrap()
            .iter()
            .map(|(name, _)| name.clone())
            .collect()
    }

    pub fn define_param(&self, kind: &CStr, name: &CStr) -> &Param {
        let param = Param {
            kind: kind.to_owned(),
            properties: PropertySet::new(),
            value: Mutex::new(Value::Int(0)),
        };
        let param = Box::new(param);
        // SAFETY: parameters are only ever added.
        let place = unsafe { pinned(&*param) };
        self.params.lock().unwrap().push((name.to_owned(), param));
        place
    }

    pub fn param(&self, name: &CStr) -> Option<&Param> {
        let params = self.params.lock().unwrap();
        // SAFETY: parameters are only ever added.
        params
            .iter()
            .find(|(own, _)| own.as_c_str() == name)
            .map(|(_, param)| unsafe { pinned(&**param) })
    }

    pub fn param_names(&self) -> Vec<CString> {
        self.params
            .lock()
            .unwrap()
            .iter()
            .map(|(name, _)| name.clone())
            .collect()
    }

    pub fn handle(&self) -> *const c_void {
        ptr::from_ref(self).cast()
    }

    /// Lets the plug-in describe itself.
    pub fn describe(plugin: Plugin, context: &CStr) -> Arc<Self> {
        let descriptor = Arc::new(Self::default());
        assert_eq!(
            send(plugin, kOfxActionDescribe, descriptor.handle(), None, None),
            ofx::kOfxStatOK
        );
        let input = PropertySet::new().with(kOfxImageEffectPropContext, [Value::name(context)]);
        let status = send(
            plugin,
            kOfxImageEffectActionDescribeInContext,
            descriptor.handle(),
            Some(&input),
            None,
        );
        assert_eq!(status, ofx::kOfxStatOK);
        descriptor
    }
}

/// An instance of an effect, which is destroyed when dropped.
pub struct Instance {
    pub effect: Effect,
    plugin: Plugin,
}

impl Instance {
    /// Makes an instance as the description says, all parameters at their defaults.
    pub fn new(plugin: Plugin, descriptor: &Effect) -> Self {
        let effect = Effect::default();
        for name in descriptor.clip_names() {
            effect.define_clip(&name);
        }
        for name in descriptor.param_names() {
            let param = descriptor.param(&name).unwrap();
            if let Some(default) = param.properties.get(kOfxParamPropDefault, 0) {
                *effect
                    .define_param(&param.kind, &name)
                    .value
                    .lock()
                    .unwrap() = default;
            }
        }
        let instance = Self { effect, plugin };
        assert_eq!(
            instance.send(kOfxActionCreateInstance, None, None),
            ofx::kOfxStatOK
        );
        instance
    }

    pub fn send(
        &self,
        action: &CStr,
        input: Option<&PropertySet>,
        output: Option<&PropertySet>,
    ) -> ofx::OfxStatus {
        send(self.plugin, action, self.effect.handle(), input, output)
    }

    pub fn set(&self, name: &CStr, value: Value) -> &Self {
        *self
            .effect
            .param(name)
            .unwrap_or_else(|| panic!("no parameter {name:?}"))
            .value
            .lock()
            .unwrap() = value;
        self
    }

    pub fn put(&self, clip: &CStr, time: i64, frame: &Frame) -> &Self {
        self.put_scaled(clip, time, frame, 1.0)
    }

    pub fn put_scaled(&self, clip: &CStr, time: i64, frame: &Frame, scale: f64) -> &Self {
        self.effect
            .clip(clip)
            .unwrap()
            .put(time, frame.clone(), scale);
        self
    }

    fn arguments(time: f64, scale: f64) -> PropertySet {
        let told = if world().quirks.vegas_scale_mismatch {
            1.0
        } else {
            scale
        };
        PropertySet::new()
            .with(kOfxPropTime, [Value::Double(time)])
            .with(
                kOfxImageEffectPropRenderScale,
                [told, told].map(Value::Double),
            )
            .with(
                kOfxImageEffectPropFieldToRender,
                [Value::name(kOfxImageFieldNone)],
            )
    }

    /// Asks what a time is like, with an action such as IsIdentity.
    pub fn ask(&self, action: &CStr, time: f64) -> (ofx::OfxStatus, PropertySet) {
        let answer = PropertySet::new();
        let status = self.send(action, Some(&Self::arguments(time, 1.0)), Some(&answer));
        (status, answer)
    }

    /// Renders a window of a frame into `output`.
    pub fn render_window(
        &self,
        time: i64,
        output: Frame,
        scale: f64,
        window: ofx::OfxRectI,
    ) -> Result<Frame, ofx::OfxStatus> {
        let clip = self.effect.clip(kOfxImageEffectOutputClipName).unwrap();
        clip.put(time, output, scale);
        let input = Self::arguments(time as f64, scale).with(
            kOfxImageEffectPropRenderWindow,
            [window.x1, window.y1, window.x2, window.y2].map(Value::Int),
        );
        let status = self.send(kOfxImageEffectActionRender, Some(&input), None);
        let frame = clip.take(time);
        if status == ofx::kOfxStatOK {
            Ok(frame)
        } else {
            Err(status)
        }
    }

    /// Renders a whole frame.
    pub fn render(&self, time: i64, output: Frame) -> Result<Frame, ofx::OfxStatus> {
        let window = output.layout.bounds;
        self.render_window(time, output, 1.0, window)
    }
}

impl Drop for Instance {
    fn drop(&mut self) {
        assert_eq!(
            self.send(kOfxActionDestroyInstance, None, None),
            ofx::kOfxStatOK
        );
    }
}
