//! How templates call one another: files and components that are not there, circles.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::fault::{self, Fault, guess_or_list};
use super::lex::Piece;
use super::scan::Link;
use super::{File, MAX_DEPTH};

type Files = BTreeMap<String, File>;

/// Adds to each file what is wrong with its links.
pub fn check(files: &mut Files) {
    let mut faults = missing(files);
    faults.extend(components(files));
    faults.extend(blocks(files));
    faults.extend(circles(files));
    faults.extend(too_deep(files));
    for fault in faults {
        if let Some(file) = files.get_mut(&fault.file) {
            file.faults.push(fault);
            file.faults.sort_by_key(|fault| fault.range.start);
        }
    }
}

fn missing(files: &Files) -> Vec<Fault> {
    let all = files.values().flat_map(|file| file.scan.links.iter().map(move |link| (file, link)));
    let missing = all.filter(|(_, link)| !files.contains_key(&link.target));
    missing
        .map(|(file, link)| {
            let message = format!("không có tệp templates/{}", link.target);
            let hint = guess_or_list(&link.target, files.keys().map(String::as_str), "các tệp");
            let fault = Fault::new(fault::UNKNOWN_FILE, &file.path, link.range.clone(), message);
            Fault { hint, ..fault }
        })
        .collect()
}

/// Blocks that no file above has, so that they would never be printed.
fn blocks(files: &Files) -> Vec<Fault> {
    let mut faults = Vec::new();
    for file in files.values().filter(|file| file.scan.extends) {
        let mut above = Vec::new();
        let mut next = parent(files, file);
        let mut is_whole = true;
        for _ in 0..MAX_DEPTH {
            let Some(file) = next else { break };
            is_whole &= file.faults.is_empty();
            above.extend(all_blocks(file));
            next = parent(files, file);
        }
        // Above, a block may be there and its tag be wrong.
        let is_found = parent(files, file).is_some() && is_whole;
        for block in file.scan.blocks.iter().filter(|_| is_found) {
            if above.contains(&block.target.as_str()) {
                continue;
            }
            let message = format!("tệp được `extends` không có khối `{}`", block.target);
            let hint = guess_or_list(&block.target, above.iter().copied(), "các khối");
            let range = block.range.clone();
            faults.push(Fault {
                hint,
                ..Fault::new(fault::UNKNOWN_NAME, &file.path, range, message)
            });
        }
    }
    faults
}

/// The file that another extends: its first link, for `extends` stands before any other.
fn parent<'a>(files: &'a Files, file: &File) -> Option<&'a File> {
    let first = file.scan.links.first().filter(|_| file.scan.extends)?;
    files.get(&first.target)
}

fn all_blocks(file: &File) -> Vec<&str> {
    let tags = file.scan.pieces.iter().filter_map(|piece| match piece {
        Piece::Tag(tag) if tag.is(&file.text, 0, "block") => Some(tag.word(&file.text, 1)),
        _ => None,
    });
    tags.collect()
}

fn components(files: &Files) -> Vec<Fault> {
    let known: BTreeSet<&str> = files
        .values()
        .flat_map(|file| file.scan.components.iter().map(|it| it.target.as_str()))
        .collect();
    let calls = files.values().flat_map(|file| file.scan.calls.iter().map(move |it| (file, it)));
    let unknown = calls.filter(|(_, call)| !known.contains(call.target.as_str()));
    unknown
        .map(|(file, call)| {
            let message = format!("không có thành phần `{}`", call.target);
            let define = "đặt nó bằng `{% component ten(a) %} … {% endcomponent %}`";
            let hint = guess_or_list(&call.target, known.iter().copied(), "các thành phần");
            Fault::new(fault::UNKNOWN_NAME, &file.path, call.range.clone(), message)
                .hint(hint.unwrap_or_else(|| define.to_owned()))
        })
        .collect()
}

/// Every file that can be reached from one.
fn reach<'a>(files: &'a Files, from: &'a str) -> BTreeSet<&'a str> {
    let mut reached = BTreeSet::new();
    let mut waiting = vec![from];
    while let Some(path) = waiting.pop() {
        let links = files.get(path).map(|file| file.scan.links.as_slice()).unwrap_or_default();
        let targets = links.iter().map(|link| link.target.as_str());
        waiting.extend(targets.filter(|target| reached.insert(*target)));
    }
    reached
}

/// Files that call one another in a circle are told once, at the first of them.
fn circles(files: &Files) -> Vec<Fault> {
    let mut told: BTreeSet<&str> = BTreeSet::new();
    let mut faults = Vec::new();
    for (path, file) in files.iter().filter(|(_, file)| !file.scan.links.is_empty()) {
        let leads_back = |link: &&Link| {
            link.target == *path || reach(files, &link.target).contains(path.as_str())
        };
        let Some(link) = file.scan.links.iter().find(leads_back) else { continue };
        if told.contains(path.as_str()) {
            continue;
        }
        told.extend(
            reach(files, path)
                .into_iter()
                .filter(|other| reach(files, other).contains(path.as_str())),
        );
        let through =
            if link.target == *path { String::new() } else { format!(" qua {}", link.target) };
        let message = format!("tệp {path} gọi vòng trở lại chính nó{through}");
        faults.push(
            Fault::new(fault::CIRCLE, path, link.range.clone(), message)
                .hint("bỏ một trong các thẻ include, extends này"),
        );
    }
    faults
}

/// Chains of files that are too long, told at the link where they become so.
fn too_deep(files: &Files) -> Vec<Fault> {
    let mut heights = BTreeMap::new();
    let mut faults: Vec<Fault> = Vec::new();
    for path in files.keys() {
        if let Err(fault) = height(files, path, &mut vec![path], &mut heights)
            && !faults.contains(&fault)
        {
            faults.push(fault);
        }
    }
    faults
}

/// How many files stand under one another below a file; a circle ends there.
fn height<'a>(
    files: &'a Files,
    path: &'a str,
    above: &mut Vec<&'a str>,
    heights: &mut BTreeMap<&'a str, usize>,
) -> Result<usize, Fault> {
    if let Some(height) = heights.get(path) {
        return Ok(*height);
    }
    let Some(file) = files.get(path) else { return Ok(0) };
    let mut highest = 0;
    for link in &file.scan.links {
        let target = link.target.as_str();
        if above.contains(&target) {
            continue;
        }
        let too_deep = || {
            let message = format!("các tệp gọi nhau quá {MAX_DEPTH} tầng");
            Fault::new(fault::CIRCLE, path, link.range.clone(), message)
                .hint("bỏ một trong các thẻ include, extends này")
        };
        if above.len() > MAX_DEPTH {
            return Err(too_deep());
        }
        above.push(target);
        highest = highest.max(1 + height(files, target, above, heights)?);
        above.pop();
        if highest > MAX_DEPTH {
            return Err(too_deep());
        }
    }
    heights.insert(path, highest);
    Ok(highest)
}

/// The first call by which a component among some files leads back to itself: file, bytes.
pub fn recursive_call(files: &Files, among: &BTreeSet<&str>) -> Option<(String, Range<usize>)> {
    let mut calls: BTreeMap<&str, Vec<(&File, &Link)>> = BTreeMap::new();
    for file in files.values().filter(|file| among.contains(file.path.as_str())) {
        for component in &file.scan.components {
            let start = component.range.start;
            let end = end_of_component(file, start).unwrap_or(file.text.len());
            let within =
                file.scan.calls.iter().filter(|call| (start..end).contains(&call.range.start));
            calls.entry(&component.target).or_default().extend(within.map(|call| (file, call)));
        }
    }
    let leads_to = |from: &str, to: &str| {
        let mut reached: BTreeSet<&str> = BTreeSet::new();
        let mut waiting = vec![from];
        while let Some(name) = waiting.pop() {
            let targets = calls.get(name).into_iter().flatten().map(|(_, call)| &*call.target);
            waiting.extend(targets.filter(|target| reached.insert(target)));
        }
        from == to || reached.contains(to)
    };
    let back = calls.iter().flat_map(|(name, calls)| calls.iter().map(move |it| (*name, it)));
    let (_, (file, call)) =
        back.into_iter().find(|(name, (_, call))| leads_to(&call.target, name))?;
    Some((file.path.clone(), call.range.clone()))
}

fn end_of_component(file: &File, from: usize) -> Option<usize> {
    file.scan.pieces.iter().find_map(|piece| match piece {
        Piece::Tag(tag) if tag.range.start > from && tag.is(&file.text, 0, "endcomponent") => {
            Some(tag.range.start)
        }
        _ => None,
    })
}
