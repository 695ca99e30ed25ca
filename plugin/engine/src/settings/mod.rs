//! What a user can choose for a fill: typed values, and one table of rows that says all there is to say about them.
//!
//! [`Settings`] are plain values. [`TABLE`] has a [`Row`] for each of them: what people are told, what the value may
//! be, and how it is read and written as a typed value or as a word. The command's flags, GIMP's arguments and dialog,
//! the OpenFX parameters, the keys of the C library and the manuals are all made from these rows, by functions that
//! take the table as an argument. A frontend that has settings of its own describes them by rows, too.
//!
//! ```
//! use reweave::Settings;
//! use reweave::settings::{Area, Stage, TABLE};
//!
//! let mut settings = Settings::new();
//! settings.area = Area::Sides;
//! settings.set("grow", "4")?;
//! assert_eq!((settings.grow, settings.get("area")?.as_str()), (4, "sides"));
//! assert!(settings.set("grow", "-1").is_err());
//!
//! let shaping = TABLE.iter().filter(|row| row.stage == Stage::Hole);
//! assert_eq!(shaping.map(|row| row.id).collect::<Vec<_>>(), ["grow", "feather"]);
//! # Ok::<(), reweave::Error>(())
//! ```

mod by_id;
mod choice;
mod kind;
mod row;
mod table;
mod values;

pub use choice::Choice;
pub use kind::{Kind, Value};
pub use row::{Level, Row, Stage};
pub use table::TABLE;
pub use values::{AlphaInHole, Area, ColourCorrection, Method, Settings, Texture};
