#!/bin/sh
# Makes the weights of the relation model, the trees that weigh a pair, and their sample: training/relation.sh DATA OUT
#
# DATA holds polnear, relations, positions, speakers, nli and matching; OUT gets the inputs, the checkpoints and the Python environment.
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
onrecord() {
    cargo run -q --release --manifest-path "$here/../Cargo.toml" -- "$@"
}
mkdir -p "$out/queries"
near() {
    [ -f "$out/$1.db" ] || { onrecord --db "$out/$1.db" import claims "$data/matching/$1_claims.jsonl" && onrecord --db "$out/$1.db" reindex --meaning; }
    for set in "$2_train" "$2_dev"; do
        onrecord --db "$out/$1.db" match --queries "$data/matching/$set.jsonl" --top 50 --format jsonl > "$out/queries/$set.jsonl"
    done
}
near politifact 2b
near snopes 2020
"$python" "$here/relation_data.py" --corpora "$data" --model "$base" --queries "$out/queries" --out "$out"
# shellcheck disable=SC2086
"$python" -u "$here/relation.py" --data "$out/data.npz.xz" --base "$base" --out "$out" --negatives 130000 ${RELATION_FLAGS:-}
cp "$out/model.bin" "$shipped/model.bin"
"$python" "$here/relation_sample.py" --model "$shipped/model.bin" --base "$base" --out "$shipped/sample.jsonl"
# shellcheck disable=SC2086
"$python" -u "$here/relation.py" --data "$out/data.npz.xz" --base "$base" --out "$out" --negatives 130000 --texts --all-headlines --folds 0 ${RELATION_FLAGS:-}
cp "$out/texts.bin" "$shipped/texts.bin"
"$python" "$here/relation_sample.py" --model "$shipped/texts.bin" --base "$base" --out "$shipped/texts_sample.jsonl"
[ -f "$out/news.db" ] || onrecord --db "$out/news.db" load --reader fast "$data/polnear/train/text"
onrecord --db "$out/news.db" claims --all --json > "$out/claims.json"
across() {
    "$python" -u "$here/relation_across.py" --base "$base" --groups "$here"/opposed/*.jsonl --sentences "$data/nli" --claims "$out/claims.json" "$@"
}
across --model "$shipped/model.bin" --out "$out/across.bin"
across --model "$out/across.bin" --out "$shipped/across.bin" --aside --epochs 1 --rate 5e-5 --share 0.45 --sentence-pairs 1500 --neighbours 1500
"$python" "$here/relation_sample.py" --model "$shipped/across.bin" --base "$base" --out "$shipped/across_sample.jsonl"
"$python" "$here/relation_pairs.py" --data "$out/data.npz.xz" --scores "$out/scores.npz" --out "$out"
features() {
    cargo run -q --release --manifest-path "$here/../Cargo.toml" --example relation_features -- "$out/claims.jsonl" "$@"
}
features "$out/train_pairs.tsv" "$out/train.bin"
features "$out/dev_pairs.tsv" "$out/dev.bin"
"$python" "$here/relation_score.py" --rounds 120 --pairs "$out/train_pairs.npz" --features "$out/train.bin" \
    --dev "$out/dev_pairs.npz" --dev-features "$out/dev.bin" --out "$shipped/score.bin"
