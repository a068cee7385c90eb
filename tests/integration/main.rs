//! The library and the command, tested from outside.

mod charts;
mod command;
mod faults;
mod ladder;
mod readme;
mod reproducible;
mod rotas;
mod theory;
mod twin;
mod verify;
