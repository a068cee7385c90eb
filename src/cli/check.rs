//! `answerable check`: every fault at once, then the assumptions a scenario rests on.

use super::exit::{DONE, Exit, Failure, print, tell};
use super::input;
use crate::report::rota_text;
use crate::scenario::OptionDiff;
use comfy_table::{ContentArrangement, Table};
use std::path::PathBuf;

/// Arguments of `check`.
#[derive(Debug, clap::Args)]
pub(super) struct Check {
    /// The scenario file
    file: PathBuf,
    /// Print who works when, and the paid hours of every agent and week
    #[arg(long)]
    rota: bool,
}

impl Check {
    pub(super) fn run(self) -> Result<Exit, Failure> {
        let input = input::scenario(&self.file)?;
        let study = &input.reading.study;
        if !input.reading.warnings.is_empty() {
            tell(&input::rendered(&input.reading.warnings));
        }
        let mut text = format!(
            "{}: no fault; {}, {}.\n",
            self.file.display(),
            counted(study.options.len(), "option"),
            counted(study.replications as usize, "replication")
        );
        let sourced = study.provenance.iter().filter(|p| !p.assumed).count();
        if sourced > 0 {
            let are = if sourced == 1 { "is" } else { "are" };
            text += &format!("{} {are} given.\n", counted(sourced, "source"));
        }
        text += &differences(&input.reading.study.record.changes);
        let assumed: Vec<_> = study.provenance.iter().filter(|p| p.assumed).collect();
        if !assumed.is_empty() {
            text += "\nIt assumes:\n";
            for p in assumed {
                text += &format!("  {}: {}\n", p.path, p.text);
            }
        }
        if !study.unsourced.is_empty() {
            text += "\nNeither source nor assumption is given for:\n";
            for path in &study.unsourced {
                text += &format!("  {path}\n");
            }
            text += "Say where each comes from under [sources], or why it is assumed under [assumptions].\n";
        }
        if self.rota {
            text += &format!("\n{}", rota_text(study));
        }
        print(&text)?;
        Ok(DONE)
    }
}

/// "1 option", "2 options".
fn counted(number: usize, noun: &str) -> String {
    format!("{number} {noun}{}", if number == 1 { "" } else { "s" })
}

/// Longer values are cut in the table: the file has them whole.
const LONGEST: usize = 40;

/// What every option and view changes: path, value in the base, value in the option.
fn differences(diffs: &[OptionDiff]) -> String {
    let mut text = String::new();
    for diff in diffs {
        text += &format!(
            "\n{}{}\n",
            diff.option,
            diff.view.as_ref().map_or(String::new(), |v| format!(" ({v})"))
        );
        if diff.rows.is_empty() {
            text += "  changes nothing\n";
            continue;
        }
        let mut table = Table::new();
        table.load_style(comfy_table::presets::NOTHING).set_content_arrangement(ContentArrangement::Disabled);
        table.set_header(["path", "base", "option"]);
        for (path, base, option) in &diff.rows {
            table.add_row([path.clone(), cut(base), cut(option)]);
        }
        table.column_iter_mut().for_each(|column| {
            column.set_padding((1, 1));
        });
        for line in table.trim_fmt().lines() {
            text += &format!(" {}\n", line.trim_end());
        }
    }
    text
}

fn cut(value: &str) -> String {
    match value.char_indices().nth(LONGEST) {
        Some((at, _)) => format!("{}…", &value[..at]),
        None => value.to_owned(),
    }
}
