#!/bin/sh
# The history of anything: what was done, by whom, and what each field was before and after.
. tests/lib.sh

sql() { sqlite3 "$CRM_DB" "$@"; }
vietnam
CRM_NOW=2026-11-21T03:00:00Z crm-lead add name=An score=1 owner=lan budget='1500.25 USD' tags=x -q
CRM_NOW=2026-11-21T04:00:00Z CRM_USER=lan crm-lead set lead-1 score=2 owner=mai budget=2000 tags+=y \
	-q --reason 'thought again'
printf 'name,score\nBình,5\nChi,6\nDũng,7\n' >leads.csv
CRM_NOW=2026-11-22T03:00:00Z crm-import lead leads.csv -q
CRM_NOW=2026-11-23T03:00:00Z crm-lead set lead-1 score= budget=2500 -q
CRM_NOW=2026-11-24T03:00:00Z crm-lead rm lead-2 -q
export CRM_NOW=2026-11-25T03:00:00Z

# change sets
crm-log -o csv >out
is 'a row a change set, the newest first' "$(sed 1d out | cut -d, -f1 | tr '\n' ' ')" \
	"$(sql 'select id from change_set order by id desc' | tr '\n' ' ')"
is 'who, when, which, why' "$(grep ^6, out)" \
	'6,2026-11-21T04:00:00Z,lan,crm-lead,thought again,1,1,0,,,crm-lead set lead-1 score=2 owner=mai budget=2000 tags+=y -q --reason thought again'
is 'how many were made, changed, removed' "$(sed 1d out | cut -d, -f6-8 | head -4 | tr '\n' ' ')" \
	'0,0,1 0,1,0 3,0,0 1,1,0 '
is 'as JSON' "$(crm-log -l 1)" \
	'{"change_set":9,"at":"2026-11-24T03:00:00Z","user":"'"$(id -un)"'","program":"crm-lead","reason":null,"created":0,"updated":0,"deleted":1,"undoes":null,"undone_by":null,"command":"crm-lead rm lead-2 -q"}'
numbers() { crm-log "$@" -o csv | sed 1d | cut -d, -f1 | tr '\n' ' '; }
is 'of a user' "$(numbers --user lan)" '6 '
is 'of a program' "$(numbers --program crm-import)" '7 '
is 'of a period' "$(numbers --from 2026-11-22 --to 2026-11-24)" '8 7 '
is 'of a period given by offsets' "$(numbers --from -2d)" '9 8 '
is 'of a record type' "$(numbers --type user)" '4 3 1 '
is 'after a number' "$(numbers --after 7)" '9 8 '
is 'at most so many' "$(numbers -l 2)" '9 8 '
is 'of a program by its short name' "$(numbers --program import)" '7 '
is 'of all of these' "$(numbers --type lead --user lan --from 2026-11-21 --program crm-lead)" '6 '
is 'none' "$(numbers --user mai)" ''
is 'of whom one names by the name' "$(numbers --user 'Lê Thị Lan')" '6 '
is 'of me' "$(CRM_USER=lan crm-log --user me -o csv -f change_set | tail -1)" 6
status 2 'a user who is nobody' crm-log --user typo
is 'is an error' "$(cat err)" 'crm-log: --user: there is no user "typo"'
status 1 'a program that never wrote' crm-log --program imprt
has 'is said' 'no change set was made by "crm-imprt"' err

# changes of records
is 'field by field, as fields print' "$(crm-log lead-1 -o csv | grep ,updated,)" \
	"8,2026-11-23T03:00:00Z,$(id -un),crm-lead,lead-1,updated,budget,2000.00,2500.00
8,2026-11-23T03:00:00Z,$(id -un),crm-lead,lead-1,updated,score,2,
6,2026-11-21T04:00:00Z,lan,crm-lead,lead-1,updated,budget,1500.25,2000.00
6,2026-11-21T04:00:00Z,lan,crm-lead,lead-1,updated,score,1,2
6,2026-11-21T04:00:00Z,lan,crm-lead,lead-1,updated,owner,lan,mai
6,2026-11-21T04:00:00Z,lan,crm-lead,lead-1,updated,assigned_at,2026-11-21T03:00:00Z,2026-11-21T04:00:00Z
6,2026-11-21T04:00:00Z,lan,crm-lead,lead-1,updated,tags,x,x;y"
is 'what a new one got, as it was then' \
	"$(crm-log lead-1 -o csv | grep ,created, | cut -d, -f7- | grep -E '^(score|owner|budget|currency|name),')" \
	'name,,An
budget,,1500.25
currency,,USD
score,,1
owner,,lan'
is 'numbers and lists in JSON' "$(crm-log lead-1 | grep -E '"(tags|score|budget)"' | head -4 | tail -2 | sed 's/.*"field"/{"field"/')" \
	'{"field":"budget","before":1500.25,"after":2000.00}
{"field":"score","before":1,"after":2}'
is 'of a record that has gone' "$(crm-log lead-2 -o csv | cut -d, -f1,5-9 | grep -E 'name|score')" \
	'9,lead-2,deleted,name,Bình,
9,lead-2,deleted,score,5,
7,lead-2,created,name,,Bình
7,lead-2,created,score,,5'
status 1 'of one that never was' crm-log lead-99
is 'which is said' "$(cat err)" 'crm-log: there never was a lead-99'
status 1 'no such change set' crm-log --set 99
has 'is said too' 'there is no change set 99' err
is 'of a change set, in the order in which it came' "$(crm-log --set 7 -o refs | tr '\n' ' ')" \
	'lead-2 lead-3 lead-4 '
is 'the records of a change set go on through a pipe' \
	"$(crm-log --set 6 | crm-lead show - -f id,score -o csv | tr '\n' ' ')" 'id,score lead-1, '
is 'all changes' "$(crm-log --changes -o refs | wc -l | tr -d ' ')" "$(sql 'select count(*) from change')"
is 'at most so many changes' "$(crm-log --changes -l 3 -o csv | sed 1d | cut -d, -f1,5 | uniq | tr '\n' ' ')" \
	'9,lead-2 8,lead-1 7,lead-2 '
is 'of several records, and from a stream' \
	"$(crm-lead list -o refs | crm-log - -o csv | sed 1d | cut -d, -f5 | uniq | tr '\n' ' ')" 'lead-1 lead-3 lead-4 '
status 2 'what is no reference' crm-log An
status 2 'a type that is none' crm-log --type leed
has 'the nearest is named' 'did you mean lead' err
status 2 '--as-of has no meaning here' crm-log --as-of 2026-11-22
status 2 'a date that is none' crm-log --from 2026-02-30
is 'the empty history of a period still has its heading' "$(crm-log --from 2027-01-01 -o csv)" \
	'change_set,at,user,program,reason,created,updated,deleted,undoes,undone_by,command'

# every value against the database: each update's before, and after as the next one's before
crm-lead list -o refs | while read -r ref; do
	for i in 1 2 3 4 5; do crm-lead set "$ref" score=$((i * 7)) city="C$((i / 2))" -q; done
done
crm-log --changes -o csv | awk -F, '$5 ~ /lead/ && $6 == "updated" && $7 == "score" { print $5 "," $8 "," $9 }' |
	sort >got
sql ".mode csv" "with c as (select id, record, json_extract(before, '\$.score') as b from change
	where entity = 'lead' and op = 'u' and json_type(before, '\$.score') is not null)
	select 'lead-' || c.record, c.b, coalesce((select ifnull(n.b, '') from c n where n.record = c.record
		and n.id > c.id order by n.id limit 1), (select score from lead where id = c.record),
		'') from c" | tr -d '"\r' | sort >wanted
same 'before and after, as SQL finds them' got wanted

# hostile data
crm-lead add name="$(printf 'E\033[31mvil\tx')" -q --reason "$(printf 'r\033]0;t\a')"
crm-log -o table -l 1 >out
is 'nothing in a table talks to the terminal' "$(tr -d '\n\t -~\200-\377' <out)" ''
env CRM_LANG=vi crm-log lead-1 -o table >out
has 'people read in their language what happened' 'tạo mới' out
has 'and in which field' 'Họ và tên' out
is 'machines read names' "$(env CRM_LANG=vi crm-log lead-1 -o csv | cut -d, -f6,7 | grep -c -e '^created,name' -e '^updated,')" \
	"$(crm-log lead-1 -o csv | cut -d, -f6,7 | grep -c -e '^created,name' -e '^updated,')"
is 'SQL in an option is text' "$(numbers --user "x' or 1=1 --" --program "'; drop table lead")" ''
crm-log --set "$(sql 'select max(id) from change_set')" >out
ok 'JSON of it is JSON' sh -c 'jq -e . <out >/dev/null 2>&1 || python3 -c "
import json
for line in open(\"out\"): json.loads(line)"'
status 3 'a full disk' sh -c 'crm-log --changes >/dev/full'
ok 'a reader that has seen enough' sh -c 'crm-log --changes | head -1'

# follow
from=$(sql 'select max(id) from change_set')
crm-log --follow --after $((from - 1)) -l 3 -o csv >follow &
follower=$!
sleep 0.3
is 'what is there comes at once, flushed' "$(cut -d, -f1 follow | tail -1)" "$from"
crm-lead set lead-3 score=50 -q
crm-lead set lead-3 score=51 -q
wait $follower
is 'then what is committed' "$(sed 1d follow | cut -d, -f1 | tr '\n' ' ')" \
	"$from $((from + 1)) $((from + 2)) "
crm-log --follow --changes --program crm-lead -o csv >follow &
follower=$!
sleep 0.3
crm-team add name=other -q
crm-lead set lead-3 score=52 -q
sleep 0.4
kill -TERM $follower
wait $follower
is 'told to stop, it ends quietly' $? 0
is 'with what was asked for' "$(sed 1d follow | cut -d, -f5-)" lead-3,updated,score,51,52
( crm-log --follow | head -1 >first; echo gone >ended ) &
sleep 0.3
crm-lead set lead-3 score=53 -q
for _ in 1 2 3 4 5 6 7 8 9 10; do [ -e ended ] || sleep 0.2; done
is 'when nobody reads any more, it ends too' "$(cat ended)" gone
status 2 'a table is not followed' crm-log --follow -o table
status 2 'nor a record' crm-log --follow lead-1

# plans: by index, in order, nothing sorted
for filter in '' '--user lan' '--from 2026-11-22 --to 2026-11-24' '--type lead' '--after 7' \
	'--set 7' 'lead-1' 'lead-1 --from 2026-11-22 --user lan'; do
	echo "crm-log $filter"
	# shellcheck disable=SC2086
	crm-log $filter --explain | sed 's/^/  /'
done >got
same 'plans are the ones decided on' got "$root/tests/expect/log-plans"
done_testing
