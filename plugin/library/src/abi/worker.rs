//! Being a worker: `reweave_worker`.

use super::guard::guard_value;

/// See `reweave.h`.
#[unsafe(no_mangle)]
pub extern "C" fn reweave_worker() -> i32 {
    guard_value(1, || Ok(i32::from(reweave::worker::serve())))
}
