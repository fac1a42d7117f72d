"""Fits the calibration of a reader's scores and prints its reliability; needs no more than Python.

    onrecord extract --reader deep --format jsonl DEV/text > found.jsonl
    python3 training/calibrate.py SCORER.py DEV found.jsonl

SCORER.py is the project's attribution scorer; DEV holds `text` and `attributions`. An attribution is right when a gold
one of the first annotator is aligned with it (one to one, by content overlap), the contents overlap by half (Dice), and
the sources share a word or neither has one. The fit is Platt's: a logistic function of the log-odds of the product of
span probabilities that the program multiplies (cue, square roots of content and source). Each half of the articles is
judged by the fit on the other half; the constants printed last are the fit on all.
"""

import collections
import importlib.util
import json
import math
import os
import sys


def outcomes(scorer, folder, path):
    """(article, product of span probabilities, right) of each attribution found."""
    found = collections.defaultdict(list)
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            one = json.loads(line)
            found[os.path.basename(one["path"]).removesuffix(".txt")].append(one)
    out = []
    for name, files in sorted(scorer.gold_by_article(os.path.join(folder, "attributions")).items()):
        with open(os.path.join(folder, "text", name + ".txt"), encoding="utf-8", newline="") as file:
            tokens = [match.span() for match in scorer.TOKEN.finditer(file.read())]
        starts, ends = [t[0] for t in tokens], [t[1] for t in tokens]
        words = lambda spans: scorer.token_ids(starts, ends, spans)
        gold = [(words(g["source"] or []), words(g["content"])) for g in scorer.read_ann(files[0])]
        ours = [(words((one["source"] or {"spans": []})["spans"]), words(one["content"]["spans"])) for one in found[name]]
        pairs = sorted(((scorer.dice(g[1], o[1]), i, j) for i, g in enumerate(gold) for j, o in enumerate(ours) if g[1] & o[1]),
                       key=lambda pair: (-pair[0], pair[1], pair[2]))
        taken, partner = set(), {}
        for overlap, i, j in pairs:
            if i not in taken and j not in partner:
                taken.add(i)
                partner[j] = (overlap, gold[i][0])
        for j, one in enumerate(found[name]):
            parts = {reason["rule"]: reason["weight"] for reason in one["because"]}
            if "cue" not in parts:
                continue  # the finds of rules have scores set by hand
            raw = parts["cue"] * math.sqrt(parts["content"]) * math.sqrt(parts.get("source", 1.0))
            overlap, source = partner.get(j, (0.0, set()))
            out.append((name, raw, overlap >= 0.5 and (bool(source & ours[j][0]) or not source and not ours[j][0])))
    return out


def log_odds(p):
    p = min(max(p, 1e-4), 1 - 1e-4)
    return math.log(p / (1 - p))


def fit(data):
    """Slope and offset, by Newton's method on the logistic loss."""
    slope, offset = 1.0, 0.0
    for _ in range(50):
        g0 = g1 = h00 = h01 = h11 = 0.0
        for _, raw, right in data:
            x = log_odds(raw)
            p = 1 / (1 + math.exp(-(slope * x + offset)))
            w = p * (1 - p)
            g0, g1 = g0 + (p - right) * x, g1 + p - right
            h00, h01, h11 = h00 + w * x * x, h01 + w * x, h11 + w
        rest = h00 * h11 - h01 * h01
        slope, offset = slope - (h11 * g0 - h01 * g1) / rest, offset - (h00 * g1 - h01 * g0) / rest
    return slope, offset


def main():
    path, folder, found = sys.argv[1:]
    spec = importlib.util.spec_from_file_location("scorer", path)
    scorer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scorer)
    data = outcomes(scorer, folder, found)
    names = sorted({name for name, _, _ in data})
    halves = [[d for d in data if (d[0] in names[::2]) == side] for side in (True, False)]
    judged = []
    for mine, other in (halves, halves[::-1]):
        slope, offset = fit(other)
        judged += [(1 / (1 + math.exp(-(slope * log_odds(raw) + offset))), right) for _, raw, right in mine]
    bins = collections.defaultdict(list)
    for said, right in judged:
        bins[min(int(said * 10), 9)].append((said, right))
    print("score      number  said   right")
    for k in sorted(bins):
        size = len(bins[k])
        print(f"{k / 10:.1f}-{k / 10 + 0.1:.1f}    {size:6d}  {sum(s for s, _ in bins[k]) / size:.3f}  {sum(r for _, r in bins[k]) / size:.3f}")
    apart = sum(abs(sum(s - r for s, r in cell)) for cell in bins.values()) / len(judged)
    print(f"expected calibration error {apart:.3f} over {len(judged)}; constants: slope %.3f offset %.3f" % fit(data))


if __name__ == "__main__":
    main()
