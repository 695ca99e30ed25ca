// Written by `cargo xtask bindings`; not to be edited.

pub type guint16 = ::std::os::raw::c_ushort;
pub type guint32 = ::std::os::raw::c_uint;
pub type gint64 = i64;
pub type guint64 = u64;
pub type gsize = usize;
pub type gchar = ::std::os::raw::c_char;
pub type glong = ::std::os::raw::c_long;
pub type gint = ::std::os::raw::c_int;
pub type gboolean = gint;
pub type guchar = ::std::os::raw::c_uchar;
pub type gulong = ::std::os::raw::c_ulong;
pub type guint = ::std::os::raw::c_uint;
pub type gfloat = f32;
pub type gdouble = f64;
pub type gpointer = *mut ::std::os::raw::c_void;
pub type gconstpointer = *const ::std::os::raw::c_void;
pub type GDestroyNotify = ::std::option::Option<unsafe extern "C" fn(data: gpointer)>;
pub type GQuark = guint32;
pub type GError = _GError;
#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct _GError {
    pub domain: GQuark,
    pub code: gint,
    pub message: *mut gchar,
}
#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct _GData {
    _unused: [u8; 0],
}
pub type GData = _GData;
pub type GList = _GList;
#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct _GList {
    pub data: gpointer,
    pub next: *mut GList,
    pub prev: *mut GList,
}
#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct _GMainContext {
    _unused: [u8; 0],
}
pub type GMainContext = _GMainContext;
pub type GSourceFunc = ::std::option::Option<unsafe extern "C" fn(user_data: gpointer) -> gboolean>;
pub type GType = gsize;
pub type GValue = _GValue;
pub type GTypeClass = _GTypeClass;
pub type GTypeInstance = _GTypeInstance;
pub type GTypeInfo = _GTypeInfo;
pub type GTypeValueTable = _GTypeValueTable;
pub type GTypeQuery = _GTypeQuery;
#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct _GTypeClass {
    pub g_type: GType,
}
#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct _GTypeInstance {
    pub g_class: *mut GTypeClass,
}
#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct _GTypeQuery {
    pub type_: GType,
    pub type_name: *const gchar,
    pub class_size: guint,
    pub instance_size: guint,
}
pub type GBaseInitFunc = ::std::option::Option<unsafe extern "C" fn(g_class: gpointer)>;
pub type GBaseFinalizeFunc = ::std::option::Option<unsafe extern "C" fn(g_class: gpointer)>;
pub type GClassInitFunc =
    ::std::option::Option<unsafe extern "C" fn(g_class: gpointer, class_data: gpointer)>;
pub type GClassFinalizeFunc =
    ::std::option::Option<unsafe extern "C" fn(g_class: gpointer, class_data: gpointer)>;
pub type GInstanceInitFunc =
    ::std::option::Option<unsafe extern "C" fn(instance: *mut GTypeInstance, g_class: gpointer)>;
pub const G_TYPE_FLAG_NONE: GTypeFlags = 0;
pub const G_TYPE_FLAG_ABSTRACT: GTypeFlags = 16;
pub const G_TYPE_FLAG_VALUE_ABSTRACT: GTypeFlags = 32;
pub const G_TYPE_FLAG_FINAL: GTypeFlags = 64;
pub const G_TYPE_FLAG_DEPRECATED: GTypeFlags = 128;
pub type GTypeFlags = ::std::os::raw::c_uint;
#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct _GTypeInfo {
    pub class_size: guint16,
    pub base_init: GBaseInitFunc,
    pub base_finalize: GBaseFinalizeFunc,
    pub class_init: GClassInitFunc,
    pub class_finalize: GClassFinalizeFunc,
    pub class_data: gconstpointer,
    pub instance_size: guint16,
    pub n_preallocs: guint16,
    pub instance_init: GInstanceInitFunc,
    pub value_table: *const GTypeValueTable,
}
#[repr(C)]
#[repr(align(8))]
#[derive(Debug, Copy, Clone)]
pub struct _GTypeValueTable {
    pub _bindgen_opaque_blob: [u64; 8usize],
}
#[repr(C)]
#[derive(Copy, Clone)]
pub struct _GValue {
    pub g_type: GType,
    pub data: [_GValue__bindgen_ty_1; 2usize],
}
#[repr(C)]
#[derive(Copy, Clone)]
pub union _GValue__bindgen_ty_1 {
    pub v_int: gint,
    pub v_uint: guint,
    pub v_long: glong,
    pub v_ulong: gulong,
    pub v_int64: gint64,
    pub v_uint64: guint64,
    pub v_float: gfloat,
    pub v_double: gdouble,
    pub v_pointer: gpointer,
}
pub const G_PARAM_READABLE: GParamFlags = 1;
pub const G_PARAM_WRITABLE: GParamFlags = 2;
pub const G_PARAM_READWRITE: GParamFlags = 3;
pub const G_PARAM_CONSTRUCT: GParamFlags = 4;
pub const G_PARAM_CONSTRUCT_ONLY: GParamFlags = 8;
pub const G_PARAM_LAX_VALIDATION: GParamFlags = 16;
pub const G_PARAM_STATIC_NAME: GParamFlags = 32;
pub const G_PARAM_PRIVATE: GParamFlags = 32;
pub const G_PARAM_STATIC_NICK: GParamFlags = 64;
pub const G_PARAM_STATIC_BLURB: GParamFlags = 128;
pub const G_PARAM_EXPLICIT_NOTIFY: GParamFlags = 1073741824;
pub const G_PARAM_DEPRECATED: GParamFlags = -2147483648;
pub type GParamFlags = ::std::os::raw::c_int;
pub type GClosure = _GClosure;
pub type GCallback = ::std::option::Option<unsafe extern "C" fn()>;
pub type GClosureNotify =
    ::std::option::Option<unsafe extern "C" fn(data: gpointer, closure: *mut GClosure)>;
#[repr(C)]
#[repr(align(8))]
#[derive(Debug, Copy, Clone)]
pub struct _GClosure {
    pub _bindgen_opaque_blob: [u64; 4usize],
}
pub const G_CONNECT_DEFAULT: GConnectFlags = 0;
pub const G_CONNECT_AFTER: GConnectFlags = 1;
pub const G_CONNECT_SWAPPED: GConnectFlags = 2;
pub type GConnectFlags = ::std::os::raw::c_uint;
pub const G_SIGNAL_MATCH_ID: GSignalMatchType = 1;
pub const G_SIGNAL_MATCH_DETAIL: GSignalMatchType = 2;
pub const G_SIGNAL_MATCH_CLOSURE: GSignalMatchType = 4;
pub const G_SIGNAL_MATCH_FUNC: GSignalMatchType = 8;
pub const G_SIGNAL_MATCH_DATA: GSignalMatchType = 16;
pub const G_SIGNAL_MATCH_UNBLOCKED: GSignalMatchType = 32;
pub type GSignalMatchType = ::std::os::raw::c_uint;
pub type GObject = _GObject;
pub type GObjectClass = _GObjectClass;
#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct _GObject {
    pub g_type_instance: GTypeInstance,
    pub ref_count: guint,
    pub qdata: *mut GData,
}
#[repr(C)]
#[repr(align(8))]
#[derive(Debug, Copy, Clone)]
pub struct _GObjectClass {
    pub _bindgen_opaque_blob: [u64; 17usize],
}
#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct _GBinding {
    _unused: [u8; 0],
}
pub type GBinding = _GBinding;
pub const G_BINDING_DEFAULT: GBindingFlags = 0;
pub const G_BINDING_BIDIRECTIONAL: GBindingFlags = 1;
pub const G_BINDING_SYNC_CREATE: GBindingFlags = 2;
pub const G_BINDING_INVERT_BOOLEAN: GBindingFlags = 4;
pub type GBindingFlags = ::std::os::raw::c_uint;
#[repr(C)]
#[derive(Copy, Clone)]
pub struct _Babl {
    _unused: [u8; 0],
}
pub type Babl = _Babl;
pub const BABL_MODEL_FLAG_ALPHA: BablModelFlag = 2;
pub const BABL_MODEL_FLAG_ASSOCIATED: BablModelFlag = 4;
pub const BABL_MODEL_FLAG_INVERTED: BablModelFlag = 8;
pub const BABL_MODEL_FLAG_LINEAR: BablModelFlag = 1024;
pub const BABL_MODEL_FLAG_NONLINEAR: BablModelFlag = 2048;
pub const BABL_MODEL_FLAG_PERCEPTUAL: BablModelFlag = 4096;
pub const BABL_MODEL_FLAG_GRAY: BablModelFlag = 1048576;
pub const BABL_MODEL_FLAG_RGB: BablModelFlag = 2097152;
pub const BABL_MODEL_FLAG_CIE: BablModelFlag = 8388608;
pub const BABL_MODEL_FLAG_CMYK: BablModelFlag = 16777216;
pub type BablModelFlag = ::std::os::raw::c_uint;
pub const GEGL_ABYSS_NONE: GeglAbyssPolicy = 0;
pub const GEGL_ABYSS_CLAMP: GeglAbyssPolicy = 1;
pub const GEGL_ABYSS_LOOP: GeglAbyssPolicy = 2;
pub const GEGL_ABYSS_BLACK: GeglAbyssPolicy = 3;
pub const GEGL_ABYSS_WHITE: GeglAbyssPolicy = 4;
pub const GEGL_BUFFER_FILTER_AUTO: GeglAbyssPolicy = 0;
pub const GEGL_BUFFER_FILTER_BILINEAR: GeglAbyssPolicy = 16;
pub const GEGL_BUFFER_FILTER_NEAREST: GeglAbyssPolicy = 32;
pub const GEGL_BUFFER_FILTER_BOX: GeglAbyssPolicy = 48;
pub const GEGL_BUFFER_FILTER_ALL: GeglAbyssPolicy = 48;
pub type GeglAbyssPolicy = ::std::os::raw::c_uint;
#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct _GeglBuffer {
    _unused: [u8; 0],
}
pub type GeglBuffer = _GeglBuffer;
pub type GeglRectangle = _GeglRectangle;
#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct _GeglRectangle {
    pub x: gint,
    pub y: gint,
    pub width: gint,
    pub height: gint,
}
pub const GDK_COLORSPACE_RGB: GdkColorspace = 0;
pub type GdkColorspace = ::std::os::raw::c_uint;
#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct _GdkPixbuf {
    _unused: [u8; 0],
}
pub type GdkPixbuf = _GdkPixbuf;
pub type GdkPixbufDestroyNotify =
    ::std::option::Option<unsafe extern "C" fn(pixels: *mut guchar, data: gpointer)>;
pub const GDK_INTERP_NEAREST: GdkInterpType = 0;
pub const GDK_INTERP_TILES: GdkInterpType = 1;
pub const GDK_INTERP_BILINEAR: GdkInterpType = 2;
pub const GDK_INTERP_HYPER: GdkInterpType = 3;
pub type GdkInterpType = ::std::os::raw::c_uint;
pub const GIMP_ADD_MASK_WHITE: GimpAddMaskType = 0;
pub const GIMP_ADD_MASK_BLACK: GimpAddMaskType = 1;
pub const GIMP_ADD_MASK_ALPHA: GimpAddMaskType = 2;
pub const GIMP_ADD_MASK_ALPHA_TRANSFER: GimpAddMaskType = 3;
pub const GIMP_ADD_MASK_SELECTION: GimpAddMaskType = 4;
pub const GIMP_ADD_MASK_COPY: GimpAddMaskType = 5;
pub const GIMP_ADD_MASK_CHANNEL: GimpAddMaskType = 6;
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
pub const GIMP_PDB_PROC_TYPE_INTERNAL: GimpPDBProcType = 0;
pub const GIMP_PDB_PROC_TYPE_PLUGIN: GimpPDBProcType = 1;
pub const GIMP_PDB_PROC_TYPE_PERSISTENT: GimpPDBProcType = 2;
pub const GIMP_PDB_PROC_TYPE_TEMPORARY: GimpPDBProcType = 3;
pub type GimpPDBProcType = ::std::os::raw::c_uint;
pub const GIMP_PDB_EXECUTION_ERROR: GimpPDBStatusType = 0;
pub const GIMP_PDB_CALLING_ERROR: GimpPDBStatusType = 1;
pub const GIMP_PDB_PASS_THROUGH: GimpPDBStatusType = 2;
pub const GIMP_PDB_SUCCESS: GimpPDBStatusType = 3;
pub const GIMP_PDB_CANCEL: GimpPDBStatusType = 4;
pub type GimpPDBStatusType = ::std::os::raw::c_uint;
pub const GIMP_PROCEDURE_SENSITIVE_DRAWABLE: GimpProcedureSensitivityMask = 1;
pub const GIMP_PROCEDURE_SENSITIVE_DRAWABLES: GimpProcedureSensitivityMask = 4;
pub const GIMP_PROCEDURE_SENSITIVE_NO_DRAWABLES: GimpProcedureSensitivityMask = 8;
pub const GIMP_PROCEDURE_SENSITIVE_NO_IMAGE: GimpProcedureSensitivityMask = 16;
pub const GIMP_PROCEDURE_SENSITIVE_ALWAYS: GimpProcedureSensitivityMask = 2147483647;
pub type GimpProcedureSensitivityMask = ::std::os::raw::c_uint;
pub const GIMP_RUN_INTERACTIVE: GimpRunMode = 0;
pub const GIMP_RUN_NONINTERACTIVE: GimpRunMode = 1;
pub const GIMP_RUN_WITH_LAST_VALS: GimpRunMode = 2;
pub type GimpRunMode = ::std::os::raw::c_uint;
#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct _GimpChoice {
    _unused: [u8; 0],
}
pub type GimpChoice = _GimpChoice;
#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct _GimpValueArray {
    _unused: [u8; 0],
}
pub type GimpValueArray = _GimpValueArray;
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
pub const GIMP_LAYER_MODE_REPLACE: GimpLayerMode = 62;
pub type GimpLayerMode = ::std::os::raw::c_uint;
#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct _GimpPDB {
    _unused: [u8; 0],
}
pub type GimpPDB = _GimpPDB;
pub type GimpPlugIn = _GimpPlugIn;
pub type GimpProcedure = _GimpProcedure;
pub type GimpProcedureConfig = _GimpProcedureConfig;
#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct _GimpImage {
    _unused: [u8; 0],
}
pub type GimpImage = _GimpImage;
pub type GimpItem = _GimpItem;
pub type GimpDrawable = _GimpDrawable;
pub type GimpLayer = _GimpLayer;
#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct _GimpLayerMask {
    _unused: [u8; 0],
}
pub type GimpLayerMask = _GimpLayerMask;
#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct _GimpSelection {
    _unused: [u8; 0],
}
pub type GimpSelection = _GimpSelection;
#[repr(C)]
#[repr(align(8))]
#[derive(Debug, Copy, Clone)]
pub struct _GimpProcedure {
    pub _bindgen_opaque_blob: [u64; 3usize],
}
#[repr(C)]
#[repr(align(8))]
#[derive(Debug, Copy, Clone)]
pub struct _GimpItem {
    pub _bindgen_opaque_blob: [u64; 3usize],
}
#[repr(C)]
#[repr(align(8))]
#[derive(Debug, Copy, Clone)]
pub struct _GimpDrawable {
    pub _bindgen_opaque_blob: [u64; 3usize],
}
#[repr(C)]
#[repr(align(8))]
#[derive(Debug, Copy, Clone)]
pub struct _GimpLayer {
    pub _bindgen_opaque_blob: [u64; 3usize],
}
pub type GimpRunImageFunc = ::std::option::Option<
    unsafe extern "C" fn(
        procedure: *mut GimpProcedure,
        run_mode: GimpRunMode,
        image: *mut GimpImage,
        drawables: *mut *mut GimpDrawable,
        config: *mut GimpProcedureConfig,
        run_data: gpointer,
    ) -> *mut GimpValueArray,
>;
pub type GimpPlugInClass = _GimpPlugInClass;
#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct _GimpPlugIn {
    pub parent_instance: GObject,
}
#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct _GimpPlugInClass {
    pub parent_class: GObjectClass,
    pub query_procedures:
        ::std::option::Option<unsafe extern "C" fn(plug_in: *mut GimpPlugIn) -> *mut GList>,
    pub init_procedures:
        ::std::option::Option<unsafe extern "C" fn(plug_in: *mut GimpPlugIn) -> *mut GList>,
    pub create_procedure: ::std::option::Option<
        unsafe extern "C" fn(
            plug_in: *mut GimpPlugIn,
            procedure_name: *const gchar,
        ) -> *mut GimpProcedure,
    >,
    pub quit: ::std::option::Option<unsafe extern "C" fn(plug_in: *mut GimpPlugIn)>,
    pub set_i18n: ::std::option::Option<
        unsafe extern "C" fn(
            plug_in: *mut GimpPlugIn,
            procedure_name: *const gchar,
            gettext_domain: *mut *mut gchar,
            catalog_dir: *mut *mut gchar,
        ) -> gboolean,
    >,
    pub _gimp_reserved0: ::std::option::Option<unsafe extern "C" fn()>,
    pub _gimp_reserved1: ::std::option::Option<unsafe extern "C" fn()>,
    pub _gimp_reserved2: ::std::option::Option<unsafe extern "C" fn()>,
    pub _gimp_reserved3: ::std::option::Option<unsafe extern "C" fn()>,
    pub _gimp_reserved4: ::std::option::Option<unsafe extern "C" fn()>,
    pub _gimp_reserved5: ::std::option::Option<unsafe extern "C" fn()>,
    pub _gimp_reserved6: ::std::option::Option<unsafe extern "C" fn()>,
    pub _gimp_reserved7: ::std::option::Option<unsafe extern "C" fn()>,
    pub _gimp_reserved8: ::std::option::Option<unsafe extern "C" fn()>,
    pub _gimp_reserved9: ::std::option::Option<unsafe extern "C" fn()>,
}
#[repr(C)]
#[repr(align(8))]
#[derive(Debug, Copy, Clone)]
pub struct _GimpProcedureConfig {
    pub _bindgen_opaque_blob: [u64; 3usize],
}
pub const GTK_ORIENTATION_HORIZONTAL: GtkOrientation = 0;
pub const GTK_ORIENTATION_VERTICAL: GtkOrientation = 1;
pub type GtkOrientation = ::std::os::raw::c_uint;
pub type GtkWidget = _GtkWidget;
#[repr(C)]
#[repr(align(8))]
#[derive(Debug, Copy, Clone)]
pub struct _GtkWidget {
    pub _bindgen_opaque_blob: [u64; 4usize],
}
pub type GtkDialog = _GtkDialog;
#[repr(C)]
#[repr(align(8))]
#[derive(Debug, Copy, Clone)]
pub struct _GtkDialog {
    pub _bindgen_opaque_blob: [u64; 8usize],
}
pub type GtkLabel = _GtkLabel;
#[repr(C)]
#[repr(align(8))]
#[derive(Debug, Copy, Clone)]
pub struct _GtkLabel {
    pub _bindgen_opaque_blob: [u64; 6usize],
}
pub type GtkBox = _GtkBox;
#[repr(C)]
#[repr(align(8))]
#[derive(Debug, Copy, Clone)]
pub struct _GtkBox {
    pub _bindgen_opaque_blob: [u64; 6usize],
}
pub type GtkImage = _GtkImage;
#[repr(C)]
#[repr(align(8))]
#[derive(Debug, Copy, Clone)]
pub struct _GtkImage {
    pub _bindgen_opaque_blob: [u64; 6usize],
}
pub type GtkComboBoxText = _GtkComboBoxText;
#[repr(C)]
#[repr(align(8))]
#[derive(Debug, Copy, Clone)]
pub struct _GtkComboBoxText {
    pub _bindgen_opaque_blob: [u64; 8usize],
}
pub type GtkGrid = _GtkGrid;
#[repr(C)]
#[repr(align(8))]
#[derive(Debug, Copy, Clone)]
pub struct _GtkGrid {
    pub _bindgen_opaque_blob: [u64; 6usize],
}
#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct _GimpLabelEntry {
    _unused: [u8; 0],
}
pub type GimpLabelEntry = _GimpLabelEntry;
pub type GimpScaleEntry = _GimpScaleEntry;
#[repr(C)]
#[repr(align(8))]
#[derive(Debug, Copy, Clone)]
pub struct _GimpScaleEntry {
    pub _bindgen_opaque_blob: [u64; 6usize],
}
pub type GimpProcedureDialog = _GimpProcedureDialog;
#[repr(C)]
#[repr(align(8))]
#[derive(Debug, Copy, Clone)]
pub struct _GimpProcedureDialog {
    pub _bindgen_opaque_blob: [u64; 8usize],
}
