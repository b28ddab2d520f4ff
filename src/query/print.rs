//! Prints a tree: as a query text that parses to the same tree, and in the one-line form of tests and `--explain`.

use std::fmt;

use super::lex::{Lexeme, lex, phrase_items};
use super::notes::Notes;
use super::{Field, FieldName, Item, Node, Sign, Within};

/// How tightly a node binds. A node that binds less tightly than its place requires is put in parentheses.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Binding {
    Or,
    And,
    List,
    Near,
    Not,
    Primary,
}

fn binding(node: &Node) -> Binding {
    match node {
        Node::Or(_) => Binding::Or,
        Node::And(_) => Binding::And,
        Node::List(_) => Binding::List,
        Node::Near { .. } => Binding::Near,
        Node::Not(_) => Binding::Not,
        _ => Binding::Primary,
    }
}

/// Prints a tree as a query text.
pub(super) fn query(node: &Node, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    bound(node, Binding::Or, f)
}

/// Prints `node` at a place that requires this binding.
fn bound(node: &Node, least: Binding, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    if binding(node) >= least {
        return bare(node, f);
    }
    f.write_str("(")?;
    bare(node, f)?;
    f.write_str(")")
}

fn bare(node: &Node, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    match node {
        Node::Or(nodes) => {
            for (i, node) in nodes.iter().enumerate() {
                f.write_str(if i > 0 { " OR " } else { "" })?;
                bound(node, Binding::And, f)?;
            }
            Ok(())
        }
        Node::And(nodes) => {
            for (i, node) in nodes.iter().enumerate() {
                // `a NOT b` is `a AND NOT b`.
                f.write_str(if i == 0 {
                    ""
                } else if matches!(node, Node::Not(_)) {
                    " "
                } else {
                    " AND "
                })?;
                bound(node, Binding::List, f)?;
            }
            Ok(())
        }
        Node::List(items) => {
            for (i, Item { sign, node }) in items.iter().enumerate() {
                f.write_str(if i > 0 { " " } else { "" })?;
                f.write_str(signed(*sign))?;
                bound(node, if *sign == Sign::Bare { Binding::Near } else { Binding::Primary }, f)?;
            }
            Ok(())
        }
        Node::Near { left, right, within, negated } => {
            bound(left, Binding::Near, f)?;
            write!(f, " {}{within} ", if *negated { "NOT " } else { "" })?;
            bound(right, Binding::Not, f)
        }
        Node::Not(node) => {
            f.write_str("NOT ")?;
            bound(node, Binding::Not, f)
        }
        Node::Field { field, node } => {
            write!(f, "{}:", field.name())?;
            match leaf(node, Some(*field)) {
                Some(text) => f.write_str(&text),
                None => {
                    f.write_str("(")?;
                    bare(node, f)?;
                    f.write_str(")")
                }
            }
        }
        Node::Days { field, days } => write!(f, "{}:{days}", field.name()),
        Node::Has(field) => write!(f, "{}:*", field.name()),
        Node::All => f.write_str("*"),
        Node::Boost { node, factor } => boosted(node, *factor, f),
        leaf_node => f.write_str(&leaf(leaf_node, None).unwrap_or_default()),
    }
}

fn boosted(node: &Node, factor: f32, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let text = Print(node).to_string();
    let boosted = format!("{text}^{factor}");
    // Without parentheses, `http://x^2` and `mc^2` are text, and `(a)^2^2` is not a query.
    let reads_back = binding(node) == Binding::Primary && !matches!(node, Node::Boost { .. }) && {
        let lexemes = lexemes(&boosted);
        lexemes.len() == lexemes_of(&text) + 1 && lexemes.last() == Some(&Lexeme::Boost(factor))
    };
    if reads_back { f.write_str(&boosted) } else { write!(f, "({text})^{factor}") }
}

/// A node, to be printed as a query text.
pub(super) struct Print<'n>(pub(super) &'n Node);

impl fmt::Display for Print<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        bare(self.0, f)
    }
}

fn lexemes(text: &str) -> Vec<Lexeme> {
    let lexemes = lex(text, &mut Notes::default()).unwrap_or_default();
    lexemes.into_iter().map(|placed| placed.lexeme).collect()
}

fn lexemes_of(text: &str) -> usize {
    lexemes(text).len()
}

/// The text of a word, phrase, wildcard, fuzzy word or expression, in a field or without one.
fn leaf(node: &Node, field: Option<Field>) -> Option<String> {
    Some(match node {
        Node::Word { text, exact } => {
            let sign = if *exact { "=" } else { "" };
            let plain = format!("{sign}{text}");
            if reads_as(&plain, field, node) { plain } else { format!("{sign}\\{text}") }
        }
        Node::Phrase { items, slop } => {
            let items: Vec<String> = items.iter().map(phrase_item).collect();
            let slop = if *slop > 0 { format!("~{slop}") } else { String::new() };
            format!("\"{}\"{slop}", items.join(" "))
        }
        Node::Wildcard(text) => {
            if reads_as(text, field, node) {
                text.clone()
            } else {
                format!("\"{text}\"")
            }
        }
        Node::Fuzzy { text, edits } => format!("{text}~{edits}"),
        Node::Regex(source) => format!("/{source}/"),
        _ => return None,
    })
}

/// Whether the lexer reads `text`, after `field:` if there is a field, as `node` and nothing else.
fn reads_as(text: &str, field: Option<Field>, node: &Node) -> bool {
    // Nearly all words are plain letters; the lexer is not needed for them.
    let is_plain = |text: &str| text.bytes().all(|b| b.is_ascii_lowercase());
    if is_plain(text) && matches!(node, Node::Word { exact: false, .. }) {
        return true;
    }
    let lexemes = match field {
        Some(field) => lexemes(&format!("{}:{text}", field.name())),
        None => lexemes(text),
    };
    match (lexemes.as_slice(), field) {
        ([Lexeme::Leaf(read)], None) => read == node,
        ([Lexeme::Field(read_field), Lexeme::Leaf(read)], Some(field)) => *read_field == field && read == node,
        _ => false,
    }
}

fn phrase_item(node: &Node) -> String {
    match node {
        Node::Word { text, .. } if phrase_items(text) == std::slice::from_ref(node) => text.clone(),
        Node::Word { text, .. } => format!("\\{text}"),
        Node::Wildcard(text) => text.clone(),
        _ => String::new(),
    }
}

fn signed(sign: Sign) -> &'static str {
    match sign {
        Sign::Bare => "",
        Sign::Required => "+",
        Sign::Excluded => "-",
    }
}

impl fmt::Display for Within {
    /// As it is typed: `W/5`, `PRE/5`, `W/S`, `W/P`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Within::Words(n) => write!(f, "W/{n}"),
            Within::WordsInOrder(n) => write!(f, "PRE/{n}"),
            Within::Sentence => f.write_str("W/S"),
            Within::Paragraph => f.write_str("W/P"),
        }
    }
}

/// A tree in one line, in lower case: `AND([dam collapse], levee)`. `[ ]` is a list, `.` exact, `{f: }` a field.
#[derive(Clone, Copy)]
pub struct Tree<'n>(pub(super) &'n Node);

impl fmt::Display for Tree<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Node::All => f.write_str("*"),
            Node::Word { text, exact } => write!(f, "{}{}", if *exact { "." } else { "" }, text.to_lowercase()),
            Node::Phrase { items, slop } => {
                f.write_str(".\"")?;
                for (i, item) in items.iter().enumerate() {
                    f.write_str(if i > 0 { " " } else { "" })?;
                    match item {
                        Node::Word { text, .. } | Node::Wildcard(text) => f.write_str(&text.to_lowercase())?,
                        item => Tree(item).fmt(f)?,
                    }
                }
                f.write_str("\"")?;
                if *slop > 0 { write!(f, "~{slop}") } else { Ok(()) }
            }
            Node::Wildcard(text) => f.write_str(&text.to_lowercase()),
            Node::Fuzzy { text, edits } => write!(f, "{}~{edits}", text.to_lowercase()),
            Node::Regex(source) => write!(f, "/{source}/"),
            Node::Near { left, right, within, negated } => {
                let not = if *negated { "NOT-" } else { "" };
                write!(f, "{not}{within}({}, {})", Tree(left), Tree(right))
            }
            Node::And(nodes) => call("AND", nodes, f),
            Node::Or(nodes) => call("OR", nodes, f),
            Node::Not(node) => write!(f, "NOT {}", Tree(node)),
            Node::List(items) => {
                f.write_str("[")?;
                for (i, Item { sign, node }) in items.iter().enumerate() {
                    write!(f, "{}{}{}", if i > 0 { " " } else { "" }, signed(*sign), Tree(node))?;
                }
                f.write_str("]")
            }
            Node::Field { field, node } => write!(f, "{{{}: {}}}", field.name(), Tree(node)),
            Node::Days { field, days } => write!(f, "{{{}: {days}}}", field.name()),
            Node::Has(field) => write!(f, "{{{}: *}}", FieldName::name(*field)),
            Node::Boost { node, factor } => write!(f, "{}^{factor}", Tree(node)),
        }
    }
}

fn call(name: &str, nodes: &[Node], f: &mut fmt::Formatter<'_>) -> fmt::Result {
    write!(f, "{name}(")?;
    for (i, node) in nodes.iter().enumerate() {
        write!(f, "{}{}", if i > 0 { ", " } else { "" }, Tree(node))?;
    }
    f.write_str(")")
}
