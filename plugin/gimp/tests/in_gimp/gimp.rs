//! A GIMP in a folder of its own: unpacked, with the plug-in in it, and started by chroot.

use crate::picture::Dump;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// Makes the folder `$1` the root, with the system's devices and its own processes, and runs the rest there.
const ENTER: &str = "mount --bind \"$1\" \"$1\" && mount -t proc proc \"$1/proc\" && mount --rbind /dev \"$1/dev\" &&
    cd \"$1\" && pivot_root . mnt && shift && exec chroot . \"$@\"";

/// The variable that tells the processes of one run from those of others, which go on beside it.
const MARK: &str = "REWEAVE_TEST_RUN";

/// No GIMP may take longer than this for one script.
const LIMIT: Duration = Duration::from_secs(240);

/// A GIMP that there is a root for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Version {
    V3_0,
    V3_2,
}

impl Version {
    pub fn number(self) -> &'static str {
        match self {
            Self::V3_0 => "3.0",
            Self::V3_2 => "3.2",
        }
    }

    /// A release of it: settings of an older one bring up a window that tells of what is new.
    fn release(self) -> &'static str {
        match self {
            Self::V3_0 => "3.0.4",
            Self::V3_2 => "3.2.6",
        }
    }

    fn root(self) -> &'static str {
        match self {
            Self::V3_0 => "gimp-trixie",
            Self::V3_2 => "gimp-forky",
        }
    }
}

/// An unpacked GIMP.
pub struct Gimp {
    pub version: Version,
    folder: TempDir,
    runs: AtomicUsize,
}

/// The folder of a run.
pub struct Place {
    /// Where it is for us.
    pub out: PathBuf,
    /// Where it is inside the root: `/test/N`.
    pub inside: String,
}

/// What a script left.
pub struct Outcome {
    pub success: bool,
    /// What the script displayed.
    pub said: String,
    /// What GIMP and the plug-in complained about.
    pub complaints: String,
    /// Where its files are.
    pub out: PathBuf,
}

impl Outcome {
    /// The bytes that the script dumped under this name.
    pub fn dump(&self, name: &str) -> Result<Dump, String> {
        Dump::read(&self.out.join(name)).map_err(|error| {
            format!(
                "no dump {name} ({error}); said:\n{}\ncomplaints:\n{}",
                self.said, self.complaints
            )
        })
    }
}

impl Gimp {
    /// Unpacks the root and puts the plug-in into it; an error says why that cannot be done here.
    pub fn unpack(version: Version) -> Result<Self, String> {
        let cache = std::env::var_os("REWEAVE_TEST_CACHE")
            .ok_or("REWEAVE_TEST_CACHE is not set (cargo xtask test gimp)")?;
        let tar = Path::new(&cache)
            .join("roots")
            .join(format!("{}.tar", version.root()));
        if !tar.is_file() {
            return Err(format!(
                "{} is not there (cargo xtask fetch --hosts)",
                tar.display()
            ));
        }
        let folder = tempfile::Builder::new()
            .prefix("reweave-gimp-")
            .tempdir()
            .map_err(|error| error.to_string())?;
        let mut unpack = Command::new("tar");
        unpack
            .arg("xf")
            .arg(&tar)
            .arg("-C")
            .arg(folder.path())
            .arg("--exclude=./dev/*");
        let unpacked = unpack.output().map_err(|error| error.to_string())?;
        if !unpacked.status.success() {
            return Err(format!(
                "tar: {}",
                String::from_utf8_lossy(&unpacked.stderr)
            ));
        }
        let gimp = Self {
            version,
            folder,
            runs: AtomicUsize::new(0),
        };
        gimp.install()
            .map_err(|error| format!("cannot put the plug-in in place: {error}"))?;
        // The first start asks every plug-in what it is; later ones go from this profile.
        let first = gimp.script("(display \"ready\")")?;
        if !first.said.contains("ready") {
            return Err(format!(
                "GIMP does not run by chroot here:\n{}",
                first.complaints
            ));
        }
        fs::rename(first.out.join("profile"), gimp.path("test/profile"))
            .map_err(|error| error.to_string())?;
        Ok(gimp)
    }

    /// A path inside the root.
    pub fn path(&self, inside: &str) -> PathBuf {
        self.folder.path().join(inside)
    }

    fn install(&self) -> std::io::Result<()> {
        put_plug_in(&self.path("test/plug-ins/reweave"))?;
        let built = Path::new(env!("CARGO_BIN_EXE_reweave-gimp")).with_file_name("");
        let helper = self.path("test/plug-ins/gimp-test-helper");
        fs::create_dir_all(&helper)?;
        fs::copy(
            built.join("examples/gimp-test-helper"),
            helper.join("gimp-test-helper"),
        )?;
        let photo = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/examples/coffee.png");
        fs::copy(photo, self.path("test/photo.png"))?;
        fs::write(self.path("test/prelude.scm"), include_str!("prelude.scm"))
    }

    /// A folder for a run, with a profile of its own.
    pub fn place(&self) -> Result<Place, String> {
        self.make_place().map_err(|error| error.to_string())
    }

    fn make_place(&self) -> std::io::Result<Place> {
        let inside = format!("test/{}", self.runs.fetch_add(1, Ordering::Relaxed));
        let out = self.path(&inside);
        fs::create_dir_all(&out)?;
        let (common, own) = (self.path("test/profile"), out.join("profile"));
        match common.is_dir() {
            true => assert!(
                Command::new("cp")
                    .arg("-a")
                    .arg(common)
                    .arg(&own)
                    .status()?
                    .success()
            ),
            false => fs::create_dir(&own)?,
        }
        let settings = include_str!("gimprc").replace("VERSION", self.version.release());
        fs::write(own.join("gimprc"), settings)?;
        Ok(Place {
            out,
            inside: format!("/{inside}"),
        })
    }

    /// Runs a script without a window.
    pub fn script(&self, script: &str) -> Result<Outcome, String> {
        self.script_in(self.place()?, script)
    }

    /// Runs a script without a window, in this folder.
    pub fn script_in(&self, place: Place, script: &str) -> Result<Outcome, String> {
        let call = |file: &str| format!("(load \"{file}\")");
        self.batch(place, "plug-in-script-fu-eval", script, "scm", call)
    }

    /// Runs a script in a language of GIMP's without a window. `call` makes the batch command from the file's name.
    pub fn batch(
        &self,
        Place { out, inside }: Place,
        interpreter: &str,
        script: &str,
        ending: &str,
        call: impl FnOnce(&str) -> String,
    ) -> Result<Outcome, String> {
        let prelude = if ending == "scm" {
            format!("(define folder \"{inside}/\")\n(load \"/test/prelude.scm\")\n")
        } else {
            String::new()
        };
        fs::write(out.join(format!("script.{ending}")), prelude + script)
            .map_err(|error| error.to_string())?;
        let mut command = self.command(&inside);
        command
            .args([
                "gimp-console",
                "-i",
                "-d",
                "--quit",
                "--batch-interpreter",
                interpreter,
                "-b",
            ])
            .arg(call(&format!("{inside}/script.{ending}")));
        let (success, said, complaints) =
            run(&mut command, &out).map_err(|error| error.to_string())?;
        Ok(Outcome {
            success,
            said,
            complaints,
            out,
        })
    }

    /// What the processes of the run in this folder have in their environment.
    pub fn mark(&self, inside: &str) -> String {
        format!("{MARK}={}{inside}", self.folder.path().display())
    }

    /// A command inside the root. It has its own /proc and its own processes, which all end with it. The root is
    /// pivoted to and not only changed: GIMP 3.2 loads icons in a sandbox, which the kernel refuses to a chroot.
    pub fn command(&self, inside: &str) -> Command {
        let mut command = Command::new("unshare");
        command
            .args([
                "--mount",
                "--propagation",
                "private",
                "--pid",
                "--fork",
                "--kill-child",
                "--",
            ])
            .args(["sh", "-c", ENTER, "sh"])
            .arg(self.folder.path())
            .args([
                "env",
                "-i",
                "PATH=/usr/bin:/bin",
                "LC_ALL=C.UTF-8",
                "REWEAVE_TIMES=1",
            ])
            .arg(self.mark(inside))
            .arg(format!("HOME={inside}"))
            .arg(format!("GIMP3_DIRECTORY={inside}/profile"));
        command
    }
}

/// Puts the plug-in, as it was built just now, into a folder.
pub fn put_plug_in(folder: &Path) -> std::io::Result<()> {
    let program = PathBuf::from(env!("CARGO_BIN_EXE_reweave-gimp"));
    fs::create_dir_all(folder.join("models"))?;
    fs::copy(&program, folder.join("reweave"))?;
    let library = format!(
        "{}reweave_plugin{}",
        std::env::consts::DLL_PREFIX,
        std::env::consts::DLL_SUFFIX
    );
    fs::copy(program.with_file_name(&library), folder.join(&library))?;
    let zoo = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../models/zoo");
    for entry in fs::read_dir(zoo)? {
        let file = entry?.path();
        fs::copy(
            &file,
            folder
                .join("models")
                .join(file.file_name().unwrap_or_default()),
        )?;
    }
    if let Some(runtime) = std::env::var_os("REWEAVE_ONNXRUNTIME") {
        fs::copy(runtime, folder.join("libonnxruntime.so"))?;
    }
    assert!(
        Command::new(&program)
            .arg("--locale")
            .arg(folder.join("locale"))
            .status()?
            .success()
    );
    Ok(())
}

fn run(command: &mut Command, out: &Path) -> std::io::Result<(bool, String, String)> {
    let (said, complaints) = (out.join("said"), out.join("complaints"));
    let mut child = command
        .stdin(Stdio::null())
        .stdout(fs::File::create(&said)?)
        .stderr(fs::File::create(&complaints)?)
        .spawn()?;
    let start = Instant::now();
    let success = loop {
        if let Some(status) = child.try_wait()? {
            break status.success();
        }
        if start.elapsed() > LIMIT {
            child.kill()?;
            child.wait()?;
            break false;
        }
        std::thread::sleep(Duration::from_millis(20));
    };
    let text = |file| fs::read(file).map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
    Ok((success, text(said)?, text(complaints)?))
}
