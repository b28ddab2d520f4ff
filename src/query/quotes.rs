//! Finds the closing quote of a double quote.

use super::chunk::{QUOTES, is_quote};

/// Finds closing quotes in one text. Text that has no closing quote is not searched twice.
pub(super) struct Closers<'t> {
    text: &'t str,
    /// The last place of each kind of quote. The first search finds them.
    last: Option<[Option<usize>; QUOTES.len()]>,
}

impl<'t> Closers<'t> {
    pub(super) fn new(text: &'t str) -> Closers<'t> {
        Closers { text, last: None }
    }

    /// The place of the quote that closes `open`, which ends before byte `from`: its own closing quote if there is one,
    /// otherwise any quote.
    pub(super) fn close(&mut self, open: char, from: usize) -> Option<usize> {
        let own: &[char] = match open {
            '"' => &['"'],
            '＂' => &['＂'],
            '“' => &['”', '‟'],
            '”' => &['”', '“'],
            '„' | '‟' => &['“', '”'],
            '«' => &['»'],
            '»' => &['«', '»'],
            _ => &[],
        };
        self.first(from, |c| own.contains(&c)).or_else(|| self.first(from, is_quote))
    }

    fn first(&mut self, from: usize, is_closer: impl Fn(char) -> bool) -> Option<usize> {
        let last = self.last.get_or_insert_with(|| QUOTES.map(|quote| self.text.rfind(quote)));
        let is_there =
            QUOTES.iter().zip(last).any(|(quote, last)| is_closer(*quote) && last.is_some_and(|at| at >= from));
        if !is_there {
            return None;
        }
        self.text[from..].find(is_closer).map(|offset| from + offset)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs() {
        let table = [
            ("\"a “b” c\"", "a “b” c"),
            ("“a” b”", "a"),
            ("“a\" b", "a"),
            ("„a“ b", "a"),
            ("„a” b", "a"),
            ("«a» b", "a"),
            ("»a« b", "a"),
            ("”a” b", "a"),
            ("\"a” b", "a"),
        ];
        for (text, inside) in table {
            let open = text.chars().next().unwrap();
            let from = open.len_utf8();
            assert_eq!(Closers::new(text).close(open, from).map(|end| &text[from..end]), Some(inside), "{text}");
        }
        assert_eq!(Closers::new("\"a b").close('"', 1), None);
    }
}
