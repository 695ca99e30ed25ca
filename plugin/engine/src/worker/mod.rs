//! A model in a process of its own: whatever it or a driver does there (abort, run away with the memory, crash), the host
//! lives, its picture is as it was, and it is told in words what became of the fill.
//!
//! `REWEAVE_WORKER=1` asks for it. The worker is a program of the same installation, started with the one argument
//! [`ARGUMENT`]. One is started for each opened model, is kept for the fills that follow, and ends with the host: both
//! talk through its standard input and output, in frames, and when the host is gone its input ends. To cancel a run the
//! worker is killed; the next run starts another. What dies by itself on a card is tried on the processor, and what
//! dies there in ONNX Runtime is tried in the built-in runtime, before it is an error.
//!
//! | file | is |
//! |---|---|
//! | `program.rs` | whether a worker is wanted, and which program it is |
//! | `frame.rs` | what is said between host and worker, with its limits |
//! | `process.rs` | a worker, seen from the host |
//! | `remote.rs` | a model in a worker, as the host runs it |
//! | `serve.rs` | the worker's own side |
//! | `pipe.rs` | writing to who may be gone |

mod frame;
mod pipe;
mod process;
mod program;
mod remote;
mod serve;

pub(crate) use program::wanted;
pub use program::{ARGUMENT, VARIABLE};
pub(crate) use remote::open;
pub use serve::serve;
