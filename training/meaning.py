"""Makes the weights of the sentence vectors from those of all-MiniLM-L6-v2 (layout: src/matching/meaning/weights.rs).

Nothing of the encoder is trained: its weights become 8-bit whole numbers, and pieces that the claims do not use are left
out. What is fitted on the claims, without labels, is the turn from 384 to 128 numbers (principal components, each divided
by the square root of its deviation, then a fixed random rotation) and the centres of the cells (spherical k-means).
Reads the output of `meaning_pieces` over files of claims; keeps their sentence vectors in `--means` and reads them from
there if it exists.
"""

import argparse
import hashlib
import os
import struct
import time

import numpy as np
import torch

import export
from model import from_base

LENGTH = 128
UNIT = 300
POSITIONS = 128


def plain(base):
    """The base without what the deep reader adds to the inputs."""
    model = from_base(base)
    with torch.no_grad():
        for added in (model.case, model.place, model.start):
            added.weight.zero_()
    return model.eval()


@torch.no_grad()
def means(model, texts, half=True, batch=128):
    """The mean of the states of each text, of length 1."""
    out = np.zeros((len(texts), model.size), np.float32)
    order = sorted(range(len(texts)), key=lambda n: len(texts[n]))
    for at in range(0, len(order), batch):
        now = order[at : at + batch]
        longest = len(texts[now[-1]])
        pieces = torch.zeros(len(now), longest, dtype=torch.long)
        for row, n in enumerate(now):
            pieces[row, : len(texts[n])] = torch.tensor(texts[n])
        real = torch.arange(longest)[None] < torch.tensor([len(texts[n]) for n in now])[:, None]
        none = torch.zeros_like(pieces)
        with torch.autocast("cpu", torch.bfloat16, enabled=half):
            states = model.encode(pieces, none, none, none, real).float()
        out[now] = torch.nn.functional.normalize((states * real[..., None]).sum(1), dim=1).numpy()
    return out


def unit(rows):
    return rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)


def fit(rows):
    """The centre, and the turn from a mean to the numbers of a vector."""
    centre = rows.mean(0)
    values, vectors = np.linalg.eigh(np.cov((rows - centre).T))
    first = np.argsort(-values)[:LENGTH]
    turn = vectors[:, first] * values[first] ** -0.25
    rotation, _ = np.linalg.qr(np.random.default_rng(1).normal(size=(LENGTH, LENGTH)))
    turn = (turn @ rotation).T
    return centre.astype(np.float32), (turn / np.abs(turn).max()).astype(np.float32)


def whole(rows, centre, turn):
    return np.clip(np.rint(unit((rows - centre) @ turn.T) * UNIT), -127, 127)


def cells(vectors, count, rounds=8):
    """Centres of cells by spherical k-means; an empty cell keeps the claim it began with."""
    vectors = torch.from_numpy(unit(vectors.astype(np.float32)))
    start = np.random.default_rng(2).choice(len(vectors), count, replace=False)
    centres = vectors[torch.from_numpy(start)].clone()
    for _ in range(rounds):
        near = torch.cat([(part @ centres.T).argmax(1) for part in vectors.split(4096)])
        sums = torch.zeros_like(centres).index_add_(0, near, vectors)
        filled = sums.norm(dim=1) > 0
        centres[filled] = torch.nn.functional.normalize(sums[filled], dim=1)
    return np.clip(np.rint(centres.numpy() * UNIT), -127, 127).astype(np.int8)


def write(model, vocabulary, rows, centre, turn, centres, path):
    w = {name: tensor.float().numpy() for name, tensor in model.state_dict().items()}
    layers, heads, inner = len(model.layers), model.layers[0].heads, w["layers.0.up.weight"].shape[0]
    lines = "\n".join(vocabulary[row] for row in rows).encode()

    def norm(name):
        return w[f"{name}.weight"].tobytes() + w[f"{name}.bias"].tobytes()

    def linear(name):
        return export.matrix(w[f"{name}.weight"], w[f"{name}.bias"])

    out = [struct.pack("<8I", layers, model.size, heads, inner, POSITIONS, len(rows), LENGTH, len(centres))]
    out += [struct.pack("<I", len(lines)), lines]
    out += [export.table(w["piece.weight"][rows]), export.table(w["position.weight"][:POSITIONS]), norm("norm")]
    for n in range(layers):
        parts = ((linear, "qkv"), (linear, "out"), (norm, "norm1"), (linear, "up"), (linear, "down"), (norm, "norm2"))
        out += [kind(f"layers.{n}.{name}") for kind, name in parts]
    data = b"".join([*out, centre.tobytes(), np.ascontiguousarray(turn).tobytes(), centres.tobytes()])
    data = b"ONRMEAN1" + hashlib.sha256(data).hexdigest()[:16].encode() + data
    with open(path, "wb") as file:
        file.write(data)
    return len(data), hashlib.sha256(data).hexdigest()


def read_pieces(path):
    rows = [line.rstrip("\n").split("\t") for line in open(path)]
    return [(row[0], row[2]) for row in rows], [[int(n) for n in row[3].split(",")] for row in rows]


def main():
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("--base", required=True, help="model.safetensors of the base")
    p.add_argument("--vocabulary", required=True)
    p.add_argument("--pieces", required=True, help="output of meaning_pieces over the claims")
    p.add_argument("--sample", required=True, help="output of meaning_pieces over the sample")
    p.add_argument("--means", required=True, help="sentence vectors of the claims; made if it does not exist")
    p.add_argument("--frequent", type=int, default=10000)
    p.add_argument("--cells", type=int, default=4096)
    p.add_argument("--out", required=True)
    p.add_argument("--sample-out", required=True)
    a = p.parse_args()
    vocabulary = open(a.vocabulary, encoding="utf-8").read().split("\n")[:-1]
    fields, texts = read_pieces(a.pieces)
    model = plain(a.base)
    if not os.path.exists(a.means):
        began = time.time()
        np.save(a.means, means(model, texts))
        print(f"{len(texts)} texts read in {time.time() - began:.0f} s")
    rows = np.load(a.means)
    claims = rows[[field == "text" for _, field in fields]]
    centre, turn = fit(claims)
    centres = cells(whole(rows, centre, turn), a.cells)
    kept = export.kept(vocabulary, {n for text in texts for n in text}, a.frequent)
    size, digest = write(model, vocabulary, kept, centre, turn, centres, a.out)
    print(f"{a.out}: {len(kept)} of {len(vocabulary)} pieces, {size} bytes, sha256 {digest}")
    with open(a.sample_out, "w", encoding="utf-8", newline="\n") as out:
        for row in means(model, read_pieces(a.sample)[1], half=False):
            out.write("\t".join(f"{x:.4f}" for x in row) + "\n")


if __name__ == "__main__":
    main()
