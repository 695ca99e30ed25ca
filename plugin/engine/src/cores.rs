//! Work shared among all cores, the caller's among them.

use std::sync::{Mutex, PoisonError};

/// Does the work for each item, on the calling thread and the pool's. A caller that waited instead would leave its core to
/// be woken up again: on two cores, texture took half as long again.
pub(crate) fn for_each<T: Send>(items: impl Iterator<Item = T> + Send, work: impl Fn(T) + Sync) {
    let items = Mutex::new(items);
    let next = || items.lock().unwrap_or_else(PoisonError::into_inner).next();
    let take = || {
        while let Some(item) = next() {
            work(item);
        }
    };
    rayon::in_place_scope(|scope| {
        for _ in 1..rayon::current_num_threads() {
            scope.spawn(|_| take());
        }
        take();
    });
}
