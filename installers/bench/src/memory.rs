//! How much memory this process has used, where the system says so.

/// The most memory that this process ever had resident, in bytes; `None` where the system does not say.
pub fn peak() -> Option<u64> {
    field("VmHWM:")
}

/// What it has resident now, in bytes.
pub fn now() -> Option<u64> {
    field("VmRSS:")
}

fn field(name: &str) -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix(name))?;
    let kilobytes: u64 = line.split_whitespace().next()?.parse().ok()?;
    Some(kilobytes * 1024)
}
