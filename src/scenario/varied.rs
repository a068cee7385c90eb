//! A scenario with inputs varied: chosen options, resolved anew at every point of one or two ranges.

use super::axis::{Axis, MOST_POINTS, number};
use super::code::Code;
use super::defaults::moved;
use super::fault::Fault;
use super::fields::Fields;
use super::files::{Files, ReadFile};
use super::finding::Findings;
use super::horizon::hold_against;
use super::keys::SCENARIO;
use super::meant::{Setting, Study};
use super::patch;
use super::provenance::remedy;
use super::read::{Resolved, base_of, horizon, interval, resolve, window};
use super::setting::{Frame, setting};
use super::tree::{self, Node, Place};

/// Which options are run at every point.
#[derive(Debug, Clone, Copy, Default)]
pub struct Chosen<'a> {
    /// Options beside the base, by name; empty for the usual ones: those that have an input which the base lacks.
    pub options: &'a [String],
    /// Whether the base is run alone.
    pub alone: bool,
    /// The view, where the scenario has views: the first unless it is named.
    pub view: Option<&'a str>,
}

/// A scenario with inputs varied.
#[derive(Debug, Clone, PartialEq)]
pub struct Varied {
    /// The inputs, one or two.
    pub axes: Vec<Axis>,
    /// The view, where the scenario has views.
    pub view: Option<String>,
    /// The options, the base first.
    pub options: Vec<VariedOption>,
    /// Every different setting that comes of them.
    pub study: Study,
}

/// An option at every point.
#[derive(Debug, Clone, PartialEq)]
pub struct VariedOption {
    /// Its name.
    pub name: String,
    /// What the file gives it for each input; none where it has no such input and stays as it is.
    pub own: Vec<Option<f64>>,
    /// Its setting at every point, by number in the study; of two inputs, all points of the second at the first value of the
    /// first, and so on.
    pub settings: Vec<usize>,
}

impl Varied {
    /// How many points there are.
    pub fn points(&self) -> usize {
        self.axes.iter().map(|axis| axis.values.len()).product()
    }

    /// The value of each input at a point, by its number among the input's values.
    pub fn at(&self, point: usize) -> Vec<usize> {
        places(&self.axes, point)
    }
}

/// The place on every axis of a point, the last axis fastest.
fn places(axes: &[Axis], point: usize) -> Vec<usize> {
    let mut rest = point;
    let mut places: Vec<usize> = axes
        .iter()
        .rev()
        .map(|axis| {
            let place = rest % axis.values.len();
            rest /= axis.values.len();
            place
        })
        .collect();
    places.reverse();
    places
}

/// Reads a sound scenario again at every point. `study` is what it means as it stands; `origin` is what the varied values
/// are called in faults, such as `--vary`.
///
/// # Errors
/// Every fault that a point brings, and inputs that no option has.
pub fn vary(
    (file_name, text): (&str, &str),
    files: &ReadFile<'_>,
    study: &Study,
    (origin, axes): (&str, Vec<Axis>),
    chosen: Chosen<'_>,
) -> Result<Varied, Vec<Fault>> {
    let mut files = Files::new(file_name, text, files);
    let mut out = Findings::default();
    let values = values(&axes, origin, &mut files);
    let varied = tree::parse(text, &mut out).and_then(|written| {
        let base = base_of(&written);
        let options =
            patch::patches(&written, "options", study.options.first().map_or("", |o| &o.name), &mut out);
        let views = patch::patches(&written, "views", "", &mut out);
        let resolved = resolve(&base, &options, &views, &mut out);
        let mut tree = ReadTree { written: &written, base: &base, resolved: &resolved, files: &mut files };
        points(&mut tree, (axes, values), study, chosen, &mut out)
    });
    let (faults, _) = out.faults(&files.sources);
    match varied {
        Some(varied) if faults.is_empty() => Ok(varied),
        _ => Err(faults),
    }
}

/// The values of each axis as they stand in a source of their own: "teams.core.agents = 9".
fn values(axes: &[Axis], origin: &str, files: &mut Files<'_>) -> Vec<Vec<Node>> {
    let mut of = |axis: &Axis| -> Vec<Node> {
        let placed = axis.nodes.iter().zip(&axis.texts).map(|(node, text)| {
            let file = files.sources.len() as u16;
            files.sources.push((origin.to_owned(), format!("{} = {text}", axis.path)));
            let start = axis.path.len() + " = ".len();
            let place = Place::new(file, start..start + text.len());
            moved(node.clone(), place)
        });
        placed.collect()
    };
    axes.iter().map(&mut of).collect()
}

/// Inputs, and the values of each as nodes of some source.
pub(super) type Points = (Vec<Axis>, Vec<Vec<Node>>);

/// A scenario as written and resolved, and the files it names.
pub(super) struct ReadTree<'a, 'f> {
    pub(super) written: &'a Node,
    pub(super) base: &'a Node,
    pub(super) resolved: &'a [Resolved<'a>],
    pub(super) files: &'a mut Files<'f>,
}

impl ReadTree<'_, '_> {
    /// Whether an option of the first view has an input; the base is known by the study's name for it.
    pub(super) fn has(&self, study: &Study, option: &str, axis: &Axis) -> bool {
        let base = study.options.first().map_or("", |base| base.name.as_str());
        let one = self.resolved.iter().find(|one| one.option_name().unwrap_or(base) == option);
        one.is_some_and(|one| one.tree.at(&axis.steps).is_some())
    }

    /// What to write instead of an input that no option has.
    pub(super) fn remedy(&self, axis: &Axis) -> String {
        let trees: Vec<&Node> = self.resolved.iter().map(|one| &one.tree).collect();
        match remedy(&axis.steps, &trees) {
            help if help.starts_with("did you mean") => help,
            _ => {
                "name a key that the file has, or give it there with the value that holds unless it is varied"
                    .into()
            }
        }
    }
}

/// The scenario at every point; none where an input is none of any option, or there are too many points.
pub(super) fn points(
    tree: &mut ReadTree<'_, '_>,
    (axes, values): Points,
    study: &Study,
    chosen: Chosen<'_>,
    out: &mut Findings,
) -> Option<Varied> {
    // What the author should know of a point has been told of the scenario itself.
    let mut found = Findings::default();
    let varied = at_points(tree, (axes, values), study, chosen, &mut found);
    out.take_faults(found);
    varied
}

fn at_points(
    tree: &mut ReadTree<'_, '_>,
    (axes, values): Points,
    study: &Study,
    chosen: Chosen<'_>,
    out: &mut Findings,
) -> Option<Varied> {
    let first = tree.resolved.first().and_then(Resolved::view_name);
    let view = chosen.view.or(first).map(str::to_owned);
    let of_view = tree.resolved.iter().filter(|one| one.view_name() == view.as_deref());
    let mut resolved: Vec<&Resolved<'_>> = of_view.collect();
    if !judge(&axes, &values, tree, &resolved, out) {
        return None;
    }
    let all = resolved.clone();
    choose(&mut resolved, &axes, chosen);
    if !held(&axes, &values, (&all, &resolved), out) {
        return None;
    }
    let (base, files) = (tree.base, &mut *tree.files);
    let name = |one: &Resolved<'_>| one.option_name().unwrap_or(&study.options[0].name).to_owned();
    let own = |one: &Resolved<'_>| axes.iter().map(|axis| one.tree.at(&axis.steps).map(number)).collect();
    let mut found: Vec<VariedOption> = resolved
        .iter()
        .map(|one| VariedOption { name: name(one), own: own(one), settings: Vec::new() })
        .collect();
    let top = Fields::of(base, &SCENARIO);
    let (interval, window) = (interval(&top.child("horizon"), out), window(&top.child("horizon")));
    let mut settings: Vec<Setting> = Vec::new();
    let mut trees: Vec<(String, Node)> = Vec::new();
    for point in 0..axes.iter().map(|axis| axis.values.len()).product() {
        let places = places(&axes, point);
        let mut of_base = 0;
        for (one, varied) in resolved.iter().zip(&mut found) {
            let mut tree = one.tree.clone();
            let mut label = Vec::new();
            for ((axis, values), place) in axes.iter().zip(&values).zip(&places) {
                if let Some(node) = tree.at_mut(&axis.steps) {
                    *node = values[*place].clone();
                    label.push(format!("{} = {}", axis.path, axis.texts[*place]));
                }
            }
            let label = format!("{} with {}", varied.name, label.join(", "));
            // Wherever a fault shows, the point belongs to it. Form and range have been judged: the tree's own when the
            // scenario was read, the values' with the input.
            out.enter(label.clone(), NOWHERE);
            let frame = Frame {
                name: &varied.name,
                view: view.as_deref(),
                window,
                interval,
                base: one.option_name().and(settings.get(of_base)),
            };
            let setting = setting(&tree, &frame, files, out);
            let number = varied.settings.iter().find(|i| settings[**i] == setting).copied();
            let number = number.unwrap_or_else(|| {
                settings.push(setting);
                trees.push((label, tree));
                settings.len() - 1
            });
            if one.option_name().is_none() {
                of_base = number;
            }
            varied.settings.push(number);
        }
    }
    out.leave();
    let horizon = horizon(&top.child("horizon"), interval, &settings, out);
    for ((label, tree), setting) in trees.iter().zip(&settings) {
        out.enter(label.clone(), NOWHERE);
        hold_against(tree, setting, &horizon, out);
    }
    out.leave();
    Some(Varied { axes, view, options: found, study: Study { options: settings, horizon, ..study.clone() } })
}

/// No place of any file.
const NOWHERE: Place = Place { file: u16::MAX, start: 0, end: 0 };

/// Whether every input is one of some option, and there are not too many points.
fn judge(
    axes: &[Axis],
    values: &[Vec<Node>],
    tree: &ReadTree<'_, '_>,
    resolved: &[&Resolved<'_>],
    out: &mut Findings,
) -> bool {
    let mut sound = true;
    for (axis, values) in axes.iter().zip(values) {
        if resolved.iter().any(|one| one.tree.at(&axis.steps).is_some()) {
            continue;
        }
        let place = values.first().map_or(NOWHERE, |node| Place::new(node.place.file, 0..axis.path.len()));
        out.fault(Code::NoSuchPath, place, format!("no option has `{}`", axis.path), tree.remedy(axis));
        sound = false;
    }
    let points: usize = axes.iter().map(|axis| axis.values.len()).product();
    if points > MOST_POINTS {
        let place = values.last().and_then(|values| values.first()).map_or(NOWHERE, |node| node.place);
        let message = format!("{points} points of two inputs together: at most {MOST_POINTS} are run");
        out.fault(Code::TooMany, place, message, "give fewer of each, as in 8..16/5");
        sound = false;
    }
    sound
}

/// Whether each input is one of an option that is run, not only of others.
fn held(
    axes: &[Axis],
    values: &[Vec<Node>],
    (all, run): (&[&Resolved<'_>], &[&Resolved<'_>]),
    out: &mut Findings,
) -> bool {
    let mut sound = true;
    for (axis, values) in axes.iter().zip(values) {
        let has = |one: &&&Resolved<'_>| one.tree.at(&axis.steps).is_some();
        if run.iter().any(|one| has(&one)) {
            continue;
        }
        let other = all.iter().find(has).and_then(|one| one.option_name()).unwrap_or_default();
        let place = values.first().map_or(NOWHERE, |node| Place::new(node.place.file, 0..axis.path.len()));
        let message = format!("none of the options that are run has `{}`", axis.path);
        out.fault(Code::NoSuchPath, place, message, format!("name one that has it, such as \"{other}\""));
        sound = false;
    }
    sound
}

/// Keeps the base and the options that are wanted.
fn choose(resolved: &mut Vec<&Resolved<'_>>, axes: &[Axis], chosen: Chosen<'_>) {
    let has = |one: &Resolved<'_>, axis: &Axis| one.tree.at(&axis.steps).is_some();
    let base: Vec<bool> =
        axes.iter().map(|axis| resolved.first().is_some_and(|one| has(one, axis))).collect();
    resolved.retain(|one| match one.option_name() {
        None => true,
        Some(_) if chosen.alone => false,
        Some(name) if !chosen.options.is_empty() => chosen.options.iter().any(|wanted| wanted == name),
        Some(_) => axes.iter().zip(&base).any(|(axis, base)| !base && has(one, axis)),
    });
}
