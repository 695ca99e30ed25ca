//! The table of parameters in docs/openfx.md is what the node says of itself.
//!
//! `REWEAVE_BLESS=1 cargo test -p reweave-plugin --test openfx_docs` writes it anew.

mod openfx_host;
mod support;

use openfx_host::effect::Param;
use openfx_host::properties::Value;
use openfx_host::{Host, Quirks};
use reweave_openfx_sys::names::*;
use std::ffi::CStr;
use std::fmt::Write;
use support::{library, repository};

const START: &str =
    "<!-- parameters: made by the tests, see plugin/library/tests/openfx_docs.rs -->\n";
const END: &str = "<!-- end of parameters -->";

fn shown(value: &Value) -> String {
    match value {
        Value::Int(value) => value.to_string(),
        Value::Double(value) => value.to_string(),
        Value::Text(text) => text.to_str().unwrap().to_owned(),
        Value::Pointer(_) => String::new(),
    }
}

/// What a parameter can be, and what it is at first.
fn values(param: &Param) -> (String, String) {
    let get = |name: &CStr| {
        param
            .properties
            .get(name, 0)
            .as_ref()
            .map(shown)
            .unwrap_or_default()
    };
    let default = get(kOfxParamPropDefault);
    match param.kind.as_c_str() {
        kind if kind == kOfxParamTypeChoice => {
            let labels: Vec<_> = param
                .properties
                .all(kOfxParamPropChoiceOption)
                .iter()
                .map(shown)
                .collect();
            let first = labels[default.parse::<usize>().unwrap()].clone();
            (labels.join(" · "), first)
        }
        kind if kind == kOfxParamTypeBoolean => (
            "on, off".into(),
            if default == "0" { "off" } else { "on" }.into(),
        ),
        kind if kind == kOfxParamTypeString => ("text".into(), default),
        _ => (
            format!("{} to {}", get(kOfxParamPropMin), get(kOfxParamPropMax)),
            default,
        ),
    }
}

fn table(host: &Host) -> String {
    let mut table =
        String::from("\n| | name in scripts | values | at first | |\n|---|---|---|---|---|\n");
    for name in host.descriptor.param_names() {
        let param = host.descriptor.param(&name).unwrap();
        let label = param.properties.text(kOfxPropLabel).unwrap();
        match param.kind.as_c_str() {
            kind if kind == kOfxParamTypePage => {}
            kind if kind == kOfxParamTypeGroup => {
                writeln!(table, "| **{label}** | | | | |").unwrap()
            }
            _ => {
                let (values, default) = values(param);
                let hint = param.properties.text(kOfxParamPropHint).unwrap();
                writeln!(
                    table,
                    "| {label} | `{}` | {values} | {default} | {hint} |",
                    name.to_str().unwrap()
                )
                .unwrap();
            }
        }
    }
    table + "\n"
}

#[test]
fn the_manual_has_the_parameters() {
    let host = Host::open(&library(), Quirks::default());
    let file = repository("docs").join("openfx.md");
    let page = std::fs::read_to_string(&file).unwrap();
    let (before, rest) = page.split_once(START).unwrap();
    let (written, after) = rest.split_once(END).unwrap();
    let table = table(&host);
    if std::env::var_os("REWEAVE_BLESS").is_some() {
        std::fs::write(&file, format!("{before}{START}{table}{END}{after}")).unwrap();
    } else {
        assert!(
            written == table,
            "docs/openfx.md is old: REWEAVE_BLESS=1 cargo test -p reweave-plugin --test openfx_docs"
        );
    }
}
