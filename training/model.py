"""The deep reader: a six-layer BERT encoder with three added input embeddings and a small bidirectional LSTM.

Shapes: pieces (batch, length); words (batch, words) hold the position of each word's first piece; the result is
(batch, words, 7), unnormalised. Label order: outside, begin and inside of source, cue, content. The pointer and the
statuses work on the states of the first pieces (src/attribution/deep/pointer.rs reads them).
"""

import torch
import torch.nn.functional as F
from torch import nn

LABELS = 7
CASES, PLACES, BREAKS = 6, 6, 3
POSITIONS = 256
HEAD = 64
POINT = 128  # numbers of a key, and of a query
FAR, PARAGRAPHS = 24, 17  # half-octaves of distance either way; paragraphs from four after to twelve before
STATUSES = ("asserted", "neg", "cond", "ask", "future", "other")
ASKED = 8  # words of a source or cue that count


class Layer(nn.Module):
    def __init__(self, size, heads, inner, dropout):
        super().__init__()
        self.heads, self.dropout = heads, dropout
        self.qkv = nn.Linear(size, 3 * size)
        self.out = nn.Linear(size, size)
        self.norm1 = nn.LayerNorm(size, eps=1e-12)
        self.up = nn.Linear(size, inner)
        self.down = nn.Linear(inner, size)
        self.norm2 = nn.LayerNorm(size, eps=1e-12)

    def drop(self, x):
        """Dropout with one mask for the whole batch: drawing the mask is what costs on a CPU."""
        if not self.training:
            return x
        mask = torch.rand(x.shape[1:], device=x.device) >= self.dropout
        return x * (mask / (1 - self.dropout)).to(x.dtype)

    def forward(self, x, mask):
        batch, length, size = x.shape
        q, k, v = self.qkv(x).view(batch, length, 3, self.heads, size // self.heads).permute(2, 0, 3, 1, 4)
        weights = (q * (size // self.heads) ** -0.5) @ k.transpose(-1, -2)
        if mask is not None:
            weights = weights + mask.to(weights.dtype)
        mixed = weights.softmax(-1, dtype=weights.dtype) @ v
        mixed = mixed.transpose(1, 2).reshape(batch, length, size)
        x = self.norm1(x + self.drop(self.out(mixed)))
        return self.norm2(x + self.drop(self.down(F.gelu(self.up(x)))))


class Reader(nn.Module):
    def __init__(self, vocabulary, size=384, layers=6, heads=12, inner=1536, dropout=0.1):
        super().__init__()
        self.size, self.dropout = size, dropout
        self.piece = nn.Embedding(vocabulary, size)
        self.position = nn.Embedding(POSITIONS, size)
        self.case = nn.Embedding(CASES, size)
        self.place = nn.Embedding(PLACES, size)
        self.start = nn.Embedding(BREAKS, size)
        for table in (self.case, self.place, self.start):
            nn.init.normal_(table.weight, std=0.01)
        self.norm = nn.LayerNorm(size, eps=1e-12)
        self.layers = nn.ModuleList(Layer(size, heads, inner, dropout) for _ in range(layers))
        self.lstm = nn.LSTM(size, HEAD, batch_first=True, bidirectional=True)
        self.score = nn.Linear(2 * HEAD, LABELS)
        self.query, self.key = nn.Linear(size, POINT), nn.Linear(size, POINT)
        self.salience, self.nobody = nn.Linear(size, 1), nn.Linear(size, 1)
        self.far, self.par = nn.Parameter(torch.zeros(2 * FAR)), nn.Parameter(torch.zeros(PARAGRAPHS))
        self.status = nn.Linear(size, len(STATUSES))

    def embed(self, pieces, cases, places, breaks):
        positions = torch.arange(pieces.shape[1], device=pieces.device)
        x = self.piece(pieces) + self.position(positions) + self.case(cases) + self.place(places) + self.start(breaks)
        return F.dropout(self.norm(x), self.dropout, self.training)

    def encode(self, pieces, cases, places, breaks, real):
        x = self.embed(pieces, cases, places, breaks)
        mask = None if bool(real.all()) else torch.where(real, 0.0, -1e4)[:, None, None, :]
        for layer in self.layers:
            x = layer(x, mask)
        return x

    def forward(self, pieces, cases, places, breaks, real, words, counts):
        return self.label(self.firsts(pieces, cases, places, breaks, real, words), counts)

    def firsts(self, pieces, cases, places, breaks, real, words):
        """States (batch, words, size) of the first piece of each word."""
        x = self.encode(pieces, cases, places, breaks, real)
        return x.gather(1, words[:, :, None].expand(-1, -1, self.size)).float()

    def label(self, firsts, counts):
        with torch.autocast(firsts.device.type, enabled=False):
            x = F.dropout(firsts, 0.2, self.training)
            packed = nn.utils.rnn.pack_padded_sequence(x, counts, batch_first=True, enforce_sorted=False)
            x, _ = nn.utils.rnn.pad_packed_sequence(self.lstm(packed)[0], batch_first=True, total_length=firsts.shape[1])
            return self.score(F.dropout(x, 0.2, self.training))

    def point(self, states, begins, ends, apart, paragraphs, article):
        """Log-probabilities (sources, words + 1) of whom some sources mean; the last is nobody.

        `states` (words, size) of all words; a source is its words `begins` to `ends`; `apart`: it cannot mean itself;
        `paragraphs` and `article` are numbers of each word.
        """
        asked = F.dropout(mean_of(states, begins, ends), 0.1, self.training)
        states = F.dropout(states, 0.1, self.training)
        scores = self.query(asked) @ self.key(states).T * POINT**-0.5 + self.salience(states)[:, 0]
        word = torch.arange(len(states), device=states.device)
        scores = scores + self.far[bucket(begins[:, None] - word)]
        scores = scores + self.par[(paragraphs[begins][:, None] - paragraphs).clamp(-4, 12) + 4]
        own = apart[:, None] & (word >= begins[:, None]) & (word < ends[:, None])
        scores = scores.masked_fill(own | (article[begins][:, None] != article), -1e4)
        return torch.cat([scores, self.nobody(asked)], 1).log_softmax(-1)


def bucket(distance):
    """Half-octaves of a distance in words; those of words after the source come second."""
    step = (torch.log2(distance.abs().float() + 1) * 2).long().clamp(max=FAR - 1)
    return torch.where(distance >= 0, step, step + FAR)


def mean_of(states, begins, ends):
    """Mean state of the first words of each stretch."""
    at = begins[:, None] + torch.arange(ASKED, device=states.device)
    real = (at < ends[:, None]).float()
    return (states[at.clamp(max=len(states) - 1)] * real[..., None]).sum(1) / real.sum(1, keepdim=True).clamp(min=1)


def from_base(path):
    """Builds a reader with the weights of all-MiniLM-L6-v2 (safetensors)."""
    from safetensors.torch import load_file

    base = load_file(path)
    model = Reader(base["embeddings.word_embeddings.weight"].shape[0])
    state = model.state_dict()
    with torch.no_grad():
        state["piece.weight"].copy_(base["embeddings.word_embeddings.weight"])
        kind = base["embeddings.token_type_embeddings.weight"][0]
        state["position.weight"].copy_(base["embeddings.position_embeddings.weight"][:POSITIONS] + kind)
        for part in ("weight", "bias"):
            state[f"norm.{part}"].copy_(base[f"embeddings.LayerNorm.{part}"])
            for n in range(len(model.layers)):
                old, new = f"encoder.layer.{n}.", f"layers.{n}."
                qkv = [base[f"{old}attention.self.{name}.{part}"] for name in ("query", "key", "value")]
                state[f"{new}qkv.{part}"].copy_(torch.cat(qkv))
                for theirs, ours in (("attention.output.dense", "out"), ("attention.output.LayerNorm", "norm1"),
                                     ("intermediate.dense", "up"), ("output.dense", "down"), ("output.LayerNorm", "norm2")):
                    state[f"{new}{ours}.{part}"].copy_(base[f"{old}{theirs}.{part}"])
    return model


NEW = ("lstm", "score", "case", "place", "start", "query", "key", "salience", "nobody", "far", "par", "status")


def groups(model, rate, decay, head_rate):
    """Parameter groups: the rate falls by `decay` with each layer down; no weight decay on norms, biases and tables."""
    out, depth = [], len(model.layers)
    for name, p in model.named_parameters():
        if name.split(".")[0] in NEW:
            at = head_rate
        elif name.startswith("layers."):
            at = rate * decay ** (depth - 1 - int(name.split(".")[1]))
        else:
            at = rate * decay**depth
        plain = p.dim() < 2 or name.split(".")[0] in ("piece", "position", "case", "place", "start")
        out.append({"params": [p], "lr": at, "base": at, "weight_decay": 0.0 if plain else 0.01})
    merged = {}
    for g in out:
        merged.setdefault((g["base"], g["weight_decay"]), {**g, "params": []})["params"] += g["params"]
    return list(merged.values())
