//! Two views side by side: the inputs in which they differ, and options under a mixture of both, some inputs as the one
//! view has them and the rest as the other does.

use super::axis::Axis;
use super::check::check;
use super::declaration::{Kind, Names};
use super::defaults::fill;
use super::fields::Fields;
use super::files::{Files, ReadFile};
use super::finding::Findings;
use super::horizon::hold_against;
use super::keys::{FIXED, SCENARIO};
use super::meant::{Setting, Study};
use super::patch;
use super::path::{Part, Path};
use super::read::{base_of, interval, resolve, window};
use super::setting::{Frame, setting};
use super::stated::shown;
use super::tree::{self, Entry, Node, Place, Table};

/// Values that a number takes on its way from the one view's to the other's, both included: the way is halved three times.
pub const WAY: usize = 9;
/// Whole numbers that go by one, where their way cannot be halved.
const MOST_BY_ONE: usize = 33;

/// Two views, the inputs in which they differ, and the options that are looked at.
#[derive(Debug, Clone, PartialEq)]
pub struct Sides {
    /// Their names.
    pub views: [String; 2],
    /// What they differ in, in the order of the file.
    pub inputs: Vec<Apart>,
    /// The options looked at, the base first, with their whole trees under both views.
    options: Vec<(String, [Node; 2])>,
    /// The base without a view.
    base: Node,
}

/// An input in which two views differ.
#[derive(Debug, Clone, PartialEq)]
pub struct Apart {
    /// Path of its key.
    pub path: String,
    /// What it means.
    pub help: &'static str,
    /// Its two values, as people write them; a dash for what is not there.
    pub values: [String; 2],
    /// The values between, where it is a number with values between; else it can only be switched whole.
    pub way: Option<Way>,
    steps: Path,
}

/// A number on its way from the one view's value to the other's.
#[derive(Debug, Clone, PartialEq)]
pub struct Way {
    /// The values, the lower first.
    pub axis: Axis,
    /// Whether the first view has the higher one.
    pub falls: bool,
}

impl Way {
    /// The value so many steps from the first view's; durations in seconds.
    pub fn value(&self, step: usize) -> f64 {
        self.axis.values[self.place(step)]
    }

    /// How many values there are.
    pub fn points(&self) -> usize {
        self.axis.values.len()
    }

    /// The same as the file would have it.
    pub fn text(&self, step: usize) -> &str {
        &self.axis.texts[self.place(step)]
    }

    fn place(&self, step: usize) -> usize {
        let last = self.axis.values.len() - 1;
        if self.falls { last - step.min(last) } else { step.min(last) }
    }
}

/// Whose value an input has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Whose {
    /// The first view's.
    First,
    /// So many steps from it towards the second's.
    Step(usize),
    /// The second view's.
    Second,
}

/// An option, by its number among those looked at, and whose value every input has.
pub type Mixed = (usize, Vec<Whose>);

/// Two views of a sound scenario side by side, for the base and some options; none where one of the views is not known.
pub fn sides(text: &str, study: &Study, views: [&str; 2], options: &[&str]) -> Option<Sides> {
    let mut out = Findings::default();
    let written = tree::parse(text, &mut out)?;
    let base = base_of(&written);
    let baseline = study.options.first().map_or("", |o| o.name.as_str());
    let patches = patch::patches(&written, "options", baseline, &mut out);
    let of_views = patch::patches(&written, "views", "", &mut out);
    let resolved = resolve(&base, &patches, &of_views, &mut out);
    let tree = |option: &str, view: &str| {
        let same = |one: &&super::read::Resolved<'_>| {
            one.option_name().unwrap_or(baseline) == option && one.view_name() == Some(view)
        };
        resolved.iter().find(same).map(|one| one.tree.clone())
    };
    let names = [baseline].into_iter().chain(options.iter().copied().filter(|name| *name != baseline));
    let both = |name: &str| Some((name.to_owned(), [tree(name, views[0])?, tree(name, views[1])?]));
    let options: Vec<(String, [Node; 2])> = names.map(both).collect::<Option<_>>()?;
    let mut found: Vec<Path> = Vec::new();
    for (_, [first, second]) in &options {
        let mut own = Vec::new();
        differ(Some(first), Some(second), &SCENARIO, &Path::default(), &mut own);
        found.extend(own.into_iter().filter(|path| !found.contains(path)).collect::<Vec<_>>());
    }
    // Where one option has a table of another kind and the other only another number in it, the table is switched.
    let paths = found.iter().filter(|path| {
        !found.iter().any(|other| other.parts.len() < path.parts.len() && other.touches(path))
    });
    let inputs = paths.map(|path| apart(path, &options)).collect();
    Some(Sides { views: views.map(str::to_owned), inputs, options, base })
}

/// The paths at which two trees differ; a choice of kind, or of a way to give a thing, is one input.
fn differ(first: Option<&Node>, second: Option<&Node>, kind: &Kind, path: &Path, found: &mut Vec<Path>) {
    let (Some(left), Some(right)) = (first.and_then(Node::table), second.and_then(Node::table)) else {
        let text = |node: Option<&Node>| node.map(shown);
        if text(first) != text(second) {
            found.push(path.clone());
        }
        return;
    };
    let other_keys = |within: &dyn Fn(&str) -> bool| {
        let keys = |table: &Table| {
            let mut keys: Vec<String> = table.keys().filter(|key| within(key)).map(str::to_owned).collect();
            keys.sort();
            keys
        };
        keys(left) != keys(right)
    };
    let whole = match kind {
        Kind::OneOf(_) | Kind::Map { names: Names::Weekdays, .. } => other_keys(&|_| true),
        Kind::Table { ways, .. } => other_keys(&|key| ways.iter().any(|way| way.contains(&key))),
        _ => false,
    };
    if whole {
        found.push(path.clone());
        return;
    }
    let keys = left.keys().chain(right.keys().filter(|key| left.get(key).is_none()));
    for key in keys.filter(|key| !(path.parts.is_empty() && FIXED.contains(key))) {
        let below = kind.under(key).map_or(Kind::Text, |key| key.kind);
        differ(left.get(key), right.get(key), &below, &path.with(key), found);
    }
}

fn apart(path: &Path, options: &[(String, [Node; 2])]) -> Apart {
    let pairs = options.iter().map(|(_, [first, second])| [first.at(path), second.at(path)]);
    let [first, second] = pairs.into_iter().find(|[a, b]| a.map(shown) != b.map(shown)).unwrap_or([None; 2]);
    let text = |node: Option<&Node>| node.map_or_else(|| "—".to_owned(), shown);
    let mut kind: &Kind = &SCENARIO;
    let mut help = "";
    for part in &path.parts {
        if let Part::Key(key) = part
            && let Some(under) = kind.under(key)
        {
            (kind, help) = (&under.kind, under.help);
        }
    }
    let way = first.zip(second).and_then(|(first, second)| way(path, first, second));
    Apart { path: path.to_string(), help, values: [text(first), text(second)], way, steps: path.clone() }
}

/// The way between two numbers; none where they are none, or nothing lies between.
fn way(path: &Path, first: &Node, second: &Node) -> Option<Way> {
    let counts = [Some(WAY), Some(8), Some(7), Some(6), Some(5), None, Some(4), Some(3)];
    let ends = [(first, second, false), (second, first, true)];
    let all = ends.into_iter().flat_map(|ends| counts.map(|count| (ends, count)));
    let found = all.filter_map(|((low, high, falls), count)| {
        let axis = Axis::between(path, low, high, count).ok()?;
        Some(Way { axis, falls })
    });
    found.into_iter().find(|way| (3..=MOST_BY_ONE).contains(&way.points()))
}

impl Sides {
    /// The number of an option among those looked at; the base's where it is none of them.
    pub fn place(&self, option: &str) -> usize {
        self.options.iter().position(|(name, _)| name == option).unwrap_or(0)
    }

    /// Options under mixtures of both views, as `wanted`: each a setting, or why there is none. `study` is what the scenario
    /// means as it stands; all are run over its horizon.
    pub fn settings(
        &self,
        (file_name, text): (&str, &str),
        files: &ReadFile<'_>,
        study: &Study,
        wanted: &[Mixed],
    ) -> Vec<Result<Setting, String>> {
        let mut files = Files::new(file_name, text, files);
        let mut bases: Vec<(&[Whose], Result<Setting, String>)> = Vec::new();
        let mut found = Vec::new();
        for (option, mix) in wanted {
            let known = bases.iter().position(|(other, _)| *other == mix.as_slice());
            let known = known.unwrap_or_else(|| {
                bases.push((mix, self.setting(0, mix, None, study, &mut files)));
                bases.len() - 1
            });
            found.push(match (&bases[known].1, option) {
                (Ok(base), 0) => Ok(base.clone()),
                (Ok(base), option) => self.setting(*option, mix, Some(base), study, &mut files),
                (Err(why), _) => Err(why.clone()),
            });
        }
        found
    }

    fn setting(
        &self,
        option: usize,
        mix: &[Whose],
        base: Option<&Setting>,
        study: &Study,
        files: &mut Files<'_>,
    ) -> Result<Setting, String> {
        let (name, [first, second]) = &self.options[option];
        let mut tree = first.clone();
        for (input, whose) in self.inputs.iter().zip(mix) {
            let step = |step: usize| input.way.as_ref().map(|way| way.axis.nodes[way.place(step)].clone());
            let node = match whose {
                Whose::First => continue,
                Whose::Second => second.at(&input.steps).cloned(),
                // An option without the input stays as it is.
                Whose::Step(number) => second.at(&input.steps).and_then(|_| step(*number)),
            };
            put(&mut tree, &input.steps, node);
        }
        fill(&mut tree, &SCENARIO);
        let mut out = Findings::default();
        check(&tree, &SCENARIO, "scenario", "", &mut out);
        let horizon = Fields::of(&self.base, &SCENARIO).child("horizon");
        let frame = Frame {
            name,
            view: Some(&self.views[0]),
            window: window(&horizon),
            interval: interval(&horizon, &mut out),
            base,
        };
        let found = setting(&tree, &frame, files, &mut out);
        hold_against(&tree, &found, &study.horizon, &mut out);
        let (faults, _) = out.faults(&files.sources);
        faults.first().map_or(Ok(found), |fault| Err(fault.message.clone()))
    }
}

/// Puts a node at a path, or takes away what is there; where the way to it does not exist, nothing.
fn put(tree: &mut Node, path: &Path, node: Option<Node>) {
    let Some((Part::Key(key), before)) = path.parts.split_last() else { return };
    let parent = tree.at_mut(&Path { parts: before.to_vec() }).and_then(Node::table_mut);
    match (parent, node) {
        (Some(table), Some(node)) => {
            table.put(Entry { key: key.clone(), key_place: Place::default(), node });
        }
        (Some(table), None) => _ = table.remove(key),
        (None, _) => {}
    }
}
