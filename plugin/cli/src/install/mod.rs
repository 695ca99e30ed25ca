//! Reweave in other programs: a folder for each kind of program, all alike.
//!
//! | file | what it knows |
//! |---|---|
//! | `parts.rs` | what there is to install, and where this installation of Reweave has it |
//! | `replace.rs` | putting a folder in the place of an older one, whole or not at all |
//! | `variables.rs` | on Windows, the user's variables by which programs are found |
//! | `examine.rs` | whether this installation is whole |
//! | `finding.rs` | what `reweave doctor` has to say |
//! | `{gimp,openfx}/places.rs` | where the program looks |
//! | `{gimp,openfx}/bundle.rs` | the folder that the program wants |
//! | `{gimp,openfx}/examine.rs` | why the program does not show Reweave |
//!
//! Where the parts lie inside an installed folder is said in [`reweave::installation`], by which they are found again.

pub mod examine;
pub mod finding;
pub mod gimp;
pub mod openfx;
mod parts;
pub mod replace;
#[cfg(any(windows, test))]
pub mod variables;
