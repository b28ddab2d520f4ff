//! English: the words that the grammar of dates needs, as data.

use std::sync::LazyLock;

use super::language::{DateWord, Holiday, Language, Season, Unit};
use morgue_article::WordList;

static BALL_GAMES: WordList = WordList::new(include_str!("word_lists/ball_games.txt"));
static BEFORE_DATES: WordList = WordList::new(include_str!("word_lists/before_dates.txt"));
static BEFORE_IDENTIFIERS: WordList = WordList::new(include_str!("word_lists/before_identifiers.txt"));
static NOT_DATES: WordList = WordList::new(include_str!("word_lists/not_dates.txt"));
static QUANTITIES: WordList = WordList::new(include_str!("word_lists/quantities.txt"));
static STREETS: WordList = WordList::new(include_str!("word_lists/streets.txt"));

/// The words of English.
pub(super) static ENGLISH: LazyLock<Language> = LazyLock::new(|| Language {
    names: &morgue_article::date::ENGLISH,
    words: WORDS,
    holidays: HOLIDAYS,
    not_dates: NOT_DATES.entries(),
    doubtful_months: &["march", "may", "mar", "dec", "jan"],
    given_names: &["april", "june", "august", "jan", "jun", "january"],
    before_dates: BEFORE_DATES.entries(),
    before_far_years: &[
        "after", "before", "between", "circa", "early", "from", "in", "late", "mid", "since", "until", "year",
    ],
    before_past: &["ended"],
    before_seasons: &["by", "during", "for", "in", "into", "over", "since", "through", "throughout", "until"],
    before_ages: &["her", "his", "its", "my", "our", "their", "your"],
    before_identifiers: BEFORE_IDENTIFIERS.entries(),
    quantities: QUANTITIES.entries(),
    streets: STREETS.entries(),
    famous: &[(
        9,
        11,
        2001,
        &["attack", "attacks", "terror", "terrorist", "terrorists", "hijackers", "hijackings", "commission"],
    )],
    games: BALL_GAMES.entries(),
});

#[rustfmt::skip]
const WORDS: &[(&str, DateWord)] = &[
    ("yesterday", DateWord::Day(-1)), ("today", DateWord::Day(0)), ("tonight", DateWord::Day(0)),
    ("tomorrow", DateWord::Day(1)), ("morning", DateWord::DayPart), ("afternoon", DateWord::DayPart),
    ("evening", DateWord::DayPart), ("night", DateWord::DayPart), ("now", DateWord::Now), ("nowadays", DateWord::Now),
    ("currently", DateWord::Now), ("recently", DateWord::Now), ("day", DateWord::Unit(Unit::Day)),
    ("days", DateWord::Unit(Unit::Day)), ("week", DateWord::Unit(Unit::Week)), ("weeks", DateWord::Unit(Unit::Week)),
    ("weekend", DateWord::Unit(Unit::Weekend)), ("weekends", DateWord::Unit(Unit::Weekend)),
    ("month", DateWord::Unit(Unit::Month)), ("months", DateWord::Unit(Unit::Month)),
    ("quarter", DateWord::Unit(Unit::Quarter)), ("quarters", DateWord::Unit(Unit::Quarter)),
    ("half", DateWord::Unit(Unit::Half)), ("year", DateWord::Unit(Unit::Year)), ("years", DateWord::Unit(Unit::Year)),
    ("decade", DateWord::Unit(Unit::Decade)), ("decades", DateWord::Unit(Unit::Decade)),
    ("century", DateWord::Unit(Unit::Century)), ("centuries", DateWord::Unit(Unit::Century)),
    ("period", DateWord::Unit(Unit::Period)), ("last", DateWord::Shift(-1)), ("this", DateWord::Shift(0)),
    ("current", DateWord::Shift(0)), ("next", DateWord::Shift(1)), ("coming", DateWord::Coming),
    ("upcoming", DateWord::Coming), ("past", DateWord::Past), ("previous", DateWord::ContextShift(-1)),
    ("preceding", DateWord::ContextShift(-1)), ("prior", DateWord::ContextShift(-1)),
    ("following", DateWord::ContextShift(1)), ("that", DateWord::That), ("latest", DateWord::That),
    ("these", DateWord::These), ("a", DateWord::One), ("an", DateWord::One), ("one", DateWord::Number(1)),
    ("two", DateWord::Number(2)), ("three", DateWord::Number(3)), ("four", DateWord::Number(4)),
    ("five", DateWord::Number(5)), ("six", DateWord::Number(6)), ("seven", DateWord::Number(7)),
    ("eight", DateWord::Number(8)), ("nine", DateWord::Number(9)), ("ten", DateWord::Number(10)),
    ("eleven", DateWord::Number(11)), ("twelve", DateWord::Number(12)), ("thirteen", DateWord::Number(13)),
    ("fourteen", DateWord::Number(14)), ("fifteen", DateWord::Number(15)), ("sixteen", DateWord::Number(16)),
    ("seventeen", DateWord::Number(17)), ("eighteen", DateWord::Number(18)), ("nineteen", DateWord::Number(19)),
    ("twenty", DateWord::Number(20)), ("thirty", DateWord::Number(30)), ("forty", DateWord::Number(40)),
    ("fifty", DateWord::Number(50)), ("sixty", DateWord::Number(60)), ("seventy", DateWord::Number(70)),
    ("eighty", DateWord::Number(80)), ("ninety", DateWord::Number(90)), ("hundred", DateWord::Vague),
    ("several", DateWord::Vague), ("few", DateWord::Vague), ("couple", DateWord::Vague), ("many", DateWord::Vague),
    ("some", DateWord::Vague), ("dozen", DateWord::Vague), ("first", DateWord::Ordinal(1)),
    ("second", DateWord::Ordinal(2)), ("third", DateWord::Ordinal(3)), ("fourth", DateWord::Ordinal(4)),
    ("fifth", DateWord::Ordinal(5)), ("sixth", DateWord::Ordinal(6)), ("seventh", DateWord::Ordinal(7)),
    ("eighth", DateWord::Ordinal(8)), ("ninth", DateWord::Ordinal(9)), ("tenth", DateWord::Ordinal(10)),
    ("eleventh", DateWord::Ordinal(11)), ("twelfth", DateWord::Ordinal(12)), ("thirteenth", DateWord::Ordinal(13)),
    ("fourteenth", DateWord::Ordinal(14)), ("fifteenth", DateWord::Ordinal(15)), ("sixteenth", DateWord::Ordinal(16)),
    ("seventeenth", DateWord::Ordinal(17)), ("eighteenth", DateWord::Ordinal(18)),
    ("nineteenth", DateWord::Ordinal(19)), ("twentieth", DateWord::Ordinal(20)),
    ("spring", DateWord::Season(Season::Spring)), ("summer", DateWord::Season(Season::Summer)),
    ("fall", DateWord::Season(Season::Fall)), ("autumn", DateWord::Season(Season::Fall)),
    ("winter", DateWord::Season(Season::Winter)), ("q1", DateWord::Quarter(1)), ("q2", DateWord::Quarter(2)),
    ("q3", DateWord::Quarter(3)), ("q4", DateWord::Quarter(4)), ("h1", DateWord::Half(1)), ("h2", DateWord::Half(2)),
    ("ago", DateWord::Ago), ("earlier", DateWord::Than(-1)), ("later", DateWord::Than(1)), ("early", DateWord::Edge),
    ("mid", DateWord::Edge), ("late", DateWord::Edge), ("of", DateWord::Of), ("the", DateWord::The),
    ("from", DateWord::From), ("to", DateWord::To), ("through", DateWord::To), ("thru", DateWord::To),
    ("until", DateWord::To), ("till", DateWord::To), ("and", DateWord::And), ("between", DateWord::Between),
    ("each", DateWord::Every), ("every", DateWord::Every), ("fiscal", DateWord::Fiscal), ("fy", DateWord::Fiscal),
    ("twenties", DateWord::Decade(20)), ("thirties", DateWord::Decade(30)), ("forties", DateWord::Decade(40)),
    ("fifties", DateWord::Decade(50)), ("sixties", DateWord::Decade(60)), ("seventies", DateWord::Decade(70)),
    ("eighties", DateWord::Decade(80)), ("nineties", DateWord::Decade(90)), ("bc", DateWord::BeforeChrist),
    ("bce", DateWord::BeforeChrist), ("in", DateWord::In), ("during", DateWord::In), ("since", DateWord::In),
    ("by", DateWord::In), ("over", DateWord::In), ("end", DateWord::End),
];

#[rustfmt::skip]
const HOLIDAYS: &[(&str, Holiday)] = &[
    ("new year's eve", Holiday::Fixed(12, 31)), ("new year's day", Holiday::Fixed(1, 1)),
    ("epiphany", Holiday::Fixed(1, 6)), ("martin luther king day", Holiday::Nth(1, 0, 3, 0)),
    ("martin luther king jr day", Holiday::Nth(1, 0, 3, 0)), ("groundhog day", Holiday::Fixed(2, 2)),
    ("valentine's day", Holiday::Fixed(2, 14)), ("presidents' day", Holiday::Nth(2, 0, 3, 0)),
    ("international women's day", Holiday::Fixed(3, 8)), ("st patrick's day", Holiday::Fixed(3, 17)),
    ("saint patrick's day", Holiday::Fixed(3, 17)), ("april fools' day", Holiday::Fixed(4, 1)),
    ("april fools'", Holiday::Fixed(4, 1)), ("earth day", Holiday::Fixed(4, 22)),
    ("anzac day", Holiday::Fixed(4, 25)), ("may day", Holiday::Fixed(5, 1)), ("ve day", Holiday::Fixed(5, 8)),
    ("cinco de mayo", Holiday::Fixed(5, 5)), ("mother's day", Holiday::Nth(5, 6, 2, 0)),
    ("memorial day", Holiday::Nth(5, 0, -1, 0)), ("father's day", Holiday::Nth(6, 6, 3, 0)),
    ("juneteenth", Holiday::Fixed(6, 19)), ("canada day", Holiday::Fixed(7, 1)),
    ("fourth of july", Holiday::Fixed(7, 4)), ("july fourth", Holiday::Fixed(7, 4)),
    ("bastille day", Holiday::Fixed(7, 14)), ("labor day", Holiday::Nth(9, 0, 1, 0)),
    ("columbus day", Holiday::Nth(10, 0, 2, 0)), ("halloween", Holiday::Fixed(10, 31)),
    ("all saints' day", Holiday::Fixed(11, 1)), ("all souls' day", Holiday::Fixed(11, 2)),
    ("guy fawkes night", Holiday::Fixed(11, 5)), ("veterans day", Holiday::Fixed(11, 11)),
    ("armistice day", Holiday::Fixed(11, 11)), ("remembrance day", Holiday::Fixed(11, 11)),
    ("thanksgiving", Holiday::Nth(11, 3, 4, 0)), ("thanksgiving day", Holiday::Nth(11, 3, 4, 0)),
    ("black friday", Holiday::Nth(11, 3, 4, 1)), ("cyber monday", Holiday::Nth(11, 3, 4, 4)),
    ("christmas eve", Holiday::Fixed(12, 24)), ("christmas day", Holiday::Fixed(12, 25)),
    ("christmas", Holiday::Fixed(12, 25)), ("boxing day", Holiday::Fixed(12, 26)),
    ("fat tuesday", Holiday::Easter(-47)), ("shrove tuesday", Holiday::Easter(-47)),
    ("mardi gras", Holiday::Easter(-47)), ("ash wednesday", Holiday::Easter(-46)),
    ("palm sunday", Holiday::Easter(-7)), ("maundy thursday", Holiday::Easter(-3)),
    ("holy thursday", Holiday::Easter(-3)), ("good friday", Holiday::Easter(-2)), ("easter", Holiday::Easter(0)),
    ("easter sunday", Holiday::Easter(0)), ("easter day", Holiday::Easter(0)), ("easter monday", Holiday::Easter(1)),
    ("ascension day", Holiday::Easter(39)), ("pentecost", Holiday::Easter(49)), ("whit sunday", Holiday::Easter(49)),
    ("whit monday", Holiday::Easter(50)), ("corpus christi day", Holiday::Easter(60)),
    ("9 11", Holiday::Once(2001, 9, 11)), ("d day", Holiday::Once(1944, 6, 6)),
];
