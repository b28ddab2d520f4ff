//! Scripts that are nearly JSON: inside CDATA or comments, with commas too many, with the escapes of JavaScript or
//! with the character references of HTML.

/// The text without the marks of CDATA and comments that programs put around a script.
pub(super) fn without_wrapping(script: &str) -> &str {
    const OPENING: [&str; 7] = ["<!--", "-->", "<![CDATA[", "/*", "*/", "//", ">"];
    const CLOSING: [&str; 7] = ["-->", "]]>", "<!", "/*", "*/", "//", ";"];
    let is_blank = |c: char| c.is_whitespace() || c == '\u{feff}';
    let script = script.trim_matches(is_blank);
    let mut text = script;
    while let Some(rest) = OPENING.iter().find_map(|mark| text.strip_prefix(mark)) {
        text = rest.trim_start_matches(is_blank);
    }
    if !text.starts_with(['{', '[', '&']) {
        // The marks were those of a comment.
        text = script;
    }
    while let Some(rest) = CLOSING.iter().find_map(|mark| text.strip_suffix(mark)) {
        // The `;` of a character reference is part of the script.
        if text.ends_with("&quot;") || text.ends_with("&#34;") {
            break;
        }
        text = rest.trim_end_matches(is_blank);
    }
    text
}

/// The text with its most common faults repaired; what stands after the first value is removed.
pub(super) fn repaired(text: &str) -> String {
    if !text.contains('"') && text.contains('&') {
        return repaired_value(&htmlize::unescape(text));
    }
    repaired_value(text)
}

fn repaired_value(text: &str) -> String {
    let mut json = String::with_capacity(text.len());
    let mut rest = text;
    let mut depth = 0_usize;
    while let Some(c) = rest.chars().next() {
        match c {
            '"' => {
                rest = string(rest, &mut json);
                continue;
            }
            '/' if rest.starts_with("//") => {
                rest = &rest[rest.find('\n').unwrap_or(rest.len())..];
                continue;
            }
            '/' if rest.starts_with("/*") => {
                rest = rest.find("*/").map_or("", |end| &rest[end + 2..]);
                continue;
            }
            '{' | '[' => depth += 1,
            '}' | ']' => {
                depth = depth.saturating_sub(1);
                let before = json.trim_end().len();
                if json[..before].ends_with(',') {
                    json.truncate(before - 1);
                }
            }
            _ => {}
        }
        json.push(c);
        rest = &rest[c.len_utf8()..];
        if depth == 0 && matches!(c, '}' | ']') {
            break;
        }
    }
    json
}

/// Copies the string that `text` begins with, with escapes that JSON knows, and returns the rest.
fn string<'t>(text: &'t str, json: &mut String) -> &'t str {
    json.push('"');
    let mut rest = &text[1..];
    while let Some(c) = rest.chars().next() {
        rest = &rest[c.len_utf8()..];
        match c {
            '"' => {
                json.push('"');
                return rest;
            }
            '\\' => {
                let Some(escaped) = rest.chars().next() else { return rest };
                let code = rest.get(1..3).and_then(|code| u8::from_str_radix(code, 16).ok());
                match (escaped, code) {
                    ('x', Some(_)) => {
                        json.push_str("\\u00");
                        json.push_str(&rest[1..3]);
                        rest = &rest[3..];
                        continue;
                    }
                    ('"' | '\\' | '/' | 'b' | 'f' | 'n' | 'r' | 't' | 'u', _) => {
                        json.push('\\');
                        json.push(escaped);
                    }
                    _ => json.push(if escaped.is_control() { ' ' } else { escaped }),
                }
                rest = &rest[escaped.len_utf8()..];
            }
            // Line ends inside strings are the most common fault.
            c if c.is_control() => json.push(' '),
            c => json.push(c),
        }
    }
    rest
}
