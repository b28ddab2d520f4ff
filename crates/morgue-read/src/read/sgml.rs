//! SGML of news collections (TREC, Reuters-21578), searched for tags and not parsed: its tags hardly nest, and its text
//! has bare `&` and `<`. Names are matched as they are written.

/// The content of the first element with this name.
pub(super) fn element<'s>(sgml: &'s str, name: &str) -> Option<&'s str> {
    elements(sgml, name).next()
}

/// The contents of all elements with this name: from the end of each opening tag to the next closing tag.
pub(super) fn elements<'s>(sgml: &'s str, name: &str) -> impl Iterator<Item = &'s str> + use<'s> {
    let (open, close) = (format!("<{name}"), format!("</{name}>"));
    let mut rest = sgml;
    std::iter::from_fn(move || {
        loop {
            let after_name = &rest[rest.find(&open)? + open.len()..];
            rest = after_name;
            // `<DOC` is also the beginning of `<DOCNO>`.
            if after_name.starts_with(['>', ' ']) {
                let content = &after_name[after_name.find('>')? + 1..];
                let (content, after) = content.split_once(&close)?;
                rest = after;
                return Some(content);
            }
        }
    })
}

/// The value of an attribute of the opening tag `tag`, unless it is empty.
pub(super) fn attribute<'s>(tag: &'s str, name: &str) -> Option<&'s str> {
    let (_, rest) = tag.split_once(&format!(" {name}="))?;
    let quote = rest.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
    rest[1..].split(quote).next().filter(|value| !value.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_and_attributes_are_found_by_name() {
        let sgml = "<DOC id=\"7\" x='' y='z'><DOCNO>1</DOCNO><P>a < b</P><P class=c>d</P><Q>e";
        assert_eq!(element(sgml, "DOCNO"), Some("1"));
        assert_eq!(elements(sgml, "P").collect::<Vec<_>>(), ["a < b", "d"]);
        assert_eq!((element(sgml, "Q"), element(sgml, "p"), element(sgml, "DOC")), (None, None, None));
        let tag = &sgml[..sgml.find('>').unwrap()];
        assert_eq!((attribute(tag, "id"), attribute(tag, "x"), attribute(tag, "y")), (Some("7"), None, Some("z")));
    }
}
