//! On which inputs a contested verdict turns, and where.

use super::agree::{Ran, Work};
use super::found::{Asked, Contested, Decides, Looked, Rest, Side, Switched, Turn, Unsettled};
use super::verdicts::side;
use crate::experiment::run::Interrupted;
use crate::experiment::sweep::Known;
use crate::scenario::{Mixed, Sides, Whose};

/// Inputs that are switched alone.
pub(super) const ALONE: usize = 12;

impl Work<'_> {
    /// Looks into one contested verdict.
    pub(super) fn looked_into(
        &mut self,
        sides: &Sides,
        asked: &Asked,
        ran: &mut Ran,
    ) -> Result<Looked, Interrupted> {
        let count = sides.inputs.len();
        let option = sides.place(&asked.option);
        let both = |mixes: &[Vec<Whose>]| -> Vec<Mixed> {
            let of = |mix: &Vec<Whose>| {
                let own = (!asked.target).then(|| (option, mix.clone()));
                [(0, mix.clone())].into_iter().chain(own)
            };
            mixes.iter().flat_map(of).collect()
        };
        let whole = [Whose::First, Whose::Second].map(|whose| vec![whose; count]);
        let switched = |input: usize, from: usize| {
            let mut mix = whole[from].clone();
            mix[input] = if from == 0 { Whose::Second } else { Whose::First };
            mix
        };
        if !self.run(sides, both(&whole), ran)? {
            return Ok(Looked::Not(Unsettled::Work));
        }
        let ends = [&whole[0], &whole[1]].map(|mix| self.figure(sides, asked, mix, ran));
        let [Ok(first), Ok(second)] = ends else { return Ok(Looked::Not(Unsettled::Few)) };
        let ends = [first, second];
        let [from, to] = [side(&ends[0], asked.level), side(&ends[1], asked.level)];
        if from == to || from == Side::Untold || to == Side::Untold {
            return Ok(Looked::Not(Unsettled::Few));
        }
        let tried = if count <= ALONE { count } else { 0 };
        let mixes: Vec<Vec<Whose>> =
            (0..tried).flat_map(|input| [switched(input, 0), switched(input, 1)]).collect();
        if !self.run(sides, both(&mixes), ran)? {
            return Ok(Looked::Not(Unsettled::Work));
        }
        let alone = |input: usize| -> Switched {
            let found = [0, 1].map(|view| self.figure(sides, asked, &switched(input, view), ran));
            let reached = |view: usize, other: Side| {
                found[view].as_ref().is_ok_and(|known| side(known, asked.level) == other)
            };
            let turns = [reached(0, to), reached(1, from)];
            Switched { found, turns }
        };
        let alone: Vec<Switched> = (0..tried).map(alone).collect();
        let mut found =
            Contested { asked: asked.clone(), ends, alone, decides: Decides::Alone(vec![]), turns: vec![] };
        // From the first view on: what turns the verdict there. What only turns it back from the second is needed, but not
        // enough.
        let mut turning: Vec<usize> = (0..tried).filter(|i| found.alone[*i].turns[0]).collect();
        // Those that decide from either view, before those that do from one.
        turning.sort_by_key(|input| !found.alone[*input].turns[1]);
        if turning.is_empty() {
            self.together(sides, &mut found, (from, to), &both, ran)?;
            for input in 0..tried {
                if found.alone[input].turns[1] {
                    self.along_second(sides, &mut found, input, &both, ran)?;
                }
            }
            return Ok(Looked::Into(Box::new(found)));
        }
        for input in &turning {
            let Some(way) = &sides.inputs[*input].way else { continue };
            let along = (vec![*input], Rest::First, way.points() - 1);
            found.turns.extend(self.turn(sides, asked, along, &both, ran)?);
            // Of views that differ in one input alone, both ways are the same.
            if found.alone[*input].turns[1] && count > 1 {
                self.along_second(sides, &mut found, *input, &both, ran)?;
            }
        }
        found.decides = Decides::Alone(turning);
        Ok(Looked::Into(Box::new(found)))
    }

    /// Where a number turns a verdict with all else as under the second view.
    fn along_second(
        &mut self,
        sides: &Sides,
        found: &mut Contested,
        input: usize,
        both: &dyn Fn(&[Vec<Whose>]) -> Vec<Mixed>,
        ran: &mut Ran,
    ) -> Result<(), Interrupted> {
        if let Some(way) = &sides.inputs[input].way {
            let along = (vec![input], Rest::Second, way.points() - 1);
            let asked = found.asked.clone();
            found.turns.extend(self.turn(sides, &asked, along, both, ran)?);
        }
        Ok(())
    }

    /// The fewest inputs that turn a verdict together, left out one after another, and where on the way they do.
    fn together(
        &mut self,
        sides: &Sides,
        found: &mut Contested,
        (from, to): (Side, Side),
        both: &dyn Fn(&[Vec<Whose>]) -> Vec<Mixed>,
        ran: &mut Ran,
    ) -> Result<(), Interrupted> {
        let count = sides.inputs.len();
        let mixed = |set: &[usize]| -> Vec<Whose> {
            let whose = |i: usize| if set.contains(&i) { Whose::Second } else { Whose::First };
            (0..count).map(whose).collect()
        };
        // Half of them at once, then a quarter, down to one after another: of many, the few that matter are soon found.
        let mut set: Vec<usize> = (0..count).collect();
        let mut part = count.div_ceil(2);
        loop {
            let mut from = 0;
            while from < set.len() && set.len() > 1 {
                let without = from..(from + part).min(set.len());
                let fewer: Vec<usize> =
                    (0..set.len()).filter(|i| !without.contains(i)).map(|i| set[i]).collect();
                let mix = mixed(&fewer);
                if !self.run(sides, both(std::slice::from_ref(&mix)), ran)? {
                    found.decides = Decides::Unknown("finding the fewest takes more work than is allowed");
                    return Ok(());
                }
                let figure = self.figure(sides, &found.asked, &mix, ran);
                match figure.is_ok_and(|known| side(&known, found.asked.level) == to) {
                    true => set = fewer,
                    false => from += part,
                }
            }
            if part == 1 {
                break;
            }
            part = part.div_ceil(2);
        }
        // Numbers go along; what has nothing between is the second view's all the way.
        let ways: Vec<usize> = set.iter().copied().filter(|i| sides.inputs[*i].way.is_some()).collect();
        let switched: Vec<usize> = set.iter().copied().filter(|i| !ways.contains(i)).collect();
        let mut lengths =
            ways.iter().filter_map(|i| sides.inputs[*i].way.as_ref()).map(|way| way.points() - 1);
        if let Some(steps) = lengths.next().filter(|steps| lengths.all(|other| other == *steps)) {
            let start = self.figure(sides, &found.asked, &mixed(&switched), ran);
            let rest = if switched.is_empty() { Rest::First } else { Rest::FirstBut(switched) };
            // Only where the way begins on the first view's side.
            if rest == Rest::First || start.is_ok_and(|known| side(&known, found.asked.level) == from) {
                let asked = found.asked.clone();
                found.turns.extend(self.turn(sides, &asked, (ways, rest, steps), both, ran)?);
            }
        }
        found.decides = if set.len() == 1 { Decides::Alone(set) } else { Decides::Together(set) };
        Ok(())
    }

    /// Where along a way a verdict turns; none where that is more work than is allowed.
    fn turn(
        &mut self,
        sides: &Sides,
        asked: &Asked,
        (inputs, rest, steps): (Vec<usize>, Rest, usize),
        both: &dyn Fn(&[Vec<Whose>]) -> Vec<Mixed>,
        ran: &mut Ran,
    ) -> Result<Option<Turn>, Interrupted> {
        let mix = |step: usize| -> Vec<Whose> {
            let whose = |i: usize| match (inputs.contains(&i), step, &rest) {
                (true, 0, _) => Whose::First,
                (true, step, _) if step == steps => Whose::Second,
                (true, step, _) => Whose::Step(step),
                (false, _, Rest::Second) => Whose::Second,
                (false, _, Rest::FirstBut(second)) if second.contains(&i) => Whose::Second,
                (false, ..) => Whose::First,
            };
            (0..sides.inputs.len()).map(whose).collect()
        };
        let mixes: Vec<Vec<Whose>> = (0..=steps).map(mix).collect();
        if !self.run(sides, both(&mixes), ran)? {
            return Ok(None);
        }
        let found: Vec<Result<Known, String>> =
            mixes.iter().map(|mix| self.figure(sides, asked, mix, ran)).collect();
        let known: Option<Vec<&Known>> = found.iter().map(|one| one.as_ref().ok()).collect();
        let spans = known.and_then(|known| Known::curve(&known)).map(|curve| curve.meets(asked.level).spans);
        let figures = found.into_iter().map(|one| one.map_err(|_| "it cannot be had")).collect();
        Ok(Some(Turn { inputs, rest, steps, spans, figures }))
    }
}
