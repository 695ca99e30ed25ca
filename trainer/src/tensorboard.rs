//! A log of numbers in the format that TensorBoard reads: event messages in TFRecord frames.

use anyhow::{Context, Result};
use prost::Message;
use std::fs::{File, OpenOptions};
use std::io::Write;
use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

#[derive(Clone, PartialEq, Message)]
struct Event {
    #[prost(double, tag = "1")]
    wall_time: f64,
    #[prost(int64, tag = "2")]
    step: i64,
    #[prost(string, optional, tag = "3")]
    file_version: Option<String>,
    #[prost(message, optional, tag = "5")]
    summary: Option<Summary>,
}

#[derive(Clone, PartialEq, Message)]
struct Summary {
    #[prost(message, repeated, tag = "1")]
    value: Vec<Value>,
}

#[derive(Clone, PartialEq, Message)]
struct Value {
    #[prost(string, tag = "1")]
    tag: String,
    // Always written, since a loss may well be 0.
    #[prost(float, optional, tag = "2")]
    simple_value: Option<f32>,
}

/// An event file, appended to.
pub struct Log {
    file: File,
}

impl Log {
    /// Opens `events.out.tfevents.reweave` in `folder`, which is made if missing.
    pub fn open(folder: &Path) -> Result<Self> {
        let path = folder.join("events.out.tfevents.reweave");
        let fresh = !path.exists();
        let file = OpenOptions::new().create(true).append(true).open(&path);
        let mut log = Log {
            file: file.with_context(|| format!("cannot write the log {}", path.display()))?,
        };
        if fresh {
            log.write(Event {
                file_version: Some("brain.Event:2".into()),
                ..Event::default()
            })?;
        }
        Ok(log)
    }

    /// Notes the numbers of one step.
    pub fn scalars(&mut self, step: u64, values: &[(impl AsRef<str>, f64)]) -> Result<()> {
        let value = values
            .iter()
            .map(|(tag, v)| Value {
                tag: tag.as_ref().to_owned(),
                simple_value: Some(*v as f32),
            })
            .collect();
        self.write(Event {
            step: step as i64,
            summary: Some(Summary { value }),
            ..Event::default()
        })
    }

    fn write(&mut self, mut event: Event) -> Result<()> {
        event.wall_time = SystemTime::now().duration_since(UNIX_EPOCH)?.as_secs_f64();
        let data = event.encode_to_vec();
        let length = (data.len() as u64).to_le_bytes();
        let mut record = length.to_vec();
        record.extend(masked_crc(&length).to_le_bytes());
        record.extend(&data);
        record.extend(masked_crc(&data).to_le_bytes());
        self.file.write_all(&record).context("cannot write the log")
    }
}

/// The checksum of TFRecord frames: CRC-32C, rotated and offset so that a checksum of checksums is not 0.
fn masked_crc(data: &[u8]) -> u32 {
    crc32c::crc32c(data)
        .rotate_right(15)
        .wrapping_add(0xa282_ead8)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn checksums_are_those_of_tensorflow() {
        // The length of the first record of any event file with 24 bytes, as TensorFlow writes it.
        assert_eq!(masked_crc(&24u64.to_le_bytes()), TWENTY_FOUR);
    }

    const TWENTY_FOUR: u32 = u32::from_le_bytes([0xa3, 0x7f, 0x4b, 0x22]);

    #[test]
    fn numbers_come_back_from_the_file() {
        let folder = tempfile::tempdir().unwrap();
        let mut log = Log::open(folder.path()).unwrap();
        log.scalars(20, &[("hole", 0.0), ("valid", 0.5)]).unwrap();
        drop(log);
        Log::open(folder.path())
            .unwrap()
            .scalars(40, &[("hole", 1.5)])
            .unwrap();

        let bytes = std::fs::read(folder.path().join("events.out.tfevents.reweave")).unwrap();
        let mut events = Vec::new();
        let mut rest = bytes.as_slice();
        while !rest.is_empty() {
            let length = u64::from_le_bytes(rest[..8].try_into().unwrap()) as usize;
            let data = &rest[12..12 + length];
            assert_eq!(
                rest[12 + length..16 + length],
                masked_crc(data).to_le_bytes()
            );
            events.push(Event::decode(data).unwrap());
            rest = &rest[16 + length..];
        }
        assert_eq!(events[0].file_version.as_deref(), Some("brain.Event:2"));
        let scalars = |e: &Event| {
            e.summary
                .clone()
                .unwrap()
                .value
                .into_iter()
                .map(|v| (v.tag, v.simple_value))
                .collect::<Vec<_>>()
        };
        assert_eq!(
            scalars(&events[1]),
            [
                ("hole".to_owned(), Some(0.0)),
                ("valid".to_owned(), Some(0.5))
            ]
        );
        assert_eq!(
            (events[2].step, scalars(&events[2])),
            (40, vec![("hole".to_owned(), Some(1.5))])
        );
    }
}
