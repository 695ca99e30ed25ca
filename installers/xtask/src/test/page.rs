//! The commands on a page of the documentation: the blocks that begin with ```` ```sh ````, or another language.

use crate::house::House;
use anyhow::{Context, Result, ensure};
use std::fs;

/// The blocks of commands for the shell below the heading that begins with `heading`, up to the next one of its kind.
pub fn blocks(house: &House, page: &str, heading: &str) -> Result<Vec<String>> {
    blocks_in(house, page, heading, "sh")
}

/// The same in another language.
pub fn blocks_in(house: &House, page: &str, heading: &str, language: &str) -> Result<Vec<String>> {
    let text = fs::read_to_string(house.root.join(page)).with_context(|| page.to_owned())?;
    let found = of_text(&text, heading, language);
    ensure!(
        !found.is_empty(),
        "{page} has no commands below `{heading}`"
    );
    Ok(found)
}

fn of_text(text: &str, heading: &str, language: &str) -> Vec<String> {
    let start = format!("```{language}\n");
    let sections = text.split("\n## ").skip(1);
    let section = sections
        .into_iter()
        .find(|section| section.starts_with(heading));
    let blocks = section
        .into_iter()
        .flat_map(|section| section.split(start.as_str()).skip(1));
    blocks
        .filter_map(|block| Some(block.split_once("```")?.0.to_owned()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_are_those_of_one_section() {
        let text = "# Page\n\n## One\n```sh\na\n```\n```\nno\n```\n```sh\nb\nc\n```\n\n## Two\n```sh\nd\n```\n```bat\ne\n```\n";
        assert_eq!(of_text(text, "One", "sh"), ["a\n", "b\nc\n"]);
        assert_eq!(of_text(text, "Two", "sh"), ["d\n"]);
        assert_eq!(of_text(text, "Two", "bat"), ["e\n"]);
        assert!(of_text(text, "Three", "sh").is_empty());
    }
}
