//! `reweave.h` against its Rust declarations and the library: sizes, places, values, names and types.

mod support;

use reweave_abi::{self as abi, functions};
use reweave_plugin::abi as frontend;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::mem::{offset_of, size_of};
use support::{compiler, is_installed, library, repository, run};

/// The library's functions have the types that programs look them up with.
#[allow(dead_code)]
mod types_agree {
    use super::{frontend, functions::*};

    const _: AbiVersion = frontend::reweave_abi_version;
    const _: Version = frontend::reweave_version;
    const _: LastError = frontend::reweave_last_error;
    const _: HoleFromMask = frontend::reweave_hole_from_mask;
    const _: HoleFromAlpha = frontend::reweave_hole_from_alpha;
    const _: HoleFromColour = frontend::reweave_hole_from_colour;
    const _: HoleBounds = frontend::reweave_hole_bounds;
    const _: HoleFree = frontend::reweave_hole_free;
    const _: SketchFromDrawing = frontend::reweave_sketch_from_drawing;
    const _: SketchFree = frontend::reweave_sketch_free;
    const _: SettingCount = frontend::reweave_setting_count;
    const _: SettingAt = frontend::reweave_setting_at;
    const _: SettingsNew = frontend::reweave_settings_new;
    const _: SettingsSet = frontend::reweave_settings_set;
    const _: SettingsGet = frontend::reweave_settings_get;
    const _: SettingsFree = frontend::reweave_settings_free;
    const _: HoleCoverage = frontend::reweave_hole_coverage;
    const _: HoleReach = frontend::reweave_hole_reach;
    const _: ModelsList = frontend::reweave_models_list;
    const _: ModelsCount = frontend::reweave_models_count;
    const _: ModelsAt = frontend::reweave_models_at;
    const _: ModelsFree = frontend::reweave_models_free;
    const _: ModelOpen = frontend::reweave_model_open;
    const _: ModelRuntime = frontend::reweave_model_runtime;
    const _: ModelIsGuided = frontend::reweave_model_is_guided;
    const _: ModelFree = frontend::reweave_model_free;
    const _: FillNeeds = frontend::reweave_fill_needs;
    const _: Fill = frontend::reweave_fill;
    const _: FillGuided = frontend::reweave_fill_guided;
    const _: Worker = frontend::reweave_worker;
}

macro_rules! same_layout {
    ($out:expr, $($ty:ident { $($field:ident),* $(,)? })*) => {
        $(
            writeln!($out, "_Static_assert(sizeof({0}) == {1}, \"size of {0}\");", stringify!($ty), size_of::<abi::$ty>()).unwrap();
            $(
                writeln!(
                    $out,
                    "_Static_assert(offsetof({0}, {1}) == {2}, \"{0}.{1}\");",
                    stringify!($ty), stringify!($field), offset_of!(abi::$ty, $field)
                ).unwrap();
            )*
        )*
    };
}

#[test]
fn structs_and_values_agree() {
    if !is_installed(compiler().get_program().to_str().unwrap()) {
        eprintln!("SKIPPED: no C compiler");
        return;
    }
    let mut c = String::from("#include \"reweave.h\"\n");
    same_layout! { c,
        ReweaveFormat { depth, channels, transfer, alpha }
        ReweavePixels { top_left, row_stride, width, height, format }
        ReweaveRect { x, y, width, height }
        ReweaveChoice { id, label, help }
        ReweaveSetting {
            id, label, help, unit, group, default_value, kind, choice_count, choices, minimum, maximum, slider_minimum,
            slider_maximum, step, scales, level, stage,
        }
        ReweaveModelInfo { name, title, description, licence, path, problem }
        ReweaveReport {
            size, regions, pixels, seconds_plan, seconds_read, seconds_network, seconds_texture, seconds_blend, specks,
        }
        ReweaveStatus {}
    }
    let groups = [
        ("", abi::status::ALL),
        ("DEPTH_", abi::depth::ALL),
        ("CHANNELS_", abi::channels::ALL),
        ("TRANSFER_", abi::transfer::ALL),
        ("ALPHA_", abi::alpha::ALL),
        ("KIND_", abi::kind::ALL),
        ("LEVEL_", abi::level::ALL),
        ("STAGE_", abi::stage::ALL),
    ];
    let mut count = 0;
    for (group, values) in groups {
        count += values.len();
        for (name, value) in values {
            writeln!(
                c,
                "_Static_assert(REWEAVE_{group}{name} == {value}, \"{group}{name}\");"
            )
            .unwrap();
        }
    }
    writeln!(
        c,
        "_Static_assert(REWEAVE_ABI_VERSION == {}, \"version\");",
        abi::ABI_VERSION
    )
    .unwrap();

    let folder = tempfile::tempdir().unwrap();
    let source = folder.path().join("header.c");
    std::fs::write(&source, c).unwrap();
    run(compiler()
        .args(["-std=c11", "-fsyntax-only", "-I"])
        .arg(repository("ffi/include"))
        .arg(source));

    let in_header = header()
        .lines()
        .filter(|line| line.starts_with("    REWEAVE_") && line.contains(" = "))
        .count();
    assert_eq!(in_header, count, "values in reweave.h and in types.rs");
}

fn header() -> String {
    std::fs::read_to_string(repository("ffi/include").join("reweave.h")).unwrap()
}

/// A C type as Rust writes it: `const char *` is `*const c_char`.
fn rust_type(c: &str) -> String {
    let stars = c.matches('*').count();
    let mut words: Vec<_> = c
        .split(|letter: char| letter.is_whitespace() || letter == '*')
        .filter(|w| !w.is_empty())
        .collect();
    let constant = words.first() == Some(&"const");
    if constant {
        words.remove(0);
    }
    let base = match words[0] {
        "char" => "c_char",
        "void" => "c_void",
        "float" => "f32",
        "size_t" => "usize",
        "uint32_t" => "u32",
        "int32_t" => "i32",
        other => other,
    };
    let inner = if constant { "*const " } else { "*mut " };
    (1..=stars)
        .rev()
        .map(|star| if star == 1 { inner } else { "*mut " })
        .collect::<String>()
        + base
}

/// `ReweaveStatus reweave_x(const char *name, ...)` as name and Rust type.
fn prototype(text: &str) -> (String, String) {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let (head, parameters) = text.split_once('(').unwrap();
    let start = head.rfind("reweave_").unwrap();
    let parameters = parameters.trim_end_matches([')', ';']);
    let parameters = parameters
        .split(", ")
        .filter(|p| *p != "void")
        .map(|parameter| {
            // A parameter's name is its last word; `rgb[3]` is a pointer.
            let name = parameter.rfind([' ', '*']).unwrap() + 1;
            let array = if parameter.contains('[') { "*" } else { "" };
            rust_type(&format!("{}{array}", &parameter[..name]))
        });
    let parameters = parameters.collect::<Vec<_>>().join(", ");
    let result = match head[..start].trim() {
        "void" => String::new(),
        result => format!(" -> {}", rust_type(result)),
    };
    (
        head[start..].to_owned(),
        format!("unsafe extern \"C\" fn({parameters}){result}"),
    )
}

#[test]
fn functions_agree() {
    let header = header();
    // Every declaration starts with REWEAVE_API; what stands before the first one is the macro itself.
    let prototypes = header
        .split("\nREWEAVE_API ")
        .skip(1)
        .map(|text| prototype(&text[..=text.find(';').unwrap()]));
    let prototypes: BTreeMap<_, _> = prototypes.collect();

    let source = include_str!("../../../ffi/abi/src/functions.rs")
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ");
    let ours = source.split("pub type ").skip(1).map(|item| {
        let (name, ty) = item[..item.find(';').unwrap()].split_once(" = ").unwrap();
        let name: String = name
            .chars()
            .flat_map(|c| {
                let underscore = c.is_uppercase().then_some('_');
                underscore.into_iter().chain(c.to_lowercase())
            })
            .collect();
        (
            format!("reweave{name}"),
            ty.replace("( ", "(").replace(", )", ")"),
        )
    });
    assert_eq!(prototypes, ours.collect());

    let mut symbols = abi::Library::SYMBOLS.to_vec();
    symbols.sort_unstable();
    assert_eq!(
        prototypes.keys().map(String::as_str).collect::<Vec<_>>(),
        symbols
    );
}

#[test]
fn the_library_opens() {
    let library = abi::Library::open(&library()).unwrap();
    // SAFETY: it takes nothing.
    assert!(unsafe { (library.setting_count)() } > 0);
    assert!(
        abi::Library::open("libreweave_plugin.so".as_ref())
            .is_err_and(|e| e.to_string().contains("full path"))
    );
}
