#!/bin/sh
# Every preset of crm-import: recognised in any order and case of the columns, every cell
# arrives, what came before changes nothing, and what changed is changed.
. tests/lib.sh
command -v python3 >/dev/null || skip_all "no python3"
generator=$root/tests/presets.py
account() {
	sed -n 's/^crm-import: .*: read \([0-9]*, .*\)/\1/p' err
}
vietnam
cp "$CRM_DB" empty.db
crm-import presets -o jsonl >presets.jsonl
python3 "$generator" make . presets.jsonl >list
# What mailing services report is in campaign.t, orders are in preset_orders.t.
is "there is a file for every preset of columns" \
	"$(sed '/"record":\["event"\]/d; /"record":\["order"\]/d; s/.*"name":"\([^"]*\)".*/\1/' presets.jsonl | grep -vx phone-book | sort | tr '\n' ' ')" \
	"$(cut -d' ' -f1 list | sort | tr '\n' ' ')"
while read -r preset kind <&3; do
	rm -f "$CRM_DB"*
	cp empty.db "$CRM_DB"
	missing=
	[ "$preset" != salesforce-opportunities ] || missing=--create-missing=account
	ok "$preset: a file with fewer columns" crm-import ${missing:+"$missing"} --preset auto -n "$preset.fewer.csv"
	has "$preset: is recognised by the others" "preset $preset, as" err
	ok "$preset: a file" crm-import ${missing:+"$missing"} --preset auto "$preset.csv"
	has "$preset: is recognised" "preset $preset, as" err
	is "$preset: all of it comes in" "$(account)" "3, created 3, updated 0, unchanged 0, duplicate 0, skipped 0, rejected 0; committed"
	is "$preset: as what it says" "$(sqlite3 "$CRM_DB" "select count(*) from $kind")" 3
	crm-export all >one.jsonl
	is "$preset: with every cell" "$(python3 "$generator" check "$preset" . one.jsonl)" ""
	ok "$preset: again" crm-import ${missing:+"$missing"} --preset "$preset" "$preset.csv"
	is "$preset: nothing happens" "$(account)" "3, created 0, updated 0, unchanged 3, duplicate 0, skipped 0, rejected 0; committed"
	crm-export all >two.jsonl
	ok "$preset: at all" cmp one.jsonl two.jsonl
	ok "$preset: with a cell changed" crm-import ${missing:+"$missing"} --preset auto "$preset.changed.csv"
	is "$preset: one row is" "$(account)" "3, created 0, updated 1, unchanged 2, duplicate 0, skipped 0, rejected 0; committed"
done 3<list
done_testing
