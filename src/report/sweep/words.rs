//! What a sweep finds, in sentences: where a figure meets a level, where two options tie, or that they do not.

use super::record::{BreakEven, Crossing, Sweep, SweptCurve, SweptInput, SweptMeasure, SweptSpan};
use crate::report::sentence::{self, Unit, named, number, time};

/// A value of an input as people say it: "25%", "1 min 20 s", "12", "£9.50".
pub fn value(input: &SweptInput, currency: &str, value: f64) -> String {
    let step = (input.values[1] - input.values[0]).abs();
    match input.quantity.as_str() {
        "share" => format!("{}%", number(value * 100.0, places(step * 100.0, value * 100.0))),
        "s" if step < 20.0 && value < 60.0 => format!("{} s", number(value, places(step, value))),
        "s" => time(value),
        "whole" => number(value.round(), 0),
        "money" if currency.chars().all(char::is_alphanumeric) => {
            format!("{} {currency}", number(value, places(step, value).max(2)))
        }
        "money" => format!("{currency}{}", number(value, places(step, value).max(2))),
        _ => number(value, places(step, value)),
    }
}

/// Decimals that tell a twentieth of a step, as far as the value has them.
fn places(step: f64, value: f64) -> usize {
    let needed = (0..4).find(|places| 0.5 * libm::pow(0.1, *places as f64) <= step / 20.0).unwrap_or(4);
    let exact = (0..needed).find(|places| {
        let scale = libm::pow(10.0, *places as f64);
        (value * scale - (value * scale).round()).abs() < 1e-9 * (value * scale).abs().max(1.0)
    });
    exact.unwrap_or(needed)
}

/// An input's range: "from 20 s to 3 min".
pub fn range(input: &SweptInput, currency: &str) -> String {
    let [first, last] = ends(input);
    format!("from {} to {}", value(input, currency, first), value(input, currency, last))
}

fn ends(input: &SweptInput) -> [f64; 2] {
    [input.values[0], input.values[input.values.len() - 1]]
}

/// The findings of a measure: each option against its level, then against the base.
pub fn findings(sweep: &Sweep, measure: &SweptMeasure) -> Vec<String> {
    let mut found = Vec::new();
    for curve in &measure.curves {
        found.extend(curve.meets_level.as_ref().map(|all| said(sweep, measure, curve, all, true)));
        found.extend(curve.meets_base.as_ref().map(|all| said(sweep, measure, curve, all, false)));
    }
    found
}

/// What one curve finds, along the first input; of two inputs, at the first, a middle and the last value of the second.
fn said(sweep: &Sweep, measure: &SweptMeasure, curve: &SweptCurve, all: &[BreakEven], level: bool) -> String {
    let voice = Voice { sweep, measure, curve, level };
    let [one] = all else {
        let second = &sweep.inputs[1];
        let all_said: Vec<String> = all.iter().map(|one| voice.predicate(one)).collect();
        if all_said.iter().all(|one| *one == all_said[0]) {
            return format!("{} {}, at every value of {}.", voice.subject(), all_said[0], second.path);
        }
        let mut shown = vec![0, all.len() / 2, all.len() - 1];
        shown.dedup();
        let parts: Vec<String> = shown.iter().map(|j| voice.at_second(&all[*j])).collect();
        return format!("{} {}.", voice.subject(), parts.join("; "));
    };
    format!("{} {}.", voice.subject(), voice.predicate(one))
}

/// Of two inputs, where one curve breaks even at the value of the second nearest the middle at which it does; none where it
/// does nowhere.
pub fn midmost(sweep: &Sweep, measure: &SweptMeasure, curve: &SweptCurve, level: bool) -> Option<String> {
    let all = if level { curve.meets_level.as_ref()? } else { curve.meets_base.as_ref()? };
    let turns = |one: &&BreakEven| one.spans.iter().flatten().any(|span| crossing(span).is_some());
    let middle = all.len() / 2;
    let found = all.iter().filter(turns).min_by_key(|one| one.second.unwrap_or(0).abs_diff(middle))?;
    let voice = Voice { sweep, measure, curve, level };
    Some(format!("{} {}", voice.subject(), voice.at_second(found)))
}

/// "Service level", or "Service level, queue ‘first line’,".
fn titled(path: &str) -> String {
    // Abbreviations of the trade stay such: ASA, AHT.
    let plain = |id: &str| match id.len() {
        0..=3 => id.to_uppercase(),
        _ => sentence::capitalised(&id.replace('_', " ")),
    };
    let place = path.rsplit_once('.').and_then(|(place, id)| Some((place.split_once('.')?, id)));
    match place {
        Some(((section, name), id)) => {
            format!("{}, {} {},", plain(id), section.trim_end_matches('s'), named(name.trim_matches('"')))
        }
        None => plain(path),
    }
}

/// Who is spoken of, and whether against a level or the base.
struct Voice<'a> {
    sweep: &'a Sweep,
    measure: &'a SweptMeasure,
    curve: &'a SweptCurve,
    level: bool,
}

impl Voice<'_> {
    fn input(&self) -> &SweptInput {
        &self.sweep.inputs[0]
    }

    fn at(&self, at: f64) -> String {
        value(self.input(), &self.sweep.currency, at)
    }

    fn range(&self) -> String {
        format!("{} {}", self.input().path, range(self.input(), &self.sweep.currency))
    }

    /// "service level of ‘three’" or "service level of ‘four’ less that of ‘three’".
    fn subject(&self) -> String {
        let title = titled(&self.measure.path);
        let own = named(&self.curve.option);
        match self.level {
            true => format!("{title} of {own}"),
            false => format!("{title} of {own} against {}", named(&self.sweep.options[0])),
        }
    }

    /// What is found at a value of the second input.
    fn at_second(&self, found: &BreakEven) -> String {
        let second = &self.sweep.inputs[1];
        let at = value(second, &self.sweep.currency, second.values[found.second.unwrap_or(0)]);
        format!("at {} = {at} {}", second.path, self.predicate(found))
    }

    fn bound(&self) -> String {
        let level = self.measure.level.as_ref().map_or(0.0, |level| level.value);
        Unit::parse(&self.measure.unit).figure(level, None)
    }

    /// On which side a curve lies.
    fn side(&self, above: bool) -> String {
        match (self.level, self.measure.better.as_str(), above) {
            (true, _, true) => format!("above {}", self.bound()),
            (true, _, false) => format!("below {}", self.bound()),
            (false, "higher", true) | (false, "lower", false) => "better".to_owned(),
            (false, "neither", true) => "higher".to_owned(),
            (false, "neither", false) => "lower".to_owned(),
            _ => "worse".to_owned(),
        }
    }

    fn predicate(&self, found: &BreakEven) -> String {
        let Some(spans) = &found.spans else {
            return format!(
                "cannot be judged over {}: a figure or its interval does not exist",
                self.range()
            );
        };
        let crossed: Vec<(&SweptSpan, &Crossing)> =
            spans.iter().filter_map(|span| Some((span, crossing(span)?))).collect();
        if !crossed.is_empty() {
            let parts: Vec<String> = crossed.iter().map(|(span, at)| self.crossed(span, at)).collect();
            return parts.join(", and ");
        }
        let [first, last] = found.ends;
        if first == 0.0 && last == 0.0 && !self.level {
            let alike =
                self.curve.differences.as_ref().is_some_and(|all| all.iter().all(|p| p.mean == Some(0.0)));
            if alike {
                return format!("does not differ at any value of {}", self.range());
            }
        }
        if spans.iter().any(|span| span.ci95 == [None, None]) {
            let what =
                if self.level { format!("reaches {}", self.bound()) } else { "is better or worse".into() };
            return format!(
                "is so near throughout {} that whether it {what} anywhere cannot be told",
                self.range()
            );
        }
        let side = self.side(if first == 0.0 { last > 0.0 } else { first > 0.0 });
        let stays = format!("is {side} throughout {}, with no break-even point in the range", self.range());
        match spans.first() {
            None => stays,
            Some(span) => {
                format!("{stays}, though {} it cannot be told", self.stretch(span))
            }
        }
    }

    /// "between 1 min and 1 min 20 s", or up to an end of the range.
    fn stretch(&self, span: &SweptSpan) -> String {
        match span.ci95 {
            [Some(low), Some(high)] => format!("between {} and {}", self.at(low), self.at(high)),
            [Some(low), None] => format!("from {} on", self.at(low)),
            [None, Some(high)] => format!("up to {}", self.at(high)),
            [None, None] => "anywhere".to_owned(),
        }
    }

    /// A crossing with its interval, and what holds beyond it.
    fn crossed(&self, span: &SweptSpan, crossing: &Crossing) -> String {
        let path = &self.input().path;
        let beyond = self.side(crossing.rising);
        let whole = self.input().quantity == "whole";
        // Of whole numbers, the first past the crossing.
        let past = |at: f64| if whole { at.ceil() } else { at };
        let [first, last] = ends(self.input());
        let low = match span.ci95[0] {
            Some(low) => self.at(past(low)),
            None => format!("{} or below", self.at(first)),
        };
        let high = match span.ci95[1] {
            Some(high) => self.at(past(high)),
            None => format!("{} or beyond", self.at(last)),
        };
        let interval = format!("(95% interval {low} to {high})");
        let at = format!("{path} = {}", self.at(past(crossing.at)));
        match (whole, self.level) {
            (true, _) => format!("is {beyond} from {at} on {interval}"),
            (false, true) if crossing.rising => format!("rises {beyond} at {at} {interval}"),
            (false, true) => format!("falls {beyond} at {at} {interval}"),
            (false, false) => format!("becomes {beyond} at {at} {interval}"),
        }
    }
}

/// The crossing that a stretch stands for: the middle one, where the sign has changed in the end.
pub fn crossing(span: &SweptSpan) -> Option<&Crossing> {
    (span.crossings.len() % 2 == 1).then(|| &span.crossings[span.crossings.len() / 2])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn input(quantity: &str, values: &[f64]) -> SweptInput {
        SweptInput {
            path: "x".into(),
            help: String::new(),
            quantity: quantity.into(),
            unit: String::new(),
            values: values.to_vec(),
            texts: Vec::new(),
            own: Vec::new(),
        }
    }

    #[test]
    fn values_are_said_as_people_say_them_with_the_digits_their_steps_bear() {
        let said = |quantity, values: &[f64], at| value(&input(quantity, values), "£", at);
        assert_eq!(said("share", &[0.0, 0.1], 0.234567), "23%");
        assert_eq!(said("share", &[0.0, 0.5], 0.25), "25%");
        assert_eq!(said("s", &[20.0, 40.0], 80.4), "1 min 20 s");
        assert_eq!(said("s", &[1.0, 2.0], 1.5), "1.5 s");
        assert_eq!(said("whole", &[8.0, 9.0], 12.0), "12");
        assert_eq!(said("money", &[9.0, 9.5], 9.25), "£9.25");
        assert_eq!(value(&input("money", &[9.0, 9.5]), "EUR", 9.25), "9.25 EUR");
        assert_eq!(said("number", &[150_000.0, 160_000.0], 163_421.3), "163,421");
        assert_eq!(said("number", &[0.0, 0.2], 0.391), "0.39");
    }

    #[test]
    fn figures_of_queues_and_teams_name_them() {
        assert_eq!(titled("service_level"), "Service level");
        assert_eq!(titled("queues.\"first line\".asa"), "ASA, queue first line,");
        assert_eq!(titled("teams.core.occupancy"), "Occupancy, team core,");
    }

    #[test]
    fn a_stretch_stands_for_a_crossing_where_the_sign_has_changed_in_the_end() {
        let at = |at: f64| Crossing { at, rising: true };
        let span = |crossings| SweptSpan { ci95: [None, None], crossings };
        assert_eq!(crossing(&span(vec![at(1.0), at(2.0), at(3.0)])), Some(&at(2.0)));
        assert_eq!(crossing(&span(vec![at(1.0), at(2.0)])), None);
        assert_eq!(crossing(&span(vec![])), None);
    }
}
