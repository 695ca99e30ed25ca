//! How large and how deep a model may be. All of it stands here, far above what networks that fill pictures need (the
//! largest that we know has 1,218 nodes and 28 MB) and below what brings a runtime down.

/// Bytes of the file: what a protobuf can be at most, and both runtimes read no more.
pub(super) const FILE_BYTES: u64 = (1 << 31) - 1;

/// Operations in the graph. The built-in runtime goes from each to those it needs by recursion, so that this bounds its
/// stack, [`STACK_BYTES`](crate::runtime::STACK_BYTES).
pub(super) const NODES: usize = 10_000;

/// Constants beside the operations.
pub(super) const CONSTANTS: usize = 20_000;

/// Inputs, outputs and settings of one operation, each, and inputs of the graph.
pub(super) const FIELDS_OF_NODE: usize = 1_000;

/// Bytes of a name.
pub(super) const NAME_BYTES: usize = 1_000;

/// Axes of a constant.
pub(super) const AXES: usize = 16;

/// Length of an axis of a constant.
pub(super) const AXIS_LENGTH: i64 = 1 << 31;

/// Bytes of all values that exist at the same time while the model runs.
pub(super) const LIVE_BYTES: u64 = 8 << 30;
