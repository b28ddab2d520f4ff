//! Names of months in the languages of the press: data for days written on pages.

/// Months by their English names, with their names as they stand in dates, in lower case. A name that is also a common word
/// of English, or another month elsewhere, is left out.
#[rustfmt::skip]
pub(super) const MONTHS: [(&str, &[&str]); 12] = [
    ("january", &[
        "january", "jan", "januar", "jänner", "jän", "janvier", "janv", "enero", "ene", "gennaio", "gen",
        "januari", "janeiro", "января", "янв", "январь", "січня", "stycznia", "ledna", "leden", "januára",
        "siječnja", "januarja", "јануар", "januara", "ocak", "tammikuuta", "január", "ianuarie", "ιανουαρίου",
        "janar", "януари", "يناير", "มกราคม",
    ]),
    ("february", &[
        "february", "feb", "februar", "feber", "février", "févr", "fev", "febrero", "febbraio", "febr", "februari",
        "fevereiro", "февраля", "фев", "февр", "лютого", "lutego", "února", "únor", "veljače", "februára",
        "februarja", "фебруар", "februara", "şubat", "helmikuuta", "február", "februarie", "φεβρουαρίου", "shkurt",
        "февруари", "فبراير", "กุมภาพันธ์",
    ]),
    ("march", &[
        "march", "mar", "märz", "mär", "mrz", "maerz", "mars", "marzo", "maart", "mrt", "março", "марта", "мар",
        "березня", "marca", "března", "ožujka", "март", "marta", "mart", "maaliskuuta", "március", "martie",
        "μαρτίου", "مارس", "มีนาคม", "maret",
    ]),
    ("april", &[
        "april", "apr", "avril", "avr", "abril", "abr", "aprile", "апреля", "апр", "квітня", "kwietnia", "dubna",
        "travnja", "apríla", "aprila", "април", "nisan", "huhtikuuta", "április", "aprilie", "απριλίου", "prill",
        "أبريل", "ابريل", "เมษายน",
    ]),
    ("may", &[
        "may", "mai", "mayo", "maggio", "mag", "mei", "maio", "мая", "май", "травня", "maja", "května", "svibnja",
        "mája", "мај", "mayıs", "toukokuuta", "május", "μαΐου", "maj", "مايو", "พฤษภาคม", "maí",
    ]),
    ("june", &[
        "june", "jun", "juni", "juin", "junio", "giugno", "giu", "junho", "июня", "июн", "червня", "czerwca",
        "června", "lipnja", "júna", "junija", "јун", "juna", "haziran", "kesäkuuta", "június", "iunie", "ιουνίου",
        "qershor", "юни", "يونيو", "มิถุนายน",
    ]),
    ("july", &[
        "july", "jul", "juli", "juillet", "juil", "julio", "luglio", "lug", "julho", "июля", "июл", "липня",
        "lipca", "července", "srpnja", "júla", "julija", "јул", "jula", "temmuz", "heinäkuuta", "július", "iulie",
        "ιουλίου", "korrik", "юли", "يوليو", "กรกฎาคม",
    ]),
    ("august", &[
        "august", "aug", "août", "aout", "agosto", "ago", "augustus", "августа", "авг", "серпня", "sierpnia",
        "srpna", "kolovoza", "augusta", "avgusta", "август", "avgust", "ağustos", "elokuuta", "augusztus",
        "αυγούστου", "gusht", "agustus", "أغسطس", "สิงหาคม", "augusti",
    ]),
    ("september", &[
        "september", "sept", "sep", "septembre", "septiembre", "setiembre", "settembre", "set", "setembro",
        "сентября", "сен", "сент", "вересня", "września", "září", "rujna", "septembra", "септембар", "eylül",
        "syyskuuta", "szeptember", "septembrie", "σεπτεμβρίου", "shtator", "септември", "سبتمبر", "กันยายน",
    ]),
    ("october", &[
        "october", "oct", "oktober", "okt", "octobre", "octubre", "ottobre", "ott", "outubro", "out", "октября",
        "окт", "жовтня", "października", "října", "říjen", "oktobra", "októbra", "октобар", "ekim", "lokakuuta",
        "október", "octombrie", "οκτωβρίου", "tetor", "октомври", "أكتوبر", "ตุลาคม",
    ]),
    ("november", &[
        "november", "nov", "novembre", "noviembre", "novembro", "ноября", "ноя", "листопада", "listopada",
        "novembra", "novembar", "новембар", "kasım", "marraskuuta", "noiembrie", "νοεμβρίου", "nëntor", "ноември",
        "نوفمبر", "พฤศจิกายน", "nopember",
    ]),
    ("december", &[
        "december", "dec", "dezember", "dez", "décembre", "déc", "diciembre", "dic", "dicembre", "dezembro",
        "декабря", "дек", "грудня", "grudnia", "prosince", "prosinec", "prosinca", "decembra", "децембар",
        "aralık", "joulukuuta", "decembrie", "δεκεμβρίου", "dhjetor", "декември", "ديسمبر", "ธันวาคม", "desember",
    ]),
];
