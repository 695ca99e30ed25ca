//! Frame numbers as compositors write them: `1001-1100`, `1-9x2`, `1,5,9-12`.

use std::fmt;
use std::str::FromStr;

/// More frames than this in one command is a slip of the finger (27 hours at 24 frames a second).
const MOST_FRAMES: u64 = 2_400_000;

/// A list of frame numbers, in the order they were written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Frames(Vec<u32>);

impl Frames {
    /// The frame numbers, in the order they were written.
    pub fn iter(&self) -> impl Iterator<Item = u32> + '_ {
        self.0.iter().copied()
    }
}

/// Why a list of frames could not be read.
#[derive(Debug, PartialEq, Eq)]
pub struct BadFrames(String);

impl fmt::Display for BadFrames {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}; write frames as 1001-1100, 1-9x2 (every second one) or 1,5,9-12",
            self.0
        )
    }
}

impl std::error::Error for BadFrames {}

impl FromStr for Frames {
    type Err = BadFrames;

    fn from_str(text: &str) -> Result<Self, BadFrames> {
        let mut frames = Vec::new();
        for part in text.split(',').map(str::trim) {
            let (first, last, step) = range(part)?;
            let count = (u64::from(last) - u64::from(first)) / u64::from(step) + 1;
            if frames.len() as u64 + count > MOST_FRAMES {
                return Err(BadFrames(format!(
                    "`{text}` means more than {MOST_FRAMES} frames"
                )));
            }
            frames.extend((first..=last).step_by(step as usize));
        }
        Ok(Self(frames))
    }
}

/// `7` is (7, 7, 1), `1-9x2` is (1, 9, 2).
fn range(part: &str) -> Result<(u32, u32, u32), BadFrames> {
    let number = |digits: &str| {
        digits
            .trim()
            .parse::<u32>()
            .map_err(|_| BadFrames(format!("`{digits}` in `{part}` is not a frame number")))
    };
    let (span, step) = match part.split_once(['x', 'X']) {
        Some((span, step)) => (span, number(step)?),
        None => (part, 1),
    };
    let (first, last) = match span.split_once('-') {
        Some((first, last)) => (number(first)?, number(last)?),
        None => (number(span)?, number(span)?),
    };
    if step == 0 {
        return Err(BadFrames(format!("the step in `{part}` is 0")));
    }
    if last < first {
        return Err(BadFrames(format!("`{part}` ends before it begins")));
    }
    Ok((first, last, step))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(text: &str) -> Vec<u32> {
        text.parse::<Frames>().unwrap().iter().collect()
    }

    #[test]
    fn ranges_steps_and_lists() {
        assert_eq!(list("1001-1003"), [1001, 1002, 1003]);
        assert_eq!(list("1-9x4"), [1, 5, 9]);
        assert_eq!(list("7, 1-2"), [7, 1, 2]);
        assert_eq!(list("0"), [0]);
    }

    #[test]
    fn nonsense_says_what_to_write() {
        for text in ["", "a", "5-1", "1-9x0", "1--3", "0-4294967295"] {
            let message = text.parse::<Frames>().unwrap_err().to_string();
            assert!(message.contains("1001-1100"), "{text}: {message}");
        }
    }
}
