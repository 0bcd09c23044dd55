//! The comparison as one page that a head of office can read: no scripts, nothing from
//! elsewhere, told by lines under and through the words and not by colour alone.

use std::fmt::Write as _;

use super::page::{is_unaffected, number, summary};
use super::{Compared, Outcome, Pair};
use crate::compare::{Change, Piece, Token, Told};
use crate::diag::{Diagnostic, Sources};

/// By this a page of ours is known, so that no other file is overwritten.
pub const GENERATOR: &str = r#"<meta name="generator" content="vanthu wording diff">"#;

const STYLE: &str = "\
body{font:1.05rem/1.6 'Times New Roman','Liberation Serif',serif;color:#111;background:#fff;max-width:52rem;margin:2rem auto;padding:0 1rem}
h1{font-size:1.5rem}h2{font-size:1.2rem;margin:2rem 0 .5rem;border-bottom:1px solid #999}
dl.hai{display:grid;grid-template-columns:max-content 1fr;gap:.1rem .8rem}dl.hai dd{margin:0}
li{margin:.6rem 0}.cho{display:block;font-size:.9rem;color:#444}
del{background:#fde2e1;color:#7a0d08;text-decoration:line-through}
ins{background:#dff3df;color:#0b4d14;text-decoration:underline;font-weight:600}
pre{white-space:pre-wrap;background:#f4f4f4;padding:.6rem;font-size:.85rem}
@media print{body{margin:0;max-width:none}}";

pub fn page(compared: &Compared) -> String {
    let sides = &compared.sides;
    let mut html = format!(
        "<!DOCTYPE html>\n<html lang=\"vi\">\n<head>\n<meta charset=\"utf-8\">\n{GENERATOR}\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>So sánh lời văn</title>\n<style>\n{STYLE}\n</style>\n</head>\n<body>\n<main>\n\
         <h1>So sánh lời văn</h1>\n<dl class=\"hai\"><dt>Cũ:</dt><dd>{}</dd><dt>Mới:</dt><dd>{}</dd></dl>\n\
         <p>{}</p>\n<p>Chữ <del>gạch ngang</del> là chữ bỏ, chữ <ins>gạch dưới</ins> là chữ thêm.</p>\n",
        escape(&sides.old.title),
        escape(&sides.new.title),
        escape(&summary(compared)),
    );
    for pair in compared.documents.iter().filter(|pair| !is_unaffected(pair)) {
        document(pair, &mut html);
    }
    let same: Vec<&Pair> = compared.documents.iter().filter(|pair| is_unaffected(pair)).collect();
    if !same.is_empty() {
        html.push_str("<section>\n<h2>Không thay đổi</h2>\n<ul>\n");
        for pair in same {
            // Writing to a String cannot fail.
            let _ = writeln!(html, "<li>{}</li>", escape(&pair.name));
        }
        html.push_str("</ul>\n</section>\n");
    }
    html.push_str("</main>\n</body>\n</html>\n");
    html
}

fn document(pair: &Pair, html: &mut String) {
    let _ = writeln!(html, "<section>\n<h2>{}</h2>", escape(&pair.name));
    match &pair.outcome {
        Outcome::Both(changes) if changes.is_empty() => {}
        Outcome::Both(changes) => {
            html.push_str("<ul>\n");
            for change in changes {
                let place = escape(&change.place);
                let _ =
                    writeln!(html, "<li><span class=\"cho\">{place}</span>{}</li>", told(change));
            }
            html.push_str("</ul>\n");
        }
        Outcome::OnlyOld => html.push_str("<p>Chỉ lập được ở bản cũ.</p>\n"),
        Outcome::OnlyNew => html.push_str("<p>Chỉ lập được ở bản mới.</p>\n"),
        Outcome::Neither => html.push_str("<p>Không lập được ở cả hai bản.</p>\n"),
    }
    errors("Lỗi mới", &pair.new_errors.diagnostics, &pair.new_errors.sources, html);
    errors("Lỗi cũ nay hết", &pair.gone_errors.diagnostics, &pair.gone_errors.sources, html);
    html.push_str("</section>\n");
}

fn errors(title: &str, errors: &[Diagnostic], sources: &Sources, html: &mut String) {
    if !errors.is_empty() {
        let errors = escape(crate::diag::plain(errors, sources).trim_end());
        let _ = writeln!(html, "<h3>{title}</h3>\n<pre>{errors}</pre>");
    }
}

fn told(change: &Change) -> String {
    match &change.told {
        Told::Added(new) => changed("ins", &marked(new.mark.as_deref(), &words(&new.tokens))),
        Told::Removed(old) => changed("del", &marked(old.mark.as_deref(), &words(&old.tokens))),
        Told::Renumbered { old, new } => {
            let number = |mark| escape(&number(mark));
            format!("đánh số: <del>{}</del> <ins>{}</ins>", number(old), number(new))
        }
        Told::Reworded(pieces) => reworded(pieces),
    }
}

/// The whole sentence, what is gone and what has come in place.
fn reworded(pieces: &[Piece]) -> String {
    let mut html = String::new();
    let mut at = 0;
    while at < pieces.len() {
        let kind = std::mem::discriminant(&pieces[at]);
        let end =
            pieces[at..].iter().take_while(|piece| std::mem::discriminant(*piece) == kind).count()
                + at;
        let tokens = pieces[at..end].iter().map(|piece| match piece {
            Piece::Same(token) | Piece::Gone(token) | Piece::Come(token) => token,
        });
        let words = words(tokens);
        html.push_str(&match &pieces[at] {
            Piece::Same(_) => words,
            Piece::Gone(_) => changed("del", &words),
            Piece::Come(_) => changed("ins", &words),
        });
        at = end;
    }
    html
}

fn changed(tag: &str, words: &str) -> String {
    format!("<{tag}>{words}</{tag}>")
}

fn marked(mark: Option<&str>, words: &str) -> String {
    mark.map_or_else(|| words.to_owned(), |mark| format!("{} {words}", escape(mark)))
}

fn words<'a>(tokens: impl IntoIterator<Item = &'a Token>) -> String {
    let mut html = String::new();
    for token in tokens {
        let mut text = escape(&token.text);
        if token.italic {
            text = format!("<i>{text}</i>");
        }
        if token.bold {
            text = format!("<b>{text}</b>");
        }
        html.push_str(&text);
    }
    html
}

fn escape(text: &str) -> String {
    let mut html = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            '\'' => html.push_str("&#39;"),
            c => html.push(c),
        }
    }
    html
}
