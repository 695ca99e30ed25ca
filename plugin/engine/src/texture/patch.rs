//! Patches: small squares of a picture.

/// Patches are squares of so many pixels. Eight pixels of eight bytes are two steps of a processor that compares 32 at
/// once, where seven would be five.
pub(super) const SIDE: usize = 8;
/// Pixels of a patch left of its middle, and above; and right of it, and below.
pub(super) const BEFORE: usize = (SIDE - 1) / 2;
pub(super) const AFTER: usize = SIDE - 1 - BEFORE;

/// What a patch is.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Patch {
    /// The picture's border cuts it.
    Cut,
    /// All of it is known: it may be copied.
    Known,
    /// It touches the hole: it wants a match.
    OfHole,
}
