//! `reweave install`: puts Reweave into programs that can use it.

use crate::install::gimp::{self, bundle::Bundle, places};
use crate::install::openfx;
use crate::report::{fail, print_line};
use clap::ValueEnum;
use reweave::installation::Installation;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Put Reweave's plug-in where a program looks for it, for this user.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
`reweave doctor` says why a menu entry does not show.")]
pub struct Args {
    /// The program.
    program: Program,
    /// Take the plug-in out again.
    #[arg(long)]
    uninstall: bool,
    /// OpenFX: the folder for the bundle, instead of the first one that hosts look through and that you may write to.
    #[arg(long, value_name = "FOLDER")]
    folder: Option<PathBuf>,
    /// OpenFX: a folder of your own, which hosts find by OFX_PLUGIN_PATH; it takes no rights of an administrator.
    #[cfg(windows)]
    #[arg(long, conflicts_with = "folder")]
    for_me: bool,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Program {
    /// Every GIMP of this user: native, Flatpak and Snap.
    Gimp,
    /// OpenFX hosts: Natron, Nuke, Resolve, Fusion, Kdenlive, Shotcut and others.
    Openfx,
    /// Terminals: new ones find the command `reweave`, by the variable Path of this user.
    #[cfg(windows)]
    Terminal,
}

impl Args {
    pub fn run(self) -> ExitCode {
        match self.program {
            Program::Gimp => self.gimp(),
            #[cfg(windows)]
            Program::Openfx if self.for_me => self.openfx_for_me(),
            Program::Openfx => self.openfx(),
            #[cfg(windows)]
            Program::Terminal => self.terminal(),
        }
    }

    #[cfg(windows)]
    fn terminal(self) -> ExitCode {
        let place = std::env::current_exe()
            .ok()
            .and_then(|program| Some(program.parent()?.to_owned()));
        let Some(folder) = place else {
            return fail("where this program lies cannot be told");
        };
        match change_variable("Path", &folder, self.uninstall) {
            Ok(_) if self.uninstall => print_line("new terminals do not find reweave any more"),
            Ok(_) => print_line("new terminals find reweave"),
            Err(error) => return fail(error),
        }
        ExitCode::SUCCESS
    }

    #[cfg(windows)]
    fn openfx_for_me(mut self) -> ExitCode {
        let Some(folder) = openfx::places::of_user() else {
            return fail("this user has no data folder: name one with --folder");
        };
        if let Err(error) = change_variable(openfx::places::VARIABLE, &folder, self.uninstall) {
            return fail(error);
        }
        self.folder = Some(folder.clone());
        let uninstall = self.uninstall;
        let status = self.openfx();
        if uninstall {
            openfx::places::remove_if_empty(&folder);
        }
        status
    }

    fn openfx(self) -> ExitCode {
        let Some(folder) = self.folder.or_else(openfx::places::writable) else {
            return fail(format!(
                "you may not write to {}, where OpenFX hosts look: run this with the rights of an administrator, or name a folder \
                 of yours with --folder and set OFX_PLUGIN_PATH to it",
                openfx::places::of_the_system().display()
            ));
        };
        if let Some(library) = openfx::bundle::library_of_package(&folder) {
            return of_package(&folder, &library, self.uninstall);
        }
        if self.uninstall {
            return match openfx::bundle::uninstall(&folder) {
                Ok(true) => {
                    print_line(format_args!("taken out of {}", folder.display()));
                    ExitCode::SUCCESS
                }
                Ok(false) => {
                    print_line(format_args!("was not installed in {}", folder.display()));
                    ExitCode::SUCCESS
                }
                Err(error) => fail(error),
            };
        }
        let parts = match openfx::bundle::find() {
            Ok(parts) => parts,
            Err(error) => return fail(error),
        };
        match openfx::bundle::install(&parts, &folder) {
            Ok(bundle) => {
                print_line(format_args!("installed in {}", bundle.display()));
                if !openfx::places::all().contains(&folder) {
                    print_line(format_args!(
                        "Hosts find it there when OFX_PLUGIN_PATH is {}.",
                        folder.display()
                    ));
                }
                print_line(
                    "Start the host (again) and look for the node Reweave Fill, in the group Reweave.",
                );
                ExitCode::SUCCESS
            }
            Err(error) => fail(error),
        }
    }

    fn gimp(self) -> ExitCode {
        let mut places = places::all();
        places.retain(|place| place.line.is_supported());
        if places.is_empty() {
            return fail(
                "there is no GIMP 2.10, 3.0 or later on this machine, or it was never started. Install GIMP, start it once, and \
                 try again",
            );
        }
        if self.uninstall {
            uninstall(&places)
        } else {
            put_in(&places)
        }
    }
}

/// Puts a folder into a variable of this user's, or takes it out.
#[cfg(windows)]
fn change_variable(variable: &str, folder: &Path, uninstall: bool) -> std::io::Result<bool> {
    use crate::install::variables;
    match uninstall {
        true => variables::remove(variable, folder),
        false => variables::add(variable, folder),
    }
}

/// What lies in `folder` belongs to a package of the system: if it is this very Reweave all is done, else it is refused.
fn of_package(folder: &Path, library: &Path, uninstall: bool) -> ExitCode {
    let same = |own: &Installation| {
        let [own, there] = [&own.library, library].map(fs::canonicalize);
        own.is_ok_and(|own| there.is_ok_and(|there| own == there))
    };
    if !uninstall && Installation::of_code().iter().any(same) {
        print_line(format_args!(
            "installed for all users, in {}",
            folder.display()
        ));
        return ExitCode::SUCCESS;
    }
    const REMOVE: &str = "`sudo apt remove reweave`, or `sudo dnf remove reweave`";
    if uninstall {
        return fail(format!(
            "the bundle in {} belongs to the package reweave of this system, and is taken out with it: {REMOVE}",
            folder.display()
        ));
    }
    fail(format!(
        "the bundle in {} belongs to the package reweave of this system, which would be damaged. Take out the package first \
         ({REMOVE}), or name a folder of yours with --folder and set OFX_PLUGIN_PATH to it",
        folder.display()
    ))
}

fn put_in(places: &[places::Place]) -> ExitCode {
    let bundle = match Bundle::find() {
        Ok(bundle) => bundle,
        Err(error) => return fail(error),
    };
    let mut status = ExitCode::SUCCESS;
    for place in places {
        if let Some(folder) = bundle.installed_for_all_users(place) {
            print_line(format_args!(
                "GIMP {}: installed for all users, in {}",
                place.line,
                folder.display()
            ));
            continue;
        }
        match bundle.install(place) {
            Ok(folder) => print_line(format_args!(
                "GIMP {}{}: installed in {}",
                place.line,
                place.packaging,
                folder.display()
            )),
            Err(error) => status = fail(format!("GIMP {}{}: {error}", place.line, place.packaging)),
        }
    }
    print_line(
        "Start GIMP (again), select something, and choose Filters > Enhance > Content-Aware Fill.",
    );
    status
}

fn uninstall(places: &[places::Place]) -> ExitCode {
    let mut status = ExitCode::SUCCESS;
    for place in places {
        match gimp::bundle::uninstall(place) {
            Ok(true) => print_line(format_args!(
                "GIMP {}{}: taken out of {}",
                place.line,
                place.packaging,
                place.plug_ins().display()
            )),
            Ok(false) => print_line(format_args!(
                "GIMP {}{}: was not installed",
                place.line, place.packaging
            )),
            Err(error) => status = fail(format!("GIMP {}{}: {error}", place.line, place.packaging)),
        }
    }
    status
}
