//! Two views held against each other: which verdicts differ, and how much work may be done to see why.

use super::found::{Agreement, Asked, Looked, Unsettled};
use super::turn::ALONE;
use super::verdicts::{Compared, Contest, compared};
use crate::experiment::alike::as_simulated;
use crate::experiment::besides::replications_of;
use crate::experiment::figures::terms;
use crate::experiment::gauge::Gauge;
use crate::experiment::outcome::Outcome;
use crate::experiment::run::{Interrupted, Request};
use crate::experiment::size::calls_of;
use crate::experiment::sweep::{Gauged, Known, known, rounds, sweep};
use crate::scenario::{Mixed, Setting, Sides, Study, WAY, Whose};

/// Options whose verdicts are looked into.
const OPTIONS: usize = 3;

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

/// Holds every further view against the first, by what a run has brought. `allowed` are the calls that may be simulated to
/// see why they differ.
///
/// # Errors
/// When it is stopped from outside.
pub fn agree(
    (study, run): (&Study, &Outcome),
    gauges: &[Gauge],
    (pairs, mixes): (&Pairs<'_>, &Mixes<'_>),
    allowed: f64,
    request: Request<'_>,
    watch: &Watch<'_>,
) -> Result<Vec<Agreement>, Interrupted> {
    let mut views: Vec<&str> = study.options.iter().filter_map(|option| option.view.as_deref()).collect();
    views.dedup();
    let Some((first, others)) = views.split_first() else { return Ok(Vec::new()) };
    let mut work = Work { left: allowed, study, run, gauges, mixes, watch, request };
    let mut found = Vec::new();
    for (number, second) in others.iter().enumerate() {
        // What is left is shared out among the pairs of views that are still to come.
        let later = (others.len() - number - 1) as f64;
        let kept = work.left / (later + 1.0) * later;
        work.left -= kept;
        found.extend(work.pair([first, second], pairs)?);
        work.left += kept;
    }
    Ok(found)
}

/// A setting under a mixture.
pub(super) struct One {
    mix: Mixed,
    /// What it comes to; none where it cannot be had.
    effect: Option<Setting>,
    /// Its figures, or why it cannot be had.
    figures: Result<Vec<Gauged>, String>,
}

/// Settings whose figures are known.
pub(super) type Ran = Vec<One>;

/// What is still allowed, and what it is done with.
pub(super) struct Work<'a> {
    /// Calls that may still be simulated.
    left: f64,
    study: &'a Study,
    run: &'a Outcome,
    gauges: &'a [Gauge],
    mixes: &'a Mixes<'a>,
    watch: &'a Watch<'a>,
    request: Request<'a>,
}

impl Work<'_> {
    fn pair(&mut self, views: [&str; 2], pairs: &Pairs<'_>) -> Result<Option<Agreement>, Interrupted> {
        let (agreed, untold, contested) = self.compare(views);
        let mut options: Vec<String> = Vec::new();
        for Contest { asked, .. } in &contested {
            if !options.contains(&asked.option) && options.len() < OPTIONS {
                options.push(asked.option.clone());
            }
        }
        let names: Vec<&str> = options.iter().map(String::as_str).collect();
        let Some(sides) = pairs(views, &names) else { return Ok(None) };
        self.request.replications = match contested.first() {
            Some(first) => self.replications(views, &sides, &first.asked),
            None => self.run.replications,
        };
        let mut found = Agreement {
            replications: self.request.replications,
            compared: self.run.replications,
            agreed,
            untold,
            contested: Vec::new(),
            left: Vec::new(),
            sides,
        };
        let mut ran = self.known_already(&found.sides, &names);
        let mut waiting = contested.into_iter().map(|contest| contest.asked).collect::<Vec<_>>();
        for name in &options {
            let (own, rest): (Vec<Asked>, Vec<Asked>) =
                waiting.into_iter().partition(|asked| asked.option == *name);
            waiting = rest;
            for asked in own {
                match self.looked_into(&found.sides, &asked, &mut ran)? {
                    Looked::Into(one) => found.contested.push(*one),
                    Looked::Not(why) => found.left.push((asked, why)),
                }
            }
        }
        found.left.extend(waiting.into_iter().map(|asked| (asked, Unsettled::Work)));
        Ok(Some(found))
    }

    /// The place of an option under a view among the run's.
    fn place(&self, view: &str, name: &str) -> Option<usize> {
        let same = |one: &Setting| one.view.as_deref() == Some(view) && one.name == name;
        self.study.options.iter().position(same)
    }

    fn baseline(&self) -> &str {
        self.study.options.first().map_or("", |base| base.name.as_str())
    }

    /// How many verdicts of the run are the same under both views, how many cannot be told, and those that differ, in the
    /// order in which they are looked into.
    fn compare(&self, views: [&str; 2]) -> (usize, usize, Vec<Contest>) {
        let (study, baseline) = (self.study, self.baseline());
        let (mut agreed, mut untold, mut contested) = (0, 0, Vec::new());
        let of_view = study.options.iter().filter(|option| option.view.as_deref() == Some(views[0]));
        for option in of_view {
            let target = option.name == baseline;
            for gauge in self.gauges {
                let figure = |view: &str| -> Option<Known> {
                    let of = |name: &str| {
                        let place = self.place(view, name)?;
                        known(gauge, &study.options[place], &self.run.options[place]).ok()
                    };
                    let own = of(&option.name)?;
                    Some(if target { own } else { own.less(&of(baseline)?) })
                };
                let (Some(first), Some(second)) = (figure(views[0]), figure(views[1])) else { continue };
                let targets = views.map(|view| gauge.target(&study.options[self.place(view, baseline)?]));
                let what = (option.name.as_str(), target.then_some(targets));
                match compared(study, what, gauge, [first, second]) {
                    Some(Compared::Agreed) => agreed += 1,
                    Some(Compared::Untold) => untold += 1,
                    Some(Compared::Contested(found)) => contested.push(*found),
                    None => {}
                }
            }
        }
        // Opposite verdicts first, of these what the author put first: that is what the argument is about.
        contested.sort_by_key(|contest| !contest.is_opposite());
        (agreed, untold, contested)
    }

    /// Replications of every setting: as many as are allowed if the first verdict that differs takes about so many settings.
    fn replications(&self, views: [&str; 2], sides: &Sides, asked: &Asked) -> u32 {
        let settings =
            |name: &str| views.map(|view| self.place(view, name).map(|place| &self.study.options[place]));
        let calls = |name: &str| settings(name)[0].map_or(0.0, |own| calls_of(self.study, own));
        let baseline = self.baseline();
        // A base that both views leave alone is known already under all mixtures.
        let [one, two] = settings(baseline).map(|own| own.map(as_simulated));
        let of_base = if !asked.target && one == two { 0.0 } else { calls(baseline) };
        let of_option = if asked.target { 0.0 } else { calls(&asked.option) };
        let inputs = sides.inputs.len().min(ALONE);
        // Each alone from both views, left out one by one, and two ways.
        let mixtures = (3 * inputs + 2 * (WAY - 2)) as f64;
        replications_of((of_base + of_option) * mixtures, self.left, self.run.replications)
    }

    /// The options as both views have them: what the run has brought of its first replications is what simulating them again
    /// would bring. Of figures that are pooled over replications the first cannot be parted from the rest.
    fn known_already(&self, sides: &Sides, names: &[&str]) -> Ran {
        if self.gauges.iter().any(|gauge| terms(gauge.measure, &[]).is_none()) {
            return Vec::new();
        }
        let baseline = self.baseline();
        let mut options: Vec<&str> = vec![baseline];
        options.extend(names.iter().copied().filter(|name| *name != baseline));
        let mut found = Vec::new();
        for name in options {
            for (view, whose) in sides.views.iter().zip([Whose::First, Whose::Second]) {
                let Some(place) = self.place(view, name) else { continue };
                let setting = &self.study.options[place];
                let count = self.request.replications as usize;
                let own = self.run.options[place].first(count, setting, &self.study.horizon);
                found.push(One {
                    mix: (sides.place(name), vec![whose; sides.inputs.len()]),
                    effect: Some(as_simulated(setting)),
                    figures: Ok(self.gauges.iter().map(|gauge| known(gauge, setting, &own)).collect()),
                });
            }
        }
        found
    }

    /// Runs what is not known yet; false where that is more than is allowed, and nothing was run.
    pub(super) fn run(
        &mut self,
        sides: &Sides,
        wanted: Vec<Mixed>,
        ran: &mut Ran,
    ) -> Result<bool, Interrupted> {
        let mut new: Vec<Mixed> = Vec::new();
        for one in wanted {
            if !new.contains(&one) && !ran.iter().any(|known| known.mix == one) {
                new.push(one);
            }
        }
        if new.is_empty() {
            return Ok(true);
        }
        let settings = (self.mixes)(sides, &new);
        let mut fresh: Vec<Setting> = Vec::new();
        for effect in settings.iter().flatten().map(as_simulated) {
            if !fresh.contains(&effect) && !ran.iter().any(|known| known.effect.as_ref() == Some(&effect)) {
                fresh.push(effect);
            }
        }
        let calls: f64 = fresh.iter().map(|one| calls_of(self.study, one)).sum();
        let calls = calls * f64::from(self.request.replications);
        if calls > self.left {
            return Ok(false);
        }
        self.left -= calls;
        let study = Study { options: fresh, ..self.study.clone() };
        (self.watch.more)(rounds(&study) * u64::from(self.request.replications));
        let found = sweep(&study, self.gauges, self.request, self.watch.done)?;
        for (mix, setting) in new.into_iter().zip(settings) {
            let effect = setting.as_ref().ok().map(as_simulated);
            let of = |effect: &Setting| {
                let own = study.options.iter().position(|one| one == effect).map(|place| &found[place]);
                let before = || ran.iter().find(|one| one.effect.as_ref() == Some(effect));
                own.cloned().or_else(|| before()?.figures.clone().ok()).unwrap_or_default()
            };
            let figures = setting.map(|_| effect.as_ref().map(of).unwrap_or_default());
            ran.push(One { mix, effect, figures });
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
            let one = ran.iter().find(|one| one.mix.0 == option && one.mix.1.as_slice() == mix);
            let figures = one.ok_or("it was not tried")?.figures.as_ref().map_err(Clone::clone)?;
            figures.get(number).ok_or("it was not tried")?.as_ref().map_err(|why| (*why).to_owned())
        };
        if asked.target {
            return of(0).cloned();
        }
        Ok(of(sides.place(&asked.option))?.less(of(0)?))
    }
}
