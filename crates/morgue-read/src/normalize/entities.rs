//! Decodes HTML entities, also if they were escaped several times: `&amp;`, `&#8217;`, `&eacute;`. An entity must end
//! with a semicolon: `AT&T` and `&copy` stay.

/// No name of an entity in HTML is longer. Bytes.
const LONGEST: usize = 33;

/// Decodes the entity that ends with the semicolon at the end of `text`. If the result is a semicolon that ends another
/// entity, decodes that, too: `&amp;lt;` becomes `<`.
pub(super) fn decode_last(text: &mut String) {
    while text.ends_with(';') {
        let Some((start, decoded)) = last_entity(text) else { return };
        text.truncate(start);
        text.push_str(&decoded);
    }
}

fn last_entity(text: &str) -> Option<(usize, String)> {
    let name_end = text.len() - 1;
    let bytes = &text.as_bytes()[..name_end];
    let floor = name_end.saturating_sub(LONGEST);
    let name_len = bytes[floor..].iter().rev().take_while(|b| b.is_ascii_alphanumeric() || **b == b'#').count();
    let start = (name_end - name_len).checked_sub(1)?;
    if bytes[start] != b'&' || name_len == 0 {
        return None;
    }
    let entity = &text[start..];
    let decoded = htmlize::unescape(entity);
    // `&notit;` starts with the old `&not`, but is not an entity.
    let whole = decoded != entity && (decoded == ";" || !decoded.ends_with(';'));
    whole.then(|| (start, decoded.into_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decoded(text: &str) -> String {
        let mut out = String::new();
        for c in text.chars() {
            out.push(c);
            decode_last(&mut out);
        }
        out
    }

    #[test]
    fn entities_become_characters() {
        let table = [
            ("&lt;b&gt;", "<b>"),
            ("&amp;amp;amp;lt;", "<"),
            ("&#38;#8217;", "’"),
            ("&#x2019;&#146;", "’’"),
            ("&eacute;t&eacute;", "été"),
            ("&am&semi", "&am&semi"),
            ("&amp&semi;lt;", "<"),
        ];
        for (text, expected) in table {
            assert_eq!(decoded(text), expected, "{text}");
        }
    }

    #[test]
    fn what_is_no_entity_stays() {
        for text in ["AT&T;", "R&D; then", "a; b", "&;", ";", "&notit;", "&#;", "&#xZZ;", "fish & chips;", "&copy 2019"]
        {
            assert_eq!(decoded(text), text);
        }
    }
}
