//! An explanation as text for the terminal.

use super::{Origin, explain, left_out, origin_words};
use crate::report::sentence::count;
use crate::report::terminal::fold::{broken, clean, folded};
use crate::scenario::{Axis, Stated, Study, Tried};

/// Headings by origin, in the order in which a reader should doubt them.
const HEADINGS: [(Origin, &str); 4] = [
    (Origin::Assumption, "Assumed"),
    (Origin::None, "Given without a source"),
    (Origin::Source, "Taken from a source"),
    (Origin::Default, "As the format has it unless told otherwise"),
];

/// The model of a scenario in plain words, each value with its origin, and what is left out.
pub fn explanation_text(study: &Study) -> String {
    let mut text = String::new();
    for line in [&study.name, &study.question] {
        if !line.is_empty() {
            text += &format!("{}\n", folded(&clean(line)));
        }
    }
    for section in explain(study) {
        text += &format!("\n{}\n", section.title.to_uppercase());
        for paragraph in section.paragraphs {
            text += &format!("{}\n", folded(&clean(&paragraph)));
        }
    }
    text += "\nWHERE THE NUMBERS COME FROM\n";
    for (origin, heading) in HEADINGS {
        let values: Vec<&Stated> =
            study.record.values.iter().filter(|v| origin_words(&study.provenance, v).0 == origin).collect();
        if values.is_empty() {
            continue;
        }
        text += &format!("\n{heading}:\n");
        for value in values {
            let (_, words) = origin_words(&study.provenance, value);
            text += &format!("  {} = {}\n", clean(&value.path), clean(&value.value));
            if !words.is_empty() {
                text += &folded_within(words);
            }
        }
    }
    text += "\nWHAT THE MODEL LEAVES OUT\n";
    for sentence in left_out(study) {
        text += &format!("{}\n", folded(&clean(&sentence)));
    }
    let options = study.options.iter().filter(|o| o.view == study.options[0].view).count();
    if options > 1 {
        text += &format!(
            "\nThis explains the base. What the {} other options change stands in the report of a run.\n",
            count(options - 1)
        );
    }
    text
}

/// What the report tries beside the options: numbers that may be off, and numbers that are swept; empty where nothing is.
pub fn tried_text(tried: &Tried) -> String {
    let mut text = String::new();
    let ends = |axis: &Axis| {
        (axis.texts.first().cloned().unwrap_or_default(), axis.texts.last().cloned().unwrap_or_default())
    };
    if !tried.ranges.is_empty() {
        text += "\nHOW FAR NUMBERS MAY BE OFF\n";
        text += &format!(
            "{}\n",
            folded("The report tries each at both ends, one at a time, all else as it stands.")
        );
        for axis in tried.ranges.iter().flat_map(|range| &range.varied.axes) {
            let (low, high) = ends(axis);
            text += &format!("  {} from {low} to {high}\n", clean(&axis.path));
        }
    }
    if !tried.sweeps.is_empty() {
        text += "\nNUMBERS NOBODY KNOWS\n";
        text += &format!(
            "{}\n",
            folded("The report runs each over its range, and says from where on the answer is another.")
        );
        for swept in &tried.sweeps {
            for axis in &swept.varied.axes {
                let (low, high) = ends(axis);
                text +=
                    &format!("  {} from {low} to {high}, {} points\n", clean(&axis.path), axis.texts.len());
            }
            let options: Vec<&str> = swept.varied.options.iter().map(|option| option.name.as_str()).collect();
            text += &folded_within(&format!("in {}", options.join("; ")));
        }
    }
    text
}

/// A remark below its value, set in.
fn folded_within(words: &str) -> String {
    broken(&clean(words), 74, "").iter().map(|line| format!("      {line}\n")).collect()
}
