//! The engine agrees with exact theory on a few small queues, through ordinary scenario texts; `answerable verify`
//! does the rest.

use answerable::experiment::{Depth, Request, verify};
use answerable::report::verification_text;
use std::sync::atomic::AtomicBool;

fn table(ids: &[&str], threads: usize) -> (String, bool) {
    let rows = Depth::Quick.rows().into_iter().filter(|row| ids.contains(&row.id.as_str())).collect();
    let stop = AtomicBool::new(false);
    let request = Request { replications: 0, seed: 1, threads, stop: &stop };
    let mut seen = 0;
    let verification = verify(rows, Depth::Quick, request, &mut |_| seen += 1).expect("nobody stops it");
    assert_eq!(seen, ids.len());
    assert!(verification.rows.iter().all(|row| row.is_tested()), "a row missed its precision");
    (verification_text(&verification), verification.holds())
}

#[test]
fn the_engine_agrees_with_theory() {
    // One of each mechanism: impatient callers, wrap, general service, patience that is not exponential, telephone
    // lines, ringing off at once, second attempts, callers passed on.
    let (text, holds) =
        table(&["EA015", "TW001", "MG005", "MG+003", "MK001", "MK009", "MG+013", "RT003", "TR001"], 0);
    assert!(holds, "{text}");
    assert!(text.trim_end().lines().next_back().unwrap().starts_with("The simulation agrees with theory"));
}

#[test]
fn the_table_does_not_depend_on_threads() {
    assert_eq!(table(&["EC009"], 3), table(&["EC009"], 1));
}
