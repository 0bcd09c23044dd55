//! The comparison as data for programs.

use serde_json::{Value, json};

use super::{Compared, Outcome, Pair};
use crate::compare::{Change, Piece, Told, marked_up, phrases};
use crate::diag;

pub fn page(compared: &Compared) -> Value {
    let documents: Vec<Value> = compared.documents.iter().map(document).collect();
    json!({
        "cu": compared.sides.old.title,
        "moi": compared.sides.new.title,
        "van_ban": documents,
    })
}

fn document(pair: &Pair) -> Value {
    let (state, changes) = match &pair.outcome {
        Outcome::Both(changes) if changes.is_empty() => ("khong_thay_doi", vec![]),
        Outcome::Both(changes) => ("thay_doi", changes.iter().map(change).collect()),
        Outcome::OnlyOld => ("chi_ban_cu", vec![]),
        Outcome::OnlyNew => ("chi_ban_moi", vec![]),
        Outcome::Neither => ("khong_lap_duoc", vec![]),
    };
    json!({
        "ten": pair.name,
        "ket_qua": state,
        "thay_doi": changes,
        "loi_moi": diag::to_json(&pair.new_errors.diagnostics, &pair.new_errors.sources),
        "loi_het": diag::to_json(&pair.gone_errors.diagnostics, &pair.gone_errors.sources),
    })
}

fn change(change: &Change) -> Value {
    let place = &change.place;
    match &change.told {
        Told::Added(new) => {
            json!({"loai": "them", "cho": place, "moi": marked_up(&new.tokens)})
        }
        Told::Removed(old) => json!({"loai": "bo", "cho": place, "cu": marked_up(&old.tokens)}),
        Told::Renumbered { old, new } => {
            json!({"loai": "danh_so", "cho": place, "cu": old, "moi": new})
        }
        Told::Reworded(pieces) => {
            let phrases: Vec<Value> = phrases(pieces)
                .into_iter()
                .map(|phrase| json!({"cu": phrase.old, "moi": phrase.new}))
                .collect();
            let old = marked_up(pieces.iter().filter_map(Piece::before));
            let new = marked_up(pieces.iter().filter_map(Piece::after));
            json!({"loai": "sua", "cho": place, "cu": old, "moi": new, "cum_tu": phrases})
        }
    }
}
