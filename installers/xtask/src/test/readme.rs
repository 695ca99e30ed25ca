//! README's first command, as it stands there.

use super::build::Artifacts;
use super::steps::Steps;
use crate::command::run_quietly;
use crate::house::House;
use anyhow::{Context, Result, ensure};
use std::fs;
use std::path::Path;
use std::process::Command;

/// How the command begins.
const START: &str = "cargo run --release -- ";

/// Runs the command with nothing but the program and the repository: no ONNX Runtime, no models of the user's.
pub fn run(steps: &mut Steps, house: &House, artifacts: &Artifacts) {
    steps.check("README's first command", || {
        let readme = fs::read_to_string(house.root.join("README.md"))?;
        let words = first_command(&readme)
            .with_context(|| format!("README.md has no line that begins with `{START}`"))?;
        let program = artifacts
            .binaries
            .get("reweave")
            .context("no program `reweave` was built")?;
        let folder = house.target.join("xtask").join("readme");
        fs::create_dir_all(&folder)?;
        let result = folder.join("filled.png");
        try_it(house, program, &words, &result)
    });
}

fn try_it(house: &House, program: &Path, words: &[String], result: &Path) -> Result<()> {
    if result.exists() {
        fs::remove_file(result)?;
    }
    let mut command = Command::new(program);
    super::environment(&mut command, None);
    let mut words = words.iter();
    while let Some(word) = words.next() {
        command.arg(word);
        if word == "-o" {
            // The picture goes to the build folder, not among the sources.
            words.next().context("-o stands last")?;
            command.arg(result);
        }
    }
    run_quietly(command.current_dir(&house.root))?;
    ensure!(
        result.is_file(),
        "the command ended well and wrote no picture"
    );
    Ok(())
}

/// The words after `START` on the first line that has it.
fn first_command(readme: &str) -> Option<Vec<String>> {
    let line = readme
        .lines()
        .find_map(|line| line.trim().strip_prefix(START))?;
    Some(line.split_whitespace().map(str::to_owned).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_command() {
        let readme =
            "# Title\n```sh\ncargo run --release -- fill a.png -o b.png\ncargo xtask test\n```\n";
        assert_eq!(
            first_command(readme).unwrap(),
            ["fill", "a.png", "-o", "b.png"]
        );
        assert!(first_command("nothing").is_none());
    }
}
