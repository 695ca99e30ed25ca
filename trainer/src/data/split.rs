//! Which pictures are learned from, and which are held out.

use super::{Facts, Index, Pictures};
use crate::recipe::Recipe;
use anyhow::{Result, ensure};
use std::path::{Path, PathBuf};

/// Pictures to learn from, and pictures to be judged by.
#[derive(Debug)]
pub struct Split {
    /// Those that are learned from.
    pub learned: Pictures,
    /// Those that are held out; none where the recipe asks for none.
    pub held_out: Pictures,
    /// What a user should know of the pictures, a line each.
    pub notes: Vec<String>,
}

/// Splits the pictures of an index as a recipe wants it. Damaged ones, and those whose shorter side is not half of the
/// crop's, are left out.
///
/// # Errors
/// Too few are left, before any time is spent on them.
pub fn split(index: &Index, recipe: &Recipe) -> Result<Split> {
    let mut notes = Vec::new();
    let damaged: Vec<_> = index.damaged().collect();
    if let Some((path, why)) = damaged.first() {
        notes.push(format!(
            "{} cannot be read and are left out, such as {} ({why})",
            count(damaged.len()),
            path.display()
        ));
    }
    let shorter = |facts: &Facts| facts.size.0.min(facts.size.1) as usize;
    let fits = |facts: &Facts| 2 * shorter(facts) >= recipe.size;
    let small = index.pictures().filter(|(_, facts)| !fits(facts)).count();
    if small > 0 {
        notes.push(format!(
            "{} are left out, since their shorter side is under {} pixels, half of the recipe's size",
            count(small),
            recipe.size / 2
        ));
    }
    let taken = || index.pictures().filter(|(_, facts)| fits(facts));
    let enlarged = taken().filter(|(_, facts)| shorter(facts) < recipe.size);
    let enlarged = enlarged.count();
    if enlarged > 0 {
        notes.push(format!(
            "{} are enlarged to {} pixels, which teaches nothing about detail",
            count(enlarged),
            recipe.size
        ));
    }
    let share = recipe.held_out.map_or(0.0, |held_out| held_out.share);
    let is_held_out = |facts: &Facts| held_out_from(*facts) <= share;
    let paths = |held_out: bool| -> Vec<PathBuf> {
        taken()
            .filter(|(_, facts)| is_held_out(facts) == held_out)
            .map(|(path, _): (&Path, _)| path.to_owned())
            .collect()
    };
    let (learned, held_out) = (paths(false), paths(true));
    ensure!(
        learned.len() >= 2,
        "{} to learn from: a training needs two at the least, and learns from hundreds{}",
        count(learned.len()),
        told(&notes)
    );
    ensure!(
        share == 0.0 || !held_out.is_empty(),
        "of {} none is held out: raise held_out.share, give more pictures, or leave [held_out] away",
        count(learned.len())
    );
    Ok(Split {
        learned: Pictures::new(learned),
        held_out: Pictures::new(held_out),
        notes,
    })
}

/// The share from which on a picture is held out, above 0: it follows from the content, so that a picture stays on its side
/// however many others come or go.
pub fn held_out_from(facts: Facts) -> f64 {
    (facts.content % 10_000 + 1) as f64 / 10_000.0
}

fn count(pictures: usize) -> String {
    match pictures {
        1 => "1 picture".to_owned(),
        n => format!("{n} pictures"),
    }
}

fn told(notes: &[String]) -> String {
    notes.iter().map(|note| format!("; {note}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The same pictures are held out whatever they are called and however many there are.
    #[test]
    fn a_picture_stays_on_its_side() {
        let folder = tempfile::tempdir().unwrap();
        let save = |name: &str, shade: u8| {
            let picture = image::RgbImage::from_pixel(64, 64, image::Rgb([shade, 9, 200]));
            picture.save(folder.path().join(name)).unwrap();
        };
        for shade in 0..40 {
            save(&format!("{shade}.png"), shade);
        }
        let facts = || -> Vec<Facts> {
            let index = Index::open(folder.path(), folder.path()).unwrap();
            index.pictures().map(|(_, facts)| facts).collect()
        };
        let held_out = |facts: &[Facts]| -> Vec<u64> {
            let held = facts.iter().filter(|facts| held_out_from(**facts) <= 0.3);
            let mut contents: Vec<u64> = held.map(|facts| facts.content).collect();
            contents.sort_unstable();
            contents
        };
        let before = held_out(&facts());
        assert!((4..24).contains(&before.len()), "{}", before.len());
        for shade in 0..40 {
            let path = folder.path().join(format!("{shade}.png"));
            std::fs::rename(path, folder.path().join(format!("other {shade}.png"))).unwrap();
        }
        save("new.png", 99);
        let after = held_out(&facts());
        assert!(before.iter().all(|content| after.contains(content)));
    }
}
