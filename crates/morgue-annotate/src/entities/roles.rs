//! Words around names that are no names: titles before people's names, endings after them, and words that are written
//! with a capital without naming anything.

use std::sync::OnceLock;

use super::lexicon::and_then;
use super::words::{Word, hash};

/// Titles that stand before a person's name, folded; sorted.
const TITLES: &[&str] = &[
    "adm",
    "admiral",
    "amb",
    "ambassador",
    "archbishop",
    "ayatollah",
    "baroness",
    "bishop",
    "brig",
    "brigadier",
    "captain",
    "capt",
    "cardinal",
    "chairman",
    "chancellor",
    "chief",
    "cmdr",
    "col",
    "colonel",
    "commissioner",
    "congressman",
    "congresswoman",
    "cpl",
    "dame",
    "deputy",
    "detective",
    "dr",
    "duchess",
    "emperor",
    "father",
    "gen",
    "general",
    "gov",
    "governor",
    "hon",
    "imam",
    "inspector",
    "judge",
    "justice",
    "lady",
    "lieut",
    "lieutenant",
    "lord",
    "lt",
    "maj",
    "major",
    "mayor",
    "messrs",
    "minister",
    "miss",
    "mme",
    "monsignor",
    "mr",
    "mrs",
    "ms",
    "officer",
    "pfc",
    "pope",
    "pres",
    "president",
    "prince",
    "princess",
    "prof",
    "professor",
    "pvt",
    "queen",
    "rabbi",
    "rep",
    "representative",
    "rev",
    "reverend",
    "sen",
    "senator",
    "sergeant",
    "sgt",
    "sheikh",
    "sheriff",
    "sir",
    "sister",
    "speaker",
    "spokesman",
    "spokeswoman",
    "supt",
];

/// Words that name nobody and no place when they stand alone, however they are written.
const NO_NAMES: &[&str] = &[
    "advertisement",
    "advertising",
    "africans",
    "americans",
    "analysis",
    "april",
    "arabs",
    "articles",
    "asians",
    "august",
    "australians",
    "avg",
    "avg shrs",
    "breaking",
    "britons",
    "buddhists",
    "canadians",
    "caption",
    "christians",
    "christmas",
    "co inc",
    "co ltd",
    "coronavirus",
    "december",
    "department",
    "dutchman",
    "dutchmen",
    "easter",
    "editor",
    "englishman",
    "europeans",
    "exclusive",
    "february",
    "file",
    "frenchman",
    "frenchmen",
    "friday",
    "germans",
    "getty",
    "god",
    "he",
    "i",
    "image",
    "images",
    "internet",
    "irishman",
    "israelis",
    "january",
    "july",
    "june",
    "king",
    "march",
    "may",
    "monday",
    "more",
    "muslims",
    "news",
    "november",
    "october",
    "oper",
    "opinion",
    "palestinians",
    "parliament",
    "photo",
    "photograph",
    "photos",
    "picture",
    "prime",
    "prime minister",
    "qtly",
    "qtr",
    "read more",
    "related",
    "related articles",
    "reuter",
    "revs",
    "russians",
    "saturday",
    "scotsman",
    "september",
    "share",
    "she",
    "shr",
    "spaniard",
    "state",
    "subscribe",
    "sunday",
    "thursday",
    "today",
    "tory",
    "tuesday",
    "ukrainians",
    "update",
    "updated",
    "video",
    "watch",
    "we",
    "wednesday",
    "weekend",
    "welshman",
    "you",
];

/// Whether a folded word is a title.
pub(super) fn is_title(word: &str) -> bool {
    TITLES.contains(&word)
}

/// Endings that tell a person from another of the same name.
const GENERATIONS: &[&str] = &["ii", "iii", "iv", "jr", "junior", "sr"];

/// Small words that initialisms may pass over.
const SMALL: &[&str] = &["a", "and", "de", "for", "in", "of", "on", "the", "to"];

/// Words after a place's own name that are left off as often as not.
const LEFT_OFF: &[&str] = &["atoll", "cathedral", "de janeiro", "islands", "ocean", "rainforest", "sea"];

/// Last words of companies' names.
const COMPANIES: &[&str] = &[
    "ag",
    "bros",
    "co",
    "companies",
    "company",
    "corp",
    "corporation",
    "cos",
    "gmbh",
    "group",
    "holdings",
    "inc",
    "incorporated",
    "industries",
    "limited",
    "llc",
    "ltd",
    "nv",
    "plc",
    "spa",
];

/// Firms with the names of people of whom the news knows nothing else.
const FIRMS: &[&str] = &[
    "arthur andersen",
    "bear stearns",
    "booz allen",
    "charles schwab",
    "coopers lybrand",
    "dean witter",
    "drexel burnham",
    "drexel burnham lambert",
    "ernst young",
    "goldman sachs",
    "harley davidson",
    "johnson matthey",
    "kidder peabody",
    "lehman brothers",
    "louis vuitton",
    "merrill lynch",
    "morgan grenfell",
    "morgan stanley",
    "paine webber",
    "price waterhouse",
    "prudential bache",
    "rolls royce",
    "salomon brothers",
    "shearson lehman",
    "smith barney",
    "sullivan cromwell",
    "wells fargo",
];

/// Last words of bodies within a body, which do not go by its name: `Senate Intelligence Committee`.
const BODIES: &[&str] = &[
    "academy",
    "association",
    "board",
    "caucus",
    "center",
    "centre",
    "commission",
    "committee",
    "council",
    "department",
    "federation",
    "foundation",
    "fund",
    "institute",
    "office",
    "panel",
    "subcommittee",
    "team",
    "union",
];

/// Abbreviations that end names with a dot.
const DOTTED_ENDINGS: &[&str] = &["Bros", "Co", "Corp", "Cos", "Inc", "Jr", "Ltd", "Sr"];

/// Whether a dot after this word belongs to the name that it ends.
pub(super) fn ends_with_dot(word: &str) -> bool {
    DOTTED_ENDINGS.contains(&word)
}

/// The lists above by the hashes of their words: sorted.
struct Hashes {
    titles: Vec<u32>,
    no_names: Vec<u32>,
    generations: Vec<u32>,
    small: Vec<u32>,
    left_off: Vec<u32>,
    bodies: Vec<u32>,
    companies: Vec<u32>,
    firms: Vec<u32>,
    the: u32,
}

fn hashes() -> &'static Hashes {
    static HASHES: OnceLock<Hashes> = OnceLock::new();
    HASHES.get_or_init(|| {
        let hashes = |names: &[&str]| {
            let words = |name: &str| name.split(' ').map(|word| hash(word.as_bytes())).reduce(and_then).unwrap_or(0);
            let mut hashes: Vec<u32> = names.iter().map(|name| words(name)).collect();
            hashes.sort_unstable();
            hashes
        };
        Hashes {
            titles: hashes(TITLES),
            no_names: hashes(NO_NAMES),
            generations: hashes(GENERATIONS),
            small: hashes(SMALL),
            left_off: hashes(LEFT_OFF),
            bodies: hashes(BODIES),
            companies: hashes(COMPANIES),
            firms: hashes(FIRMS),
            the: hash(b"the"),
        }
    })
}

/// Whether this is the hash of a title.
pub(super) fn is_title_hash(hash: u32) -> bool {
    hashes().titles.binary_search(&hash).is_ok()
}

/// Whether this is the hash of words that name nothing.
pub(super) fn is_no_name_hash(run: u32) -> bool {
    hashes().no_names.binary_search(&run).is_ok()
}

/// Whether this is the hash of an ending that tells people of the same name apart.
pub(super) fn is_generation_hash(hash: u32) -> bool {
    hashes().generations.binary_search(&hash).is_ok()
}

/// Whether this is the hash of a word that initialisms may pass over.
pub(super) fn is_small_hash(hash: u32) -> bool {
    hashes().small.binary_search(&hash).is_ok()
}

/// Whether a place's name may go without these last words.
pub(super) fn may_fall_off(rest: &[Word]) -> bool {
    let run = rest.iter().map(|word| word.hash).reduce(and_then);
    run.is_some_and(|run| hashes().left_off.binary_search(&run).is_ok())
}

/// Whether this is the hash of a word that ends the name of a body within a body.
pub(super) fn is_body_hash(hash: u32) -> bool {
    hashes().bodies.binary_search(&hash).is_ok()
}

/// Whether this is the hash of a word that ends the name of a company.
pub(super) fn is_company_hash(hash: u32) -> bool {
    hashes().companies.binary_search(&hash).is_ok()
}

/// Whether this is the hash of a firm that has the name of a person.
pub(super) fn is_firm_hash(run: u32) -> bool {
    hashes().firms.binary_search(&run).is_ok()
}

/// Whether this is the hash of `the`.
pub(super) fn is_the_hash(hash: u32) -> bool {
    hashes().the == hash
}
