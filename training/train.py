"""Fine-tunes the deep reader and its pointer on PolNeAR train and news of many publishers; see README.md.

One article is read whole, in overlapping windows, so that a source can point at any of its words. With `--fold K` every
fifth site is left out and measured. With teachers, half of what a word's labels should be is what they say together
(Hinton et al. 2015), and all of it in texts that nobody has labelled.
"""

import argparse
import collections
import copy
import itertools
import os
import random
import time

import torch
import torch.nn.functional as F

import data
import export
import measure
from corpus import Corpus, epoch
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
    p.add_argument("--words", type=int, default=6000, help="words of a batch")
    p.add_argument("--rate", type=float, default=2.5e-4)
    p.add_argument("--decay", type=float, default=0.9, help="factor of the rate with each layer down")
    p.add_argument("--head-rate", type=float, default=1e-3)
    p.add_argument("--steady", action="store_true", help="the rate does not fall")
    p.add_argument("--average", type=float, default=0.995, help="decay of the running average of the weights")
    p.add_argument("--warm", type=int, default=60, help="steps until the full rate")
    p.add_argument("--world-times", type=int, default=2, help="how often an article of the many publishers counts")
    p.add_argument("--pointer", type=float, default=0.2, help="weight of the pointer's loss")
    p.add_argument("--status", type=float, default=0.1, help="weight of the statuses' loss")
    p.add_argument("--fold", type=int)
    p.add_argument("--seed", type=int, default=1)
    p.add_argument("--start", nargs="+", default=[], help="checkpoints whose mean to begin with")
    p.add_argument("--teachers", nargs="*", default=[], help="checkpoints")
    p.add_argument("--plain-inputs", help="output of deep_inputs of texts that only the teachers label")
    return p.parse_args()


def bases_of(articles):
    """Number of the first word of each article among all their words."""
    return list(itertools.accumulate([0, *map(len, articles[:-1])]))


def heads_loss(model, corpus, articles, states):
    """Losses of the pointer and of the statuses."""
    bases, device = bases_of(articles), corpus.device
    asked = [(n, q) for n, a in enumerate(articles) for q in a.questions if q.kind != "dropped"]
    zero = torch.zeros((), device=device)
    point = status = zero
    if asked:
        logs = pointed(model, corpus, articles, states, asked)
        weights = torch.tensor([data.WEIGHTS[q.kind] for _, q in asked], device=device)
        point = -(logs.clamp(min=-12) * weights).sum() / weights.sum()
    cued = [(bases[n] + q.cue[0], bases[n] + q.cue[1], q.status) for n, a in enumerate(articles) for q in a.questions if q.cue]
    if cued:
        begins, ends, gold = (torch.tensor(x, device=device) for x in zip(*cued))
        states = F.dropout(mean_of(states, begins, ends), 0.2, model.training)
        status = F.cross_entropy(model.status(states), gold, weight=torch.tensor(STATUS_WEIGHTS, device=device))
    return point, status


def pointed(model, corpus, articles, states, asked):
    """Log of the probability that each question (number of its article, question) is answered with a right word."""
    bases, device = bases_of(articles), corpus.device
    begins = torch.tensor([bases[n] + q.first for n, q in asked], device=device)
    ends = torch.tensor([bases[n] + q.last for n, q in asked], device=device)
    apart = torch.tensor([q.kind == "pronoun" for _, q in asked], device=device)
    owner = torch.cat([torch.full((len(a),), n, device=device) for n, a in enumerate(articles)])
    logs = model.point(states, begins, ends, apart, corpus.words(corpus.paragraphs, articles), owner)
    right = torch.zeros(logs.shape, dtype=torch.bool)
    words = [(row, bases[n] + word) for row, (n, q) in enumerate(asked) for word in q.words]
    right[[row for row, _ in words], [word for _, word in words]] = True
    right[:, -1] = torch.tensor([q.nobody for _, q in asked])
    return logs.masked_fill(~right.to(device), -1e4).logsumexp(-1)


@torch.inference_mode()
def judge(model, articles, device):
    """F1 of the spans; share of questions whose right words together have more than half, by kind; F1 of the statuses,
    given the cue."""
    corpus, scores = Corpus(articles, device), []
    hits, all_, cells = collections.Counter(), collections.Counter(), collections.Counter()
    model.eval()
    for article in articles:
        rows, states = corpus.read(model, [article])
        scores.append(rows.log_softmax(-1).cpu().numpy())
        asked = [(0, q) for q in article.questions if q.kind != "dropped"]
        if asked:
            for (_, q), log in zip(asked, pointed(model, corpus, [article], states, asked).tolist()):
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
    return measure.f1(articles, scores), {kind: round(100 * hits[kind] / all_[kind], 1) for kind in all_}, f1


@torch.inference_mode()
def taught(teachers, corpus, articles):
    """What the teachers say together of the labels of all words: the normalised mean of their log-probabilities."""
    rows = [corpus.read(teacher, articles)[0].log_softmax(-1) for teacher in teachers]
    return torch.stack(rows).mean(0).softmax(-1)


def main():
    a = arguments()
    torch.manual_seed(a.seed)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    polnear = data.load(a.inputs, a.gold, a.texts, a.speakers)
    world = data.load_world(a.world_inputs, a.world)
    dev = data.load(a.dev_inputs, a.dev_gold) if a.dev_inputs else []
    parts = {name: n % FOLDS for n, name in enumerate(sorted({x.site for x in world} | {x.site for x in polnear}))}
    held = [x for x in polnear + world if parts[x.site] == a.fold]
    plain = list(data.read_inputs(a.plain_inputs).values()) if a.plain_inputs else []
    train = [x for x in polnear if parts[x.site] != a.fold] + [x for x in world if parts[x.site] != a.fold] * a.world_times + plain
    corpus = Corpus(polnear + world + plain, device)
    model, teachers = started(a.base, a.start).to(device), [started(a.base, [x]).to(device).eval() for x in a.teachers]
    mean = copy.deepcopy(model)
    optimiser = torch.optim.AdamW(groups(model, a.rate, a.decay, a.head_rate), fused=device == "cuda")
    total, seen, step, began = a.epochs * sum(map(len, train)), 0, 0, time.time()
    rng = random.Random(a.seed)
    model.train()
    while seen < total:
        for articles in epoch(train, a.words, rng):
            for group in optimiser.param_groups:
                group["lr"] = group["base"] * min((step + 1) / a.warm, 1.0 if a.steady else max(1.005 - seen / total, 0.005))
            gold = corpus.words(corpus.targets, articles)
            with torch.autocast(device, dtype=torch.bfloat16, enabled=device == "cuda"):
                scores, states = corpus.read(model, articles, rng)
                if teachers:
                    soft = taught(teachers, corpus, articles).clone()
                    gold = torch.where(gold.sum(-1, keepdim=True) > 0, (gold + soft) / 2, soft)
            label = -(gold * scores.log_softmax(-1)).sum(-1).mean()
            point, status = heads_loss(model, corpus, articles, states)
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
                print(f"step {step}, {100 * seen / total:.1f} % done, losses {losses}, {seen / (time.time() - began):.0f} words/s", flush=True)
    os.makedirs(os.path.dirname(os.path.abspath(a.out)), exist_ok=True)
    torch.save({"mean": {k: v.cpu() for k, v in mean.state_dict().items()}, "arguments": vars(a)}, a.out)
    for name, articles in (("held", held), ("dev", dev)):
        if articles:
            print(name, "labels, pointer, statuses", *judge(mean, articles, device), flush=True)


def started(base, paths):
    """A reader with the base's weights, or the mean of some checkpoints."""
    model = from_base(base)
    if paths:
        model.load_state_dict(export.averaged(paths))
    return model


if __name__ == "__main__":
    main()
