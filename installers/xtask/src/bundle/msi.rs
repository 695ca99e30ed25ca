//! The package for Windows that administrators deploy, for all users of a computer, made by wixl of the msitools. What it holds
//! is told in `installers/windows/reweave.wxs`; here it is told which files there are.

use super::parts::Parts;
use super::tree::Tree;
use super::windows;
use crate::command::run_quietly;
use crate::fetch::system as programs;
use anyhow::Result;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

/// What makes it, with the Debian packages in which it comes.
pub const PROGRAMS: [(&str, &str); 2] = [("wixl", "wixl"), ("msibuild", "msitools")];

/// The command's folder in Windows' `Path`, as the last one, and taken out again.
const VARIABLES: &str = "Environment\tName\tValue\tComponent_\r\n\
                         s72\tl255\tL255\ts72\r\n\
                         Environment\tEnvironment\r\n\
                         Path\t=-*PATH\t[~];[INSTALLDIR]\tPath\r\n";
/// When that is done, among Windows Installer's standard actions.
const ACTIONS: [(&str, u32); 2] = [
    ("RemoveEnvironmentStrings", 3300),
    ("WriteEnvironmentStrings", 5200),
];

/// Who made it, as Windows shows it.
const MAKER: &str = "The Reweave authors";

/// Makes `reweave-VERSION-x86_64.msi` in the folder `out`.
pub fn pack(parts: &Parts, out: &Path) -> Result<PathBuf> {
    for (program, package) in PROGRAMS {
        programs::need(program, package)?;
    }
    let work = out.join("work");
    let command = Tree::new(&work.join("command"))?;
    windows::lay(parts, &command)?;
    let node = Tree::new(&work.join("node"))?;
    windows::lay_bundle(parts, &node)?;
    for tree in [&command, &node] {
        // They are kept in the package.
        tree.set_dates(parts.date)?;
    }
    let (command, node) = (Laid::new(&command)?, Laid::new(&node)?);
    let name = format!("reweave-{}-x86_64.msi", parts.version);
    // To Windows a version is a product, and another package of the same version is another file of the same product, which it
    // refuses to install over the first.
    let product = identity(&format!("product {}", parts.version));
    let text = parts.template(
        "windows/reweave.wxs",
        &[
            ("PRODUCT", product.as_str()),
            ("NUMBERS", &windows::numbers(&parts.version)),
            ("COMMAND", &command.folders),
            ("COMMANDPARTS", &command.references),
            ("NODE", &node.folders),
            ("NODEPARTS", &node.references),
        ],
    )?;
    fs::write(work.join("reweave.wxs"), text)?;
    fs::write(work.join("Environment.idt"), VARIABLES)?;
    let file = std::path::absolute(out.join(name))?;
    run_quietly(
        parts
            .at_its_date("wixl")?
            .current_dir(&work)
            .args(["--arch", "x64", "--output"])
            .arg(&file)
            .arg("reweave.wxs"),
    )?;
    let mut more = parts.at_its_date("msibuild")?;
    more.current_dir(&work)
        .arg(&file)
        .args(["-i", "Environment.idt"]);
    for (action, when) in ACTIONS {
        more.arg("-q").arg(format!(
            "INSERT INTO InstallExecuteSequence (Action, Sequence) VALUES ('{action}', {when})"
        ));
    }
    let package = identity(&format!("package {} {}", parts.version, parts.date));
    let package = format!("{{{package}}}");
    let title = format!("Reweave {}", parts.version);
    run_quietly(more.args(["-s", &title, MAKER, "x64;1033", &package]))?;
    fs::remove_dir_all(&work)?;
    Ok(file)
}

/// What the script says of the files of a tree.
struct Laid {
    /// Folders with a component for each file.
    folders: String,
    /// The components, for the feature that they belong to.
    references: String,
}

impl Laid {
    fn new(tree: &Tree) -> Result<Self> {
        let mut laid = Self {
            folders: String::new(),
            references: String::new(),
        };
        let files = tree.files()?;
        laid.folder(&tree.top, "", files.iter().map(String::as_str).collect())?;
        Ok(laid)
    }

    /// The files of a folder and of those in it; their paths are told from there.
    fn folder(&mut self, top: &Path, folder: &str, files: Vec<&str>) -> Result<()> {
        let mut within = BTreeMap::<&str, Vec<&str>>::new();
        for file in files {
            match file.split_once('/') {
                Some((name, rest)) => within.entry(name).or_default().push(rest),
                None => self.file(top, &format!("{folder}{file}"))?,
            }
        }
        for (name, files) in within {
            let path = format!("{folder}{name}/");
            let id = id("D", top, &path);
            writeln!(self.folders, "<Directory Id=\"{id}\" Name=\"{name}\">")?;
            self.folder(top, &path, files)?;
            // Windows removes a folder that is empty by itself, Wine does not.
            let component = format!("C{id}");
            let guid = identity(&component);
            writeln!(
                self.folders,
                "<Component Win64=\"yes\" Id=\"{component}\" Guid=\"{guid}\"><CreateFolder />\
                 <RemoveFolder Id=\"R{id}\" On=\"uninstall\" /></Component>\n</Directory>"
            )?;
            self.refer_to(&component)?;
        }
        Ok(())
    }

    /// A file is a component of its own, with a name that stays from version to version.
    fn file(&mut self, top: &Path, path: &str) -> Result<()> {
        let (component, file) = (id("C", top, path), id("F", top, path));
        let guid = identity(&component);
        let source = Path::new(top.file_name().unwrap_or_default()).join(path);
        writeln!(
            self.folders,
            "<Component Win64=\"yes\" Id=\"{component}\" Guid=\"{guid}\"><File Id=\"{file}\" KeyPath=\"yes\" Source=\"{}\" /></Component>",
            source.display()
        )?;
        self.refer_to(&component)
    }

    fn refer_to(&mut self, component: &str) -> Result<()> {
        Ok(writeln!(
            self.references,
            "<ComponentRef Id=\"{component}\" />"
        )?)
    }
}

/// A name for the script: those of files have letters in them that it does not take.
fn id(kind: &str, top: &Path, path: &str) -> String {
    let tree = top.file_name().unwrap_or_default().to_string_lossy();
    let hash = Sha256::digest(format!("{tree}/{path}"));
    let mut id = kind.to_owned();
    for byte in &hash[..8] {
        let _ = write!(id, "{byte:02x}");
    }
    id
}

/// A GUID that is the same for the same words: RFC 9562, version 8.
fn identity(words: &str) -> String {
    let mut bytes: [u8; 16] = [0; 16];
    bytes.copy_from_slice(&Sha256::digest(format!("org.reweave {words}"))[..16]);
    bytes[6] = bytes[6] & 0x0f | 0x80;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    let hex = |bytes: &[u8]| -> String { bytes.iter().map(|byte| format!("{byte:02X}")).collect() };
    [
        &bytes[..4],
        &bytes[4..6],
        &bytes[6..8],
        &bytes[8..10],
        &bytes[10..],
    ]
    .map(hex)
    .join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_and_folder_is_a_component_with_the_same_guid_every_time() {
        let folder = tempfile::tempdir().unwrap();
        let laid = || {
            let tree = Tree::new(&folder.path().join("tree")).unwrap();
            for file in ["a.txt", "models/b.onnx", "models/more/c"] {
                tree.text(file, file).unwrap();
            }
            Laid::new(&tree).unwrap()
        };
        let (one, two) = (laid(), laid());
        assert_eq!(one.folders, two.folders);
        assert_eq!(one.references.lines().count(), 5);
        assert_eq!(one.folders.matches("<Component ").count(), 5);
        let order = [
            "a.txt",
            "Name=\"models\"",
            "b.onnx",
            "Name=\"more\"",
            "more/c",
        ];
        let places: Vec<_> = order.iter().map(|word| one.folders.find(word)).collect();
        assert!(places.is_sorted() && places[0].is_some(), "{places:?}");
    }

    #[test]
    fn a_guid_is_one() {
        let guid = identity("product 0.1.0");
        let lengths: Vec<_> = guid.split('-').map(str::len).collect();
        assert_eq!(lengths, [8, 4, 4, 4, 12]);
        assert!(guid.split('-').nth(2).unwrap().starts_with('8'));
        assert_ne!(guid, identity("product 0.1.1"));
    }
}
