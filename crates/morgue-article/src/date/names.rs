//! How a language names months and weekdays: data for the grammars of dates. Another language is another [`Names`].

/// The names of months and weekdays in one language, in lower case, short forms without their period.
#[derive(Debug)]
pub struct Names {
    /// Each spelling with its month, 1 to 12.
    pub months: &'static [(&'static str, u8)],
    /// Each spelling with its weekday, 0 for Monday to 6 for Sunday.
    pub weekdays: &'static [(&'static str, u8)],
    /// What may end a day's number: `12th`.
    pub ordinal_ends: &'static [&'static str],
    /// What may stand between day and month: `12th of January`.
    pub of: &'static str,
}

/// English.
pub static ENGLISH: Names = Names {
    months: &[
        ("january", 1),
        ("jan", 1),
        ("february", 2),
        ("feb", 2),
        ("march", 3),
        ("mar", 3),
        ("april", 4),
        ("apr", 4),
        ("may", 5),
        ("june", 6),
        ("jun", 6),
        ("july", 7),
        ("jul", 7),
        ("august", 8),
        ("aug", 8),
        ("september", 9),
        ("sept", 9),
        ("sep", 9),
        ("october", 10),
        ("oct", 10),
        ("november", 11),
        ("nov", 11),
        ("december", 12),
        ("dec", 12),
    ],
    weekdays: &[
        ("monday", 0),
        ("mon", 0),
        ("tuesday", 1),
        ("tues", 1),
        ("tue", 1),
        ("wednesday", 2),
        ("wed", 2),
        ("thursday", 3),
        ("thurs", 3),
        ("thur", 3),
        ("thu", 3),
        ("friday", 4),
        ("fri", 4),
        ("saturday", 5),
        ("sat", 5),
        ("sunday", 6),
        ("sun", 6),
    ],
    ordinal_ends: &["st", "nd", "rd", "th"],
    of: "of",
};

impl Names {
    /// The month that `word` names, 1 to 12, in any case.
    pub fn month(&self, word: &str) -> Option<u8> {
        named(self.months, word)
    }

    /// Is `word` the short form of a month's name, which may have a period: is there a longer one?
    pub fn is_short_month(&self, word: &str) -> bool {
        let month = self.month(word);
        month.is_some() && self.months.iter().any(|(name, number)| Some(*number) == month && name.len() > word.len())
    }

    /// The weekday that `word` names, 0 for Monday, in any case.
    pub fn weekday(&self, word: &str) -> Option<u8> {
        named(self.weekdays, word)
    }
}

fn named(table: &[(&str, u8)], word: &str) -> Option<u8> {
    table.iter().find(|(name, _)| name.eq_ignore_ascii_case(word)).map(|(_, number)| *number)
}
