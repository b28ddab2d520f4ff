//! Places with several names: countries and states with their usual abbreviations. Nationalities are not included.

/// The standard name, folded, of a place that is named by one of its other names. `None` for all other names.
pub(super) fn standard_name(folded: &str) -> Option<&'static str> {
    let find = |table: &'static [(&[&str], &str)]| {
        table.iter().find(|(others, _)| others.contains(&folded)).map(|(_, standard)| *standard)
    };
    let short = if folded.len() <= LONGEST_SHORT { find(SHORT) } else { None };
    short.or_else(|| find(LONG))
}

/// The length of the longest name in [`SHORT`], in bytes.
const LONGEST_SHORT: usize = 8;

/// Short names and abbreviations, and the standard name of each place.
#[rustfmt::skip]
const SHORT: &[(&[&str], &str)] = &[
    (&["us", "usa", "america", "u s", "u s a"], "united states"), (&["uk", "u k", "britain"], "united kingdom"),
    (&["uae"], "united arab emirates"), (&["ussr"], "soviet union"), (&["drc"], "democratic republic of the congo"),
    (&["prc"], "china"), (&["dc", "d c"], "washington"), (&["nyc"], "new york city"), (&["kiev"], "kyiv"),
    (&["czechia"], "czech republic"), (&["turkiye"], "turkey"), (&["ala"], "alabama"), (&["ariz"], "arizona"),
    (&["ark"], "arkansas"), (&["calif"], "california"), (&["colo"], "colorado"), (&["conn"], "connecticut"),
    (&["del"], "delaware"), (&["fla"], "florida"), (&["ga"], "georgia"), (&["ill"], "illinois"),
    (&["ind"], "indiana"), (&["kan"], "kansas"), (&["ky"], "kentucky"), (&["md"], "maryland"),
    (&["mass"], "massachusetts"), (&["mich"], "michigan"), (&["minn"], "minnesota"), (&["miss"], "mississippi"),
    (&["mo"], "missouri"), (&["mont"], "montana"), (&["neb"], "nebraska"), (&["nev"], "nevada"),
    (&["nh"], "new hampshire"), (&["nj"], "new jersey"), (&["nm"], "new mexico"), (&["ny"], "new york"),
    (&["nc"], "north carolina"), (&["nd"], "north dakota"), (&["okla"], "oklahoma"), (&["ore"], "oregon"),
    (&["pa"], "pennsylvania"), (&["ri"], "rhode island"), (&["sc"], "south carolina"), (&["sd"], "south dakota"),
    (&["tenn"], "tennessee"), (&["tex"], "texas"), (&["vt"], "vermont"), (&["va"], "virginia"),
    (&["wva"], "west virginia"), (&["wis"], "wisconsin"), (&["wyo"], "wyoming"), (&["bc"], "british columbia"),
    (&["ont"], "ontario"),
];

/// Long names, and the standard name of each place.
#[rustfmt::skip]
const LONG: &[(&[&str], &str)] = &[
    (&["united states of america"], "united states"),
    (&["united kingdom of great britain and northern ireland"], "united kingdom"),
    (&["union of soviet socialist republics"], "soviet union"),
    (&["dr congo", "democratic republic of congo", "d r congo"], "democratic republic of the congo"),
    (&["republic of china"], "taiwan"), (&["peoples republic of china"], "china"),
    (&["republic of korea"], "south korea"), (&["democratic peoples republic of korea"], "north korea"),
    (&["islamic republic of iran"], "iran"), (&["syrian arab republic"], "syria"), (&["slovak republic"], "slovakia"),
    (&["russian federation"], "russia"), (&["federal republic of germany"], "germany"),
    (&["french republic"], "france"), (&["kingdom of saudi arabia"], "saudi arabia"),
    (&["islamic republic of pakistan"], "pakistan"), (&["republic of india"], "india"),
    (&["republic of ireland", "irish republic"], "ireland"), (&["cote divoire"], "ivory coast"),
    (&["cabo verde"], "cape verde"), (&["timor leste"], "east timor"),
    (&["district of columbia", "washington dc", "washington d c"], "washington"),
    (&["rio de janeiro city"], "rio de janeiro"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_standard_name_has_no_other_standard_name() {
        for (many, one) in SHORT.iter().chain(LONG) {
            assert_eq!(standard_name(one), None, "{one}");
            assert!(many.iter().all(|name| standard_name(name) == Some(one)), "{many:?}");
        }
        assert!(SHORT.iter().flat_map(|(many, _)| *many).all(|name| name.len() <= LONGEST_SHORT));
        assert_eq!(standard_name("ashby"), None);
    }
}
