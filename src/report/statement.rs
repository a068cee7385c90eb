//! `statement.md`: the model statement after STRESS-DES (Monks et al. 2019, Journal of Simulation 13), filled in from
//! the stored files of a run.

use super::answer::views_of;
use super::asked::is_asked;
use super::sentence::{number, time};
use super::stored::{Input, Results, Stored};
use super::sweep::TriedRecord;
use std::fmt::Write as _;

/// The statement as Markdown; the same run gives the same bytes.
pub fn statement_md(stored: &Stored) -> String {
    let results = &stored.results;
    let mut text = format!(
        "# Model statement: {}\n\nAfter the guidelines STRESS-DES (Monks et al. 2019), filled in from the run.\n",
        escaped(&results.scenario)
    );
    objectives(results, &mut text);
    logic(results, &mut text);
    data(stored, &mut text);
    experimentation(results, &mut text);
    tried(stored, &mut text);
    implementation(results, &mut text);
    text += "\n## 6. Code access\n\n### 6.1 Model sharing\n\nanswerable is open source, under the MIT or Apache 2.0 \
             licence at the user’s choice. The scenario and every file it reads stand under `inputs/` in the directory of \
             this run; `scenario.toml` beside them is the scenario with all defaults filled in.\n";
    while text.contains("\n\n\n") {
        text = text.replace("\n\n\n", "\n\n");
    }
    text
}

/// A text in which Markdown finds no marks of its own.
fn escaped(text: &str) -> String {
    let mut safe = String::new();
    for c in text.chars() {
        match c {
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '#' | '~' => {
                safe.push('\\');
                safe.push(c);
            }
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '&' => safe.push_str("&amp;"),
            '\n' | '\r' => safe.push(' '),
            c => safe.push(c),
        }
    }
    safe
}

fn heading(text: &mut String, level: usize, title: &str) {
    let _ = write!(text, "\n{} {title}\n\n", "#".repeat(level));
}

fn objectives(results: &Results, text: &mut String) {
    heading(text, 2, "1. Objectives");
    heading(text, 3, "1.1 Purpose of the model");
    let question = if results.question.is_empty() { &results.scenario } else { &results.question };
    let _ = writeln!(text, "{}", escaped(question));
    heading(text, 3, "1.2 Model outputs");
    for (id, definition) in results.definitions.iter().filter(|(id, _)| is_asked(results, id)) {
        let _ = writeln!(text, "- {} (`{id}`): {}", escaped(&definition.title), escaped(&definition.text));
    }
    heading(text, 3, "1.3 Experimentation aims");
    let views = views_of(results);
    let names: Vec<&str> =
        results.options.iter().filter(|o| o.view == views[0]).map(|o| o.name.as_str()).collect();
    let _ = writeln!(
        text,
        "The base is “{}”. {}",
        escaped(names[0]),
        if names.len() > 1 { "Compared with it:" } else { "Nothing is compared with it." }
    );
    if names.len() > 1 {
        text.push('\n');
    }
    for name in &names[1..] {
        let _ = writeln!(text, "- {}", escaped(name));
    }
    if views.len() > 1 {
        let named: Vec<String> = views.iter().flatten().map(|v| format!("“{}”", escaped(v))).collect();
        let _ = writeln!(text, "\nEach under {} views: {}.", views.len(), named.join(", "));
    }
}

/// Parts of the model in words that belong to logic; the others belong to data and experimentation.
fn section<'a>(results: &'a Results, title: &str) -> impl Iterator<Item = &'a String> + use<'a> {
    let found = results.model.sections.iter().find(|s| s.title == title);
    found.map_or(&[][..], |s| s.paragraphs.as_slice()).iter()
}

fn logic(results: &Results, text: &mut String) {
    heading(text, 2, "2. Logic");
    heading(text, 3, "2.1 Base model");
    for s in &results.model.sections {
        if s.title != "Options and chance" {
            let _ = writeln!(text, "**{}.** {}\n", escaped(&s.title), escaped(&s.paragraphs.join(" ")));
        }
    }
    heading(text, 3, "2.2 What the options change");
    for change in &results.changes {
        let view = change.view.as_ref().map_or_else(String::new, |v| format!(" (view “{}”)", escaped(v)));
        let _ = writeln!(text, "- {}{view}:", escaped(&change.option));
        for row in &change.rows {
            let _ = writeln!(
                text,
                "  - {}: {} becomes {}",
                escaped(&row.path),
                escaped(&row.base),
                escaped(&row.option)
            );
        }
    }
    if results.changes.is_empty() {
        text.push_str("There are none.\n");
    }
    heading(text, 3, "2.3 Algorithms");
    text.push_str(
        "Events in continuous time, whole microseconds. At one instant: ends of talk, wrap and activity; shift starts; \
         answering; shift ends, closing, break starts; arrivals; answering; timers. Within a kind, by identity.\n",
    );
    heading(text, 3, "2.4 Components");
    text.push_str(
        "- Entities: cases (one need of one person), each making one or more calls.\n- Activities: talk, wrap, put-off \
         work, breaks and activities away from the telephone.\n- Resources: agents, in teams, on rostered shifts.\n- Queues: \
         one a call type; by priority, then order of arrival.\n- Entry and exit: a first call; resolved, given up, or still open \
         when the follow-up ends.\n",
    );
    heading(text, 3, "2.5 What the model leaves out");
    for sentence in &results.model.left_out {
        let _ = writeln!(text, "- {}", escaped(sentence));
    }
}

fn data(stored: &Stored, text: &mut String) {
    let results = &stored.results;
    heading(text, 2, "3. Data");
    heading(text, 3, "3.1 Data sources");
    inputs(results, "source", text);
    heading(text, 3, "3.2 Pre-processing");
    let files: Vec<String> = stored
        .inputs
        .iter()
        .filter(|(name, _)| name != "scenario.toml")
        .map(|(name, _)| format!("`{name}`"))
        .collect();
    if files.is_empty() {
        text.push_str("None: the scenario reads no other file.\n");
    } else {
        let _ = writeln!(
            text,
            "The scenario reads {}. The weights in a file are scaled to the volume that the scenario states.",
            files.join(", ")
        );
    }
    heading(text, 3, "3.3 Input parameters");
    text.push_str("Given without a source:\n\n");
    inputs(results, "none", text);
    text.push_str("\nAs the format has them unless told otherwise:\n\n");
    inputs(results, "default", text);
    heading(text, 3, "3.4 Assumptions");
    inputs(results, "assumption", text);
}

fn inputs(results: &Results, origin: &str, text: &mut String) {
    let of: Vec<&Input> = results.inputs.iter().filter(|i| i.origin == origin).collect();
    if of.is_empty() {
        text.push_str("None.\n");
    }
    for input in of {
        let said = if input.text.is_empty() { &input.help } else { &input.text };
        let _ = writeln!(text, "- {} = {}: {}", escaped(&input.path), escaped(&input.value), escaped(said));
    }
}

fn experimentation(results: &Results, text: &mut String) {
    let window = &results.horizon;
    heading(text, 2, "4. Experimentation");
    heading(text, 3, "4.1 Initialisation");
    let _ = writeln!(
        text,
        "{}",
        if window.warm_up_days > 0 {
            format!(
                "The centre begins empty, {} days before the measured window, under each option’s own policy; those days are \
                 not counted.",
                window.warm_up_days
            )
        } else {
            "The centre begins empty at the start of the measured window.".to_owned()
        }
    );
    heading(text, 3, "4.2 Run length");
    let _ = writeln!(
        text,
        "{} days from {}, followed by {} days in which cases of the window are followed. {} replications.",
        window.days,
        escaped(&window.start),
        window.follow_up_days,
        number(results.replications as f64, 0)
    );
    for one in &results.precision {
        let _ = writeln!(text, "\n{}", escaped(&one.sentence));
    }
    heading(text, 3, "4.3 Estimation approach");
    for paragraph in section(results, "Options and chance") {
        let _ = writeln!(text, "{}\n", escaped(paragraph));
    }
    text.push_str(
        "Intervals are at 95%, by Student’s t over replications: ratios by the delta method, figures of pooled waits by a \
         jackknife over groups of replications. Options are compared by paired differences under common random numbers; \
         each interval is for its comparison alone.\n",
    );
}

/// Numbers that may be off, and numbers that are swept.
fn tried(stored: &Stored, text: &mut String) {
    let Some(tried) = &stored.tried else { return };
    heading(text, 3, "4.4 What is tried beside the options");
    let replications = number(f64::from(tried.replications), 0);
    let points = match tried.ranges.is_none() && tried.sweeps.is_empty() {
        true => String::new(),
        false => format!("with {replications} replications of every point, "),
    };
    let opening = crate::report::sentence::capitalised(&format!("{points}on the first of the same days"));
    let _ = writeln!(text, "{opening} (`tried.json`):\n");
    for bar in tried.ranges.iter().flat_map(|tornado| &tornado.bars) {
        let [low, high] = [0, 1].map(|end| escaped(&bar.input.texts[end]));
        let (path, option) = (escaped(&bar.input.path), escaped(&bar.option));
        let _ = writeln!(text, "- {path} at {low} and at {high}, in “{option}”, all else as it stands");
    }
    for sweep in &tried.sweeps {
        let input = &sweep.inputs[0];
        let (first, last) = (&input.texts[0], &input.texts[input.texts.len() - 1]);
        let _ = writeln!(
            text,
            "- {} from {} to {}, {} points, in {}",
            escaped(&input.path),
            escaped(first),
            escaped(last),
            input.texts.len(),
            sweep.options.iter().map(|o| format!("“{}”", escaped(o))).collect::<Vec<_>>().join(", ")
        );
    }
    parting(tried, text);
}

/// Views held against each other.
fn parting(tried: &TriedRecord, text: &mut String) {
    for pair in &tried.views {
        let _ = writeln!(
            text,
            "- views “{}” and “{}” against each other, by the run’s own figures: service level, satisfaction, what the \
             scenario says matters or has expectations of, and of several queues the service level of each. Where a verdict \
             differs, with {} replications of every setting: each input in which the views differ switched alone, and on the \
             way between both ({})",
            escaped(&pair.views[0]),
            escaped(&pair.views[1]),
            number(f64::from(pair.replications), 0),
            pair.inputs.iter().map(|input| escaped(&input.path)).collect::<Vec<_>>().join(", ")
        );
    }
}

fn implementation(results: &Results, text: &mut String) {
    heading(text, 2, "5. Implementation");
    heading(text, 3, "5.1 Software");
    let _ = writeln!(text, "answerable {}, written in Rust.", escaped(&results.version));
    heading(text, 3, "5.2 Random sampling");
    let _ = writeln!(
        text,
        "Seed {}. Every random quantity is a function of the seed, the replication, its purpose and the thing it belongs to \
         (xoshiro256++ seeded by a hash of these), never of the order of events. Variates are drawn by inversion, with a \
         mathematical library that gives the same bits on every machine.",
        results.seed
    );
    heading(text, 3, "5.3 Model execution");
    let _ = writeln!(
        text,
        "`answerable run scenario.toml --replications {} --seed {}`. The same file and seed give the same bytes on any \
         number of threads.",
        results.replications, results.seed
    );
    heading(text, 3, "5.4 System specification");
    text.push_str("Results do not depend on the machine, so none is recorded.\n");
    let targets: Vec<String> = results.options[0]
        .queues
        .iter()
        .filter_map(|(name, q)| q.target.map(|t| format!("{} within {}", escaped(name), time(t.within_s))))
        .collect();
    if !targets.is_empty() {
        let _ = writeln!(text, "\nIn time, by queue: {}.", targets.join("; "));
    }
}
