//! End-to-end tests: each makes a folder, writes articles into it, runs the program there and reads what it says.
//! One binary, so that it is linked once; one file a subcommand.

mod harness;

mod bad_input;
mod crash;
mod delete;
mod dictionary;
mod eval;
mod index;
mod json;
mod laws;
mod library;
mod names;
mod queries;
mod random;
mod regression;
mod search;
mod show;
mod stability;
mod stats;
mod verify;
mod walls;
