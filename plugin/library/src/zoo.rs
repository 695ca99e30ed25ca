//! The model that a host names.

use reweave::zoo;
use std::path::{Path, PathBuf};

/// The file that a name in the models folders, or a path, means.
///
/// # Errors
/// A sentence that says which models there are.
pub(crate) fn find(name: &str) -> Result<PathBuf, String> {
    // A relative path would mean another file in each host.
    if zoo::is_path(name) && !Path::new(name).is_absolute() {
        return Err(format!(
            "{name}: give the full path of the model, or the name of one in the models folders"
        ));
    }
    zoo::find(name, &zoo::folders(None)).map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_has_to_be_whole() {
        assert!(find("models/gated.onnx").unwrap_err().contains("full path"));
        assert!(find("/nowhere/gated.onnx").unwrap_err().contains("no such"));
        assert!(find("no-such-model").unwrap_err().contains("no-such-model"));
    }
}
