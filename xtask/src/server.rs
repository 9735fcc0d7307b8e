//! A static file server for one folder, on the loopback address only. Answers GET and HEAD,
//! one thread a connection; nothing outside the folder is ever read.
//!
//! For looking at a build, not for the open network: any web host serves the shipped folder.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::{Component, Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use crate::report::{Failure, Outcome};
use crate::web::offline;

/// Longest request head that is read.
const HEAD_LIMIT: u64 = 16 * 1024;
/// How long a silent connection is kept.
const PATIENCE: Duration = Duration::from_secs(20);
/// Where a page asks for the number of the build that is served.
const VERSION_PATH: &str = "/__build";
/// Asks for that number every second and reloads the page when it has changed.
const RELOAD_PATH: &str = "/__reload.js";
const RELOAD_SCRIPT: &str =
    "let seen;setInterval(async()=>{try{const t=await(await fetch('/__build',{cache:'no-store'})).text();\
                             if(seen!==undefined&&seen!==t)location.reload();seen=t}catch{}},1000);";

pub struct Server {
    listener: TcpListener,
    site: Arc<Site>,
}

/// What is served. `build` is raised after each rebuild; pages of a watching server ask for it.
pub struct Site {
    pub folder: PathBuf,
    pub build: AtomicU64,
    pub watching: bool,
}

impl Server {
    /// Takes `port`, or with `None` the first free one from 8080 on.
    pub fn bind(site: Arc<Site>, port: Option<u16>) -> Outcome<Server> {
        let ports = port.map_or(8080..=8099, |it| it..=it);
        let busy = || {
            Failure::new(format!("no port from {} to {} is free.", ports.start(), ports.end()))
                .advise("Name another one with --port.")
        };
        let listener =
            ports.clone().find_map(|it| TcpListener::bind((Ipv4Addr::LOCALHOST, it)).ok()).ok_or_else(busy)?;
        Ok(Server { listener, site })
    }

    pub fn address(&self) -> String {
        let port = self.listener.local_addr().map_or(0, |it| it.port());
        format!("http://127.0.0.1:{port}/")
    }

    /// Serves until the program ends.
    pub fn run(self) {
        for stream in self.listener.incoming().flatten() {
            let site = Arc::clone(&self.site);
            thread::spawn(move || {
                // A visitor who goes away half-way is no error of ours.
                converse(&site, &stream).ok();
            });
        }
    }
}

fn converse(site: &Site, stream: &TcpStream) -> std::io::Result<()> {
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_write_timeout(Some(PATIENCE))?;
    let mut reader = BufReader::new(stream);
    loop {
        let mut head = (&mut reader).take(HEAD_LIMIT);
        let mut request = String::new();
        if head.read_line(&mut request)? == 0 {
            return Ok(());
        }
        let mut close = false;
        loop {
            let mut field = String::new();
            if head.read_line(&mut field)? == 0 {
                return Ok(());
            }
            if field.trim().is_empty() {
                break;
            }
            close |= field.to_ascii_lowercase().replace(' ', "").starts_with("connection:close");
        }
        let mut words = request.split_whitespace();
        let (method, target) = (words.next().unwrap_or(""), words.next().unwrap_or(""));
        let answer = answer(site, method, target);
        let mut message = format!(
            "HTTP/1.1 {}\r\nContent-Type: {}\r\nContent-Length: {}\r\nCache-Control: {}\r\nX-Content-Type-Options: nosniff\r\n\r\n",
            answer.status,
            answer.kind,
            answer.body.len(),
            if answer.keep { "public, max-age=31536000, immutable" } else { "no-store" },
        )
        .into_bytes();
        if method != "HEAD" {
            message.extend(answer.body);
        }
        (&mut &*stream).write_all(&message)?;
        if close {
            return Ok(());
        }
    }
}

struct Answer {
    status: &'static str,
    kind: &'static str,
    /// The name changes with the content, so the browser may keep it.
    keep: bool,
    body: Vec<u8>,
}

impl Answer {
    fn ok(kind: &'static str, body: impl Into<Vec<u8>>) -> Answer {
        Answer { status: "200 OK", kind, keep: false, body: body.into() }
    }

    fn error(status: &'static str) -> Answer {
        Answer { status, kind: "text/plain; charset=utf-8", keep: false, body: status.as_bytes().to_vec() }
    }
}

fn answer(site: &Site, method: &str, target: &str) -> Answer {
    if method != "GET" && method != "HEAD" {
        return Answer::error("405 Method Not Allowed");
    }
    if site.watching && target == VERSION_PATH {
        return Answer::ok("text/plain", site.build.load(Ordering::Relaxed).to_string());
    }
    if site.watching && target == RELOAD_PATH {
        return Answer::ok("text/javascript", RELOAD_SCRIPT);
    }
    let Some(mut path) = resolve(&site.folder, target) else {
        return Answer::error("404 Not Found");
    };
    if path.is_dir() {
        path.push("index.html");
    }
    let Ok(body) = std::fs::read(&path) else {
        return Answer::error("404 Not Found");
    };
    let mut answer = Answer::ok(kind(&path), body);
    answer.keep = has_fingerprint(&path);
    if site.watching && answer.kind.starts_with("text/html") {
        // What is built anew at every change must not be kept by the browser.
        let page = String::from_utf8_lossy(&answer.body).replace(offline::META, "");
        answer.body = format!("{page}<script type=\"module\" src=\"{RELOAD_PATH}\"></script>").into_bytes();
    }
    answer
}

/// The file behind a request target; nothing for one that leads out of the folder, by its own
/// words or by a link.
fn resolve(folder: &Path, target: &str) -> Option<PathBuf> {
    let path = target.split(['?', '#']).next()?;
    let path = decode(path.strip_prefix('/')?)?;
    let path = Path::new(&path);
    if !path.components().all(|it| matches!(it, Component::Normal(_))) {
        return None;
    }
    let full = folder.join(path).canonicalize().ok()?;
    full.starts_with(folder.canonicalize().ok()?).then_some(full)
}

fn decode(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte != b'%' {
            bytes.push(byte);
            continue;
        }
        let digit = |it: Option<u8>| char::from(it?).to_digit(16).and_then(|it| u8::try_from(it).ok());
        bytes.push(digit(rest.next())? * 16 + digit(rest.next())?);
    }
    String::from_utf8(bytes).ok().filter(|it| !it.contains('\0') && !it.contains('\\'))
}

fn kind(path: &Path) -> &'static str {
    match path.extension().and_then(|it| it.to_str()) {
        Some("html") => "text/html; charset=utf-8",
        Some("js" | "mjs") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("wasm") => "application/wasm",
        Some("json" | "map") => "application/json",
        Some("webmanifest") => "application/manifest+json",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("ico") => "image/x-icon",
        Some("woff2") => "font/woff2",
        Some("txt" | "owm" | "csv") => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

fn has_fingerprint(path: &Path) -> bool {
    let stem = path.file_stem().and_then(|it| it.to_str()).unwrap_or("");
    stem.rsplit_once('-').is_some_and(|(_, it)| it.len() == 16 && it.bytes().all(|it| it.is_ascii_hexdigit()))
}

#[cfg(test)]
mod tests {
    use super::{Server, Site};
    use std::io::{Read, Write};
    use std::net::TcpStream;
    use std::path::PathBuf;
    use std::sync::atomic::AtomicU64;
    use std::sync::Arc;

    struct Running {
        folder: PathBuf,
        port: u16,
    }

    impl Running {
        fn new(name: &str, watching: bool) -> Running {
            let folder = std::env::temp_dir().join(format!("portolan-server-{}-{name}", std::process::id()));
            std::fs::create_dir_all(folder.join("site/a b")).unwrap();
            std::fs::write(folder.join("site/index.html"), "<p>home</p>").unwrap();
            std::fs::write(folder.join("site/kept.html"), crate::web::offline::META).unwrap();
            std::fs::write(folder.join("site/app_bg-0123456789abcdef.wasm"), "wasm").unwrap();
            std::fs::write(folder.join("site/a b/x.css"), "css").unwrap();
            std::fs::write(folder.join("secret.txt"), "secret").unwrap();
            let site = Arc::new(Site { folder: folder.join("site"), build: AtomicU64::new(7), watching });
            let server = Server::bind(site, Some(0)).unwrap();
            let port = server.listener.local_addr().unwrap().port();
            std::thread::spawn(move || server.run());
            Running { folder, port }
        }

        fn say(&self, message: &str) -> String {
            let mut stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
            stream.write_all(message.as_bytes()).unwrap();
            let mut text = String::new();
            stream.read_to_string(&mut text).unwrap();
            text
        }

        fn get(&self, target: &str) -> String {
            self.say(&format!("GET {target} HTTP/1.1\r\nConnection: close\r\n\r\n"))
        }
    }

    impl Drop for Running {
        fn drop(&mut self) {
            std::fs::remove_dir_all(&self.folder).unwrap();
        }
    }

    #[test]
    fn files_come_with_their_type_and_the_right_time_to_keep() {
        let it = Running::new("types", false);
        let home = it.get("/");
        assert!(home.starts_with("HTTP/1.1 200") && home.ends_with("<p>home</p>"), "{home}");
        assert!(home.contains("text/html") && home.contains("no-store"));
        let wasm = it.get("/app_bg-0123456789abcdef.wasm?x");
        assert!(wasm.contains("application/wasm") && wasm.contains("immutable"), "{wasm}");
        assert!(it.get("/a%20b/x.css").ends_with("css"));
        let head = it.say("HEAD / HTTP/1.1\r\nConnection: close\r\n\r\n");
        assert!(head.contains("Content-Length: 11") && !head.contains("home"), "{head}");
    }

    #[test]
    fn nothing_outside_the_folder_is_served() {
        let it = Running::new("outside", false);
        #[cfg(unix)]
        std::os::unix::fs::symlink(it.folder.join("secret.txt"), it.folder.join("site/link.txt")).unwrap();
        for target in [
            "/../secret.txt",
            "/%2e%2e/secret.txt",
            "/..%2fsecret.txt",
            "//etc/passwd",
            "/a%20b/../../secret.txt",
            "/link.txt",
            "/%zz",
            "/%",
            "secret",
            "/no",
        ] {
            let text = it.get(target);
            assert!(text.starts_with("HTTP/1.1 404") && !text.contains("secret"), "{target}: {text}");
        }
        assert!(it.say("POST / HTTP/1.1\r\nConnection: close\r\n\r\n").starts_with("HTTP/1.1 405"));
    }

    #[test]
    fn a_connection_serves_several_requests() {
        let it = Running::new("several", false);
        let text = it.say("GET / HTTP/1.1\r\n\r\nGET /a%20b/x.css HTTP/1.1\r\nConnection: close\r\n\r\n");
        assert_eq!(text.matches("HTTP/1.1 200").count(), 2, "{text}");
    }

    #[test]
    fn only_a_watching_server_adds_the_reload_script() {
        let it = Running::new("watching", true);
        assert!(it.get("/").contains("/__reload.js"));
        assert!(it.get("/__build").ends_with('7'));
        assert!(!it.get("/kept.html").contains("portolan-worker"), "and leaves out what would keep the page");
        let plain = Running::new("plain", false);
        assert!(plain.get("/kept.html").contains("portolan-worker"));
        assert!(!plain.get("/").contains("__reload"));
        assert!(plain.get("/__build").starts_with("HTTP/1.1 404"));
    }
}
