//! The numbers of the charts of what is tried beside the options.

use super::{Table, table};
use crate::report::agreement::{Charted, charted, figure, titled};
use crate::report::chart::Chart;
use crate::report::sentence::{Unit, named};
use crate::report::stored::Stored;
use crate::report::sweep::words::value as value_of;
use crate::report::sweep::{SweptPoint, change as moved_by};

/// What the scenario's ranges move.
pub(super) fn moved(stored: &Stored) -> Option<Table> {
    let tornado = stored.tried.as_ref()?.ranges.as_ref()?;
    let unit = Unit::parse(&tornado.unit);
    let rows = tornado.bars.iter().map(|bar| {
        let at = |end: usize| value_of(&bar.input, &tornado.currency, bar.input.values[end]);
        let to = |end: usize| format!("{}: {}", at(end), moved_by(unit, &bar.changes[end]));
        vec![bar.input.path.clone(), bar.option.clone(), to(0), to(1)]
    });
    let caption = format!("{}: what each end of a range changes, with 95% intervals", tornado.title);
    Some(table(caption, &["Number", "Option", "At one end", "At the other"], rows.collect()))
}

/// A verdict on which views differ: the figure under both, and with each input switched.
pub(super) fn parted(stored: &Stored, chart: &Chart) -> Option<Table> {
    let all = charted(&stored.tried.as_ref()?.views);
    let Charted { agreed, disputed: one, .. } = all.into_iter().find(|one| one.name == chart.name)?;
    let [first, second] = [0, 1].map(|view| named(&agreed.views[view]));
    let ends = [&first, &second].into_iter().zip(&one.ends).zip(&one.verdicts);
    let whole = |((view, end), verdict): ((&String, &SweptPoint), &String)| {
        vec![format!("All as under {view}"), figure(one, end), verdict.clone()]
    };
    let mut rows: Vec<Vec<String>> = ends.map(whole).collect();
    for (input, alone) in agreed.inputs.iter().zip(&one.alone) {
        for (view, (own, other)) in [(&first, &second), (&second, &first)].into_iter().enumerate() {
            let turns = if alone.turns[view] { "turns it" } else { "does not turn it" };
            let what = format!("As under {own}, but {} as under {other}", input.path);
            rows.push(vec![what, figure(one, &alone.found[view]), turns.to_owned()]);
        }
    }
    let shown = titled(&one.title, &one.measure);
    let base = named(&agreed.baseline);
    let caption = match one.target {
        true => format!("{shown}: {base} against its target, with 95% intervals"),
        false => format!("{shown}: {} less {base}, with 95% intervals", named(&one.option)),
    };
    let column = if one.target { shown } else { "Difference".to_owned() };
    Some(table(caption, &["Setting", &column, "Verdict"], rows))
}

/// A figure of a sweep, or its differences from the base, at every point.
pub(super) fn swept(stored: &Stored, chart: &Chart) -> Option<Table> {
    let tried = stored.tried.as_ref()?;
    let differences = chart.kind == "sweep-differences";
    let (sweep, measure) = tried.sweeps.iter().enumerate().find_map(|(n, sweep)| {
        let end = |path: &str| format!("-{}-{}", path.replace(|c: char| !c.is_alphanumeric(), "-"), n + 1);
        let named = |path: &str| chart.name == format!("{}{}", chart.kind, end(path));
        sweep.measures.iter().find(|m| named(&m.path)).map(|measure| (sweep, measure))
    })?;
    let input = sweep.inputs.first()?;
    let unit = Unit::parse(&measure.unit);
    let curves: Vec<(&str, &[SweptPoint])> = measure
        .curves
        .iter()
        .filter_map(|curve| {
            let points = if differences { curve.differences.as_deref()? } else { &curve.figures };
            Some((curve.option.as_str(), points))
        })
        .collect();
    let cell = |point: &SweptPoint| match (differences, point.mean, point.ci95) {
        (true, ..) => moved_by(unit, point),
        (false, Some(mean), Some([low, high])) => {
            let half = Some((high - low) / 2.0);
            format!("{} ({} to {})", unit.figure(mean, half), unit.figure(low, half), unit.figure(high, half))
        }
        (false, Some(mean), None) => unit.figure(mean, None),
        _ => "–".to_owned(),
    };
    let rows = input.values.iter().enumerate().map(|(n, at)| {
        let mut row = vec![value_of(input, &sweep.currency, *at)];
        row.extend(curves.iter().map(|(_, points)| points.get(n).map_or_else(|| "–".to_owned(), cell)));
        row
    });
    let mut columns = vec![input.path.as_str()];
    columns.extend(curves.iter().map(|curve| curve.0));
    let what = if differences { ": differences from the base" } else { "" };
    Some(table(format!("{}{what}, with 95% intervals", measure.title), &columns, rows.collect()))
}
