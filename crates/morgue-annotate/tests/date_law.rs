//! A law of the grammar of dates: an expression that is written from a known day means that day again.

use morgue_annotate::dates;
use morgue_article::date::{Date, DateSpan};
use morgue_article::{Article, DateOrigin, Published, Zone};

const WEEKDAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const NUMBERS: [&str; 11] = ["a", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven"];
const ORDINALS: [&str; 4] = ["first", "second", "third", "fourth"];

/// A linear congruential generator (Knuth, MMIX). The test has the same expressions in each run.
struct Random(u64);

impl Random {
    /// A number below `end`.
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % end
    }
}

fn weekday_of(day: Date) -> i32 {
    day.weekday() as i32
}

/// The first day with this weekday from `day` on.
fn on_or_after(day: Date, weekday: usize) -> Date {
    day.add_days((weekday as i32 - weekday_of(day)).rem_euclid(7))
}

/// The last day with this weekday before `day`.
fn before(day: Date, weekday: usize) -> Date {
    day.add_days((weekday as i32 - weekday_of(day)).rem_euclid(7) - 7)
}

fn month_of(day: Date) -> DateSpan {
    DateSpan::month(day.year(), day.month()).unwrap()
}

/// A random expression in a sentence, and the days that it means for an article that is published on `day`.
fn expression(random: &mut Random, day: Date) -> (String, Vec<DateSpan>) {
    let weekday = random.below(7);
    let name = WEEKDAYS[weekday];
    let (number, count) = (random.below(11), 1);
    let (number, count) = (NUMBERS[number], number as i32 + count);
    let plural = if count == 1 { "" } else { "s" };
    let one = |day: Date| vec![DateSpan::day(day)];
    let (year, month) = (1900 + random.below(150) as i16, 1 + random.below(12) as u8);
    let month_name = MONTHS[usize::from(month) - 1];
    match random.below(12) {
        0 => {
            let near = day.add_days(-7 * count);
            let ahead = (weekday as i32 - weekday_of(near)).rem_euclid(7);
            let days = if ahead > 3 { ahead - 7 } else { ahead };
            (format!("It broke {number} week{plural} ago {name}."), one(near.add_days(days)))
        }
        1 => {
            (format!("It opens {number} week{plural} from {name}."), one(on_or_after(day, weekday).add_days(7 * count)))
        }
        2 => {
            let (word, shift) = [("yesterday", -1), ("today", 0), ("tomorrow", 1)][random.below(3)];
            let days = one(day.add_days(shift).add_months(-12 * count));
            (format!("It fell {number} year{plural} ago {word}."), days)
        }
        3 => {
            let (word, shift) = [("last", -1), ("this", 0), ("next", 1)][random.below(3)];
            let span = month_of(day.first_of_month().add_months(shift - 12 * count));
            (format!("It fell {number} year{plural} ago {word} month."), vec![span])
        }
        4 => (format!("It fell the {name} before last."), one(before(day, weekday).add_days(-7))),
        5 => (format!("They meet on {name} week."), one(on_or_after(day, weekday).add_days(7))),
        6 => {
            let monday = day.add_days(-weekday_of(day) - 14);
            let week = DateSpan::new(monday, monday.add_days(6)).unwrap();
            ("He left the week before last.".to_string(), vec![week])
        }
        7 => {
            let nth = random.below(4);
            let found = on_or_after(Date::new(year, month, 1).unwrap(), weekday).add_days(7 * nth as i32);
            (format!("On the {} {name} of {month_name} {year} it rained.", ORDINALS[nth]), one(found))
        }
        8 => {
            let last = Date::new(year, month, 1).unwrap().last_of_month();
            let found = before(last.add_days(1), weekday);
            (format!("On the last {name} in {month_name} {year} it rained."), one(found))
        }
        9 => {
            let first = 1 + random.below(26) as u8;
            let days = [first, first + 1, first + 2].map(|day| DateSpan::day(Date::new(year, month, day).unwrap()));
            let text = if random.below(2) == 0 {
                format!("It sat on {month_name} {first}, {} and {}, {year}.", first + 1, first + 2)
            } else {
                format!("It sat on {first}, {} and {} {month_name} {year}.", first + 1, first + 2)
            };
            (text, days.to_vec())
        }
        10 => {
            let other = 1 + random.below(12) as u8;
            let text = format!("It sat in {month_name} and {} {year}.", MONTHS[usize::from(other) - 1]);
            if other == month {
                return ("It sat.".to_string(), Vec::new());
            }
            (text, vec![DateSpan::month(year, month).unwrap(), DateSpan::month(year, other).unwrap()])
        }
        _ => (format!("The council will meet {name}."), one(on_or_after(day, weekday))),
    }
}

#[test]
fn an_expression_means_the_day_that_it_was_written_from() {
    let mut random = Random(12);
    let (first, last) = (Date::new(1950, 1, 1).unwrap().days(), Date::new(2049, 12, 31).unwrap().days());
    for _ in 0..200_000 {
        let day = Date::from_days(first + random.below((last - first) as usize) as i32).unwrap();
        let (text, expected) = expression(&mut random, day);
        let published = Published { span: DateSpan::day(day), from: DateOrigin::Metadata };
        let mut article = Article { published: Some(published), ..Article::default() };
        article.push(Zone::Body, &text);
        let found: Vec<Option<DateSpan>> = dates::find(&article).into_iter().map(|mention| mention.value).collect();
        let expected: Vec<Option<DateSpan>> = expected.into_iter().map(Some).collect();
        assert_eq!(found, expected, "{text} (published {day})");
    }
}
