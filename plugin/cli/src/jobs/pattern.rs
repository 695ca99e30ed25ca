//! Names with places to fill in: `shot.%04d.exr`, `masks/{stem}.png`, `out.####.exr`.

use std::path::{Path, PathBuf};

/// A path with places that differ from picture to picture.
///
/// | place | becomes |
/// |---|---|
/// | `%04d`, `%d`, `####`, `{frame}` | the picture's frame number, padded with zeros |
/// | `{stem}` | its file name without the extension |
/// | `{ext}` | its extension |
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pattern {
    parts: Vec<Part>,
    text: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Part {
    Literal(String),
    /// Zero-padded to this many digits.
    Frame(usize),
    Stem,
    Ext,
}

/// What a pattern could not be filled in with.
#[derive(Debug, thiserror::Error)]
#[error("{} has no frame number in its name, but the pattern {pattern} asks for one; use {{stem}} instead", picture.display())]
pub struct NoFrame {
    picture: PathBuf,
    pattern: String,
}

impl Pattern {
    /// The pattern in `text`, or none where every character stands for itself.
    ///
    /// A file that really has such a name is that file: `existing` is asked by the caller, not here.
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = Vec::new();
        let mut literal = String::new();
        let mut rest = text;
        while let Some(next) = rest.chars().next() {
            if let Some((part, length)) = place(rest) {
                if !literal.is_empty() {
                    parts.push(Part::Literal(std::mem::take(&mut literal)));
                }
                parts.push(part);
                rest = &rest[length..];
            } else {
                literal.push(next);
                rest = &rest[next.len_utf8()..];
            }
        }
        if parts.is_empty() {
            return None;
        }
        if !literal.is_empty() {
            parts.push(Part::Literal(literal));
        }
        Some(Self {
            parts,
            text: text.to_owned(),
        })
    }

    /// Whether the pattern asks for a frame number.
    pub fn has_frame(&self) -> bool {
        self.parts.iter().any(|part| matches!(part, Part::Frame(_)))
    }

    /// Whether the pattern asks for something of another picture's name.
    pub fn has_name(&self) -> bool {
        self.parts
            .iter()
            .any(|part| matches!(part, Part::Stem | Part::Ext))
    }

    /// The name for frame `frame`; places for names stay empty.
    pub fn at(&self, frame: u32) -> PathBuf {
        self.write(Some(frame), "", "").into()
    }

    /// The name that belongs to `picture`, whose frame number is `frame` where it has one.
    pub fn for_picture(&self, picture: &Path, frame: Option<u32>) -> Result<PathBuf, NoFrame> {
        if self.has_frame() && frame.is_none() {
            return Err(NoFrame {
                picture: picture.to_owned(),
                pattern: self.text.clone(),
            });
        }
        let stem = picture.file_stem().unwrap_or_default().to_string_lossy();
        let ext = picture.extension().unwrap_or_default().to_string_lossy();
        Ok(self.write(frame, &stem, &ext).into())
    }

    /// The frame number that `name` has where the pattern has its place, if the rest fits too.
    pub fn frame_of(&self, name: &str) -> Option<u32> {
        let place = self
            .parts
            .iter()
            .position(|part| matches!(part, Part::Frame(_)))?;
        let text = |parts: &[Part]| -> String {
            parts
                .iter()
                .map(|part| {
                    if let Part::Literal(text) = part {
                        text.as_str()
                    } else {
                        ""
                    }
                })
                .collect()
        };
        let Part::Frame(digits) = self.parts[place] else {
            return None;
        };
        let number = name
            .strip_prefix(&text(&self.parts[..place]))?
            .strip_suffix(&text(&self.parts[place + 1..]))?;
        let plain = number.bytes().all(|byte| byte.is_ascii_digit());
        // `%04d` writes 12345 with five digits, but never 123 with three.
        let padded = number.len() >= digits.max(1)
            && (number.len() == digits || !number.starts_with('0') || digits == 0);
        (plain && padded).then(|| number.parse().ok())?
    }

    fn write(&self, frame: Option<u32>, stem: &str, ext: &str) -> String {
        let mut name = String::new();
        for part in &self.parts {
            match part {
                Part::Literal(text) => name.push_str(text),
                Part::Frame(digits) => name.push_str(&format!("{:0digits$}", frame.unwrap_or(0))),
                Part::Stem => name.push_str(stem),
                Part::Ext => name.push_str(ext),
            }
        }
        name
    }
}

/// The place that `text` begins with, and how many bytes it takes.
fn place(text: &str) -> Option<(Part, usize)> {
    for (name, part) in [
        ("{stem}", Part::Stem),
        ("{ext}", Part::Ext),
        ("{frame}", Part::Frame(0)),
    ] {
        if text.starts_with(name) {
            return Some((part, name.len()));
        }
    }
    let hashes = text.bytes().take_while(|&byte| byte == b'#').count();
    // A single # is common in file names ("Photo #3.jpg").
    if hashes >= 2 {
        return Some((Part::Frame(hashes), hashes));
    }
    let digits = text.strip_prefix('%')?;
    let end = digits.find(|letter: char| !letter.is_ascii_digit())?;
    if !digits[end..].starts_with('d') {
        return None;
    }
    let width = if end == 0 {
        0
    } else {
        digits[..end].parse().ok().filter(|&width| width <= 20)?
    };
    Some((Part::Frame(width), 1 + end + 1))
}

/// The frame number at the end of a file name: `shot.1001.exr` is frame 1001.
pub fn frame_in_name(picture: &Path) -> Option<u32> {
    let stem = picture.file_stem()?.to_str()?;
    let digits = stem.len() - stem.bytes().rev().take_while(u8::is_ascii_digit).count();
    stem[digits..].parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frames_are_padded() {
        assert_eq!(
            Pattern::parse("a/shot.%04d.exr").unwrap().at(17),
            Path::new("a/shot.0017.exr")
        );
        assert_eq!(
            Pattern::parse("shot.####.exr").unwrap().at(12345),
            Path::new("shot.12345.exr")
        );
        assert_eq!(
            Pattern::parse("shot%d.png").unwrap().at(7),
            Path::new("shot7.png")
        );
        assert_eq!(
            Pattern::parse("shot{frame}.png").unwrap().at(7),
            Path::new("shot7.png")
        );
    }

    #[test]
    fn names_come_from_the_picture() {
        let pattern = Pattern::parse("out/{stem}_filled.{ext}").unwrap();
        assert_eq!(
            pattern.for_picture(Path::new("in/a.b.tif"), None).unwrap(),
            Path::new("out/a.b_filled.tif")
        );
        assert!(pattern.has_name() && !pattern.has_frame());
        let frames = Pattern::parse("matte.%03d.exr").unwrap();
        let error = frames
            .for_picture(Path::new("photo.png"), None)
            .unwrap_err()
            .to_string();
        assert!(
            error.contains("photo.png") && error.contains("{stem}"),
            "{error}"
        );
    }

    #[test]
    fn plain_names_are_no_patterns() {
        for name in [
            "photo.png",
            "100% sure.png",
            "Photo #3.jpg",
            "a{b}.png",
            "50%d",
            "%s.png",
        ] {
            let pattern = Pattern::parse(name);
            assert_eq!(pattern.is_some(), name == "50%d", "{name}");
        }
    }

    #[test]
    fn a_frame_is_found_again() {
        let pattern = Pattern::parse("shot.%04d.exr").unwrap();
        assert_eq!(pattern.frame_of("shot.0017.exr"), Some(17));
        assert_eq!(pattern.frame_of("shot.12345.exr"), Some(12345));
        assert_eq!(pattern.frame_of("shot.017.exr"), None);
        assert_eq!(pattern.frame_of("shot.00017.exr"), None);
        assert_eq!(pattern.frame_of("shot.abcd.exr"), None);
        assert_eq!(frame_in_name(Path::new("x/shot.1001.exr")), Some(1001));
        assert_eq!(frame_in_name(Path::new("x/shot.exr")), None);
    }
}
