//! A picture file that anybody may have made: PNG, JPEG, TIFF, WebP or OpenEXR, told by its first bytes.
#![no_main]

use std::io::Cursor;

use libfuzzer_sys::fuzz_target;
use reweave_formats::{Limits, decode};

fuzz_target!(|bytes: &[u8]| {
    // What promises more must be refused before memory is taken: libFuzzer ends a run that takes 2 GiB.
    let limits = Limits {
        megapixels: 1,
        memory: 64 << 20,
    };
    if let Ok(document) = decode(Cursor::new(bytes), limits) {
        assert!(document.picture.width() * document.picture.height() <= 1_000_000);
    }
});
