//! `portolan dates`: end-of-support dates from a file of endoflife.date, put into a map.

use portolan::format::csv::NewIds;
use portolan::format::support_dates::{propose, read, take_in, uses};

use crate::commands::check::text_line;
use crate::commands::convert::written;
use crate::files;
use crate::words::Words;
use crate::{Failure, Outcome};

pub(crate) fn dates(words: &Words) -> Result<Outcome, Failure> {
    let [map, dates_path] = words.files.as_slice() else {
        return Err(Failure::Usage("a map and a file of support dates are wanted here.".to_owned()));
    };
    let out = words.option("-o").ok_or_else(|| Failure::Usage("-o OUT says where the map goes.".to_owned()))?;
    let imported = files::open(map)?.imported;
    let bytes = files::read(dates_path)?;
    let dates = read(dates_path, &bytes).map_err(|error| Failure::Format(error.sentence(dates_path)))?;
    for diagnostic in &dates.diagnostics {
        eprint!("{}", text_line(dates_path, diagnostic));
    }
    let all = uses(&imported.document);
    let mut chosen = Vec::new();
    let mut open = false;
    for one in &all {
        let proposal = propose(&dates, one);
        if let (Some(product), Some(release)) = (proposal.product, proposal.release) {
            chosen.push((one, product, release));
        } else if proposal.product.is_some() {
            open = true;
            eprintln!("{} {}: {}", one.product, one.version, proposal.why);
        }
    }
    let taken = take_in(&imported.document, &dates, &chosen, &mut NewIds::numbered(), Some(words.today()?));
    let (text, lost) = written(&taken.document, &imported.file, out)?;
    for diagnostic in &lost {
        eprint!("{}", text_line(out, diagnostic));
    }
    files::write(Some(out), text.as_bytes())?;
    eprintln!("{} systems have dates: {} records made, {} changed.", taken.systems.len(), taken.made, taken.changed);
    Ok(if open || !lost.is_empty() || !dates.diagnostics.is_empty() { Outcome::Findings } else { Outcome::Fine })
}
