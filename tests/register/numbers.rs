//! Which number a wish gets, as a clerk would try them.

use vanthu::archive::{Act, Key, Series, State};

use super::office::{Office, act, date, series, wish};

/// Wishes one after another, `day [number]`, and what came of each.
pub fn given(wishes: &[&str]) -> String {
    let mut office = Office::new();
    let mut said = String::new();
    for (index, text) in wishes.iter().enumerate() {
        said += &format!("{text}: {}\n", one(&mut office, u128::try_from(index).unwrap(), text));
    }
    assert_eq!(office.register.verify().unwrap(), []);
    said
}

fn one(office: &mut Office, request: u128, text: &str) -> String {
    let mut words = text.split(' ');
    let day = date(words.next().unwrap());
    let number = words.next();
    let series = Series { label: "chung".to_owned(), ..series(2026) };
    if let Some(number) = number.and_then(|number| number.strip_prefix("huy:")) {
        let key = Key { series, number: number.parse().unwrap(), letter: None };
        act(&mut office.register, &key, Act::Void, State::Void).unwrap();
        return "voided".to_owned();
    }
    let mut wish = wish(&series, request);
    wish.date = day;
    wish.number = number.map(|number| {
        let digits = number.trim_end_matches(char::is_alphabetic);
        (digits.parse().unwrap(), number[digits.len()..].chars().next())
    });
    match office.register.reserve(&wish) {
        Ok(given) => given.key.to_string(),
        Err(failure) => failure.to_string(),
    }
}
