//! Recognizes sentences of page furniture: invitations to sign up, subscribe and follow, links to other articles,
//! notices about cookies and rights. A paragraph is furniture only if each of its sentences is.

use morgue_article::WordList;

use super::furniture_links::is_link;
use super::furniture_notices::{is_notice, is_of_reddit, is_of_rights};
use super::furniture_phrases::{has_any, opens_with_any, sentences};

/// The first words of sentences of furniture.
static OPENINGS: WordList = WordList::new(include_str!("words/furniture_openings.txt"));

/// Whole sentences that invite to sign up, subscribe or join.
static INVITATIONS: WordList = WordList::new(include_str!("words/invitations.txt"));

/// How sentences start that invite to subscribe, follow or support.
static INVITATION_OPENINGS: WordList = WordList::new(include_str!("words/invitation_openings.txt"));

/// Links of the program that sent a mail or newsletter.
static MAIL_LINES: WordList = WordList::new(include_str!("words/mail_lines.txt"));

/// Longer paragraphs are never furniture. Bytes.
const LONGEST: usize = 420;

/// Is every sentence of a paragraph page furniture?
pub(super) fn is_all_furniture(paragraph: &str) -> bool {
    if paragraph.len() > LONGEST || !may_be_furniture(paragraph) {
        return false;
    }
    if is_link(paragraph) || is_of_reddit(paragraph) || is_of_rights(&lower(paragraph)) {
        return true;
    }
    let mut links = paragraph.split(['|', '•', '·']).filter(|part| part.contains(char::is_alphanumeric)).peekable();
    if links.peek().is_some() && links.all(is_mail_line) {
        return true;
    }
    let mut sentences = sentences(paragraph).peekable();
    sentences.peek().is_some() && sentences.all(|sentence| is_furniture(&lower(sentence)))
}

/// Is the text a link of the program that sent a mail, with or without its address? `View in browser (https://…)`.
fn is_mail_line(text: &str) -> bool {
    let words = text.split("http").next().unwrap_or(text);
    let words = words.trim_matches(|c: char| !c.is_alphanumeric());
    words.len() <= LONGEST_MAIL_LINE && MAIL_LINES.contains(&lower(words))
}

/// The longest line of [`MAIL_LINES`]. Bytes.
const LONGEST_MAIL_LINE: usize = 40;

/// The sentence in lower case with straight quotes.
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

/// The longest word of [`OPENINGS`]. Bytes.
const LONGEST_OPENING: usize = 11;

/// A quick test: furniture starts with one of a few words, or has a colon after a label.
fn may_be_furniture(paragraph: &str) -> bool {
    let bare = paragraph.trim_start_matches(|c: char| !c.is_alphanumeric());
    let first = &bare[..bare.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(bare.len())];
    let opens = first.len() <= LONGEST_OPENING && OPENINGS.contains(&first.to_ascii_lowercase());
    opens
        || paragraph.starts_with('©')
        || memchr::memchr(b':', &paragraph.as_bytes()[..paragraph.len().min(64)]).is_some()
}

/// Is a sentence, in lower case with straight quotes, furniture?
fn is_furniture(sentence: &str) -> bool {
    is_invitation(sentence)
        || is_notice(sentence)
        || is_mail_line(sentence)
        || sentence.split_once(':').is_some_and(|(label, rest)| label.len() <= 60 && is_invitation(rest.trim()))
}

/// Is the sentence an invitation to sign up, subscribe, follow or join?
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
    if INVITATIONS.contains(sentence) {
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
    if sentence.starts_with("thanks for reading") {
        return has_any(sentence, &["subscribe", "sign up"]);
    }
    opens_with_any(sentence, INVITATION_OPENINGS.entries())
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
            "See omnystudio.com/listener for privacy information.",
            "Hosted on Acast. See acast.com/privacy for more information.",
            "submitted by /u/jane_roe",
            "Unsubscribe",
            "View this email in your browser",
            "View in browser: https://echo.example/m/1",
            "View in browser | Unsubscribe | Manage preferences",
            "Unsubscribe (https://echo.example/u?a=1)",
            "Having trouble viewing this email? View it in your browser.",
            "You are receiving this email because you signed up at echo.example. Unsubscribe here.",
            "You received this message because you are subscribed to the Google Groups \"Bridges\" group.",
            "To unsubscribe from this group and stop receiving emails from it, send an email to b+unsubscribe@echo.example.",
            "If you no longer wish to receive our newsletter, you can unsubscribe at any time.",
            "This email was sent to jane@echo.example by The Echo, 1 Quay Street.",
            "Our mailing address is: The Echo, 1 Quay Street, Brackwater",
            "Sent from my iPhone",
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
            "Unsubscribe buttons must work, the regulator said.",
            "To unsubscribe, readers had to call a number that nobody answered, the court heard. The firm was fined.",
            "The mayor sent the letter from his iPhone.",
            "You are receiving less money because the bridge is shut.",
            "https://echo.example/bridge",
            "View of the bridge",
            "|",
            "See the mayor for privacy information.",
            "The bridge is shut. See omnystudio.com/listener for privacy information.",
            "© Jane Roe",
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
