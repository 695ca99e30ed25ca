//! A model's card, which anybody may have written: read, checked, and written back the same.
#![no_main]

use libfuzzer_sys::fuzz_target;
use reweave_models::card::Card;

fuzz_target!(|bytes: &[u8]| {
    let text = std::str::from_utf8(bytes).ok();
    let Some(card) = text.and_then(|text| Card::parse(text).ok()) else {
        return;
    };
    if card.check().is_ok() {
        let text = serde_json::to_string(&card).expect("a checked card can be written");
        let again = Card::parse(&text).expect("what was written can be read");
        assert_eq!(card, again);
    }
});
