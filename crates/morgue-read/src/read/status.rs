//! The status that a source gives to an item: cancelled, withheld, or under embargo to a later day.

use morgue_article::SkipReason;
use morgue_article::date::{Date, parse_published};

use super::Options;
use super::fault::Fault;

/// The status of an item, as its format spells it.
#[derive(Debug, Default)]
pub(super) struct Status<'s> {
    /// `usable`, `stat:withheld`, `Canceled`; empty where none is stated.
    pub(super) word: &'s str,
    /// The end of an embargo, in any spelling of a day or instant; empty where there is none.
    pub(super) embargo: &'s str,
}

impl Status<'_> {
    /// Checks that the item may be used.
    ///
    /// An embargo ends at the beginning of the day that it names; its hour is ignored.
    pub(super) fn check(&self, options: &Options) -> Result<(), Fault> {
        let withheld = |detail: String| Err(Fault::new(SkipReason::Withheld, detail));
        let word = self.word.rsplit([':', '/', '#']).next().unwrap_or_default().trim().to_ascii_lowercase();
        let until = day(self.embargo);
        match word.as_str() {
            "canceled" | "cancelled" | "withheld" | "killed" | "kill" | "withdrawn" | "recalled" | "deleted" => {
                withheld(format!("its status is {word}"))
            }
            "embargoed" if until.is_none() => withheld("embargoed to a day that is not stated".to_owned()),
            _ => match until {
                Some(until) if until > options.today => withheld(format!("embargoed until {until}")),
                _ => Ok(()),
            },
        }
    }
}

/// The date of publication: the end of the embargo if that is on a later day than the one on which the item was made.
pub(super) fn published<'s>(made: Option<&'s str>, embargo: &'s str) -> Option<&'s str> {
    match (made.and_then(day), day(embargo)) {
        (Some(made), Some(until)) if until > made => Some(embargo),
        (None, Some(_)) => Some(embargo),
        _ => made,
    }
}

fn day(text: &str) -> Option<Date> {
    parse_published(text).map(|span| span.first())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_with_such_a_status_are_withheld() {
        let options = Options { today: "2024-05-06".parse().unwrap(), ..Options::default() };
        for (word, embargo, detail) in [
            ("stat:usable", "", None),
            ("", "", None),
            ("http://cv.iptc.org/newscodes/pubstatusg2/canceled", "", Some("its status is canceled")),
            ("Withheld", "", Some("its status is withheld")),
            ("usable", "2024-05-07T10:00:00Z", Some("embargoed until 2024-05-07")),
            ("usable", "2024-05-06T23:00:00Z", None),
            ("Embargoed", "20240506T120000+0200", None),
            ("Embargoed", "", Some("embargoed to a day that is not stated")),
        ] {
            let checked = Status { word, embargo }.check(&options);
            let found = checked.err().map(|skip| (skip.reason, skip.detail));
            assert_eq!(found, detail.map(|detail| (SkipReason::Withheld, detail.to_owned())), "{word} {embargo}");
        }
    }

    #[test]
    fn the_end_of_an_embargo_is_the_day_of_publication() {
        let made = "2024-05-01T10:00:00Z";
        assert_eq!(published(Some(made), ""), Some(made));
        assert_eq!(published(Some(made), "2024-05-03T00:01:00Z"), Some("2024-05-03T00:01:00Z"));
        assert_eq!(published(Some(made), "2024-05-01T18:00:00Z"), Some(made));
        assert_eq!(published(None, "2024-05-01"), Some("2024-05-01"));
    }
}
