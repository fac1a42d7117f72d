"""Puts the answers of the folds beside their pairs, for `relation_score.py` and the example `relation_features`."""

import argparse
import io
import lzma

import numpy as np

SHARE = 0.45  # of the other pairs of an article that the folds read


def main():
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("--data", required=True)
    p.add_argument("--scores", required=True)
    p.add_argument("--out", required=True)
    a = p.parse_args()
    with lzma.open(a.data) as file:
        d = dict(np.load(io.BytesIO(file.read())))
    z = np.load(a.scores)
    others = dict(zip(z["seen"].tolist(), map(tuple, z["others"].tolist())))
    parts = {name: [] for name in "XLWSFA"}
    for k in range(3):
        named, loose, close = (z[f"fold{k}_{name}"] for name in ("named", "loose", "close"))
        pairs = d["pairs"][named]
        rest = np.array([others[n] for n in loose.tolist()])
        parts["X"] += [pairs[:, :2], rest, d["near"][close]]
        parts["L"] += [pairs[:, 2], np.full(len(loose) + len(close), 3)]
        parts["W"] += [np.ones(len(pairs)), np.full(len(loose), 1 / SHARE), np.ones(len(close))]
        # 0 within an article, 1 across, 2 neighbours across.
        parts["S"] += [np.where(pairs[:, 4] == 0, 0, 1), np.zeros(len(loose), int), np.full(len(close), 2)]
        parts["F"].append(np.full(len(pairs) + len(loose) + len(close), k))
        parts["A"].append(z[f"fold{k}_scores"].astype(np.float32))
    whole = {name: np.concatenate(list_) for name, list_ in parts.items()}
    np.savez(f"{a.out}/train_pairs.npz", **whole)
    np.savetxt(f"{a.out}/train_pairs.tsv", whole["X"], fmt="%d", delimiter="\t")
    np.savetxt(f"{a.out}/dev_pairs.tsv", d["read_pairs"][:, :2], fmt="%d", delimiter="\t")
    np.savez(f"{a.out}/dev_pairs.npz", R=d["read_pairs"], AR=z["read"].astype(np.float32))


if __name__ == "__main__":
    main()
