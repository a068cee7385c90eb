//! Theory reproduces the exact numbers under `src/theory/rows` to a relative error of 1e-9; the tails of constant
//! service, printed to twelve digits, to 1e-11 absolute at least.

use answerable::theory::{
    ConstantService, ErlangA, ErlangC, ExactTable, GeneralService, ImpatientQueue, LimitedLines, RowLaw,
    TalkWrap, erlang_b, patience, rows,
};

/// The relative error allowed, everywhere.
const RELATIVE: f64 = 1e-9;

/// Collects disagreements of one table, so that a failure shows them all.
struct Bench {
    table: ExactTable,
    line: usize,
    compared: usize,
    faults: Vec<String>,
}

impl Bench {
    fn new(family: &str) -> Bench {
        Bench { table: ExactTable::named(family).expect("a table"), line: 0, compared: 0, faults: Vec::new() }
    }

    fn number(&self, column: &str) -> f64 {
        self.table.number(self.line, column).expect("a number")
    }

    fn text(&self, column: &str) -> &str {
        self.table.text(self.line, column).expect("a text")
    }

    /// Within 1e-9 of the exact value, or within `absolute` of it, where the table has one.
    fn near(&mut self, column: &str, value: f64, absolute: f64) {
        let Some(exact) = self.table.number(self.line, column) else { return };
        self.compared += 1;
        let error = (value - exact).abs();
        if error.is_nan() || error > (RELATIVE * exact.abs()).max(absolute) {
            let id = self.text("id").to_owned();
            self.faults.push(format!("{id} {column}: {value:e}, exactly {exact:e} ({:e})", error / exact));
        }
    }

    /// Runs `check` on every line and expects no fault in `expected` comparisons.
    fn run(mut self, expected: usize, check: impl Fn(&mut Bench)) {
        for line in 0..self.table.len() {
            self.line = line;
            check(&mut self);
        }
        assert!(self.faults.is_empty(), "{}", self.faults.join("\n"));
        assert_eq!(self.compared, expected, "another number of comparisons than meant");
    }
}

#[test]
fn erlang_b_is_exact() {
    Bench::new("erlang_b").run(15 * 3, |bench| {
        let (c, a) = (bench.number("c"), bench.number("offered_erlangs"));
        let blocked = erlang_b(c, a).unwrap();
        bench.near("p_block", blocked, 0.0);
        bench.near("carried_erlangs", a * (1.0 - blocked), 0.0);
        bench.near("occupancy", a * (1.0 - blocked) / c, 0.0);
    });
}

#[test]
fn erlang_c_is_exact() {
    Bench::new("erlang_c").run(31 * 14, |bench| {
        let q = ErlangC::new(bench.number("c"), bench.number("lambda_per_s"), bench.number("aht_s")).unwrap();
        bench.near("p_wait", q.p_wait(), 0.0);
        bench.near("asa_s", q.asa_s(), 0.0);
        bench.near("mean_wait_if_waited_s", q.mean_wait_if_waited_s(), 0.0);
        bench.near("lq", q.mean_queue(), 0.0);
        bench.near("l_system", q.mean_queue() + bench.number("offered_erlangs"), 0.0);
        bench.near("occupancy", q.occupancy(), 0.0);
        for t in [10, 20, 60] {
            bench.near(&format!("p_w_gt_{t}"), q.waits_beyond(f64::from(t)), 0.0);
        }
        for t in [0, 10, 20, 60] {
            bench.near(&format!("sl_{t}"), q.served_within(f64::from(t)), 0.0);
        }
        bench.near("p_empty", q.p_empty(), 0.0);
    });
}

#[test]
fn erlang_a_is_exact() {
    Bench::new("erlang_a").run(42 * 24, |bench| {
        let q = ErlangA::new(
            bench.number("c"),
            bench.number("lambda_per_s"),
            bench.number("aht_s"),
            bench.number("patience_mean_s"),
        )
        .unwrap();
        bench.near("p_wait", q.p_wait(), 0.0);
        bench.near("p_abandon", q.p_abandon(), 0.0);
        bench.near("p_abandon_given_wait", q.p_abandon() / q.p_wait(), 0.0);
        bench.near("ew_all_s", q.mean_wait_s(), 0.0);
        bench.near("ew_served_s", q.asa_s(), 0.0);
        bench.near("ew_abandoned_s", q.mean_wait_abandoned_s(), 0.0);
        bench.near("ew_given_wait_s", q.mean_wait_s() / q.p_wait(), 0.0);
        bench.near("lq", q.mean_queue(), 0.0);
        bench.near("occupancy", q.occupancy(), 0.0);
        bench.near("mean_busy", q.mean_busy(), 0.0);
        for t in [10, 20, 60] {
            let seconds = f64::from(t);
            bench.near(&format!("p_served_within_{t}"), q.served_within(seconds), 0.0);
            bench.near(&format!("p_abandon_within_{t}"), q.abandons_within(seconds), 0.0);
            bench.near(&format!("p_w_gt_{t}"), q.waits_beyond(seconds), 0.0);
            bench.near(&format!("p_offered_wait_gt_{t}"), q.offered_wait_beyond(seconds), 0.0);
        }
        bench.near("sl20_answered_basis", q.served_within_of_answered(20.0), 0.0);
        bench.near("sl20_excl_short_abandons", q.served_within_less_short(20.0), 0.0);
    });
}

#[test]
fn limited_lines_are_exact() {
    Bench::new("mmck").run(12 * 11, |bench| {
        let (c, lines) = (bench.number("c") as u32, bench.number("K_total_lines") as u32);
        let q = LimitedLines::new(c, lines, bench.number("lambda_per_s"), bench.number("aht_s")).unwrap();
        bench.near("p_block", q.p_block(), 0.0);
        bench.near("p_wait_given_accepted", q.p_wait_accepted(), 0.0);
        bench.near("p_wait_offered", q.p_wait(), 0.0);
        bench.near("mean_wait_accepted_s", q.asa_s(), 0.0);
        bench.near("lq", q.mean_queue(), 0.0);
        bench.near("mean_in_system", q.mean_in_system(), 0.0);
        bench.near("occupancy", q.occupancy(), 0.0);
        for t in [10, 20, 60] {
            bench.near(&format!("p_w_gt_{t}_accepted"), q.waits_beyond_accepted(f64::from(t)), 0.0);
        }
        bench.near("sl20_of_offered", q.served_within(20.0), 0.0);
    });
}

#[test]
fn talk_and_wrap_are_exact() {
    Bench::new("talk_wrap").run(5 * 11, |bench| {
        let q = TalkWrap::new(
            bench.number("c") as u32,
            bench.number("lambda_per_s"),
            bench.number("talk_mean_s"),
            bench.number("wrap_mean_s"),
            bench.number("patience_mean_s"),
        )
        .unwrap();
        bench.near("p_wait", q.p_wait(), 0.0);
        bench.near("p_abandon", q.p_abandon(), 0.0);
        bench.near("ew_all_s", q.mean_wait_s(), 0.0);
        bench.near("ew_served_s", q.asa_s(), 0.0);
        bench.near("lq", q.mean_queue(), 0.0);
        bench.near("mean_talk", q.mean_talking(), 0.0);
        bench.near("mean_wrap", q.mean_wrapping(), 0.0);
        bench.near("occupancy", q.occupancy(), 0.0);
        for t in [10, 20, 60] {
            bench.near(&format!("p_served_within_{t}"), q.served_within(f64::from(t)), 0.0);
        }
    });
}

#[test]
fn general_service_is_exact() {
    Bench::new("mg1").run(7 * 5, |bench| {
        let (mean, cv) = (bench.number("mean_s"), bench.number("cv"));
        let law = match bench.text("dist") {
            "deterministic" => RowLaw::Deterministic { value: mean },
            "gamma" => RowLaw::gamma(mean, cv),
            _ => RowLaw::lognormal(mean, cv),
        };
        let q = GeneralService::new(bench.number("lambda_per_s"), law).unwrap();
        bench.near("p_wait", q.p_wait(), 0.0);
        bench.near("asa_s", q.asa_s(), 0.0);
        bench.near("var_wait_s2", q.wait_variance_s2(), 0.0);
        bench.near("lq", q.mean_queue(), 0.0);
        bench.near("l_system", q.mean_queue() + q.p_wait(), 0.0);
    });
}

#[test]
fn constant_service_is_exact() {
    Bench::new("mdc").run(7 * 9, |bench| {
        let c = bench.number("c") as u32;
        let q = ConstantService::new(c, bench.number("lambda_per_s"), bench.number("D_s")).unwrap();
        bench.near("p_wait", q.p_wait(), 0.0);
        bench.near("asa_s", q.asa_s(), 0.0);
        bench.near("lq", q.mean_queue(), 0.0);
        bench.near("occupancy", q.occupancy(), 0.0);
        // Printed to twelve digits and computed as 1 less a share: relative accuracy ends where they are small.
        for t in [20, 60, 150, 300, 450] {
            bench.near(&format!("p_w_gt_{t}"), q.waits_beyond(f64::from(t)), 1e-11);
        }
    });
}

#[test]
fn any_patience_is_exact() {
    Bench::new("mmc_gi_patience").run(8 * 12, |bench| {
        let q = ImpatientQueue::new(
            bench.number("c"),
            bench.number("lambda_per_s"),
            bench.number("aht_s"),
            patience(bench.text("patience")).unwrap(),
        )
        .unwrap();
        bench.near("p_offered_wait_pos", q.p_wait(), 0.0);
        bench.near("p_abandon", q.p_abandon(), 0.0);
        bench.near("ew_all_s", q.mean_wait_s(), 0.0);
        bench.near("ew_served_s", q.asa_s(), 0.0);
        bench.near("lq", q.mean_queue(), 0.0);
        bench.near("occupancy", q.occupancy(), 0.0);
        for t in [10, 20, 60] {
            bench.near(&format!("p_served_within_{t}"), q.served_within(f64::from(t)), 0.0);
            bench.near(&format!("p_w_gt_{t}"), q.waits_beyond(f64::from(t)), 0.0);
        }
    });
}

#[test]
fn callers_passed_on_are_exact() {
    Bench::new("tandem").run(3 * 10, |bench| {
        let (rate, passed_on) = (bench.number("lambda_per_s"), bench.number("p_pass_on"));
        for (end, end_s, c, rate, talk) in
            [("", "_s", "c", rate, "aht_s"), ("_next", "_next_s", "c_next", rate * passed_on, "aht_next_s")]
        {
            let q = ErlangC::new(bench.number(c), rate, bench.number(talk)).unwrap();
            bench.near(&format!("p_wait{end}"), q.p_wait(), 0.0);
            bench.near(&format!("asa{end_s}"), q.asa_s(), 0.0);
            bench.near(&format!("occupancy{end}"), q.occupancy(), 0.0);
            for t in [20, 60] {
                bench.near(&format!("p_w_gt_{t}{end}"), q.waits_beyond(f64::from(t)), 0.0);
            }
        }
    });
}

#[test]
fn laws_of_rows_are_toml() {
    for row in rows() {
        for law in [Some(row.service), row.wrap, row.patience].into_iter().flatten() {
            let table: toml::Table = toml::from_str(&law.toml()).unwrap();
            assert_eq!(table.len(), 1, "{}", law.toml());
        }
    }
}
