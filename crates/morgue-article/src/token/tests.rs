//! Tables of texts with their tokens, and laws on random texts.

use proptest::prelude::*;

use super::*;

/// Every token as `position:form`, with `~` before a stem, `!` before a marked form, and `/n` after a token of n
/// positions.
fn cut(text: &str) -> String {
    let mut tokens = Tokens::default();
    Tokenizer::new(Stemming::English).text(text, &mut tokens);
    let show = |token: &Token| {
        let sign = ["", "~", "!"][token.form as usize];
        let width = if token.width > 1 { format!("/{}", token.width) } else { String::new() };
        format!("{}:{sign}{}{width}", token.position, tokens.text(token))
    };
    tokens.tokens.iter().map(show).collect::<Vec<_>>().join(" ")
}

#[test]
fn words() {
    for (text, tokens) in [
        ("", ""),
        ("-- … !", ""),
        ("The dam broke", "0:the 1:dam 2:broke"),
        ("dams, running!", "0:dams 0:~dam 1:running 1:~run"),
        ("O'Brien don't", "0:o'brien 1:don't"),
        ("O’Brien don’t", "0:o'brien 1:don't"),
        ("O`Brien Obama´s", "0:o'brien 1:obama"),
        ("Obama's Obama’s OBAMA'S", "0:obama 1:obama 2:obama 2:!OBAMA"),
        ("the 'dam' the students' ''tis", "0:the 1:dam 2:the 3:students 3:~student 4:tis"),
        ("rock'n'roll d'Estaing's", "0:rock'n'roll 1:d'estaing"),
        ("1990's.5 1.5's.0", "0:1990 1:5 2:1.5 3:0"),
        ("women's-only", "0:women 0:women-only/2 1:only 1:~onli"),
        ("Café CAFÉ Łódź", "0:cafe 1:cafe 1:!CAFE 2:lodz"),
        ("naïve", "0:naive 0:~naiv"),
        ("Ёлка Сергей", "0:елка 1:сергей"),
        ("हिन्दी में", "0:हिन्दी 1:में"),
        ("xx m² 2½ ½", "0:xx 1:m 2:2"),
    ] {
        assert_eq!(cut(text), tokens, "{text}");
    }
}

#[test]
fn initialisms() {
    for (text, tokens) in [
        ("the U.S. and U.N.", "0:the 1:us 1:!US 2:and 3:un 3:!UN"),
        ("the US told us", "0:the 1:us 1:!US 2:told 3:us"),
        ("the U.S told", "0:the 1:us 1:!US 2:told"),
        ("A.I. is on", "0:ai 0:!AI 1:is 2:on"),
        ("the U.S.'s plan, the U.S.’s", "0:the 1:us 1:!US 2:plan 3:the 4:us 4:!US"),
        ("TELL THE U.S. OR THE US", "0:tell 1:the 2:us 2:!US 3:or 4:the 5:us"),
        ("NATO's G20 5G", "0:nato 0:!NATO 1:g20 1:!G20 2:5g 2:!5G"),
        ("NATO", "0:nato"),
        ("NGOs As Is iPhones 1990s", "0:ngos 0:!NGOs 1:as 2:is 3:iphones 3:~iphon 4:1990s"),
        ("J. K. Smith's I", "0:j 1:k 2:smith 3:i"),
        ("J.K. Smith at 10 a.m.", "0:jk 0:!JK 1:smith 2:at 3:10 4:am"),
        ("U.S.-led x", "0:us 0:us-led/2 0:!US 1:led 2:x"),
        ("the U.S.Army", "0:the 1:us 1:us.army/2 1:!US 2:army 2:~armi"),
        ("в США, С.Ш.А.", "0:в 1:сша 1:!США 2:сша 2:!США"),
        ("O'BRIEN said", "0:o'brien 1:said"),
        ("Ph.D. in", "0:ph 0:ph.d/2 1:d 2:in"),
    ] {
        assert_eq!(cut(text), tokens, "{text}");
    }
}

#[test]
fn numbers() {
    for (text, tokens) in [
        ("$5 €5 £1,200 US$3.5bn", "0:5 0:!$5 1:5 1:!€5 2:1200 2:!£1200 3:us 3:!US 4:3.5bn 4:!$3.5bn"),
        ("1,200 3.5 5.93 76%", "0:1200 1:3.5 2:5.93 3:76"),
        ("1,200,000.50", "0:1200000.50"),
        ("12,34,567", "0:1234567"),
        ("1,2,3 2014,2015 1234,567", "0:1 1:2 2:3 3:2014 4:2015 5:1234 6:567"),
        ("10:30", "0:10 0:10:30/2 1:30"),
        ("1990s 1990's", "0:1990s 1:1990"),
        ("1.2.3 12.03.2019.", "0:1 0:1.2.3/3 1:2 2:3 3:12 3:12.03.2019/3 4:03 5:2019"),
        ("2014–16 5. end", "0:2014 1:16 2:5 3:end"),
        ("1,200th 10.30am", "0:1200th 1:10.30am"),
        ("＄５", "0:5 0:!$5"),
    ] {
        assert_eq!(cut(text), tokens, "{text}");
    }
}

#[test]
fn compounds() {
    for (text, tokens) in [
        ("Covid-19 covid‑19", "0:covid 0:covid-19/2 1:19 2:covid 2:covid-19/2 3:19"),
        ("x COVID-19", "0:x 1:covid 1:covid-19/2 1:!COVID 2:19"),
        ("and/or", "0:and 1:or"),
        ("at AT&T", "0:at 1:at 1:at&t/2 1:!AT 1:!AT&T/2 2:t"),
        ("R&D", "0:r 0:r&d/2 0:!R&D/2 1:d"),
        ("r&d A & B", "0:r 0:r&d/2 1:d 2:a 3:b"),
        ("example.com", "0:example 0:example.com/2 0:~exampl 1:com"),
        ("jane@example.com", "0:jane 1:example 1:example.com/2 1:~exampl 2:com"),
        ("a_b _c_", "0:a 0:a_b/2 1:b 2:c"),
        ("C++ C# F#, c++17", "0:c++ 1:c# 2:f# 3:c++ 4:17"),
        ("#MeToo @potus", "0:metoo 1:potus"),
        ("well—then a--b a - b", "0:well 1:then 2:a 3:b 4:a 5:b"),
        ("he said.The end", "0:he 1:said 2:the 3:end"),
        ("a-b-c-d-e-f-g-h", "0:a 0:a-b-c-d-e-f-g-h/8 1:b 2:c 3:d 4:e 5:f 6:g 7:h"),
        ("a-b-c-d-e-f-g-h-i", "0:a 1:b 2:c 3:d 4:e 5:f 6:g 7:h 8:i"),
        ("http://example.com/a", "0:http 1:example 1:example.com/2 1:~exampl 2:com 3:a"),
    ] {
        assert_eq!(cut(text), tokens, "{text}");
    }
}

#[test]
fn scripts_without_blanks() {
    for (text, tokens) in [
        ("東京タワー", "0:東 1:京 2:タ 3:ワ 4:ー"),
        // A ligature with a tone mark: two letters, the mark on the second.
        ("ໜ\u{302a}", "0:ຫ 1:ນ\u{302a}"),
        ("カ\u{3099}ｶﾞ", "0:ガ 1:ガ"),
        ("서울", "0:서 1:울"),
        ("ที่นี่", "0:ที่ 1:นี่"),
        ("iPhone手机5月", "0:iphone 0:~iphon 1:手 2:机 3:5 4:月"),
    ] {
        assert_eq!(cut(text), tokens, "{text}");
    }
}

#[test]
fn zones_lie_apart_and_captions_have_their_own() {
    let mut article = Article::default();
    for (zone, text) in [
        (Zone::Title, "Dam fails"),
        (Zone::Body, "It broke. It is gone."),
        (Zone::Body, "***"),
        (Zone::Body, "Nobody died."),
        (Zone::Caption, "The dam."),
        (Zone::Credit, "Jo Doe"),
        (Zone::Caption, "…"),
        (Zone::Credit, "Al Poe"),
        (Zone::Caption, "The lake."),
    ] {
        article.push(zone, text);
    }
    let mut tokens = Tokens::default();
    Tokenizer::new(Stemming::None).article(&article, &mut tokens);
    assert_eq!(
        tokens.zones,
        [
            (Zone::Title, 0..2),
            (Zone::Body, 258..265),
            (Zone::Caption, 521..525),
            (Zone::Caption, 781..783),
            (Zone::Caption, 1039..1041),
        ]
    );
    assert_eq!(tokens.sentence_ends, [1, 259, 262, 264, 522, 524, 782, 1040]);
    assert_eq!(tokens.paragraph_ends, [1, 262, 264, 522, 524, 782, 1040]);
    assert_eq!(tokens.words, 17);
    let spelled = |token: &Token| &article.text[token.range.start as usize..token.range.end as usize];
    assert_eq!(spelled(&tokens.tokens[16]), "lake");
}

#[test]
fn long_forms_are_cut_at_a_character() {
    for letter in ["x", "é", "Ж", "ก\u{e48}"] {
        let text = letter.repeat(5000);
        let mut tokens = Tokens::default();
        Tokenizer::new(Stemming::English).text(&text, &mut tokens);
        assert!(tokens.tokens.iter().all(|token| tokens.text(token).len() <= LONGEST_FORM), "{letter}");
        assert_eq!(tokens.tokens.last().map(|token| token.range.end as usize), Some(text.len()), "{letter}");
    }
}

#[test]
fn ranges_are_of_the_spelling() {
    for (text, spellings) in [
        ("Obama’s dam", ["Obama", "dam"].as_slice()),
        ("the U.S.’s", &["the", "U.S.", "U.S."]),
        ("(£1,200)", &["1,200", "£1,200"]),
        ("“well-kept,” #x", &["well", "well-kept", "kept", "x"]),
        ("a AT&T", &["a", "AT", "AT&T", "AT", "AT&T", "T"]),
    ] {
        let mut tokens = Tokens::default();
        Tokenizer::new(Stemming::None).text(text, &mut tokens);
        let spelled = |token: &Token| &text[token.range.start as usize..token.range.end as usize];
        assert_eq!(tokens.tokens.iter().map(spelled).collect::<Vec<_>>(), spellings, "{text}");
    }
}

proptest! {
    #[test]
    fn any_text_keeps_the_laws(text in "\\PC*") {
        laws(&text)?;
    }

    #[test]
    fn likely_text_keeps_the_laws(text in "([A-Za-z0-9.&'’$€,:_#+@/ \\-é手ガй\u{301}\u{ad}]|U\\.S\\.|'s|, )*") {
        laws(&text)?;
    }
}

fn laws(text: &str) -> Result<(), TestCaseError> {
    let mut article = Article::default();
    let title = text.len() / 3;
    let title = (0..=title).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0);
    article.push(Zone::Title, &text[..title]);
    article.push(Zone::Body, &text[title..]);
    article.push(Zone::Caption, text);
    let mut tokenizer = Tokenizer::new(Stemming::English);
    let (mut tokens, mut again) = (Tokens::default(), Tokens::default());
    tokenizer.article(&article, &mut tokens);
    tokenizer.article(&article, &mut again);
    prop_assert_eq!(&tokens.tokens, &again.tokens);
    prop_assert!(tokens.tokens.is_sorted_by_key(|token| (token.position, token.form)));
    prop_assert!(tokens.sentence_ends.is_sorted_by(|a, b| a < b));
    prop_assert!(tokens.paragraph_ends.is_sorted_by(|a, b| a < b));
    let positions: u32 = tokens.zones.iter().map(|(_, positions)| positions.end - positions.start).sum();
    prop_assert_eq!(positions, tokens.words);
    for token in &tokens.tokens {
        let range = token.range.start as usize..token.range.end as usize;
        prop_assert!(article.text.get(range).is_some_and(|cut| !cut.is_empty()));
        let form = tokens.text(token);
        prop_assert!(!form.is_empty() && form.len() <= LONGEST_FORM + 4);
        if token.form == Form::Exact {
            prop_assert_eq!(tokenizer.width(form), token.width, "{}", form);
            prop_assert_eq!(fold(form), form);
        }
    }
    // A text is found when it is typed.
    for word in text.split_whitespace() {
        for all_caps in [false, true] {
            let typed = tokenizer.typed(word, all_caps || !text.chars().any(char::is_lowercase));
            tokenizer.text(text, &mut tokens);
            for exact in [true, false] {
                prop_assert!(typed.is_empty() || finds(&typed, exact, &tokens), "{} {:?}", word, typed);
            }
        }
    }
    Ok(())
}

/// Are the typed words in the text, one after another?
fn finds(typed: &[TypedWord], exact: bool, tokens: &Tokens) -> bool {
    (0..=tokens.words).any(|start| {
        let mut position = start;
        typed.iter().all(|word| {
            let forms = if exact { &word.exact } else { &word.stemmed };
            let mut here = tokens.tokens.iter().filter(|token| token.position == position);
            let found = here.any(|token| {
                token.width == word.width
                    && forms.iter().any(|(form, text)| token.form == *form && tokens.text(token) == text)
            });
            position += u32::from(word.width);
            found
        })
    })
}
