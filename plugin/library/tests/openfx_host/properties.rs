//! Property sets, and the suite that reads and writes them.

use super::{mistake, world};
use reweave_openfx_sys as ofx;
use std::collections::HashMap;
use std::ffi::{CStr, CString, c_char, c_int, c_void};
use std::sync::Mutex;

/// A value of a property.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    Int(i32),
    Double(f64),
    Text(CString),
    Pointer(usize),
}

impl Value {
    pub fn text(text: &str) -> Self {
        Self::Text(CString::new(text).unwrap())
    }

    pub fn name(name: &CStr) -> Self {
        Self::Text(name.to_owned())
    }
}

/// A dictionary from names to values.
#[derive(Debug, Default)]
pub struct PropertySet {
    values: Mutex<HashMap<CString, Vec<Value>>>,
}

impl PropertySet {
    pub fn new() -> Self {
        Self::default()
    }

    pub fn set(&self, name: &CStr, index: usize, value: Value) {
        let mut values = self.values.lock().unwrap();
        let list = values.entry(name.to_owned()).or_default();
        if index >= list.len() {
            list.resize(index + 1, value.clone());
        }
        list[index] = value;
    }

    pub fn with(self, name: &CStr, values: impl IntoIterator<Item = Value>) -> Self {
        values
            .into_iter()
            .enumerate()
            .for_each(|(index, value)| self.set(name, index, value));
        self
    }

    pub fn get(&self, name: &CStr, index: usize) -> Option<Value> {
        self.values.lock().unwrap().get(name)?.get(index).cloned()
    }

    pub fn all(&self, name: &CStr) -> Vec<Value> {
        self.values
            .lock()
            .unwrap()
            .get(name)
            .cloned()
            .unwrap_or_default()
    }

    pub fn text(&self, name: &CStr) -> Option<String> {
        match self.get(name, 0)? {
            Value::Text(text) => Some(text.to_str().unwrap().to_owned()),
            _ => None,
        }
    }

    pub fn int(&self, name: &CStr) -> Option<i32> {
        match self.get(name, 0)? {
            Value::Int(value) => Some(value),
            _ => None,
        }
    }

    pub fn double(&self, name: &CStr, index: usize) -> Option<f64> {
        match self.get(name, index)? {
            Value::Double(value) => Some(value),
            _ => None,
        }
    }
}

/// The set and the name that the plug-in means.
unsafe fn place<'a>(set: *mut c_void, name: *const c_char) -> Option<(&'a PropertySet, &'a CStr)> {
    if set.is_null() || name.is_null() {
        mistake("a null property set or name");
        return None;
    }
    // SAFETY: all property sets of this host are of this type, and live while the plug-in may use them.
    let (set, name) = unsafe { (&*set.cast::<PropertySet>(), CStr::from_ptr(name)) };
    (!world().quirks.unknown_properties.contains(&name)).then_some((set, name))
}

unsafe fn write(
    set: *mut c_void,
    name: *const c_char,
    index: c_int,
    value: Value,
) -> ofx::OfxStatus {
    // SAFETY: passed on.
    let Some((set, name)) = (unsafe { place(set, name) }) else {
        return ofx::kOfxStatErrUnknown;
    };
    match usize::try_from(index) {
        Ok(index) if index <= set.all(name).len() => {
            set.set(name, index, value);
            ofx::kOfxStatOK
        }
        _ => {
            mistake(format!("{name:?} written at {index}"));
            ofx::kOfxStatErrBadIndex
        }
    }
}

unsafe fn read<T>(
    set: *mut c_void,
    name: *const c_char,
    index: c_int,
    out: *mut T,
    get: impl Fn(&Value) -> Option<T>,
) -> ofx::OfxStatus {
    // SAFETY: passed on.
    let Some((set, name)) = (unsafe { place(set, name) }) else {
        return ofx::kOfxStatErrUnknown;
    };
    let values = set.values.lock().unwrap();
    let Some(list) = values.get(name) else {
        return ofx::kOfxStatErrUnknown;
    };
    let Some(value) = usize::try_from(index)
        .ok()
        .and_then(|index| list.get(index))
    else {
        return ofx::kOfxStatErrBadIndex;
    };
    let Some(value) = get(value) else {
        return ofx::kOfxStatErrValue;
    };
    // SAFETY: the plug-in gave a place for the answer.
    unsafe { out.write(value) };
    ofx::kOfxStatOK
}

unsafe extern "C" fn set_pointer(
    set: *mut c_void,
    name: *const c_char,
    index: c_int,
    value: *mut c_void,
) -> c_int {
    // SAFETY: passed on.
    unsafe { write(set, name, index, Value::Pointer(value as usize)) }
}

unsafe extern "C" fn set_string(
    set: *mut c_void,
    name: *const c_char,
    index: c_int,
    value: *const c_char,
) -> c_int {
    // SAFETY: the plug-in gave a text.
    unsafe {
        write(
            set,
            name,
            index,
            Value::Text(CStr::from_ptr(value).to_owned()),
        )
    }
}

unsafe extern "C" fn set_double(
    set: *mut c_void,
    name: *const c_char,
    index: c_int,
    value: f64,
) -> c_int {
    // SAFETY: passed on.
    unsafe { write(set, name, index, Value::Double(value)) }
}

unsafe extern "C" fn set_int(
    set: *mut c_void,
    name: *const c_char,
    index: c_int,
    value: c_int,
) -> c_int {
    // SAFETY: passed on.
    unsafe { write(set, name, index, Value::Int(value)) }
}

unsafe extern "C" fn get_pointer(
    set: *mut c_void,
    name: *const c_char,
    index: c_int,
    out: *mut *mut c_void,
) -> c_int {
    let get = |value: &Value| {
        if let Value::Pointer(value) = value {
            Some(*value as *mut c_void)
        } else {
            None
        }
    };
    // SAFETY: passed on.
    unsafe { read(set, name, index, out, get) }
}

unsafe extern "C" fn get_string(
    set: *mut c_void,
    name: *const c_char,
    index: c_int,
    out: *mut *mut c_char,
) -> c_int {
    let get = |value: &Value| {
        if let Value::Text(value) = value {
            Some(value.as_ptr().cast_mut())
        } else {
            None
        }
    };
    // SAFETY: passed on.
    unsafe { read(set, name, index, out, get) }
}

unsafe extern "C" fn get_double(
    set: *mut c_void,
    name: *const c_char,
    index: c_int,
    out: *mut f64,
) -> c_int {
    let get = |value: &Value| {
        if let Value::Double(value) = value {
            Some(*value)
        } else {
            None
        }
    };
    // SAFETY: passed on.
    unsafe { read(set, name, index, out, get) }
}

unsafe extern "C" fn get_int(
    set: *mut c_void,
    name: *const c_char,
    index: c_int,
    out: *mut c_int,
) -> c_int {
    let get = |value: &Value| {
        if let Value::Int(value) = value {
            Some(*value)
        } else {
            None
        }
    };
    // SAFETY: passed on.
    unsafe { read(set, name, index, out, get) }
}

unsafe extern "C" fn dimension(set: *mut c_void, name: *const c_char, out: *mut c_int) -> c_int {
    // SAFETY: passed on; the plug-in gave a place for the answer.
    unsafe {
        let Some((set, name)) = place(set, name) else {
            return ofx::kOfxStatErrUnknown;
        };
        out.write(set.all(name).len() as c_int);
    }
    ofx::kOfxStatOK
}

/// Functions that this plug-in has no need of are null, as in hosts that forgot them.
pub static SUITE: ofx::OfxPropertySuiteV1 = ofx::OfxPropertySuiteV1 {
    propSetPointer: Some(set_pointer),
    propSetString: Some(set_string),
    propSetDouble: Some(set_double),
    propSetInt: Some(set_int),
    propSetPointerN: None,
    propSetStringN: None,
    propSetDoubleN: None,
    propSetIntN: None,
    propGetPointer: Some(get_pointer),
    propGetString: Some(get_string),
    propGetDouble: Some(get_double),
    propGetInt: Some(get_int),
    propGetPointerN: None,
    propGetStringN: None,
    propGetDoubleN: None,
    propGetIntN: None,
    propReset: None,
    propGetDimension: Some(dimension),
};
