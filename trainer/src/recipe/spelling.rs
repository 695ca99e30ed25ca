//! Keys that are not quite the right ones.

/// What is wrong with a recipe, with the key that was probably meant.
pub fn explained(error: &toml::de::Error) -> String {
    let text = error.to_string();
    match nearest(error.message()) {
        Some(key) => format!("{}\ndid you mean `{key}`?", text.trim_end()),
        None => text.trim_end().to_owned(),
    }
}

/// Of a message "unknown field `x`, expected one of `a`, `b`", the expected key that is most like the unknown one.
fn nearest(message: &str) -> Option<&str> {
    let (unknown, expected) = message.split_once("expected")?;
    let unknown = quoted(unknown).next()?;
    quoted(expected)
        .map(|key| (strsim::jaro_winkler(unknown, key), key))
        .filter(|(likeness, _)| *likeness > 0.7)
        .max_by(|(a, _), (b, _)| a.total_cmp(b))
        .map(|(_, key)| key)
}

/// What stands between back ticks.
fn quoted(text: &str) -> impl Iterator<Item = &str> {
    text.split('`').skip(1).step_by(2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_key_is_named() {
        let message =
            "unknown field `learnin_rate`, expected one of `betas`, `learning_rate`, `warmup`";
        assert_eq!(nearest(message), Some("learning_rate"));
        assert_eq!(nearest("unknown field `zzz`, expected `size`"), None);
        assert_eq!(nearest("missing field `name`"), None);
    }
}
