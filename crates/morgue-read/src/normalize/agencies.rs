//! Agencies and outlets: the names that stand in datelines, bylines and credits, as they print themselves.

/// Wires: in a dateline, in brackets or before a dash, each is sure.
const WIRES: &[&str] = &[
    "ABC News",
    "ACCESSWIRE",
    "ACN",
    "ADN-Kronos",
    "ADNKRONOS",
    "AFP",
    "AGERPRES",
    "AGI",
    "AJP",
    "ANI",
    "ANSA",
    "ANTARA",
    "AP",
    "APA",
    "ARA",
    "ATS",
    "Accesswire",
    "Adnkronos",
    "Agence France-Presse",
    "Agencia EFE",
    "Agerpres",
    "Anadolu",
    "Anadolu Agency",
    "Associated Press",
    "Australian Associated Press",
    "BBC",
    "BERNAMA",
    "BNS",
    "BTA",
    "BUSINESS WIRE",
    "Bernama",
    "Bloomberg",
    "Bloomberg News",
    "Business Wire",
    "BusinessDesk",
    "CBC",
    "CBS News",
    "CNBC",
    "CNN",
    "CNN Business",
    "CNN Opinion",
    "CNN Sport",
    "CNN Travel",
    "CNN en Español",
    "CNNBusiness",
    "CNNMoney",
    "CNS",
    "CNW",
    "CP",
    "CTK",
    "Canadian Press",
    "DPA",
    "Deutsche Presse-Agentur",
    "EFE",
    "EUROPA PRESS",
    "Europa Press",
    "GLOBE NEWSWIRE",
    "GlobeNewswire",
    "IANS",
    "INTERFAX",
    "IPS",
    "IRIN",
    "IRNA",
    "ITAR-TASS",
    "Interfax",
    "JTA",
    "KCNA",
    "KUNA",
    "KYODO",
    "Kyodo",
    "Kyodo News",
    "LUSA",
    "MENA",
    "NPR",
    "NTB",
    "NZPA",
    "New York Times",
    "PA",
    "PA Media",
    "PNA",
    "PR Newswire",
    "PRESS ASSOCIATION",
    "PRN",
    "PRNewswire",
    "PRWEB",
    "PTI",
    "Press Association",
    "Press Trust of India",
    "REUTERS",
    "RFE/RL",
    "RIA Novosti",
    "RITZAU",
    "RNS",
    "Reuter",
    "Reuters",
    "Reuters Health",
    "Ritzau",
    "SANA",
    "SPUTNIK",
    "STT",
    "Sputnik",
    "TANJUG",
    "TASS",
    "TELAM",
    "TT",
    "Tanjug",
    "Tasnim",
    "Telam",
    "The Associated Press",
    "The Canadian Press",
    "The Conversation",
    "The Press Association",
    "Thomson Reuters Foundation",
    "Télam",
    "UKRINFORM",
    "UNI",
    "UNIAN",
    "UPI",
    "Ukrinform",
    "WAM",
    "XINHUA",
    "Xinhua",
    "YONHAP",
    "Yonhap",
    "dpa",
    "dpa-AFX",
    "ritzau",
    "tca",
    "ČTK",
];

/// Wires whose names may be another's too, a party's, a town's or a woman's: sure in a dateline with its place and day
/// only.
const DATED_WIRES: &[&str] = &[
    "AA", "AAP", "ANP", "ATA", "Antara", "BELGA", "BSS", "Belga", "GNA", "HINA", "Hina", "Lusa", "MIA", "MTI", "NAN",
    "PAP", "SAPA", "SDA", "TCA", "VNA",
];

/// Outlets that print their name on a line of its own under the writer's.
const OUTLETS: &[&str] = &[
    "Arizona Republic",
    "Cincinnati Enquirer",
    "Florida Today",
    "Indianapolis Star",
    "Milwaukee Journal Sentinel",
    "Nashville Tennessean",
    "The Arizona Republic",
    "The Cincinnati Enquirer",
    "The Columbus Dispatch",
    "The Courier-Journal",
    "The Des Moines Register",
    "The Indianapolis Star",
    "The Republic | azcentral.com",
    "The Tennessean",
    "The Washington Post",
    "The New York Times",
    "24/7 Wall Street",
    "AP",
    "Agence France-Presse",
    "Associated Press",
    "Bloomberg News",
    "CNBC",
    "CNN",
    "CNN Business",
    "Detroit Free Press",
    "From staff and wire reports",
    "From staff reports",
    "From wire reports",
    "Kaiser Health News",
    "Opinion columnist",
    "Opinion contributor",
    "Reuters",
    "Special for USA TODAY",
    "Special for USA TODAY Sports",
    "Special to USA TODAY",
    "Special to USA TODAY Sports",
    "Staff Reporter",
    "Staff Writer",
    "Staff and wire reports",
    "Staff report",
    "Staff reports",
    "Staff writer",
    "The Associated Press",
    "The Canadian Press",
    "USA TODAY",
    "USA TODAY NETWORK",
    "USA TODAY Network",
    "USA TODAY Opinion",
    "USA TODAY SPORTS",
    "USA TODAY Sports",
    "USATODAY",
    "Wire reports",
    "Wire services",
];

/// Picture agencies and others that close a credit after a slash or `via`.
const PICTURES: &[&str] = &[
    "ABACA",
    "ABACAPRESS.COM",
    "AFP",
    "AFP PHOTO",
    "AP",
    "AP Images",
    "AP Photo",
    "Abaca Press",
    "Action Images",
    "Alamy",
    "Alamy Live News",
    "Alamy Stock Photo",
    "Anadolu",
    "Anadolu Agency",
    "Bettmann Archive",
    "Bloomberg",
    "Bloomberg News",
    "CBS",
    "CNN",
    "Camera Press",
    "Corbis",
    "Corbis Historical",
    "DPA",
    "EFE",
    "EPA",
    "EPA-EFE",
    "European Pressphoto Agency",
    "Eyevine",
    "FILE",
    "File",
    "Future Publishing",
    "Getty",
    "Getty Images",
    "Getty Images Asia",
    "Getty Images Europe",
    "Getty Images North America",
    "Getty Images for Netflix",
    "HANDOUT",
    "HO",
    "Handout",
    "Hulton Archive",
    "IMAGO",
    "Imago",
    "Imagn Images",
    "Imagn",
    "KCNA",
    "Keystone",
    "Kyodo",
    "Kyodo News",
    "Lehtikuva",
    "LightRocket",
    "Magnum Photos",
    "MediaPunch",
    "NBAE",
    "NASA",
    "NTB",
    "NurPhoto",
    "PA",
    "PA Images",
    "PA Wire",
    "POOL",
    "Picture Alliance",
    "Polaris",
    "Pool",
    "REUTERS",
    "REX",
    "Ritzau Scanpix",
    "RIA Novosti",
    "Redux",
    "Reuters",
    "Rex Features",
    "SIPA",
    "SIPA USA",
    "SOPA Images",
    "Scanpix",
    "Shutterstock",
    "Sipa",
    "Sipa USA",
    "Splash News",
    "Sputnik",
    "TASS",
    "TT News Agency",
    "Tass",
    "The Associated Press",
    "The Canadian Press",
    "The Guardian",
    "The New York Times",
    "The Observer",
    "The Washington Post",
    "UPI",
    "USA TODAY",
    "USA TODAY NETWORK",
    "USA TODAY Network",
    "USA TODAY Sports",
    "USA Today Sports",
    "VCG",
    "Visual China Group",
    "WENN",
    "WireImage",
    "XINHUA",
    "Xinhua",
    "Yonhap",
    "ZUMA",
    "ZUMA Press",
    "ZUMA Wire",
    "ZUMAPRESS.com",
    "dpa",
    "iStock",
    "iStockphoto",
    "picture alliance",
    "picture-alliance",
];

/// Whether a name is a wire's, or that of two together: `tca/dpa`.
pub(super) fn is_wire(name: &str) -> bool {
    let known = |part: &str| WIRES.contains(&part);
    known(name) || (name.split('/').any(known) && name.split('/').all(|part| known(part) || is_dated_wire(part)))
}

/// Whether a name is a wire's in a dateline with its place and day.
pub(super) fn is_dated_wire(name: &str) -> bool {
    DATED_WIRES.contains(&name)
}

/// The length of the name that ends `text` if it is a wire's in a dateline with its place and day, and 0 without one.
/// Bytes.
pub(super) fn dated_wire_at_end(text: &str) -> usize {
    at_end(DATED_WIRES, text)
}

/// Whether a line is an outlet's name, or what stands in its place.
pub(super) fn is_outlet(line: &str) -> bool {
    OUTLETS.contains(&line)
}

/// The length of the longest wire's name that ends `text` as a whole word, and 0 without one. Bytes.
pub(super) fn wire_at_end(text: &str) -> usize {
    at_end(WIRES, text)
}

/// The length of the longest picture agency's name that ends `text` as a whole word, and 0 without one. Bytes.
pub(super) fn picture_agency_at_end(text: &str) -> usize {
    at_end(PICTURES, text)
}

/// The length of the longest picture agency's name that opens `text` as a whole word, and 0 without one. Bytes.
pub(super) fn picture_agency_at_start(text: &str) -> usize {
    let opens = |name: &&&str| text.starts_with(**name) && !text[name.len()..].starts_with(char::is_alphanumeric);
    PICTURES.iter().filter(opens).map(|name| name.len()).max().unwrap_or(0)
}

fn at_end(names: &[&str], text: &str) -> usize {
    let ends = |name: &&&str| {
        text.strip_suffix(**name).is_some_and(|before| !before.ends_with(|c: char| c.is_alphanumeric() || c == '-'))
    };
    names.iter().filter(ends).map(|name| name.len()).max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_name_counts() {
        assert_eq!(wire_at_end("New York CNN Business"), "CNN Business".len());
        assert_eq!(picture_agency_at_end("Jane Roe/Getty Images Europe"), "Getty Images Europe".len());
        assert_eq!(picture_agency_at_start("Getty Images A bridge"), "Getty Images".len());
        assert_eq!(wire_at_end("the MAP"), 0);
        assert_eq!(picture_agency_at_start("APPLE"), 0);
    }

    #[test]
    fn wires_alone_and_together() {
        for name in ["ritzau", "tca/dpa", "AFP/AAP", "RFE/RL"] {
            assert!(is_wire(name), "{name}");
        }
        for name in ["AAP", "AAP/PAP", "tca/Echo", "Lusa", "/", ""] {
            assert!(!is_wire(name), "{name}");
        }
        assert_eq!(dated_wire_at_end("SYDNEY, March 10 AAP"), 3);
    }
}
