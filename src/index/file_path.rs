//! Paths of files as the index stores them: `/` between the components, `!/` between an archive and its member.

/// Separates the name of an archive from the name of its member.
pub(crate) const MEMBER: &str = "!/";

/// Whether a path lies below a folder or in an archive called `name`, or is `name` itself.
pub(crate) fn is_below(path: &str, name: &str) -> bool {
    let name = name.trim_end_matches('/');
    let Some(rest) = path.strip_prefix(name) else { return false };
    rest.is_empty() || rest.starts_with('/') || rest.starts_with(MEMBER) || name.is_empty()
}

/// Whether a path is `file` itself or a member of it.
pub(crate) fn holds(file: &str, path: &str) -> bool {
    path.strip_prefix(file).is_some_and(|rest| rest.is_empty() || rest.starts_with(MEMBER))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_archive_holds_its_members() {
        for (file, path, expected) in
            [("b.zip", "b.zip!/c", true), ("b.zip", "b.zip", true), ("b.zip", "b.zip2", false)]
        {
            assert_eq!(holds(file, path), expected, "{file} holds {path}");
        }
    }

    #[test]
    fn a_name_that_only_begins_alike_is_not_below() {
        for (path, name, expected) in
            [("a/b", "a", true), ("a/b", "a/", true), ("ab", "a", false), ("a.zip!/b", "a.zip", true), ("a", "a", true)]
        {
            assert_eq!(is_below(path, name), expected, "{path} below {name}");
        }
    }
}
