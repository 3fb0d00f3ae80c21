//! Records against gold files: what was found, what was missed, and how sure the figures are.
//!
//! Each module reads one gold format from text and scores records against it as a plain function; nothing here touches a file or a clock. What
//! cannot be read comes back as a [`Problem`] beside what could. Every figure has a 95% interval: 1,000 draws over documents (or sentences) with a
//! fixed seed.

mod bootstrap;
mod coded;
pub mod desk;
pub mod petrarch;
pub mod plv;
pub mod polnear;
mod problem;
mod report;
mod weis;

pub use bootstrap::interval;
pub use coded::{Coded, Party, coded};
pub use problem::{Problem, json_lines};
pub use report::{Measure, Report, Row, f1};
