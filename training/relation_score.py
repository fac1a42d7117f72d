"""Fits the trees that weigh a pair of claims: what the encoder says of pairs it was not trained on, beside all else.

Reads the numbers that the example `relation_features` wrote for the pairs, and the answers of the folds. Layout of what
comes out: src/relation/model/forest.rs.
"""

import argparse
import struct

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier

CHEAP, DEPTH, RATE = 67, 4, 0.06


def answers(scores):
    odds = np.logaddexp(scores[:, 0], scores[:, 1]) - np.logaddexp(scores[:, 2], scores[:, 3])
    return np.concatenate([scores, odds[:, None]], 1)


def fit(x, y, w, rounds, rate=RATE, seed=1):
    model = HistGradientBoostingClassifier(max_iter=rounds, learning_rate=rate, max_depth=DEPTH, min_samples_leaf=60, l2_regularization=20.0,
                                           max_bins=128, early_stopping=False, random_state=seed, max_features=0.5)
    return model.fit(x, y, sample_weight=w)


def tree_bytes(predictor, width):
    nodes = predictor.nodes
    features, cuts, values = [0] * 15, [float("inf")] * 15, [0.0] * 31

    def put(node, at):
        row = nodes[node] if node is not None else None

        def fill(value, at):
            values[at] = value
            if at < 15:
                fill(value, 2 * at + 1)
                fill(value, 2 * at + 2)

        if row["is_leaf"]:
            return fill(float(row["value"]), at)
        # Only the leaves are written with the rate in them.
        values[at] = RATE * float(row["value"])
        features[at], cuts[at] = int(row["feature_idx"]), float(row["num_threshold"])
        put(int(row["left"]), 2 * at + 1)
        put(int(row["right"]), 2 * at + 2)

    put(0, 0)
    cuts = [min(c, 3e38) for c in cuts]
    return bytes(features) + struct.pack("<15f", *cuts) + struct.pack("<31f", *values)


def forest_bytes(model):
    trees = [t[0] for t in model._predictors]
    start = float(np.ravel(model._baseline_prediction)[0])
    return struct.pack("<If", len(trees), start) + b"".join(tree_bytes(t, 0) for t in trees)


def precision(scores, right, weights):
    order = np.argsort(-scores)
    right, weights = np.asarray(right, float)[order], np.asarray(weights, float)[order]
    at = np.cumsum(right * weights) / np.cumsum(weights)
    return 100 * (at * right * weights).sum() / max(1e-9, (right * weights).sum()), [round(100 * right[:n].mean()) for n in (30, 50, 100, 200)]


def main():
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("--pairs", required=True, help="npz with X, L, W, S, F, A: pairs, labels, weights, scopes, folds, answers")
    p.add_argument("--features", required=True)
    p.add_argument("--dev", help="npz with R, AR: pairs read in full and the answers")
    p.add_argument("--dev-features")
    p.add_argument("--rounds", type=int, default=150)
    p.add_argument("--out", required=True)
    a = p.parse_args()
    z = np.load(a.pairs)
    labels, weights, scopes, folds = (z[n] for n in ("L", "W", "S", "F"))
    x = np.fromfile(a.features, np.float32).reshape(-1, CHEAP)
    x = np.concatenate([x, answers(z["A"].astype(np.float32))], 1).astype(np.float32)
    right = np.isin(labels, (0, 1, 4))
    within = np.flatnonzero(scopes == 0)
    x, right, w, folds = x[within], right[within], weights[within], folds[within]
    held = np.zeros(len(within))
    for k in range(3):
        inside = folds != k
        held[~inside] = fit(x[inside], right[inside], w[inside], a.rounds).decision_function(x[~inside])
    print("held out AP %.1f, first %s" % precision(held, right, w), flush=True)
    prob = 1 / (1 + np.exp(-held))
    for low in (0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8):
        over = prob >= low
        print(f"   p >= {low}: {over.sum()} pairs, right {100 * (right * w)[over].sum() / max(1e-9, w[over].sum()):.0f} %")
    cheap, whole = fit(x[:, :CHEAP], right, w, a.rounds), fit(x, right, w, a.rounds)
    data = b"ONRTREE2" + forest_bytes(cheap) + forest_bytes(whole)
    open(a.out, "wb").write(data)
    print(len(data), "bytes")
    if a.dev:
        d = np.load(a.dev)
        f = np.fromfile(a.dev_features, np.float32).reshape(-1, CHEAP)
        n = len(d["R"])
        f = np.concatenate([f[:n], answers(d["AR"])], 1).astype(np.float32)
        gold = np.isin(d["R"][:, 2], (0, 1))
        for name, scores in (("cheap", cheap.decision_function(f[:, :CHEAP])), ("whole", whole.decision_function(f))):
            print("dev", name, "AP %.1f, first %s" % precision(scores, gold, np.ones(n)))


if __name__ == "__main__":
    main()
