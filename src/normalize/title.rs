//! The title: one line, without the site's name after it; taken off the body where it is repeated there.

use super::draft::{Draft, Verdict};

/// Takes the name of the source off the end of a title: `Bridge closed - The Brackwater Echo`.
pub(super) fn without_source(title: &str, source: &str) -> usize {
    let mut end = title.len();
    let name = key(source);
    loop {
        let floor = title.floor_char_boundary(end.saturating_sub(LONGEST_SOURCE));
        let last = |mark: &'static &'static str| Some((floor + title[floor..end].rfind(mark)?, mark));
        let Some((at, mark)) = SEPARATORS.iter().filter_map(last).max() else { break };
        let suffix = &title[at + mark.len()..end];
        if at == 0 || suffix.is_empty() || !are_one(&key(suffix), &name) {
            break;
        }
        end = title[..at].trim_ascii_end().len();
    }
    end
}

/// Names of sources after a title are no longer, with their separator. Bytes.
const LONGEST_SOURCE: usize = 100;

const SEPARATORS: [&str; 5] = [" - ", " | ", " – ", " — ", " :: "];

/// Whether a name is that of the source.
pub(super) fn names_source(name: &str, source: &str) -> bool {
    are_one(&key(name), &key(source))
}

/// Whether two keys name one source: `echo` and `theecho`, `usatoday` and `usatodaycom`.
fn are_one(suffix: &str, source: &str) -> bool {
    let bare = |name: &str| {
        let name = name.strip_prefix("www").unwrap_or(name);
        let name = name.strip_prefix("the").unwrap_or(name);
        ["couk", "com", "org", "net"].iter().find_map(|end| name.strip_suffix(end)).unwrap_or(name).to_owned()
    };
    !suffix.is_empty() && suffix.len() >= 3 && bare(suffix) == bare(source)
}

/// Letters and digits alone, in lower case.
pub(super) fn key(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Takes a line off the head of a body that says what the title says.
pub(super) fn drop_repeated(draft: &mut Draft<'_>, paragraph: &str) -> Verdict {
    let long = paragraph.len() > draft.title.len() * 2 + 40;
    if long || draft.title_key.is_empty() || !draft.in_head() {
        return Verdict::Pass;
    }
    let end = without_source(paragraph, &draft.source);
    let same = key(paragraph) == draft.title_key || key(&paragraph[..end]) == draft.title_key;
    if same { Verdict::Taken } else { Verdict::Pass }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_site_is_no_part_of_a_title() {
        let table = [
            ("Bridge closed - The Echo", "echo.example", "Bridge closed - The Echo"),
            ("Bridge closed - The Echo", "Echo", "Bridge closed"),
            ("Bridge closed - Echo", "www.echo.com", "Bridge closed"),
            ("Bridge closed | The Echo - echo.com", "echo.com", "Bridge closed"),
            ("Bridge - closed", "Echo", "Bridge - closed"),
            ("Echo", "Echo", "Echo"),
            (" - Echo", "Echo", " - Echo"),
            ("Bridge closed - ", "", "Bridge closed - "),
        ];
        for (title, source, expected) in table {
            assert_eq!(&title[..without_source(title, source)], expected);
        }
    }

    #[test]
    fn a_repeated_title_goes() {
        let title = "Bridge ‘closed’ for a year";
        let mut draft = Draft { title: title.into(), title_key: key(title), source: "Echo".into(), ..Draft::default() };
        assert_eq!(drop_repeated(&mut draft, "BRIDGE 'CLOSED' FOR A YEAR"), Verdict::Taken);
        assert_eq!(drop_repeated(&mut draft, "Bridge closed for a year | Echo"), Verdict::Taken);
        assert_eq!(drop_repeated(&mut draft, "Bridge closed for a year, says mayor"), Verdict::Pass);
        draft.body.push("The story has begun by now.".into());
        assert_eq!(drop_repeated(&mut draft, "Bridge closed for a year"), Verdict::Pass);
    }
}
