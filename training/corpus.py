"""Articles as flat arrays on one device, so that a batch is a few gathers there; windows as the Rust side cuts them."""

import bisect
import itertools

import numpy as np
import torch

ROOM = 254  # pieces of a window, [CLS] and [SEP] apart


class Corpus:
    """The articles (`data.Article`) one after the other. `at[article.number]` is its first word here."""

    def __init__(self, articles, device, first=101, last=102):
        self.device, self.first, self.last = device, first, last
        self.articles = articles
        sizes = [len(a) for a in articles]
        self.at = dict(zip(map(id, articles), itertools.accumulate([0, *sizes])))
        self.piece_at = dict(zip(map(id, articles), itertools.accumulate([0, *(len(a.pieces) for a in articles)])))

        def flat(name):
            return np.concatenate([np.array(getattr(a, name), dtype=np.int64) for a in articles])

        lengths = np.concatenate([np.diff(np.array(a.starts, dtype=np.int64)) for a in articles])
        to = lambda array: torch.from_numpy(np.ascontiguousarray(array)).to(device)
        self.pieces = to(flat("pieces"))
        self.cases, self.places, self.breaks = (to(np.repeat(flat(name), lengths)) for name in ("cases", "places", "breaks"))
        self.starts = to(np.concatenate([[0], np.cumsum(lengths)])[:-1])
        self.owner = to(np.repeat(np.arange(len(lengths)), lengths))
        self.paragraphs = to(np.concatenate([np.cumsum(np.array(a.breaks) == 2) for a in articles]))
        self.targets = torch.cat([a.targets() for a in articles]).to(device)

    def words(self, table, articles):
        """The rows of a table of all words that belong to some articles, in their order."""
        return torch.cat([table[self.at[id(a)]:self.at[id(a)] + len(a)] for a in articles])

    def batch(self, items):
        """Tensors of several (article, first word, last word + 1), padded to the longest.

        The inputs of the model, the numbers of words; where each piece stands in the flat arrays, which ones are an article's."""
        number = lambda values: torch.tensor(values, device=self.device)[:, None]
        counts = [j - i for _, i, j in items]
        begins = number([self.piece_at[id(a)] + a.starts[i] for a, i, _ in items])
        sizes = [a.starts[j] - a.starts[i] for a, i, j in items]
        ends = number(sizes)
        place = torch.arange(max(sizes) + 2, device=self.device)[None]
        inside, real = (place >= 1) & (place <= ends), place <= ends + 1
        at = (begins + place - 1).clamp(0, len(self.pieces) - 1)
        pieces, cases, places, breaks = (torch.where(inside, x[at], 0) for x in (self.pieces, self.cases, self.places, self.breaks))
        pieces = torch.where(place == 0, self.first, torch.where(place == ends + 1, self.last, pieces))
        word = torch.arange(max(counts), device=self.device)[None]
        starts = self.starts[(number([self.at[id(a)] + i for a, i, _ in items]) + word).clamp(0, len(self.starts) - 1)]
        words = torch.where(word < number(counts), starts - begins + 1, 0)
        return (pieces, cases, places, breaks, real, words, torch.tensor(counts)), at, inside

    def read(self, model, articles, rng=None):
        """Label scores and states of all words of some articles, in order; with `rng` the cuts are moved by chance."""
        items = [(a, w) for a in articles for w in windows(a, shorter=rng.randint(0, 99) if rng else 0)]
        (*inputs, counts), _, _ = self.batch([(a, w[0], w[1]) for a, w in items])
        states = model.firsts(*inputs)
        scores = model.label(states, counts)
        word = torch.arange(states.shape[1], device=self.device)[None]
        begins, ends = (torch.tensor([w[k] - w[0] for _, w in items], device=self.device)[:, None] for k in (2, 3))
        keep = (word >= begins) & (word < ends)
        return scores[keep].float(), states[keep].float()


def windows(article, margin=48, shorter=0):
    """Overlapping windows: (first word, last word + 1, first kept, last kept + 1); the first is `shorter` by so many pieces."""
    out, at, words = [], 0, len(article)
    starts = article.starts
    while True:
        end = max(bisect.bisect_right(starts, starts[at] + (ROOM if out else ROOM - shorter)) - 1, at + 1)
        keep = out[-1][3] if out else 0
        if end >= words:
            out.append((at, words, keep, words))
            return out
        kept = max(bisect.bisect_right(starts, starts[end] - margin) - 1, keep + 1, at + 1)
        out.append((at, end, keep, kept))
        at = min(max(bisect.bisect_right(starts, starts[kept] - margin) - 1, at + 1), kept)


def epoch(articles, size, rng=None):
    """Batches of one epoch: whole articles of at most `size` words together, in random order, or as they stand."""
    order = list(articles)
    if rng:
        rng.shuffle(order)
    out, words = [], 0
    for article in order:
        if not out or words + len(article) > size:
            out.append([])
            words = 0
        out[-1].append(article)
        words += len(article)
    return out
