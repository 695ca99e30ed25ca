//! The machine, in words.

use std::fs::read_to_string;

/// Processor, cores, memory and system, as far as the system tells.
pub fn describe() -> String {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let processor =
        field("/proc/cpuinfo", "model name").unwrap_or_else(|| std::env::consts::ARCH.into());
    let memory = field("/proc/meminfo", "MemTotal")
        .and_then(|line| line.split_whitespace().next()?.parse::<f64>().ok())
        .map_or(String::new(), |kilobytes| {
            format!(", {:.0} GiB of memory", kilobytes / f64::from(1 << 20))
        });
    let system = read_to_string("/etc/os-release")
        .ok()
        .and_then(|text| {
            let line = text
                .lines()
                .find_map(|line| line.strip_prefix("PRETTY_NAME="))?;
            Some(line.trim_matches('"').to_owned())
        })
        .unwrap_or_else(|| std::env::consts::OS.into());
    format!("{processor}, {cores} cores{memory}, {system}")
}

/// The value after the colon on the first line that begins with `name`.
fn field(file: &str, name: &str) -> Option<String> {
    let text = read_to_string(file).ok()?;
    let line = text.lines().find(|line| line.starts_with(name))?;
    Some(line.split_once(':')?.1.trim().to_owned())
}
