//! Rating scales: data files that say which ratings there are and what each means. Truth and consistency are measured apart.
//!
//! Four scales ship with the program; a desk's own are files of the same form, handed in by whoever opens it. A rating that
//! is on no scale is refused with the nearest that is; verdicts stored under scales of other times stay as they are.

use super::{Result, WorkbenchError};
use crate::store::filter::nearest;
use serde::{Deserialize, Serialize};

/// What a scale measures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Measure {
    /// Whether the words hold.
    Truth,
    /// Whether a position was kept.
    Consistency,
}

/// One step of a scale.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    pub name: String,
    pub means: String,
}

/// A rating scale, its steps in order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scale {
    pub name: String,
    pub title: String,
    pub measures: Measure,
    /// The ratings go down step by step from the best, so that they can be told as numbers; `unproven` is no step.
    #[serde(default)]
    pub graded: bool,
    pub ratings: Vec<Step>,
}

/// The scales of a desk, those of the program first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scales(Vec<Scale>);

const SHIPPED: [&str; 4] = [
    include_str!("scales/truth.toml"),
    include_str!("scales/consistency.toml"),
    include_str!("scales/noses.toml"),
    include_str!("scales/plain.toml"),
];

impl Scale {
    /// Reads a scale from the words of its file.
    ///
    /// # Errors
    /// What is wrong with the file, in one line.
    pub fn parse(toml: &str) -> std::result::Result<Self, String> {
        let scale: Self = toml::from_str(toml).map_err(|error| error.message().to_owned())?;
        if scale.name.trim().is_empty() || scale.ratings.is_empty() {
            return Err("a scale needs a name and ratings".to_owned());
        }
        Ok(scale)
    }

    /// Returns a rating as a number, where the scale is graded: from 1, the worst, to the number of its ratings; and that.
    pub fn grade(&self, rating: &str) -> Option<(usize, usize)> {
        let best = self.ratings.len();
        let place = self.ratings.iter().position(|step| step.name == rating)?;
        (self.graded && best > 1).then_some((best - place, best))
    }

    fn step(&self, written: &str) -> Option<&Step> {
        let lower = written.trim().to_lowercase();
        self.ratings.iter().find(|step| step.name.to_lowercase() == lower)
    }
}

impl Default for Scales {
    fn default() -> Self {
        // A test holds that every shipped file is read.
        Self(SHIPPED.iter().filter_map(|file| Scale::parse(file).ok()).collect())
    }
}

impl Scales {
    /// Adds a scale; it stands in the place of one of the same name.
    pub fn add(&mut self, scale: Scale) {
        self.0.retain(|known| known.name != scale.name);
        self.0.push(scale);
    }

    pub fn iter(&self) -> impl Iterator<Item = &Scale> {
        self.0.iter()
    }

    /// Returns the scale and the step that a rating means. Without the name of a scale the first that has the rating.
    ///
    /// # Errors
    /// For a scale or a rating that is not there, with the nearest.
    pub fn rating(&self, written: &str, scale: Option<&str>) -> Result<(&Scale, &Step)> {
        let scales: Vec<&Scale> = match scale {
            None => self.0.iter().collect(),
            Some(name) => {
                let named = self.0.iter().find(|known| known.name.eq_ignore_ascii_case(name.trim()));
                vec![named.ok_or_else(|| {
                    let names: Vec<&str> = self.0.iter().map(|known| known.name.as_str()).collect();
                    WorkbenchError::asked(
                        format!("there is no scale `{name}`"),
                        format!("the scales are {}", names.join(", ")),
                    )
                })?]
            }
        };
        let found = scales.iter().find_map(|known| Some((*known, known.step(written)?)));
        found.ok_or_else(|| {
            let names: Vec<&str> =
                scales.iter().flat_map(|known| known.ratings.iter().map(|step| step.name.as_str())).collect();
            let hint = match nearest(&written.to_lowercase(), names.iter().copied()) {
                Some(near) => format!("did you mean `{near}`? `verdict scales` lists them all"),
                None => {
                    "`verdict scales` lists the ratings; a scale of your own is a TOML file (`help scales`)".to_owned()
                }
            };
            WorkbenchError::asked(format!("unknown rating `{}`", written.trim()), hint)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_shipped_scale_is_read_and_its_ratings_are_apart() {
        let scales = Scales::default();
        assert_eq!(scales.iter().count(), SHIPPED.len());
        let mut names: Vec<&str> =
            scales.iter().flat_map(|scale| scale.ratings.iter().map(|step| step.name.as_str())).collect();
        let all = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), all, "a rating on two scales could not be told apart");
    }

    #[test]
    fn a_rating_finds_its_scale_and_a_slip_its_rating() {
        let mut scales = Scales::default();
        assert_eq!(scales.rating(" Mostly True ", None).unwrap().0.name, "truth");
        assert_eq!(scales.rating("full flip", None).unwrap().0.measures, Measure::Consistency);
        assert!(scales.rating("full flip", Some("truth")).is_err());
        let (truth, plain) = (scales.rating("true", None).unwrap().0, scales.rating("unproven", None).unwrap().0);
        assert_eq!([truth.grade("true"), truth.grade("absurd")], [Some((6, 6)), Some((1, 6))]);
        assert_eq!([truth.grade("no such"), plain.grade("supported")], [None, None]);
        assert!(scales.rating("mostly flase", None).unwrap_err().hint().contains("`mostly false`"));
        assert!(scales.rating("true", Some("tooth")).unwrap_err().hint().contains("noses"));
        let own =
            "name = 'house'\ntitle = 'Ours'\nmeasures = 'truth'\nratings = [{ name = 'kept', means = 'As promised.' }]";
        scales.add(Scale::parse(own).unwrap());
        assert_eq!(scales.rating("kept", None).unwrap().0.name, "house");
        assert!(Scale::parse("name = 'x'").is_err() && Scale::parse("name = '").is_err());
    }
}
