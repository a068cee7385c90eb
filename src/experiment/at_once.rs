//! Work of which no piece needs another, done at once on as many threads as there are processors; results in order.

/// What becomes of each item, in the items' order.
pub fn each<A: Sync, B: Send>(items: &[A], work: impl Fn(&A) -> B + Sync + Send) -> Vec<B> {
    #[cfg(feature = "parallel")]
    {
        use rayon::prelude::*;
        // Few and large pieces, of unlike length: each is handed out alone.
        items.par_iter().with_max_len(1).map(work).collect()
    }
    #[cfg(not(feature = "parallel"))]
    items.iter().map(work).collect()
}

/// What two pieces of work bring.
pub fn both<A: Send, B: Send>(one: impl FnOnce() -> A + Send, other: impl FnOnce() -> B + Send) -> (A, B) {
    #[cfg(feature = "parallel")]
    return rayon::join(one, other);
    #[cfg(not(feature = "parallel"))]
    (one(), other())
}
