//! Checks what a proximity operator can take as a side.

use super::{Field, Node, Sign};

/// If `node` cannot be a side: a message and a remedy.
pub(super) fn refuse(sign: Sign, node: &Node) -> Option<(String, String)> {
    let refused = |what: &str, remedy: &str| {
        Some((format!("a proximity operator cannot take {what} as a side"), remedy.to_string()))
    };
    if sign == Sign::Excluded {
        return refused("what is excluded", "write a NOT W/5 b, or exclude the whole: -(a W/5 b)");
    }
    match node {
        Node::Word { .. } | Node::Phrase { .. } | Node::Wildcard(_) | Node::Fuzzy { .. } | Node::Regex(_) => None,
        Node::Near { .. } => None,
        Node::Or(nodes) => nodes.iter().find_map(|node| refuse(Sign::Bare, node)),
        Node::Boost { node, .. } => refuse(Sign::Bare, node),
        Node::Field { field: Field::Name(_), .. } => {
            refused("a name's field", "write the name's words, or join with AND: person:putin AND sanctions")
        }
        Node::Field { node, .. } => refuse(Sign::Bare, node),
        Node::And(_) => refused("an AND group", "write each nearness by itself: a W/5 b AND a W/5 c"),
        Node::Not(_) => refused("a negative", "write a NOT W/5 b, or exclude the whole: NOT (a W/5 b)"),
        Node::List(_) => refused("words side by side", "write (a OR b) for either, \"a b\" for the words in order"),
        Node::All => refused("*", "write a word, or dam AND title:* for what merely exists"),
        Node::Days { .. } | Node::Has(_) => refused("a date or a whole field", "join it with AND"),
    }
}

/// If the two sides are in different fields, so that they cannot be near each other: a message and a remedy.
pub(super) fn refuse_fields(left: &Node, right: &Node) -> Option<(String, String)> {
    let mut first: Option<Option<Field>> = None;
    let mut different = None;
    for side in [left, right] {
        each_field(side, None, &mut |field| match first {
            None => first = Some(field),
            Some(first) if first != field => different = Some((first, field)),
            Some(_) => {}
        });
    }
    let (a, b) = different?;
    let name = |field: Option<Field>| field.map_or("the text".to_string(), |field| format!("{}:", field.name()));
    let field = a.or(b).map_or("title".into(), Field::name);
    Some((
        format!("the sides of a proximity operator are in different fields: {} and {}", name(a), name(b)),
        format!("write both in one: {field}:(a W/5 b)"),
    ))
}

/// Calls `visit` with the field of every leaf.
fn each_field(node: &Node, field: Option<Field>, visit: &mut impl FnMut(Option<Field>)) {
    match node {
        Node::Field { field, node } => each_field(node, Some(*field), visit),
        Node::Or(nodes) => nodes.iter().for_each(|node| each_field(node, field, visit)),
        Node::Near { left, right, .. } => {
            each_field(left, field, visit);
            each_field(right, field, visit);
        }
        Node::Boost { node, .. } => each_field(node, field, visit),
        _ => visit(field),
    }
}

/// Whether there is proximity in the node, other than in a field of its own.
pub(super) fn has_near(node: &Node) -> bool {
    match node {
        Node::Near { .. } => true,
        Node::And(nodes) | Node::Or(nodes) => nodes.iter().any(has_near),
        Node::List(items) => items.iter().any(|item| has_near(&item.node)),
        Node::Not(node) | Node::Boost { node, .. } => has_near(node),
        _ => false,
    }
}

/// Removes weights from a side, where they have no effect. Returns whether there was one.
pub(super) fn drop_boosts(node: &mut Node) -> bool {
    match node {
        Node::Boost { node: inner, .. } => {
            *node = std::mem::replace(inner, Node::All);
            drop_boosts(node);
            true
        }
        Node::Or(nodes) => nodes.iter_mut().fold(false, |any, node| drop_boosts(node) || any),
        Node::Field { node, .. } => drop_boosts(node),
        Node::Near { left, right, .. } => {
            let left = drop_boosts(left);
            drop_boosts(right) || left
        }
        _ => false,
    }
}
