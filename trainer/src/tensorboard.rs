//! A log of numbers and pictures in the format that TensorBoard reads: event messages in TFRecord frames.

use anyhow::{Context, Result};
use prost::Message;
use std::fs::{File, OpenOptions};
use std::io::{ErrorKind, Write};
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
    #[prost(message, optional, tag = "4")]
    image: Option<Picture>,
}

/// TensorFlow's `Summary.Image`.
#[derive(Clone, PartialEq, Message)]
struct Picture {
    #[prost(int32, tag = "1")]
    height: i32,
    #[prost(int32, tag = "2")]
    width: i32,
    /// The number of channels.
    #[prost(int32, tag = "3")]
    colorspace: i32,
    /// A file of PNG, GIF or JPEG.
    #[prost(bytes = "vec", tag = "4")]
    encoded_image_string: Vec<u8>,
}

/// The file's name; TensorBoard looks for `tfevents`.
const FILE: &str = "events.out.tfevents.reweave";

/// An event file, appended to.
pub struct Log {
    file: File,
    /// Bytes of the whole records.
    length: u64,
}

impl Log {
    /// Opens `events.out.tfevents.reweave` in `folder`, or makes it. What a kill or a full disk has left of a record at its
    /// end goes: no reader would find what follows it.
    ///
    /// # Errors
    /// The log cannot be read or written.
    pub fn open(folder: &Path) -> Result<Self> {
        let path = folder.join(FILE);
        let there = whole_records(&contents(&path)?);
        let named = || format!("cannot write the log {}", path.display());
        let file = OpenOptions::new().create(true).append(true).open(&path);
        let mut log = Log {
            file: file.with_context(named)?,
            length: there,
        };
        log.file.set_len(there).with_context(named)?;
        if there == 0 {
            log.write(Event {
                file_version: Some("brain.Event:2".into()),
                ..Event::default()
            })?;
        }
        Ok(log)
    }

    /// Notes the numbers of one step.
    ///
    /// # Errors
    /// The log cannot be written. What it held is whole, and the next numbers may be noted.
    pub fn scalars(&mut self, step: u64, values: &[(impl AsRef<str>, f64)]) -> Result<()> {
        let value = values
            .iter()
            .map(|(tag, v)| Value {
                tag: tag.as_ref().to_owned(),
                simple_value: Some(*v as f32),
                image: None,
            })
            .collect();
        self.summary(step, value)
    }

    /// Shows a picture of so many pixels, a PNG or JPEG file of three channels.
    ///
    /// # Errors
    /// As [`Self::scalars`].
    pub fn picture(
        &mut self,
        step: u64,
        tag: &str,
        (width, height): (u32, u32),
        file: Vec<u8>,
    ) -> Result<()> {
        let picture = Picture {
            height: height as i32,
            width: width as i32,
            colorspace: 3,
            encoded_image_string: file,
        };
        let value = Value {
            tag: tag.to_owned(),
            simple_value: None,
            image: Some(picture),
        };
        self.summary(step, vec![value])
    }

    fn summary(&mut self, step: u64, value: Vec<Value>) -> Result<()> {
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
        let written = self.file.write_all(&record);
        match written {
            Ok(()) => self.length += record.len() as u64,
            // A part of a record would hide all that follows it.
            Err(_) => self.file.set_len(self.length)?,
        }
        written.context("cannot write the log")
    }
}

/// A number in a log.
#[derive(Clone, Debug, PartialEq)]
pub struct Scalar {
    /// What it is of.
    pub tag: String,
    /// When.
    pub step: i64,
    /// The number.
    pub value: f32,
}

/// The numbers in the log of `folder`, in their order; none where there is no log. Of a record that a kill has cut short,
/// nothing is read, nor of what follows it.
///
/// # Errors
/// The log cannot be read.
pub fn read(folder: &Path) -> Result<Vec<Scalar>> {
    let bytes = contents(&folder.join(FILE))?;
    let mut scalars = Vec::new();
    let mut rest = bytes.as_slice();
    while let Some((event, after)) = record(rest) {
        let step = event.step;
        let values = event.summary.unwrap_or_default().value.into_iter();
        scalars.extend(values.filter_map(|value| {
            Some(Scalar {
                tag: value.tag,
                step,
                value: value.simple_value?,
            })
        }));
        rest = after;
    }
    Ok(scalars)
}

/// The bytes of a log; none where there is no log.
fn contents(path: &Path) -> Result<Vec<u8>> {
    match std::fs::read(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(Vec::new()),
        read => read.with_context(|| format!("cannot read the log {}", path.display())),
    }
}

/// The length of the whole records that a log begins with, in bytes.
fn whole_records(log: &[u8]) -> u64 {
    let mut rest = log;
    while let Some((_, after)) = record(rest) {
        rest = after;
    }
    (log.len() - rest.len()) as u64
}

/// The first record, and what follows it; `None` where there is no whole one.
fn record(bytes: &[u8]) -> Option<(Event, &[u8])> {
    let (length, rest) = bytes.split_first_chunk::<8>()?;
    let size = usize::try_from(u64::from_le_bytes(*length)).ok()?;
    let data = rest.get(4..size.checked_add(4)?)?;
    let (sum, after) = rest.get(4 + size..)?.split_first_chunk::<4>()?;
    let is_whole = u32::from_le_bytes(*sum) == masked_crc(data);
    Some((is_whole.then(|| Event::decode(data).ok())??, after))
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
        // A picture is no number.
        log.picture(20, "fills", (1, 1), vec![1, 2, 3]).unwrap();
        drop(log);
        Log::open(folder.path())
            .unwrap()
            .scalars(40, &[("hole", 1.5)])
            .unwrap();

        let scalars = read(folder.path()).unwrap();
        let scalar = |tag: &str, step, value| Scalar {
            tag: tag.into(),
            step,
            value,
        };
        let expected = [
            scalar("hole", 20, 0.0),
            scalar("valid", 20, 0.5),
            scalar("hole", 40, 1.5),
        ];
        assert_eq!(scalars, expected);

        // A kill in the middle of a record takes that record.
        let path = folder.path().join(FILE);
        let bytes = std::fs::read(&path).unwrap();
        std::fs::write(&path, &bytes[..bytes.len() - 3]).unwrap();
        assert_eq!(read(folder.path()).unwrap(), expected[..2]);

        // It does not take what is noted after it.
        let mut log = Log::open(folder.path()).unwrap();
        log.scalars(60, &[("hole", 2.5)]).unwrap();
        let mut expected = expected;
        expected[2] = scalar("hole", 60, 2.5);
        assert_eq!(read(folder.path()).unwrap(), expected);
    }
}
