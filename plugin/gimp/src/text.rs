//! Sentences in the user's language.
//!
//! English stands in the source; translations lie in `po/`. GIMP has set gettext up when a plug-in runs: the domain is
//! the plug-in's name, the catalogues are in `locale/` beside the executable.

use std::sync::OnceLock;

/// Looks a sentence up.
type Translate = fn(&str) -> String;

static TRANSLATE: OnceLock<Translate> = OnceLock::new();

/// Sets the host's way to translate; until then, and without one, English it is.
pub fn set_translate(translate: Translate) {
    let _ = TRANSLATE.set(translate);
}

/// Translates a sentence.
pub fn tr(english: &str) -> String {
    match TRANSLATE.get() {
        // gettext gives the catalogue's head for the empty text.
        Some(translate) if !english.is_empty() => translate(english),
        _ => english.to_owned(),
    }
}

/// Translates a sentence and puts `value` where `{}` stands in it.
pub fn tr_with(english: &str, value: &str) -> String {
    tr(english).replacen("{}", value, 1)
}
