//! The worker: models run in a second process of this program.
//!
//! GIMP lives whatever becomes of a plug-in, but says then that the plug-in has crashed and may have damaged its state. With
//! a worker it is the worker that crashes, and the dialog and its preview are there to say why. That costs milliseconds.

use crate::engine::Engine;

/// The one argument that says that this process is a worker.
pub const ARGUMENT: &str = "worker";

/// The variable by which the library is asked for a worker.
const VARIABLE: &str = "REWEAVE_WORKER";

/// Has models run in a worker, unless the user has set something else. To be called before there is a second thread.
pub fn ask_for_one() {
    if std::env::var_os(VARIABLE).is_none() {
        // SAFETY: no other thread is there that could read the environment.
        unsafe { std::env::set_var(VARIABLE, "1") };
    }
}

/// Is the worker; gives the exit status.
pub fn serve() -> i32 {
    match Engine::open() {
        Ok(engine) => engine.be_worker(),
        Err(error) => {
            eprintln!("reweave: {error}");
            1
        }
    }
}
