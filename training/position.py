"""Trains the encoder of positions: one claim in, a direction for its target and one for where it stands out.

Two claims are opposed where the targets are alike and the stances point apart: a claim is read once, a pair costs two
products. Starts from the encoder in `src/matching/meaning/model.bin`, whose pieces and lowest layer stay as they are. First
sentence pairs, then all pairs of claims of an article and of a topic, and claims against the clauses of targets.
"""

import argparse
import math
import struct
import time
from hashlib import sha256

import numpy as np
import torch
import torch.nn.functional as F
from relation import Data, Descent, precision
from relation_model import LONGEST, Base, Layer, hashed, matrix_bytes, norm_bytes, rounded, say
from torch import nn

TARGET, STANCE = 128, 64
CLAIM, CLAUSE, FIRST, SECOND = range(4)
# What a label of relation_data allows: opposed, same, neither.
ALLOWED = torch.tensor([[1, 0, 0], [1, 0, 0], [0, 1, 0], [0, 0, 1], [1, 0, 0], [0, 1, 1]], dtype=torch.bool)
SAME, NEITHER, OPPOSED, NOT = 2, 3, 4, 5


class Tower(nn.Module):
    """Pieces (batch, length) in; a target of length 1 and a stance out."""

    def __init__(self, base, frozen, dropout=0.1):
        super().__init__()
        self.frozen, self.dropout = frozen, dropout
        self.piece = nn.Embedding(base.count, base.width)
        self.position = nn.Embedding(base.positions, base.width)
        self.norm = nn.LayerNorm(base.width, eps=1e-12)
        self.layers = nn.ModuleList(Layer(base.width, base.heads, base.inner, dropout) for _ in range(base.layers))
        self.target = nn.Linear(base.width, TARGET)
        self.stance = nn.Linear(2 * base.width, STANCE)
        self.axis = nn.Parameter(torch.ones(STANCE))
        self.near = nn.Parameter(torch.tensor([10.0, -6.0]))
        self.bias = nn.Parameter(torch.zeros(2))
        self.load_state_dict(base.state, strict=False)
        for part in (self.piece, self.position, self.norm, *self.layers[:frozen]):
            part.requires_grad_(False)

    def forward(self, pieces, real):
        x = self.norm(self.piece(pieces) + self.position.weight[: pieces.shape[1]])
        x = F.dropout(x, self.dropout, self.training)
        for layer in self.layers:
            x = layer(x, real[:, None, None, :])
        weight = real[..., None].to(x.dtype)
        mean = (x * weight).sum(1) / weight.sum(1)
        target = F.normalize(self.target(mean).float(), dim=1)
        both = F.dropout(torch.cat([mean, x[:, 0]], 1), self.dropout, self.training)
        return target, self.stance(both).float()

    def pairs(self, a, b):
        """Log-odds of opposed, same and neither (.., 3)."""
        like = self.near[0] * (a[0] * b[0]).sum(-1) + self.near[1]
        agreed = (a[1] * b[1] * self.axis).sum(-1) / 8
        return torch.stack([like - agreed + self.bias[0], like + agreed + self.bias[1], torch.zeros_like(like)], -1)


def lay(data, items, rng=None):
    """Where the pieces of each side (kind, number) lie: starts and ends of eight runs; in training parts are left out."""
    kind, number = items.T
    draw = rng.random(len(items)) if rng is not None else np.ones(len(items))
    starts, lengths = data.side(np.where(kind == CLAUSE, 1, np.where(kind == CLAIM, 0, 2)), number, False, draw)
    for rows, name in ((np.flatnonzero(kind == FIRST), "nli_a"), (np.flatnonzero(kind == SECOND), "nli_b")):
        starts[rows, 3], lengths[rows, 3] = data.start[name][number[rows]], data.length[name][number[rows]]
    ends = np.minimum(lengths.cumsum(1), LONGEST - 2)
    mark = lambda value: np.full((len(items), 1), value)
    lengths = np.concatenate([mark(1), np.diff(ends, axis=1, prepend=0), mark(1)], 1)
    return np.concatenate([mark(0), starts, mark(1)], 1), lengths.cumsum(1)


def batch(data, starts, ends):
    most = -(-int(ends[:, -1].max()) // 8) * 8
    starts, ends = torch.from_numpy(starts).to(data.device), torch.from_numpy(ends).to(data.device)
    place = torch.arange(most, device=data.device)[None].expand(len(starts), most).contiguous()
    run = torch.searchsorted(ends, place, right=True).clamp(max=7)
    at = starts.gather(1, run) + place - F.pad(ends, (1, 0))[:, :8].gather(1, run)
    real = place < ends[:, -1:]
    return data.flat[torch.where(real, at, 0)], real


@torch.no_grad()
def encode(model, data, items, a):
    model.eval()
    starts, ends = lay(data, items)
    order = np.argsort(ends[:, -1], kind="stable")
    out = [torch.zeros(len(items), size, device=a.device) for size in (TARGET, STANCE)]
    for n in range(0, len(order), 1024):
        chosen = order[n : n + 1024]
        with torch.autocast(a.device, torch.bfloat16, enabled=a.device == "cuda"):
            made = model(*batch(data, starts[chosen], ends[chosen]))
        for all_rows, some in zip(out, made):
            all_rows[torch.from_numpy(chosen).to(a.device)] = some
    return out


def train(model, data, examples, rate, a, title):
    """Each example: sides (n, 2), then first, second, label and weight of pairs of them. The running average comes out."""
    descent = Descent(model, rate, a.device)
    rng, total, began, seen = np.random.default_rng(a.seed), len(examples), time.time(), []
    model.train()
    for step, (items, *pairs) in enumerate(examples, 1):
        if a.steps and step > a.steps:
            break
        first, second, labels, weights = (torch.from_numpy(np.ascontiguousarray(x)).to(a.device) for x in pairs)
        with torch.autocast(a.device, torch.bfloat16):
            target, stance = model(*batch(data, *lay(data, items, rng)))
        log = model.pairs((target[first], stance[first]), (target[second], stance[second])).log_softmax(-1)
        each = -log.masked_fill(~ALLOWED.to(a.device)[labels], -1e9).logsumexp(-1)
        loss = (each * weights.float()).sum() / weights.sum()
        descent.step(step, loss, rate * min(1.0, step / (0.05 * total + 1)) * max(0.02, 1 - step / total))
        if step % 50 == 0:
            seen.append(float(loss.detach()))
    descent.end()
    say(f"{title}: {total} steps, loss {np.mean(seen or [0]):.3f}, {time.time() - began:.0f} s")
    return model


class Examples:
    """Makes the batches: sentence pairs, whole articles, whole topics."""

    def __init__(self, data, rng):
        d = self.d = data.data
        self.rng = rng
        self.labels = {(min(x, y), max(x, y)): (label, weight / 10) for x, y, label, weight, *_ in d["pairs"].tolist()}
        self.articles, self.topics, self.fold_of_topic = {}, {}, {}
        for n in range(int(d["train"][0])):
            if d["asserted"][n]:
                self.articles.setdefault(int(d["article"][n]), []).append(n)
        for n, clause, polarity, sure, topic, fold in d["places"].tolist():
            self.topics.setdefault(topic, {}).setdefault(n, {})[clause] = polarity, sure
            self.fold_of_topic[topic] = fold

    def sentences(self, count=None):
        order = self.rng.permutation(len(self.d["nli_label"]))
        return [self.sentence(order[n : n + 384]) for n in range(0, len(order), 384)][:count]

    def sentence(self, rows):
        n = np.arange(len(rows))
        items = np.concatenate([np.stack([np.full(len(rows), kind), rows], 1) for kind in (FIRST, SECOND)])
        other = self.rng.permutation(len(rows))
        labels = np.concatenate([self.d["nli_label"][rows].astype(np.int64), np.where(other == n, NOT, NEITHER)])
        return items, np.tile(n, 2), np.concatenate([n, other]) + len(rows), labels, np.repeat([1.0, 0.3], len(rows))

    def of_articles(self, articles):
        pairs, start, numbers = [], 0, []
        for article in articles:
            there = self.articles[article]
            for i, x in enumerate(there):
                for j, y in enumerate(there[i + 1 :], i + 1):
                    label, weight = self.labels.get((min(x, y), max(x, y)), (NEITHER, 0.25))
                    pairs.append((start + i, start + j, label, weight * (2 if label != NEITHER else 1)))
            numbers += there
            start += len(there)
        first, second, labels, weights = map(np.array, zip(*pairs)) if pairs else [np.zeros(0, np.int64)] * 4
        return np.stack([np.full(len(numbers), CLAIM), numbers], 1), first, second, labels.astype(np.int64), weights

    def of_topic(self, topic):
        there = self.topics[topic]
        numbers, clauses = sorted(there), sorted({clause for places in there.values() for clause in places})
        pairs = []
        for i, x in enumerate(numbers):
            for j, y in enumerate(numbers[i + 1 :], i + 1):
                common = set(there[x]) & set(there[y])
                like = {there[x][t][0] == there[y][t][0] for t in common}
                if len(like) < 2:
                    sure = all(there[x][t][1] and there[y][t][1] for t in common)
                    label = NEITHER if not common else SAME if True in like else OPPOSED
                    pairs.append((i, j, label, 0.15 if label == NEITHER else 0.8 if sure else 0.4))
            for j, clause in enumerate(clauses, len(numbers)):
                polarity, sure = there[x].get(clause, (0, 0))
                label = (NEITHER, SAME, OPPOSED)[polarity]
                pairs.append((i, j, label, 0.15 if label == NEITHER else 1.0 if sure else 0.5))
        first, second, labels, weights = map(np.array, zip(*pairs))
        kinds = [CLAIM] * len(numbers) + [CLAUSE] * len(clauses)
        return np.array([kinds, numbers + clauses]).T, first, second, labels.astype(np.int64), weights

    def claims(self, passes, left_out):
        fold, out = self.d["fold"], []
        articles = [n for n in sorted(self.articles) if fold[n] != left_out]
        topics = [self.of_topic(n) for n in self.topics if self.fold_of_topic[n] != left_out]
        for _ in range(passes):
            order = self.rng.permutation(len(articles))
            some = [self.of_articles([articles[m] for m in order[n : n + 12]]) for n in range(0, len(order), 12)]
            some = [one for one in some if len(one[1])] + topics * 2 + self.sentences(25)
            out += [some[n] for n in self.rng.permutation(len(some))]
        return out

    def measured(self, fold):
        """Pairs across articles of each topic of a fold, and whether they are opposed, the same."""
        pairs, opposed, same = [], [], []
        for topic, there in self.topics.items():
            if self.fold_of_topic[topic] == fold:
                numbers = sorted(there)
                for i, x in enumerate(numbers):
                    for y in numbers[i + 1 :]:
                        if self.d["article"][x] != self.d["article"][y]:
                            like = {there[x][t][0] == there[y][t][0] for t in set(there[x]) & set(there[y])}
                            pairs.append((x, y))
                            opposed.append(False in like)
                            same.append(True in like)
        return np.array(pairs), np.array(opposed), np.array(same)


def likeness(model, data, examples, a):
    """How much a claim is like those that take a position: one linear layer over both outputs, fitted by reweighting."""
    count = int(data.data["train"][0])
    made = torch.cat(encode(model, data, np.stack([np.full(count, CLAIM), np.arange(count)], 1), a), 1)
    x = torch.cat([made, torch.ones(count, 1, device=a.device)], 1).double()
    asserted = torch.from_numpy(data.data["asserted"][:count] > 0).to(a.device)
    right = torch.zeros(count, dtype=torch.double, device=a.device)
    right[torch.from_numpy(data.data["places"][:, 0].astype(np.int64)).to(a.device)] = 1.0
    keep = asserted | (right > 0)
    x, right = x[keep], right[keep]
    w = torch.zeros(x.shape[1], dtype=torch.double, device=a.device)
    for _ in range(20):
        p = torch.sigmoid(x @ w)
        slope = x.T @ (right - p) - 1e-2 * w
        w = w + torch.linalg.solve((x * (p * (1 - p))[:, None]).T @ x + 1e-2 * torch.eye(len(w), dtype=torch.double, device=a.device), slope)
    score = (x @ w).cpu().numpy()
    cuts = np.quantile(score, [0.5, 0.6, 0.7, 0.8])
    say("kept of those that take a position, of the best 50, 40, 30, 20 %:", [float((score[right.cpu().numpy() > 0] > c).mean().round(3)) for c in cuts], "cuts", cuts.round(2).tolist())
    return w.float().cpu().numpy()


def ship(model, weights, base, path):
    """Layout: src/position/weights.rs."""
    w = {name: tensor.detach().float().cpu().numpy() for name, tensor in model.state_dict().items()}
    floats = lambda name: w[name].astype(np.float32).tobytes()
    out = [struct.pack("<6I", base.layers, base.width, base.heads, base.inner, base.positions, base.count), struct.pack("<3I", model.frozen, TARGET, STANCE)]
    for n in range(model.frozen, base.layers):
        for kind, part in ((matrix_bytes, "qkv"), (matrix_bytes, "out"), (norm_bytes, "norm1"), (matrix_bytes, "up"), (matrix_bytes, "down"), (norm_bytes, "norm2")):
            out.append(kind(w, f"layers.{n}.{part}"))
    out += [floats(name) for name in ("target.weight", "target.bias", "stance.weight", "stance.bias", "axis", "near", "bias")]
    out.append(weights.astype(np.float32).tobytes())
    # The last weights are learnt from all others: they tell two trainings apart.
    name = f"position-{sha256(out[-1]).hexdigest()[:12]}".encode()
    data = b"ONRPOSI2" + base.data[8:24] + name + b"".join(out)
    with open(path, "wb") as file:
        file.write(data)
    say(f"{path}: {len(data)} bytes, sha256 {hashed(data)}")


def main():
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("--data", required=True)
    p.add_argument("--base", required=True)
    p.add_argument("--out", required=True, help="the weights file")
    p.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    p.add_argument("--frozen", type=int, default=1)
    p.add_argument("--seed", type=int, default=1)
    p.add_argument("--first-passes", type=int, default=2, help="over the sentence pairs")
    p.add_argument("--passes", type=int, default=10)
    p.add_argument("--left-out", type=int, nargs="*", default=[-1], help="folds that a model is made without, each with its own file; -1: none")
    p.add_argument("--steps", type=int, default=0, help="stop each part after so many steps, to try the program")
    a = p.parse_args()
    torch.manual_seed(a.seed)
    base = Base(a.base)
    data = Data(a.data, base.lines, a.device)
    examples = Examples(data, np.random.default_rng(a.seed))
    first = [one for _ in range(a.first_passes) for one in examples.sentences()]
    start = train(Tower(base, a.frozen).to(a.device), data, first, 3e-4, a, "sentence pairs").state_dict()
    for fold in a.left_out:
        model = Tower(base, a.frozen).to(a.device)
        model.load_state_dict(start)
        model = rounded(train(model, data, examples.claims(a.passes, fold), 2e-4, a, f"claims but those of fold {fold}"))
        pairs, opposed, same = examples.measured(fold)
        if len(pairs):
            sides = [encode(model, data, np.stack([np.full(len(pairs), CLAIM), side], 1), a) for side in pairs.T]
            with torch.no_grad():
                scores = model.pairs(*sides).cpu().numpy()
            say(f"fold {fold} opposed:", precision(scores[:, 0] - np.logaddexp(scores[:, 1], 0), opposed))
            say(f"fold {fold} same:", precision(scores[:, 1] - np.logaddexp(scores[:, 0], 0), same))
        ship(model, likeness(model, data, examples, a), base, a.out if fold < 0 else f"{a.out}.without{fold}")


if __name__ == "__main__":
    main()
