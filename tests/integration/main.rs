//! The library and the command, tested from outside.

mod ladder;
mod theory;
mod twin;
