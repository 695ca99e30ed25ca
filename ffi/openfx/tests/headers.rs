//! Our declarations against the published headers, by the C compiler.

use reweave_openfx_sys as ofx;
use std::fmt::Write;
use std::mem::{offset_of, size_of};
use std::path::{Path, PathBuf};
use std::process::Command;

/// The folder of the headers, in the package `openfx-sys` that `cargo metadata` puts into Cargo's own cache.
fn headers() -> Result<PathBuf, String> {
    let answer = Command::new(env!("CARGO"))
        .args([
            "metadata",
            "--format-version",
            "1",
            "--manifest-path",
            concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml"),
        ])
        .output()
        .map_err(|e| e.to_string())?;
    if !answer.status.success() {
        return Err(String::from_utf8_lossy(&answer.stderr).into_owned());
    }
    let metadata: serde_json::Value =
        serde_json::from_slice(&answer.stdout).map_err(|e| e.to_string())?;
    let manifest = metadata["packages"]
        .as_array()
        .and_then(|packages| packages.iter().find(|p| p["name"] == "openfx-sys"))
        .and_then(|package| package["manifest_path"].as_str())
        .ok_or("no package openfx-sys in Cargo.lock")?;
    Ok(Path::new(manifest).with_file_name("openfx").join("include"))
}

/// C lines that fail to compile unless a struct's size and each field's place are those of Rust.
macro_rules! same_layout {
    ($out:expr, $($ty:ident { $($field:ident),* $(,)? })*) => {
        $(
            writeln!($out, "_Static_assert(sizeof({0}) == {1}, \"size of {0}\");", stringify!($ty), size_of::<ofx::$ty>()).unwrap();
            $(
                writeln!(
                    $out,
                    "_Static_assert(offsetof({0}, {1}) == {2}, \"{0}.{1}\");",
                    stringify!($ty), stringify!($field), offset_of!(ofx::$ty, $field)
                ).unwrap();
            )*
        )*
    };
}

#[test]
fn agree_with_ours() {
    let include = match headers() {
        Ok(include) => include,
        Err(why) => {
            eprintln!("SKIPPED: the published OpenFX headers cannot be fetched: {why}");
            return;
        }
    };
    let mut c = String::from("#include <stddef.h>\n#include <string.h>\n#include <stdio.h>\n");
    for header in [
        "ofxCore.h",
        "ofxProperty.h",
        "ofxParam.h",
        "ofxImageEffect.h",
        "ofxMessage.h",
        "ofxProgress.h",
    ] {
        writeln!(c, "#include \"{header}\"").unwrap();
    }
    same_layout! { c,
        OfxHost { host, fetchSuite }
        OfxPlugin { pluginApi, apiVersion, pluginIdentifier, pluginVersionMajor, pluginVersionMinor, setHost, mainEntry }
        OfxRectI { x1, y1, x2, y2 }
        OfxRectD { x1, y1, x2, y2 }
        OfxRangeD { min, max }
        OfxPropertySuiteV1 {
            propSetPointer, propSetString, propSetDouble, propSetInt, propSetPointerN, propSetStringN, propSetDoubleN,
            propSetIntN, propGetPointer, propGetString, propGetDouble, propGetInt, propGetPointerN, propGetStringN,
            propGetDoubleN, propGetIntN, propReset, propGetDimension,
        }
        OfxImageEffectSuiteV1 {
            getPropertySet, getParamSet, clipDefine, clipGetHandle, clipGetPropertySet, clipGetImage, clipReleaseImage,
            clipGetRegionOfDefinition, abort, imageMemoryAlloc, imageMemoryFree, imageMemoryLock, imageMemoryUnlock,
        }
        OfxParameterSuiteV1 {
            paramDefine, paramGetHandle, paramSetGetPropertySet, paramGetPropertySet, paramGetValue, paramGetValueAtTime,
            paramGetDerivative, paramGetIntegral, paramSetValue, paramSetValueAtTime, paramGetNumKeys, paramGetKeyTime,
            paramGetKeyIndex, paramDeleteKey, paramDeleteAllKeys, paramCopy, paramEditBegin, paramEditEnd,
        }
        OfxMessageSuiteV1 { message }
        OfxMessageSuiteV2 { message, setPersistentMessage, clearPersistentMessage }
        OfxProgressSuiteV1 { progressStart, progressUpdate, progressEnd }
    }
    for (name, value) in [
        ("kOfxStatOK", ofx::kOfxStatOK),
        ("kOfxStatFailed", ofx::kOfxStatFailed),
        ("kOfxStatErrFatal", ofx::kOfxStatErrFatal),
        ("kOfxStatErrUnknown", ofx::kOfxStatErrUnknown),
        (
            "kOfxStatErrMissingHostFeature",
            ofx::kOfxStatErrMissingHostFeature,
        ),
        ("kOfxStatErrUnsupported", ofx::kOfxStatErrUnsupported),
        ("kOfxStatErrExists", ofx::kOfxStatErrExists),
        ("kOfxStatErrFormat", ofx::kOfxStatErrFormat),
        ("kOfxStatErrMemory", ofx::kOfxStatErrMemory),
        ("kOfxStatErrBadHandle", ofx::kOfxStatErrBadHandle),
        ("kOfxStatErrBadIndex", ofx::kOfxStatErrBadIndex),
        ("kOfxStatErrValue", ofx::kOfxStatErrValue),
        ("kOfxStatReplyYes", ofx::kOfxStatReplyYes),
        ("kOfxStatReplyNo", ofx::kOfxStatReplyNo),
        ("kOfxStatReplyDefault", ofx::kOfxStatReplyDefault),
    ] {
        writeln!(c, "_Static_assert({name} == {value}, \"{name}\");").unwrap();
    }
    // The headers in the package are those of OpenFX 1.4: what 1.5 added is named here and cannot be compared.
    let colour =
        |name: &str| name.contains("ColourManagement") || name == "kOfxImageClipPropColourspace";
    writeln!(c, "int main(void) {{ int wrong = 0;").unwrap();
    for (name, value) in ofx::names::ALL.iter().filter(|(name, _)| !colour(name)) {
        writeln!(
            c,
            "if (strcmp({name}, {value:?})) {{ printf(\"{name} is %s\\n\", {name}); wrong = 1; }}",
            value = value.to_str().unwrap()
        )
        .unwrap();
    }
    writeln!(c, "return wrong; }}").unwrap();

    let folder = tempfile::tempdir().unwrap();
    let (source, program) = (
        folder.path().join("headers.c"),
        folder.path().join("headers"),
    );
    std::fs::write(&source, c).unwrap();
    let compiler = std::env::var_os("CC").unwrap_or_else(|| "cc".into());
    let compiled = match Command::new(&compiler)
        .arg("-I")
        .arg(include)
        .arg(&source)
        .arg("-o")
        .arg(&program)
        .output()
    {
        Ok(compiled) => compiled,
        Err(why) => {
            eprintln!("SKIPPED: no C compiler ({}): {why}", compiler.display());
            return;
        }
    };
    assert!(
        compiled.status.success(),
        "{}",
        String::from_utf8_lossy(&compiled.stderr)
    );
    let ran = Command::new(&program).output().unwrap();
    assert!(
        ran.status.success(),
        "{}",
        String::from_utf8_lossy(&ran.stdout)
    );
}
