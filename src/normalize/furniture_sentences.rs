//! Sentences of page furniture: invitations to sign up, subscribe and follow, links to other articles, notices of
//! cookies and rights. A paragraph is furniture only if each of its sentences is.

/// Longer paragraphs are never furniture. Bytes.
const LONGEST: usize = 420;

/// Longer lines are no links to other articles. Bytes.
const LONGEST_LINK: usize = 220;

/// Whether every sentence of a paragraph is page furniture.
pub(super) fn is_all_furniture(paragraph: &str) -> bool {
    if paragraph.len() > LONGEST || !may_be_furniture(paragraph) {
        return false;
    }
    if is_link(paragraph) {
        return true;
    }
    let mut sentences = sentences(paragraph).peekable();
    sentences.peek().is_some() && sentences.all(|sentence| is_furniture(&lower(sentence)))
}

/// In lower case, quotes straight.
fn lower(sentence: &str) -> String {
    sentence.chars().map(straight).flat_map(char::to_lowercase).collect()
}

fn straight(c: char) -> char {
    match c {
        '’' | '‘' => '\'',
        '“' | '”' => '"',
        _ => c,
    }
}

/// A quick look: furniture begins with few words, or has a colon after a label.
fn may_be_furniture(paragraph: &str) -> bool {
    const OPENINGS: &[&str] = &[
        "a",
        "already",
        "become",
        "by",
        "click",
        "copyright",
        "enter",
        "find",
        "follow",
        "for",
        "get",
        "if",
        "javascript",
        "join",
        "like",
        "not",
        "our",
        "please",
        "receive",
        "required",
        "sign",
        "sorry",
        "stay",
        "subscribe",
        "support",
        "thank",
        "this",
        "to",
        "want",
        "we",
        "what",
        "would",
        "you",
        "your",
    ];
    let bare = paragraph.trim_start_matches(|c: char| !c.is_alphanumeric());
    let first = &bare[..bare.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(bare.len())];
    let opens = first.len() <= 10 && OPENINGS.iter().any(|word| first.eq_ignore_ascii_case(word));
    opens
        || paragraph.starts_with('©')
        || memchr::memchr(b':', &paragraph.as_bytes()[..paragraph.len().min(64)]).is_some()
}

/// Sentences, and the parts of a sentence about `label: `, without marks about them.
fn sentences(paragraph: &str) -> impl Iterator<Item = &str> {
    let mut from = 0;
    let bytes = paragraph.as_bytes();
    std::iter::from_fn(move || {
        if from >= paragraph.len() {
            return None;
        }
        let ends = |at: &usize| {
            matches!(bytes[*at], b'.' | b'!' | b'?')
                && matches!(bytes.get(at + 1), None | Some(b' ' | b')' | b'"' | b':'))
        };
        let end = (from..bytes.len()).find(ends).map_or(bytes.len(), |at| at + 1);
        let sentence = &paragraph[from..end];
        from = end;
        Some(sentence.trim_matches(|c: char| !c.is_alphanumeric() && c != '©'))
    })
    .filter(|sentence| !sentence.is_empty())
}

/// A line that leads to another article: `More:Bridge closed for a year`, `RELATED: ...`. A headline has no full stop.
fn is_link(paragraph: &str) -> bool {
    const LABELS: &[&str] = &[
        "more",
        "read more",
        "read also",
        "also read",
        "read next",
        "read",
        "see also",
        "also see",
        "related",
        "related story",
        "related stories",
        "related article",
        "related articles",
        "related coverage",
        "related content",
        "related video",
        "related reading",
        "must read",
        "don't miss",
        "in case you missed it",
        "icymi",
        "more coverage",
        "for subscribers",
        "more from the web",
        "more on this story",
        "previously",
        "related news",
        "more news",
    ];
    let Some((label, rest)) = paragraph.split_once(':') else { return false };
    let label = label.trim_matches(|c: char| !c.is_alphanumeric());
    let known = label.len() <= 24 && LABELS.contains(&label.to_lowercase().replace('’', "'").as_str());
    // `MASKS:What to know`: a label without a blank is a link that lost its mark-up, if what follows is a headline.
    let glued = rest.starts_with(|c: char| c.is_uppercase() || matches!(c, '\'' | '‘'))
        && (4..=40).contains(&label.len())
        && rest.len() >= 24
        && !rest.ends_with(['?', '!', '"', '”', ')'])
        && label.starts_with(char::is_uppercase)
        && !label.contains(|c: char| c.is_ascii_digit() || matches!(c, '.' | '"' | '“' | '('));
    let rest = rest.trim_start();
    let headline = rest.len() >= 12 && rest.len() <= LONGEST_LINK && !rest.ends_with(['.', ',', ':', ';']);
    (known || glued) && headline && rest.starts_with(|c: char| !c.is_lowercase())
}

/// Whether a sentence, in lower case with straight quotes, is furniture.
fn is_furniture(sentence: &str) -> bool {
    is_invitation(sentence)
        || is_notice(sentence)
        || sentence.split_once(':').is_some_and(|(label, rest)| label.len() <= 60 && is_invitation(rest.trim()))
}

fn has_any(sentence: &str, words: &[&str]) -> bool {
    words.iter().any(|word| sentence.contains(word))
}

fn opens_with_any(sentence: &str, openings: &[&str]) -> bool {
    openings.iter().any(|opening| sentence.starts_with(opening))
}

/// Invites to sign up, subscribe, follow, join.
fn is_invitation(sentence: &str) -> bool {
    const INBOX: &[&str] = &["newsletter", "your inbox", "email alert", "e-mail alert", "news alert", "text alert"];
    const DELIVERED: &[&str] =
        &["delivered to", "sent to", "straight to", "right to", "directly to", "delivered in", "daily"];
    const NETWORKS: &[&str] = &[
        " on twitter",
        " on facebook",
        " on instagram",
        " on youtube",
        " on linkedin",
        " on social media",
        " on x at @",
    ];
    let is_exactly = |lines: &[&str]| lines.contains(&sentence);
    if is_exactly(&[
        "sign up here",
        "sign up",
        "sign up now",
        "sign up today",
        "subscribe",
        "subscribe here",
        "what are you waiting for",
        "what's everyone talking about",
        "not a subscriber",
        "already a subscriber",
        "join us on twitter and facebook",
        "join the conversation",
    ]) {
        return true;
    }
    if opens_with_any(sentence, &["sign up", "sign-up"]) {
        return has_any(sentence, INBOX) && !has_any(sentence, &[" from retailers", " at the ", " when you "]);
    }
    if opens_with_any(
        sentence,
        &["subscribe to ", "subscribe for ", "subscribe here", "subscribe now", "subscribe today"],
    ) {
        return has_any(sentence, &["newsletter", "our ", " here", " today", " now", "podcast", "channel"]);
    }
    if opens_with_any(sentence, &["get ", "receive ", "want ", "you can get ", "you can also get ", "to get "]) {
        let mail = has_any(sentence, INBOX) && has_any(sentence, &["newsletter", "sign up"]);
        return mail || (sentence.contains("your inbox") && has_any(sentence, DELIVERED));
    }
    if opens_with_any(sentence, &["follow ", "like us ", "join us ", "find us "]) {
        let person = !sentence.starts_with("follow @");
        return person && sentence.len() <= 160 && has_any(sentence, NETWORKS);
    }
    opens_with_any(
        sentence,
        &[
            "follow every game",
            "follow every match",
            "support local journalism",
            "support quality journalism",
            "support journalism like this",
            "support our journalism",
            "support independent journalism",
            "thank you for supporting our journalism",
            "become a subscriber",
            "click here to subscribe",
            "click here to sign up",
            "click here to join our",
            "click here to get our",
            "click here to follow",
            "click here to read more",
            "click here for more news",
            "please consider subscribing",
        ],
    )
}

/// Tells of cookies, rights, scripts, and where the text appeared as a newsletter.
fn is_notice(sentence: &str) -> bool {
    if opens_with_any(
        sentence,
        &[
            "by signing up",
            "by subscribing",
            "by clicking",
            "by submitting",
            "by registering",
            "by entering",
            "by continuing",
        ],
    ) {
        return has_any(
            sentence,
            &["you agree", "you accept", "you consent", "privacy policy", "terms of", "you acknowledge"],
        );
    }
    if opens_with_any(
        sentence,
        &[
            "a version of this story",
            "a version of this article",
            "this story first appeared in",
            "this article first appeared in",
            "this story originally appeared in",
            "this article originally appeared in",
        ],
    ) {
        return sentence.contains("newsletter");
    }
    if let Some(rights) = sentence.strip_prefix('©') {
        return rights.trim_start().starts_with(|c: char| c.is_ascii_digit()) && sentence.len() <= 140;
    }
    if sentence.starts_with("copyright ") {
        return has_any(
            sentence,
            &["all rights reserved", "copyright 1", "copyright 2", "copyright ©", "copyright (c)"],
        ) && sentence.len() <= 140;
    }
    opens_with_any(
        sentence,
        &[
            "all rights reserved",
            "this material may not be published",
            "we use cookies",
            "our site uses cookies",
            "our website uses cookies",
            "this site uses cookies",
            "this website uses cookies",
            "please enable javascript",
            "please enable cookies",
            "you need to enable javascript",
            "javascript is disabled",
            "javascript is required",
            "your browser does not support",
            "sorry, your browser does",
            "your browser doesn't support",
            "please update your browser",
            "your email address will not be published",
            "required fields are marked",
            "enter your email address to",
            "please enter a valid email",
            "this site is protected by recaptcha",
            "this form is protected by recaptcha",
            "would you like to receive the",
            "if you wish to object to the use of your data",
            "you agree to the processing, storage",
            "we will use the details you have shared to manage your newsletter",
            "you agree to our terms",
        ],
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn furniture() {
        let table = [
            "Sign up for our newsletter",
            "What’s everyone talking about? Sign up for our trending newsletter today",
            "SPORTS NEWSLETTER:Sign up now to get top headlines sent to your inbox",
            "(You can also get “Five Things” delivered to your inbox daily. Sign up here.)",
            "A version of this story appeared in the Echo’s Bridges newsletter. To get it in your inbox, sign up for free here.",
            "Get our free weekly newsletter",
            "Follow Jane Roe on Twitter: @janeroe.",
            "Follow us on Facebook!",
            "Support local journalism. Subscribe to the Echo today.",
            "More:Mayor shuts the bridge again, and again",
            "RELATED: What to know about the bridge",
            "BRIDGE TOLLS:What to know about the price of a crossing",
            "We use cookies to improve your experience. By continuing to use this site you agree to our use of them.",
            "© 2019 The Brackwater Echo. All rights reserved.",
            "Copyright 2019 The Brackwater Echo. All rights reserved. This material may not be published, broadcast or rewritten.",
        ];
        for paragraph in table {
            assert!(is_all_furniture(paragraph), "{paragraph}");
        }
    }

    #[test]
    fn the_story_stays() {
        let table = [
            "Sign up for the bridge walk by Friday.",
            "Sign up for our newsletter. The mayor said the bridge was shut.",
            "Subscribe to the theory or not, she said, the bridge is shut.",
            "Get up early to see the bridge.",
            "If an email in your inbox says so, do not open it.",
            "Follow the river to the bridge on foot.",
            "Follow @brackwaterbridge on Twitter for closures tonight.",
            "By signing up thousands of traders, the union grew.",
            "More: 15 of the traders have left.",
            "Related: the mayor's brother.",
            "MAYOR:We shut the bridge, and that was that.",
            "MAYOR:Who shut the bridge on Monday, I wonder?",
            "BRIDGE TOLLS: What to know about the price of a crossing",
            "Opens at 10:The bridge and its little tea room",
            "Support for the mayor has grown.",
            "Copyright law protects the bridge.",
            "A version of this bridge stood in 1802.",
            "Would you like to receive a letter from the mayor?",
            "Read: chapter one, then",
            "This newsletter was printed for 40 years.",
        ];
        for paragraph in table {
            assert!(!is_all_furniture(paragraph), "{paragraph}");
        }
    }
}
