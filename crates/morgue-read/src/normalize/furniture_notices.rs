//! Recognizes notices about cookies, rights and privacy, and the lines that Reddit's feeds add to a post. Part of
//! `furniture_sentences.rs`.

use morgue_article::WordList;

use super::furniture_phrases::{has_any, opens_with_any, sentences};

/// Sentences that podcast hosts add to each description.
static HOSTS: WordList = WordList::new(include_str!("words/podcast_notices.txt"));

/// How notices about cookies, rights, scripts and forms start.
static NOTICES: WordList = WordList::new(include_str!("words/notices.txt"));

/// Is the paragraph `submitted by /u/jane_roe to r/bridges`, `[link] [comments]`, or both?
pub(super) fn is_of_reddit(paragraph: &str) -> bool {
    let mut words = paragraph.split(' ').peekable();
    if words.next_if_eq(&"submitted").is_some() {
        let is_by_user = words.next() == Some("by") && words.next().is_some_and(|name| name.starts_with("/u/"));
        if !is_by_user {
            return false;
        }
        if words.next_if_eq(&"to").is_some() && !words.next().is_some_and(|forum| forum.starts_with("r/")) {
            return false;
        }
    } else if words.peek() != Some(&"[link]") {
        return false;
    }
    words.next_if_eq(&"[link]");
    words.next_if_eq(&"[comments]");
    words.next().is_none()
}

/// Is a whole paragraph, in lower case, an owner and then a notice of rights? `© Echo. All rights reserved.`
pub(super) fn is_of_rights(paragraph: &str) -> bool {
    const RIGHTS: &[&str] = &[
        "all rights",
        "rights reserved",
        "copyright",
        "alle rechte",
        "tous droits",
        "derechos reservados",
        "diritti riservati",
        "direitos reservados",
        "πνευματικά δικαιώματα",
    ];
    let is_about_rights = |sentence: &str| has_any(sentence, RIGHTS) || is_notice(sentence);
    let mut parts = sentences(paragraph);
    let owner = parts.next().filter(|owner| paragraph.starts_with('©') && owner.chars().count() <= 100);
    owner.is_some_and(|owner| {
        let mut parts = parts.peekable();
        (parts.peek().is_some() || is_about_rights(owner)) && parts.all(is_about_rights)
    })
}

/// Is the sentence a notice about cookies, rights, scripts, or the newsletter in which the text appeared?
pub(super) fn is_notice(sentence: &str) -> bool {
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
    if HOSTS.contains(sentence) {
        return true;
    }
    opens_with_any(sentence, NOTICES.entries())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_reddit() {
        for paragraph in [
            "submitted by /u/jane_roe",
            "submitted by /u/jane_roe to r/bridges",
            "[link] [comments]",
            "submitted by /u/jane_roe [link] [comments]",
        ] {
            assert!(is_of_reddit(paragraph), "{paragraph}");
        }
        for paragraph in [
            "submitted by /u/jane_roe yesterday",
            "submitted by the mayor",
            "submitted by /u/jane_roe to the council",
            "[link] to the plan",
            "link comments",
            "submitted",
            "",
        ] {
            assert!(!is_of_reddit(paragraph), "{paragraph}");
        }
    }

    #[test]
    fn notices_of_rights() {
        for paragraph in [
            "© απε-μπε αε. τα πνευματικά δικαιώματα ανήκουν στο απε-μπε.",
            "© the echo. all rights reserved.",
            "© the echo, all rights reserved",
        ] {
            assert!(is_of_rights(paragraph), "{paragraph}");
        }
        for paragraph in [
            "© jane roe",
            "© the echo. traders wait at the bridge.",
            "© the echo. all rights reserved. the bridge is shut.",
            "© the echo. women's rights are in the balance.",
            "all rights of the mayor are his own.",
            "©",
            "",
        ] {
            assert!(!is_of_rights(paragraph), "{paragraph}");
        }
    }
}
