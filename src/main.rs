//! The program `morgue`: [`morgue::cli::run`] over the arguments of the process.

use std::process::ExitCode;

/// Articles are built on some threads and freed on others. The C library's allocator keeps memory that is freed in
/// this way, so the program would grow with its input; mimalloc gives the memory back.
#[cfg(feature = "mimalloc")]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    ExitCode::from(morgue::cli::run(std::env::args_os()))
}
