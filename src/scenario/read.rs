//! Reading a scenario: from its text to a study, or to all its faults.

use super::change::{self, Change, Changed};
use super::check::check;
use super::code::Code;
use super::defaults::fill;
use super::diff::{self, OptionDiff};
use super::fault::{Fault, Severity};
use super::fields::Fields;
use super::files::{Files, ReadFile};
use super::finding::Findings;
use super::horizon;
use super::keys::{SCENARIO, SHORTEST_INTERVAL};
use super::meant::{Horizon, Setting, Study};
use super::measures;
use super::patch::{self, Adding, Patch};
use super::path::Path;
use super::provenance::{provenance, unsourced};
use super::ranges::{Tried, tried};
use super::setting::{Frame, setting};
use super::stated::{self, Record};
use super::tree::{self, Entry, Node, Place, Value};
use super::varied::ReadTree;
use super::write::document;
use crate::unit::{DAY, Date, HOUR, Micros, duration, parse_date, seconds};

/// A scenario that can be run.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// The scenario as meant.
    pub study: Study,
    /// What is tried besides: numbers that may be off, and numbers that are swept.
    pub tried: Tried,
    /// What its author should know.
    pub warnings: Vec<Fault>,
    /// The files it names, with their texts.
    pub inputs: Vec<(String, String)>,
    /// The scenario with its defaults filled in, as TOML: reading it gives the same study.
    pub resolved: String,
}

/// Reads a scenario. `files` gives the text of a file named in it, relative to the scenario's folder.
///
/// # Errors
/// Every fault and warning, in the order of the file; at least one is a fault.
pub fn read(file_name: &str, text: &str, files: &ReadFile<'_>) -> Result<Reading, Vec<Fault>> {
    read_changed(file_name, text, files, &[])
}

/// Reads a scenario with some of its values changed from outside, in every option and view that has them: what a
/// sweep varies, or a seed given on the command line.
///
/// # Errors
/// As [`read`]; faults in a change are shown in it, under the name it goes by.
pub fn read_changed(
    file_name: &str,
    text: &str,
    files: &ReadFile<'_>,
    changes: &[Change],
) -> Result<Reading, Vec<Fault>> {
    if text.len() > LARGEST_SCENARIO {
        return Err(vec![too_large(file_name, text)]);
    }
    let mut files = Files::new(file_name, text, files);
    files.sources.extend(changes.iter().map(|change| (change.origin.clone(), change.to_string())));
    let mut out = Findings::default();
    let written = tree::parse(text, &mut out).filter(|written| !too_many(written, &mut out));
    let reading = written.map(|written| {
        let changes = change::parse(changes, &mut out);
        read_tree(&written, &changes, &mut files, &mut out)
    });
    let (faults, warnings) = out.faults(&files.sources);
    match reading {
        Some(mut reading) if faults.is_empty() => {
            reading.study.record.warnings =
                warnings.iter().map(|w| format!("{}: {}", w.message, w.help)).collect();
            Ok(Reading { warnings, inputs: files.sources.split_off(1 + changes.len()), ..reading })
        }
        _ => Err(in_order(faults, warnings, &files.sources)),
    }
}

/// Larger scenarios are refused: bulky tables belong in CSV files beside them.
const LARGEST_SCENARIO: usize = 2_000_000;

fn too_large(file_name: &str, text: &str) -> Fault {
    let message = format!("the scenario has {} MB; at most 2 MB are read", text.len() / 1_000_000);
    let help = "put bulky tables in CSV files beside it: rotas in a rota-file, shapes in a shape".to_owned();
    Fault::new(Code::TooMany, Severity::Fault, file_name, text, Place::default(), message, help)
}

/// More options times views than this are refused.
const MOST_OPTIONS: usize = 1000;

/// Whether there are more options, views, queues, teams or shifts than anybody means; that is a fault.
fn too_many(written: &Node, out: &mut Findings) -> bool {
    let count = |section: &str| {
        let node = written.table().and_then(|table| table.get(section));
        node.and_then(Node::table).map_or((0, Place::default()), |table| {
            (table.entries.len(), node.map_or(Place::default(), |n| n.place))
        })
    };
    let ((options, at), (views, _)) = (count("options"), count("views"));
    let mut found = false;
    let mut refuse = |place: Place, message: String| {
        found = true;
        out.fault(Code::TooMany, place, message, "split the scenario into several");
    };
    if (options + 1).saturating_mul(views.max(1)) > MOST_OPTIONS {
        let under = if views > 0 { format!(", under {views} views") } else { String::new() };
        let message =
            format!("{options} options besides the base{under}: at most {MOST_OPTIONS} are run in all");
        refuse(at, message);
    }
    found
}

fn in_order(faults: Vec<Fault>, warnings: Vec<Fault>, sources: &[(String, String)]) -> Vec<Fault> {
    let mut all: Vec<Fault> = faults.into_iter().chain(warnings).collect();
    let number = |fault: &Fault| sources.iter().position(|(name, _)| *name == fault.file);
    all.sort_by_key(|fault| (number(fault), fault.span.start));
    all
}

/// One option under one view: its name, its view and its complete tree.
pub(super) struct Resolved<'a> {
    option: Option<&'a Patch>,
    view: Option<&'a Patch>,
    pub(super) tree: Node,
}

impl Resolved<'_> {
    /// The option's name; none for the base.
    pub(super) fn option_name(&self) -> Option<&str> {
        self.option.map(|patch| patch.name.as_str())
    }

    /// The view's name.
    pub(super) fn view_name(&self) -> Option<&str> {
        self.view.map(|patch| patch.name.as_str())
    }

    /// Tells the findings whose they are.
    fn enter(&self, out: &mut Findings) {
        let name = |patch: Option<&Patch>| patch.map(|p| p.name.clone());
        let label = patch::label(name(self.option).as_deref(), name(self.view).as_deref());
        match self.option.or(self.view) {
            Some(patch) => out.enter(label, patch.extent),
            None => out.leave(),
        }
    }
}

fn read_tree(written: &Node, changes: &[Changed], files: &mut Files<'_>, out: &mut Findings) -> Reading {
    check(written, &SCENARIO, "scenario", "", out);
    let mut base = base_of(written);
    changes.iter().for_each(|change| _ = change.apply(&mut base));
    let top = Fields::of(&base, &SCENARIO);
    let (name, baseline) = (top.text("name"), top.text("baseline"));
    let options = patch::patches(written, "options", &baseline, out);
    let views = patch::patches(written, "views", &baseline, out);
    patch::keep_apart(&options, &views, out);
    let mut resolved = resolve(&base, &options, &views, out);
    for change in changes {
        let found = resolved.iter_mut().map(|one| usize::from(change.apply(&mut one.tree))).sum();
        change.report(found, out);
    }

    let interval = interval(&top.child("horizon"), out);
    let window = window(&top.child("horizon"));
    let mut settings: Vec<Setting> = Vec::new();
    let mut base_of_view = 0;
    for (number, one) in resolved.iter().enumerate() {
        one.enter(out);
        check(&one.tree, &SCENARIO, "scenario", "", out);
        if one.option.is_none() {
            base_of_view = number;
        }
        let frame = Frame {
            name: one.option.map_or(&baseline, |patch| &patch.name),
            view: one.view.map(|patch| patch.name.as_str()),
            window,
            interval,
            base: one.option.map(|_| &settings[base_of_view]),
        };
        let setting = setting(&one.tree, &frame, files, out);
        settings.push(setting);
    }
    out.leave();
    let trees: Vec<&Node> = [written].into_iter().chain(resolved.iter().map(|one| &one.tree)).collect();
    let provenance = provenance(written, &trees, out);
    let horizon = self::horizon(&top.child("horizon"), interval, &settings, out);
    for (one, setting) in resolved.iter().zip(&settings) {
        one.enter(out);
        horizon::hold_against(&one.tree, setting, &horizon, out);
    }
    out.leave();
    let run = top.child("run");
    let study = Study {
        name,
        question: top.text("question"),
        replications: run.whole("replications").unwrap_or(1000) as u32,
        seed: run.whole("seed").unwrap_or(1) as u64,
        horizon,
        currency: top.text("currency"),
        matters: measures::matters(&top, &settings, out),
        expectations: measures::expectations(&top, &settings, out),
        options: settings,
        unsourced: unsourced(written, &provenance),
        provenance,
        record: Record {
            values: stated::values(&base, &horizon),
            changes: diffs(&base, &resolved, &baseline),
            warnings: Vec::new(),
        },
    };
    let tried = match out.any_fault() {
        true => Tried::default(),
        false => {
            let mut tree = ReadTree { written, base: &base, resolved: &resolved, files };
            tried(&mut tree, &study, out)
        }
    };
    let resolved = as_run(&base, written, &study.horizon);
    Reading { study, tried, warnings: Vec::new(), inputs: Vec::new(), resolved }
}

/// The base's own tree, its defaults filled in.
pub(super) fn base_of(written: &Node) -> Node {
    let mut base = written.clone();
    if let Some(table) = base.table_mut() {
        table.remove("options");
        table.remove("views");
    }
    fill(&mut base, &SCENARIO);
    base
}

/// Every option under every view: all options of the first view, then of the next.
pub(super) fn resolve<'a>(
    base: &Node,
    options: &'a [Patch],
    views: &'a [Patch],
    out: &mut Findings,
) -> Vec<Resolved<'a>> {
    let under: Vec<Option<usize>> =
        if views.is_empty() { vec![None] } else { (0..views.len()).map(Some).collect() };
    let mut resolved = Vec::new();
    for view in under {
        let mut absent: Vec<Vec<(Path, Place)>> = Vec::new();
        for option in [None].into_iter().chain((0..options.len()).map(Some)) {
            let mut tree = base.clone();
            let mut missing = Vec::new();
            if let Some(option) = option {
                for patch in patch::chain(options, option) {
                    patch::apply(&mut tree, patch, Adding::New, &mut missing, out);
                }
            }
            if let Some(view) = view {
                for patch in patch::chain(views, view) {
                    patch::apply(&mut tree, patch, Adding::Known, &mut missing, out);
                }
            }
            fill(&mut tree, &SCENARIO);
            absent.push(missing);
            resolved.push(Resolved {
                option: option.map(|o| &options[o]),
                view: view.map(|v| &views[v]),
                tree,
            });
        }
        // A view may speak of what only some options have, not of what none has.
        for (path, place) in &absent[0] {
            if absent.iter().all(|missing| missing.contains(&(path.clone(), *place))) {
                let message = format!("no option has `{path}`");
                out.fault(
                    Code::NoSuchPath,
                    *place,
                    message,
                    "a view changes what is there: let an option add it",
                );
            }
        }
    }
    resolved
}

pub(super) fn interval(f: &Fields<'_>, out: &mut Findings) -> Option<Micros> {
    let interval = f.length("interval")?;
    if interval < SHORTEST_INTERVAL || !DAY.is_multiple_of(interval) {
        let message = format!("intervals of {} do not divide a day into whole parts", duration(interval));
        let help = "use \"15m\", \"30m\" or \"1h\"; the shortest is \"1m\"";
        out.fault(Code::UnevenInterval, f.place_of("interval"), message, help);
        return None;
    }
    Some(interval)
}

/// First day measured, and how many; any Monday and a week where that is faulty.
pub(super) fn window(f: &Fields<'_>) -> (Date, i64) {
    let start =
        f.date("start").or_else(|| parse_date("2000-01-03")).expect("the date is one of the calendar");
    (start, f.whole("weeks").map(|weeks| weeks * 7).or_else(|| f.whole("days")).unwrap_or(7))
}

pub(super) fn horizon(
    f: &Fields<'_>,
    interval: Option<Micros>,
    settings: &[Setting],
    out: &mut Findings,
) -> Horizon {
    let (start, days) = window(f);
    let cover = settings
        .iter()
        .filter(|s| s.response.repeats > 0.0 && s.response.resolved < 1.0 || s.response.loss_dropped > 0.0)
        .map(|s| s.response.repeat_delay.quantile(0.99))
        .fold(0.0, f64::max);
    let weeks = (cover / seconds(7 * DAY)).ceil().clamp(1.0, 52.0) as u32;
    if weeks > 8 && (f.node("warm-up").is_none() || f.node("follow-up").is_none()) {
        let message = format!("repeat delays are so long that {weeks} weeks are simulated before and after");
        out.warn(
            Code::Unlikely,
            f.place,
            message,
            "give `warm-up` and `follow-up`, or a shorter `repeat-delay`",
        );
    }
    Horizon {
        start,
        warm_up_days: f.days("warm-up").unwrap_or(7 * weeks),
        days: days as u32,
        follow_up_days: f.days("follow-up").unwrap_or(7 * weeks),
        interval: interval.unwrap_or(HOUR / 2),
    }
}

fn diffs(base: &Node, resolved: &[Resolved<'_>], baseline: &str) -> Vec<OptionDiff> {
    let mut diffs = Vec::new();
    let mut of_view = base;
    for one in resolved {
        let against = if one.option.is_none() { base } else { of_view };
        if one.option.is_none() {
            of_view = &one.tree;
        }
        if one.option.is_some() || one.view.is_some() {
            diffs.push(OptionDiff {
                option: one.option.map_or(baseline, |patch| &patch.name).to_owned(),
                view: one.view.map(|patch| patch.name.clone()),
                rows: diff::rows(against, &one.tree),
            });
        }
    }
    diffs
}

/// The scenario with its defaults filled in, as TOML.
fn as_run(base: &Node, written: &Node, horizon: &Horizon) -> String {
    let mut tree = base.table().cloned().unwrap_or_default();
    if let Some(table) = tree.get_mut("horizon").and_then(Node::table_mut) {
        for (key, days) in [("warm-up", horizon.warm_up_days), ("follow-up", horizon.follow_up_days)] {
            if table.get(key).is_none() {
                let text = if days == 0 { "none".to_owned() } else { format!("{days}d") };
                let node = Node { value: Value::Text(text), place: Place::default() };
                table.put(Entry { key: key.to_owned(), key_place: Place::default(), node });
            }
        }
    }
    for section in ["options", "views"] {
        if let Some(entry) = written.table().and_then(|t| t.entry(section)) {
            tree.put(entry.clone());
        }
    }
    document(&tree, &SCENARIO)
}
