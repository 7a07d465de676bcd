#!/bin/sh
# Clusters from a pipe: random people with all that can hang on them, merged and unmerged.
. tests/lib.sh

make() { # SEED
	rm -rf crm.db* data
	mkdir data
	crm-init --currency VND --timezone Asia/Ho_Chi_Minh --region VN -q
	cat >fields.yaml <<'END'
fields:
  lead:
    - floor: {type: int, en: Floor}
  account:
    - floor: {type: int, en: Floor}
  contact:
    - floor: {type: int, en: Floor}
    - buddy: {type: reference, ref: contact, en: Buddy}
END
	crm-config apply fields.yaml -q
	for name in lan mai; do crm-user add -q login=$name name=$name; done
	for name in Spring Autumn; do crm-campaign add -q name=$name channel=event; done
	for type in lead contact account; do
		crm-segment add -q name="list of ${type}s" kind=static of=$type
	done
	python3 "$root/tests/merge_data.py" "$1" data
	for file in data/*.jsonl; do
		type=${file#*.}
		crm-import "${type%.jsonl}" "$file" -q 2>>rejected || return
	done
}
newest() { crm-query 'select max(id) from change_set' -o tsv | tail -1; }
broken() { crm-doctor -o jsonl | grep '"severity":"error"'; }
for seed in 1 2 3; do
	ok "random people $seed" make $seed
	crm-export all >before
	ok 'a plan' crm-dedupe merge -n <data/clusters.csv
	is 'is a line a cluster' "$(wc -l <out | tr -d ' ')" \
		"$(tail -n +2 data/clusters.csv | cut -d, -f1 | sort -u | wc -l | tr -d ' ')"
	members=$(tail -n +2 data/clusters.csv | wc -l | tr -d ' ')
	leads=$(jq -r '.converted | length' out | awk '{ n += $1 } END { print n }')
	clusters=$(wc -l <out | tr -d ' ')
	had=$(crm-query 'select (select count(*) from lead) + (select count(*) from contact) + (select count(*) from account)' -o tsv | tail -1)
	activities=$(crm-query 'select count(*), count(lead) + count(contact) > 0 from activity' -o tsv | tail -1)
	ok 'merged' sh -c 'crm-dedupe merge -o refs <data/clusters.csv'
	is 'a survivor each' "$(wc -l <out | tr -d ' ')" "$clusters"
	is 'the others are gone' \
		"$(crm-query 'select (select count(*) from lead) + (select count(*) from contact) + (select count(*) from account)' -o tsv | tail -1)" \
		$((had - members + clusters + leads))
	is 'activities are all there' \
		"$(crm-query 'select count(*), count(lead) + count(contact) > 0 from activity' -o tsv | tail -1)" "$activities"
	is 'nothing is broken' "$(broken)" ''
	set=$(newest)
	crm-export all >merged
	ok 'unmerged' crm-dedupe unmerge "$set" -q
	crm-export all >after
	same 'all is as it was, byte for byte' after before
	is 'nor is it broken' "$(broken)" ''
	ok 'the undo undone' crm-undo "$(newest)" -q
	crm-export all >after
	same 'merged as before' after merged
	[ $seed = 3 ] && order=asc || order=desc # the oldest ones first are in each other's way
	crm-query "select entity || '-' || record from change where change_set = $set
	and before like '%merged_into%' order by id $order" -o tsv | tail -n +2 >refs
	cp refs todo
	: >tried
	while [ -s todo ] && ! cmp -s todo tried; do
		mv todo tried
		while read -r ref; do
			crm-dedupe unmerge "$ref" -q 2>err || grep -q 'is not merged' err || echo "$ref"
		done <tried >todo
	done
	is 'one cluster after the other' "$(cat todo)" ''
	crm-export all >after
	same 'comes to the same' after before
done
is 'every row of the data came in' "$(cat rejected)" ''
ok 'merged again' sh -c 'crm-dedupe merge -q <data/clusters.csv'
set=$(newest)
one=$(crm-query "select entity || '-' || record from change where change_set = $set and before like '%merged_into%'
	and entity = 'lead' order by id limit 1" -o tsv | tail -1)
ok 'one of many' crm-dedupe unmerge "$one" -o refs
has 'is there again' "$one" out
status 1 'not by undoing the whole' crm-undo "$set"
ok 'the others' crm-dedupe unmerge "$set" -q
crm-export all >after
same 'all is as it was' after before
status 1 'nothing is left' crm-dedupe unmerge "$set"
has 'says so' 'is taken back already' err

# In any other order what names a record that is still merged waits for it.
ok 'merged once more' sh -c 'crm-dedupe merge -q <data/clusters.csv'
sort -t- -k2n refs >others
for round in 1 2 3; do
	while read -r ref; do crm-dedupe unmerge "$ref" -q 2>err; done <others
done
is 'all are there again' \
	"$(crm-query 'select (select count(*) from lead) + (select count(*) from contact) + (select count(*) from account)' -o tsv | tail -1)" "$had"
is 'and nothing is broken' "$(broken)" ''
crm-export all >before

# What a pipe may hold.
printf 'cluster,id,score,verdict\n1,lead-1,0.99,same\n1,lead-2,0.99,same\n1,lead-3,0.6,review\n2,lead-4,0.6,review\n2,lead-5,0.6,review\n' >some.csv
ok 'only what is the same' crm-dedupe merge -n <some.csv
is 'is merged' "$(jq -r '[.survivor] + .merged | sort | join(" ")' out)" 'lead-1 lead-2'
ok 'unless' crm-dedupe merge --review -n <some.csv
is 'it is wished' "$(jq -r '[.survivor] + .merged | sort | join(" ")' out)" 'lead-1 lead-2 lead-3
lead-4 lead-5'
ok 'JSON Lines' sh -c 'printf "{\"cluster\":1,\"id\":\"lead-1\"}\n{\"cluster\":1,\"id\":\"lead-2\"}\n" | crm-dedupe merge -n'
ok 'an empty stream' sh -c 'crm-dedupe merge </dev/null'
is 'is nothing' "$(cat out)" ''
status 1 'no clusters' sh -c 'crm-lead list | crm-dedupe merge'
has 'says what they are' 'merge reads what crm-dedupe find prints' err
status 1 'in two' sh -c 'printf "cluster,id\n1,lead-1\n1,lead-2\n2,lead-2\n2,lead-3\n" | crm-dedupe merge'
has 'says who' '<stdin>:4: id: "lead-2" is in two clusters' err
status 1 'one bad cluster' sh -c 'printf "cluster,id\n1,lead-1\n1,lead-2\n2,lead-3\n2,lead-999\n" | crm-dedupe merge'
crm-export all >after
same 'and nothing is written' after before
status 3 'a full disk' sh -c 'crm-dedupe merge -n <some.csv >/dev/full'
done_testing
