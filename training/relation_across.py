"""Teaches the relation model what claims of two articles are opposed: from pairs written for the project (`opposed/`), sentence pairs, and
neighbours among the claims of real articles, which hardly ever are.

Starts from the model of one article and keeps its pieces, its lowest layer and its four answers; a claim is `speaker cue: words`. What is
written is told apart in groups: a claim, some that oppose it, one that says the same, and some that only look opposed.
"""

import argparse
import collections
import glob
import gzip
import json
import math
import random
import re
import time

import torch

from relation import Descent
from relation_data import Pieces
from relation_model import Base, say, shipped, ship

# The answers that each label allows: opposed plainly or by inference, the same, neither.
ALLOWED = {"contradiction": [0, 1], "entailment": [2], "neutral": [3], "not_contradiction": [2, 3]}
ROOM, RARE, LIKE, TOO_LIKE = 60, 150, 9, 0.6


def written(paths):
    """Pairs of the groups in some files, with their label and the number of the group."""
    number = 0
    for path in paths:
        for line in open(path, encoding="utf-8"):
            group, number = json.loads(line), number + 1
            claim = group["a"]
            for one in group["opposed"]:
                yield claim, one, "contradiction", number
            for one in group["same"]:
                yield claim, one, "entailment", number
                yield from ((one, other, "contradiction", number) for other in group["opposed"])
            for one in group["neither"]:
                yield claim, one, "not_contradiction", number


def aside(paths):
    """Pairs of one group that speak of one matter without answering one another: what only looks opposed beside what else does, and
    other things that are said (the last two of six) beside all."""
    for path in paths:
        for line in open(path, encoding="utf-8"):
            group = json.loads(line)
            looks, others = group["neither"][:4], group["neither"][4:]
            yield from zip(looks, looks[1:])
            for one in others:
                yield from ((one, other) for other in [*group["opposed"], *group["same"], *looks])


def sentences(folder):
    """Sentence pairs; of the two sets that are made of one page's facts only a quarter."""
    for path in sorted(glob.glob(f"{folder}/*.jsonl.gz")):
        share = 0.25 if "fever" in path or "wikifactcheck" in path else 1.0
        for line in gzip.open(path, "rt", encoding="utf-8"):
            if random.random() < share:
                row = json.loads(line)
                yield {"words": row["a"]}, {"words": row["b"]}, row["label"]


def neighbours(path, count):
    """Pairs of claims of different articles that share rare words: one of the dozen nearest of a claim, by chance."""
    rows = [{"article": row["article"], "speaker": row["named"], "cue": row["cue_words"], "words": row["words"]}
            for row in json.load(open(path, encoding="utf-8"))]
    bags = [set(re.findall(r"[a-z]{4,}", row["words"].lower())) for row in rows]
    seen = collections.Counter(word for bag in bags for word in bag)
    index = collections.defaultdict(list)
    for number, bag in enumerate(bags):
        for word in bag:
            if 2 <= seen[word] <= RARE:
                index[word].append(number)
    order = random.sample(range(len(rows)), len(rows))
    for number in order:
        like = collections.Counter()
        for word in bags[number]:
            for other in index.get(word, ()):
                if rows[other]["article"] != rows[number]["article"]:
                    like[other] += math.log(len(rows) / seen[word])
        near = [other for other, sum_ in like.most_common(12) if sum_ > LIKE]
        other = random.choice(near) if near else None
        if other is not None and len(bags[number] & bags[other]) <= TOO_LIKE * len(bags[number] | bags[other]):
            yield rows[number], rows[other], "not_contradiction"
            count -= 1
            if not count:
                return


class Reader:
    def __init__(self, pieces, model):
        self.pieces, self.model, self.known = pieces, model, {}
        self.first, self.last = pieces.rows["[CLS]"], pieces.rows["[SEP]"]

    def side(self, claim):
        who = claim.get("speaker")
        text = f"{who} {claim.get('cue') or 'said'} : {claim['words']}" if who else claim["words"]
        if text not in self.known:
            self.known[text] = self.pieces.cut(text, ROOM)
        return self.known[text]

    def length(self, pair):
        return len(self.side(pair[0])) + len(self.side(pair[1]))

    def scores(self, pairs):
        rows = []
        for a, b in pairs:
            one = [self.first, *self.side(a), self.last]
            rows.append((one + [*self.side(b), self.last], len(one)))
        most = -(-max(len(row) for row, _ in rows) // 8) * 8
        ids, side = torch.zeros(2, len(rows), most, dtype=torch.long)
        real = torch.zeros(len(rows), most, dtype=torch.bool)
        for number, (row, second) in enumerate(rows):
            ids[number, : len(row)], real[number, : len(row)] = torch.tensor(row), True
            side[number, second : len(row)] = 1
        with torch.autocast("cpu", torch.bfloat16):
            return self.model(ids, side, real).float()


def main():
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("--model", required=True, help="the model of one article, to start from")
    p.add_argument("--base", required=True)
    p.add_argument("--groups", nargs="+", required=True)
    p.add_argument("--sentences", required=True, help="folder of sentence pairs")
    p.add_argument("--claims", required=True, help="claims of real articles, as `onrecord claims --all --json` writes them")
    p.add_argument("--out", required=True)
    p.add_argument("--epochs", type=int, default=3)
    p.add_argument("--rate", type=float, default=1e-4)
    p.add_argument("--batch", type=int, default=32)
    p.add_argument("--sentence-pairs", type=int, default=6000)
    p.add_argument("--neighbours", type=int, default=4500)
    p.add_argument("--other-groups", type=int, default=3, help="pairs of a group with others, an epoch")
    p.add_argument("--share", type=float, default=1.0, help="of the written pairs that are learnt")
    p.add_argument("--aside", action="store_true", help="also pairs of one matter that do not answer one another")
    p.add_argument("--seed", type=int, default=1)
    a = p.parse_args()
    torch.manual_seed(a.seed)
    random.seed(a.seed)
    base = Base(a.base)
    model = shipped(a.model, base)
    reader = Reader(Pieces(a.base), model)
    fixed, members = [], collections.defaultdict(list)
    for one, other, label, group in written(a.groups):
        fixed.append((one, other, ALLOWED[label], 1.0))
        members[group] += [one, other]
    for group, claims in members.items():
        for _ in range(a.other_groups):
            away = random.choice(list(members))
            if away != group:
                fixed.append((random.choice(claims), random.choice(members[away]), [3], 0.5))
    fixed = random.sample(fixed, int(a.share * len(fixed)))
    if a.aside:
        fixed += [(x, y, [3], 0.7) for x, y in aside(a.groups)]
    news = [(x, y, ALLOWED[label], 0.7) for x, y, label in neighbours(a.claims, a.neighbours)]
    plain = [(x, y, ALLOWED[label], 0.6) for x, y, label in sentences(a.sentences)]
    random.shuffle(plain)
    say(len(fixed), "written pairs,", len(news), "neighbours,", a.sentence_pairs, "sentence pairs")
    share = lambda pairs, count, epoch: pairs[epoch * (count // a.epochs) : (epoch + 1) * (count // a.epochs)]
    descent = Descent(model, a.rate, "cpu")
    total = a.epochs * math.ceil((len(fixed) + (a.sentence_pairs + len(news)) // a.epochs) / a.batch)
    model.train()
    step, shown, began = 0, 0.0, time.time()
    for epoch in range(a.epochs):
        pairs = fixed + share(plain, a.sentence_pairs, epoch) + share(news, len(news), epoch)
        random.shuffle(pairs)
        chunks = []
        for n in range(0, len(pairs), a.batch * 20):
            near = sorted(pairs[n : n + a.batch * 20], key=reader.length)
            chunks += [near[m : m + a.batch] for m in range(0, len(near), a.batch)]
        random.shuffle(chunks)
        for chunk in chunks:
            rate = a.rate * min(1.0, (step + 1) / (0.05 * total + 1)) * max(0.03, 1 - step / total)
            scores = reader.scores([(x, y) if random.random() < 0.5 else (y, x) for x, y, _, _ in chunk])
            allowed = torch.zeros_like(scores, dtype=torch.bool)
            for row, (_, _, answers, _) in zip(allowed, chunk):
                row[answers] = True
            weights = torch.tensor([weight for *_, weight in chunk])
            each = -scores.log_softmax(1).masked_fill(~allowed, -1e9).logsumexp(1)
            loss = (each * weights).sum() / weights.sum()
            step, shown = step + 1, 0.98 * shown + 0.02 * float(loss.detach())
            descent.step(step, loss, rate)
        say(f"round {epoch + 1}: {step} of {total} steps, loss {shown / (1 - 0.98**step):.3f}, {step * a.batch / (time.time() - began):.0f} pairs/s")
    descent.end()
    ship(model, base, a.out, range(4))


if __name__ == "__main__":
    main()
