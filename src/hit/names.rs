//! The names of facets and calendar units, in both directions.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use morgue_article::ExtraName;

use super::{Facet, Unit};

/// A name that is not one of the known ones. The text lists those.
///
/// ```
/// use morgue::hit::Facet;
///
/// let error = "persn".parse::<Facet>().unwrap_err();
/// assert_eq!(
///     error.to_string(),
///     "there is no facet `persn`; the facets are person, org, place, source, byline, lang and x.NAME"
/// );
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct UnknownName {
    /// The kind of name: "facet" or "unit".
    pub kind: &'static str,
    /// The unknown name.
    pub name: String,
    /// All known names.
    pub known: Vec<&'static str>,
}

impl fmt::Display for UnknownName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let UnknownName { kind, name, known } = self;
        write!(f, "there is no {kind} `{name}`; the {kind}s are ")?;
        let Some((last, others)) = known.split_last() else { return Ok(()) };
        write!(f, "{} and {last}", others.join(", "))
    }
}

impl std::error::Error for UnknownName {}

impl Facet {
    /// All facets but those of user fields.
    pub const ALL: [Facet; 6] = [Facet::Person, Facet::Org, Facet::Place, Facet::Source, Facet::Byline, Facet::Lang];

    /// The name of the facet: `person`, `org`, `place`, `source`, `byline`, `lang`, or `x.client` for a user field.
    pub fn name(self) -> Cow<'static, str> {
        Cow::Borrowed(match self {
            Facet::Person => "person",
            Facet::Org => "org",
            Facet::Place => "place",
            Facet::Source => "source",
            Facet::Byline => "byline",
            Facet::Lang => "lang",
            Facet::Extra(name) => return Cow::Owned(name.to_string()),
        })
    }
}

impl fmt::Display for Facet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name())
    }
}

impl From<Facet> for String {
    fn from(facet: Facet) -> String {
        facet.to_string()
    }
}

impl TryFrom<String> for Facet {
    type Error = UnknownName;
    fn try_from(name: String) -> Result<Facet, UnknownName> {
        name.parse()
    }
}

impl FromStr for Facet {
    type Err = UnknownName;
    fn from_str(name: &str) -> Result<Facet, UnknownName> {
        if let Ok(extra) = name.parse::<ExtraName>() {
            return Ok(Facet::Extra(extra));
        }
        let facet = Facet::ALL.into_iter().find(|facet| facet.name() == name);
        let known = || vec!["person", "org", "place", "source", "byline", "lang", "x.NAME"];
        facet.ok_or_else(|| UnknownName { kind: "facet", name: name.to_owned(), known: known() })
    }
}

impl Unit {
    /// All units, the longest first.
    pub const ALL: [Unit; 4] = [Unit::Year, Unit::Month, Unit::Week, Unit::Day];

    /// The name of the unit: `year`, `month`, `week` or `day`.
    pub fn name(self) -> &'static str {
        match self {
            Unit::Year => "year",
            Unit::Month => "month",
            Unit::Week => "week",
            Unit::Day => "day",
        }
    }
}

impl fmt::Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Unit {
    type Err = UnknownName;
    fn from_str(name: &str) -> Result<Unit, UnknownName> {
        let unit = Unit::ALL.into_iter().find(|unit| unit.name() == name);
        let known = || Unit::ALL.iter().map(|unit| unit.name()).collect();
        unit.ok_or_else(|| UnknownName { kind: "unit", name: name.to_owned(), known: known() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_as_they_are_printed() {
        for facet in Facet::ALL {
            assert_eq!(facet.to_string().parse(), Ok(facet));
            assert_eq!(serde_json::to_string(&facet).unwrap(), format!("\"{facet}\""));
        }
        for unit in Unit::ALL {
            assert_eq!(unit.to_string().parse(), Ok(unit));
            assert_eq!(serde_json::to_string(&unit).unwrap(), format!("\"{unit}\""));
        }
        let error = "decade".parse::<Unit>().unwrap_err();
        assert_eq!(error.to_string(), "there is no unit `decade`; the units are year, month, week and day");
    }
}
