//! Removes the texts that programs put at the end of a paragraph: `[+1520 chars]` of NewsAPI, `[…]` of WordPress,
//! `Continue reading…`, and `The post Bridge closed appeared first on The Echo.`

use super::furniture_phrases::is_ascii_lowercase_start;

/// The start of a paragraph without the texts of programs at its end; empty if the paragraph is nothing else.
pub(super) fn without_machine_ending(paragraph: &str) -> &str {
    let mut text = paragraph;
    loop {
        let ending = without_count(text)
            .or_else(|| without_cut_mark(text))
            .or_else(|| without_first_place(text))
            .or_else(|| without_button(text));
        match ending {
            Some(bare) if bare.len() < text.len() => text = bare.trim_end(),
            _ => return text,
        }
    }
}

/// `in the spring.… [+1520 chars]`: the service says how many characters it has cut off.
fn without_count(text: &str) -> Option<&str> {
    let (bare, count) = text.strip_suffix(']')?.rsplit_once("[+")?;
    let number = count.strip_suffix(" chars").or_else(|| count.strip_suffix(" characters"))?;
    let is_number = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit() || byte == b',');
    is_number.then_some(bare)
}

/// `in October. […]`: the feed has cut off the rest. In a quotation that is still open, the mark is the writer's.
fn without_cut_mark(text: &str) -> Option<&str> {
    let bare = ["[…]", "[...]", "[…", "[. . .]"].iter().find_map(|mark| text.strip_suffix(mark))?;
    let count = |mark: char| bare.matches(mark).count();
    let is_in_quotation = count('"') % 2 == 1 || count('“') > count('”') || count('«') > count('»');
    (!is_in_quotation).then_some(bare)
}

/// The line that plugins of WordPress add to a feed, by language: the words before the title, and the words between the
/// title and the name of the site.
const FIRST_PLACES: &[(&str, &str)] = &[
    ("The post ", " appeared first on "),
    ("The post ", " first appeared on "),
    ("The article ", " appeared first on "),
    ("The article ", " first appeared on "),
    ("Der Beitrag ", " erschien zuerst auf "),
    ("Der Artikel ", " erschien zuerst auf "),
    ("L’article ", " est apparu en premier sur "),
    ("L'article ", " est apparu en premier sur "),
    ("La entrada ", " se publicó primero en "),
    ("La entrada ", " apareció primero en "),
    ("L’articolo ", " proviene da "),
    ("L'articolo ", " proviene da "),
    ("O post ", " apareceu primeiro em "),
    ("Het bericht ", " verscheen eerst op "),
    ("Inlägget ", " dök först upp på "),
    ("Indlægget ", " blev først udgivet på "),
    ("Innlegget ", " dukket først opp på "),
    ("Artykuł ", " pochodzi z serwisu "),
    ("Artikkeli ", " julkaistiin ensimmäisen kerran "),
];

/// The longest name of a site. Bytes.
const LONGEST_SITE: usize = 100;

/// `The post Bridge closed appeared first on The Echo.` The title starts with no small letter: `The post office
/// appeared first on Market Street in 1802` is a story.
fn without_first_place(text: &str) -> Option<&str> {
    FIRST_PLACES.iter().find_map(|(opening, middle)| {
        let mut tail = text.len().saturating_sub(LONGEST_SITE + middle.len());
        while !text.is_char_boundary(tail) {
            tail += 1;
        }
        let middle = tail + text[tail..].find(middle)?;
        let starts = text[..middle].match_indices(opening).map(|(start, _)| start);
        let is_start = |start: &usize| {
            let title = &text[start + opening.len()..middle];
            ends_sentence(&text[..*start]) && !is_ascii_lowercase_start(title)
        };
        starts.filter(is_start).last().map(|start| &text[..start])
    })
}

/// Texts of links to the whole article, in lower case.
const BUTTONS: &[&str] = &[
    "continue reading",
    "click here to read more",
    "keep reading",
    "more",
    "read full article",
    "read full story",
    "read more",
    "read more here",
    "read on",
    "read the full article",
    "read the full story",
    "read the rest",
    "weiterlesen",
    "lire la suite",
    "leer más",
    "seguir leyendo",
    "continua a leggere",
    "leggi tutto",
    "leia mais",
    "lees verder",
    "läs mer",
    "les mer",
    "læs mere",
    "czytaj dalej",
    "lue lisää",
    "devamını oku",
    "читать далее",
];

/// The longest text of a link to the whole article. Bytes.
const LONGEST_BUTTON: usize = 160;

/// `in the spring. Continue reading…`. The text of the link has no full stop, and a sentence or a cut ends before it.
fn without_button(text: &str) -> Option<&str> {
    let bare = text.trim_end_matches(['.', '…', '→', '»', '›', '>', ']', ')', ' ', '\u{a0}']);
    let marks = &text[bare.len()..];
    if matches!(marks.trim(), "." | ")" | "]" if bare.len() < text.len()) && !opens_with_bracket(bare) {
        return None;
    }
    let has_arrow = marks.contains(['…', '→', '»', '›', '>']) || marks.contains("...");
    let mut from = bare.len().saturating_sub(LONGEST_BUTTON);
    while !bare.is_char_boundary(from) {
        from += 1;
    }
    let tail = bare[from..].to_lowercase();
    // Letters that change their length in lower case would shift the place of the button.
    if tail.len() != bare.len() - from {
        return None;
    }
    let start_of = |button: &&'static str| {
        let button = *button;
        let start = if tail.ends_with(button) {
            tail.len() - button.len()
        } else {
            // `Continue reading Bridge closed →`.
            tail.rfind("continue reading ").filter(|_| has_arrow && button == "continue reading")?
        };
        let start = from + start;
        let before = bare[..start].trim_end_matches(['(', '[', ' ', '\u{a0}']);
        let is_capital = !is_ascii_lowercase_start(&bare[start..]) || before.len() + 1 < start;
        let is_apart = before.is_empty() || bare[before.len()..start].contains([' ', '\u{a0}', '(', '[']);
        let is_whole = ends_sentence(before) || (has_arrow && button != "more" && before.len() < start);
        (is_capital && is_apart && is_whole && (button != "more" || has_arrow)).then_some(before.len())
    };
    BUTTONS.iter().find_map(start_of).map(|end| &text[..end])
}

/// Is there an open bracket before the last words? `[Read more]`.
fn opens_with_bracket(text: &str) -> bool {
    text.rfind(['(', '[']).is_some_and(|at| !text[at..].contains([')', ']']))
}

/// Does a sentence, or a text that was cut off, end here?
fn ends_sentence(text: &str) -> bool {
    let text = text.trim_end();
    text.is_empty() || text.ends_with(['.', '!', '?', '…', '"', '”', '»', ']', ')', ':', '。'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_of_programs_go() {
        for (text, expected) in [
            ("The bridge is shut.… [+1520 chars]", "The bridge is shut.…"),
            ("The bridge is sh… [+12 chars]", "The bridge is sh…"),
            ("The bridge is shut. [+1,520 characters]", "The bridge is shut."),
            ("The bridge is shut. […]", "The bridge is shut."),
            ("The bridge is [...]", "The bridge is"),
            ("The bridge is shut. Continue reading...", "The bridge is shut."),
            ("The bridge is shut. Continue reading…", "The bridge is shut."),
            ("The bridge is shut. Continue reading →", "The bridge is shut."),
            ("The bridge is … Continue reading “Bridge closed” →", "The bridge is …"),
            ("The bridge is shut. Continue reading Bridge closed for a year →", "The bridge is shut."),
            ("The bridge is shut. Read more", "The bridge is shut."),
            ("The bridge is shut. Read More »", "The bridge is shut."),
            ("The bridge is shut. [Read more...]", "The bridge is shut."),
            ("The bridge is shut. (more…)", "The bridge is shut."),
            ("The bridge and the […] Read more", "The bridge and the"),
            ("Die Brücke ist gesperrt. Weiterlesen »", "Die Brücke ist gesperrt."),
            ("Le pont est fermé. Lire la suite…", "Le pont est fermé."),
            ("The post Bridge closed appeared first on The Echo.", ""),
            ("The post Bridge closed first appeared on The Echo.", ""),
            (
                "The bridge is shut. […] The post Bridge closed: why? appeared first on St. Mary Echo.",
                "The bridge is shut.",
            ),
            ("The post ‘The post’ appeared first on The Echo.", ""),
            ("Der Beitrag Brücke gesperrt erschien zuerst auf Echo.", ""),
            ("L’article Pont fermé est apparu en premier sur L’Écho.", ""),
            ("Continue reading…", ""),
            ("[…]", ""),
        ] {
            assert_eq!(without_machine_ending(text), expected, "{text}");
        }
    }

    #[test]
    fn the_story_stays() {
        for text in [
            "The bridge is shut.",
            "The post office appeared first on Market Street in 1802.",
            "He said that the post Bridge closed appeared first on The Echo.",
            "The poster appeared first on walls of the town.",
            "Teachers want pupils to read more",
            "If you want to write, read. Read more.",
            "“The bridge […]",
            "She had no time to continue reading.",
            "The list had 12 names [+3 others]",
            "The fare is £3 [+20p]",
            "He asked for more…",
            "“Once more…",
            "and more",
            "[…] the bridge is shut.",
            "",
            "É",
        ] {
            assert_eq!(without_machine_ending(text), text);
        }
    }

    proptest::proptest! {
        #[test]
        fn it_is_a_start_and_stays_so(text in "\\PC{0,30}|(Read more|Continue reading|[+][0-9]|…|\\[|\\]|chars| |[.]|The post |É| appeared first on |İ){0,9}") {
            let bare = without_machine_ending(&text);
            proptest::prop_assert!(text.starts_with(bare));
            proptest::prop_assert_eq!(without_machine_ending(bare), bare);
        }
    }
}
