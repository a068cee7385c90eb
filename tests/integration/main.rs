//! The library and the command, tested from outside.

mod charts;
mod ladder;
mod theory;
mod verify;
