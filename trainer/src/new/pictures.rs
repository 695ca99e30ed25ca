//! What a folder of pictures holds, for somebody who wants to train with it.

use crate::data::{Index, held_out_from, near_duplicates};

/// What a folder of pictures holds.
pub struct Survey {
    /// Pictures that can be read.
    pub usable: usize,
    /// The shorter sides: the least, the median, the largest, in pixels.
    pub shorter: [u32; 3],
    /// The smallest share to hold out that holds out any.
    pub least_share: f64,
    damaged: Vec<String>,
    doubles: Vec<String>,
}

impl Survey {
    /// Looks through an index.
    pub fn of(index: &Index) -> Self {
        let sizes = index.pictures().map(|(_, facts)| facts.size);
        let mut shorter: Vec<u32> = sizes.map(|(width, height)| width.min(height)).collect();
        shorter.sort_unstable();
        let at = |i: usize| shorter.get(i).copied().unwrap_or(0);
        let damaged = index.damaged();
        let doubles = near_duplicates(index).into_iter();
        let contents = index.pictures().map(|(_, facts)| facts);
        Survey {
            least_share: contents.map(held_out_from).fold(1.0, f64::min),
            usable: shorter.len(),
            shorter: [
                at(0),
                at(shorter.len() / 2),
                at(shorter.len().saturating_sub(1)),
            ],
            damaged: damaged
                .map(|(path, why)| format!("{} ({why})", path.display()))
                .collect(),
            doubles: doubles
                .map(|(first, second)| format!("{} and {}", first.display(), second.display()))
                .collect(),
        }
    }

    /// What a user should know, a line each.
    pub fn lines(&self) -> Vec<String> {
        let [least, median, largest] = self.shorter;
        let mut lines = vec![format!(
            "{} pictures; their shorter sides are {least} to {largest} pixels, half of them {median} and more",
            self.usable
        )];
        lines.extend(told("cannot be read and will be left out", &self.damaged));
        lines.extend(told(
            "look like one that is there already; remove them, or the training sees these twice, and is judged by what it learned from",
            &self.doubles,
        ));
        lines
    }
}

/// "3 pictures …: A, B, C", with the first few of them.
fn told(what: &str, names: &[String]) -> Option<String> {
    const SHOWN: usize = 3;
    let more = match names.len() {
        0 => return None,
        n if n > SHOWN => ", …",
        _ => "",
    };
    let shown = names[..names.len().min(SHOWN)].join(", ");
    let pictures = if names.len() == 1 {
        "picture"
    } else {
        "pictures"
    };
    Some(format!("{} {pictures} {what}: {shown}{more}", names.len()))
}
