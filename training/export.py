"""Writes the averaged weights of a checkpoint as one file for the Rust side (layout: src/encoder/weights.rs and src/attribution/deep/weights.rs).

Weights become 8-bit whole numbers with one scale an output row; biases, norms and the recurrent matrix stay 32-bit.
Pieces that news English does not use are left out: kept are those in `--keep` (numbers of pieces seen in the corpora),
the special pieces, single characters, and the first `--frequent` rows that are plain Latin.
"""

import argparse
import hashlib
import struct

import numpy as np
import torch

SPECIAL = ("[UNK]", "[CLS]", "[SEP]")


def kept(vocabulary, seen, frequent):
    """Rows of the vocabulary to keep, in order."""
    out = []
    for row, piece in enumerate(vocabulary):
        bare = piece.removeprefix("##")
        latin = all(c.isascii() or "\u00a0" <= c <= "\u024f" or "\u2010" <= c <= "\u20bf" for c in bare)
        if piece in SPECIAL or row in seen or (not piece.startswith("[") and latin and (len(bare) == 1 or row < frequent)):
            out.append(row)
    return out


def whole(rows):
    """8-bit rows and their scales."""
    rows = rows.astype(np.float32)
    scales = (np.abs(rows).max(1) / 127).astype(np.float32)
    scales[scales == 0] = 1
    return np.clip(np.rint(rows / scales[:, None]), -127, 127).astype(np.int8), scales


def table(rows):
    numbers, scales = whole(rows)
    return b"".join(scales[n].tobytes() + numbers[n].tobytes() for n in range(len(rows)))


def matrix(weight, bias):
    numbers, scales = whole(weight)
    outputs, columns = numbers.shape
    packed = numbers.reshape(outputs // 16, 16, columns // 2, 2).transpose(0, 2, 1, 3)
    return scales.tobytes() + bias.astype(np.float32).tobytes() + np.ascontiguousarray(packed).tobytes()


def marks(w):
    """What the pointer needs of each token, as one matrix: key, query, how much it stands out, nobody, statuses."""
    size = w["key.weight"].shape[0]
    parts = [("key", 1.0), ("query", size**-0.5), ("salience", 1.0), ("nobody", 1.0), ("status", 1.0)]
    rows = np.concatenate([w[f"{name}.weight"] * scale for name, scale in parts])
    bias = np.concatenate([w[f"{name}.bias"] * scale for name, scale in parts])
    more = -len(rows) % 16
    return np.pad(rows, ((0, more), (0, 0))), np.pad(bias, (0, more))


def rounded(state):
    """The state as the file keeps it, to be measured in Python: every matrix and table through 8 bits."""
    out = {}
    for name, tensor in state.items():
        exact = tensor.dim() < 2 or name.startswith(("lstm.weight_hh", "score"))
        if exact:
            out[name] = tensor.clone()
        else:
            numbers, scales = whole(tensor.numpy())
            out[name] = torch.from_numpy(numbers * scales[:, None])
    return out


def averaged(paths):
    """The mean of the weights of some checkpoints."""
    states = [torch.load(path, map_location="cpu")["mean"] for path in paths]
    return {name: sum(state[name] for state in states) / len(states) for name in states[0]}


def write(state, vocabulary, rows, path, layers=6, heads=12):
    w = {name: tensor.float().numpy() for name, tensor in state.items()}
    width, inner = w["piece.weight"].shape[1], w["layers.0.up.weight"].shape[0]
    positions, recurrent = w["position.weight"].shape[0], w["lstm.weight_hh_l0"].shape[1]
    lines = "\n".join(vocabulary[row] for row in rows).encode()
    out = [b"ONRDEEP2", struct.pack("<7I", layers, width, heads, inner, positions, len(rows), recurrent)]
    out += [struct.pack("<I", len(lines)), lines, table(w["piece.weight"][rows])]
    out += [table(w[f"{name}.weight"]) for name in ("position", "case", "place", "start")]

    def norm(name):
        return w[f"{name}.weight"].tobytes() + w[f"{name}.bias"].tobytes()

    def linear(name):
        return matrix(w[f"{name}.weight"], w[f"{name}.bias"])

    out.append(norm("norm"))
    for n in range(layers):
        parts = ((linear, "qkv"), (linear, "out"), (norm, "norm1"), (linear, "up"), (linear, "down"), (norm, "norm2"))
        out += [kind(f"layers.{n}.{name}") for kind, name in parts]
    for end in ("l0", "l0_reverse"):
        out.append(matrix(w[f"lstm.weight_ih_{end}"], w[f"lstm.bias_ih_{end}"] + w[f"lstm.bias_hh_{end}"]))
        out.append(np.ascontiguousarray(w[f"lstm.weight_hh_{end}"].T).tobytes())
    out += [w["score.weight"].tobytes(), w["score.bias"].tobytes()]
    rows, bias = marks(w)
    out += [matrix(rows, bias), w["far"].tobytes(), w["par"].tobytes()]
    data = b"".join(out)
    with open(path, "wb") as file:
        file.write(data)
    return len(data), hashlib.sha256(data).hexdigest()


def main():
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("--checkpoints", nargs="+", required=True, help="their mean is written")
    p.add_argument("--vocabulary", required=True)
    p.add_argument("--keep", nargs="+", required=True, help="outputs of deep_inputs: their pieces are kept")
    p.add_argument("--frequent", type=int, default=15000)
    p.add_argument("--out", required=True)
    p.add_argument("--kept-out", required=True, help="gets the kept pieces, one a line")
    a = p.parse_args()
    vocabulary = open(a.vocabulary, encoding="utf-8").read().split("\n")[:-1]
    seen = {int(n) for path in a.keep for line in open(path) for n in line.rstrip("\n").split("\t")[6].split(",")}
    rows = kept(vocabulary, seen, a.frequent)
    with open(a.kept_out, "w", encoding="utf-8", newline="\n") as file:
        file.writelines(vocabulary[row] + "\n" for row in rows)
    state = averaged(a.checkpoints)
    size, digest = write(state, vocabulary, rows, a.out)
    print(f"{a.out}: {len(rows)} of {len(vocabulary)} pieces, {size} bytes, sha256 {digest}")


if __name__ == "__main__":
    main()
