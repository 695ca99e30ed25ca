//! Reading pictures and masks as the command line asks for it.

use std::path::Path;

use reweave_formats::{Document, FileError, Limits, Problem};

/// How files are read.
#[derive(Debug, Clone, Copy)]
pub struct Reading {
    /// What a file may ask for.
    pub limits: Limits,
    /// Whether a file with missing pixels is an error, and not only warned of.
    pub strict: bool,
}

impl Reading {
    /// The picture or mask that was read from `path`, unless it is one to refuse.
    ///
    /// # Errors
    /// Where pixels are missing and that is an error.
    pub fn accept(self, path: &Path, document: Document) -> Result<Document, FileError> {
        match &document.damage {
            Some(damage) if self.strict => Err(Problem::new(
                format!("is damaged ({damage})"),
                "fetch or export it again, or fill it as it is without --strict",
            )
            .of(path)),
            _ => Ok(document),
        }
    }
}

/// What is to be said of a file that was read although it is damaged.
pub fn warning(path: &Path, document: &Document) -> Option<String> {
    let damage = document.damage.as_ref()?;
    Some(format!("{}: {damage}", path.display()))
}

/// Memory as people write it: `512MiB`, `4GiB`.
pub fn memory(text: &str) -> Result<u64, String> {
    let split = text.find(|c: char| !c.is_ascii_digit());
    let (number, unit) = text.split_at(split.unwrap_or(text.len()));
    let unit = match unit.to_ascii_lowercase().as_str() {
        "mib" => 1_u64 << 20,
        "gib" => 1 << 30,
        _ => return Err("write a whole number with its unit, such as 512MiB or 4GiB".into()),
    };
    number
        .parse::<u64>()
        .ok()
        .filter(|&number| number > 0)
        .and_then(|number| number.checked_mul(unit))
        .ok_or_else(|| "it is no number of 1 or more".into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn memory_has_a_unit() {
        assert_eq!(memory("512MiB"), Ok(512 << 20));
        assert_eq!(memory("4gib"), Ok(4 << 30));
        for text in [
            "",
            "4",
            "GiB",
            "0MiB",
            "-1GiB",
            "4GB",
            "99999999999999999999GiB",
        ] {
            assert!(memory(text).is_err(), "{text}");
        }
    }
}
