//! Special functions on `libm`: the same bits on every machine and in a browser.
//!
//! Normal, gamma, beta and Student's t: distribution functions and their inverses, to about 1e-13 relative in
//! both tails. An upper tail has its own function (`…_upper`, `…_sf`), since 1 − p loses what p was close to 1 by.

mod beta;
mod gamma;
mod normal;
mod root;
mod student;

pub use beta::{beta_regularised, ln_beta};
pub use gamma::{
    chi_square_cdf, chi_square_quantile, gamma_kernel, gamma_p, gamma_q, gamma_quantile,
    gamma_upper_quantile, ln_gamma,
};
pub use normal::{normal_cdf, normal_density, normal_quantile, normal_sf};
pub use student::{t_cdf, t_quantile};
