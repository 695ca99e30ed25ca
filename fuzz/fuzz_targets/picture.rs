//! A picture file that anybody may have made: PNG, JPEG, TIFF, WebP or OpenEXR, told by its first bytes.
#![no_main]

use libfuzzer_sys::fuzz_target;
use std::fs;
use std::path::PathBuf;
use std::sync::LazyLock;

#[allow(dead_code)]
#[path = "../../plugin/cli/src/files/mod.rs"]
mod files;

static PICTURE: LazyLock<PathBuf> = LazyLock::new(|| {
    let folder = tempfile::tempdir().expect("a folder for the picture").keep();
    folder.join("picture.bin")
});

fuzz_target!(|bytes: &[u8]| {
    fs::write(&*PICTURE, bytes).expect("the picture is written");
    // One megapixel: what promises more must be refused before memory is taken.
    let limits = files::limits::Limits { megapixels: 1 };
    if let Ok(document) = files::read(&PICTURE, limits) {
        assert!(document.picture.width() * document.picture.height() <= 1_000_000);
    }
});
