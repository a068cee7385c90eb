//! Rotas by dates: a CSV file of who works when.

use super::fields::Fields;
use super::files::Files;
use super::finding::Findings;
use super::rota::Dated;
use super::teams::Around;
use super::tree::Place;
use std::sync::Arc;

/// Reads a team's rota from its file.
pub(super) fn rota(
    _name: &str,
    _f: &Fields<'_>,
    _around: &mut Around<'_>,
    _files: &mut Files<'_>,
    _out: &mut Findings,
) -> (Arc<Dated>, Option<Vec<Place>>) {
    (Arc::new(Dated { file: String::new(), agents: Vec::new(), shifts: Vec::new() }), None)
}
