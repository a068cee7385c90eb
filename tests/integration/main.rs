//! The library and the command, tested from outside.

mod charts;
mod command;
mod demand;
mod faults;
mod ladder;
mod page;
mod readme;
mod report;
mod reproducible;
mod rotas;
mod theory;
mod twin;
mod verify;
