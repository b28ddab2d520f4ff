//! A digest of the tokenizer's output. An index stores it, and so detects that its tokens were cut by other rules.

use std::fmt::Write;

use xxhash_rust::xxh3::xxh3_64;

use super::{Stemming, Tokenizer, Tokens};
use crate::{Article, Zone};

/// A text that uses every rule. A change of this text changes the digest, as a change of the rules does.
const SAMPLE: &[(Zone, &str)] = &[
    (Zone::Title, "U.S. and NATO agree on $5bn for COVID-19; Obama's envoy tells us why NGOs left"),
    (Zone::Body, "RIYADH OFFICIALS TELL US NOTHING, AT&T SAYS"),
    (
        Zone::Body,
        "Mr. O’Brien and Gen. J. Smith don't rule out 1,200 jobs, 12,34,567 rupees or 3.5 per cent. At 10:30 a.m. the \
         U.N. met. It was the 1990s, not the 1990's; “76% of 4,000” agreed! Version 1.2.3 of C++ and C# runs on \
         example.com/a_b-c, R&D at AT&T. #MeToo, @potus, £1,200, €5, ¥ 7 and 2014–16. He said.The dams’ walls, \
         running, ran.",
    ),
    (Zone::Body, "Café Łódź Straße Ærø İstanbul ﬁnance ＮＨＫ co\u{ad}operate m² ½ Hawaiʻi rock'n'roll"),
    (Zone::Body, "Горбачёв Пу\u{301}тин Сергей США С.Ш.А. Αθήνας שָׁלוֹם أَحْمَد محـــمد ٢٠١٩ हिन्दी क़लम"),
    (Zone::Body, "東京タワー。カ\u{3099}ｶﾞ 서울시 ที่นี่ ភាសាខ្មែរ iPhone手机5月"),
    (Zone::Caption, "The dam, on Aug. 7. Workers of Acme Inc. left."),
    (Zone::Credit, "Jo Doe/Example News"),
    (Zone::Caption, "a-b-c-d-e-f-g-h a-b-c-d-e-f-g-h-i"),
];

/// A number that changes whenever the tokenizer produces other forms, positions, ranges or sentence ends. It is the
/// same on every machine. An index stores it as part of its format version. For other crates of Morgue.
pub fn golden_digest(stemming: Stemming) -> u64 {
    let mut article = Article::default();
    for (zone, text) in SAMPLE {
        article.push(*zone, text);
    }
    article.push(Zone::Caption, &"x".repeat(2 * super::LONGEST_FORM));
    let mut tokens = Tokens::default();
    Tokenizer::new(stemming).article(&article, &mut tokens);
    let mut listing = String::new();
    for token in &tokens.tokens {
        let (range, text) = (&token.range, tokens.text(token));
        // Writing to a string cannot fail.
        let _ = writeln!(listing, "{range:?} {} {} {:?} {text}", token.position, token.width, token.form);
    }
    let _ = write!(listing, "{:?} {:?} {:?}", tokens.sentence_ends, tokens.paragraph_ends, tokens.zones);
    let _ = write!(listing, " {} {:?}", tokens.words, super::STOP_WORDS.entries());
    xxh3_64(listing.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// If this fails, tokens have changed and every index must be rebuilt. Then write the new digests here.
    #[test]
    fn the_digest_is_known() {
        let digests = [golden_digest(Stemming::English), golden_digest(Stemming::None)];
        assert_eq!(digests.map(|digest| format!("{digest:016x}")), ["a9b1e33342bad5b9", "3354094c63b4a2de"]);
    }
}
