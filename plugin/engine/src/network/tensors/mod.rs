//! From what a network is shown to the tensors that its card asks for, and back.

mod channel;
mod pack;
#[cfg(test)]
mod tests;
mod unpack;

pub(super) use pack::pack;
pub(super) use unpack::unpack;
