//! Runtimes: what runs an ONNX model. ONNX Runtime where it can be loaded, else the one that is built in.

mod builtin;
mod device;
mod interface;
mod locate;
mod on_card;
mod onnxruntime;
mod open;
mod stack;

pub use device::{Available, Device, RuntimeReport};
pub(crate) use interface::{CancelToken, Data, Inputs, Runtime, Tensor, TensorSpec};
pub use locate::use_onnxruntime;
pub use open::list;
pub(crate) use open::load;
pub(crate) use stack::{STACK_BYTES, on_own_stack};
