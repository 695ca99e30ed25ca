//! The host of the node's tests as a program of its own, for systems that have no host that could be driven without a window:
//! it opens the library that it is given, as installed, lets it describe itself, and fills a frame with it.
//!
//! `reweave-openfx-host FILE` ends with status 0 if the node did all that and made no mistake.

#[path = "../../../plugin/library/tests/openfx_host/mod.rs"]
mod openfx_host;

use openfx_host::effect::Instance;
use openfx_host::frame::{Depth, Frame, Layout};
use openfx_host::properties::Value;
use openfx_host::scene::{HEIGHT, SOURCE, WIDTH, only_the_hole_changed, source};
use openfx_host::{Host, Quirks};
use reweave_openfx_sys::names::kOfxPropLabel;
use std::path::Path;
use std::process::ExitCode;

fn main() -> ExitCode {
    let Some(library) = std::env::args_os().nth(1) else {
        eprintln!("error: name the node's library");
        return ExitCode::from(2);
    };
    let host = Host::open(Path::new(&library), Quirks::default());
    let label = host.descriptor.properties.text(kOfxPropLabel);
    println!(
        "{}: {} parameters",
        label.unwrap_or_default(),
        host.descriptor.param_names().len()
    );
    for depth in Depth::ALL {
        println!("{depth:?}: {} pixels filled", fill(&host, depth));
    }
    let mistakes = host.mistakes();
    for mistake in &mistakes {
        eprintln!("error: {mistake}");
    }
    ExitCode::from(u8::from(!mistakes.is_empty()))
}

/// Fills a frame by the models that the node brings along, where its alpha is 0. Gives the number of pixels that are others
/// then; known ones have to be the same.
fn fill(host: &Host, depth: Depth) -> usize {
    let instance = Instance::new(host.plugin, &host.descriptor);
    instance.set(c"hole_from", Value::Int(0));
    let before = source(Layout::new(depth, 4, WIDTH, HEIGHT));
    let after = instance
        .put(SOURCE, 0, &before)
        .render(0, Frame::new(before.layout))
        .unwrap_or_else(|status| panic!("the node did not render: {status:?}"));
    only_the_hole_changed(&before, &after)
}
