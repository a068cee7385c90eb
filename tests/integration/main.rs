//! The library and the command, tested from outside.

mod faults;
mod ladder;
