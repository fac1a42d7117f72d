"""Trains the relation model: two claims in, plainly opposed, opposed by inference, the same, or neither out; of bare sentences
contradiction, the same, neither; of a checked claim whether it is the one that is repeated.

Starts from the encoder in `src/matching/meaning/model.bin`; its pieces and its lowest layers stay as they are, so that the
file that ships holds the upper ones alone. First sentence pairs, then pairs of claims of a desk. Besides the model that
learns from all articles, one for each fold that leaves the fold out: what they say of it is what the score is fitted on.
"""

import argparse
import io
import lzma
import math
import time

import numpy as np
import torch

from relation_model import BARE, DESK, KINDS, KNOWN, LONGEST, START, Base, Model, rounded, say, ship

# The answers among which a label chooses, and those that it allows: of a desk plain, inferred, same, neither, opposed, not opposed;
# of sentences contradiction, same, neither, no contradiction; of a checked claim the one, another.
LABELS = [(DESK, [0]), (DESK, [1]), (DESK, [2]), (DESK, [3]), (DESK, [0, 1]), (DESK, [2, 3]),
          (BARE, [4]), (BARE, [5]), (BARE, [6]), (BARE, [5, 6]), (KNOWN, [7]), (KNOWN, [8])]
NO_LABEL, OF_SENTENCES, ONE, ANOTHER = -1, np.array([6, 6, 7, 8, 6, 9]), 10, 11
OWN_HEADLINE = 9
AMONG, ALLOWED = (torch.zeros(len(LABELS), KINDS, dtype=torch.bool) for _ in range(2))
for number, (group, allowed) in enumerate(LABELS):
    AMONG[number, list(group)], ALLOWED[number, allowed] = True, True
CLAIM, CLAUSE, SENTENCES, TESTS, CHECKED = range(5)


class Data:
    """All pieces end to end on the device; a side is up to six runs of them."""

    def __init__(self, path, lines, device):
        with lzma.open(path) as file:
            self.data = data = dict(np.load(io.BytesIO(file.read())))
        rows, self.device = {piece: n for n, piece in enumerate(lines)}, device
        flat, self.start, self.length = [np.array([rows[p] for p in ("[CLS]", "[SEP]", ":", "(")])], {}, {}
        parts = ("speaker", "source", "cue", "words", "sentence", "clauses", "nli_a", "nli_b", "tests_a", "tests_b",
                 "said_speaker", "said", "known_speaker", "known", "known_title")
        for name in parts:
            low, high = data[name].astype(np.int64)
            ends = data[f"{name}_ends"].astype(np.int64)
            begin = np.concatenate([[0], ends[:-1]])
            self.start[name], self.length[name] = begin + sum(map(len, flat)), ends - begin
            flat.append(low | high << 8)
        self.flat = torch.from_numpy(np.concatenate(flat)).to(device)

    def side(self, kind, number, first, draw):
        """Starts and lengths of the six runs of each side: (count, 6) twice.

        In training a speaker is at times the source's own words, or nobody, and a cue or sentence is left out.
        """
        starts, lengths = np.zeros((len(kind), 6), np.int64), np.zeros((len(kind), 6), np.int64)

        def put(at, rows, name):
            starts[rows, at], lengths[rows, at] = self.start[name][number[rows]], self.length[name][number[rows]]

        claim = kind == CLAIM if not first else kind <= CLAUSE
        put(0, np.flatnonzero(claim & (draw > 0.25)), "speaker")
        put(0, np.flatnonzero(claim & (draw > 0.08) & (draw <= 0.25)), "source")
        put(1, np.flatnonzero(claim & ((draw <= 0.05) | (draw >= 0.1))), "cue")
        put(3, np.flatnonzero(claim), "words")
        put(5, np.flatnonzero(claim & ((draw <= 0.25) | (draw >= 0.4))), "sentence")
        if not first:
            put(3, np.flatnonzero(kind == CLAUSE), "clauses")
        put(3, np.flatnonzero(kind == SENTENCES), "nli_a" if first else "nli_b")
        put(3, np.flatnonzero(kind == TESTS), "tests_a" if first else "tests_b")
        checked = np.flatnonzero(kind == CHECKED)
        put(0, checked, "said_speaker" if first else "known_speaker")
        put(3, checked, "said" if first else "known")
        if not first:
            put(5, checked, "known_title")
        starts[:, 2], lengths[:, 2] = 2, lengths[:, 0] + lengths[:, 1] > 0
        starts[:, 4], lengths[:, 4] = 3, lengths[:, 5] > 0
        return starts, lengths

    def lay(self, items, turned, rng=None):
        """Where the pieces of each pair lie: starts and ends of fifteen runs, and where the second side begins."""
        kind, x, y = items.T
        draw = (lambda: rng.random(len(items))) if rng is not None else (lambda: np.ones(len(items)))
        a, b = self.side(kind, x, True, draw()), self.side(kind, y, False, draw())
        swap = turned[:, None]
        one = [np.where(swap, q, p) for p, q in zip(a, b)]
        two = [np.where(swap, p, q) for p, q in zip(a, b)]
        room = LONGEST - 3

        def cut(lengths, most):
            ends = np.minimum(lengths.cumsum(1), most[:, None])
            return np.diff(ends, axis=1, prepend=0)

        whole = two[1].sum(1)
        one[1] = cut(one[1], np.maximum(room // 2, room - whole))
        two[1] = cut(two[1], room - one[1].sum(1))
        mark = lambda n: np.full((len(items), 1), n)
        starts = np.concatenate([mark(0), one[0], mark(1), two[0], mark(1)], 1)
        lengths = np.concatenate([mark(1), one[1], mark(1), two[1], mark(1)], 1)
        return starts, lengths.cumsum(1), one[1].sum(1) + 2

    def batch(self, starts, ends, second):
        """Pieces, sides and real places of some pairs that are laid out, padded."""
        most = -(-int(ends[:, -1].max()) // 8) * 8
        starts, ends, second = (torch.from_numpy(t).to(self.device, non_blocking=True) for t in (starts, ends, second))
        place = torch.arange(most, device=self.device)[None].expand(len(starts), most).contiguous()
        run = torch.searchsorted(ends, place, right=True).clamp(max=14)
        begin = torch.nn.functional.pad(ends, (1, 0))[:, :15]
        at = starts.gather(1, run) + place - begin.gather(1, run)
        real = place < ends[:, -1:]
        pieces = self.flat[torch.where(real, at, 0)]
        return pieces, (real & (place >= second[:, None])).long(), real


def loss_of(scores, labels, weights):
    """Each pair has two labels, of which one may be missing."""
    total = 0.0
    among, allowed = AMONG.to(scores.device), ALLOWED.to(scores.device)
    for label in labels.T:
        row = label.clamp(min=0)
        log = scores.masked_fill(~among[row], -1e9).log_softmax(1)
        each = -log.masked_fill(~allowed[row], -1e9).logsumexp(1)
        total = total + torch.where(label == NO_LABEL, 0.0, each)
    return (total * weights).sum() / weights.sum()


class Descent:
    """AdamW over what a model trains, and a running average of it, which is what comes out."""

    def __init__(self, model, rate, device):
        self.trained = [p for p in model.parameters() if p.requires_grad]
        kinds = [{"params": [p for p in self.trained if p.dim() >= 2], "weight_decay": 0.01}, {"params": [p for p in self.trained if p.dim() < 2], "weight_decay": 0.0}]
        self.best = torch.optim.AdamW(kinds, lr=rate, betas=(0.9, 0.98), fused=device == "cuda")
        self.average = [p.detach().clone() for p in self.trained]

    def step(self, number, loss, rate):
        for group in self.best.param_groups:
            group["lr"] = rate
        self.best.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.trained, 1.0)
        self.best.step()
        if number % 4 == 0:
            keep = min(0.98, number / (number + 40))
            torch._foreach_mul_(self.average, keep)
            torch._foreach_add_(self.average, [p.detach() for p in self.trained], alpha=1 - keep)

    @torch.no_grad()
    def end(self):
        for p, mean in zip(self.trained, self.average):
            p.copy_(mean)


def train(model, data, rounds, rate, a, until, title):
    """One pass over each list of examples in `rounds`; the running average of the weights is what comes out."""
    device = a.device
    descent = Descent(model, rate, device)
    total = sum(math.ceil(len(items) / a.batch) for items, _, _ in rounds)
    model.train()
    step, shown, began, late = 0, 0.0, time.time(), False
    rng = np.random.default_rng(a.seed)
    for items, labels, weights in rounds:
        starts, ends, second = data.lay(items, rng.random(len(items)) < 0.5, rng)
        order = np.argsort(ends[:, -1] + rng.normal(0, 6, len(items)))
        chunks = [order[n : n + a.batch] for n in range(0, len(order), a.batch)]
        labels, weights = torch.from_numpy(labels).to(device), torch.from_numpy(weights).float().to(device)
        for number in rng.permutation(len(chunks)):
            chosen = chunks[number]
            step += 1
            late = time.time() - START > until or bool(a.steps and step > a.steps)
            if late:
                break
            # Where time is short the rate falls with the time.
            done = max(step / total, (time.time() - began) / max(1e-9, until - (began - START)))
            now = rate * min(1.0, step / (0.05 * total + 1)) * max(0.02, 1 - done)
            with torch.autocast(device, torch.bfloat16):
                scores = model(*data.batch(starts[chosen], ends[chosen], second[chosen]))
            rows = torch.from_numpy(chosen).to(device)
            loss = loss_of(scores, labels[rows], weights[rows])
            descent.step(step, loss, now)
            if step % 100 == 0:
                shown = float(loss.detach())
        if late:
            break
    descent.end()
    say(f"{title}: {step} of {total} steps, loss {shown:.3f}, {step * a.batch / (time.time() - began):.0f} pairs/s")
    return model


@torch.no_grad()
def read(model, data, items, a):
    """The mean over both orders of the scores of each item, less the mean of those that choose among one another."""
    model.eval()
    out = torch.zeros(len(items), KINDS, device=a.device)
    for turned in (False, True):
        starts, ends, second = data.lay(items, np.full(len(items), turned))
        order = np.argsort(ends[:, -1], kind="stable")
        for number, n in enumerate(range(0, len(order), 4 * a.batch)):
            if a.steps and number > a.steps:
                break
            chosen = order[n : n + 4 * a.batch]
            with torch.autocast(a.device, torch.bfloat16, enabled=a.device == "cuda"):
                scores = model(*data.batch(starts[chosen], ends[chosen], second[chosen]))
            for group in map(list, (DESK, BARE, KNOWN)):
                scores[:, group] -= scores[:, group].mean(1, keepdim=True)
            out[torch.from_numpy(chosen).to(a.device)] += scores / 2
    return out.cpu().numpy()


def odds(scores):
    """Opposed, of claims of a desk."""
    return np.logaddexp(scores[:, 0], scores[:, 1]) - np.logaddexp(scores[:, 2], scores[:, 3])


def bare_odds(scores):
    """Contradiction, of sentences."""
    return scores[:, 4] - np.logaddexp(scores[:, 5], scores[:, 6])


def precision(scores, right, weights=None):
    """Average precision, prior and the share right of the first 50 and 200."""
    order = np.argsort(-scores)
    right = np.asarray(right)[order].astype(float)
    w = np.ones(len(right)) if weights is None else np.asarray(weights)[order]
    at = np.cumsum(right * w) / np.cumsum(w)
    return f"AP {100 * (at * right * w).sum() / max(1e-9, (right * w).sum()):.1f} (prior {100 * (right * w).sum() / w.sum():.1f}), " \
           f"first 50 {100 * right[:50].mean():.0f} 200 {100 * right[:200].mean():.0f}"


def main():
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("--data", required=True)
    p.add_argument("--base", required=True)
    p.add_argument("--out", required=True)
    p.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    p.add_argument("--batch", type=int, default=256)
    p.add_argument("--seconds", type=float, default=1e9, help="end the training by then")
    p.add_argument("--frozen", type=int, default=1)
    p.add_argument("--seed", type=int, default=1)
    p.add_argument("--rate", type=float, default=4e-4)
    p.add_argument("--epochs", type=int, default=3)
    p.add_argument("--first-epochs", type=int, default=2, help="over the sentence pairs")
    p.add_argument("--negatives", type=int, default=120000, help="other pairs of an article, an epoch")
    p.add_argument("--texts", action="store_true", help="train and ship what is answered of bare texts and of checked claims")
    p.add_argument("--all-headlines", action="store_true", help="also of the stories that are left out to measure")
    p.add_argument("--folds", type=int, default=3, help="folds that are left out in turn")
    p.add_argument("--steps", type=int, default=0, help="stop each part after so many steps, to try the program")
    a = p.parse_args()
    torch.manual_seed(a.seed)
    torch.backends.cuda.matmul.allow_tf32 = True
    base = Base(a.base)
    data = Data(a.data, base.lines, a.device)
    d = data.data
    say({k: v.shape for k, v in d.items() if not k.endswith("_ends")}, a.device)
    rng = np.random.default_rng(a.seed)

    def laid(kind, x, y, label=0, weight=1.0, other=NO_LABEL):
        items = np.stack([np.full(len(x), kind), x, y], 1).astype(np.int64)
        labels = np.stack([np.broadcast_to(label, len(x)), np.broadcast_to(other, len(x))], 1).astype(np.int64)
        return items, labels, np.broadcast_to(weight, len(x)).astype(np.float64)

    def together(parts):
        return tuple(np.concatenate(part) for part in zip(*parts))

    def some(kind, pairs):
        return laid(kind, pairs[:, 0], pairs[:, 1])[0]

    free, news = np.flatnonzero(d["nli_held"] == 0), np.flatnonzero((d["nli_news"] == 1) & (d["nli_held"] == 0))
    if a.all_headlines:
        free, news = np.arange(len(d["nli_held"])), np.flatnonzero(d["nli_news"] == 1)

    def sentences(chosen, share=1.0):
        """A share of them is told as claims of a desk too."""
        label = d["nli_label"][chosen].astype(np.int64)
        return laid(SENTENCES, chosen, chosen, np.where(rng.random(len(chosen)) < share, label, NO_LABEL), 1.0, OF_SENTENCES[label])

    listed, own = (d["checked"][(d["checked"][:, 3] == OWN_HEADLINE) == own] for own in (False, True))

    def checked(most):
        """Claims listed for what somebody said, and some claims with their own headlines, which count half."""
        c = np.concatenate([listed, own[rng.choice(len(own), max(0, most - len(listed)), replace=False)]])
        weight = np.where(c[:, 2] == 1, 1.5, 0.5) * np.where(c[:, 3] == OWN_HEADLINE, 0.5, 1.0)
        return laid(CHECKED, c[:, 0], c[:, 1], NO_LABEL, weight, np.where(c[:, 2] == 1, ONE, ANOTHER))

    pairs, clause, near = d["pairs"], d["clause_pairs"], d["near"]
    article, fold_of = d["article"], d["fold"]
    known = {(min(x, y), max(x, y)) for x, y, *_ in pairs.tolist()}
    count = int(d["train"][0])
    by_article = {}
    for n in range(count):
        if d["asserted"][n]:
            by_article.setdefault(int(article[n]), []).append(n)
    others = np.array([(x, y) for ns in by_article.values() for i, x in enumerate(ns) for y in ns[i + 1 :]
                       if (min(x, y), max(x, y)) not in known], np.int32)
    near_fold = (near[:, 0].astype(np.int64) * 31 + near[:, 1]) % 3
    say(f"{len(others)} other pairs, {len(near)} neighbours")

    def rounds(left_out, epochs, negatives):
        out = []
        keep = pairs[(pairs[:, 5] != left_out)]
        kept_clause = clause[clause[:, 4] != left_out]
        other = others[fold_of[article[others[:, 0]]] != left_out]
        close = near[near_fold != left_out]
        share = 1.0 if left_out < 0 else 2 / 3
        for _ in range(epochs):
            within = keep[keep[:, 4] == 0]
            other_chosen = other[rng.choice(len(other), min(len(other), int(negatives * share)), replace=False)]
            close_chosen = close[rng.choice(len(close), min(len(close), int(25000 * share)), replace=False)]
            out.append(together([
                laid(CLAIM, keep[:, 0], keep[:, 1], keep[:, 2], keep[:, 3] / 10),
                # The pairs of an article that a reader marked come twice.
                laid(CLAIM, within[:, 0], within[:, 1], within[:, 2], within[:, 3] / 10),
                laid(CLAUSE, kept_clause[:, 0], kept_clause[:, 1], kept_clause[:, 2], kept_clause[:, 3] / 10),
                laid(CLAIM, other_chosen[:, 0], other_chosen[:, 1], 3, 1.0),
                laid(CLAIM, close_chosen[:, 0], close_chosen[:, 1], 3, 0.7),
                *([sentences(np.concatenate([news, rng.choice(free, 60000, replace=False)]), 0.35), checked(50000)] if a.texts
                  else [sentences(rng.choice(free, int(20000 * share), replace=False))]),
            ]))
        return out

    def fresh(state):
        model = Model(base, a.frozen).to(a.device)
        model.load_state_dict(state)
        return model

    # What each fold says of the pairs left out of it.
    other_fold = fold_of[article[others[:, 0]]]
    seen = rng.random(len(others)) < 0.45

    def held(k):
        named = np.flatnonzero(pairs[:, 5] == k)
        loose = np.flatnonzero((other_fold == k) & seen)
        close = np.flatnonzero(near_fold == k)
        items = some(CLAIM, np.concatenate([pairs[named, :2], others[loose], near[close]]))
        return named, loose, close, items

    def measure(k, scores, named, loose, close):
        n, m = len(named), len(loose)
        within = pairs[named, 4] == 0
        logit = odds(scores)
        right = np.concatenate([np.isin(pairs[named, 2], (0, 1))[within], np.zeros(m)])
        weight = np.concatenate([np.ones(int(within.sum())), np.full(m, 1 / 0.45)])
        say(f"fold {k} within: {precision(np.concatenate([logit[:n][within], logit[n : n + m]]), right, weight)}")
        across = ~within & (pairs[named, 2] != 5)
        say(f"fold {k} across: {precision(logit[:n][across], np.isin(pairs[named, 2][across], (0, 1, 4)))}")
        return right, weight, np.concatenate([logit[:n][within], logit[n : n + m]])

    model = Model(base, a.frozen).to(a.device)
    first = [together([sentences(free), *([checked(60000)] if a.texts else [])]) for _ in range(a.first_epochs)]
    model = train(model, data, first, 3e-4, a, 0.22 * a.seconds, "sentence pairs")
    start = {k: v.clone() for k, v in model.state_dict().items()}
    every = lambda name: np.stack([np.arange(len(d[name]))] * 2, 1)
    tests = some(TESTS, every("tests_a_ends"))
    held_news = np.flatnonzero(d["nli_held"] == 1)
    held_items = some(SENTENCES, np.stack([held_news] * 2, 1))
    results, out_of_fold = {"tests_first": read(model, data, tests, a)}, {}
    model = train(fresh(start), data, rounds(-1, a.epochs, a.negatives), a.rate, a, time.time() - START + 0.22 * a.seconds, "all")
    ship(model, base, f"{a.out}/{'texts' if a.texts else 'model'}.bin", BARE + KNOWN if a.texts else DESK)
    rounded(model)
    results["read"] = read(model, data, some(CLAIM, d["read_pairs"]), a)
    results["desk"] = read(model, data, some(CLAIM, d["desk_pairs"]), a)
    results["tests"] = read(model, data, tests, a)
    results["headlines"] = read(model, data, held_items, a)
    results["checked"] = read(model, data, some(CHECKED, d["checked_tests"]), a)
    say("headlines of stories" + (", trained on:" if a.all_headlines else " left out:"), precision(bare_odds(results["headlines"]), d["nli_label"][held_news] == 4))
    say("dev within:", precision(odds(results["read"]), np.isin(d["read_pairs"][:, 2], (0, 1))))
    say("dev within, plain:", precision(odds(results["read"]), d["read_pairs"][:, 2] == 0))
    say("dev pairs: share over 0, -2, -4:", [(odds(results["desk"]) > t).mean().round(2) for t in (0, -2, -4)])
    for k in range(a.folds):
        if k not in out_of_fold:
            if time.time() - START > 0.93 * a.seconds:
                break
            tried = train(fresh(start), data, rounds(k, a.epochs, a.negatives), a.rate, a, time.time() - START + (0.95 * a.seconds - time.time() + START) / (a.folds - k), f"fold {k}")
            named, loose, close, items = held(k)
            scores = read(tried, data, items, a)
            measure(k, scores, named, loose, close)
            out_of_fold[k] = scores, named, loose, close
        scores, named, loose, close = out_of_fold[k]
        for part, array in (("scores", scores.astype(np.float16)), ("named", named), ("loose", loose), ("close", close)):
            results[f"fold{k}_{part}"] = array
        np.savez_compressed(f"{a.out}/scores.npz", **{n: v.astype(np.float16) if v.dtype == np.float32 else v for n, v in results.items()}, others=others[seen], seen=np.flatnonzero(seen))
    say("done")


if __name__ == "__main__":
    main()
