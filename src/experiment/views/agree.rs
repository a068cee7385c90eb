//! Two views held against each other: which verdicts differ, and how much work may be done to see why.

use super::found::{Agreement, Asked, Side};
use crate::experiment::compare::Verdict;
use crate::experiment::gauge::Gauge;
use crate::experiment::run::{Interrupted, Request};
use crate::experiment::sweep::{Gauged, Known, TOGETHER, sweep};
use crate::measure::Better;
use crate::scenario::{Mixed, Setting, Sides, Study, Whose};

/// Options whose verdicts are looked into.
const OPTIONS: usize = 3;
/// Histories of settings that may be run for it beside a share of the run's own.
const LEAST_WORK: u64 = 6000;
/// That share: one in so many.
const SHARE: u64 = 3;
/// Fewest replications of a setting, and most.
const FEWEST: u32 = 50;
const MOST: u32 = 200;
/// One in so many of the run's replications, between these two.
const PART: u32 = 4;

/// Replications of every setting, for a run of so many.
pub fn of_views(replications: u32) -> u32 {
    (replications / PART).clamp(FEWEST, MOST).min(replications)
}

/// Replications with which all options are first looked through.
fn looked_through(study: &Study, replications: u32) -> u32 {
    if study.options.len() <= TOGETHER { replications } else { replications.div_ceil(2) }
}

/// How the work is told of as it is done.
pub struct Watch<'a> {
    /// So many replications more will be run.
    pub more: &'a dyn Fn(u64),
    /// One is done.
    pub done: &'a (dyn Fn() + Sync),
}

/// Where settings under mixtures of both views come from: [`Sides::settings`] of the scenario at hand.
pub type Mixes<'a> = dyn Fn(&Sides, &[Mixed]) -> Vec<Result<Setting, String>> + 'a;
/// Where [`Sides`] come from: for a pair of views and some options.
pub type Pairs<'a> = dyn Fn([&str; 2], &[&str]) -> Option<Sides> + 'a;

/// Holds every further view against the first. `request` has the replications of the run itself.
///
/// # Errors
/// When the run is stopped from outside.
pub fn agree(
    study: &Study,
    gauges: &[Gauge],
    (pairs, mixes): (&Pairs<'_>, &Mixes<'_>),
    request: Request<'_>,
    watch: &Watch<'_>,
) -> Result<Vec<Agreement>, Interrupted> {
    let mut views: Vec<&str> = study.options.iter().filter_map(|option| option.view.as_deref()).collect();
    views.dedup();
    let Some((first, others)) = views.split_first().filter(|(_, others)| !others.is_empty()) else {
        return Ok(Vec::new());
    };
    let replications = of_views(request.replications);
    let screened = looked_through(study, replications);
    let own = study.options.len() as u64 * u64::from(request.replications);
    let looking = study.options.len() as u64 * u64::from(screened);
    let work = (own / SHARE).max(LEAST_WORK).saturating_sub(looking) / u64::from(replications.max(1));
    let mut work =
        Work { left: work, study, gauges, mixes, watch, request: Request { replications, ..request } };
    (watch.more)(study.options.len().div_ceil(TOGETHER) as u64 * u64::from(screened));
    let all = sweep(study, gauges, Request { replications: screened, ..request }, watch.done)?;
    let mut found = Vec::new();
    for (number, second) in others.iter().enumerate() {
        // What is left is shared out among the pairs of views that are still to come.
        let later = (others.len() - number - 1) as u64;
        let kept = work.left / (later + 1) * later;
        work.left -= kept;
        found.extend(work.pair([first, second], &all, screened, pairs)?);
        work.left += kept;
    }
    Ok(found)
}

/// The verdict on a difference, and which way it points: +1, −1, or 0 for no difference that matters.
fn verdict(known: &Known, gauge: &Gauge, matters: f64) -> (Verdict, i8) {
    let verdict =
        known.ci95.map_or(Verdict::CannotBeTold, |ci| Verdict::of(ci, gauge.measure.better, matters));
    let lower = gauge.measure.better == Better::Lower;
    let way = match verdict {
        Verdict::Higher => 1,
        Verdict::Lower => -1,
        Verdict::Better => {
            if lower {
                -1
            } else {
                1
            }
        }
        Verdict::Worse => {
            if lower {
                1
            } else {
                -1
            }
        }
        Verdict::NoDifference | Verdict::CannotBeTold => 0,
    };
    (verdict, way)
}

/// On which side of a level a figure lies.
pub(super) fn side(known: &Known, level: f64) -> Side {
    match known.ci95 {
        Some((low, _)) if low > level => Side::Above,
        Some((_, high)) if high < level => Side::Below,
        Some((low, high)) if low == level && high == level => Side::At,
        _ => Side::Untold,
    }
}

/// How clearly both ends are told apart from the level: the smaller of their distances in half-widths.
fn clearness(ends: &[Known; 2], level: f64) -> f64 {
    let of = |known: &Known| {
        let half = known.ci95.map_or(f64::INFINITY, |(low, high)| 0.5 * (high - low));
        if half > 0.0 { (known.mean - level).abs() / half } else { f64::INFINITY }
    };
    of(&ends[0]).min(of(&ends[1]))
}

/// What came of the comparison of both views' verdicts.
enum Compared {
    Agreed,
    Untold,
    Contested(Box<(Asked, [Known; 2])>),
}

/// Settings that were run, each with its figures; those that cannot be had with the reason.
pub(super) type Ran = Vec<(Mixed, Result<Vec<Gauged>, String>)>;

/// What is still allowed, and what it is done with.
pub(super) struct Work<'a> {
    /// Settings that may still be run.
    left: u64,
    study: &'a Study,
    gauges: &'a [Gauge],
    mixes: &'a Mixes<'a>,
    watch: &'a Watch<'a>,
    request: Request<'a>,
}

impl Work<'_> {
    fn pair(
        &mut self,
        views: [&str; 2],
        all: &[Vec<Gauged>],
        screened: u32,
        pairs: &Pairs<'_>,
    ) -> Result<Option<Agreement>, Interrupted> {
        let place = |view: &str, name: &str| {
            let same = |o: &Setting| o.view.as_deref() == Some(view) && o.name == name;
            self.study.options.iter().position(same)
        };
        let baseline = self.study.options.first().map_or("", |o| o.name.as_str());
        let of_view = self.study.options.iter().filter(|o| o.view.as_deref() == Some(views[0]));
        let (mut agreed, mut untold, mut contested) = (0, 0, Vec::new());
        for option in of_view {
            let target = option.name == baseline;
            for (number, gauge) in self.gauges.iter().enumerate() {
                let figure = |view: &str| -> Option<Known> {
                    let own = all[place(view, &option.name)?][number].as_ref().ok()?;
                    let base = all[place(view, baseline)?][number].as_ref().ok()?;
                    Some(if target { own.clone() } else { own.less(base) })
                };
                let (Some(first), Some(second)) = (figure(views[0]), figure(views[1])) else { continue };
                let targets = views
                    .map(|view| place(view, baseline).and_then(|at| gauge.target(&self.study.options[at])));
                match self.compared((&option.name, target.then_some(targets)), gauge, [first, second]) {
                    Some(Compared::Agreed) => agreed += 1,
                    Some(Compared::Untold) => untold += 1,
                    Some(Compared::Contested(found)) => contested.push(*found),
                    None => {}
                }
            }
        }
        // Opposite verdicts first, then those told most clearly.
        let rank = |(asked, ends): &(Asked, [Known; 2])| {
            let opposite = asked.target || asked.level == 0.0 && (ends[0].mean > 0.0) != (ends[1].mean > 0.0);
            (!opposite, -clearness(ends, asked.level))
        };
        contested.sort_by(|a, b| {
            let (a, b) = (rank(a), rank(b));
            a.0.cmp(&b.0).then(a.1.total_cmp(&b.1))
        });
        let mut options: Vec<String> = Vec::new();
        for (asked, _) in &contested {
            if !options.contains(&asked.option) && options.len() < OPTIONS {
                options.push(asked.option.clone());
            }
        }
        let names: Vec<&str> = options.iter().map(String::as_str).collect();
        let Some(sides) = pairs(views, &names) else { return Ok(None) };
        let mut found = Agreement {
            sides,
            replications: self.request.replications,
            screened,
            agreed,
            untold,
            contested: Vec::new(),
            left: Vec::new(),
        };
        let mut ran: Ran = Vec::new();
        let mut waiting = contested.into_iter().map(|(asked, _)| asked).collect::<Vec<_>>();
        for name in &options {
            let (own, rest): (Vec<Asked>, Vec<Asked>) =
                waiting.into_iter().partition(|asked| asked.option == *name);
            waiting = rest;
            for asked in own {
                match self.looked_into(&found.sides, &asked, &mut ran)? {
                    Some(Ok(one)) => found.contested.push(one),
                    Some(Err(())) => found.untold += 1,
                    None => found.left.push(asked),
                }
            }
        }
        found.left.extend(waiting);
        Ok(Some(found))
    }

    /// Whether both views say the same of an option's difference, or of the base and its target.
    fn compared(
        &self,
        (option, targets): (&str, Option<[Option<f64>; 2]>),
        gauge: &Gauge,
        ends: [Known; 2],
    ) -> Option<Compared> {
        let asked = |level: f64, verdicts: [&'static str; 2]| Asked {
            option: option.to_owned(),
            target: targets.is_some(),
            gauge: gauge.clone(),
            level,
            verdicts,
        };
        if let Some(targets) = targets {
            let [Some(level), Some(second)] = targets else { return None };
            let sides = [side(&ends[0], level), side(&ends[1], level)];
            let word = |side: Side| if side == Side::Below { "missed" } else { "met" };
            return match sides {
                _ if level != second => None,
                [Side::Untold, _] | [_, Side::Untold] => Some(Compared::Untold),
                [a, b] if word(a) == word(b) => Some(Compared::Agreed),
                [a, b] => Some(Compared::Contested(Box::new((asked(level, [word(a), word(b)]), ends)))),
            };
        }
        let matters = self.study.matters.iter().find(|(id, _)| *id == gauge.path).map_or(0.0, |(_, m)| *m);
        let [(first, one), (second, two)] = [0, 1].map(|end| verdict(&ends[end], gauge, matters));
        if first == Verdict::CannotBeTold || second == Verdict::CannotBeTold {
            return Some(Compared::Untold);
        }
        if first == second {
            return Some(Compared::Agreed);
        }
        let level = if one * two < 0 { 0.0 } else { f64::from(one + two) * matters };
        Some(Compared::Contested(Box::new((asked(level, [first.text(), second.text()]), ends))))
    }

    /// Runs what has not been run yet; false where that is more than is allowed, and nothing was run.
    pub(super) fn run(
        &mut self,
        sides: &Sides,
        wanted: Vec<Mixed>,
        ran: &mut Ran,
    ) -> Result<bool, Interrupted> {
        let mut new: Vec<Mixed> = Vec::new();
        for one in wanted {
            if !new.contains(&one) && !ran.iter().any(|(known, _)| *known == one) {
                new.push(one);
            }
        }
        if new.len() as u64 > self.left {
            return Ok(false);
        }
        if new.is_empty() {
            return Ok(true);
        }
        let settings = (self.mixes)(sides, &new);
        let sound: Vec<Setting> = settings.iter().filter_map(|one| one.as_ref().ok().cloned()).collect();
        self.left -= sound.len() as u64;
        let rounds = sound.len().div_ceil(TOGETHER) as u64;
        (self.watch.more)(rounds * u64::from(self.request.replications));
        let study = Study { options: sound, ..self.study.clone() };
        let mut found = sweep(&study, self.gauges, self.request, self.watch.done)?.into_iter();
        for (mix, setting) in new.into_iter().zip(settings) {
            let figures = setting.map(|_| found.next().unwrap_or_default());
            ran.push((mix, figures));
        }
        Ok(true)
    }

    /// The figure asked for under a mixture, as far as it was run.
    pub(super) fn figure(
        &self,
        sides: &Sides,
        asked: &Asked,
        mix: &[Whose],
        ran: &Ran,
    ) -> Result<Known, String> {
        let number = self.gauges.iter().position(|gauge| *gauge == asked.gauge).unwrap_or(0);
        let of = |option: usize| -> Result<&Known, String> {
            let one = ran.iter().find(|((own, of), _)| *own == option && of.as_slice() == mix);
            let figures = one.map(|(_, figures)| figures.as_ref()).ok_or("it was not tried")?;
            let figures = figures.map_err(Clone::clone)?;
            figures.get(number).ok_or("it was not tried")?.as_ref().map_err(|why| (*why).to_owned())
        };
        if asked.target {
            return of(0).cloned();
        }
        Ok(of(sides.place(&asked.option))?.less(of(0)?))
    }
}
