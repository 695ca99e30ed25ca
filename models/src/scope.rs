//! Where in a network's tree of parameters a layer stands.

use crate::backend::{Backend, Init};

/// A place in the tree of parameters, with the backend that holds them: `net.at("coarse").at("conv1")`.
pub struct Scope<'b, B: Backend> {
    backend: &'b B,
    path: String,
}

impl<'b, B: Backend> Scope<'b, B> {
    /// The root of the tree.
    pub fn root(backend: &'b B) -> Self {
        Scope {
            backend,
            path: String::new(),
        }
    }

    /// The branch `name`, below this one.
    pub fn at(&self, name: impl std::fmt::Display) -> Self {
        Scope {
            backend: self.backend,
            path: self.join(name),
        }
    }

    /// The backend that computes.
    pub fn backend(&self) -> &'b B {
        self.backend
    }

    /// This place's own path, such as `coarse.conv1`.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The parameter `name` here.
    pub fn parameter(&self, name: &str, shape: &[usize], init: Init) -> B::Tensor {
        self.backend.parameter(&self.join(name), shape, init)
    }

    /// The spectrally normalised parameter `name` here.
    pub fn spectral_parameter(&self, name: &str, shape: &[usize], init: Init) -> B::Tensor {
        self.backend
            .spectral_parameter(&self.join(name), shape, init)
    }

    fn join(&self, name: impl std::fmt::Display) -> String {
        if self.path.is_empty() {
            name.to_string()
        } else {
            format!("{}.{name}", self.path)
        }
    }
}
