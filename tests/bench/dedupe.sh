#!/bin/sh
# How well and how fast duplicates are found, with default settings.
#
#   sh tests/bench/dedupe.sh [RECORDS]
#
# Precision, recall and F1 of the pairs within clusters, of what is `same` and with what is
# worth a look, on sets whose answers are known; then the time and memory for RECORDS
# (a million) leads of the generator.
set -eu

n=${1:-1000000}
root=$(pwd)
build=${BUILD:-build}
case $build in /*) ;; *) build=$root/$build ;; esac
PATH=$build:$PATH
data=${CRM_TEST_DATA:-$root/../shared/data}
folder=$(mktemp -d "${TMPDIR:-/tmp}/crm-bench.XXXXXX")
trap 'cd /; rm -rf "$folder"' EXIT
trap 'exit 1' INT TERM
cd "$folder"
export CRM_DB="$folder/crm.db" CRM_NOW=2026-11-21T02:30:00Z HOME="$folder"
unset CRM_USER CRM_OUTPUT
tool=$root/tests/dedupe_data.py

fresh() {
	rm -f "$CRM_DB"*
	crm-init -q --currency VND --timezone Asia/Ho_Chi_Minh --region VN
}

take() { # TYPE: CSV of people from stdin; what has no name is left out
	crm-import "$1" - -q --rejects bad.csv 2>/dev/null || true
}

measure() { # NAME KIND PAIRS
	crm-dedupe find -q -o csv >found.csv
	for type in lead contact; do
		crm-export $type -o csv -f id,external_id >$type.csv
	done
	python3 "$tool" figures "$2" "$3" found.csv lead.csv contact.csv |
		awk -v name="$1" '{ printf "%-34s %-15s %s\n", name, NR == 1 ? "same" : "same + review", $0 }'
}

printf '%-34s %-15s %s\n' set verdict 'precision recall F1'
if [ -d "$data/febrl" ]; then
	for tax in '' tax; do
		with=${tax:+, with tax code}
		fresh
		# shellcheck disable=SC2086
		python3 "$tool" febrl "$data/febrl/dataset1.csv" $tax | take lead
		measure "febrl 1$with" febrl 500
		fresh
		for part in a b; do
			# shellcheck disable=SC2086
			python3 "$tool" febrl "$data/febrl/dataset4$part.csv" $tax | take lead
		done
		measure "febrl 4$with" febrl 5000
	done
	fresh
	python3 "$tool" febrl "$data/febrl/dataset4a.csv" | take lead
	python3 "$tool" febrl "$data/febrl/dataset4b.csv" | take contact
	measure 'febrl 4, leads and contacts' febrl 5000
fi
if [ -d "$data/splink" ]; then
	fresh
	python3 "$tool" splink "$data/splink/fake_1000.csv" | take lead
	measure 'splink fake_1000' splink 2031
fi
fresh
python3 "$root/tests/dedupe_people.py" 4000 11 | take lead
measure 'made-up people' made 0

fresh
"$build/tests/gen" --clean leads "$n" | take lead
echo "$n leads of the generator:"
start=$(date +%s)
crm-dedupe find -q -o csv >found.csv
echo "$(($(date +%s) - start)) s, $(($(wc -l <found.csv) - 1)) records in clusters"
