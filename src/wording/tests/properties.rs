//! What holds for any text: nothing is lost, nothing panics.

use proptest::prelude::*;

use super::*;

/// What Tera, the markup and XML make something of, and letters between.
const SPECIALS: &[&str] = &[
    "{{", "}}", "{%", "%}", "{#", "#}", "|", "*", "**", "_", "`", "~", "<", ">", "&", "&amp;",
    "&#32;", "\\", "[", "]", "(", ")", "!", "#", "# ", "- ", "+ ", "1. ", "a) ", "đ) ", "---",
    "===", "\"", "'", "“", "”", "…", "–", "./.", " ", "  ", "\u{a0}", "a", "đ", "Ệ", "ữ", "0", "9",
    ".", ",", ";", ":", "/", "=", "+", "-", "%", "$", "@", "^", "?", "😀", "<b>", "](x)",
    "super()", "safe",
];

fn text() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(SPECIALS), 0..14).prop_map(|parts| parts.concat())
}

fn only_words(body: &Body) -> String {
    body.iter().flat_map(|passage| &passage.content).map(Inline::plain).collect()
}

/// The words and the looks of a wording that prints `a` and `b`.
fn render(wordings: &Wordings, a: &str, b: &str) -> Body {
    let case = with(&[("a", words(a)), ("b", words(b))]);
    wordings.body(&case, &WordingSchema::default(), &mut Sources::default()).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10_000))]

    #[test]
    fn a_value_is_printed_as_it_is(a in text(), b in text()) {
        thread_local! {
            static WORDINGS: Wordings = Wordings::new(&templates("X{{ noi_dung.a }}Y**{{ noi_dung.b }}**Z\n\n{{ noi_dung.a }}"));
        }
        let body = WORDINGS.with(|wordings| render(wordings, &a, &b));
        prop_assert_eq!(only_words(&body), format!("X{a}Y{b}Z{a}"));
        prop_assert!(body.iter().all(|passage| passage.kind == Kind::Text && passage.mark.is_none()));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn no_markup_and_no_template_panics(text in text(), own_text in text()) {
        let case = with(&[("a", own(&own_text)), ("b", words(&text))]);
        let template = format!("{text}\n{{{{ noi_dung.a }}}}\n{text}{{% if noi_dung.b %}}\n{text}{{% endif %}}");
        let _ = printed(&template, &case);
        let _ = passages(&template, &Route::root());
    }

    #[test]
    fn arbitrary_figures_in_paragraphs_never_panic(text in "(\\{\\{|\\}\\}|\\\\|\"|[a-zđ ]|phu_luc\\[0\\]|\\.tong|\\| so|\\| dem|\\(|\\)|=|\n|\\*|<|/){0,30}") {
        let appendix = super::values::appendix(super::values::table());
        let case = Case { appendices: vec![appendix], ..with(&[("a", own(&text))]) };
        let _ = printed("{{ noi_dung.a }}", &case);
    }

    #[test]
    fn arbitrary_templates_never_panic(text in "(\\{\\{|\\}\\}|\\{%|%\\}|\\{#|#\\}|-|\"|[a-zđ ]|if |for |in |end|\\||\\(|\\)|=|\n|\\*|# |1\\. |<|>|/){0,40}") {
        let _ = printed(&text, &case());
    }
}
