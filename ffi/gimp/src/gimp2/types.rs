// Written by `cargo xtask bindings`; not to be edited.

pub type guint8 = ::std::os::raw::c_uchar;
pub type gint16 = ::std::os::raw::c_short;
pub type gint32 = ::std::os::raw::c_int;
pub type gchar = ::std::os::raw::c_char;
pub type gint = ::std::os::raw::c_int;
pub type gboolean = gint;
pub type gdouble = f64;
pub type gpointer = *mut ::std::os::raw::c_void;
#[repr(C)]
#[derive(Copy, Clone)]
pub struct _Babl {
    _unused: [u8; 0],
}
pub type Babl = _Babl;
#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct _GeglBuffer {
    _unused: [u8; 0],
}
pub type GeglBuffer = _GeglBuffer;
pub type GimpRGB = _GimpRGB;
#[repr(C)]
#[repr(align(8))]
#[derive(Debug, Copy, Clone)]
pub struct _GimpRGB {
    pub _bindgen_opaque_blob: [u64; 4usize],
}
pub const GIMP_ADD_MASK_WHITE: GimpAddMaskType = 0;
pub const GIMP_ADD_MASK_BLACK: GimpAddMaskType = 1;
pub const GIMP_ADD_MASK_ALPHA: GimpAddMaskType = 2;
pub const GIMP_ADD_MASK_ALPHA_TRANSFER: GimpAddMaskType = 3;
pub const GIMP_ADD_MASK_SELECTION: GimpAddMaskType = 4;
pub const GIMP_ADD_MASK_COPY: GimpAddMaskType = 5;
pub const GIMP_ADD_MASK_CHANNEL: GimpAddMaskType = 6;
pub const GIMP_ADD_WHITE_MASK: GimpAddMaskType = 0;
pub const GIMP_ADD_BLACK_MASK: GimpAddMaskType = 1;
pub const GIMP_ADD_ALPHA_MASK: GimpAddMaskType = 2;
pub const GIMP_ADD_ALPHA_TRANSFER_MASK: GimpAddMaskType = 3;
pub const GIMP_ADD_SELECTION_MASK: GimpAddMaskType = 4;
pub const GIMP_ADD_COPY_MASK: GimpAddMaskType = 5;
pub const GIMP_ADD_CHANNEL_MASK: GimpAddMaskType = 6;
pub type GimpAddMaskType = ::std::os::raw::c_uint;
pub const GIMP_RGB_IMAGE: GimpImageType = 0;
pub const GIMP_RGBA_IMAGE: GimpImageType = 1;
pub const GIMP_GRAY_IMAGE: GimpImageType = 2;
pub const GIMP_GRAYA_IMAGE: GimpImageType = 3;
pub const GIMP_INDEXED_IMAGE: GimpImageType = 4;
pub const GIMP_INDEXEDA_IMAGE: GimpImageType = 5;
pub type GimpImageType = ::std::os::raw::c_uint;
pub const GIMP_MASK_APPLY: GimpMaskApplyMode = 0;
pub const GIMP_MASK_DISCARD: GimpMaskApplyMode = 1;
pub type GimpMaskApplyMode = ::std::os::raw::c_uint;
pub const GIMP_PDB_INT32: GimpPDBArgType = 0;
pub const GIMP_PDB_INT16: GimpPDBArgType = 1;
pub const GIMP_PDB_INT8: GimpPDBArgType = 2;
pub const GIMP_PDB_FLOAT: GimpPDBArgType = 3;
pub const GIMP_PDB_STRING: GimpPDBArgType = 4;
pub const GIMP_PDB_INT32ARRAY: GimpPDBArgType = 5;
pub const GIMP_PDB_INT16ARRAY: GimpPDBArgType = 6;
pub const GIMP_PDB_INT8ARRAY: GimpPDBArgType = 7;
pub const GIMP_PDB_FLOATARRAY: GimpPDBArgType = 8;
pub const GIMP_PDB_STRINGARRAY: GimpPDBArgType = 9;
pub const GIMP_PDB_COLOR: GimpPDBArgType = 10;
pub const GIMP_PDB_ITEM: GimpPDBArgType = 11;
pub const GIMP_PDB_DISPLAY: GimpPDBArgType = 12;
pub const GIMP_PDB_IMAGE: GimpPDBArgType = 13;
pub const GIMP_PDB_LAYER: GimpPDBArgType = 14;
pub const GIMP_PDB_CHANNEL: GimpPDBArgType = 15;
pub const GIMP_PDB_DRAWABLE: GimpPDBArgType = 16;
pub const GIMP_PDB_SELECTION: GimpPDBArgType = 17;
pub const GIMP_PDB_COLORARRAY: GimpPDBArgType = 18;
pub const GIMP_PDB_VECTORS: GimpPDBArgType = 19;
pub const GIMP_PDB_PARASITE: GimpPDBArgType = 20;
pub const GIMP_PDB_STATUS: GimpPDBArgType = 21;
pub const GIMP_PDB_END: GimpPDBArgType = 22;
pub const GIMP_PDB_PATH: GimpPDBArgType = 19;
pub const GIMP_PDB_BOUNDARY: GimpPDBArgType = 18;
pub const GIMP_PDB_REGION: GimpPDBArgType = 11;
pub type GimpPDBArgType = ::std::os::raw::c_uint;
pub const GIMP_INTERNAL: GimpPDBProcType = 0;
pub const GIMP_PLUGIN: GimpPDBProcType = 1;
pub const GIMP_EXTENSION: GimpPDBProcType = 2;
pub const GIMP_TEMPORARY: GimpPDBProcType = 3;
pub type GimpPDBProcType = ::std::os::raw::c_uint;
pub const GIMP_PDB_EXECUTION_ERROR: GimpPDBStatusType = 0;
pub const GIMP_PDB_CALLING_ERROR: GimpPDBStatusType = 1;
pub const GIMP_PDB_PASS_THROUGH: GimpPDBStatusType = 2;
pub const GIMP_PDB_SUCCESS: GimpPDBStatusType = 3;
pub const GIMP_PDB_CANCEL: GimpPDBStatusType = 4;
pub type GimpPDBStatusType = ::std::os::raw::c_uint;
pub const GIMP_RUN_INTERACTIVE: GimpRunMode = 0;
pub const GIMP_RUN_NONINTERACTIVE: GimpRunMode = 1;
pub const GIMP_RUN_WITH_LAST_VALS: GimpRunMode = 2;
pub type GimpRunMode = ::std::os::raw::c_uint;
pub type GimpParasite = _GimpParasite;
#[repr(C)]
#[repr(align(8))]
#[derive(Debug, Copy, Clone)]
pub struct _GimpParasite {
    pub _bindgen_opaque_blob: [u64; 3usize],
}
pub const GIMP_LAYER_MODE_NORMAL_LEGACY: GimpLayerMode = 0;
pub const GIMP_LAYER_MODE_DISSOLVE: GimpLayerMode = 1;
pub const GIMP_LAYER_MODE_BEHIND_LEGACY: GimpLayerMode = 2;
pub const GIMP_LAYER_MODE_MULTIPLY_LEGACY: GimpLayerMode = 3;
pub const GIMP_LAYER_MODE_SCREEN_LEGACY: GimpLayerMode = 4;
pub const GIMP_LAYER_MODE_OVERLAY_LEGACY: GimpLayerMode = 5;
pub const GIMP_LAYER_MODE_DIFFERENCE_LEGACY: GimpLayerMode = 6;
pub const GIMP_LAYER_MODE_ADDITION_LEGACY: GimpLayerMode = 7;
pub const GIMP_LAYER_MODE_SUBTRACT_LEGACY: GimpLayerMode = 8;
pub const GIMP_LAYER_MODE_DARKEN_ONLY_LEGACY: GimpLayerMode = 9;
pub const GIMP_LAYER_MODE_LIGHTEN_ONLY_LEGACY: GimpLayerMode = 10;
pub const GIMP_LAYER_MODE_HSV_HUE_LEGACY: GimpLayerMode = 11;
pub const GIMP_LAYER_MODE_HSV_SATURATION_LEGACY: GimpLayerMode = 12;
pub const GIMP_LAYER_MODE_HSL_COLOR_LEGACY: GimpLayerMode = 13;
pub const GIMP_LAYER_MODE_HSV_VALUE_LEGACY: GimpLayerMode = 14;
pub const GIMP_LAYER_MODE_DIVIDE_LEGACY: GimpLayerMode = 15;
pub const GIMP_LAYER_MODE_DODGE_LEGACY: GimpLayerMode = 16;
pub const GIMP_LAYER_MODE_BURN_LEGACY: GimpLayerMode = 17;
pub const GIMP_LAYER_MODE_HARDLIGHT_LEGACY: GimpLayerMode = 18;
pub const GIMP_LAYER_MODE_SOFTLIGHT_LEGACY: GimpLayerMode = 19;
pub const GIMP_LAYER_MODE_GRAIN_EXTRACT_LEGACY: GimpLayerMode = 20;
pub const GIMP_LAYER_MODE_GRAIN_MERGE_LEGACY: GimpLayerMode = 21;
pub const GIMP_LAYER_MODE_COLOR_ERASE_LEGACY: GimpLayerMode = 22;
pub const GIMP_LAYER_MODE_OVERLAY: GimpLayerMode = 23;
pub const GIMP_LAYER_MODE_LCH_HUE: GimpLayerMode = 24;
pub const GIMP_LAYER_MODE_LCH_CHROMA: GimpLayerMode = 25;
pub const GIMP_LAYER_MODE_LCH_COLOR: GimpLayerMode = 26;
pub const GIMP_LAYER_MODE_LCH_LIGHTNESS: GimpLayerMode = 27;
pub const GIMP_LAYER_MODE_NORMAL: GimpLayerMode = 28;
pub const GIMP_LAYER_MODE_BEHIND: GimpLayerMode = 29;
pub const GIMP_LAYER_MODE_MULTIPLY: GimpLayerMode = 30;
pub const GIMP_LAYER_MODE_SCREEN: GimpLayerMode = 31;
pub const GIMP_LAYER_MODE_DIFFERENCE: GimpLayerMode = 32;
pub const GIMP_LAYER_MODE_ADDITION: GimpLayerMode = 33;
pub const GIMP_LAYER_MODE_SUBTRACT: GimpLayerMode = 34;
pub const GIMP_LAYER_MODE_DARKEN_ONLY: GimpLayerMode = 35;
pub const GIMP_LAYER_MODE_LIGHTEN_ONLY: GimpLayerMode = 36;
pub const GIMP_LAYER_MODE_HSV_HUE: GimpLayerMode = 37;
pub const GIMP_LAYER_MODE_HSV_SATURATION: GimpLayerMode = 38;
pub const GIMP_LAYER_MODE_HSL_COLOR: GimpLayerMode = 39;
pub const GIMP_LAYER_MODE_HSV_VALUE: GimpLayerMode = 40;
pub const GIMP_LAYER_MODE_DIVIDE: GimpLayerMode = 41;
pub const GIMP_LAYER_MODE_DODGE: GimpLayerMode = 42;
pub const GIMP_LAYER_MODE_BURN: GimpLayerMode = 43;
pub const GIMP_LAYER_MODE_HARDLIGHT: GimpLayerMode = 44;
pub const GIMP_LAYER_MODE_SOFTLIGHT: GimpLayerMode = 45;
pub const GIMP_LAYER_MODE_GRAIN_EXTRACT: GimpLayerMode = 46;
pub const GIMP_LAYER_MODE_GRAIN_MERGE: GimpLayerMode = 47;
pub const GIMP_LAYER_MODE_VIVID_LIGHT: GimpLayerMode = 48;
pub const GIMP_LAYER_MODE_PIN_LIGHT: GimpLayerMode = 49;
pub const GIMP_LAYER_MODE_LINEAR_LIGHT: GimpLayerMode = 50;
pub const GIMP_LAYER_MODE_HARD_MIX: GimpLayerMode = 51;
pub const GIMP_LAYER_MODE_EXCLUSION: GimpLayerMode = 52;
pub const GIMP_LAYER_MODE_LINEAR_BURN: GimpLayerMode = 53;
pub const GIMP_LAYER_MODE_LUMA_DARKEN_ONLY: GimpLayerMode = 54;
pub const GIMP_LAYER_MODE_LUMA_LIGHTEN_ONLY: GimpLayerMode = 55;
pub const GIMP_LAYER_MODE_LUMINANCE: GimpLayerMode = 56;
pub const GIMP_LAYER_MODE_COLOR_ERASE: GimpLayerMode = 57;
pub const GIMP_LAYER_MODE_ERASE: GimpLayerMode = 58;
pub const GIMP_LAYER_MODE_MERGE: GimpLayerMode = 59;
pub const GIMP_LAYER_MODE_SPLIT: GimpLayerMode = 60;
pub const GIMP_LAYER_MODE_PASS_THROUGH: GimpLayerMode = 61;
pub type GimpLayerMode = ::std::os::raw::c_uint;
pub type GimpPlugInInfo = _GimpPlugInInfo;
pub type GimpParamDef = _GimpParamDef;
pub type GimpParamRegion = _GimpParamRegion;
pub type GimpParamData = _GimpParamData;
pub type GimpParam = _GimpParam;
pub type GimpInitProc = ::std::option::Option<unsafe extern "C" fn()>;
pub type GimpQuitProc = ::std::option::Option<unsafe extern "C" fn()>;
pub type GimpQueryProc = ::std::option::Option<unsafe extern "C" fn()>;
pub type GimpRunProc = ::std::option::Option<
    unsafe extern "C" fn(
        name: *const gchar,
        n_params: gint,
        param: *const GimpParam,
        n_return_vals: *mut gint,
        return_vals: *mut *mut GimpParam,
    ),
>;
#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct _GimpPlugInInfo {
    pub init_proc: GimpInitProc,
    pub quit_proc: GimpQuitProc,
    pub query_proc: GimpQueryProc,
    pub run_proc: GimpRunProc,
}
#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct _GimpParamDef {
    pub type_: GimpPDBArgType,
    pub name: *mut gchar,
    pub description: *mut gchar,
}
#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct _GimpParamRegion {
    pub x: gint32,
    pub y: gint32,
    pub width: gint32,
    pub height: gint32,
}
#[repr(C)]
#[derive(Copy, Clone)]
pub union _GimpParamData {
    pub d_int32: gint32,
    pub d_int16: gint16,
    pub d_int8: guint8,
    pub d_float: gdouble,
    pub d_string: *mut gchar,
    pub d_int32array: *mut gint32,
    pub d_int16array: *mut gint16,
    pub d_int8array: *mut guint8,
    pub d_floatarray: *mut gdouble,
    pub d_stringarray: *mut *mut gchar,
    pub d_colorarray: *mut GimpRGB,
    pub d_color: GimpRGB,
    pub d_region: GimpParamRegion,
    pub d_display: gint32,
    pub d_image: gint32,
    pub d_item: gint32,
    pub d_layer: gint32,
    pub d_layer_mask: gint32,
    pub d_channel: gint32,
    pub d_drawable: gint32,
    pub d_selection: gint32,
    pub d_boundary: gint32,
    pub d_path: gint32,
    pub d_vectors: gint32,
    pub d_unit: gint32,
    pub d_parasite: GimpParasite,
    pub d_tattoo: gint32,
    pub d_status: GimpPDBStatusType,
}
#[repr(C)]
#[derive(Copy, Clone)]
pub struct _GimpParam {
    pub type_: GimpPDBArgType,
    pub data: GimpParamData,
}
