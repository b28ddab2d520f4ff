//! Statements of office programs and layout programs about a file, and which of them can be trusted. Word files and PDF
//! share these rules.

/// How titles begin that a program filled in, in lower case: `Microsoft Word - bridge.doc`, `Layout 1`.
const FILLER_STARTS: [&str; 7] =
    ["microsoft word", "microsoft powerpoint", "document", "untitled", "word document", "layout ", "(anonymous)"];

/// How titles end that are the name of a file.
const FILE_ENDINGS: [&str; 13] =
    [".doc", ".docx", ".indd", ".qxd", ".qxp", ".pdf", ".odt", ".rtf", ".txt", ".pub", ".pmd", ".tex", ".dvi"];

/// The title that a file states, unless a program filled it in.
pub(super) fn stated_title(title: Option<String>) -> Option<String> {
    title.filter(|title| !is_filler(title))
}

fn is_filler(title: &str) -> bool {
    let title = title.trim().to_lowercase();
    FILLER_STARTS.iter().any(|start| title.starts_with(start)) || FILE_ENDINGS.iter().any(|end| title.ends_with(end))
}

/// The byline from the author that a file states. One word is the login name of the person at the computer.
pub(super) fn byline(author: Option<String>) -> Vec<String> {
    author.filter(|author| author.trim().contains(' ')).into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_that_programs_fill_in_are_dropped() {
        for (title, expected) in [
            ("Bridge opens", true),
            ("Microsoft profits rise", true),
            ("Microsoft Word - bridge.doc", false),
            ("Untitled-1", false),
            ("Layout 1", false),
            ("bridge_final.indd", false),
        ] {
            assert_eq!(stated_title(Some(title.to_owned())).is_some(), expected, "{title}");
        }
    }

    #[test]
    fn a_login_name_is_not_a_byline() {
        assert_eq!(byline(Some("Ann Ode".to_owned())), ["Ann Ode"]);
        assert_eq!(byline(Some("aode".to_owned())), Vec::<String>::new());
    }
}
