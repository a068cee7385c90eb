//! `answerable report DIR`: charts and report again from the stored files of a run, without simulating.

use super::directory::Directory;
use super::drawn::{DrawError, drawn, is_drawn};
use super::exit::{DONE, Exit, Failure, print, tell};
use super::progress::Progress;
use super::stored;
use super::sweep;
use std::path::PathBuf;

/// Arguments of `report`.
#[derive(Debug, clap::Args)]
pub(super) struct Report {
    /// The directory of a run
    directory: PathBuf,
    /// Print nothing but faults
    #[arg(long)]
    quiet: bool,
}

impl Report {
    pub(super) fn run(self) -> Result<Exit, Failure> {
        let directory = Directory::again(&self.directory)?;
        let mut files = stored::files(&self.directory)?;
        files.retain(|(name, _)| !is_drawn(name));
        let shown = self.directory.display();
        if let Some((_, record)) = files.iter().find(|(name, _)| name == sweep::RECORD) {
            let drawn =
                sweep::drawn_again(record).map_err(|fault| Failure::Input(format!("{shown}: {fault}")))?;
            files.extend(drawn);
            directory.write(&files)?;
            return if self.quiet { Ok(DONE) } else { self.tell() };
        }
        let made = drawn(&files, &Progress::hidden()).map_err(|error| match error {
            // A defect of ours would have shown when the run was first drawn.
            DrawError::Stored(error) => Failure::Input(format!("{shown}: {error}")),
            error => Failure::Defect(error.to_string()),
        })?;
        if !self.quiet {
            self.warn_of_version(&files);
        }
        let mut text = String::new();
        for chart in &made.charts {
            text += &format!("charts/{}.svg, .png\n  {}.\n", chart.name, chart.title);
        }
        files.extend(made.files);
        directory.write(&files)?;
        if !self.quiet {
            print(&format!("{text}\n"))?;
            return self.tell();
        }
        Ok(DONE)
    }

    fn tell(&self) -> Result<Exit, Failure> {
        print(&format!("Drawn again from the results in {}\n", self.directory.display()))?;
        Ok(DONE)
    }

    /// Says so where another version ran the results: its pictures may have looked otherwise.
    fn warn_of_version(&self, files: &[(String, Vec<u8>)]) {
        let own = env!("CARGO_PKG_VERSION");
        let results = files.iter().find(|(name, _)| name == "results.json");
        let results: Option<serde_json::Value> = results.and_then(|f| serde_json::from_slice(&f.1).ok());
        let theirs = results.as_ref().and_then(|r| r.get("version")).and_then(|v| v.as_str());
        if let Some(theirs) = theirs.filter(|theirs| *theirs != own) {
            tell(&format!(
                "warning: version {theirs} ran these results, version {own} draws them: pictures may differ"
            ));
        }
    }
}
