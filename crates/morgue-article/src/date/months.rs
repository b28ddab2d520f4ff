//! The names of the months in the languages of the press: one table for all readers of dates.
//!
//! Each language has one [`MonthNames`]. To add a language, add its table and list it in [`LANGUAGES`].

use std::collections::HashMap;
use std::sync::LazyLock;

/// The spellings of the twelve months in one language, January first. All are in lower case; short forms have no
/// period. A month may have no spelling here, see [`LANGUAGES`].
pub type MonthNames = [&'static [&'static str]; 12];

/// English.
#[rustfmt::skip]
pub static ENGLISH: MonthNames = [
    &["january", "jan"], &["february", "feb"], &["march", "mar"], &["april", "apr"], &["may"], &["june", "jun"],
    &["july", "jul"], &["august", "aug"], &["september", "sept", "sep"], &["october", "oct"], &["november", "nov"],
    &["december", "dec"],
];

/// German, with the forms of Austria.
#[rustfmt::skip]
pub static GERMAN: MonthNames = [
    &["januar", "jänner", "jän", "jan"], &["februar", "feber", "feb"], &["märz", "mär", "mrz", "maerz"],
    &["april", "apr"], &["mai"], &["juni", "jun"], &["juli", "jul"], &["august", "aug"],
    &["september", "sept", "sep"], &["oktober", "okt"], &["november", "nov"], &["dezember", "dez"],
];

/// French, also without accents.
#[rustfmt::skip]
pub static FRENCH: MonthNames = [
    &["janvier", "janv"], &["février", "fevrier", "févr", "fév", "fev"], &["mars"], &["avril", "avr"], &["mai"],
    &["juin"], &["juillet", "juil"], &["août", "aout"], &["septembre", "sept"], &["octobre", "oct"],
    &["novembre", "nov"], &["décembre", "decembre", "déc", "dec"],
];

/// Italian, without the short form of September, see [`ENGLISH_WORDS`].
#[rustfmt::skip]
pub static ITALIAN: MonthNames = [
    &["gennaio", "gen"], &["febbraio", "feb"], &["marzo", "mar"], &["aprile", "apr"], &["maggio", "mag"],
    &["giugno", "giu"], &["luglio", "lug"], &["agosto", "ago"], &["settembre"], &["ottobre", "ott"],
    &["novembre", "nov"], &["dicembre", "dic"],
];

/// Spanish.
#[rustfmt::skip]
pub static SPANISH: MonthNames = [
    &["enero", "ene"], &["febrero", "feb"], &["marzo", "mar"], &["abril", "abr"], &["mayo"], &["junio", "jun"],
    &["julio", "jul"], &["agosto", "ago"], &["septiembre", "setiembre", "sept", "sep"], &["octubre", "oct"],
    &["noviembre", "nov"], &["diciembre", "dic"],
];

/// Portuguese, without the short forms of September and October, see [`ENGLISH_WORDS`].
#[rustfmt::skip]
pub static PORTUGUESE: MonthNames = [
    &["janeiro", "jan"], &["fevereiro", "fev"], &["março", "mar"], &["abril", "abr"], &["maio"], &["junho", "jun"],
    &["julho", "jul"], &["agosto", "ago"], &["setembro"], &["outubro"], &["novembro", "nov"], &["dezembro", "dez"],
];

/// Short forms of Italian (`set`) and Portuguese (`set`, `out`) that are also common English words. They name a month
/// only in texts that may be in any language, not in mostly English texts.
pub static ENGLISH_WORDS: MonthNames = [&[], &[], &[], &[], &[], &[], &[], &[], &["set"], &["out"], &[], &[]];

/// All tables with the BCP 47 tag of their language. A name that means different months in two languages is listed
/// for only one of them: `listopada` is November in Polish and Ukrainian, and October in Croatian.
#[rustfmt::skip]
pub static LANGUAGES: &[(&str, &MonthNames)] = &[
    ("en", &ENGLISH),
    ("de", &GERMAN),
    ("fr", &FRENCH),
    ("it", &ITALIAN),
    ("es", &SPANISH),
    ("pt", &PORTUGUESE),
    ("it-pt", &ENGLISH_WORDS),
    ("nl", &[
        &["januari", "jan"], &["februari", "febr", "feb"], &["maart", "mrt"], &["april", "apr"], &["mei"],
        &["juni", "jun"], &["juli", "jul"], &["augustus", "aug"], &["september", "sept"], &["oktober", "okt"],
        &["november", "nov"], &["december", "dec"],
    ]),
    ("sv", &[
        &["januari", "jan"], &["februari", "feb"], &["mars"], &["april", "apr"], &["maj"], &["juni"], &["juli"],
        &["augusti", "aug"], &["september", "sept"], &["oktober", "okt"], &["november", "nov"], &["december", "dec"],
    ]),
    ("da", &[
        &["januar", "jan"], &["februar", "feb"], &["mar"], &["april", "apr"], &["maj"], &["juni"], &["juli"],
        &["august", "aug"], &["september", "sep"], &["oktober", "okt"], &["november", "nov"], &["december", "dec"],
    ]),
    ("no", &[
        &["januar", "jan"], &["februar", "feb"], &["mars"], &["april", "apr"], &["mai"], &["juni"], &["juli"],
        &["august", "aug"], &["september", "sep"], &["oktober", "okt"], &["november", "nov"], &["desember"],
    ]),
    ("is", &[
        &["janúar", "jan"], &["febrúar", "feb"], &["mars"], &["apríl", "apr"], &["maí"], &["júní"], &["júlí"],
        &["ágúst"], &["september", "sept"], &["október", "okt"], &["nóvember", "nov"], &["desember", "des"],
    ]),
    ("fi", &[
        &["tammikuuta", "tammikuu", "tammi"], &["helmikuuta", "helmikuu", "helmi"],
        &["maaliskuuta", "maaliskuu", "maalis"], &["huhtikuuta", "huhtikuu", "huhti", "huh"],
        &["toukokuuta", "toukokuu", "touko", "tou"], &["kesäkuuta", "kesäkuu", "kesä", "kes"],
        &["heinäkuuta", "heinäkuu", "heinä", "hei"], &["elokuuta", "elokuu", "elo"],
        &["syyskuuta", "syyskuu", "syys", "syy"], &["lokakuuta", "lokakuu", "loka", "lok"],
        &["marraskuuta", "marraskuu", "marras"], &["joulukuuta", "joulukuu", "joulu", "jou"],
    ]),
    ("hu", &[
        &["január"], &["február", "febr"], &["március", "márc"], &["április", "ápr"], &["május", "máj"],
        &["június"], &["július"], &["augusztus"], &["szeptember", "szept"], &["október"], &["november"],
        &["december"],
    ]),
    ("ro", &[
        &["ianuarie", "ian"], &["februarie", "febr"], &["martie"], &["aprilie"], &["mai"], &["iunie", "iun"],
        &["iulie", "iul"], &["august"], &["septembrie"], &["octombrie"], &["noiembrie", "noi"], &["decembrie"],
    ]),
    ("pl", &[
        &["stycznia", "styczeń", "sty"], &["lutego", "luty", "lut"], &["marca", "marzec"],
        &["kwietnia", "kwiecień", "kwi"], &["maja", "maj"], &["czerwca", "czerwiec", "cze"],
        &["lipca", "lipiec", "lip"], &["sierpnia", "sierpień", "sie"], &["września", "wrzesień", "wrz"],
        &["października", "październik", "paź"], &["listopada", "lis"], &["grudnia", "grudzień", "gru"],
    ]),
    ("cs", &[
        &["ledna", "leden", "led"], &["února", "únor", "úno"], &["března", "březen", "bře"],
        &["dubna", "duben", "dub"], &["května", "květen", "kvě"], &["června", "červen", "čvn"],
        &["července", "červenec", "čvc"], &["srpna", "srpen", "srp"], &["září", "zář"],
        &["října", "říjen", "říj"], &[], &["prosince", "prosinec", "pro"],
    ]),
    ("sk", &[
        &["januára", "január"], &["februára", "február"], &["marca", "marec"], &["apríla", "apríl"],
        &["mája", "máj"], &["júna", "jún"], &["júla", "júl"], &["augusta", "august"], &["septembra"],
        &["októbra", "október"], &["novembra"], &["decembra"],
    ]),
    ("sl", &[
        &["januarja"], &["februarja"], &["marca"], &["aprila"], &["maja"], &["junija"], &["julija"],
        &["avgusta"], &["septembra"], &["oktobra"], &["novembra"], &["decembra"],
    ]),
    ("hr", &[
        &["siječnja", "siječanj", "sij"], &["veljače", "veljača", "velj"], &["ožujka", "ožujak", "ožu"],
        &["travnja"], &["svibnja", "svibanj", "svi"], &["lipnja", "lipanj"], &["srpnja", "srpanj"],
        &["kolovoza", "kolovoz", "kol"], &["rujna", "rujan", "ruj"], &[], &[], &["prosinca", "prosinac"],
    ]),
    ("sr", &[
        &["јануар", "januara"], &["фебруар", "februara"], &["март", "mart", "marta"], &["април", "aprila"],
        &["мај", "maj", "maja"], &["јун", "juna"], &["јул", "jula"], &["август", "avgust", "avgusta"],
        &["септембар", "septembra"], &["октобар", "oktobra"], &["новембар", "novembar", "novembra"],
        &["децембар", "decembra"],
    ]),
    ("ru", &[
        &["января", "январь", "янв"], &["февраля", "февр", "фев"], &["марта", "март", "мар"], &["апреля", "апр"],
        &["мая", "май"], &["июня", "июн"], &["июля", "июл"], &["августа", "август", "авг"],
        &["сентября", "сент", "сен"], &["октября", "окт"], &["ноября", "ноя"], &["декабря", "дек"],
    ]),
    ("uk", &[
        &["січня", "січень", "січ"], &["лютого", "лютий", "лют"], &["березня", "березень", "бер"],
        &["квітня", "квітень", "квіт"], &["травня", "травень", "трав"], &["червня", "червень", "черв"],
        &["липня", "липень", "лип"], &["серпня", "серпень", "серп"], &["вересня", "вересень", "вер"],
        &["жовтня", "жовтень", "жовт"], &["листопада"], &["грудня", "грудень", "груд"],
    ]),
    ("bg", &[
        &["януари", "яну"], &["февруари"], &["март"], &["април"], &["май"], &["юни"], &["юли"], &["август"],
        &["септември"], &["октомври"], &["ноември"], &["декември"],
    ]),
    ("el", &[
        &["ιανουαρίου", "ιανουάριος", "ιαν"], &["φεβρουαρίου", "φεβρουάριος", "φεβ"],
        &["μαρτίου", "μάρτιος", "μαρ", "μάρ"], &["απριλίου", "απρίλιος", "απρ"],
        &["μαΐου", "μάιος", "μάϊος", "μαι", "μάι", "μαϊ"], &["ιουνίου", "ιούνιος", "ιουν", "ιούν"],
        &["ιουλίου", "ιούλιος", "ιουλ", "ιούλ"], &["αυγούστου", "αύγουστος", "αυγ", "αύγ"],
        &["σεπτεμβρίου", "σεπτέμβριος", "σεπ"], &["οκτωβρίου", "οκτώβριος", "οκτ"],
        &["νοεμβρίου", "νοέμβριος", "νοε", "νοέ"], &["δεκεμβρίου", "δεκέμβριος", "δεκ"],
    ]),
    ("sq", &[
        &["janar"], &["shkurt", "shk"], &["mars"], &["prill", "pri"], &["maj"], &["qershor", "qer"],
        &["korrik", "kor"], &["gusht", "gush"], &["shtator", "sht"], &["tetor", "tet"], &["nëntor", "nën"],
        &["dhjetor", "dhj"],
    ]),
    ("tr", &[
        &["ocak", "oca"], &["şubat", "subat", "şub"], &["mart"], &["nisan", "nis"], &["mayıs", "mayis"],
        &["haziran", "haz"], &["temmuz", "tem"], &["ağustos", "agustos", "ağu"], &["eylül", "eylul", "eyl"],
        &["ekim", "eki"], &["kasım", "kasim", "kas"], &["aralık", "aralik", "ara"],
    ]),
    ("ar", &[
        &["يناير", "جانفي"], &["فبراير", "شباط", "فيفري"], &["مارس", "آذار"],
        &["أبريل", "ابريل", "إبريل", "نيسان", "أفريل"], &["مايو", "أيار", "ماي"], &["يونيو", "حزيران", "جوان"],
        &["يوليو", "تموز", "جويلية"], &["أغسطس", "اغسطس", "آب", "أوت"], &["سبتمبر", "أيلول"],
        &["أكتوبر", "اكتوبر"], &["نوفمبر"], &["ديسمبر"],
    ]),
    ("th", &[
        &["มกราคม"], &["กุมภาพันธ์"], &["มีนาคม"], &["เมษายน"], &["พฤษภาคม"], &["มิถุนายน"], &["กรกฎาคม"], &["สิงหาคม"],
        &["กันยายน"], &["ตุลาคม"], &["พฤศจิกายน"], &["ธันวาคม"],
    ]),
    ("id", &[
        &["januari", "jan"], &["februari", "feb"], &["maret", "mar"], &["april", "apr"], &["mei"],
        &["juni", "jun"], &["juli", "jul"], &["agustus", "agu", "agt"], &["september", "sep"],
        &["oktober", "okt"], &["november", "nopember", "nov"], &["desember", "des"],
    ]),
    ("et", &[
        &["jaanuar", "jaan"], &["veebruar", "veebr"], &["märts"], &["aprill"], &["mai"], &["juuni"], &["juuli"],
        &["august"], &["september"], &["oktoober"], &["november"], &["detsember", "dets"],
    ]),
    ("lv", &[
        &["janvāris", "janvārī"], &["februāris", "februārī"], &["marts", "martā"], &["aprīlis", "aprīlī"],
        &["maijs", "maijā"], &["jūnijs", "jūnijā"], &["jūlijs", "jūlijā"], &["augusts", "augustā"],
        &["septembris", "septembrī"], &["oktobris", "oktobrī"], &["novembris", "novembrī"],
        &["decembris", "decembrī"],
    ]),
    ("lt", &[
        &["sausio", "sausis"], &["vasario", "vasaris"], &["kovo", "kovas"], &["balandžio", "balandis"],
        &["gegužės", "gegužė"], &["birželio", "birželis"], &["liepos", "liepa"], &["rugpjūčio", "rugpjūtis"],
        &["rugsėjo", "rugsėjis"], &["spalio", "spalis"], &["lapkričio", "lapkritis"], &["gruodžio", "gruodis"],
    ]),
    ("ca", &[
        &["gener"], &["febrer"], &["març"], &["abril"], &["maig"], &["juny"], &["juliol"], &["agost"],
        &["setembre"], &["octubre"], &["novembre"], &["desembre"],
    ]),
    ("gl", &[
        &["xaneiro", "xan"], &["febreiro"], &["marzo"], &["abril"], &["maio"], &["xuño", "xuñ"],
        &["xullo", "xul"], &["agosto"], &["setembro"], &["outubro"], &["novembro"], &["decembro"],
    ]),
    ("eu", &[
        &["urtarrilaren", "urtarrila"], &["otsailaren", "otsaila"], &["martxoaren", "martxoa"],
        &["apirilaren", "apirila"], &["maiatzaren", "maiatza"], &["ekainaren", "ekaina"],
        &["uztailaren", "uztaila"], &["abuztuaren", "abuztua"], &["irailaren", "iraila"],
        &["urriaren", "urria"], &["azaroaren", "azaroa"], &["abenduaren", "abendua"],
    ]),
    ("cy", &[
        &["ionawr"], &["chwefror"], &["mawrth"], &["ebrill"], &["mai"], &["mehefin"], &["gorffennaf"],
        &["awst"], &["medi"], &["hydref"], &["tachwedd"], &["rhagfyr"],
    ]),
    ("ga", &[
        &["eanáir"], &["feabhra"], &["márta"], &["aibreán"], &["bealtaine"], &["meitheamh"], &["iúil"],
        &["lúnasa"], &[], &[], &["samhain"], &["nollaig"],
    ]),
    ("mt", &[
        &["jannar"], &["frar"], &["marzu"], &["april"], &["mejju"], &["ġunju"], &["lulju"], &["awwissu"],
        &["settembru"], &["ottubru"], &["novembru"], &["diċembru"],
    ]),
    ("af", &[
        &["januarie"], &["februarie"], &["maart"], &["april"], &["mei"], &["junie"], &["julie"], &["augustus"],
        &["september"], &["oktober"], &["november"], &["desember"],
    ]),
    ("sw", &[
        &["januari"], &["februari"], &["machi"], &["aprili"], &["mei"], &["juni"], &["julai"], &["agosti"],
        &["septemba"], &["oktoba"], &["novemba"], &["desemba"],
    ]),
    ("tl", &[
        &["enero"], &["pebrero"], &["marso"], &["abril"], &["mayo"], &["hunyo"], &["hulyo"], &["agosto"],
        &["setyembre"], &["oktubre"], &["nobyembre"], &["disyembre"],
    ]),
    ("ms", &[
        &["januari"], &["februari"], &["mac"], &["april"], &["mei"], &["jun"], &["julai"], &["ogos"],
        &["september"], &["oktober"], &["november"], &["disember"],
    ]),
    ("be", &[
        &["студзеня"], &["лютага"], &["сакавіка"], &["красавіка"], &["траўня"], &["чэрвеня"], &["ліпеня"],
        &["жніўня"], &["верасня"], &["кастрычніка"], &["лістапада"], &["снежня"],
    ]),
    ("mk", &[
        &["јануари"], &["февруари"], &["март"], &["април"], &["мај"], &["јуни"], &["јули"], &["август"],
        &["септември"], &["октомври"], &["ноември"], &["декември"],
    ]),
    ("kk", &[
        &["қаңтар"], &["ақпан"], &["наурыз"], &["сәуір"], &["мамыр"], &["маусым"], &["шілде"], &["тамыз"],
        &["қыркүйек"], &["қазан"], &["қараша"], &["желтоқсан"],
    ]),
    ("az", &[
        &["yanvar"], &["fevral"], &["mart"], &["aprel"], &["may"], &["iyun"], &["iyul"], &["avqust"],
        &["sentyabr"], &["oktyabr"], &["noyabr"], &["dekabr"],
    ]),
    ("uz", &[
        &["yanvar"], &["fevral"], &["mart"], &["aprel"], &["may"], &["iyun"], &["iyul"], &["avgust"],
        &["sentabr"], &["oktabr"], &["noyabr"], &["dekabr"],
    ]),
    ("ka", &[
        &["იანვარი", "იან"], &["თებერვალი", "თებ"], &["მარტი", "მარ"], &["აპრილი", "აპრ"], &["მაისი", "მაი"],
        &["ივნისი", "ივნ"], &["ივლისი", "ივლ"], &["აგვისტო", "აგვ"], &["სექტემბერი", "სექ"],
        &["ოქტომბერი", "ოქტ"], &["ნოემბერი", "ნოე"], &["დეკემბერი", "დეკ"],
    ]),
    ("hy", &[
        &["հունվարի", "հունվար"], &["փետրվարի", "փետրվար"], &["մարտի", "մարտ"], &["ապրիլի", "ապրիլ"],
        &["մայիսի", "մայիս"], &["հունիսի", "հունիս"], &["հուլիսի", "հուլիս"], &["օգոստոսի", "օգոստոս"],
        &["սեպտեմբերի", "սեպտեմբեր"], &["հոկտեմբերի", "հոկտեմբեր"], &["նոյեմբերի", "նոյեմբեր"],
        &["դեկտեմբերի", "դեկտեմբեր"],
    ]),
    ("he", &[
        &["ינואר", "בינואר"], &["פברואר", "בפברואר"], &["מרץ", "במרץ"], &["אפריל", "באפריל"], &["מאי", "במאי"],
        &["יוני", "ביוני"], &["יולי", "ביולי"], &["אוגוסט", "באוגוסט"], &["ספטמבר", "בספטמבר"],
        &["אוקטובר", "באוקטובר"], &["נובמבר", "בנובמבר"], &["דצמבר", "בדצמבר"],
    ]),
    ("fa", &[
        &["ژانویه", "ژانویهٔ"], &["فوریه", "فوریهٔ"], &["مارس"], &["آوریل"], &["مه", "مهٔ"], &["ژوئن"],
        &["ژوئیه", "ژوئیهٔ", "جولای"], &["اوت"], &["سپتامبر"], &["اکتبر"], &["نوامبر"], &["دسامبر"],
    ]),
    ("ur", &[
        &["جنوری"], &["فروری"], &["مارچ"], &["اپریل"], &["مئی"], &["جون"], &["جولائی"], &["اگست"], &["ستمبر"],
        &["اکتوبر"], &["نومبر"], &["دسمبر"],
    ]),
    ("hi", &[
        &["जनवरी", "जन"], &["फ़रवरी", "फरवरी"], &["मार्च"], &["अप्रैल"], &["मई"], &["जून"], &["जुलाई"],
        &["अगस्त"], &["सितंबर", "सितम्बर"], &["अक्टूबर", "अक्तूबर"], &["नवंबर", "नवम्बर"],
        &["दिसंबर", "दिसम्बर"],
    ]),
    ("mr", &[
        &["जानेवारी"], &["फेब्रुवारी"], &["मार्च"], &["एप्रिल"], &["मे"], &["जून"], &["जुलै"], &["ऑगस्ट"],
        &["सप्टेंबर"], &["ऑक्टोबर"], &["नोव्हेंबर"], &["डिसेंबर"],
    ]),
    ("bn", &[
        &["জানুয়ারি", "জানুয়ারী"], &["ফেব্রুয়ারি", "ফেব্রুয়ারী"], &["মার্চ"], &["এপ্রিল"], &["মে"],
        &["জুন"], &["জুলাই"], &["আগস্ট"], &["সেপ্টেম্বর"], &["অক্টোবর"], &["নভেম্বর"], &["ডিসেম্বর"],
    ]),
    ("ta", &[
        &["ஜனவரி"], &["பிப்ரவரி"], &["மார்ச்"], &["ஏப்ரல்"], &["மே"], &["ஜூன்"], &["ஜூலை"], &["ஆகஸ்ட்"],
        &["செப்டம்பர்"], &["அக்டோபர்"], &["நவம்பர்"], &["டிசம்பர்"],
    ]),
    ("te", &[
        &["జనవరి"], &["ఫిబ్రవరి"], &["మార్చి"], &["ఏప్రిల్"], &["మే"], &["జూన్"], &["జులై"], &["ఆగస్టు"],
        &["సెప్టెంబర్"], &["అక్టోబర్"], &["నవంబర్"], &["డిసెంబర్"],
    ]),
];

static BY_NAME: LazyLock<HashMap<&'static str, u8>> = LazyLock::new(|| {
    let tables = LANGUAGES.iter().map(|(_, names)| *names);
    tables.flat_map(spellings).collect()
});

/// Each spelling of a table with the number of its month, 1 to 12.
pub(super) fn spellings(names: &'static MonthNames) -> impl Iterator<Item = (&'static str, u8)> {
    (1..).zip(names).flat_map(|(month, names)| names.iter().map(move |name| (*name, month)))
}

/// The month, 1 to 12, that `name` means in any of the [`LANGUAGES`], in any case.
///
/// ```
/// use morgue_article::date::months::month_in_any_language;
///
/// assert_eq!(month_in_any_language("März"), Some(3));
/// assert_eq!(month_in_any_language("ЯНВАРЯ"), Some(1));
/// assert_eq!(month_in_any_language("bridge"), None);
/// ```
pub fn month_in_any_language(name: &str) -> Option<u8> {
    BY_NAME.get(name.to_lowercase().as_str()).copied()
}

/// The full English name of a month, 1 to 12, in lower case; `None` for any other number.
pub fn english_month(month: u8) -> Option<&'static str> {
    let index = usize::from(month).checked_sub(1)?;
    Some(ENGLISH.get(index)?[0])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_means_one_month_in_all_languages() {
        for (tag, names) in LANGUAGES {
            let mut seen = std::collections::BTreeSet::new();
            for (name, month) in spellings(names) {
                assert_eq!(month_in_any_language(name), Some(month), "{tag} {name}");
                assert_eq!(name.to_lowercase(), name, "{tag}");
                assert!(seen.insert(name), "{tag} lists {name} twice");
            }
        }
    }

    #[test]
    fn english_months() {
        assert_eq!(english_month(0), None);
        assert_eq!(english_month(1), Some("january"));
        assert_eq!(english_month(12), Some("december"));
        assert_eq!(english_month(13), None);
    }
}
