//! `cargo xtask bindings`: writes `ffi/gimp` again, from the headers of GIMP 3.0 and 2.10 in Debian roots made for that.

use crate::command::run_quietly;
use crate::fetch::{Cache, roots, system};
use crate::house::House;
use anyhow::{Context, Result, ensure};
use std::fs;
use std::path::Path;
use std::process::Command;

/// One GIMP to write bindings for.
struct Gimp {
    /// The module in `ffi/gimp/src`, and the file of headers and the list of functions in `ffi/gimp/headers`.
    module: &'static str,
    root: roots::Root,
    /// pkg-config's name for everything that the headers include.
    pkg: &'static str,
    /// Types that no function names, as a pattern.
    types: &'static str,
}

const GIMPS: [Gimp; 2] = [
    Gimp {
        module: "gimp3",
        root: roots::Root {
            name: "gimp-trixie-headers",
            release: "trixie",
            packages: "libgimp-3.0-dev,pkg-config",
            what: "a Debian with the headers of GIMP 3.0 (mmdebstrap, 400 MB)",
        },
        pkg: "gimpui-3.0",
        types: "GimpPlugInClass|GimpProcedureSensitivityMask|GTypeInfo|BablModelFlag|GParamFlags|GBindingFlags|\
                GSignalMatchType|GtkOrientation|GdkColorspace|GdkInterpType",
    },
    Gimp {
        module: "gimp2",
        root: roots::Root {
            name: "gimp-bookworm-headers",
            release: "bookworm",
            packages: "libgimp2.0-dev,pkg-config",
            what: "a Debian with the headers of GIMP 2.10 (mmdebstrap, 400 MB)",
        },
        pkg: "gimp-2.0",
        types: "GimpPlugInInfo|GimpRunMode",
    },
];

/// What all runs of bindgen have in common.
const STYLE: [&str; 11] = [
    "--no-layout-tests",
    "--no-doc-comments",
    "--merge-extern-blocks",
    "--wrap-unsafe-ops",
    "--rust-target=1.85",
    "--rust-edition=2024",
    "--default-enum-style=consts",
    "--no-prepend-enum-name",
    // Structs that are only ever seen behind a pointer need no fields.
    "--opaque-type=_Gtk.*|_Gdk.*|_GeglBuffer|_Gimp[^P].*|_GimpProcedure.*|_GimpPixel.*|_GimpParasite|_GObjectClass|\
     _GParamSpec|_GClosure|_GTypeValueTable|_Babl",
    "--formatter=rustfmt",
    "--disable-header-comment",
];

/// Writes the bindings of every GIMP.
pub fn write() -> Result<()> {
    let house = House::find()?;
    ensure!(
        crate::command::exists("bindgen", "--version"),
        "bindgen is needed: cargo install bindgen-cli --version 0.72.1, and Debian's libclang-dev"
    );
    ensure!(
        system::is_root(),
        "a Debian root is made for its headers: that takes the rights of root"
    );
    let cache = Cache::locate()?;
    for gimp in &GIMPS {
        roots::fetch(cache.folder(), &gimp.root)?;
        let root = tempdir(&format!("reweave-{}", gimp.root.name))?;
        let tar = cache
            .folder()
            .join("roots")
            .join(format!("{}.tar", gimp.root.name));
        run_quietly(
            Command::new("tar")
                .arg("xf")
                .arg(tar)
                .arg("-C")
                .arg(&root)
                .arg("--exclude=./dev/*"),
        )?;
        let written = write_one(&house, gimp, &root);
        fs::remove_dir_all(&root)?;
        written?;
    }
    run_quietly(&mut house.cargo(&["fmt", "--package", "reweave-gimp-sys"]))?;
    Ok(())
}

fn write_one(house: &House, gimp: &Gimp, root: &Path) -> Result<()> {
    let folder = house.root.join("ffi/gimp");
    let headers = folder.join("headers").join(format!("{}.h", gimp.module));
    let list = folder.join("headers").join(format!("{}.txt", gimp.module));
    let list = fs::read_to_string(&list).with_context(|| list.display().to_string())?;
    let out = folder.join("src").join(gimp.module);
    let clang = clang_arguments(gimp, root)?;
    let bindgen = |functions: &str, more: &[&str]| -> Result<String> {
        let mut command = Command::new("bindgen");
        command.arg(&headers).args(STYLE).args(more);
        for function in functions
            .lines()
            .filter(|line| line.starts_with('g') || line.starts_with('b'))
        {
            command.args(["--allowlist-function", function]);
        }
        run_quietly(command.arg("--").args(&clang))
    };
    // The types of all functions together. The table of functions that comes with them, at the end, is not wanted.
    let types = bindgen(
        &list,
        &[
            "--dynamic-loading=Everything",
            "--allowlist-type",
            gimp.types,
        ],
    )?;
    let types = types
        .split("pub struct Everything")
        .next()
        .unwrap_or_default();
    fs::write(
        out.join("types.rs"),
        GENERATED.to_owned() + &sizes_of_every_system(types),
    )?;
    for section in list.split("\n[").skip(1) {
        let (head, functions) = section
            .split_once(']')
            .context("a section's head is [Table: module]")?;
        let (table, module) = head
            .split_once(": ")
            .context("a section's head is [Table: module]")?;
        let loading = format!("--dynamic-loading={table}");
        let options = [
            &loading,
            "--generate=functions",
            "--blocklist-type=.*",
            "--raw-line=use super::types::*;",
        ];
        let text = bindgen(functions, &options)?;
        fs::write(
            out.join(format!("{module}.rs")),
            GENERATED.to_owned() + &without_new(&text),
        )?;
    }
    Ok(())
}

const GENERATED: &str = "// Written by `cargo xtask bindings`; not to be edited.\n\n";

/// Where clang finds the headers inside the root.
fn clang_arguments(gimp: &Gimp, root: &Path) -> Result<Vec<String>> {
    let flags = run_quietly(Command::new("chroot").arg(root).args([
        "pkg-config",
        "--cflags-only-I",
        gimp.pkg,
    ]))?;
    let root = root.display();
    let mut arguments = vec![
        format!("--sysroot={root}"),
        format!("-isystem{root}/usr/include"),
        format!("-isystem{root}/usr/include/x86_64-linux-gnu"),
    ];
    arguments.extend(
        flags
            .split_whitespace()
            .filter_map(|flag| flag.strip_prefix("-I"))
            .map(|path| format!("-I{root}{path}")),
    );
    Ok(arguments)
}

/// GLib's types of fixed size are C's `long` on Linux and something else on Windows.
fn sizes_of_every_system(types: &str) -> String {
    let fixed = [
        ("gsize", "usize"),
        ("gssize", "isize"),
        ("gint64", "i64"),
        ("guint64", "u64"),
    ];
    let line = |line: &str| {
        let known = fixed
            .iter()
            .find(|(name, _)| line.starts_with(&format!("pub type {name} = ")));
        known.map_or(line.to_owned(), |(name, same)| {
            format!("pub type {name} = {same};")
        }) + "\n"
    };
    types.lines().map(line).collect()
}

/// Leaves out the function that opens a library by its name: we open libraries ourselves.
fn without_new(table: &str) -> String {
    let Some(start) = table.find("    pub unsafe fn new<P>") else {
        return table.to_owned();
    };
    let end = table[start..]
        .find("\n    }\n")
        .map_or(table.len(), |end| start + end + 7);
    format!("{}{}", &table[..start], &table[end..])
}

fn tempdir(name: &str) -> Result<std::path::PathBuf> {
    let folder = std::env::temp_dir().join(format!("{name}-{}", std::process::id()));
    fs::create_dir_all(&folder)?;
    Ok(folder)
}
