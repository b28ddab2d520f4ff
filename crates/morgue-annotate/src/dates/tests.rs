//! Tables of examples for every form of time expression.

use proptest::prelude::*;

use super::find;
use morgue_article::date::{Date, DateSpan};
use morgue_article::{Article, DateOrigin, Dateline, Published, Zone};

fn article(text: &str, published: &str) -> Article {
    let span = (!published.is_empty()).then(|| published.parse::<DateSpan>().unwrap());
    let published = span.map(|span| Published { span, from: DateOrigin::Metadata });
    let mut article = Article { published, ..Article::default() };
    article.push(Zone::Body, text);
    article
}

/// The mentions as `text=days`, joined by `; `. Mentions without days have `-`.
fn mentions(text: &str, published: &str) -> String {
    let article = article(text, published);
    let shown = find(&article).into_iter().map(|mention| {
        let days = mention.value.map_or("-".to_string(), |days| days.to_string());
        format!("{}={days}", &article.text[mention.range])
    });
    shown.collect::<Vec<_>>().join("; ")
}

fn check(published: &str, table: &[(&str, &str)]) {
    for (text, expected) in table {
        assert_eq!(mentions(text, published), *expected, "{text} (published {published})");
    }
}

/// A Wednesday.
const WEDNESDAY: &str = "2019-05-15";

#[test]
fn absolute_days() {
    check(
        "",
        &[
            ("It opened on January 12, 2019, in the rain.", "January 12, 2019=2019-01-12"),
            ("It opened on 12 Jan. 2019.", "12 Jan. 2019=2019-01-12"),
            ("It opened on 2019-01-12.", "2019-01-12=2019-01-12"),
            ("It opened on Jan 12 2019.", "Jan 12 2019=2019-01-12"),
            ("On the 12th of January, 2019 it opened.", "12th of January, 2019=2019-01-12"),
            ("Filed 26-FEB-1987 15:01", "26-FEB-1987=1987-02-26"),
            ("Filed 13/02/2006 or 02/13/2006", "13/02/2006=2006-02-13; 02/13/2006=2006-02-13"),
            ("Filed 01/02/2006", "01/02/2006=2006"),
            ("It happened on 9/11/2015.", "9/11/2015=2015"),
            ("The Friday, January 4, 2019 edition", "Friday, January 4, 2019=2019-01-04"),
            ("Sat., Jan. 5, 2019", "Sat., Jan. 5, 2019=2019-01-05"),
            ("before the Sept. 11 attacks", "Sept. 11=2001-09-11"),
            ("since 9/11 and D-Day", "9/11=2001-09-11; D-Day=1944-06-06"),
        ],
    );
}

#[test]
fn months_and_years() {
    check(
        "",
        &[
            ("the May 2017 Oval Office meeting", "May 2017=2017-05"),
            ("in January, 2019", "January, 2019=2019-01"),
            ("in the 2016 elections", "2016=2016"),
            ("at the 2017 G20 summit", "2017=2017"),
            ("In 1492 and in 1066, a total of 1492 and of 1984", "1492=1492; 1066=1066; 1984=1984"),
            ("in early 1990 and mid-1996", "early 1990=1990; mid-1996=1996"),
            ("May '98 and the class of '95", "May '98=1998-05; '95=1995"),
            ("in nineteen ninety-six", "nineteen ninety-six=1996"),
            ("fiscal 2018, fiscal year 2017 and FY 2016", "fiscal 2018=2018; fiscal year 2017=2017; FY 2016=2016"),
            ("by 2050", "2050=2050"),
        ],
    );
}

#[test]
fn ranges() {
    check(
        "",
        &[
            ("from 2014 to 2016", "2014 to 2016=2014-01-01..2016-12-31"),
            ("between 2014 and 2016", "2014 and 2016=2014-01-01..2016-12-31"),
            ("in 2014 and 2016", "2014=2014; 2016=2016"),
            (
                "the 2014-16 drought, the 1914\u{2013}1918 war",
                "2014-16=2014-01-01..2016-12-31; 1914\u{2013}1918=1914-01-01..1918-12-31",
            ),
            ("the 2014/15 season", "2014/15=2014-01-01..2015-12-31"),
            ("March 3-5, 2019", "March 3-5, 2019=2019-03-03..2019-03-05"),
            (
                "3-5 March 2019 and 3 to 5 April 2018",
                "3-5 March 2019=2019-03-03..2019-03-05; 3 to 5 April 2018=2018-04-03..2018-04-05",
            ),
            ("March 30 to April 2, 2019", "March 30 to April 2, 2019=2019-03-30..2019-04-02"),
            ("Dec. 30, 2018 - Jan. 2, 2019", "Dec. 30, 2018 - Jan. 2, 2019=2018-12-30..2019-01-02"),
            ("May-July 2018", "May-July 2018=2018-05-01..2018-07-31"),
            ("November to January 2019", "November to January 2019=2018-11-01..2019-01-31"),
            ("2016 to 2014", "2016=2016; 2014=2014"),
        ],
    );
    check(
        WEDNESDAY,
        &[
            ("between May and July", "May and July=2019-05-01..2019-07-31"),
            ("from March 3 to 5", "March 3 to 5=2019-03-03..2019-03-05"),
            ("March 3-5", "March 3-5=2019-03-03..2019-03-05"),
            ("from Monday to Friday", "Monday=2019-05-13; Friday=2019-05-10"),
        ],
    );
}

#[test]
fn days_and_months_without_year() {
    check(
        WEDNESDAY,
        &[
            ("on Sept. 30", "Sept. 30=2019-09-30"),
            ("on December 30", "December 30=2018-12-30"),
            ("March eighth", "March eighth=2019-03-08"),
            ("in December and in August", "December=2018-12; August=2019-08"),
            ("In March the council met.", "March=2019-03"),
            (
                "It met on 26 December. It met in May. It met in Dec. It met.",
                "26 December=2018-12-26; May=2019-05; Dec.=2018-12",
            ),
            ("the year ended Sept. 30", "Sept. 30=2018-09-30"),
            ("June last year and January this year", "June last year=2018-06; January this year=2019-01"),
            ("last May, this May, next May", "last May=2018-05; this May=2019-05; next May=2020-05"),
            ("June 5 last year", "June 5 last year=2018-06-05"),
        ],
    );
}

#[test]
fn weekdays() {
    check(
        WEDNESDAY,
        &[
            ("reported Friday.", "Friday=2019-05-10"),
            ("reported Wednesday.", "Wednesday=2019-05-15"),
            ("on Thursday night", "Thursday night=2019-05-09"),
            ("last Wednesday and last Monday", "last Wednesday=2019-05-08; last Monday=2019-05-13"),
            (
                "this Friday, next Friday, next Wednesday",
                "this Friday=2019-05-17; next Friday=2019-05-17; next Wednesday=2019-05-22",
            ),
            ("this past Sunday, this coming Sunday", "this past Sunday=2019-05-12; this coming Sunday=2019-05-19"),
            (
                "Monday next week and Tuesday of last week",
                "Monday next week=2019-05-20; Tuesday of last week=2019-05-07",
            ),
            ("this coming Sunday, March eighth", "this coming Sunday, March eighth=2019-03-08"),
            ("Saturday, April 25", "Saturday, April 25=2019-04-25"),
            ("every Friday, on Fridays, never on a Friday", ""),
            ("he sat in the sun", ""),
        ],
    );
}

#[test]
fn weekdays_to_come() {
    check(
        WEDNESDAY,
        &[
            ("The board will vote Friday.", "Friday=2019-05-17"),
            ("The board voted Friday.", "Friday=2019-05-10"),
            ("It said Monday that it will sell the mill.", "Monday=2019-05-13"),
            ("It will sell the mill, it said Monday.", "Monday=2019-05-13"),
            ("The bridge is due to reopen on Saturday.", "Saturday=2019-05-18"),
            ("He is expected to be released Tuesday.", "Tuesday=2019-05-21"),
            ("A hearing is scheduled for Thursday.", "Thursday=2019-05-16"),
            ("On Sunday, voters will choose a mayor.", "Sunday=2019-05-19"),
            ("The fair opens Friday night.", "Friday night=2019-05-17"),
            ("Talks begin ahead of Sunday\u{2019}s vote.", "Sunday=2019-05-19"),
            ("The court will sit on Wednesday.", "Wednesday=2019-05-15"),
            ("Foreign Minister to visit Riga Monday", "Monday=2019-05-20"),
            ("They failed to agree Monday.", "Monday=2019-05-13"),
            ("They will not say. Rain fell Sunday.", "Sunday=2019-05-12"),
        ],
    );
}

#[test]
fn two_steps() {
    check(
        WEDNESDAY,
        &[
            ("It broke three weeks ago Friday.", "three weeks ago Friday=2019-04-26"),
            ("It opens a week from Tuesday.", "a week from Tuesday=2019-05-28"),
            ("It opens two weeks from tomorrow.", "two weeks from tomorrow=2019-05-30"),
            ("It snowed the Sunday before last.", "Sunday before last=2019-05-05"),
            (
                "He left the week before last, the month before last.",
                "week before last=2019-04-29..2019-05-05; month before last=2019-03",
            ),
            ("A year ago today it opened.", "A year ago today=2018-05-15"),
            ("five years ago this month", "five years ago this month=2014-05"),
            ("thirty years ago next week", "thirty years ago next week=1989-05-20..1989-05-26"),
            ("two years ago Monday", "two years ago Monday=2017-05-15"),
            ("They meet on Friday week.", "Friday week=2019-05-24"),
            ("two days before Christmas 2017", "two days before Christmas 2017=2017-12-23"),
            ("the day after Easter", "day after Easter=2019-04-22"),
            ("on the Tuesday after Easter 2016", "Tuesday after Easter 2016=2016-03-29"),
            ("closed for two weeks from Saturday", "Saturday=2019-05-11"),
        ],
    );
}

#[test]
fn weekdays_of_a_month_by_number() {
    check(
        WEDNESDAY,
        &[
            ("the last Saturday in March 2018", "last Saturday in March 2018=2018-03-31"),
            ("the third Monday of January", "third Monday of January=2019-01-21"),
            ("the last Friday of every month, the first Monday of the month", ""),
            ("He died last Friday in London.", "last Friday=2019-05-10"),
            ("He died Friday of a fever.", "Friday=2019-05-10"),
        ],
    );
}

#[test]
fn lists_share_a_month_and_a_year() {
    check(
        WEDNESDAY,
        &[
            ("on June 8, 9 and 11, 2017", "June 8=2017-06-08; 9=2017-06-09; 11, 2017=2017-06-11"),
            ("on 8, 9 and 11 June 2017", "8=2017-06-08; 9=2017-06-09; 11 June 2017=2017-06-11"),
            ("in July and August 2013", "July=2013-07; August 2013=2013-08"),
            ("in May, June, and July 2013", "May=2013-05; June=2013-06; July 2013=2013-07"),
            ("on March 3 and June 7, 2014", "March 3=2014-03-03; June 7, 2014=2014-06-07"),
            ("on 3 March and 7 June 2014", "3 March=2014-03-03; 7 June 2014=2014-06-07"),
            ("October or November last year", "October=2018-10; November last year=2018-11"),
            ("April 2 and 3 at the hall", "April 2=2019-04-02; 3=2019-04-03"),
            ("On April 2, 10 people and 3 dogs were found.", "April 2=2019-04-02"),
            ("On April 2 and 3 were hurt.", "April 2=2019-04-02"),
        ],
    );
}

#[test]
fn days_weeks_months_years_from_now() {
    check(
        WEDNESDAY,
        &[
            (
                "yesterday, today, tonight and tomorrow",
                "yesterday=2019-05-14; today=2019-05-15; tonight=2019-05-15; tomorrow=2019-05-16",
            ),
            (
                "the day before yesterday, the day after tomorrow",
                "day before yesterday=2019-05-13; day after tomorrow=2019-05-17",
            ),
            (
                "last night, this morning, tomorrow evening",
                "last night=2019-05-14; this morning=2019-05-15; tomorrow evening=2019-05-16",
            ),
            (
                "last week, this week, next week",
                "last week=2019-05-06..2019-05-12; this week=2019-05-13..2019-05-19; next week=2019-05-20..2019-05-26",
            ),
            ("last month, this month, next month", "last month=2019-04; this month=2019-05; next month=2019-06"),
            ("last year, this year, next year", "last year=2018; this year=2019; next year=2020"),
            (
                "late last year, early next week, earlier this month",
                "late last year=2018; early next week=2019-05-20..2019-05-26; earlier this month=2019-05",
            ),
            (
                "over the weekend, last weekend, next weekend, the coming weekend",
                "weekend=2019-05-11..2019-05-12; last weekend=2019-05-11..2019-05-12; next weekend=2019-05-25..2019-05-26; coming weekend=2019-05-18..2019-05-19",
            ),
            ("last decade, this century", "last decade=2000-01-01..2009-12-31; this century=2001-01-01..2100-12-31"),
            ("the past week", "past week=2019-05-08..2019-05-15"),
            ("by the end of the year, later in the month", "end of the year=2019; later in the month=2019-05"),
            ("by year-end", "year-end=2018-12-31"),
            ("the last week of August, the last day, the last three years", "August=2019-08"),
        ],
    );
}

#[test]
fn counted_units() {
    check(
        WEDNESDAY,
        &[
            ("two days ago, 10 days ago", "two days ago=2019-05-13; 10 days ago=2019-05-05"),
            ("a week ago, six weeks ago", "a week ago=2019-05-06..2019-05-12; six weeks ago=2019-04-01..2019-04-07"),
            ("five months ago", "five months ago=2018-12"),
            ("a year ago, twenty-five years ago", "a year ago=2018; twenty-five years ago=1994"),
            ("two decades ago", "two decades ago=1990-01-01..1999-12-31"),
            ("three weeks from now", "three weeks from now=2019-06-03..2019-06-09"),
            (
                "several years ago, a few weeks ago, a couple of years ago",
                "several years ago=-; a few weeks ago=-; a couple of years ago=-",
            ),
            ("two and a half years ago, a year and a half ago", "two and a half years ago=-; a year and a half ago=-"),
            ("two hours ago, three years, two-year-old", ""),
            ("In 2010 he left. Two years later he returned.", "2010=2010; Two years later=2012"),
            (
                "On May 3, 2010 it sank. Three days later it was found.",
                "May 3, 2010=2010-05-03; Three days later=2010-05-06",
            ),
            ("Two years later he returned.", "Two years later=-"),
            (
                "Profit rose in the third quarter of 2018 from a year earlier.",
                "third quarter of 2018=2018-07-01..2018-09-30; a year earlier=2017-07-01..2017-09-30",
            ),
            ("9000 years ago", "9000 years ago=-"),
        ],
    );
}

#[test]
fn quarters_seasons_decades_centuries() {
    check(
        "",
        &[
            (
                "the third quarter of 2018, Q3 2018, 3Q 2018",
                "third quarter of 2018=2018-07-01..2018-09-30; Q3 2018=2018-07-01..2018-09-30; 3Q 2018=2018-07-01..2018-09-30",
            ),
            (
                "first half of 2018, H2 2018",
                "first half of 2018=2018-01-01..2018-06-30; H2 2018=2018-07-01..2018-12-31",
            ),
            ("the 1988 third quarter", "1988 third quarter=1988-07-01..1988-09-30"),
            (
                "in the summer of 2017, spring 2018, the winter of 1994-95",
                "summer of 2017=2017-06-01..2017-08-31; spring 2018=2018-03-01..2018-05-31; winter of 1994-95=1994-12-01..1995-02-28",
            ),
            (
                "the 1990s, the early 1990s, the mid-1980s",
                "1990s=1990-01-01..1999-12-31; early 1990s=1990-01-01..1999-12-31; mid-1980s=1980-01-01..1989-12-31",
            ),
            ("the 1990's", "1990's=1990-01-01..1999-12-31"),
            (
                "the 20th century, the nineteenth century, 18th-century art",
                "20th century=1901-01-01..2000-12-31; nineteenth century=1801-01-01..1900-12-31; 18th-century=1701-01-01..1800-12-31",
            ),
            ("the 5th century BC, 44 BC", ""),
            ("the '80s", "'80s=-"),
        ],
    );
    check(
        WEDNESDAY,
        &[
            ("third-quarter profit", "third-quarter=2019-07-01..2019-09-30"),
            (
                "the first quarter, last quarter",
                "first quarter=2019-01-01..2019-03-31; last quarter=2019-01-01..2019-03-31",
            ),
            ("this year's third quarter", "this year's third quarter=2019-07-01..2019-09-30"),
            ("the fourth quarter of last year", "fourth quarter of last year=2018-10-01..2018-12-31"),
            ("the last quarter of 2018", "last quarter of 2018=2018-10-01..2018-12-31"),
            (
                "the '80s, the nineties, the late '60s",
                "'80s=1980-01-01..1989-12-31; nineties=1990-01-01..1999-12-31; late '60s=1960-01-01..1969-12-31",
            ),
            (
                "last summer, this spring, next winter",
                "last summer=2018-06-01..2018-08-31; this spring=2019-03-01..2019-05-31; next winter=2019-12-01..2020-02-29",
            ),
            ("in the fall, over the summer", "fall=-; summer=2019-06-01..2019-08-31"),
            ("a touchdown in the third quarter", ""),
            ("this quarter-final, summer interns, until spring", ""),
            ("his early 60s, temperatures in the 90s, the fall of the city, spring water", ""),
        ],
    );
}

#[test]
fn holidays() {
    check(
        WEDNESDAY,
        &[
            ("on Christmas Eve, at Christmas 2017", "Christmas Eve=2018-12-24; Christmas 2017=2017-12-25"),
            ("last Thanksgiving, next Easter", "last Thanksgiving=2018-11-22; next Easter=2020-04-12"),
            ("on Good Friday and Black Friday", "Good Friday=2019-04-19; Black Friday=2018-11-23"),
            ("Easter of 2016", "Easter of 2016=2016-03-27"),
            (
                "New Year\u{2019}s Eve, Valentine's Day, the Fourth of July",
                "New Year\u{2019}s Eve=2018-12-31; Valentine's Day=2019-02-14; Fourth of July=2019-07-04",
            ),
            ("May Day", "May Day=2019-05-01"),
        ],
    );
    check("", &[("at Christmas", "Christmas=-"), ("Christmas 2017", "Christmas 2017=2017-12-25")]);
}

#[test]
fn times_without_definite_days() {
    check(
        WEDNESDAY,
        &[
            ("He is now in Riga, and recently married.", "now=-; recently=-"),
            ("the next day, that year", "next day=-; that year=-"),
            ("In 2015 he won. The following year he lost.", "2015=2015; following year=2016"),
        ],
    );
}

#[test]
fn without_a_day_of_publication() {
    let table = "Friday, yesterday, last year, Sept. 30, in July, two years ago";
    assert_eq!(mentions(table, ""), "Friday=-; yesterday=-; last year=-; Sept. 30=-; July=-; two years ago=-");
    let text = "yesterday, last month, last year, two years ago, in May, on May 3";
    assert_eq!(
        mentions(text, "2019-05"),
        "yesterday=-; last month=2019-04; last year=2018; two years ago=2017; May=2019-05; May 3=2019-05-03"
    );
    assert_eq!(mentions(text, "2019"), "yesterday=-; last month=-; last year=2018; two years ago=2017; May=-; May 3=-");
}

#[test]
fn names_and_numbers_are_not_dates() {
    check(
        WEDNESDAY,
        &[
            ("at 1917 Avenue, 2019 Main St and 1600 Pennsylvania Avenue", ""),
            ("the 49ers beat them", ""),
            ("it cost $2019, \u{20ac}2019 or 2019 euros", ""),
            ("2000 people, 1,999 homes, 2019.5 points, 1850%", ""),
            ("May said she may march on", ""),
            ("Theresa May met May's cabinet", ""),
            ("the March on Washington", ""),
            ("Friday Night Lights, USA Today, Christianity Today, Radio 4's Today programme", ""),
            ("on \"This Week\" with him, at Mar-a-Lago", ""),
            ("for the fall in prices", ""),
            ("April Jones, June Carter and August Wilson", ""),
            ("Resolution 1973, Flight 1549, No. 1984", ""),
            ("at 1830 GMT", ""),
            ("#May2017 @Friday example.com/2019/01/12/may", ""),
            ("call 555-2019", ""),
            ("the New Year, the sun, a spring, marching", ""),
        ],
    );
}

#[test]
fn titles_captions_and_credits() {
    let mut article = article("It was reported in May 2017.", "");
    article.parts.clear();
    article.text.clear();
    article.push(Zone::Title, "The 2016 elections");
    article.push(Zone::Body, "Told in 2015.");
    article.push(Zone::Caption, "A meeting in May 2017");
    article.push(Zone::Credit, "Photo 2014 / Agency 2013");
    let found: Vec<&str> = find(&article).iter().map(|mention| &article.text[mention.range.clone()]).collect();
    assert_eq!(found, ["2016", "2015", "May 2017"]);
}

#[test]
fn the_day_of_the_dateline_replaces_a_missing_day_of_publication() {
    let mut article = article("He said on Friday.", "");
    article.dateline = Some(Dateline { day: "2019-05-15".parse().ok(), ..Dateline::default() });
    assert_eq!(find(&article)[0].value.unwrap().to_string(), "2019-05-10");
}

proptest! {
    #[test]
    fn mentions_are_sorted_and_disjoint_in_any_text(
        text in prop_oneof![
            "\\PC{0,80}",
            "((January|May|Sept\\.|Friday|last|this|next|the|of|a|two|years?|ago|earlier|quarter|third|[0-9]{1,4}|1990s|'98|Q3|to|and|between|Easter|day|after|half|é|—)[ ,'-]{0,2}){0,12}",
        ],
        day in prop_oneof![Just(Date::MIN.days()), Just(Date::MAX.days()), Date::MIN.days()..=Date::MAX.days()],
        length in 0..400i32,
    ) {
        let day = Date::from_days(day).unwrap();
        let span = DateSpan::new(day, day.add_days(length)).unwrap();
        let article = article(&text, &span.to_string());
        let mut end = 0;
        for mention in find(&article) {
            prop_assert!(mention.range.start >= end && mention.range.start < mention.range.end);
            prop_assert!(article.text.get(mention.range.clone()).is_some());
            end = mention.range.end;
        }
        prop_assert!(end <= text.len());
    }
}
