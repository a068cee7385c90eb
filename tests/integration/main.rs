//! The library and the command, tested from outside.

mod charts;
mod command;
mod faults;
mod ladder;
mod readme;
mod report;
mod reproducible;
mod theory;
mod twin;
mod verify;
