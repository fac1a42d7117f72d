#!/bin/sh
# Makes the weights of the encoder of positions and their sample: training/position.sh DATA OUT
#
# DATA and OUT are those of training/relation.sh; what that made in OUT is used where it is there. A graphics card is used where there is one;
# without one it takes hours: POSITION_FLAGS ("--passes 2 --first-passes 1") makes it shorter.
set -eu
data=$1 out=$2
here=$(cd "$(dirname "$0")" && pwd)
shipped=$here/../src/position
base=$here/../src/matching/meaning/model.bin
mkdir -p "$out"
if [ ! -x "$out/venv/bin/python" ]; then
    python3 -m venv "$out/venv"
    "$out/venv/bin/pip" install -q -r "$here/requirements.txt"
fi
python=$out/venv/bin/python
[ -f "$out/data.npz.xz" ] || "$python" "$here/relation_data.py" --corpora "$data" --model "$base" --share 0.6 --out "$out"
# shellcheck disable=SC2086
"$python" -u "$here/position.py" --data "$out/data.npz.xz" --base "$base" --out "$shipped/model.bin" ${POSITION_FLAGS:-}
"$python" "$here/position_sample.py" --model "$shipped/model.bin" --base "$base" --out "$shipped/sample.jsonl"
