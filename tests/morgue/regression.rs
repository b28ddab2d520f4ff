//! Faults that were found by hand once. Each test is named after what went wrong.

use crate::harness::Desk;

#[test]
fn a_name_of_a_file_cannot_write_to_the_terminal() {
    let desk = Desk::new();
    desk.write("news/\u{1b}[31mred.txt", "Ferry sinks off Saltby\n\nThe ferry sank at noon. All were saved.\n");
    desk.write("news/\u{1b}[32mgreen.txt", "alpha\nbeta\n");
    let ran = desk.run(&["index", "news", "--verbose"]).code(0);
    ran.check(!ran.stderr.contains('\u{1b}'), "no escape on stderr");
    let ran = desk.run(&["search", "ferry"]).code(0);
    ran.check(!ran.stdout.contains('\u{1b}'), "no escape on stdout");
    let ran = desk.run(&["stats"]).code(0);
    ran.check(!ran.stdout.contains('\u{1b}'), "no escape on stdout");
}
