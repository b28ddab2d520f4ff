//! End-to-end tests: each test makes a folder, writes articles into it, runs the program there and checks what it prints.
//! There is one test binary, so that it is linked once, and one file for each subcommand or topic.

#![allow(unreachable_pub)] // a test binary has no API: `pub` marks what other modules of the tests use

mod harness;

mod architecture;
mod articles;
mod bad_input;
mod crash;
mod delete;
mod dictionary;
mod eval;
mod export;
mod index;
mod json;
mod laws;
mod library;
mod names;
mod queries;
mod random;
mod readme;
mod regression;
mod search;
mod show;
mod stability;
mod stats;
mod user_fields;
mod verify;
mod wording;
mod writer;
