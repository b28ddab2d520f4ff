//! Calendar days and spans of days. The word *span* is for days only; a piece of text is a *range*.
//!
//! [`Date`] is one day of the proleptic Gregorian calendar, years 1 to 9999, without time or zone. [`DateSpan`] is a
//! run of days, printed in its shortest form: `2019`, `2019-03`, `2019-03-15`, `2019-03-01..2019-05-31`.
//!
//! ```
//! use morgue_article::date::{Date, DateSpan};
//!
//! let spring: DateSpan = "2019-03..2019-05".parse()?;
//! assert_eq!(spring.to_string(), "2019-03-01..2019-05-31");
//! assert!(spring.contains("2019-04".parse()?));
//! assert_eq!(Date::new(2019, 2, 29), None);
//! # Ok::<(), morgue_article::date::DateError>(())
//! ```
//!
//! Readers of dates in text: [`parse_published`] for a whole string of metadata, [`Written`] for the start of a text,
//! [`day_in_address`] for a URL. Their data is in [`months`] and [`zones`].

mod address;
mod day;
mod epoch;
mod error;
pub mod months;
mod names;
mod published;
mod span;
mod translated;
mod written;
pub mod zones;

pub use address::day_in_address;
pub use day::{Date, Weekday};
pub use epoch::seconds_since_1970;
pub use error::DateError;
pub use names::{ENGLISH, Names};
pub use published::{parse_published, parse_published_as};
pub use span::{DateSpan, Precision};
pub use translated::{in_english, parse_published_in_any_language, year_first};
pub use written::{Order, Written};
