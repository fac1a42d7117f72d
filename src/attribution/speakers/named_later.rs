//! Bodies of which an article tells before it names them: "a group of cleaners", then "the group, Harbour Workers,".
//!
//! Refuses those that only may be the same: the name must stand beside the noun.

use super::cast::Use;
use super::resolver::{Resolver, Verdict};
use crate::attribution::Category;

impl Resolver<'_, '_> {
    /// Returns the unnamed body that a name makes plain: "a group" of "The group, Harbour Workers,".
    pub(super) fn explained(&self, used: &Use) -> Option<usize> {
        let noun = used.name.kind.as_ref()?;
        let comma = used.name.whole.start.checked_sub(1).filter(|&t| self.view.is_comma(t))?;
        let said = comma.checked_sub(1).filter(|&t| self.view.lower(t) == *noun)?;
        let unnamed = self.cast.keyed(&format!("{:?}::{noun}", Category::Organization))?;
        let figure = &self.cast.figures[unnamed];
        (unnamed != used.figure && figure.named == 0 && figure.first < said).then_some(unnamed)
    }

    /// Gives what was said before a body was named to the body.
    pub(super) fn name_earlier(&mut self, verdicts: &mut [Verdict]) {
        for figure in verdicts.iter_mut().filter_map(|verdict| verdict.figure.as_mut()) {
            *figure = self.same.get(figure).copied().unwrap_or(*figure);
        }
        for (unnamed, named) in std::mem::take(&mut self.same) {
            let mentions = std::mem::take(&mut self.cast.figures[unnamed].mentions);
            self.cast.figures[named].mentions.extend(mentions);
        }
    }
}
