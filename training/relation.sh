#!/bin/sh
# Makes the weights of the relation model, the trees that weigh a pair, and their sample: training/relation.sh DATA OUT
#
# DATA holds polnear, relations, positions, speakers and nli; OUT gets the inputs, the checkpoints and the Python environment.
# Needs Python 3.11 and cargo. A graphics card is used where there is one; without one it takes hours: RELATION_FLAGS
# ("--epochs 1 --first-epochs 1 --negatives 40000") makes it shorter.
set -eu
data=$1 out=$2
here=$(cd "$(dirname "$0")" && pwd)
shipped=$here/../src/relation/model
base=$here/../src/matching/meaning/model.bin
mkdir -p "$out"
if [ ! -x "$out/venv/bin/python" ]; then
    python3 -m venv "$out/venv"
    "$out/venv/bin/pip" install -q -r "$here/requirements.txt" scikit-learn
fi
python=$out/venv/bin/python
"$python" "$here/relation_data.py" --corpora "$data" --model "$base" --share 0.6 --out "$out"
# shellcheck disable=SC2086
"$python" -u "$here/relation.py" --data "$out/data.npz.xz" --base "$base" --out "$out" --negatives 130000 ${RELATION_FLAGS:-}
cp "$out/model.bin" "$shipped/model.bin"
"$python" "$here/relation_sample.py" --model "$shipped/model.bin" --base "$base" --out "$shipped/sample.jsonl"
"$python" "$here/relation_pairs.py" --data "$out/data.npz.xz" --scores "$out/scores.npz" --out "$out"
features() {
    cargo run -q --release --manifest-path "$here/../Cargo.toml" --example relation_features -- "$out/claims.jsonl" "$@"
}
features "$out/train_pairs.tsv" "$out/train.bin"
features "$out/dev_pairs.tsv" "$out/dev.bin"
"$python" "$here/relation_score.py" --rounds 120 --pairs "$out/train_pairs.npz" --features "$out/train.bin" \
    --dev "$out/dev_pairs.npz" --dev-features "$out/dev.bin" --out "$shipped/score.bin"
