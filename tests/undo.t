#!/bin/sh
# Whole change sets are taken back: to the byte where nothing came later, with a list of
# what stands in the way where something did.
. tests/lib.sh

# Every column of every record, the hidden ones too, but for rev, which only rises.
snapshot() { # FILE
	rm -f copy.db
	sqlite3 "$CRM_DB" "vacuum into 'copy.db'"
	for t in $(sqlite3 copy.db "select entity from counter where entity not like '%-%' order by 1"); do
		echo "update \"$t\" set rev = 0;"
		echo "select '$t', * from \"$t\" order by id;"
	done >all.sql
	echo 'select * from pending_link order by 1, 2, 3;' >>all.sql
	sqlite3 -quote copy.db <all.sql >"$1"
	for t in lead account contact deal activity; do crm-export "$t" -o jsonl; done >>"$1"
}
last() { sqlite3 "$CRM_DB" 'select max(id) from change_set'; }
clock() { CRM_NOW=2026-11-21T$1:00Z; export CRM_NOW; }

# reverts NAME COMMAND…: the command changes something, crm-undo takes it all back,
# --as-of shows the state before, and an undo of the undo brings it again.
reverts() {
	what=$1
	shift
	snapshot before
	clock "$hour:10"
	ok "$what" "$@"
	set=$(last)
	snapshot after
	is "$what: it changed something" "$(cmp -s before after && echo same)" ''
	clock "$hour:20"
	ok "$what: undone" crm-undo --reason 'test of undo'
	snapshot undone
	same "$what: the database is as it was" undone before
	is "$what: the undo says what it undid" "$(crm-log -l 1 -o csv | sed 1d | cut -d, -f4,9)" \
		"crm-undo,$set"
	ok "$what: redone" crm-undo "$(last)"
	snapshot redone
	same "$what: a redo brings it again" redone after
	for t in lead account contact deal activity; do
		crm-"$t" list -o jsonl --as-of "2026-11-21T$hour:10:00Z"
	done >asof.after
	for t in lead account contact deal activity; do
		crm-"$t" list -o jsonl --as-of "2026-11-21T$hour:09:59Z"
	done >asof.before
	for t in lead account contact deal activity; do crm-"$t" list -o jsonl; done >now
	same "$what: as of the change" asof.after now
	ok "$what: undone again" crm-undo "$set"
	for t in lead account contact deal activity; do crm-"$t" list -o jsonl; done >now
	same "$what: as of just before it" asof.before now
	snapshot undone
	same "$what: and it is as it was" undone before
	ok "$what: done in the end" crm-undo "$(last)"
	hour=$((hour + 1))
}

vietnam
hour=10
seq 1 60 | awk 'BEGIN { print "name,company,phone,source,score,owner" }
	{ printf "Trần Văn %d,Công ty %d,09%08d,%s,%d,%s\n", $1, $1 % 7, $1,
		$1 % 2 ? "zalo" : "facebook", $1, $1 % 3 ? "lan" : "mai" }' >leads.csv
reverts 'an import' crm-import lead leads.csv
is 'all of it came' "$(crm-lead count)" 60
reverts 'an import over records that are there' sh -c '
	sed "s/facebook/website/; s/Trần/Lê/" leads.csv >again.csv
	crm-import lead again.csv --match phone'
reverts 'a bulk set' crm-lead set score:30.. status=qualified tags+=hot -q
reverts 'a call' crm-activity add kind=call lead=lead-3 -q
reverts 'a conversion' crm-convert lead-3 lead-9 lead-10 -q
reverts 'an own e-mail and another name' crm-lead set lead-4 name='Đỗ Đức' phone='+84 912 345 678' \
	email=Duc@Example.VN -q
reverts 'a deal' crm-deal add name=Big account=account-1 amount=250tr -q
reverts 'money in another currency' crm-deal set name:Big amount='99.50 USD' -q
reverts 'a win' crm-deal set name:Big stage=won -q
reverts 'a removed deal with its parts' sh -c 'crm-deal rm name:Big -q'
reverts 'a main contact' crm-contact add name=Chính account=account-1 is_primary=yes -q
reverts 'a removed main contact' crm-contact rm name:Chính -q
reverts 'a removed lead' crm-lead rm lead-5 lead-6 -q
crm-ticket add subject=Hỏng account=account-1 -q
reverts 'an answer to a ticket' crm-activity add kind=call ticket=ticket-1 -q
clock 22:30
crm-activity add kind=email ticket=ticket-1 -q && answer=$(last)
clock 22:40
crm-activity add kind=call ticket=ticket-1 -q
ok 'the first answer is undone' crm-undo "$answer"
is 'then the next one is the first' "$(crm-ticket show 1 -f first_response_at -o csv | tail -1)" \
	"$(sqlite3 "$CRM_DB" 'select min(done_at) from activity where ticket = 1')"

# what followed since
clock 23:01
crm-lead add name=Later score=1 -q && l=$(crm-lead list name:Later -o refs)
crm-lead set "$l" score=2 city=Huế -q && two=$(last)
crm-lead set "$l" score=3 -q && three=$(last)
snapshot before
status 1 'a field that was changed since is in the way' crm-undo "$two"
is 'which is said, field by field' "$(cat err)" \
	"crm-undo: $l: score: change set $three changed it since"
is 'nothing printed' "$(cat out)" ''
snapshot now
same 'and nothing written' now before
ok 'unless forced' crm-undo "$two" --force
is 'the later value is overwritten' "$(crm-lead show "$l" -f score,city -o csv | tail -1)" 1,
crm-undo -q "$(last)"
crm-undo -q "$three"
ok 'once the later one is undone, nothing is in the way' crm-undo "$two"
crm-undo -q "$(last)"
status 1 'what it made is changed since' crm-undo "$(crm-log "$l" -o csv | tail -1 | cut -d, -f1)"
has 'which is said' "$l: score: change set" err
crm-lead set "$l" city=Vinh -q
ok 'other fields are not in the way' sh -c "crm-lead set $l need=x -q && crm-lead set $l title=y -q &&
	crm-undo $(( $(last) + 1 ))"
is 'the later one stays' "$(crm-lead show "$l" -f need,title,city -o csv | tail -1)" ,y,Vinh

# derived facts are derived again
clock 23:05
crm-lead add name=Derived -q && d=$(crm-lead list name:Derived -o refs)
crm-activity add kind=call lead="$d" -q && a=$(last)
clock 23:06
crm-activity add kind=call lead="$d" -q
facts() { crm-lead show "$d" -f contact_attempts,first_response_at,last_contacted_at -o csv | tail -1; }
is 'two calls' "$(facts)" 2,2026-11-21T23:05:00Z,2026-11-21T23:06:00Z
ok 'the first one is undone' crm-undo "$a"
is 'the second one counts' "$(facts)" 1,2026-11-21T23:06:00Z,2026-11-21T23:06:00Z
ok 'and redone' crm-undo "$(last)"
is 'both count again' "$(facts)" 2,2026-11-21T23:05:00Z,2026-11-21T23:06:00Z
crm-account add name=Twice -q && t=$(crm-account list name:Twice -o refs)
crm-deal add name=A account="$t" amount=1tr -q && crm-deal add name=B account="$t" amount=2tr -q
customer() { crm-account show "$t" -f type,lifecycle,customer_since -o csv | tail -1; }
CRM_NOW=2026-11-22T03:00:00Z crm-deal set name:A account:"$t" stage=won -q && won=$(last)
CRM_NOW=2026-11-24T03:00:00Z crm-deal set name:B account:"$t" stage=won -q
is 'a customer' "$(customer)" customer,after,2026-11-22
ok 'the first win is undone' crm-undo "$won"
is 'a customer by the second' "$(customer)" customer,after,2026-11-24
is 'its stage history is gone with it' \
	"$(crm-pipeline history "$(crm-deal list name:A account:"$t" -o refs)" -f stage -o csv | sed 1d)" discovery
crm-account add name=Main -q && m=$(crm-account list name:Main -o refs)
crm-contact add name=One account="$m" -q
crm-contact rm name:One account:"$m" -q && gone=$(last)
crm-contact add name=Two account="$m" -q
ok 'a contact comes back' crm-undo "$gone"
is 'one main contact' "$(crm-contact list account:"$m" is_primary:true -f name -o csv | sed 1d)" One

# references, ids and names
crm-account add name=Refd -q && made=$(last) && r=$(crm-account list name:Refd -o refs)
crm-deal add name=Holds account="$r" -q
status 1 'what others refer to cannot go' crm-undo "$made" --force
has 'and they are named' "account: it refers to $r, which this would remove" err
crm-deal rm name:Holds account:"$r" -q && held=$(last)
crm-account rm "$r" -q
status 1 'what would refer to nothing cannot come back' crm-undo "$held" --force
has 'which is said' "account: $r has gone since" err
crm-lead add name=Again -q && x=$(crm-lead list name:Again -o refs)
crm-export lead id:"$x" -o jsonl >again.jsonl
crm-lead rm "$x" -q && gone=$(last)
crm-import lead again.jsonl -q && back=$(last)
status 1 'an id that is there again' crm-undo "$gone"
is 'which is said' "$(cat err)" "crm-undo: $x: change set $back made it again since"
crm-lead set "$x" city=Huế -q
ok 'unless forced' crm-undo "$gone" --force
is 'it is then as it was before it went' "$(crm-lead show "$x" -f name,city -o csv | tail -1)" Again,
crm-lead set "$x" city=Vinh -q && set=$(last)
crm-lead rm "$x" -q && gone=$(last)
status 1 'a record that has gone since' crm-undo "$set"
is 'is in the way' "$(cat err)" "crm-undo: $x: change set $gone removed it since"
ok 'unless forced' crm-undo "$set" --force
is 'then it stays away' "$(cat out)" ''
crm-user add login=hoa name=Hoa -q
crm-user rm hoa -q && gone=$(last)
crm-user add login=hoa name='Another Hoa' -q
status 1 'a login that another has' crm-undo "$gone"
has 'which is said' 'login: already used by user-' err
seq 1 30 | sed '1i name' >thirty.csv
crm-import lead thirty.csv -q && imported=$(last)
crm-lead set -w "created_at >= $CRM_NOW and score is null and company is null" city=Huế -q
status 1 'many obstacles' crm-undo "$imported"
is 'twenty of them are listed' "$(grep -c 'city: change set' err)" 20
has 'the rest counted' '… and 10 more' err

# how it is asked for
status 1 'an unknown change set' crm-undo 99999
has 'is said to be' 'change set 99999: there is no such change set' err
status 2 'no number' crm-undo lead-1
crm-lead add name=Twice -q && n=$(last)
snapshot before
crm-undo -n >out
is 'a dry run shows what would be' "$(sed 's/"change_set":[0-9]*,//' out)" \
	"{\"undoes\":$n,\"id\":\"$(crm-lead list name:Twice -o refs)\",\"op\":\"deleted\"}"
snapshot now
same 'and does nothing' now before
ok 'undone' crm-undo "$n"
status 1 'and no second time' crm-undo "$n"
is 'which is said' "$(cat err)" "crm-undo: change set $n: change set $(last) undid it already"
crm-lead add name=P -q && p=$(last) && crm-lead add name=Q -q && q=$(last)
ok 'several, from a stream' sh -c "crm-log --after $((p - 1)) -o csv | crm-undo - -o csv"
is 'newest first, each a change set' "$(cut -d, -f2 out | tr '\n' ' ')" "undoes $q $p "
crm-lead add name=Once --once k -q && n=$(last)
crm-undo -q
crm-lead add name=Once --once k -q
is 'what was undone is done again under its key' "$(crm-lead count name:Once)" 1
status 1 'then it cannot stand again' crm-undo "$(sqlite3 "$CRM_DB" "select undone_by from change_set where id = $n")"
has 'which is said' "change set $n cannot stand again" err
crm-lead set name:nobody-of-that-name score=1 --once empty -q && n=$(last)
ok 'a change set without records' crm-undo "$n"
is 'is undone all the same' "$(sqlite3 "$CRM_DB" "select undone_by is not null from change_set where id = $n")" 1
status 1 'more than --max' crm-undo "$imported" --force --max 29
has 'is refused' 'more than 29 records would change' err
status 2 '--if-rev is for records' crm-undo --if-rev 1
status 1 'the database itself' crm-undo 1
has 'cannot be undone' 'it made the database' err
sqlite3 "$CRM_DB" "insert into change_set (id, at, login, program) values ($(last) + 1, '$CRM_NOW', '$(id -un)', 'crm-config')" \
	"insert into change (change_set, entity, record, op, before) select max(id), 'config', 0, 'u', '{}' from change_set"
status 1 'a configuration that was not kept' crm-undo "$(last)"
is 'cannot come back' "$(cat err)" "crm-undo: configuration: change set $(last) did not keep what was there before"

# whose it is
crm-lead add name=Mine -q && mine=$(last)
status 1 "another's" env CRM_USER=lan crm-undo "$mine"
has 'is for those who lead' 'made by somebody else; rep lan may take back only own changes' err
crm-user set lan role=manager -q
ok 'such as a manager' env CRM_USER=lan crm-undo "$mine"
CRM_USER=mai crm-lead add name=Hers -q && hers=$(last)
ok 'everybody may undo their own' env CRM_USER=mai crm-undo
is 'and that is the one' "$(sqlite3 "$CRM_DB" "select undone_by is not null from change_set where id = $hers")" 1
crm-user set mai role=viewer -q && demoted=$(last)
status 1 "what only an admin may write is an admin's to undo" env CRM_USER=lan crm-undo "$demoted"
has 'which is said' 'user-' err
is 'it stays' "$(crm-user show mai -f role -o csv | tail -1)" viewer
ok 'the admin may' crm-undo "$demoted"
crm-user add login=new name=New -q
ok 'nothing to undo is no failure' env CRM_USER=new crm-undo
has 'but said' 'nothing of yours to undo' err

# links that a restore made late wait again
crm-contact add name=Waits account="$m" -q && w=$(crm-contact list name:Waits -o refs)
crm-account add name=Target -q && target=$(crm-account list name:Target -o refs)
crm-contact set "$w" account="$target" -q
crm-export contact id:"$w" -o jsonl >contact.jsonl
crm-export account id:"$target" -o jsonl >account.jsonl
crm-contact rm "$w" -q && crm-account rm "$target" -q
crm-import contact contact.jsonl -q
hour=23
reverts 'what an import had others wait for' sh -c 'crm-import account account.jsonl'
is 'comes and goes with it' "$(crm-contact show "$w" -f account -o csv | tail -1)" "$target"

# force and fault
crm-import lead leads.csv -q && big=$(last)
crm-undo "$big" -q 2>first & crm-undo "$big" -q 2>second
first=$?
wait $!
is 'two at once: one does it' "$((first + $?))" 1
is 'and it is done once' "$(sqlite3 "$CRM_DB" "select count(*) from change_set where undoes = $big")" 1
awk 'BEGIN { print "name,phone"; for (i = 0; i < 100000; i++) printf "Người %d,09%08d\n", i, i }' >many.csv
snapshot empty
crm-import lead many.csv -q && big=$(last)
snapshot before
killed=0
for wait in 0.1 0.5 0.9; do
	crm-undo "$big" -q & pid=$!
	sleep $wait
	kill -9 $pid 2>/dev/null && killed=$((killed + 1))
	wait $pid 2>/dev/null
	[ "$(last)" = "$big" ] || break
done 2>/dev/null
is 'it was killed' "$([ $killed -gt 0 ] && echo yes)" yes
if [ "$(last)" = "$big" ]; then
	snapshot now
	same 'killed in the middle: nothing happened' now before
	crm-undo "$big" -q
fi
is 'and in the end it is undone' "$(crm-lead count name:'Người 99999')" 0
snapshot now
same 'a hundred thousand records: all is as it was' now empty
is 'the file is sound' "$(sqlite3 "$CRM_DB" 'pragma integrity_check' 'pragma foreign_key_check')" ok
done_testing
