"""The relation model: its encoder as the file of another holds it, its layers, and the file that ships."""

import hashlib
import math
import struct
import time

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

LONGEST = 126
# What is answered: of two claims of a desk plainly opposed, opposed by inference, the same, neither; of two sentences that nobody
# is known to have said contradiction, the same, neither; of words and a checked claim that it is the one, or not.
DESK, BARE, KNOWN = (0, 1, 2, 3), (4, 5, 6), (7, 8)
KINDS = 9
START = time.time()


def say(*words):
    print(f"{time.time() - START:6.1f}", *words, flush=True)


class Base:
    """Reads the encoder as plain floats (layout: src/encoder/weights.rs)."""

    def __init__(self, path):
        self.data, self.at = open(path, "rb").read(), 8 + 16
        sizes = struct.unpack("<8I", self.take(32))
        self.layers, self.width, self.heads, self.inner, self.positions, self.count = sizes[:6]
        (length,) = struct.unpack("<I", self.take(4))
        self.lines = self.take(length).decode().split("\n")
        self.state = {"piece.weight": self.table(self.count), "position.weight": self.table(self.positions)}
        self.norm("norm")
        for n in range(self.layers):
            self.layer(n)

    def layer(self, n):
        for name, outputs, columns in (("qkv", 3 * self.width, self.width), ("out", self.width, self.width), ("norm1", 0, 0),
                                       ("up", self.inner, self.width), ("down", self.width, self.inner), ("norm2", 0, 0)):
            self.matrix(f"layers.{n}.{name}", outputs, columns) if outputs else self.norm(f"layers.{n}.{name}")

    def take(self, count):
        self.at += count
        return self.data[self.at - count : self.at]

    def row(self, count):
        return torch.from_numpy(np.frombuffer(self.take(4 * count), np.float32).copy())

    def table(self, rows):
        raw = np.frombuffer(self.take(rows * (self.width + 4)), np.uint8).reshape(rows, self.width + 4)
        scales = np.ascontiguousarray(raw[:, :4]).view(np.float32)
        return torch.from_numpy(raw[:, 4:].view(np.int8).astype(np.float32) * scales)

    def norm(self, name):
        self.state[f"{name}.weight"], self.state[f"{name}.bias"] = self.row(self.width), self.row(self.width)

    def matrix(self, name, outputs, columns):
        scales, self.state[f"{name}.bias"] = self.row(outputs), self.row(outputs)
        packed = np.frombuffer(self.take(outputs * columns), np.int8).reshape(outputs // 16, columns // 2, 16, 2)
        numbers = packed.transpose(0, 2, 1, 3).reshape(outputs, columns).astype(np.float32)
        self.state[f"{name}.weight"] = torch.from_numpy(numbers) * scales[:, None]


class Layer(nn.Module):
    def __init__(self, width, heads, inner, dropout):
        super().__init__()
        self.heads, self.dropout = heads, dropout
        self.qkv, self.out = nn.Linear(width, 3 * width), nn.Linear(width, width)
        self.norm1, self.norm2 = nn.LayerNorm(width, eps=1e-12), nn.LayerNorm(width, eps=1e-12)
        self.up, self.down = nn.Linear(width, inner), nn.Linear(inner, width)

    def forward(self, x, mask):
        batch, length, width = x.shape
        q, k, v = self.qkv(x).view(batch, length, 3, self.heads, width // self.heads).permute(2, 0, 3, 1, 4)
        mixed = F.scaled_dot_product_attention(q, k, v, attn_mask=mask).transpose(1, 2).reshape(batch, length, width)
        x = self.norm1(x + F.dropout(self.out(mixed), self.dropout, self.training))
        return self.norm2(x + F.dropout(self.down(F.gelu(self.up(x))), self.dropout, self.training))


class Model(nn.Module):
    """Pieces (batch, length) and the side of each; the log-odds of each answer of a pair, unnormalised."""

    def __init__(self, base, frozen, dropout=0.1, kinds=KINDS):
        super().__init__()
        self.width, self.frozen, self.dropout = base.width, frozen, dropout
        self.piece = nn.Embedding(base.count, base.width)
        self.position = nn.Embedding(base.positions, base.width)
        self.side = nn.Embedding(2, base.width)
        self.norm = nn.LayerNorm(base.width, eps=1e-12)
        self.layers = nn.ModuleList(Layer(base.width, base.heads, base.inner, dropout) for _ in range(base.layers))
        self.pool = nn.Linear(base.width, base.width)
        self.score = nn.Linear(base.width, kinds)
        nn.init.zeros_(self.side.weight)
        nn.init.normal_(self.score.weight, std=0.02)
        nn.init.normal_(self.pool.weight, std=0.02)
        self.load_state_dict(base.state, strict=False)
        for part in (self.piece, self.position, self.norm, *self.layers[:frozen]):
            part.requires_grad_(False)

    def forward(self, pieces, sides, real):
        x = self.piece(pieces) + self.position.weight[: pieces.shape[1]]
        x = self.norm(x + self.side(sides))
        x = F.dropout(x, self.dropout, self.training)
        mask = real[:, None, None, :]
        for layer in self.layers:
            x = layer(x, mask)
        first = torch.tanh(self.pool(x[:, 0]))
        return self.score(F.dropout(first, self.dropout, self.training)).float()


def whole(rows):
    scales = (np.abs(rows).max(1) / 127).astype(np.float32)
    scales[scales == 0] = 1
    return np.clip(np.rint(rows / scales[:, None]), -127, 127).astype(np.int8), scales


def rounded(model):
    """Puts every matrix of the model that ships through 8 bits, so that what is measured is what ships."""
    with torch.no_grad():
        for name, p in model.named_parameters():
            if p.requires_grad and p.dim() == 2 and name.startswith("layers"):
                numbers, scales = whole(p.float().cpu().numpy())
                p.copy_(torch.from_numpy(numbers * scales[:, None]))
    return model


def matrix_bytes(w, name):
    numbers, scales = whole(w[f"{name}.weight"])
    outputs, columns = numbers.shape
    packed = numbers.reshape(outputs // 16, 16, columns // 2, 2).transpose(0, 2, 1, 3)
    return scales.tobytes() + w[f"{name}.bias"].astype(np.float32).tobytes() + np.ascontiguousarray(packed).tobytes()


def norm_bytes(w, name):
    return w[f"{name}.weight"].astype(np.float32).tobytes() + w[f"{name}.bias"].astype(np.float32).tobytes()


def hashed(data):
    return hashlib.sha256(data).hexdigest()[:12]


def ship(model, base, path, answers):
    """Writes the answers of these numbers. Layout: src/relation/model/weights.rs."""
    w = {name: tensor.detach().float().cpu().numpy() for name, tensor in model.state_dict().items()}
    floats = lambda name: w[name].astype(np.float32).tobytes()
    name = base.data[8:24]
    out = [struct.pack("<6I", base.layers, base.width, base.heads, base.inner, base.positions, base.count), struct.pack("<2I", model.frozen, len(answers))]
    out.append(floats("side.weight"))
    for n in range(model.frozen, base.layers):
        for kind, part in ((matrix_bytes, "qkv"), (matrix_bytes, "out"), (norm_bytes, "norm1"), (matrix_bytes, "up"), (matrix_bytes, "down"), (norm_bytes, "norm2")):
            out.append(kind(w, f"layers.{n}.{part}"))
    out += [floats("pool.weight"), floats("pool.bias")]
    out += [w[name][list(answers)].astype(np.float32).tobytes() for name in ("score.weight", "score.bias")]
    data = b"ONRRELA1" + name + b"".join(out)
    with open(path, "wb") as file:
        file.write(data)
    say(f"{path}: {len(data)} bytes, sha256 {hashed(data)}")


def shipped(path, base):
    """The model of a file that `ship` wrote, with as many answers as the file."""
    file = Base.__new__(Base)
    file.data, file.at, file.state = open(path, "rb").read(), 8 + 16 + 24, {}
    file.layers, file.width, file.heads, file.inner = base.layers, base.width, base.heads, base.inner
    frozen, kinds = struct.unpack("<2I", file.take(8))
    model = Model(base, frozen, kinds=kinds)
    file.state["side.weight"] = file.row(2 * base.width).view(2, base.width)
    for n in range(frozen, base.layers):
        file.layer(n)
    for name, shape in (("pool.weight", (base.width, base.width)), ("pool.bias", (base.width,)), ("score.weight", (kinds, base.width)), ("score.bias", (kinds,))):
        file.state[name] = file.row(math.prod(shape)).view(shape)
    model.load_state_dict(file.state, strict=False)
    return model
