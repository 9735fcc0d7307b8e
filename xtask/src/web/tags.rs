//! Finds the elements of a page that carry a given attribute. Enough HTML for our own
//! `index.html`: tags with quoted or bare attributes, comments, and script elements.

use std::ops::Range;

/// One element, from its `<` to the end of its start tag, or of its end tag for a script.
#[derive(Debug, PartialEq)]
pub struct Tag {
    pub name: String,
    pub attributes: Vec<(String, Option<String>)>,
    pub place: Range<usize>,
}

impl Tag {
    pub fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(it, _)| it == name).and_then(|(_, value)| value.as_deref())
    }

    pub fn has(&self, name: &str) -> bool {
        self.attributes.iter().any(|(it, _)| it == name)
    }
}

/// All start tags outside comments and script bodies, in order.
pub fn scan(html: &str) -> Vec<Tag> {
    let mut tags = Vec::new();
    let mut at = 0;
    while let Some(open) = find(html, at, "<") {
        if rest(html, open).starts_with("<!--") {
            at = find(html, open, "-->").map_or(html.len(), |it| it + 3);
            continue;
        }
        let Some(mut tag) = start_tag(html, open) else {
            at = open + 1;
            continue;
        };
        at = tag.place.end;
        if tag.name == "script" || tag.name == "style" {
            let close = format!("</{}>", tag.name);
            let end = find(html, at, &close).map_or(html.len(), |it| it + close.len());
            at = end;
            tag.place.end = end;
        }
        tags.push(tag);
    }
    tags
}

fn rest(html: &str, at: usize) -> &str {
    html.get(at..).unwrap_or("")
}

fn find(html: &str, from: usize, what: &str) -> Option<usize> {
    rest(html, from).find(what).map(|it| it + from)
}

fn start_tag(html: &str, open: usize) -> Option<Tag> {
    let body = rest(html, open + 1);
    let name_len = body.find(|it: char| !it.is_ascii_alphanumeric() && it != '-').unwrap_or(body.len());
    if name_len == 0 {
        return None;
    }
    let name = body.get(..name_len)?.to_ascii_lowercase();
    let mut at = open + 1 + name_len;
    let mut attributes = Vec::new();
    loop {
        let here = rest(html, at);
        at += here.len() - here.trim_start_matches(|it: char| it.is_whitespace() || it == '/').len();
        let here = rest(html, at);
        if here.is_empty() {
            return None;
        }
        if here.starts_with('>') {
            return Some(Tag { name, attributes, place: open..at + 1 });
        }
        let key_len =
            here.find(|it: char| it.is_whitespace() || it == '=' || it == '>' || it == '/').unwrap_or(here.len());
        let key = here.get(..key_len)?.to_ascii_lowercase();
        if key.is_empty() {
            return None;
        }
        at += key_len;
        let Some(after) = rest(html, at).strip_prefix('=') else {
            attributes.push((key, None));
            continue;
        };
        at += 1;
        let value = match after.chars().next() {
            Some(quote @ ('"' | '\'')) => {
                let inner = after.get(1..)?;
                let len = inner.find(quote)?;
                at += len + 2;
                inner.get(..len)?
            }
            _ => {
                let len = after.find(|it: char| it.is_whitespace() || it == '>').unwrap_or(after.len());
                at += len;
                after.get(..len)?
            }
        };
        attributes.push((key, Some(value.to_owned())));
    }
}

#[cfg(test)]
mod tests {
    use super::scan;

    #[test]
    fn attributes_in_all_spellings() {
        let tags = scan("<p>a</p><link data-trunk rel=\"css\" href='a b.css' disabled/>");
        assert_eq!(tags.len(), 2);
        let link = &tags[1];
        assert_eq!((link.get("rel"), link.get("href")), (Some("css"), Some("a b.css")));
        assert!(link.has("data-trunk") && link.has("disabled") && !link.has("data"));
    }

    #[test]
    fn comments_and_script_bodies_are_not_tags() {
        let html = "<!-- <link data-trunk> --><script src=\"a.js\">'<link data-trunk>'</script><b>";
        let tags = scan(html);
        assert_eq!(tags.iter().map(|it| it.name.as_str()).collect::<Vec<_>>(), ["script", "b"]);
        assert_eq!(&html[tags[0].place.clone()], "<script src=\"a.js\">'<link data-trunk>'</script>");
    }

    #[test]
    fn broken_html_ends_quietly() {
        for html in ["<", "<link", "<link a=", "<link a=\"", "<!--", "<script>", "< a", "<link =>"] {
            assert!(scan(html).len() <= 1, "{html}");
        }
    }
}
