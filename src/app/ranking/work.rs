//! What takes long, done in slices between the browser's frames: how firm the order is, what a year may cost, how often
//! services stop, what hangs on what.
//!
//! An outcome of an earlier revision stays until the new one is there, and says that it is old. Knows no screen.

use std::rc::Rc;

use crate::analysis::dependency::{
    Findings, FindingsJob, Gain, GainsJob, Simulation, SimulationResult, DEFAULT_TRIALS,
};
use crate::analysis::money::{YearSimulation, YearlyLoss, DEFAULT_YEARS};
use crate::analysis::rank::firmness::{Drawn, Firmness, FirmnessJob, DEFAULT_DRAWS};
use crate::analysis::rank::Ranking;
use crate::analysis::Progress;
use crate::app::dependencies::filter::Pick;
use crate::app::effect::Effect;
use crate::app::ranking::RiskPage;
use crate::app::state::{SidePanel, ViewTab};
use crate::app::App;
use crate::model::Document;

/// Systems times draws, or years, done in one slice: a few milliseconds.
const SLICE: usize = 40_000;
/// Simulated years of losses in one slice.
const YEARS_SLICE: u32 = 500;
/// Components and links walked over in one slice: a few milliseconds.
const WALKED: usize = 20_000;
/// Walks that finding a chain takes.
const WALKS_OF_CHAIN: usize = 4;
/// The screen is told of progress in steps of so many per cent.
const TOLD: u8 = 5;

/// A computation: under way, and its last outcome, each with what it is of.
#[derive(Debug)]
struct Sliced<S, J, R> {
    asked: Option<Rc<S>>,
    job: Option<J>,
    done: Option<(Rc<S>, Rc<R>)>,
}

impl<S, J, R> Default for Sliced<S, J, R> {
    fn default() -> Self {
        Self { asked: None, job: None, done: None }
    }
}

impl<S, J, R> Sliced<S, J, R> {
    /// Begins anew when it is of something else than `source`. Whether it did.
    fn want(&mut self, source: &Rc<S>, job: impl FnOnce() -> J) -> bool {
        if self.asked.as_ref().is_some_and(|of| Rc::ptr_eq(of, source)) {
            return false;
        }
        self.asked = Some(Rc::clone(source));
        self.job = Some(job());
        true
    }

    /// What is left to do is given up.
    fn cancel(&mut self) {
        self.job = None;
    }

    /// It may begin anew.
    fn forget(&mut self) {
        if self.is_old() || self.done.is_none() {
            self.asked = None;
        }
    }

    fn finish(&mut self, result: Option<R>) {
        self.job = None;
        if let (Some(of), Some(result)) = (&self.asked, result) {
            self.done = Some((Rc::clone(of), Rc::new(result)));
        }
    }

    /// The outcome is of something else than what was asked for last.
    fn is_old(&self) -> bool {
        match (&self.asked, &self.done) {
            (Some(asked), Some((of, _))) => !Rc::ptr_eq(asked, of),
            _ => false,
        }
    }

    fn result(&self) -> Option<&Rc<R>> {
        self.done.as_ref().map(|(_, result)| result)
    }
}

/// All that takes long.
#[derive(Debug, Default)]
pub struct Work {
    draws: Sliced<Ranking, FirmnessJob, Firmness>,
    years: Sliced<Document, YearSimulation, YearlyLoss>,
    failures: Sliced<Document, Simulation, SimulationResult>,
    findings: Sliced<Document, FindingsJob, Findings>,
    gains: Sliced<SimulationResult, GainsJob, Vec<Gain>>,
    /// The browser was asked for time.
    scheduled: bool,
    cancelled: bool,
    /// Computations begun and finished since nothing was under way.
    begun: u32,
    finished: u32,
    percent: u8,
}

impl Work {
    /// How firm the order is, once computed.
    pub fn firmness(&self) -> Option<&Rc<Firmness>> {
        self.draws.result()
    }
    /// What a year may cost, once computed.
    pub fn losses(&self) -> Option<&Rc<YearlyLoss>> {
        self.years.result()
    }
    /// How often services and pathways stop, once computed.
    pub fn failures(&self) -> Option<&Rc<SimulationResult>> {
        self.failures.result()
    }
    /// What hangs on what, once computed.
    pub fn findings(&self) -> Option<&Rc<Findings>> {
        self.findings.result()
    }
    /// What mending is worth, once computed.
    pub fn gains(&self) -> Option<&Rc<Vec<Gain>>> {
        self.gains.result()
    }
    /// How much of what hangs on what is done, in per cent, while it is being computed.
    pub fn findings_percent(&self) -> Option<u8> {
        self.findings.job.as_ref().and_then(|_| self.percent())
    }
    /// Something is being computed.
    pub fn is_running(&self) -> bool {
        self.draws.job.is_some()
            || self.years.job.is_some()
            || self.failures.job.is_some()
            || self.findings.job.is_some()
            || self.gains.job.is_some()
    }
    /// How much of it is done, in per cent; `None` when nothing is under way.
    pub fn percent(&self) -> Option<u8> {
        self.is_running().then_some(self.percent)
    }
    /// Some outcome that is shown is of an earlier revision.
    pub fn is_old(&self) -> bool {
        self.draws.is_old()
            || self.years.is_old()
            || self.failures.is_old()
            || self.findings.is_old()
            || self.gains.is_old()
    }
    /// Somebody stopped it.
    pub fn is_cancelled(&self) -> bool {
        self.cancelled
    }

    pub(super) fn cancel(&mut self) {
        self.draws.cancel();
        self.years.cancel();
        self.failures.cancel();
        self.findings.cancel();
        self.gains.cancel();
        self.cancelled = true;
    }

    pub(super) fn resume(&mut self) {
        self.cancelled = false;
        self.draws.forget();
        self.years.forget();
        self.failures.forget();
        self.findings.forget();
        self.gains.forget();
    }

    /// One slice. Whether there is something new to show.
    pub(super) fn slice(&mut self) -> bool {
        self.scheduled = false;
        let (progress, finished) = if let (Some(job), Some(of)) = (&mut self.draws.job, &self.draws.asked) {
            let rows = of.rows.len().clamp(1, 300);
            let progress = job.step((SLICE / rows).max(20) as u32);
            let result = progress.is_done().then(|| job.result()).flatten();
            (progress, progress.is_done().then(|| self.draws.finish(result)))
        } else if let Some(job) = &mut self.years.job {
            let progress = job.step(YEARS_SLICE);
            let result = progress.is_done().then(|| job.result()).flatten();
            (progress, progress.is_done().then(|| self.years.finish(result)))
        } else if let (Some(job), Some(of)) = (&mut self.findings.job, &self.findings.asked) {
            let progress = job.step((WALKED / size_of(of)).max(1));
            let result = job.result();
            (progress, progress.is_done().then(|| self.findings.finish(result)))
        } else if let (Some(job), Some(of)) = (&mut self.failures.job, &self.failures.asked) {
            let progress = job.step((SLICE / size_of(of)).max(1) as u32);
            let result = progress.is_done().then(|| job.result()).flatten();
            (progress, progress.is_done().then(|| self.failures.finish(result)))
        } else if let (Some(job), Some(of)) = (&mut self.gains.job, &self.failures.asked) {
            let progress = job.step((WALKED / WALKS_OF_CHAIN / size_of(of)).max(1));
            let result = job.result();
            (progress, progress.is_done().then(|| self.gains.finish(result)))
        } else {
            return false;
        };
        self.finished += u32::from(finished.is_some());
        finished.is_some() | self.tell(progress)
    }

    /// Whether so much more is done that it should be told.
    fn tell(&mut self, now: Progress) -> bool {
        let part = if now.is_done() { 0 } else { now.done * 100 / now.of.max(1) };
        let percent = (u64::from(self.finished) * 100 + part) / u64::from(self.begun.max(1));
        let percent = percent.min(100) as u8;
        let tell = percent.abs_diff(self.percent) >= TOLD;
        if tell {
            self.percent = percent;
        }
        tell
    }
}

/// Components and links of a document, at least 1.
fn size_of(document: &Document) -> usize {
    (document.components.len() + document.links.len()).max(1)
}

impl App {
    /// Starts what must be computed anew for what is looked at, and asks for time when there is work.
    pub(in crate::app) fn begin_work(&mut self, effects: &mut Vec<Effect>) {
        let analysis = self.derived.analysis();
        let page = (self.tab == ViewTab::Risk).then_some(self.ranking.page);
        let picked = self.tab == ViewTab::Dependencies && self.dependencies.filter().pick == Some(Pick::SinglePoints);
        let hangs = page == Some(RiskPage::WeakPoints) || picked;
        let work = &mut self.ranking.work;
        if work.cancelled {
            return;
        }
        let document = &self.document;
        // What mending is worth follows from what was simulated, and was counted with it.
        let simulated = work.failures.result().filter(|_| work.failures.job.is_none());
        if let Some(failures) = simulated.filter(|_| page == Some(RiskPage::WeakPoints)).map(Rc::clone) {
            work.gains.want(&failures, || GainsJob::new(document, analysis, &failures));
        }
        if !work.is_running() {
            (work.begun, work.finished, work.percent) = (0, 0, 0);
        }
        let in_view = page.is_some() || self.side == Some(SidePanel::Ranking);
        if in_view && !analysis.ranking.is_silent() {
            let ranking = &analysis.ranking;
            let job = || FirmnessJob::new(ranking, Drawn::Weights, DEFAULT_DRAWS);
            work.begun += u32::from(work.draws.want(ranking, job));
        }
        if matches!(page, Some(RiskPage::Pictures | RiskPage::Summary)) && !document.risks.is_empty() {
            let job = || YearSimulation::of_document(document, DEFAULT_YEARS);
            work.begun += u32::from(work.years.want(document, job));
        }
        if hangs {
            work.begun += u32::from(work.findings.want(document, || FindingsJob::new(document, analysis)));
        }
        if page == Some(RiskPage::WeakPoints) {
            let job = || Simulation::new(document, analysis, DEFAULT_TRIALS);
            work.begun += 2 * u32::from(work.failures.want(document, job));
        }
        if work.is_running() && !work.scheduled {
            work.scheduled = true;
            effects.push(Effect::WorkSoon);
        }
    }
}
