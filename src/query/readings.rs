//! The trees of the queries that the specification lists, and of a table of queries as people type them.

use super::Query;

#[test]
fn fixed_readings() {
    let table = [
        ("dam collapse AND levee", "AND([dam collapse], levee)"),
        ("dam OR levee AND flood", "OR(dam, AND(levee, flood))"),
        ("dam AND NOT beaver", "AND(dam, NOT beaver)"),
        ("dam NOT beaver", "AND(dam, NOT beaver)"),
        ("dam NOT W/5 beaver", "NOT-W/5(dam, beaver)"),
        ("a W/3 \"b c\" W/5 d*", "W/5(W/3(a, .\"b c\"), d*)"),
        ("title:dam collapse", "[{title: dam} collapse]"),
        ("title:(dam OR \"lock gate\")", "{title: OR(dam, .\"lock gate\")}"),
        ("O'Brien don't", "[o'brien don't]"),
        ("\"unbalanced dam", ".\"unbalanced dam\" note"),
        ("(dam OR levee", "OR(dam, levee) note"),
        ("dam AND", "dam note"),
        ("which dam failed?", "[which dam failed]"),
        ("wom?n OR m*n", "OR(wom?n, m*n)"),
        ("Trump: \"I won\" at 10:30", "[trump .\"i won\" at 10:30]"),
        ("http://example.com/a-b", "http://example.com/a-b"),
        ("-beaver", "NOT beaver"),
        ("x OR -y", "OR(x, NOT y)"),
        ("+dam -beaver levee", "[+dam -beaver levee]"),
        ("person:\"Kofi Annan\" date:1998-08 embassy", "[{person: .\"kofi annan\"} {date: 1998-08} embassy]"),
        ("published:7d flood", "[{published: 7d} flood]"),
    ];
    for (text, expected) in table {
        let query = Query::parse(text).unwrap();
        let note = if query.notes().is_empty() { "" } else { " note" };
        assert_eq!(format!("{}{note}", query.tree()), expected, "{text}");
        assert_eq!(Query::parse(&query.to_string()).unwrap().root, query.root, "{text} -> {query}");
    }
}

/// The table of queries as people type them: text, tree, and a part of the note or error. A query without a third column
/// has no note.
#[test]
fn readings_of_queries_as_people_type_them() {
    let table = include_str!("../../tests/queries/readings.tsv");
    let rows = table.lines().filter(|line| !line.starts_with("# ") && !line.is_empty());
    let mut count = 0;
    let mut wrong = Vec::new();
    for row in rows {
        count += 1;
        let mut columns = row.split('\t');
        let text = columns.next().unwrap_or_default();
        let tree = columns.next().unwrap_or_default();
        let said = columns.next().unwrap_or_default();
        let (got_tree, got_said) = match Query::parse(text) {
            Ok(query) => {
                let printed = query.to_string();
                match Query::parse(&printed) {
                    Ok(again) if again.root == query.root => {}
                    again => wrong.push(format!("{text}\n  prints {printed}\n  which parses to {again:?}")),
                }
                (query.tree().to_string(), query.notes().join(" / "))
            }
            Err(error) => {
                assert!(!error.remedy.is_empty() && !error.caret(text).is_empty());
                (String::new(), error.message + " / " + &error.remedy)
            }
        };
        let said_right = if said.is_empty() { got_said.is_empty() } else { got_said.contains(said) };
        if got_tree != tree || !said_right {
            wrong.push(format!("{text}\n  expected {tree}  ({said})\n  got      {got_tree}  ({got_said})"));
        }
    }
    assert!(wrong.is_empty(), "{} of {count}:\n{}", wrong.len(), wrong.join("\n"));
    assert!(count >= 320, "{count}");
}
