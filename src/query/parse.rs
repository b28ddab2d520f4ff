//! The parser: lexemes -> tree. There is one function for each level of binding, the loosest first.
//!
//! ```text
//! query     = [ or ] ;
//! or        = and { "OR" and } ;                             Parser::or
//! and       = list { ( "AND" list | not-list ) } ;           Parser::and
//! not-list  = list that begins with "NOT" ;
//! list      = near { near } ;                                Parser::list
//! near      = unary { [ "NOT" ] proximity unary } ;          Parser::near
//! unary     = "NOT" unary | [ sign ] primary ;               Parser::unary
//! sign      = "+" | "-" | "!" ;
//! primary   = [ field ":" ] operand [ "^" number ] ;         Parser::primary
//! operand   = "(" or ")" | word | "=" word | phrase | wildcard | fuzzy | regex | days | "*" ;
//! ```
//!
//! The lexer (`lex`) reads the operands and decides which characters are signs and operators, and which are text. The
//! grammar of the operands is in `docs/QUERY.md`, which describes the whole language. The lexer's result has no blanks:
//! a sign, a field and a weight apply to the operand that touches them.
//!
//! Every sequence of lexemes is accepted. What the grammar does not allow is repaired with a note: an operator without
//! a side is dropped, a parenthesis without a partner is closed at the end or dropped. Errors are limits that are
//! exceeded ([`MAX_LEVELS`], `limits`) and sides that a proximity operator cannot take (`sides`).

use std::ops::Range;

use super::chunk;
use super::lex::{Lexeme, Placed, lex};
use super::notes::{NO_WORD, Notes};
use super::operators::Operator;
use super::{
    Field, FieldName, Item, MAX_LEVELS, MAX_QUERY_BYTES, MAX_WORDS, Node, Query, QueryError, Sign, Within, limits,
    sides,
};

/// Parses a query text.
pub(super) fn parse(text: &str) -> Result<Query, QueryError> {
    if text.len() > MAX_QUERY_BYTES {
        let at = text.floor_char_boundary(MAX_QUERY_BYTES)..text.len();
        let message = format!("the query is longer than {} KiB", MAX_QUERY_BYTES / 1024);
        return Err(QueryError::new(at, message, "split it into several queries"));
    }
    let mut notes = Notes::default();
    let mut lexemes = lex(text, &mut notes)?;
    limits::check(&lexemes)?;
    drop_double_operators(&mut lexemes, text, &mut notes);
    let end = text.len();
    let mut parser = Parser { text, lexemes, notes, level: 0, last_end: 0, end };
    let root = parser.or()?.map_or(Node::List(Vec::new()), |part| part.node);
    let mut notes = parser.notes;
    if matches!(&root, Node::List(items) if items.is_empty()) {
        notes.add(NO_WORD);
    }
    Ok(Query { root, notes: notes.finish() })
}

/// Reads every character as text.
pub(super) fn plain(text: &str) -> Query {
    let mut notes = Notes::default();
    let whole = text.floor_char_boundary(MAX_QUERY_BYTES);
    if whole < text.len() {
        notes.add(format!("only the first {} KiB are looked for", MAX_QUERY_BYTES / 1024));
    }
    let text = &text[..whole];
    let mut items = Vec::new();
    let mut words = 0;
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        if chunk::ends_chunk(c) || chunk::separates_words(text, at, c) {
            at += c.len_utf8();
            continue;
        }
        let start = chunk::start(text, at, false);
        at = chunk::end(text, start, false);
        let word = chunk::trim(&text[start..at], false);
        if !word.is_empty() {
            words += limits::words_in(word);
            if words > MAX_WORDS {
                notes.add(format!("only the first {MAX_WORDS} words are looked for"));
                break;
            }
            items.push((Sign::Bare, Node::Word { text: word.to_string(), exact: false }));
        }
    }
    if items.is_empty() {
        notes.add(NO_WORD);
    }
    Query { root: list(items), notes: notes.finish() }
}

/// The node of items side by side. A single item is not a list.
fn list(mut items: Vec<(Sign, Node)>) -> Node {
    if items.len() == 1 {
        let (sign, node) = items.remove(0);
        return if sign == Sign::Excluded { Node::Not(Box::new(node)) } else { node };
    }
    let item = |(sign, node)| match (sign, node) {
        (Sign::Bare, Node::Not(node)) => Item { sign: Sign::Excluded, node: *node },
        (sign, node) => Item { sign, node },
    };
    Node::List(items.into_iter().map(item).collect())
}

/// Drops AND and OR before a proximity operator: `a AND NOT W/5 b` is read as `a NOT W/5 b`. The result is in reverse
/// order, the next lexeme last.
fn drop_double_operators(lexemes: &mut Vec<Placed>, text: &str, notes: &mut Notes) {
    let operator = |placed: Option<&Placed>| match placed.map(|placed| &placed.lexeme) {
        Some(Lexeme::Operator(operator)) => Some(*operator),
        _ => None,
    };
    let mut kept = Vec::with_capacity(lexemes.len());
    for placed in std::mem::take(lexemes).into_iter().rev() {
        let next = kept.last();
        let after_next = kept.len().checked_sub(2).and_then(|i| kept.get(i));
        let before_near = matches!(operator(next), Some(Operator::Near(_)))
            || operator(next) == Some(Operator::Not) && matches!(operator(after_next), Some(Operator::Near(_)));
        if before_near && matches!(placed.lexeme, Lexeme::Operator(Operator::And | Operator::Or)) {
            notes.add(format!("{} before a proximity operator is ignored", &text[placed.at.clone()]));
            continue;
        }
        kept.push(placed);
    }
    *lexemes = kept;
}

/// A parsed part of the query: its node, its bytes in the text, and the number of levels inside it.
struct Parsed {
    node: Node,
    at: Range<usize>,
    levels: usize,
}

/// A parsed part with its sign.
struct Signed {
    sign: Sign,
    part: Parsed,
}

struct Parser<'t> {
    text: &'t str,
    /// The lexemes that are not read yet, in reverse order: the next one is the last.
    lexemes: Vec<Placed>,
    notes: Notes,
    level: usize,
    /// The byte at which the last lexeme that was read ends.
    last_end: usize,
    end: usize,
}

impl Parser<'_> {
    fn peek(&self, ahead: usize) -> Option<&Lexeme> {
        let i = self.lexemes.len().checked_sub(1 + ahead)?;
        self.lexemes.get(i).map(|placed| &placed.lexeme)
    }

    fn operator(&self, ahead: usize) -> Option<Operator> {
        match self.peek(ahead)? {
            Lexeme::Operator(operator) => Some(*operator),
            _ => None,
        }
    }

    fn next(&mut self) -> Option<Placed> {
        let placed = self.lexemes.pop()?;
        self.last_end = placed.at.end;
        Some(placed)
    }

    fn take(&mut self, lexeme: &Lexeme) -> Option<Placed> {
        if self.peek(0) == Some(lexeme) { self.next() } else { None }
    }

    /// The byte at which the next lexeme starts.
    fn here(&self) -> usize {
        self.lexemes.last().map_or(self.end, |placed| placed.at.start)
    }

    /// Adds a note that an operator has no operand on one side.
    fn dangling(&mut self, placed: &Placed, side: &str) {
        self.notes.add(format!("{} has nothing {side} it and is ignored", &self.text[placed.at.clone()]));
    }

    /// `or` of the grammar.
    fn or(&mut self) -> Result<Option<Parsed>, QueryError> {
        self.joined(Operator::Or, Node::Or, Parser::and)
    }

    /// `and` of the grammar.
    fn and(&mut self) -> Result<Option<Parsed>, QueryError> {
        self.joined(Operator::And, Node::And, Parser::list)
    }

    /// Any number of `side`s with `operator` between them.
    fn joined(
        &mut self,
        operator: Operator,
        join: fn(Vec<Node>) -> Node,
        side: fn(&mut Self) -> Result<Option<Parsed>, QueryError>,
    ) -> Result<Option<Parsed>, QueryError> {
        let start = self.here();
        let mut nodes = Vec::new();
        let mut levels = 0;
        let mut waiting: Option<Placed> = None;
        loop {
            match side(self)? {
                Some(part) => {
                    levels = levels.max(part.levels);
                    nodes.push(part.node);
                    waiting = None;
                }
                None => {
                    if let Some(placed) = waiting.take() {
                        self.dangling(&placed, "after");
                    }
                }
            }
            if operator == Operator::And && self.operator(0) == Some(Operator::Not) && !nodes.is_empty() {
                continue;
            }
            match self.take(&Lexeme::Operator(operator)) {
                Some(placed) if nodes.is_empty() => self.dangling(&placed, "before"),
                Some(placed) => waiting = Some(placed),
                None => break,
            }
        }
        let node = match nodes.len() {
            0 => return Ok(None),
            1 => nodes.remove(0),
            _ => join(nodes),
        };
        Ok(Some(Parsed { node, at: start..self.last_end, levels }))
    }

    /// `list` of the grammar: words side by side.
    fn list(&mut self) -> Result<Option<Parsed>, QueryError> {
        let start = self.here();
        let mut items = Vec::new();
        let mut levels = 0;
        loop {
            match self.peek(0) {
                None | Some(Lexeme::Close | Lexeme::Operator(Operator::And | Operator::Or)) => break,
                Some(Lexeme::Operator(Operator::Not)) if !items.is_empty() => break,
                _ => {}
            }
            if let Some(Signed { sign, part }) = self.near()? {
                levels = levels.max(part.levels);
                items.push((sign, part.node));
            }
        }
        if items.is_empty() {
            return Ok(None);
        }
        Ok(Some(Parsed { node: list(items), at: start..self.last_end, levels }))
    }

    /// `near` of the grammar.
    fn near(&mut self) -> Result<Option<Signed>, QueryError> {
        while let Some((operator, within, negated)) = self.take_near() {
            let _ = (within, negated);
            self.dangling(&operator, "before");
        }
        let Some(mut left) = self.unary()? else { return Ok(None) };
        while let Some((operator, within, negated)) = self.take_near() {
            let Some(mut right) = self.unary()? else {
                self.dangling(&operator, "after");
                continue;
            };
            if right.sign == Sign::Required {
                self.notes.add("+ inside a proximity is ignored");
                right.sign = Sign::Bare;
            }
            let at = left.part.at.start..right.part.at.end;
            let mut levels = level_up(left.part.levels.max(right.part.levels), &operator.at)?;
            let sign = left.sign;
            if sign == Sign::Required {
                // The sign applies to the whole, as if the whole were in parentheses.
                levels = level_up(levels, &operator.at)?;
            }
            for side in [&mut left, &mut right] {
                if let Some((message, remedy)) = sides::refuse(side.sign, &side.part.node) {
                    return Err(QueryError::new(side.part.at.clone(), message, remedy));
                }
                if sides::drop_boosts(&mut side.part.node) {
                    self.notes.add("a weight inside a proximity is ignored: give it to the whole, (a W/5 b)^2");
                }
            }
            if let Some((message, remedy)) = sides::refuse_fields(&left.part.node, &right.part.node) {
                return Err(QueryError::new(at, message, remedy));
            }
            let (left_node, right_node) = (Box::new(left.part.node), Box::new(right.part.node));
            let node = Node::Near { left: left_node, right: right_node, within, negated };
            left = Signed { sign, part: Parsed { node, at, levels } };
        }
        Ok(Some(left))
    }

    /// Takes a proximity operator, with the NOT before it. The last value is true if there is a NOT.
    fn take_near(&mut self) -> Option<(Placed, Within, bool)> {
        let negated = self.operator(0) == Some(Operator::Not);
        let Some(Operator::Near(within)) = self.operator(usize::from(negated)) else { return None };
        let first = self.next()?;
        let at = if negated { first.at.start..self.next()?.at.end } else { first.at };
        Some((Placed { lexeme: Lexeme::Operator(Operator::Near(within)), at }, within, negated))
    }

    /// `unary` of the grammar: an operand with NOT, a sign, or neither.
    fn unary(&mut self) -> Result<Option<Signed>, QueryError> {
        let start = self.here();
        match self.peek(0) {
            Some(Lexeme::Operator(Operator::Not)) => {
                let Some(placed) = self.next() else { return Ok(None) };
                let inner = self.deeper(placed.at.clone(), Parser::unary)?;
                let Some(Signed { sign, part }) = inner else {
                    self.dangling(&placed, "after");
                    return Ok(None);
                };
                let levels = level_up(part.levels, &placed.at)?;
                let node = Node::Not(Box::new(list(vec![(sign, part.node)])));
                Ok(Some(Signed { sign: Sign::Bare, part: Parsed { node, at: start..part.at.end, levels } }))
            }
            Some(Lexeme::Sign(sign)) => {
                let sign = *sign;
                let Some(placed) = self.next() else { return Ok(None) };
                let Some(part) = self.deeper(placed.at.clone(), Parser::primary)? else { return Ok(None) };
                let levels = level_up(part.levels, &placed.at)?;
                Ok(Some(Signed { sign, part: Parsed { node: part.node, at: start..part.at.end, levels } }))
            }
            _ => Ok(self.primary()?.map(|part| Signed { sign: Sign::Bare, part })),
        }
    }

    /// Calls `read` one level deeper.
    fn deeper<T>(
        &mut self,
        at: Range<usize>,
        read: fn(&mut Self) -> Result<Option<T>, QueryError>,
    ) -> Result<Option<T>, QueryError> {
        if self.level == MAX_LEVELS {
            return Err(too_deep(at));
        }
        self.level += 1;
        let read = read(self);
        self.level -= 1;
        read
    }

    /// `primary` of the grammar: a field and its value, a group, or a word, with its weight.
    fn primary(&mut self) -> Result<Option<Parsed>, QueryError> {
        let start = self.here();
        let field = match self.peek(0) {
            Some(Lexeme::Field(field)) => Some(*field),
            _ => None,
        };
        if field.is_some() {
            self.next();
        }
        let part = match self.peek(0) {
            Some(Lexeme::Open { .. }) => self.group()?,
            Some(Lexeme::Leaf(_)) => match self.next() {
                Some(Placed { lexeme: Lexeme::Leaf(node), at }) => Some(Parsed { node, at, levels: 0 }),
                _ => None,
            },
            // A weight without an operand.
            Some(Lexeme::Boost(_)) => {
                self.next();
                None
            }
            _ => None,
        };
        let Some(mut part) = part else { return Ok(None) };
        if let Some(field) = field {
            if let (Field::Name(_), true) = (field, sides::has_near(&part.node)) {
                let message = format!("{}: cannot take a proximity operator", field.name());
                let remedy = "names are looked for whole: write the words in quotes, person:\"Vladimir Putin\", or \
                              join names with AND";
                return Err(QueryError::new(start..self.last_end, message, remedy));
            }
            part.node = in_field(field, part.node);
        }
        if let Some(Lexeme::Boost(factor)) = self.peek(0) {
            let factor = *factor;
            self.next();
            part.node = Node::Boost { node: Box::new(part.node), factor };
        }
        part.at = start..self.last_end;
        Ok(Some(part))
    }

    /// A group in parentheses.
    fn group(&mut self) -> Result<Option<Parsed>, QueryError> {
        let Some(Placed { lexeme: Lexeme::Open { days }, at }) = self.next() else { return Ok(None) };
        let part = self.deeper(at.clone(), Parser::or)?;
        if self.take(&Lexeme::Close).is_none() {
            self.notes.add(format!("the parenthesis at byte {} is not closed: it reaches to the end", at.start));
        }
        let Some(mut part) = part else {
            self.notes.add("empty parentheses are ignored");
            // A weight without an operand.
            if matches!(self.peek(0), Some(Lexeme::Boost(_))) {
                self.next();
            }
            return Ok(None);
        };
        part.levels = level_up(part.levels, &at)?;
        part.at = at.start..self.last_end;
        if days {
            part.node = any_of_days(part.node);
        }
        Ok(Some(part))
    }
}

/// Puts `node` into a field. `*` means every article outside a field; in a field it means that the field is not empty:
/// `title:(*)` is `title:*`.
fn in_field(field: Field, mut node: Node) -> Node {
    fn visit(field: Field, node: &mut Node) {
        match node {
            Node::All => *node = Node::Has(FieldName::Words(field)),
            Node::And(nodes) | Node::Or(nodes) => nodes.iter_mut().for_each(|node| visit(field, node)),
            Node::List(items) => items.iter_mut().for_each(|item| visit(field, &mut item.node)),
            Node::Not(node) | Node::Boost { node, .. } => visit(field, node),
            _ => {}
        }
    }
    visit(field, &mut node);
    match node {
        has @ Node::Has(_) => has,
        node => Node::Field { field, node: Box::new(node) },
    }
}

/// A list of days means any of them, because no day is in two of them: `date:(2018 2019)` is read with OR.
fn any_of_days(node: Node) -> Node {
    match node {
        Node::List(items) if items.iter().all(|item| item.sign == Sign::Bare) => {
            Node::Or(items.into_iter().map(|item| item.node).collect())
        }
        node => node,
    }
}

/// Adds a level, up to [`MAX_LEVELS`].
fn level_up(levels: usize, at: &Range<usize>) -> Result<usize, QueryError> {
    if levels == MAX_LEVELS { Err(too_deep(at.clone())) } else { Ok(levels + 1) }
}

fn too_deep(at: Range<usize>) -> QueryError {
    let message = format!("the query is nested deeper than {MAX_LEVELS} levels");
    QueryError::new(at, message, "parentheses, signs, NOT and proximity in one another make levels: leave out some")
}
