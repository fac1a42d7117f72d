"""Reads articles with a model and gives exact span F1, every annotator counted (as the project's scorer does)."""

import collections

import torch

from data import batch, windows

# A label may follow another unless it is an inside without its begin or inside before.
ALLOWED = torch.zeros(7, 7)
for now in (2, 4, 6):
    for before in range(7):
        if before not in (now, now - 1):
            ALLOWED[before, now] = -1e9


def read(model, articles, size=16):
    """Log-probabilities (words, 7) of each article."""
    items = [(n, w) for n, a in enumerate(articles) for w in windows(a)]
    items.sort(key=lambda x: articles[x[0]].starts[x[1][1]] - articles[x[0]].starts[x[1][0]])
    out = [torch.zeros(len(a), 7) for a in articles]
    model.eval()
    with torch.inference_mode(), torch.autocast("cpu", dtype=torch.bfloat16, enabled=torch.is_autocast_enabled("cpu")):
        for k in range(0, len(items), size):
            part = items[k:k + size]
            scores = model(*batch([(articles[n], w[0], w[1]) for n, w in part])).log_softmax(-1)
            for row, (n, (first, _, keep, kept)) in enumerate(part):
                out[n][keep:kept] = scores[row, keep - first:kept - first]
    return out


def decode(scores):
    """Best label path without impossible transitions, as spans (role, first, last + 1)."""
    best, back = scores[0].clone(), []
    best[[2, 4, 6]] = -1e9
    for row in scores[1:]:
        value, source = (best[:, None] + ALLOWED).max(0)
        best = value + row
        back.append(source)
    path = [int(best.argmax())]
    for source in reversed(back):
        path.append(int(source[path[-1]]))
    path.reverse()
    spans, at = set(), 0
    while at < len(path):
        end = at + 1
        if path[at]:
            while end < len(path) and path[end] == path[at] + path[at] % 2 and path[end] % 2 == 0:
                end += 1
            spans.add(((path[at] - 1) // 2, at, end))
        at = end
    return spans


def f1(articles, scores):
    """Exact F1 of source, cue and content, in per cent."""
    hit, gold, found = collections.Counter(), collections.Counter(), collections.Counter()
    for article, rows in zip(articles, scores):
        spans = decode(rows)
        for version in article.versions:
            for role in range(3):
                mine, theirs = {s for s in spans if s[0] == role}, {s for s in version if s[0] == role}
                hit[role] += len(mine & theirs)
                gold[role] += len(theirs)
                found[role] += len(mine)
    return [round(200 * hit[r] / max(gold[r] + found[r], 1), 2) for r in range(3)]
