//! The readings that the specification fixes, and those of a table of queries as people type them.

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
