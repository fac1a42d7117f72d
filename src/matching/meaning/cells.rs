//! The meaning side of candidate search: vectors in cells, of which only those nearest to the query are read.
//!
//! An inverted file (Jégou, Douze and Schmid 2011, without codes): each vector lies in the cell whose centre is nearest to
//! it. The centres come with the model, so a claim is added without learning anything, and the answers hang on nothing but
//! what is held. Cells are read, the nearest first, until [`BUDGET`] vectors were compared: below that many every
//! search is exhaustive.

use super::encoder::Meaning;
use super::vector::{LENGTH, Products, Vector, cosine};
use crate::matching::Effort;
use crate::matching::align::BuildNumberHasher;
use std::cell::RefCell;
use std::collections::HashMap;

/// Vectors that a fast search compares with the query.
const BUDGET: usize = 36_000;

/// Vectors that are kept in one piece of memory.
const BLOCK: usize = 32;

/// The vectors of claims, by cell.
#[derive(Debug, Clone)]
pub struct Vectors {
    meaning: &'static Meaning<'static>,
    cells: Vec<Cell>,
    /// Cell and place of each claim.
    places: HashMap<u64, (u16, u32), BuildNumberHasher>,
}

#[derive(Debug, Clone, Default)]
struct Cell {
    ids: Vec<u64>,
    /// All but the last are full.
    blocks: Vec<Box<[[i8; LENGTH]; BLOCK]>>,
}

impl Cell {
    fn get(&self, place: usize) -> &[i8; LENGTH] {
        &self.blocks[place / BLOCK][place % BLOCK]
    }

    fn push(&mut self, id: u64, vector: &Vector) {
        let place = self.ids.len();
        if place.is_multiple_of(BLOCK) {
            self.blocks.push(Box::new([[0; LENGTH]; BLOCK]));
        }
        self.blocks[place / BLOCK][place % BLOCK] = vector.0;
        self.ids.push(id);
    }

    /// Takes one out and puts the last one in its place; returns the id of that.
    fn remove(&mut self, place: usize) -> Option<u64> {
        let last = self.ids.len() - 1;
        let moved = *self.get(last);
        self.blocks[place / BLOCK][place % BLOCK] = moved;
        self.ids.swap_remove(place);
        if last.is_multiple_of(BLOCK) {
            self.blocks.pop();
        }
        self.ids.get(place).copied()
    }
}

#[derive(Debug, Default)]
struct Scratch {
    products: Vec<i32>,
    nearest: Vec<(i32, u16)>,
    found: Vec<(i32, u64)>,
}

thread_local! {
    static SCRATCH: RefCell<Scratch> = RefCell::default();
}

impl Vectors {
    /// Makes an empty store for the vectors of one model.
    pub fn new(meaning: &'static Meaning<'static>) -> Self {
        let cells = vec![Cell::default(); meaning.cells().len()];
        Self { meaning, cells, places: HashMap::default() }
    }

    /// Returns the model whose vectors these are.
    pub const fn meaning(&self) -> &'static Meaning<'static> {
        self.meaning
    }

    /// Returns the number of vectors.
    pub fn len(&self) -> usize {
        self.places.len()
    }

    pub fn is_empty(&self) -> bool {
        self.places.is_empty()
    }

    /// Adds the vector of a claim; an id that is there already is replaced.
    pub fn insert(&mut self, id: u64, vector: &Vector) {
        self.remove(id);
        let cell = SCRATCH.with_borrow_mut(|scratch| {
            self.products_with_centres(vector, &mut scratch.products);
            let best =
                scratch.products.iter().enumerate().max_by_key(|&(at, product)| (product, std::cmp::Reverse(at)));
            best.map_or(0, |(at, _)| at)
        });
        self.places.insert(id, (cell as u16, self.cells[cell].ids.len() as u32));
        self.cells[cell].push(id, vector);
    }

    /// Takes a vector out; an unknown id is no error.
    pub fn remove(&mut self, id: u64) {
        let Some((cell, place)) = self.places.remove(&id) else { return };
        if let Some(moved) = self.cells[usize::from(cell)].remove(place as usize) {
            self.places.insert(moved, (cell, place));
        }
    }

    /// Returns the vector of a claim.
    pub fn get(&self, id: u64) -> Option<Vector> {
        let &(cell, place) = self.places.get(&id)?;
        Some(Vector(*self.cells[usize::from(cell)].get(place as usize)))
    }

    fn products_with_centres(&self, vector: &Vector, out: &mut Vec<i32>) {
        self.meaning.level().run(Products { vector, others: self.meaning.cells(), out });
    }

    /// Returns the claims nearest to a vector with their cosines, best first, at most `top`; of equals the lower id first.
    pub fn nearest(&self, vector: &Vector, top: usize, effort: Effort) -> Vec<(u64, f32)> {
        if self.is_empty() || top == 0 {
            return Vec::new();
        }
        SCRATCH.with_borrow_mut(|scratch| {
            let Scratch { products, nearest, found } = scratch;
            self.choose(vector, effort, products, nearest);
            found.clear();
            let mut least = i32::MIN;
            for &(_, cell) in nearest.iter() {
                let cell = &self.cells[usize::from(cell)];
                for (block, ids) in cell.blocks.iter().zip(cell.ids.chunks(BLOCK)) {
                    self.meaning.level().run(Products { vector, others: &block[..ids.len()], out: products });
                    let better = products.iter().zip(ids).filter(|(product, _)| **product >= least);
                    found.extend(better.map(|(&product, &id)| (product, id)));
                }
                if found.len() >= 4 * top.max(BLOCK) {
                    keep_best(found, top);
                    least = found.iter().map(|one| one.0).min().unwrap_or(least);
                }
            }
            keep_best(found, top);
            found.sort_unstable_by_key(|&(product, id)| (std::cmp::Reverse(product), id));
            found.iter().map(|&(product, id)| (id, cosine(product))).collect()
        })
    }

    /// Lists the cells to be read, the nearest first.
    fn choose(&self, vector: &Vector, effort: Effort, products: &mut Vec<i32>, nearest: &mut Vec<(i32, u16)>) {
        self.products_with_centres(vector, products);
        nearest.clear();
        let filled = |&(at, _): &(usize, &i32)| !self.cells[at].ids.is_empty();
        nearest.extend(products.iter().enumerate().filter(filled).map(|(at, &product)| (product, at as u16)));
        if effort == Effort::Exhaustive || self.len() <= BUDGET {
            return;
        }
        nearest.sort_unstable_by_key(|&(product, at)| (std::cmp::Reverse(product), at));
        let mut read = 0;
        let enough = nearest.iter().position(|&(_, at)| {
            read += self.cells[usize::from(at)].ids.len();
            read >= BUDGET
        });
        nearest.truncate(enough.map_or(nearest.len(), |at| at + 1));
    }
}

fn keep_best(found: &mut Vec<(i32, u64)>, count: usize) {
    if found.len() > count {
        found.select_nth_unstable_by_key(count, |&(product, id)| (std::cmp::Reverse(product), id));
        found.truncate(count);
    }
}
