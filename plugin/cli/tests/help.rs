//! What `--help` says of each command, kept in `snapshots/`.
//!
//! A new setting or another word shows here as a change of a text, to be looked at and taken over: `cargo insta review`, or
//! run the test with `INSTA_UPDATE=always`.

mod common;

use common::Desk;

/// Fails if the help of `reweave COMMAND` is not that of before.
fn assert_help(command: &str) {
    let desk = Desk::new();
    let words: Vec<&str> = command.split_whitespace().chain(["--help"]).collect();
    let name = format!("reweave {command}").trim().replace(' ', "-");
    insta::with_settings!({ omit_expression => true, prepend_module_to_snapshot => false }, {
        insta::assert_snapshot!(name, desk.run(&words).ok().out);
    });
}

#[test]
fn the_program() {
    assert_help("");
}

#[test]
fn filling() {
    assert_help("fill");
}

#[test]
fn models() {
    for command in [
        "models",
        "models list",
        "models check",
        "models add",
        "models install",
    ] {
        assert_help(command);
    }
}

#[test]
fn masks() {
    for command in ["masks", "masks make", "masks stats", "masks preview"] {
        assert_help(command);
    }
}

#[test]
fn this_machine() {
    for command in ["devices", "doctor", "install"] {
        assert_help(command);
    }
}

#[test]
fn runtimes() {
    for command in [
        "runtime",
        "runtime install",
        "runtime list",
        "runtime remove",
    ] {
        assert_help(command);
    }
}

#[test]
fn what_packages_want() {
    assert_help("completions");
    assert_help("man");
}
