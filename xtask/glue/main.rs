//! The script generator: turns the wasm that Cargo wrote into wasm plus an ES module
//! that starts it, through the library behind the `wasm-bindgen` program.
//!
//! And the packer: `pack IN OUT LEVEL` writes a file as zlib does, for the app as one page. It lives here because
//! `cargo xtask` itself has no dependency.
//!
//! Understands the few arguments of that program which `cargo xtask` and Trunk pass, so
//! that Trunk can use it too where no matching `wasm-bindgen` is installed. It must not
//! know the app, its page or where files are served from.

use std::path::PathBuf;
use std::process::ExitCode;

use wasm_bindgen_cli_support::Bindgen;

/// Version of the library compiled in; `Cargo.toml` pins the dependency to it.
const VERSION: &str = "0.2.129";

struct Request {
    input: PathBuf,
    out_dir: PathBuf,
    out_name: Option<String>,
    typescript: bool,
    keep_names: bool,
}

fn parse(args: impl Iterator<Item = String>) -> Result<Option<Request>, String> {
    let mut input = None;
    let mut out_dir = None;
    let mut out_name = None;
    let mut typescript = true;
    let mut keep_names = false;
    let mut args = args;
    while let Some(arg) = args.next() {
        let (name, value) = match arg.split_once('=') {
            Some((name, value)) if name.starts_with("--") => (name.to_owned(), Some(value.to_owned())),
            _ => (arg, None),
        };
        let mut value_of = || value.clone().or_else(|| args.next()).ok_or(format!("{name} needs a value"));
        match name.as_str() {
            "--version" | "-V" => return Ok(None),
            "--out-dir" => out_dir = Some(PathBuf::from(value_of()?)),
            "--out-name" => out_name = Some(value_of()?),
            "--target" => {
                let target = value_of()?;
                if target != "web" {
                    return Err(format!("only --target web is supported, not {target}"));
                }
            }
            "--no-typescript" => typescript = false,
            "--typescript" => typescript = true,
            "--debug" | "--keep-debug" => keep_names = true,
            _ if name.starts_with('-') => return Err(format!("unknown option {name}")),
            _ => input = Some(PathBuf::from(name)),
        }
    }
    Ok(Some(Request {
        input: input.ok_or("which wasm file?")?,
        out_dir: out_dir.ok_or("--out-dir is missing")?,
        out_name,
        typescript,
        keep_names,
    }))
}

fn generate(request: &Request) -> Result<(), String> {
    let mut bindgen = Bindgen::new();
    let web = bindgen.web(true).map_err(|error| format!("{error:#}"))?;
    web.input_path(&request.input)
        .typescript(request.typescript)
        .keep_debug(request.keep_names)
        .remove_name_section(!request.keep_names)
        .remove_producers_section(!request.keep_names)
        // The page names the wasm file: its name carries a fingerprint.
        .omit_default_module_path(true);
    if let Some(name) = &request.out_name {
        web.out_name(name);
    }
    web.generate(&request.out_dir).map_err(|error| format!("{error:#}"))
}

fn pack(words: &[String]) -> Result<(), String> {
    let [input, output, level] = words else { return Err("pack takes IN OUT LEVEL".to_owned()) };
    let level: u8 = level.parse().map_err(|_| format!("{level} is no level"))?;
    let bytes = std::fs::read(input).map_err(|error| format!("{input}: {error}"))?;
    let packed = miniz_oxide::deflate::compress_to_vec_zlib(&bytes, level.min(10));
    std::fs::write(output, packed).map_err(|error| format!("{output}: {error}"))
}

fn run(words: Vec<String>) -> Result<(), String> {
    if words.first().is_some_and(|it| it == "pack") {
        return pack(words.get(1..).unwrap_or(&[]));
    }
    match parse(words.into_iter()) {
        Ok(None) => {
            println!("wasm-bindgen {VERSION}");
            Ok(())
        }
        Ok(Some(request)) => generate(&request),
        Err(problem) => Err(problem),
    }
}

fn main() -> ExitCode {
    match run(std::env::args().skip(1).collect()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("wasm-glue: {problem}");
            ExitCode::FAILURE
        }
    }
}
