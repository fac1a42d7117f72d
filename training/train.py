"""Fine-tunes the deep reader and its pointer on PolNeAR train and news of many publishers; see README.md.

By steps or by the clock. One article is read whole, in overlapping windows, so that a source can point at any of its
words. With `--fold K` every fifth site is left out and measured.
"""

import argparse
import collections
import copy
import os
import random
import time

import torch
import torch.nn.functional as F

import data
import measure
from model import from_base, groups, mean_of

STATUS_WEIGHTS = (1.0, 3.0, 4.0, 4.0, 4.0, 3.0)
FOLDS = 5


def arguments():
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("--base", required=True, help="model.safetensors of all-MiniLM-L6-v2")
    p.add_argument("--inputs", required=True, help="train.tsv of the deep_inputs example")
    p.add_argument("--gold", required=True, help="folder of .ann files")
    p.add_argument("--texts", required=True, help="folder of the texts")
    p.add_argument("--speakers", required=True, help="speakers_train.tsv")
    p.add_argument("--world-inputs", required=True)
    p.add_argument("--world", required=True, help="attributions.jsonl of many publishers")
    p.add_argument("--dev-inputs")
    p.add_argument("--dev-gold")
    p.add_argument("--out", required=True, help="the checkpoint")
    p.add_argument("--epochs", type=float, default=3)
    p.add_argument("--seconds", type=float, default=1e9, help="stop planning for more than this")
    p.add_argument("--words", type=int, default=3600, help="words of a batch")
    p.add_argument("--rate", type=float, default=2.5e-4)
    p.add_argument("--decay", type=float, default=0.9, help="factor of the rate with each layer down")
    p.add_argument("--head-rate", type=float, default=1e-3)
    p.add_argument("--average", type=float, default=0.99, help="decay of the running average of the weights")
    p.add_argument("--warm", type=int, default=60, help="steps until the full rate")
    p.add_argument("--world-times", type=int, default=3, help="how often an article of the many publishers counts")
    p.add_argument("--pointer", type=float, default=0.15, help="weight of the pointer's loss")
    p.add_argument("--status", type=float, default=0.1, help="weight of the statuses' loss")
    p.add_argument("--trained-pieces", type=int, default=6000, help="the rows of the most frequent pieces are trained")
    p.add_argument("--fold", type=int)
    p.add_argument("--seed", type=int, default=1)
    p.add_argument("--start", help="checkpoint to begin with")
    return p.parse_args()


def read_articles(model, articles, rng, device):
    """Label scores and states of all words of some articles, in order."""
    items, kept = [], []
    for article in articles:
        for first, last, keep, end in data.windows(article, shorter=rng.randint(0, 99) if rng else 0):
            items.append((article, first, last))
            kept.append((keep - first, end - first))
    *inputs, counts = data.batch(items)
    states = model.firsts(*(x.to(device) for x in inputs))
    scores = model.label(states, counts)
    keep = torch.zeros(states.shape[:2], dtype=torch.bool)
    for row, (first, end) in enumerate(kept):
        keep[row, first:end] = True
    keep = keep.to(device)
    return scores[keep].float(), states[keep].float()


def heads_loss(model, articles, states, device):
    """Losses of the pointer and of the statuses."""
    bases, at = [], 0
    for article in articles:
        bases.append(at)
        at += len(article)
    asked = [(n, q) for n, a in enumerate(articles) for q in a.questions if q.kind != "dropped"]
    zero = torch.zeros((), device=device)
    point = status = zero
    if asked:
        logs = pointed(model, articles, states, asked, bases, device)
        weights = torch.tensor([data.WEIGHTS[q.kind] for _, q in asked], device=device)
        point = -(logs.clamp(min=-12) * weights).sum() / weights.sum()
    cued = [(bases[n] + q.cue[0], bases[n] + q.cue[1], q.status) for n, a in enumerate(articles) for q in a.questions if q.cue]
    if cued:
        begins, ends, gold = (torch.tensor(x, device=device) for x in zip(*cued))
        states = F.dropout(mean_of(states, begins, ends), 0.2, model.training)
        status = F.cross_entropy(model.status(states), gold, weight=torch.tensor(STATUS_WEIGHTS, device=device))
    return point, status


def pointed(model, articles, states, asked, bases, device):
    """Log of the probability that each question is answered with a right word."""
    begins = torch.tensor([bases[n] + q.first for n, q in asked], device=device)
    ends = torch.tensor([bases[n] + q.last for n, q in asked], device=device)
    apart = torch.tensor([q.kind == "pronoun" for _, q in asked], device=device)
    paragraphs = torch.cat([(torch.tensor(a.breaks) == 2).cumsum(0) for a in articles]).to(device)
    owner = torch.cat([torch.full((len(a),), n) for n, a in enumerate(articles)]).to(device)
    logs = model.point(states, begins, ends, apart, paragraphs, owner)
    right = torch.zeros(logs.shape, dtype=torch.bool)
    for row, (n, q) in enumerate(asked):
        right[row, [bases[n] + word for word in q.words]] = True
        right[row, -1] = q.nobody
    return logs.masked_fill(~right.to(device), -1e4).logsumexp(-1)


def judge(model, articles, device):
    """Share of questions whose right words together have more than half, by kind; F1 of the statuses, given the cue."""
    hits, all_, cells = collections.Counter(), collections.Counter(), collections.Counter()
    model.eval()
    with torch.inference_mode():
        for article in articles:
            _, states = read_articles(model, [article], None, device)
            asked = [(0, q) for q in article.questions if q.kind != "dropped"]
            if asked:
                for (_, q), log in zip(asked, pointed(model, [article], states, asked, [0], device).tolist()):
                    all_[q.kind] += 1
                    hits[q.kind] += log > -0.6931
            cued = [q for q in article.questions if q.cue]
            if cued:
                begins, ends = (torch.tensor(x, device=device) for x in zip(*(q.cue for q in cued)))
                for q, best in zip(cued, model.status(mean_of(states, begins, ends)).argmax(-1).tolist()):
                    cells[q.status, best] += 1
    f1 = []
    for k in range(6):
        theirs, ours = (sum(n for cell, n in cells.items() if cell[side] == k) for side in (0, 1))
        f1.append(round(200 * cells[k, k] / max(theirs + ours, 1), 1))
    return {kind: round(100 * hits[kind] / all_[kind], 1) for kind in all_}, f1


def main():
    a = arguments()
    torch.manual_seed(a.seed)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    polnear = data.load(a.inputs, a.gold, a.texts, a.speakers)
    world = data.load_world(a.world_inputs, a.world)
    dev = data.load(a.dev_inputs, a.dev_gold) if a.dev_inputs else []
    parts = {name: n % FOLDS for n, name in enumerate(sorted({x.site for x in world} | {x.site for x in polnear}))}
    held = [x for x in polnear + world if parts[x.site] == a.fold]
    train = [x for x in polnear if parts[x.site] != a.fold] + [x for x in world if parts[x.site] != a.fold] * a.world_times
    targets = {id(x): x.targets().to(device) for x in train}
    model = from_base(a.base)
    if a.start:
        model.load_state_dict(torch.load(a.start, map_location="cpu")["mean"])
    model.to(device)
    mean = copy.deepcopy(model)
    frequent = collections.Counter(piece for x in polnear + world for piece in x.pieces).most_common(a.trained_pieces)
    trained = torch.zeros(model.piece.num_embeddings, 1, device=device)
    trained[[piece for piece, _ in frequent]] = 1
    model.piece.weight.register_hook(lambda gradient: gradient * trained)
    optimiser = torch.optim.AdamW(groups(model, a.rate, a.decay, a.head_rate), fused=device == "cuda")
    total, seen, step, began = a.epochs * sum(map(len, train)), 0, 0, time.time()
    rng = random.Random(a.seed)
    model.train()
    done = 0.0
    while done < 1:
        for articles in data.epoch(train, a.words, rng):
            done = max(seen / total, (time.time() - began) / a.seconds)
            if done >= 1:
                break
            for group in optimiser.param_groups:
                group["lr"] = group["base"] * min((step + 1) / a.warm, 1.01 - done)
            with torch.autocast(device, dtype=torch.bfloat16):
                scores, states = read_articles(model, articles, rng, device)
            gold = torch.cat([targets[id(x)] for x in articles])
            label = -(gold * scores.log_softmax(-1)).sum(-1).mean()
            point, status = heads_loss(model, articles, states, device)
            (label + a.pointer * point + a.status * status).backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimiser.step()
            optimiser.zero_grad(set_to_none=True)
            step += 1
            seen += len(gold)
            keep = min(a.average, (1 + step) / (10 + step))
            with torch.no_grad():
                torch._foreach_lerp_(list(mean.parameters()), list(model.parameters()), 1 - keep)
            if step % 20 == 0:
                losses = " ".join(f"{float(x.detach()):.4f}" for x in (label, point, status))
                print(f"step {step}, {100 * done:.1f} % done, losses {losses}, {seen / (time.time() - began):.0f} words/s", flush=True)
    mean.to("cpu")
    os.makedirs(os.path.dirname(os.path.abspath(a.out)), exist_ok=True)
    torch.save({"mean": mean.state_dict(), "arguments": vars(a)}, a.out)
    for name, articles in (("held", held), ("dev", dev)):
        if articles:
            print(name, "labels", measure.f1(articles, measure.read(mean, articles)), "pointer, statuses", *judge(mean, articles, "cpu"), flush=True)


if __name__ == "__main__":
    main()
