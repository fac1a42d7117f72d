"""Articles as the Rust side cuts them (`examples/deep_inputs.rs`), with the labels of their annotators."""

import bisect
import collections
import glob
import os
import random

import torch

ROLES = ("Source", "Cue", "Content")
ROOM = 254  # pieces of a window, [CLS] and [SEP] apart
FIRST, LAST = 101, 102  # [CLS], [SEP] of the base vocabulary


class Article:
    """One article: per word its place in the text, inputs and first piece; per annotator its set of spans."""

    def __init__(self, name):
        self.name, self.begins, self.ends, self.pieces, self.starts = name, [], [], [], []
        self.cases, self.places, self.breaks = [], [], []
        self.versions = []  # one {(role, first word, last word + 1)} an annotator

    def __len__(self):
        return len(self.begins)

    def targets(self):
        """Label distribution of each word: the mean over the annotators."""
        out = torch.zeros(len(self), 7)
        for spans in self.versions:
            labels = [0] * len(self)
            for role, first, last in sorted(spans):
                labels[first] = 1 + 2 * role
                labels[first + 1:last] = [2 + 2 * role] * (last - first - 1)
            out[range(len(self)), labels] += 1.0 / len(self.versions)
        return out


def read_inputs(path):
    articles = {}
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            name, begin, end, case, place, start, pieces = line.rstrip("\n").split("\t")
            if name not in articles:
                articles[name] = Article(name)
            a = articles[name]
            a.begins.append(int(begin))
            a.ends.append(int(end))
            a.cases.append(int(case))
            a.places.append(int(place))
            a.breaks.append(int(start))
            a.starts.append(len(a.pieces))
            a.pieces += map(int, pieces.split(","))
    for a in articles.values():
        a.starts.append(len(a.pieces))
    return articles


def read_spans(article, path):
    """Spans of one annotator that belong to an attribution, in words (first, last + 1)."""
    spans, used = {}, set()
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            columns = line.rstrip("\n").split("\t")
            if len(columns) < 2:
                continue
            if columns[0].startswith("T"):
                label, _, rest = columns[1].partition(" ")
                spans[columns[0]] = (label, [tuple(map(int, p.split())) for p in rest.split(";")])
            elif columns[0].startswith("E"):
                used |= {part.partition(":")[2] for part in columns[1].split()}
    out = set()
    for key, (label, pieces) in spans.items():
        if label in ROLES and key in used:
            for begin, end in pieces:
                first, last = bisect.bisect_right(article.ends, begin), bisect.bisect_left(article.begins, end)
                if first < last:
                    out.add((ROLES.index(label), first, last))
    return out


def load(inputs, folder):
    articles = read_inputs(inputs)
    files = collections.defaultdict(list)
    for path in sorted(glob.glob(os.path.join(folder, "*.ann"))):
        files[os.path.basename(path)[:-4].rpartition("_")[0]].append(path)
    out = []
    for name, article in sorted(articles.items()):
        article.versions = [read_spans(article, path) for path in files[name]]
        if article.versions and len(article):
            out.append(article)
    return out


def cut(article, rng):
    """Windows of at most ROOM pieces, as word ranges, of nearly equal length; the cuts move with `rng`."""
    total, out, at = len(article.pieces), [], 0
    count = -(-total // (ROOM - 8))
    for number in range(1, count + 1):
        goal = round(total * number / count) + (rng.randint(-24, 24) if number < count else 0)
        end = bisect.bisect_right(article.starts, goal) - 1 if number < count else len(article)
        end = max(end, at + 1)
        while at < len(article) and at < end:
            stop = min(end, bisect.bisect_right(article.starts, article.starts[at] + ROOM) - 1)
            out.append((at, max(stop, at + 1)))
            at = out[-1][1]
    return out


def windows(article, room=ROOM, margin=48):
    """Overlapping windows for reading: (first word, last word + 1, first kept, last kept + 1)."""
    out, at, words = [], 0, len(article)
    starts = article.starts
    while True:
        end = max(bisect.bisect_right(starts, starts[at] + room) - 1, at + 1)
        keep = out[-1][3] if out else 0
        if end >= words:
            out.append((at, words, keep, words))
            return out
        kept = max(bisect.bisect_right(starts, starts[end] - margin) - 1, keep + 1, at + 1)
        out.append((at, end, keep, kept))
        at = min(max(bisect.bisect_right(starts, starts[kept] - margin) - 1, at + 1), kept)


def batch(items):
    """Tensors of several (article, first word, last word + 1), padded to the longest."""
    lengths = [a.starts[j] - a.starts[i] + 2 for a, i, j in items]
    counts = [j - i for _, i, j in items]
    size, length, most = len(items), max(lengths), max(counts)
    pieces, cases, places, breaks = (torch.zeros(size, length, dtype=torch.long) for _ in range(4))
    real = torch.zeros(size, length, dtype=torch.bool)
    words = torch.zeros(size, most, dtype=torch.long)
    for row, (a, i, j) in enumerate(items):
        base = a.starts[i]
        pieces[row, 0], pieces[row, lengths[row] - 1] = FIRST, LAST
        pieces[row, 1:lengths[row] - 1] = torch.tensor(a.pieces[base:a.starts[j]])
        owner = torch.repeat_interleave(torch.arange(i, j), torch.tensor([a.starts[w + 1] - a.starts[w] for w in range(i, j)]))
        for table, values in ((cases, a.cases), (places, a.places), (breaks, a.breaks)):
            table[row, 1:lengths[row] - 1] = torch.tensor(values)[owner]
        real[row, :lengths[row]] = True
        words[row, :counts[row]] = torch.tensor([a.starts[w] - base + 1 for w in range(i, j)])
    return pieces, cases, places, breaks, real, words, torch.tensor(counts)


def epoch(articles, size, seed):
    """Batches of one epoch: windows of like length together, batches in random order."""
    rng = random.Random(seed)
    items = [(a, i, j) for a in articles for i, j in cut(a, rng)]
    rng.shuffle(items)
    pool, out = size * 16, []
    for at in range(0, len(items), pool):
        part = sorted(items[at:at + pool], key=lambda x: x[0].starts[x[2]] - x[0].starts[x[1]])
        out += [part[k:k + size] for k in range(0, len(part), size)]
    rng.shuffle(out)
    return out
