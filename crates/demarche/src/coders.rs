//! Articles analysed and coded together, on all threads.

use anyhow::Result;
use demarche_coder::{Coding, code};
use demarche_knowledge::Knowledge;
use demarche_language::{Analyser, Analysis, Error};
use demarche_record::Article;
use rayon::prelude::*;

/// What codes articles: the model, the threads and the tables.
pub struct Coders<'a> {
    analyser: Analyser,
    threads: rayon::ThreadPool,
    knowledge: &'a Knowledge,
}

impl<'a> Coders<'a> {
    pub fn new(threads: usize, knowledge: &'a Knowledge) -> Result<Self> {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build()?;
        Ok(Self { analyser: Analyser::new(threads)?, threads: pool, knowledge })
    }

    /// Analyses and codes articles and works on each one's coding, still on the threads; the results in the order of the articles.
    pub fn code<T: Send>(&self, articles: &[&Article], work: impl Fn(&Article, &Analysis, Coding) -> Result<T> + Sync) -> Vec<Result<T>> {
        let texts: Vec<&str> = articles.iter().map(|a| a.text.as_str()).collect();
        let analyses = self.analyser.analyse_all(&texts);
        let one = |(article, analysis): (&&Article, Result<Analysis, Error>)| {
            let analysis = analysis?;
            work(article, &analysis, code(article, &analysis, self.knowledge))
        };
        self.threads.install(|| articles.par_iter().zip(analyses).map(one).collect())
    }
}
