//! The library and the command, tested from outside.

mod accepted;
mod charts;
mod command;
mod conclusions;
mod demand;
mod faults;
mod fuzzed;
mod hostile;
mod ladder;
mod misfortune;
mod page;
mod parts;
mod precision;
mod readme;
mod report;
mod reproducible;
mod rotas;
mod sizes;
mod spreadsheet;
mod sweep;
mod sweep_theory;
mod theory;
mod tried;
mod twin;
mod verify;
mod words;
