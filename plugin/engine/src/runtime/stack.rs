//! Runtimes work on threads whose stack we choose: they go through a model by recursion, and the threads of hosts have
//! stacks of any size.

use std::thread;

use super::guard::broke_down;

/// Bytes of stack for opening and running a model: many times what the longest model that is taken needs. It is address
/// space only until it is used.
pub(crate) const STACK_BYTES: usize = 64 << 20;

/// Does the work on a thread with [`STACK_BYTES`] of stack, and waits for it.
///
/// # Errors
/// There is no such thread to be had, or the work panicked.
pub(crate) fn on_own_stack<T: Send>(work: impl FnOnce() -> T + Send) -> Result<T, String> {
    thread::scope(|scope| {
        let builder = thread::Builder::new()
            .name("reweave-open".into())
            .stack_size(STACK_BYTES);
        let worker = builder
            .spawn_scoped(scope, work)
            .map_err(|error| format!("no thread to open it on: {error}"))?;
        worker.join().map_err(|panic| broke_down(panic.as_ref()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Takes about 1 KiB of stack for each level.
    fn deep(levels: u32) -> u32 {
        let space = std::hint::black_box([1u8; 1024]);
        match levels {
            0 => 0,
            _ => deep(levels - 1) + u32::from(space[levels as usize % 1024]),
        }
    }

    #[test]
    fn there_is_room_for_what_a_small_thread_has_not() {
        let small = thread::Builder::new().stack_size(256 << 10);
        let worker = small.spawn(|| on_own_stack(|| deep(20_000))).unwrap();
        assert_eq!(worker.join().unwrap(), Ok(20_000));
    }

    #[test]
    fn a_panic_is_an_error() {
        let broken = on_own_stack(|| -> u8 { panic!("no such operator") });
        assert!(broken.unwrap_err().contains("no such operator"));
    }
}
