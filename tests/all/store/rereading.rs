//! Reading an article again: what a person has worked with stays, the rest follows the new reading, one undo brings it back.

use crate::support::hand::{desk, filter, load, said};
use onrecord::attribution::reader::{Calibration, LABELS, Reader, standard};
use onrecord::store::id::{ArticleId, ClaimId};
use onrecord::store::stories::{Member, Membership};
use onrecord::text::Document;
use onrecord::workbench::Workbench;

/// A reader that finds nothing.
struct Silent;

impl Reader for Silent {
    fn name(&self) -> &'static str {
        "silent"
    }

    fn calibration(&self) -> Calibration {
        Calibration { slope: 1.0, offset: 0.0 }
    }

    fn scores(&self, document: &Document) -> Vec<[f32; LABELS]> {
        let outside = std::array::from_fn(|label| if label == 0 { 0.0 } else { -20.0 });
        vec![outside; document.tokens.len()]
    }
}

fn bridge() -> Workbench {
    let mut desk = desk();
    let sayings = [said("Ann Baker", "the bridge is safe"), said("Tom Reed", "the ferries run twice a day")];
    load(&mut desk, "The Example", "2030-03-01", &sayings);
    desk
}

fn ids(desk: &Workbench) -> Vec<ClaimId> {
    desk.claims(&filter("")).unwrap().iter().map(|claim| claim.id).collect()
}

#[test]
fn what_nobody_worked_with_goes_and_undo_brings_it_back() {
    let mut desk = bridge();
    desk.tag("port", Membership::Add, &[Member::Claim(ClaimId(1))]).unwrap();
    let read = desk.reread(&[ArticleId(1)], &Silent, || ()).unwrap().remove(0);
    assert_eq!((read.same, read.new, read.gone, read.held), (0, 0, 1, 1));
    assert_eq!(ids(&desk), [ClaimId(1)]);
    assert_eq!(desk.log(1).unwrap()[0].words, "reread a1 with the silent reader");
    desk.undo(1).unwrap();
    assert_eq!(ids(&desk), [ClaimId(1), ClaimId(2)]);
    desk.redo(1).unwrap();
    assert_eq!(ids(&desk), [ClaimId(1)]);
}

#[test]
fn the_claims_of_the_new_reading_come_and_go_with_it() {
    let mut desk = bridge();
    let first = desk.reread(&[ArticleId(1)], standard(), || ()).unwrap().remove(0);
    assert!(first.new > 0 && first.gone > 0, "{first:?}");
    let after = ids(&desk);
    let again = desk.reread(&[ArticleId(1)], standard(), || ()).unwrap().remove(0);
    assert_eq!((again.same, again.new, again.gone), (after.len(), 0, 0), "the same reading changes nothing");
    assert_eq!(ids(&desk), after);
    desk.undo(2).unwrap();
    assert_eq!(ids(&desk), [ClaimId(1), ClaimId(2)]);
    assert!(desk.reread(&[ArticleId(9)], standard(), || ()).is_err());
}
