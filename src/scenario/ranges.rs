//! How far numbers may be off, and numbers nobody knows: `[ranges]`, each tried at both ends, and `[sweeps]`, each run over a
//! range, in every report.

use super::axis::Axis;
use super::code::Code;
use super::fields::Fields;
use super::finding::Findings;
use super::keys::SCENARIO;
use super::meant::Study;
use super::measures;
use super::nearest::nearest;
use super::path::Path;
use super::tree::{Node, Place};
use super::value::{Complaint, wrong_type};
use super::varied::{Chosen, ReadTree, Varied, points};

/// What a report tries beside the options.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Tried {
    /// Numbers that may be off, in the order of the file.
    pub ranges: Vec<Ranged>,
    /// Numbers that are swept.
    pub sweeps: Vec<Swept>,
}

/// A number that may be off, at both ends of its range.
#[derive(Debug, Clone, PartialEq)]
pub struct Ranged {
    /// The scenario at both ends; the option it is tried in is the last one.
    pub varied: Varied,
    /// That option as it stands, by number in the study.
    pub stands: usize,
}

/// A number that is swept.
#[derive(Debug, Clone, PartialEq)]
pub struct Swept {
    /// The scenario at every point.
    pub varied: Varied,
    /// The figures wanted; empty for the usual ones.
    pub measures: Vec<String>,
}

impl Tried {
    /// Whether there is nothing to try.
    pub fn is_empty(&self) -> bool {
        self.ranges.is_empty() && self.sweeps.is_empty()
    }
}

/// Reads both tables of a scenario that means `study`; what is wrong at a point is a fault at its range.
pub(super) fn tried(tree: &mut ReadTree<'_, '_>, study: &Study, out: &mut Findings) -> Tried {
    let top = Fields::of(tree.written, &SCENARIO);
    let mut found = Tried::default();
    for (entry, _) in top.named("ranges") {
        let place = (entry.key.as_str(), entry.key_place);
        let Some(axis) = axis(place, &entry.node, Some(2), out) else { continue };
        // A number that the base lacks is tried in the first option that has it.
        let has = |option: &&str| tree.has(study, option, &axis.0);
        let base = study.options.first().map_or("", |base| base.name.as_str());
        let Some(option) = names(study).into_iter().find(has) else {
            absent(place, &axis.0, tree, out);
            continue;
        };
        let own = [option.to_owned()];
        let chosen = if option == base {
            Chosen { alone: true, ..Chosen::default() }
        } else {
            Chosen { options: &own, ..Chosen::default() }
        };
        let stands = study.options.iter().position(|one| one.name == option).unwrap_or(0);
        if let Some(varied) = points(tree, (vec![axis.0], vec![axis.1]), study, chosen, out) {
            found.ranges.push(Ranged { varied, stands });
        }
    }
    for (entry, fields) in top.named("sweeps") {
        let place = (entry.key.as_str(), entry.key_place);
        let count = fields.whole("points").map(|count| count as usize);
        let Some(node) = fields.node("between") else { continue };
        let Some(axis) = axis(place, node, count, out) else { continue };
        if !names(study).iter().any(|option| tree.has(study, option, &axis.0)) {
            absent(place, &axis.0, tree, out);
            continue;
        }
        let options = texts(&fields, "options");
        for (name, at) in &options {
            if !names(study).contains(&name.as_str()) {
                unknown(name, *at, study, out);
            }
        }
        let wanted = texts(&fields, "measures");
        wanted.iter().for_each(|(name, at)| measures::check(name, *at, &study.options, out));
        let options: Vec<String> = options.into_iter().map(|(name, _)| name).collect();
        let chosen = Chosen { options: &options, ..Chosen::default() };
        if let Some(varied) = points(tree, (vec![axis.0], vec![axis.1]), study, chosen, out) {
            let measures = wanted.into_iter().map(|(name, _)| name).collect();
            found.sweeps.push(Swept { varied, measures });
        }
    }
    found
}

/// The options of the first view.
fn names(study: &Study) -> Vec<&str> {
    let first = study.options.first().and_then(|base| base.view.as_deref());
    let of_view = study.options.iter().filter(|option| option.view.as_deref() == first);
    of_view.map(|option| option.name.as_str()).collect()
}

/// The texts of a list with their places.
fn texts(fields: &Fields<'_>, key: &str) -> Vec<(String, Place)> {
    let all = fields.list(key).iter().filter_map(|node| Some((node.text()?.to_owned(), node.place)));
    all.collect()
}

/// An input between the two values of a list, each with its place.
fn axis(
    (key, place): (&str, Place),
    node: &Node,
    count: Option<usize>,
    out: &mut Findings,
) -> Option<(Axis, Vec<Node>)> {
    let path = Path::parse(key)?;
    let Some([low, high]) = node.list() else {
        if let Err(Complaint { code, message, help }) =
            wrong_type::<()>("range", &super::declaration::Kind::Range, node)
        {
            out.fault(code, node.place, message, help);
        }
        return None;
    };
    match Axis::between(&path, low, high, count) {
        Ok(axis) => {
            let placed = axis.nodes.iter().map(|value| Node { place: node.place, ..value.clone() }).collect();
            Some((axis, placed))
        }
        Err(Complaint { code, message, help }) => {
            let about_path = matches!(code, Code::UnknownKey | Code::NoSuchPath | Code::NotAPath);
            out.fault(code, if about_path { place } else { node.place }, message, help);
            None
        }
    }
}

fn absent((key, place): (&str, Place), axis: &Axis, tree: &ReadTree<'_, '_>, out: &mut Findings) {
    out.fault(Code::NoSuchPath, place, format!("no option has `{key}`"), tree.remedy(axis));
}

fn unknown(name: &str, place: Place, study: &Study, out: &mut Findings) {
    let help = match nearest(name, names(study)) {
        Some(near) => format!("did you mean \"{near}\"?"),
        None => "name an option as it stands in the file".to_owned(),
    };
    out.fault(Code::UnknownOption, place, format!("no option is called \"{name}\""), help);
}
