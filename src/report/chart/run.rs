//! A run as its charts see it: one view, one queue and one kind of day chosen out of the files.

use super::palette::{Ink, ink};
use crate::report::sentence;
use crate::report::stored::{
    Comparison, Day, Definition, Estimate, Interval, OptionResult, Results, Stored, Subject, Target, Wait,
};

/// Other options drawn in colour beside the base; the rest is drawn faint.
pub(super) const SINGLED_OUT: usize = 3;

/// Everything the charts are drawn from.
#[derive(Debug)]
pub(super) struct Run {
    results: Results,
    /// Options of the first view, the base first.
    pub(super) options: Vec<OptionResult>,
    views: usize,
    intervals: Vec<Interval>,
    waits: Vec<Wait>,
    comparisons: Vec<Comparison>,
    /// The base's busiest queue.
    pub(super) queue: String,
    queues: usize,
    /// Rows of which day the charts over the day use.
    day: String,
    /// The day replayed.
    pub(super) example: Day,
}

impl Run {
    /// Chooses out of a stored run: a value for each view, in order. Of several queues the busiest is drawn.
    pub(super) fn all(stored: &Stored) -> Vec<Run> {
        let mut views: Vec<&Option<String>> = Vec::new();
        for option in &stored.results.options {
            if !views.contains(&&option.view) {
                views.push(&option.view);
            }
        }
        views.iter().map(|view| Run::of(stored, view, views.len())).collect()
    }

    fn of(stored: &Stored, view: &Option<String>, views: usize) -> Run {
        let results = stored.results.clone();
        let options: Vec<OptionResult> =
            results.options.iter().filter(|o| o.view == *view).cloned().collect();
        let seen = |subject: &Subject| subject.view == *view;
        let intervals: Vec<Interval> =
            stored.intervals.iter().filter(|i| seen(&i.subject)).cloned().collect();
        let waits: Vec<Wait> = stored.waits.iter().filter(|w| seen(&w.subject)).cloned().collect();
        let comparisons: Vec<Comparison> =
            stored.comparisons.iter().filter(|c| seen(&c.subject)).cloned().collect();
        let base = options[0].name.clone();
        let calls = |key: fn(&Interval) -> &str| busiest(&intervals, &base, key);
        let (queue, queues) = calls(|i| &i.queue);
        let day = if intervals.iter().any(|i| i.weekday == "weekdays") {
            "weekdays".to_owned()
        } else {
            calls(|i| &i.weekday).0
        };
        // Without a day to go by, the queue of the waits is taken.
        let queue = if queues == 0 { waits.first().map_or(queue, |w| w.queue.clone()) } else { queue };
        Run {
            results,
            options,
            views,
            intervals,
            waits,
            comparisons,
            queue,
            queues,
            day,
            example: stored.day.clone(),
        }
    }

    /// The first option.
    pub(super) fn base(&self) -> &OptionResult {
        &self.options[0]
    }

    /// How an option is drawn.
    pub(super) fn ink(&self, place: usize) -> Ink {
        ink(place)
    }

    /// The chosen queue's intervals of the chosen day for an option, in order of the day.
    pub(super) fn day_of(&self, option: &str) -> Vec<&Interval> {
        self.day_in(option, &self.queue)
    }

    /// The same of any queue.
    pub(super) fn day_in(&self, option: &str, queue: &str) -> Vec<&Interval> {
        let mut day: Vec<&Interval> = self
            .intervals
            .iter()
            .filter(|i| i.subject.option == option && i.weekday == self.day && i.queue == queue)
            .collect();
        day.sort_by(|a, b| a.start.total_cmp(&b.start));
        day
    }

    /// The base's intervals of single weekdays, all queues.
    pub(super) fn week(&self) -> impl Iterator<Item = &Interval> {
        let base = &self.options[0].name;
        self.intervals.iter().filter(move |i| i.subject.option == *base && i.weekday != "weekdays")
    }

    /// How many queues the base has.
    pub(super) fn queues(&self) -> usize {
        self.queues
    }

    /// Symbol or code of the currency.
    pub(super) fn currency(&self) -> &str {
        &self.results.currency
    }

    /// The load of all queues together in the interval that starts at a minute of the chosen day.
    pub(super) fn load_at(&self, option: &str, start: f64) -> Option<f64> {
        let loads = self
            .intervals
            .iter()
            .filter(|i| i.subject.option == option && i.weekday == self.day && i.start == start)
            .map(|i| i.load);
        loads.flatten().fold(None, |sum, load| Some(sum.unwrap_or(0.0) + load))
    }

    /// The chosen queue's waits of an option, shortest first.
    pub(super) fn waits_of(&self, option: &str) -> Vec<&Wait> {
        self.waits_in(option, &self.queue)
    }

    /// The same of any queue.
    pub(super) fn waits_in(&self, option: &str, queue: &str) -> Vec<&Wait> {
        let mut waits: Vec<&Wait> =
            self.waits.iter().filter(|w| w.subject.option == option && w.queue == queue).collect();
        waits.sort_by(|a, b| a.wait.total_cmp(&b.wait));
        waits
    }

    /// A measure of an option against the base.
    pub(super) fn comparison(&self, option: &str, measure: &str) -> Option<&Comparison> {
        self.comparisons.iter().find(|c| c.subject.option == option && c.measure == measure)
    }

    /// The places of up to [`SINGLED_OUT`] options other than the base whose service level differs most from
    /// its, in the order of the file.
    pub(super) fn singled_out(&self) -> Vec<usize> {
        let distance = |place: usize| {
            self.comparison(&self.options[place].name, "service_level").map_or(0.0, |c| c.difference.abs())
        };
        let mut places: Vec<usize> = (1..self.options.len()).collect();
        places.sort_by(|a, b| distance(*b).total_cmp(&distance(*a)).then(a.cmp(b)));
        places.truncate(SINGLED_OUT);
        places.sort_unstable();
        places
    }

    /// Which options are singled out, where not all are: "Named: the base and …"
    pub(super) fn selection(&self, word: &str) -> String {
        let others = self.options.len() - 1;
        if others <= SINGLED_OUT {
            return String::new();
        }
        format!(
            "{word}: the base and, of {} other options, the {} whose service level differs most from its. ",
            sentence::count(others),
            sentence::count(SINGLED_OUT)
        )
    }

    /// "within 20 s" where the centre has one queue and so one target, else "in time".
    pub(super) fn in_time(&self) -> String {
        let target = self.target().filter(|_| self.queues == 1);
        let counted = self.results.counted();
        target.map_or_else(
            || format!("in time{counted}"),
            |t| format!("within {}{counted}", sentence::time(t.within_s)),
        )
    }

    /// How the service level is counted, in brackets; empty where it is counted as usual.
    pub(super) fn counted(&self) -> &'static str {
        self.results.counted()
    }

    /// "calls", or "calls to housing" where there are several queues.
    pub(super) fn calls(&self) -> String {
        if self.queues > 1 { format!("calls to {}", sentence::named(&self.queue)) } else { "calls".into() }
    }

    /// The base's other queues, in the order of the files.
    pub(super) fn other_queues(&self) -> Vec<&str> {
        let names = self.base().queues.iter().map(|(name, _)| name);
        let drawn = |name: &&str| *name != self.queue && self.intervals.iter().any(|i| i.queue == *name);
        names.filter(drawn).collect()
    }

    /// The chosen queue's target for the base.
    pub(super) fn target(&self) -> Option<Target> {
        self.target_in(&self.queue)
    }

    /// The same of any queue.
    pub(super) fn target_in(&self, queue: &str) -> Option<Target> {
        self.base().queues.get(queue)?.target
    }

    /// The service level of an option: the chosen queue's own where there are several.
    pub(super) fn service_level(&self, option: &OptionResult) -> Option<Estimate> {
        let own = option.queues.get(&self.queue).and_then(|q| q.measures.get("service_level"));
        let centre = option.measures.get("service_level");
        let chosen = if self.queues > 1 { own } else { own.or(centre) };
        chosen.cloned().filter(|e| e.mean.is_some())
    }

    /// The definition of a measure.
    pub(super) fn definition(&self, measure: &str) -> Option<&Definition> {
        self.results.definitions.get(measure)
    }

    /// The day that the charts over the day show, in words.
    pub(super) fn day_in_words(&self) -> String {
        match self.day.as_str() {
            "weekdays" => "Monday to Friday".into(),
            "" => "no day".into(),
            day => format!("{}s", sentence::capitalised(day)),
        }
    }

    /// The same within a sentence about one day: "a weekday", "a Monday".
    pub(super) fn one_day(&self) -> String {
        match self.day.as_str() {
            "weekdays" => "a weekday".into(),
            day => format!("a {}", sentence::capitalised(day)),
        }
    }

    /// Which queue and view are shown, where there are others: "Queue enquiries, the busiest of 3. "
    pub(super) fn choice(&self) -> String {
        let mut text = String::new();
        if self.queues > 1 {
            text.push_str(&format!(
                "Queue {}, the busiest of {}. ",
                sentence::named(&self.queue),
                sentence::count(self.queues)
            ));
        }
        text + &self.view()
    }

    /// The one view of the run, where it has a name; of several the title names it.
    pub(super) fn view(&self) -> String {
        match &self.base().view {
            Some(view) if self.views == 1 => format!("View {}. ", sentence::named(view)),
            _ => String::new(),
        }
    }

    /// A finding, with the view it holds under where there are several.
    pub(super) fn titled(&self, finding: &str) -> String {
        match &self.base().view {
            Some(view) if self.views > 1 => {
                let finding = finding
                    .strip_prefix("With ")
                    .map_or_else(|| finding.to_owned(), |rest| format!("with {rest}"));
                format!("Under the view {}: {finding}", sentence::named(view))
            }
            _ => finding.to_owned(),
        }
    }

    /// Where the picture comes from.
    pub(super) fn source(&self) -> String {
        let r = &self.results;
        let replications = sentence::number(r.replications as f64, 0);
        let of = if r.replications == 1 { "replication" } else { "replications" };
        let name = sentence::shortened(&r.scenario, 70);
        format!("{name} · {replications} {of}, seed {} · answerable {}", r.seed, r.version)
    }
}

/// The value of `key` whose rows of the base carry most calls, and how many values there are. Rows of several
/// weekdays are summed, which favours nobody: every queue has the same weekdays.
fn busiest(intervals: &[Interval], base: &str, key: fn(&Interval) -> &str) -> (String, usize) {
    let mut sums: Vec<(&str, f64)> = Vec::new();
    for interval in intervals.iter().filter(|i| i.subject.option == base) {
        match sums.iter_mut().find(|(name, _)| *name == key(interval)) {
            Some((_, sum)) => *sum += interval.offered,
            None => sums.push((key(interval), interval.offered)),
        }
    }
    let mut most = ("", f64::NEG_INFINITY);
    for sum in &sums {
        if sum.1 > most.1 {
            most = *sum;
        }
    }
    (most.0.to_owned(), sums.len())
}
