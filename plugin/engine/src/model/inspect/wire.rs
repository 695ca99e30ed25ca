//! The protobuf format as it lies in the file: fields of a number and a value, read one after another without copying.
//! A message in a message is only bytes here, so that no depth of nesting can take stack or memory.

use super::limits::NAME_BYTES;

/// A field's value.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Value<'a> {
    /// A whole number, as it is encoded: negative ones wrap round.
    Number(u64),
    /// Four bytes: a float.
    Four([u8; 4]),
    /// Eight bytes: a double. None of ours is read.
    Eight,
    /// Text, bytes, another message, or numbers in a row.
    Bytes(&'a [u8]),
}

impl<'a> Value<'a> {
    /// Text, bytes or a message.
    pub fn bytes(self) -> Result<&'a [u8], String> {
        match self {
            Self::Bytes(bytes) => Ok(bytes),
            _ => Err(damaged("a number stands where text or a message should")),
        }
    }

    /// A name.
    pub fn text(self) -> Result<&'a str, String> {
        let bytes = self.bytes()?;
        if bytes.len() > NAME_BYTES {
            return Err(damaged("a name is longer than names are"));
        }
        std::str::from_utf8(bytes).map_err(|_| damaged("a name is no UTF-8 text"))
    }

    /// Adds one whole number or several in a row, and of more than `most` only so many that it can be seen.
    pub fn numbers(self, out: &mut Vec<i64>, most: usize) -> Result<(), String> {
        match self {
            Self::Number(value) if out.len() <= most => out.push(value as i64),
            Self::Number(_) => {}
            Self::Bytes(mut bytes) => {
                while !bytes.is_empty() && out.len() <= most {
                    out.push(varint(&mut bytes)? as i64);
                }
            }
            _ => return Err(damaged("a float stands where a whole number should")),
        }
        Ok(())
    }
}

/// The fields of a message. Ends after the first error.
pub(super) struct Fields<'a>(&'a [u8]);

impl<'a> Fields<'a> {
    pub fn of(message: &'a [u8]) -> Self {
        Self(message)
    }

    fn take(&mut self, count: u64) -> Result<&'a [u8], String> {
        let split = usize::try_from(count)
            .ok()
            .and_then(|count| self.0.split_at_checked(count));
        let (taken, rest) = split.ok_or_else(|| damaged("it ends in the middle of a field"))?;
        self.0 = rest;
        Ok(taken)
    }

    fn field(&mut self) -> Result<(u64, Value<'a>), String> {
        let key = varint(&mut self.0)?;
        let value = match key & 7 {
            0 => Value::Number(varint(&mut self.0)?),
            1 => self.take(8).map(|_| Value::Eight)?,
            2 => {
                let length = varint(&mut self.0)?;
                Value::Bytes(self.take(length)?)
            }
            5 => Value::Four(self.take(4)?.try_into().unwrap_or_default()),
            // Groups (3 and 4) nest without a length; no version of ONNX has them.
            other => return Err(damaged(&format!("there is no field of kind {other}"))),
        };
        Ok((key >> 3, value))
    }
}

impl<'a> Iterator for Fields<'a> {
    type Item = Result<(u64, Value<'a>), String>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.0.is_empty() {
            return None;
        }
        let field = self.field();
        if field.is_err() {
            self.0 = &[];
        }
        Some(field)
    }
}

fn varint(bytes: &mut &[u8]) -> Result<u64, String> {
    let mut value = 0;
    for shift in (0..64).step_by(7) {
        let (&byte, rest) = bytes
            .split_first()
            .ok_or_else(|| damaged("it ends in the middle of a number"))?;
        *bytes = rest;
        value |= u64::from(byte & 0x7f) << shift;
        if byte < 0x80 {
            return Ok(value);
        }
    }
    Err(damaged("a number is longer than numbers are"))
}

fn damaged(what: &str) -> String {
    format!("it is no ONNX file, which is a protobuf ({what}). Fetch or export it again")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn fields_are_read_one_after_another() {
        let bytes = [
            0x08, 0x96, 0x01, 0x12, 2, b'h', b'i', 0x1d, 0, 0, 0x80, 0x3f,
        ];
        let fields: Result<Vec<_>, _> = Fields::of(&bytes).collect();
        let float = Value::Four(1f32.to_le_bytes());
        assert_eq!(
            fields.unwrap(),
            [
                (1, Value::Number(150)),
                (2, Value::Bytes(b"hi")),
                (3, float)
            ]
        );
    }

    #[test]
    fn what_is_cut_or_a_group_is_an_error() {
        for bytes in [
            &[0x08][..],
            &[0x12, 5, 1],
            &[0x0b, 0x0c],
            &[0xff; 11],
            &[0x12, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f],
        ] {
            let fields: Vec<_> = Fields::of(bytes).collect();
            assert!(fields.len() == 1 && fields[0].is_err(), "{fields:?}");
        }
    }

    proptest! {
        #[test]
        fn any_bytes_come_to_an_end(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            prop_assert!(Fields::of(&bytes).count() <= bytes.len());
        }
    }
}
