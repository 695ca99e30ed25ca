//! How long a fill takes, beside a bare session, beside the other runtime and beside the peers.

use crate::Setup;
use crate::contest::{Runs, Side, compare};
use crate::contestant::Contestant;
use crate::entrants::{Entrant, Runtime, engine, peers, seeing_all, session};
use crate::page::Page;
use anyhow::Result;
use std::path::Path;

/// A thin hole across the whole picture, and a thick one whose surroundings are the whole picture; filled as by default.
const THIN: &str = "512 512 band";
const THICK: &str = "512 512 256";
/// The same by the network and texture synthesis, without patches.
const THIN_BY_NETWORK: &str = "512 512 band method=network";
const THICK_BY_NETWORK: &str = "512 512 256 method=network";
/// By the network and nothing else.
const UNTEXTURED: &str = "512 512 band method=network texture=off";

/// So many pairs of processes share the rounds against the bare session: the same session can be a fifth slower in one
/// process than in the next, for as long as the process lives.
const PAIRS: usize = 5;

/// What the engine costs beside its network.
pub fn over_bare_session(page: &mut Page, setup: &Setup, ours: &[Entrant]) -> Result<()> {
    page.table(
        "The engine over the bare session",
        &format!(
            "A 512x512 picture, filled by the engine, over ONNX Runtime's own session that is shown the same model and a \
             picture of that size, in {PAIRS} pairs of processes. Goal: within 1.1. The first row of a model is what the \
             engine does round its network: with a card that has the whole picture shown to it too, and with texture \
             off. The others are fills with `--method network` as the card has them, with texture synthesis, of a thin hole \
             (a band from corner to corner, which the engine cuts into pieces) and of a thick one (256x256)."
        ),
        &["model", "engine, s", "bare session, s", "ratio"],
    );
    for entrant in ours {
        eprintln!("{}: engine over bare session", entrant.name);
        let seeing_all = seeing_all(&entrant.file, &setup.empty)?;
        let fills = [
            (&seeing_all, UNTEXTURED, "the same work"),
            (&entrant.file, THIN_BY_NETWORK, "a thin hole"),
            (&entrant.file, THICK_BY_NETWORK, "a thick hole"),
        ];
        for (model, request, what) in fills {
            let mut runs = Runs::default();
            for _ in 0..PAIRS {
                let mut engine = engine(setup, model, Runtime::Onnxruntime)?;
                let mut bare = peers(setup)?;
                let first = Side {
                    who: &mut engine,
                    request,
                };
                let second = Side {
                    who: &mut bare,
                    request: &session(&entrant.file, 512),
                };
                runs.add(first, second, setup.rounds.div_ceil(PAIRS))?;
            }
            page.contest(&format!("`{}`, {what}", entrant.name), &runs.outcome());
        }
    }
    Ok(())
}

/// What patches cost.
pub fn patches_over_network(page: &mut Page, setup: &Setup, ours: &[Entrant]) -> Result<()> {
    page.table(
        "Network and patches over the network alone",
        "The same 512x512 picture and holes, filled as by default, over `--method network`.",
        &["model", "both, s", "network, s", "ratio"],
    );
    for entrant in ours {
        let fills = [
            (THIN, THIN_BY_NETWORK, "a thin hole"),
            (THICK, THICK_BY_NETWORK, "a thick hole"),
        ];
        for (both, network, what) in fills {
            eprintln!("{}: patches over network, {what}", entrant.name);
            let mut first = engine(setup, &entrant.file, Runtime::Onnxruntime)?;
            let mut second = engine(setup, &entrant.file, Runtime::Onnxruntime)?;
            let outcome = compare(
                Side {
                    who: &mut first,
                    request: both,
                },
                Side {
                    who: &mut second,
                    request: network,
                },
                setup.rounds,
            )?;
            page.contest(&format!("`{}`, {what}", entrant.name), &outcome);
        }
    }
    Ok(())
}

/// What it costs to have no ONNX Runtime.
pub fn built_in_over_onnxruntime(page: &mut Page, setup: &Setup, ours: &[Entrant]) -> Result<()> {
    page.table(
        "The built-in runtime over ONNX Runtime",
        "The same fill of the same thick hole in a 512x512 picture, through the engine, on the CPU, with `--method network`.",
        &["model", "built-in, s", "ONNX Runtime, s", "ratio"],
    );
    for entrant in ours {
        eprintln!("{}: built-in over ONNX Runtime", entrant.name);
        let mut built_in = engine(setup, &entrant.file, Runtime::BuiltIn)?;
        let mut onnxruntime = engine(setup, &entrant.file, Runtime::Onnxruntime)?;
        let outcome = compare(
            Side {
                who: &mut built_in,
                request: THICK_BY_NETWORK,
            },
            Side {
                who: &mut onnxruntime,
                request: THICK_BY_NETWORK,
            },
            setup.rounds,
        )?;
        page.contest(&format!("`{}`", entrant.name), &outcome);
    }
    Ok(())
}

/// Against what else there is.
pub fn over_peers(
    page: &mut Page,
    setup: &Setup,
    ours: &[Entrant],
    migan: Option<&Path>,
    peers: &mut Contestant,
) -> Result<()> {
    page.table(
        "Reweave over its peers",
        "512x512, the same thick hole, by our fills as they are by default. MI-GAN is run bare in ONNX Runtime, and through \
         Reweave's engine by a card.",
        &["contest", "first, s", "second, s", "ratio"],
    );
    let mut against = |page: &mut Page, name: &str, model: &Path, request: &str| -> Result<()> {
        eprintln!("{name}");
        let mut engine = engine(setup, model, Runtime::Onnxruntime)?;
        let outcome = compare(
            Side {
                who: &mut engine,
                request: THICK,
            },
            Side {
                who: peers,
                request,
            },
            setup.rounds,
        )?;
        page.contest(name, &outcome);
        Ok(())
    };
    for Entrant { name, file } in ours {
        if let Some(migan) = migan {
            against(
                page,
                &format!("Reweave `{name}` over MI-GAN, bare"),
                file,
                &session(migan, 512),
            )?;
        }
        against(
            page,
            &format!("Reweave `{name}` over OpenCV Telea"),
            file,
            "telea 512 512",
        )?;
    }
    if let Some(migan) = migan {
        against(
            page,
            "Reweave with MI-GAN by a card over MI-GAN, bare",
            migan,
            &session(migan, 512),
        )?;
    }
    Ok(())
}
