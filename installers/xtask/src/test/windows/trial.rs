//! What the setup has to do, tried one after the other in one Wine.

use super::Setup;
use super::wine::Wine;
use crate::bundle::{self, Kind, Parts};
use crate::fetch::Cache;
use crate::fetch::place::sha256;
use crate::house::House;
use crate::test::installers::{EXAMPLE, fill};
use crate::test::page;
use crate::test::pictures::{Difference, difference};
use anyhow::{Context, Result, ensure};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

const PAGE: &str = "docs/install/windows.md";
/// The GIMPs that this user has started.
const GIMPS: [&str; 3] = ["2.10", "3.0", "3.2"];
/// Where the setup lays the program.
const PROGRAM: &str = "AppData/Local/Programs/Reweave";
/// The bundle for OpenFX hosts.
const BUNDLE: &str = "AppData/Local/reweave/OFX/Plugins/Reweave.ofx.bundle";
/// A model of the user's own, which is none of the setup's business.
const OWN_MODEL: &str = "AppData/Local/reweave/models/own.onnx";
/// What the user had in the variable Path.
const OWN_PATH: &str = r"C:\\tools;%USERPROFILE%\\bin";

/// The built-in runtime, and nothing of the picture laid over what it predicts.
const BUILT_IN: [&str; 4] = ["--device", "built-in", "--method", "network"];

/// A name, and what is tried.
type Check = (&'static str, fn(&Trial) -> Result<()>);

/// What is tried, in this order.
pub const CHECKS: [Check; 8] = [
    ("silent install", |trial| trial.install()),
    ("doctor, and a fill by ONNX Runtime", |trial| trial.fill()),
    ("fills by the built-in runtime", |trial| {
        trial.fill_built_in()
    }),
    ("the plug-in for GIMP", |trial| trial.gimp()),
    ("the node in an OpenFX host", |trial| trial.openfx()),
    ("upgrade, while programs are open", |trial| trial.upgrade()),
    ("another choice of components", |trial| trial.choose()),
    ("uninstall leaves nothing", |trial| trial.uninstall()),
];

/// A Wine with a user, the setup, and what is known of how it should come out.
pub struct Trial<'a> {
    house: &'a House,
    setup: &'a Setup,
    wine: Wine,
    /// A Python that compares pictures.
    python: PathBuf,
    /// The example as this system fills it: by ONNX Runtime, and by the built-in runtime.
    expected: [PathBuf; 2],
    /// What was there before anything was installed.
    before: BTreeSet<String>,
}

impl<'a> Trial<'a> {
    /// Makes the Wine, and the fills of this system.
    pub fn prepare(house: &'a House, here: &Parts, setup: &'a Setup) -> Result<Self> {
        let wine = Wine::new(&setup.folder)?;
        for (from, to) in EXAMPLE {
            fs::copy(house.root.join(from), wine.home(to))?;
        }
        wine.lay_packages(&setup.folder)?;
        fs::copy(&setup.host, wine.home("host.exe"))?;
        for gimp in GIMPS {
            fs::create_dir_all(wine.profile(&format!("AppData/Roaming/GIMP/{gimp}/plug-ins")))?;
        }
        let own = wine.profile(OWN_MODEL);
        fs::create_dir_all(own.parent().context("it lies in a folder")?)?;
        fs::write(&own, "own")?;
        wine.shell(&format!(
            "wine reg add 'HKCU\\Environment' /v Path /t REG_EXPAND_SZ /d '{}'\n",
            OWN_PATH.replace(r"\\", r"\")
        ))?;
        let expected =
            ["by-onnxruntime.png", "by-built-in.png"].map(|name| setup.folder.join(name));
        fill(house, here, &[], &expected[0])?;
        fill(house, here, &BUILT_IN, &expected[1])?;
        let before = wine.files()?;
        Ok(Self {
            house,
            setup,
            wine,
            python: Cache::locate()?.python()?,
            expected,
            before,
        })
    }

    /// The example as this system fills it by ONNX Runtime.
    pub fn expected(&self) -> &Path {
        &self.expected[0]
    }

    fn install(&self) -> Result<()> {
        self.type_block(0)?;
        let program = self.wine.profile(PROGRAM);
        let parts = &self.setup.parts;
        for (file, from) in [
            ("reweave.exe", &parts.command),
            ("reweave-gimp.exe", &parts.gimp),
            ("reweave_plugin.dll", &parts.library),
            ("reweave-onnxruntime.dll", &parts.runtime.library),
        ] {
            let there = program.join(file);
            ensure!(
                there.is_file() && sha256(&there)? == sha256(from)?,
                "{file} is not installed as it was built"
            );
        }
        for model in &parts.models {
            let there = program
                .join("models")
                .join(model.file_name().unwrap_or_default());
            ensure!(
                sha256(&there)? == sha256(model)?,
                "{} differs",
                there.display()
            );
        }
        let licences = fs::read_to_string(program.join("THIRD-PARTY-LICENCES.txt"))?;
        ensure!(
            licences.contains("ONNX Runtime") && licences.contains("The Rust Standard Library"),
            "not all licences are installed"
        );
        let registry = self.wine.registry()?;
        let own = r#"C:\\users\\root\\AppData\\Local\\Programs\\Reweave"#;
        ensure!(
            registry.contains(&format!("{OWN_PATH};{own}\""))
                && registry.contains(
                    r#""OFX_PLUGIN_PATH"="C:\\users\\root\\AppData\\Local\\reweave\\OFX\\Plugins""#
                ),
            "the variables of the user are not as they should be:\n{}",
            environment(&registry)
        );
        Ok(())
    }

    fn fill(&self) -> Result<()> {
        let said = self.type_block(1)?;
        let wanted = [
            "models: gated, own, partial",
            "models run on ONNX Runtime 1.31.1 (CPU)",
            "Reweave.ofx loads",
            "by ONNX Runtime 1.31.1 (CPU)",
        ];
        ensure!(
            wanted.iter().all(|words| said.contains(words))
                && !said.contains("PROBLEM")
                && said.matches("reweave-onnxruntime.dll").count() <= 1,
            "reweave said:\n{said}"
        );
        self.is_like("filled.png", &self.expected[0])
    }

    fn fill_built_in(&self) -> Result<()> {
        let flags = BUILT_IN.join(" ");
        let said = self.wine.terminal(&format!(
            "reweave fill photo.jpg --mask mask.png -o built-in.png {flags}"
        ))?;
        ensure!(said.contains("by built-in"), "reweave fill said:\n{said}");
        self.is_like("built-in.png", &self.expected[1])?;
        // A Windows without Microsoft's redistributable, which ONNX Runtime needs.
        let said = self.wine.shell(&format!(
            "export WINEDLLOVERRIDES=\"$WINEDLLOVERRIDES;msvcp140,msvcp140_1,vcruntime140,vcruntime140_1=\"\n\
             wine cmd /c 'reweave doctor'\n\
             wine cmd /c 'reweave fill photo.jpg --mask mask.png -o without.png {}'\n",
            BUILT_IN[2..].join(" ")
        ))?;
        ensure!(
            said.contains("models run on the built-in runtime")
                && said.contains("vc_redist.x64.exe")
                && said.contains("by built-in"),
            "reweave said:\n{said}"
        );
        self.is_like("without.png", &self.expected[1])
    }

    fn gimp(&self) -> Result<()> {
        for gimp in GIMPS {
            let folder = format!("AppData/Roaming/GIMP/{gimp}/plug-ins/reweave");
            let there = self.wine.profile(&folder);
            for file in [
                "reweave.exe",
                "reweave_plugin.dll",
                "reweave-onnxruntime.dll",
                "models/gated.onnx",
                "locale",
            ] {
                ensure!(there.join(file).exists(), "GIMP {gimp} has no {file}");
            }
            self.wine.terminal(&format!(
                r#""%APPDATA%\GIMP\{gimp}\plug-ins\reweave\reweave.exe" --check"#
            ))?;
        }
        Ok(())
    }

    fn openfx(&self) -> Result<()> {
        let library = self
            .wine
            .profile(&format!("{BUNDLE}/Contents/Win64/Reweave.ofx"));
        ensure!(library.is_file(), "there is no bundle");
        let said = self.wine.terminal(
            r"host %LOCALAPPDATA%\reweave\OFX\Plugins\Reweave.ofx.bundle\Contents\Win64\Reweave.ofx",
        )?;
        ensure!(
            said.contains("Reweave Fill: ") && said.matches("pixels filled").count() == 4,
            "the host said:\n{said}"
        );
        Ok(())
    }

    /// A later version that has one model less, while a command and the bundle's own are running.
    fn upgrade(&self) -> Result<()> {
        let mut later = self.setup.parts.clone();
        later.version += "+later";
        later
            .models
            .retain(|model| model.file_stem() != Some("partial".as_ref()));
        let out = self.setup.folder.join("later");
        bundle::pack(&[later], &[Kind::Nsis], &out)?;
        self.wine.lay_packages(&out)?;
        fs::remove_dir_all(out)?;
        self.wine.shell(&format!(
            "cd ~/.wine/drive_c/users/root\n\
             for running in {PROGRAM}/reweave.exe {BUNDLE}/Contents/Win64/reweave.exe; do\n\
                 sleep 60 | wine $running worker >/dev/null &\n\
                 open=\"$open $!\"\n\
             done\n\
             sleep 5\n\
             wine ~/reweave-*+later-x86_64-setup.exe /S\n\
             # Both are still at it.\n\
             kill -0 $open\n\
             wineserver --kill\n"
        ))?;
        let said = self.wine.terminal("reweave doctor")?;
        ensure!(
            said.contains("models: gated, own\n") || said.contains("models: gated, own\r\n"),
            "after the upgrade reweave doctor said:\n{said}"
        );
        ensure!(
            !self
                .wine
                .profile(&format!("{BUNDLE}/Contents/Resources/models/partial.onnx"))
                .exists(),
            "the bundle still has the model that went"
        );
        let registry = self.wine.registry()?;
        ensure!(
            registry.contains(r#""DisplayVersion"="0"#) && registry.contains("+later\""),
            "Windows does not show the later version"
        );
        ensure!(
            registry.matches(r"Programs\\Reweave;").count() == 0
                && environment(&registry).matches(r"Programs\\Reweave").count() == 1,
            "the folder does not stand once in Path:\n{}",
            environment(&registry)
        );
        Ok(())
    }

    fn choose(&self) -> Result<()> {
        let misspelt = self.wine.terminal(
            "for %%s in (reweave-*+later-x86_64-setup.exe) do start /wait %%s /S /components=gmp",
        );
        ensure!(
            misspelt.is_err() && self.wine.profile(BUNDLE).exists(),
            "a component that there is none of was taken for one"
        );
        self.type_block(2)?;
        ensure!(
            !self.wine.profile(BUNDLE).exists(),
            "the node was not chosen any more, and is still there"
        );
        let registry = self.wine.registry()?;
        ensure!(
            !registry.contains("OFX_PLUGIN_PATH"),
            "OFX_PLUGIN_PATH is still set"
        );
        ensure!(
            self.wine
                .profile("AppData/Roaming/GIMP/3.2/plug-ins/reweave/reweave.exe")
                .is_file(),
            "the plug-in for GIMP was chosen, and is gone"
        );
        Ok(())
    }

    fn uninstall(&self) -> Result<()> {
        self.type_block(3)?;
        ensure!(
            self.wine.profile(OWN_MODEL).is_file(),
            "the user's own model is gone"
        );
        let mut left = self.wine.files()?;
        left.retain(|path| !self.before.contains(path) && !is_of_others(path));
        ensure!(left.is_empty(), "left behind: {left:#?}");
        let registry = self.wine.registry()?;
        ensure!(
            !registry.to_lowercase().contains("reweave"),
            "the registry still has Reweave in it"
        );
        ensure!(
            environment(&registry).contains(&format!("\"{OWN_PATH}\"")),
            "the user's own Path is not as it was:\n{}",
            environment(&registry)
        );
        Ok(())
    }

    /// Types one of the page's blocks of commands.
    fn type_block(&self, index: usize) -> Result<String> {
        let blocks = page::blocks_in(self.house, PAGE, "In a terminal", "bat")?;
        let block = blocks
            .get(index)
            .with_context(|| format!("{PAGE} has {} blocks of commands", blocks.len()))?;
        self.wine.terminal(block)
    }

    /// Fails unless a fill under Wine is the one of this system, but for how numbers are rounded.
    fn is_like(&self, file: &str, expected: &Path) -> Result<()> {
        let found = difference(&self.python, &self.wine.home(file), expected)?;
        eprintln!("   {file}: {found:?} from the fill of this system");
        let Difference { largest, share, .. } = found;
        ensure!(
            largest <= 2.0 && share <= 0.01,
            "{file} differs from the fill of this system: {found:?}"
        );
        Ok(())
    }
}

/// The variables of the user.
fn environment(registry: &str) -> &str {
    let start = registry.find("[Environment]").unwrap_or_default();
    let section = &registry[start..];
    section.split("\n\n").next().unwrap_or(section)
}

/// What Wine makes when programs run, folders that programs share, and the copy of itself from which an uninstaller of NSIS
/// works, which Windows removes.
fn is_of_others(path: &str) -> bool {
    path.contains("/drive_c/windows/")
        || path.contains("/AppData/Local/Temp/~nsu")
        || path.ends_with("/AppData/Local/Temp")
        || path.ends_with("/AppData/Local/Programs")
}
