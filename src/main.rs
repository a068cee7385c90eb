//! The command: hands its arguments to the library and reports the exit code.
#![forbid(unsafe_code)]

fn main() -> std::process::ExitCode {
    answerable::cli::main()
}
