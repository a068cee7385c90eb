//! An explanation as text for the terminal.

use super::{Origin, explain, left_out, origin_words};
use crate::report::sentence::count;
use crate::report::terminal::fold::{broken, clean, folded};
use crate::scenario::{Stated, Study};

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

/// A remark below its value, set in.
fn folded_within(words: &str) -> String {
    broken(&clean(words), 74, "").iter().map(|line| format!("      {line}\n")).collect()
}
