//! The strings of OpenFX: actions, properties and their values.
//!
//! Names are those of the C headers.

use std::ffi::CStr;

/// Defines the constants of one heading, and lists them for the test that compares them with the headers.
macro_rules! names {
    ($($name:ident = $value:literal),* $(,)?) => {
        $(
            #[allow(missing_docs)]
            pub const $name: &CStr = $value;
        )*
        /// Every constant by its name.
        pub const ALL: &[(&str, &CStr)] = &[$((stringify!($name), $name)),*];
    };
}

names! {
    // The interface and its suites
    kOfxImageEffectPluginApi = c"OfxImageEffectPluginAPI",
    kOfxPropertySuite = c"OfxPropertySuite",
    kOfxImageEffectSuite = c"OfxImageEffectSuite",
    kOfxParameterSuite = c"OfxParameterSuite",
    kOfxMessageSuite = c"OfxMessageSuite",
    kOfxProgressSuite = c"OfxProgressSuite",

    // Actions
    kOfxActionLoad = c"OfxActionLoad",
    kOfxActionUnload = c"OfxActionUnload",
    kOfxActionDescribe = c"OfxActionDescribe",
    kOfxActionPurgeCaches = c"OfxActionPurgeCaches",
    kOfxActionSyncPrivateData = c"OfxActionSyncPrivateData",
    kOfxActionCreateInstance = c"OfxActionCreateInstance",
    kOfxActionDestroyInstance = c"OfxActionDestroyInstance",
    kOfxActionInstanceChanged = c"OfxActionInstanceChanged",
    kOfxActionBeginInstanceChanged = c"OfxActionBeginInstanceChanged",
    kOfxActionEndInstanceChanged = c"OfxActionEndInstanceChanged",
    kOfxActionBeginInstanceEdit = c"OfxActionBeginInstanceEdit",
    kOfxActionEndInstanceEdit = c"OfxActionEndInstanceEdit",
    kOfxImageEffectActionDescribeInContext = c"OfxImageEffectActionDescribeInContext",
    kOfxImageEffectActionGetRegionOfDefinition = c"OfxImageEffectActionGetRegionOfDefinition",
    kOfxImageEffectActionGetRegionsOfInterest = c"OfxImageEffectActionGetRegionsOfInterest",
    kOfxImageEffectActionGetTimeDomain = c"OfxImageEffectActionGetTimeDomain",
    kOfxImageEffectActionGetFramesNeeded = c"OfxImageEffectActionGetFramesNeeded",
    kOfxImageEffectActionGetClipPreferences = c"OfxImageEffectActionGetClipPreferences",
    kOfxImageEffectActionIsIdentity = c"OfxImageEffectActionIsIdentity",
    kOfxImageEffectActionRender = c"OfxImageEffectActionRender",
    kOfxImageEffectActionBeginSequenceRender = c"OfxImageEffectActionBeginSequenceRender",
    kOfxImageEffectActionEndSequenceRender = c"OfxImageEffectActionEndSequenceRender",

    // Any object
    kOfxPropType = c"OfxPropType",
    kOfxPropName = c"OfxPropName",
    kOfxPropLabel = c"OfxPropLabel",
    kOfxPropShortLabel = c"OfxPropShortLabel",
    kOfxPropLongLabel = c"OfxPropLongLabel",
    kOfxPropVersion = c"OfxPropVersion",
    kOfxPropVersionLabel = c"OfxPropVersionLabel",
    kOfxPropAPIVersion = c"OfxPropAPIVersion",
    kOfxPropTime = c"OfxPropTime",
    kOfxPropIcon = c"OfxPropIcon",
    kOfxPropPluginDescription = c"OfxPropPluginDescription",
    kOfxPropChangeReason = c"OfxPropChangeReason",
    kOfxPropInstanceData = c"OfxPropInstanceData",
    kOfxPluginPropFilePath = c"OfxPluginPropFilePath",

    // The plug-in and its instances
    kOfxImageEffectPluginPropGrouping = c"OfxImageEffectPluginPropGrouping",
    kOfxImageEffectPropContext = c"OfxImageEffectPropContext",
    kOfxImageEffectPropSupportedContexts = c"OfxImageEffectPropSupportedContexts",
    kOfxImageEffectContextFilter = c"OfxImageEffectContextFilter",
    kOfxImageEffectContextGeneral = c"OfxImageEffectContextGeneral",
    kOfxImageEffectContextGenerator = c"OfxImageEffectContextGenerator",
    kOfxImageEffectPluginPropSingleInstance = c"OfxImageEffectPluginPropSingleInstance",
    kOfxImageEffectPluginPropHostFrameThreading = c"OfxImageEffectPluginPropHostFrameThreading",
    kOfxImageEffectPluginRenderThreadSafety = c"OfxImageEffectPluginRenderThreadSafety",
    kOfxImageEffectRenderUnsafe = c"OfxImageEffectRenderUnsafe",
    kOfxImageEffectRenderInstanceSafe = c"OfxImageEffectRenderInstanceSafe",
    kOfxImageEffectRenderFullySafe = c"OfxImageEffectRenderFullySafe",
    kOfxImageEffectPropSupportsMultipleClipDepths = c"OfxImageEffectPropMultipleClipDepths",
    kOfxImageEffectPropSupportsMultipleClipPARs = c"OfxImageEffectPropSupportsMultipleClipPARs",
    kOfxImageEffectPropSupportsMultiResolution = c"OfxImageEffectPropSupportsMultiResolution",
    kOfxImageEffectPropSupportsTiles = c"OfxImageEffectPropSupportsTiles",
    kOfxImageEffectPropTemporalClipAccess = c"OfxImageEffectPropTemporalClipAccess",
    kOfxImageEffectPropClipPreferencesSlaveParam = c"OfxImageEffectPropClipPreferencesSlaveParam",
    kOfxImageEffectPropProjectSize = c"OfxImageEffectPropProjectSize",

    // Clips and images
    kOfxImageEffectOutputClipName = c"Output",
    kOfxImageEffectSimpleSourceClipName = c"Source",
    kOfxImageClipPropConnected = c"OfxImageClipPropConnected",
    kOfxImageClipPropOptional = c"OfxImageClipPropOptional",
    kOfxImageClipPropIsMask = c"OfxImageClipPropIsMask",
    kOfxImageEffectPropSupportedPixelDepths = c"OfxImageEffectPropSupportedPixelDepths",
    kOfxImageEffectPropSupportedComponents = c"OfxImageEffectPropSupportedComponents",
    kOfxImageEffectPropPixelDepth = c"OfxImageEffectPropPixelDepth",
    kOfxBitDepthNone = c"OfxBitDepthNone",
    kOfxBitDepthByte = c"OfxBitDepthByte",
    kOfxBitDepthShort = c"OfxBitDepthShort",
    kOfxBitDepthHalf = c"OfxBitDepthHalf",
    kOfxBitDepthFloat = c"OfxBitDepthFloat",
    kOfxImageEffectPropComponents = c"OfxImageEffectPropComponents",
    kOfxImageComponentNone = c"OfxImageComponentNone",
    kOfxImageComponentRGBA = c"OfxImageComponentRGBA",
    kOfxImageComponentRGB = c"OfxImageComponentRGB",
    kOfxImageComponentAlpha = c"OfxImageComponentAlpha",
    kOfxImageEffectPropPreMultiplication = c"OfxImageEffectPropPreMultiplication",
    kOfxImageOpaque = c"OfxImageOpaque",
    kOfxImagePreMultiplied = c"OfxImageAlphaPremultiplied",
    kOfxImageUnPreMultiplied = c"OfxImageAlphaUnPremultiplied",
    kOfxImagePropData = c"OfxImagePropData",
    kOfxImagePropBounds = c"OfxImagePropBounds",
    kOfxImagePropRegionOfDefinition = c"OfxImagePropRegionOfDefinition",
    kOfxImagePropRowBytes = c"OfxImagePropRowBytes",
    kOfxImagePropField = c"OfxImagePropField",
    kOfxImagePropUniqueIdentifier = c"OfxImagePropUniqueIdentifier",
    kOfxImageEffectPropFrameRange = c"OfxImageEffectPropFrameRange",

    // What actions are asked and answer
    kOfxImageEffectPropRenderScale = c"OfxImageEffectPropRenderScale",
    kOfxImageEffectPropRenderWindow = c"OfxImageEffectPropRenderWindow",
    kOfxImageEffectPropRegionOfInterest = c"OfxImageEffectPropRegionOfInterest",
    kOfxImageEffectPropRegionOfDefinition = c"OfxImageEffectPropRegionOfDefinition",
    kOfxImageEffectFrameVarying = c"OfxImageEffectFrameVarying",
    kOfxImageEffectPropSequentialRenderStatus = c"OfxImageEffectPropSequentialRenderStatus",
    kOfxImageEffectPropInteractiveRenderStatus = c"OfxImageEffectPropInteractiveRenderStatus",
    kOfxImageEffectPropFieldToRender = c"OfxImageEffectPropFieldToRender",
    kOfxImageFieldNone = c"OfxFieldNone",
    kOfxImageFieldBoth = c"OfxFieldBoth",

    // Colour management (OpenFX 1.5)
    kOfxImageEffectPropColourManagementStyle = c"OfxImageEffectPropColourManagementStyle",
    kOfxImageEffectPropColourManagementNone = c"OfxImageEffectPropColourManagementNone",
    kOfxImageEffectPropColourManagementBasic = c"OfxImageEffectPropColourManagementBasic",
    kOfxImageEffectPropColourManagementCore = c"OfxImageEffectPropColourManagementCore",
    kOfxImageEffectPropColourManagementFull = c"OfxImageEffectPropColourManagementFull",
    kOfxImageClipPropColourspace = c"OfxImageClipPropColourspace",

    // Parameters
    kOfxParamTypeInteger = c"OfxParamTypeInteger",
    kOfxParamTypeDouble = c"OfxParamTypeDouble",
    kOfxParamTypeBoolean = c"OfxParamTypeBoolean",
    kOfxParamTypeChoice = c"OfxParamTypeChoice",
    kOfxParamTypeString = c"OfxParamTypeString",
    kOfxParamTypeGroup = c"OfxParamTypeGroup",
    kOfxParamTypePage = c"OfxParamTypePage",
    kOfxParamTypePushButton = c"OfxParamTypePushButton",
    kOfxParamPropDefault = c"OfxParamPropDefault",
    kOfxParamPropMin = c"OfxParamPropMin",
    kOfxParamPropMax = c"OfxParamPropMax",
    kOfxParamPropDisplayMin = c"OfxParamPropDisplayMin",
    kOfxParamPropDisplayMax = c"OfxParamPropDisplayMax",
    kOfxParamPropIncrement = c"OfxParamPropIncrement",
    kOfxParamPropDigits = c"OfxParamPropDigits",
    kOfxParamPropDoubleType = c"OfxParamPropDoubleType",
    kOfxParamDoubleTypePlain = c"OfxParamDoubleTypePlain",
    kOfxParamDoubleTypeScale = c"OfxParamDoubleTypeScale",
    kOfxParamPropHint = c"OfxParamPropHint",
    kOfxParamPropScriptName = c"OfxParamPropScriptName",
    kOfxParamPropParent = c"OfxParamPropParent",
    kOfxParamPropGroupOpen = c"OfxParamPropGroupOpen",
    kOfxParamPropPageChild = c"OfxParamPropPageChild",
    kOfxParamPropAnimates = c"OfxParamPropAnimates",
    kOfxParamPropEnabled = c"OfxParamPropEnabled",
    kOfxParamPropSecret = c"OfxParamPropSecret",
    kOfxParamPropChoiceOption = c"OfxParamPropChoiceOption",
    kOfxParamPropStringMode = c"OfxParamPropStringMode",
    kOfxParamStringIsSingleLine = c"OfxParamStringIsSingleLine",
    kOfxParamStringIsFilePath = c"OfxParamStringIsFilePath",

    // Messages
    kOfxMessageError = c"OfxMessageError",
    kOfxMessageWarning = c"OfxMessageWarning",
    kOfxMessageLog = c"OfxMessageLog",
}

/// The clip property that lists the frames needed of the clip "Source" is this and the clip's name.
pub const kOfxImageClipPropFrameRangePrefix: &str = "OfxImageClipPropFrameRange_";
/// The property with the region of interest of a clip is this and the clip's name.
pub const kOfxImageClipPropRoIPrefix: &str = "OfxImageClipPropRoI_";
/// The property with the components of a clip is this and the clip's name.
pub const kOfxImageClipPropComponentsPrefix: &str = "OfxImageClipPropComponents_";
/// The property with the depth of a clip is this and the clip's name.
pub const kOfxImageClipPropDepthPrefix: &str = "OfxImageClipPropDepth_";
