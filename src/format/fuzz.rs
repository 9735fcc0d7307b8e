//! What must hold for any bytes whatever, one function a reader: for property tests here and for `cargo xtask fuzz`.
//!
//! Each reader either refuses the bytes with an error or makes a document that obeys the rules of the model, can be
//! written, and reads back equal; what is written is the same each time; and what was not taken is said (`loss`).

mod loss;
pub mod mutate;

use crate::format::text::decode;
use crate::format::{csv, html, json, link, mermaid, open, owm, packed, picture, support_dates};
use crate::format::{FileInfo, FormatError, Imported, NamedBytes};
use crate::model::{violations, Document, Violation};

/// Whether everything held for these bytes.
pub type Check = fn(&[u8]) -> Result<(), Broken>;

/// Puts a file into something.
pub type Wrap = fn(&[u8]) -> Vec<u8>;

/// A reader, with what is needed to try it.
#[derive(Debug, Clone, Copy)]
pub struct Reader {
    /// What it is called on the command line.
    pub name: &'static str,
    /// What must hold.
    pub check: Check,
    /// Endings of the files to begin with: of its own format, or of ours for what holds one of ours.
    pub endings: &'static [&'static str],
    /// Words that mean something to it.
    pub words: &'static [&'static str],
    /// Puts a file of ours, sound or not, into what this reader reads.
    pub wrap: Option<Wrap>,
    /// Puts right what the damaged thing says about itself, so that the damage is not seen from outside.
    pub seal: Option<fn(&mut [u8])>,
}

/// Endings of files of ours.
const OURS: &[&str] = &[".map.json"];
/// Words of our files.
const JSON_WORDS: &[&str] = &[
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    "\"",
    "\"format\":\"portolan-map\"",
    "\"version\":",
    "\"document\":{",
    "\"components\":[",
    "\"links\":[",
    "\"settings\":{",
    "\"vendors\":[",
    "\"people\":[",
    "\"notes\":[",
    "\"id\":\"c0001\"",
    "\"id\":\"",
    "\"name\":",
    "\"kind\":\"anchor\"",
    "\"evolution\":",
    "\"visibility\":",
    "\"from\":\"c0001\"",
    "\"to\":",
    "\"facts\":{",
    "\"likelihood\":{",
    "\"L1\":3",
    "\"low\":1,\"high\":6",
    "\"state\":\"not_applicable\"",
    "\"view\":{",
    "\"lineage\":[",
    "\"text\":",
    "\"at\":[0.5,0.5]",
    "{\"id\":\"x\",\"name\":\"X\"},\n",
];
/// Words of both languages of map texts.
const MAP_WORDS: &[&str] = &[
    "component ",
    "anchor ",
    "submap ",
    "market ",
    "ecosystem ",
    "->",
    "+>",
    "+<>",
    "+'a'>",
    "evolve ",
    "pipeline ",
    "note ",
    "annotation 1 ",
    "annotations ",
    "[0.5, 0.5]",
    "[0.3, 0.4, 0.6, 0.7]",
    "[",
    "]",
    "{\n",
    "}\n",
    "(buy)",
    "(market, build)",
    "(",
    ")",
    "inertia",
    "label [-10, 5]",
    "label",
    "evolution Genesis -> Custom -> Product -> Utility",
    "title ",
    "style wardley",
    "size [900, 500]",
    "url(",
    "url x [https://a.b]",
    "pioneers ",
    "settlers ",
    "townplanners ",
    "accelerator ",
    "deaccelerator ",
    "y-axis a->b->c",
    "//",
    "/*",
    "*/",
    "\n",
    "; context",
    "build ",
    "buy ",
    "outsource ",
    "\"",
    "\"two words\"",
    "wardley-beta\n",
    "%%",
    "a",
    "b",
    ":",
    "component a [0.5, 0.5] label [1,2] (buy) inertia evolve 0.9\n",
    "a->b\n",
    "valuechain",
    "--hide",
    "@0.5/0.7",
    "\r\n",
];
/// Words of tables.
const TABLE_WORDS: &[&str] = &[
    ",",
    ";",
    "\t",
    "|",
    "\"",
    "\"\"",
    "\n",
    "\r\n",
    "\r",
    "sep=;\n",
    "id",
    "label",
    "Name",
    "source",
    "target",
    "source,target,kind\n",
    "id,label,owner,L1,C2,end_of_life,tags,depends on,Cost\n",
    "L1",
    "C6",
    "owner",
    "vendor",
    "supplier",
    "tags",
    "depends on",
    "end of life",
    "cost",
    "n/a",
    "unknown",
    "yes",
    "no",
    "03/04/2026",
    "2026-01-31",
    "31 Dec 2025",
    "1,200",
    "1.200,50",
    "£12k",
    "€",
    "12 %",
    "a",
    "b",
    "a; b",
    "=1+1",
    "'=x",
    "-1",
    "@x",
    "Total",
    "Total,,9\n",
    "1-3",
];
/// Words around the map inside something else.
const MARKUP_WORDS: &[&str] = &[
    "<svg xmlns=\"http://www.w3.org/2000/svg\">",
    "<metadata>",
    "</metadata>",
    "<metadata id=\"x\">",
    "portolan-map;1;",
    "portolan-map;2;",
    "<html>",
    "<!doctype html>",
    "id=\"portolan-map\"",
    "<script type=\"application/json\" id=\"portolan-map\">",
    "</script>",
    "<!--",
    "-->",
    "<!--portolan:map-->",
    "data-portolan=\"portolan-map;1;",
    "eJwD",
    "AAAA",
    "=",
    "-_",
    "<",
    ">",
    "&amp;",
    "\\u003c",
];
const PNG_WORDS: &[&str] = &[
    "\u{89}PNG\r\n",
    "IHDR",
    "iTXt",
    "IEND",
    "IDAT",
    "portolan-map\0\u{1}\0\0\0",
    "portolan-map\0\0\0\0\0",
    "\0\0\0\u{8}",
    "\0",
];
const LINK_WORDS: &[&str] = &["#", "m=", "m=1.", "m=2.", "m=0.", "m=1000000.", ".", "-", "_", "AAAA", "%20", "=", "&"];

/// Words of files about ends of support.
const DATES_WORDS: &[&str] = &[
    "\"result\":",
    "\"releases\":[",
    "\"cycles\":[",
    "\"cycle\":\"2012-r2\"",
    "\"name\":\"windows-server\"",
    "\"label\":",
    "\"aliases\":[",
    "\"eol\":\"2023-10-10\"",
    "\"eol\":true",
    "\"eolFrom\":\"2026-01-13\"",
    "\"isEol\":false",
    "\"support\":",
    "\"extendedSupport\":",
    "\"eoasFrom\":",
    "\"eoesFrom\":",
    "null",
    "\"2026-02-30\"",
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    "\"",
];

/// Every reader. To add one: a check, a row here, and files to begin with under `tests/fixtures` or in the corpus; the ordinary tests
/// and `cargo xtask fuzz` go through the rows.
pub const READERS: &[Reader] = &[
    Reader { name: "json", check: check_json, endings: OURS, words: JSON_WORDS, wrap: None, seal: None },
    Reader { name: "owm", check: check_owm, endings: &[".owm", ".wm"], words: MAP_WORDS, wrap: None, seal: None },
    Reader { name: "mermaid", check: check_mermaid, endings: &[".mmd"], words: MAP_WORDS, wrap: None, seal: None },
    Reader { name: "csv", check: check_csv, endings: &[".csv"], words: TABLE_WORDS, wrap: None, seal: None },
    Reader { name: "svg", check: check_svg, endings: OURS, words: MARKUP_WORDS, wrap: Some(in_svg), seal: None },
    Reader { name: "png", check: check_png, endings: OURS, words: PNG_WORDS, wrap: Some(in_png), seal: Some(seal_png) },
    Reader { name: "html", check: check_html, endings: OURS, words: MARKUP_WORDS, wrap: Some(in_html), seal: None },
    Reader { name: "link", check: check_link, endings: OURS, words: LINK_WORDS, wrap: Some(in_link), seal: None },
    Reader {
        name: "endoflife",
        check: check_support_dates,
        endings: &[".json"],
        words: DATES_WORDS,
        wrap: None,
        seal: None,
    },
    Reader {
        name: "open",
        check: check_open,
        endings: &[".map.json", ".owm", ".mmd", ".csv"],
        words: MARKUP_WORDS,
        wrap: None,
        seal: None,
    },
];

/// What did not hold.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum Broken {
    /// A reader made a document that breaks a rule.
    #[error("a reader broke a rule: {0:?}")]
    Rule(Violation),
    /// What was written cannot be read.
    #[error("what was written cannot be read: {0}")]
    NotRead(FormatError),
    /// What was written reads back as something else.
    #[error("what was written reads back as something else: {0}")]
    ReadsOtherwise(String),
    /// Writing twice gives different files.
    #[error("writing twice gives different files")]
    WritesOtherwise,
    /// Something is missing and nobody was told.
    #[error("something was lost without a word: {0}")]
    Lost(String),
}

/// Bytes as a file of ours.
///
/// # Errors
/// [`Broken`] when there is a defect in the reader or the writer.
pub fn check_json(bytes: &[u8]) -> Result<(), Broken> {
    match json::read(bytes) {
        Ok(imported) => {
            loss::of_json(bytes, &imported)?;
            check_document(&imported.document, &imported.file)
        }
        Err(error) => {
            // Every error has a sentence.
            error.sentence("file");
            Ok(())
        }
    }
}

/// What a reader made, or the sentence about why it made nothing.
fn check_outcome(outcome: Result<Imported, FormatError>) -> Result<(), Broken> {
    match outcome {
        Ok(imported) => check_document(&imported.document, &imported.file),
        Err(error) if error.sentence("file").len() > 20 => Ok(()),
        Err(error) => Err(Broken::NotRead(error)),
    }
}

/// Bytes as a picture (SVG), and as markup of the clipboard.
///
/// # Errors
/// [`Broken`] when there is a defect in the reader or the writer.
pub fn check_svg(bytes: &[u8]) -> Result<(), Broken> {
    let Ok((text, _)) = decode(bytes) else { return Ok(()) };
    check_outcome(picture::read_found(picture::svg::map_in(&text), "a picture (SVG)"))?;
    match picture::svg::from_markup(&text) {
        Some(found) => check_outcome(json::read(&found.bytes)),
        None => Ok(()),
    }
}

/// Bytes as a picture (PNG).
///
/// # Errors
/// [`Broken`] when there is a defect in the reader or the writer.
pub fn check_png(bytes: &[u8]) -> Result<(), Broken> {
    check_outcome(picture::read_found(picture::png::map_in(bytes), "a picture (PNG)"))
}

/// Bytes as the part of an address behind the `#`.
///
/// # Errors
/// [`Broken`] when there is a defect in the reader or the writer.
pub fn check_link(bytes: &[u8]) -> Result<(), Broken> {
    let Ok(text) = std::str::from_utf8(bytes) else { return Ok(()) };
    let imported = match link::read(text) {
        Err(error) => return check_outcome(Err(error)),
        Ok(imported) => imported,
    };
    check_document(&imported.document, &imported.file)?;
    let again = link::write(&imported.document);
    let back = link::read(&again).map_err(Broken::NotRead)?;
    if back.document != imported.document {
        return Err(Broken::ReadsOtherwise(first_difference(&imported.document, &back.document)));
    }
    Ok(())
}

/// Bytes as a file that says nothing about itself: dropped, or pasted.
///
/// # Errors
/// [`Broken`] when there is a defect in a reader or the writer.
pub fn check_open(bytes: &[u8]) -> Result<(), Broken> {
    check_outcome(open(&[NamedBytes { name: "", bytes }]))
}

/// Bytes as dates of endoflife.date, taken into a small estate wherever something fits.
///
/// # Errors
/// [`Broken`] when there is a defect in the reader, or the estate breaks.
pub fn check_support_dates(bytes: &[u8]) -> Result<(), Broken> {
    let dates = match support_dates::read("windows-server.json", bytes) {
        Ok(dates) => dates,
        Err(error) => return check_outcome(Err(error)),
    };
    let mut document = Document::new();
    for (number, name) in ["Windows Server 2012 R2", "Oracle Database 19c", "x"].into_iter().enumerate() {
        let component = crate::model::Component::named(name);
        document.components.insert(crate::id::Id::numbered('c', number as u64 + 1), std::rc::Rc::new(component));
    }
    let uses = support_dates::uses(&document);
    let mut chosen = Vec::new();
    for one in &uses {
        let proposal = support_dates::propose(&dates, one);
        chosen.push((one, proposal.product.unwrap_or_default(), proposal.release.unwrap_or_default()));
    }
    let taken = support_dates::take_in(&document, &dates, &chosen, &mut csv::NewIds::numbered(), None);
    check_document(&taken.document, &FileInfo::default())
}

/// Bytes as a text for Mermaid.
///
/// # Errors
/// [`Broken`] when there is a defect in the reader or the writer.
pub fn check_mermaid(bytes: &[u8]) -> Result<(), Broken> {
    let Ok((text, _)) = decode(bytes) else { return Ok(()) };
    let imported = mermaid::read(&text);
    loss::of_statements(&text, owm::Dialect::Mermaid, &imported)?;
    check_document(&imported.document, &imported.file)
}

/// A small picture with a file of ours inside.
fn in_svg(file: &[u8]) -> Vec<u8> {
    let letters = packed::to_letters(&packed::pack(file));
    let word = format!("{};1;{letters}", picture::KEYWORD);
    format!("<svg xmlns=\"http://www.w3.org/2000/svg\"><metadata>{word}</metadata><text>a</text></svg>").into_bytes()
}

/// The smallest picture (PNG) with a file of ours inside.
fn in_png(file: &[u8]) -> Vec<u8> {
    const PICTURE: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\0\0\0\0:~\x9bU\0\0\0\nIDATx\x9cc`\0\0\0\x02\0\x01H\xaf\xa4q\0\0\0\0IEND\xaeB`\x82";
    picture::png::with_bytes(PICTURE, file).unwrap_or_default()
}

/// Gives each chunk the check sum of what is in it now.
fn seal_png(picture: &mut [u8]) {
    picture::png::sum_anew(picture);
}

/// A page with a file of ours inside.
fn in_html(file: &[u8]) -> Vec<u8> {
    let shell =
        "<!doctype html><html><head><title>x</title></head><body><!--portolan:page--><!--portolan:map--></body></html>";
    let content = html::Content { title: "A", page: "<p>A</p>", json: &String::from_utf8_lossy(file) };
    html::write(shell, &content).unwrap_or_default().into_bytes()
}

/// An address with a file of ours inside, with the right check sum whatever is in the file.
fn in_link(file: &[u8]) -> Vec<u8> {
    link::of_bytes(file).into_bytes()
}

/// Bytes as a page with a map inside.
///
/// # Errors
/// [`Broken`] when there is a defect in the reader or the writer.
pub fn check_html(bytes: &[u8]) -> Result<(), Broken> {
    match html::read(bytes) {
        Ok(imported) => check_document(&imported.document, &imported.file),
        Err(error) => check_outcome(Err(error)),
    }
}

/// Bytes as a table of systems, as a table of dependencies, and as both.
///
/// # Errors
/// [`Broken`] when there is a defect in the reader or the writer.
pub fn check_csv(bytes: &[u8]) -> Result<(), Broken> {
    let Ok((text, _)) = decode(bytes) else { return Ok(()) };
    for (systems, links) in [(Some(&*text), None), (None, Some(&*text)), (Some(&*text), Some(&*text))] {
        let Ok(imported) = csv::read_tables(systems, links, "") else { continue };
        loss::of_tables(systems, links)?;
        check_document(&imported.document, &imported.file)?;
        check_tables(&imported.document)?;
    }
    Ok(())
}

/// Bytes as a map text.
///
/// # Errors
/// [`Broken`] when there is a defect in the reader or the writer.
pub fn check_owm(bytes: &[u8]) -> Result<(), Broken> {
    let Ok((text, _)) = decode(bytes) else { return Ok(()) };
    let imported = owm::read(&text);
    loss::of_statements(&text, owm::Dialect::Owm, &imported)?;
    check_document(&imported.document, &imported.file)
}

/// A document obeys the rules, can be written as our file and reads back equal.
///
/// # Errors
/// [`Broken`] when it does not.
pub fn check_document(document: &Document, file: &FileInfo) -> Result<(), Broken> {
    if let Some(violation) = violations(document).into_iter().next() {
        return Err(Broken::Rule(violation));
    }
    let text = json::write(document, file);
    let back = json::read(text.as_bytes()).map_err(Broken::NotRead)?;
    if back.document != *document {
        return Err(Broken::ReadsOtherwise(first_difference(document, &back.document)));
    }
    if json::write(&back.document, &back.file) != text {
        return Err(Broken::WritesOtherwise);
    }
    Ok(())
}

/// Tables lose what they have no columns for, but they lose it only once, and never a system.
fn check_tables(document: &Document) -> Result<(), Broken> {
    let read = |document: &Document| {
        let (systems, links) = (csv::write_systems(document), csv::write_links(document));
        let text = |table: String| table.trim_start_matches('\u{feff}').to_owned();
        csv::read_tables(Some(&text(systems)), Some(&text(links)), "").map_err(Broken::NotRead)
    };
    if document.components.is_empty() {
        return Ok(());
    }
    let once = read(document)?.document;
    let names = |document: &Document| document.components.values().map(|c| c.name.clone()).collect::<Vec<_>>();
    if names(&once) != names(document) {
        return Err(Broken::ReadsOtherwise(format!("{:?} {:?}", names(document), names(&once))));
    }
    let twice = read(&once)?.document;
    if twice != once {
        return Err(Broken::ReadsOtherwise(first_difference(&once, &twice)));
    }
    Ok(())
}

/// The first record in which two documents differ, in both forms.
fn first_difference(left: &Document, right: &Document) -> String {
    // `patch_to` looks at pointers first; joining with nothing leaves out what is equal by content.
    let mut patch = left.patch_to(right);
    patch.squash(&crate::model::Patch::default());
    match patch.changes().first() {
        Some(change) => format!("{change:#?}"),
        None => format!("{:?} {:?}", left.extra, right.extra),
    }
}

#[cfg(test)]
mod tests;
