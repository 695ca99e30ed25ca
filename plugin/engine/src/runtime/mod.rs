//! Runtimes: what runs an ONNX model. ONNX Runtime where it can be loaded, else the one that is built in.

mod adapters;
mod builtin;
mod device;
mod guard;
mod interface;
mod judge;
mod locate;
mod nodes;
mod on_card;
mod onnxruntime;
mod open;
mod stack;
mod verdicts;

pub use adapters::{Adapter, AdapterKind};
pub(crate) use builtin::NAME as BUILT_IN;
pub use device::{Available, Device, RuntimeReport};
pub(crate) use guard::guarded;
pub(crate) use interface::{CancelToken, Data, Inputs, ModelFile, Runtime, Tensor, TensorSpec};
pub(crate) use locate::pass_on;
pub use locate::use_onnxruntime;
pub use nodes::render_nodes;
pub(crate) use open::load;
pub use open::{check_onnxruntime, list};
pub(crate) use stack::{STACK_BYTES, on_own_stack};
