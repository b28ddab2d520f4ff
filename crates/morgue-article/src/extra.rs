//! Names of user fields: fields of an article that Morgue does not know, such as the client of a media-monitoring desk.

use std::fmt;
use std::str::FromStr;

/// The longest name of a user field, in bytes.
const LONGEST: usize = 31;

/// The name of a user field: `client` for the field that a query calls `x.client:`. One to 31 lower-case letters (`a` to
/// `z`), digits, `_` and `-`.
///
/// ```
/// use morgue_article::ExtraName;
///
/// let name = ExtraName::new("client")?;
/// assert_eq!((name.as_str(), name.to_string()), ("client", "x.client".to_owned()));
/// assert_eq!("x.client".parse(), Ok(name));
/// assert!(ExtraName::new("Client").is_err());
/// # Ok::<(), morgue_article::ExtraNameError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct ExtraName {
    bytes: [u8; LONGEST],
    length: u8,
}

/// A text that is not the name of a user field.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{name}` cannot name a user field: write 1 to 31 lower-case letters (a to z), digits, _ and -")]
pub struct ExtraNameError {
    /// The text.
    pub name: String,
}

impl ExtraName {
    /// The beginning of the full name of every user field.
    pub const PREFIX: &str = "x.";

    /// Checks a name without its prefix.
    ///
    /// # Errors
    /// [`ExtraNameError`] for a name that is empty or too long, or that has another character.
    pub fn new(name: &str) -> Result<ExtraName, ExtraNameError> {
        let is_allowed = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'_' | b'-');
        if name.is_empty() || name.len() > LONGEST || !name.bytes().all(is_allowed) {
            return Err(ExtraNameError { name: name.to_owned() });
        }
        let mut bytes = [0; LONGEST];
        bytes[..name.len()].copy_from_slice(name.as_bytes());
        Ok(ExtraName { bytes, length: name.len() as u8 })
    }

    /// The name without its prefix.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.bytes[..usize::from(self.length)]).expect("only ASCII is allowed")
    }
}

/// The name with its prefix.
impl fmt::Display for ExtraName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", ExtraName::PREFIX, self.as_str())
    }
}

impl fmt::Debug for ExtraName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.as_str(), f)
    }
}

/// Reads the name with its prefix.
impl FromStr for ExtraName {
    type Err = ExtraNameError;

    fn from_str(full: &str) -> Result<ExtraName, ExtraNameError> {
        let name = full.strip_prefix(ExtraName::PREFIX).ok_or_else(|| ExtraNameError { name: full.to_owned() })?;
        ExtraName::new(name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_short_and_in_lower_case() {
        for name in ["a", "client", "desk-2", "_", &"n".repeat(31)] {
            assert_eq!(ExtraName::new(name).unwrap().as_str(), name);
        }
        for name in ["", "Client", "a b", "a.b", "a:b", "größe", &"n".repeat(32)] {
            assert!(ExtraName::new(name).is_err(), "{name}");
        }
        assert!("client".parse::<ExtraName>().is_err(), "the prefix is missing");
    }
}
