#!/bin/sh
# Each check finds what it is about and nothing else: a sound database is broken with
# sqlite3 directly, one break a check.  Backups are whole, whoever writes meanwhile.
# shellcheck disable=SC2016
. tests/lib.sh

vietnam
crm-user set user-1 team=hanoi -q
crm-account add -q name='Công ty Minh Anh' owner=lan kind=org phone='024 1234 5678'
crm-contact add -q name=Hùng account=1 owner=lan
crm-contact add -q name=Hoa account=1 owner=lan
crm-lead add -q name=Minh phone=0912345678 owner=lan
crm-lead add -q name=Mai phone=0912345679 owner=mai
crm-lead add -q name=Raw status=target
crm-lead add -q name=Out status=disqualified disqualify_reason=no_need owner=lan
crm-lead add -q name=Con company=Con owner=lan
crm-convert lead-5 --deal none -q
crm-deal add -q name=Won account=1 owner=lan amount=5tr stage=won
crm-deal add -q name=Lost account=1 owner=lan amount=5tr stage=lost lost_reason=price
crm-deal add -q name=Open account=1 owner=lan amount=5tr expected_close=+10d
crm-activity add -q kind=call lead=1 outcome=connected owner=lan
crm-activity add -q kind=call lead=2 outcome=connected owner=mai
crm-activity add -q kind=task lead=1 due_at=tomorrow owner=mai
printf 'subject,account,opened_at,owner\nBroken,account-1,2026-11-20T02:00:00Z,lan\n' |
	crm-import ticket -q
sqlite3 "$CRM_DB" 'pragma wal_checkpoint(truncate)' >/dev/null
ok 'a sound database' crm-doctor --severity warn
is 'has nothing wrong' "$(cat out)" ''
cp "$CRM_DB" sound.db

# NAME|REFERENCES THAT ARE NAMED|SQL THAT BREAKS IT
cat >breaks <<'X'
lead.orphan|lead-1|update lead set owner = 99 where id = 1
lead.orphan|lead-1;lead-2|update lead set created_by = 77 where id in (1, 2)
activity.orphan|activity-1|update activity set lead = 500 where id = 1
lead.pending|lead-2|insert into pending_link values ('lead', 2, 'owner', 'user', 'zoe')
lead.counter||update counter set next = 2 where entity = 'lead'
lead.keys|lead-1|update lead set phone_key = '+84999999999' where id = 1
lead.keys|lead-2|update lead set search = 'x' where id = 2
contact.keys|contact-1|update contact set name = 'Somebody' where id = 1
lead.value|lead-1|update lead set birth_date = '2026-02-30' where id = 1
activity.value|activity-1|update activity set done_at = 'then' where id = 1
lead.picklist|lead-2|update lead set source = 'nowhere' where id = 2
activity.picklist|activity-1|update activity set kind = 'séance' where id = 1
account.required|account-1|update account set name = null, name_key = null where id = 1
lead.future|lead-1|update lead set created_at = '2031-01-01T00:00:00Z', updated_at = '2026-11-20T00:00:00Z' where id = 1
contact.future|contact-1|update contact set birth_date = '2027-01-01' where id = 1
activity.order|activity-1|update activity set started_at = '2026-11-21T02:00:00Z', done_at = '2026-11-21T01:00:00Z' where id = 1
deal.order|deal-1|update deal set closed_at = '2020-01-01T00:00:00Z' where id = 1
ticket.order|ticket-1|update ticket set first_response_at = '2026-11-19T00:00:00Z' where id = 1
activity.done|activity-1|update activity set done_at = null where id = 1
activity.overdue|activity-3|update activity set due_at = '2026-10-01T00:00:00Z' where id = 3
deal.closed|deal-1|update deal set closed_at = null where id = 1
deal.closed|deal-3|update deal set closed_at = '2026-11-21T00:00:00Z' where id = 3
deal.overdue|deal-3|update deal set expected_close = '2026-11-01' where id = 3
lead.contacted|lead-1|update lead set last_contacted_at = '2026-01-01T00:00:00Z' where id = 1
lead.next|lead-1|update lead set next_contact_at = null where id = 1
lead.attempts|lead-1|update lead set contact_attempts = 0 where id = 1
account.customer|account-1|update account set customer_since = '2026-12-24' where id = 1
deal.stage|deal-3|update deal set stage = 'proposal' where id = 3
deal.pipeline|deal-3|delete from stage_change where deal = 3; update deal set stage = 'zzz' where id = 3
account.primary|account-1|update contact set is_primary = 1 where account = 1
account.primary|account-1|update contact set is_primary = 0 where account = 1
lead.converted|lead-5|update lead set account = null where id = 5
lead.unconverted|lead-5|update lead set status = 'new' where id = 5
lead.owner|lead-1;lead-2|update lead set owner = null where id < 3
deal.owner|deal-3|update deal set owner = null where id = 3
ticket.owner|ticket-1|update ticket set owner = null where id = 1
lead.inactive|lead-2|update "user" set active = 0 where login = 'mai'
activity.inactive|activity-3|update "user" set active = 0 where login = 'mai'
lead.nobody|lead-3|update lead set name = null, name_key = null where id = 3
deal.nobody|deal-3|update deal set account = null, contact = null where id = 3
lead.reason|lead-4|update lead set disqualify_reason = null where id = 4
deal.reason|deal-2|update deal set lost_reason = null where id = 2
lead.duplicate|lead-1;lead-2|update lead set phone = '0912345678', phone_key = '+84912345678' where id = 2
lead.duplicate|lead-1;lead-3|insert into identity (id, lead, kind, phone, phone_key, created_at, updated_at, rev) select 90 + l.n, l.n, 'phone', '0912345678', '+84912345678', '2026-11-01T00:00:00Z', '2026-11-01T00:00:00Z', 1 from (select 1 n union select 3) l
X
while IFS='|' read -r check refs sql; do
	rm -f crm.db crm.db-*
	cp sound.db crm.db
	sqlite3 crm.db "$sql" </dev/null
	crm-doctor check "$check" </dev/null >found 2>err
	code=$?
	is "$check: named ($sql)" "$(python3 -c '
import json, sys
for l in sys.stdin:
    r = json.loads(l)
    print(r["name"] + "|" + ";".join(r["refs"] or []))' <found)" "$check|$refs"
	severity=$(sed 's/.*"severity":"\([a-z]*\)".*/\1/' found)
	is "$check: the status" $code "$([ "$severity" = error ] && echo 1 || echo 0)"
	is "$check: as references" "$(crm-doctor check "$check" -o refs </dev/null | tr '\n' ';' | sed 's/;$//')" "$refs"
done <breaks

# every condition has a break above or in doctor_sales.t, or is about use and tried below
sed -n 's/^	{ "\([a-z0-9]*\)", .*/\1/p' "$root/lib/domain/doctor_checks.c" | sort -u >topics
{
	sed 's/|.*//; s/.*\.//' breaks
	sed -n 's/^[a-z_]*\.\([a-z]*\)|.*/\1/p' "$root/tests/doctor_sales.t"
	printf '%s\n' integrity complete idle7 idle30 amount plan
} | sort -u >tried
is 'no check is untried' "$(comm -23 topics tried)" ''

restore_sound() {
	rm -f crm.db crm.db-*
	cp sound.db crm.db
}

# the engine itself agrees about orphans
restore_sound
sqlite3 crm.db 'update lead set owner = 99, deal = 98, created_by = 97 where id = 1;
	update deal set account = 96 where id = 3; update contact set reports_to = 95'
is 'as many orphans as the engine finds' "$(crm-doctor check orphan -o csv | awk -F, 'NR > 1 { n += $4 } END { print n }')" \
	"$(sqlite3 crm.db 'pragma foreign_key_check' | wc -l)"

# who uses it
restore_sound
is 'nobody is idle who logged today' "$(crm-doctor check idle7 -o refs | tr '\n' ' ')" ''
CRM_NOW=2026-12-05T00:00:00Z
is 'after two weeks all are, for a week' "$(crm-doctor check idle7 -o refs | tr '\n' ' ')" 'user-1 user-2 user-3 '
is '… but not for a month' "$(crm-doctor check idle30 -o refs)" ''
CRM_NOW=2027-01-05T00:00:00Z
crm-activity add kind=call lead=1 owner=mai -q
is 'whoever calls is not idle, nor who wrote it down' "$(crm-doctor check user.idle30 -o refs)" user-2
CRM_NOW=2026-11-21T02:30:00Z
restore_sound
printf 'name,city\na,\nb,Huế\nc,Huế\n' | crm-lead add -q
is 'how complete the leads are' \
	"$(crm-doctor check lead.complete -o csv | grep ',city:' | cut -d, -f3,4)" "city: filled in $((2 * 100 / 8)) %,6"
is 'the plan of an open deal' "$(crm-doctor check deal.plan -o refs)" deal-3
crm-deal set deal-3 amount= -q
is 'its worth' "$(crm-doctor check deal.amount -o refs)" deal-3

# languages and formats
restore_sound
crm-lead add name=z -q
env CRM_LANG=vi crm-doctor check lead.owner -o table >out
has 'in Vietnamese for people' 'chưa có người phụ trách' out
cp out out.table
env CRM_LANG=vi crm-doctor check lead.complete -o table >out
has 'also how it is mended' 'hỏi khi nói chuyện với họ' out
env CRM_LANG=vi crm-doctor check lead.owner >out
has 'never for machines' 'open, without an owner' out
has 'headings too' 'Mức độ' out.table
crm-config show language >language.yaml
echo 'language: vi' | crm-config apply -q
crm-doctor check lead.owner -o table >out
has 'in the language of the database' 'chưa có người phụ trách' out
crm-config apply -q language.yaml
status 2 'an unknown check' crm-doctor check lead.ownr
status 2 'an unknown severity' crm-doctor --severity bad
status 2 'as of then' crm-doctor --as-of 2020-01-01
has 'is said' 'the past cannot be mended' err
sqlite3 crm.db 'update lead set disqualify_reason = null where id = 4'
status 1 'errors make the status 1' crm-doctor --severity error --out found.csv -o csv
is 'and the file is there all the same' "$(cut -d, -f1 found.csv | tr '\n' ' ')" 'name lead.reason '
is 'references are for the next program' \
	"$(crm-doctor check lead.reason -o refs | crm-lead show - -f id,name -o csv | tail -1)" lead-4,Out
status 3 'a full disk is noticed' sh -c 'crm-doctor >/dev/full'

# mend
restore_sound
sqlite3 crm.db "update lead set phone_key = null, search = 'x'; update counter set next = 1 where entity = 'deal'"
is 'a dry run mends nothing' "$(crm-doctor mend -n -o csv | tail -1)" 1,5,0,0
is 'what is mended' "$(crm-doctor mend -o csv | tail -1)" 1,5,0,0
ok 'is whole again' crm-doctor --severity error
is 'as it was' "$(crm-lead list 0912345678 -o refs)" lead-1
is 'ids do not return' "$(crm-deal add name=n account=1 -o refs)" deal-4

# a search index that somebody emptied: who is asked for is found no more, until it is mended
{
	echo name
	awk 'BEGIN { for (i = 0; i < 10000; i++) print "Người " i }'
} | crm-import lead -q
is 'who is there is found' "$(crm-lead count 'nguoi 9876')" 1
index=$(sqlite3 crm.db "select name from sqlite_master where sql like 'create virtual table%' and name like '%lead%'")
sqlite3 crm.db "insert into $index($index) values ('delete-all')"
is 'a dry run counts it' "$(crm-doctor mend -n -o csv | tail -1)" 0,0,0,1
is 'one index is made anew' "$(crm-doctor mend -o csv | tail -1)" 0,0,0,1
is 'and finds them again' "$(crm-lead count 'nguoi 9876')" 1
is 'nothing is left to mend' "$(crm-doctor mend -o csv | tail -1)" 0,0,0,0
restore_sound

# the checklist
ok 'a checklist' crm-doctor checklist -o csv
is 'what the program sees' "$(awk -F, '$1 == "currency" || $1 == "users" || $1 == "pipeline" || $1 == "goal" { print $1, $3 }' out | tr '\n' ' ')" \
	'currency done users done goal ask pipeline missing '
env CRM_LANG=vi crm-doctor checklist -o table >out
has 'in Vietnamese' 'mục tiêu của CRM đã viết ra' out
is 'chosen columns, too' "$(env CRM_LANG=vi crm-doctor checklist -f state,name -o table | grep -e ^Tr -e 'currency$')" \
	'Trạng thái Mục
đã có      currency'
is 'no backup yet' "$(crm-doctor checklist -o csv | awk -F, '$1 == "backup" { print $3 }')" missing

# backups
ok 'a backup' crm-doctor backup copy.db -o csv
is 'says how much it is' "$(tail -1 out | cut -d, -f2)" "$(stat -c %s copy.db)"
is 'has as many records' "$(sqlite3 copy.db 'select (select count(*) from lead), (select count(*) from deal)')" \
	"$(sqlite3 crm.db 'select (select count(*) from lead), (select count(*) from deal)')"
is 'and is noted' "$(crm-doctor checklist -o csv | awk -F, '$1 == "backup" { print $3 }')" 'done'
ok 'to a pipe' sh -c 'crm-doctor backup - >piped.db'
is 'the same' "$(sqlite3 piped.db 'pragma integrity_check; select count(*) from lead')" "$(printf 'ok\n5')"
status 3 'a full disk' sh -c 'crm-doctor backup - >/dev/full'
echo old >kept.db
chmod 600 crm.db
status 3 'no room' sh -c 'ulimit -f 100; trap "" XFSZ; crm-doctor backup kept.db'
is 'the old file stays' "$(cat kept.db)" old
is 'nothing half is left' "$(find . -name 'kept.db?*' | wc -l)" 0
crm-doctor backup new.db -q
is 'no more readable than the database' "$(stat -c %a new.db)" 600
is 'nothing beside it' "$(find . -name 'new.db?*' | wc -l)" 0

# restore
crm-activity rm activity-2 -q
crm-export all >now.jsonl
status 1 'newer changes are not lost by mistake' crm-doctor restore copy.db
has 'and are counted' 'has 1 change that the backup has not' err
ok 'unless they may go' crm-doctor restore copy.db --force
is 'the record is back' "$(crm-activity show activity-2 -f lead -o csv | tail -1)" lead-2
CRM_DB=crm.db.before-restore crm-export all >kept.jsonl
same 'what was there is kept' kept.jsonl now.jsonl
ok 'and can come back' crm-doctor restore crm.db.before-restore --force
crm-export all >again.jsonl
same 'the same' again.jsonl now.jsonl
status 3 'not by a rep' env CRM_USER=lan crm-doctor restore copy.db --force
has 'who is told' 'only an admin may do that; you are rep lan' err
crm-export all >again.jsonl
same 'and nothing is lost' again.jsonl now.jsonl
is 'nothing was left beside the backup' "$(echo copy.db*)" copy.db
mkdir 'a%41?b#c'
cp copy.db 'a%41?b#c/'
ok 'whatever the folder is called' crm-doctor restore 'a%41?b#c/copy.db' --force
ok 'to and fro' crm-doctor restore crm.db.before-restore --force
is 'nor there' "$(echo a*c/*)" 'a%41?b#c/copy.db'
crm-export all >again.jsonl
same 'and all is as it was' again.jsonl now.jsonl
status 2 'not over itself' crm-doctor restore crm.db
ln -s crm.db link.db
for to in crm.db ./crm.db link.db; do
	ls -i crm.db >before
	status 2 "nor is a backup: $to" crm-doctor backup $to
	status 2 "nor any other output: $to" crm-lead list --out $to
	ls -i crm.db >after
	same "it is what it was: $to" after before
done
rm link.db
head -c 100000 copy.db >half.db
status 3 'half a backup' crm-doctor restore half.db
has 'is seen' 'half.db' err
crm-export all >again.jsonl
same 'and changes nothing' again.jsonl now.jsonl
echo nonsense >bad.db
status 3 'no backup' crm-doctor restore bad.db
sqlite3 other.db 'create table x (y)'
status 3 'another program'"'"'s' crm-doctor restore other.db
rm -f crm.db crm.db-*
ok 'into an empty place' crm-doctor restore copy.db
is 'all is there' "$(crm-lead count)" 5
sqlite3 crm.db 'pragma wal_checkpoint(truncate)' >/dev/null
python3 -c '
with open("crm.db", "r+b") as f:
    f.seek(8192 * 5); f.write(b"\xff" * 8192 * 40)'
status 3 'a damaged file is seen' crm-doctor check integrity
has 'and said so' 'damaged' err
ok 'and replaced' crm-doctor restore copy.db
has 'what is left of it is kept' 'crm.db.before-restore' err
ok 'all is well again' crm-doctor --severity error

# whoever is told to end leaves nothing: here while a pipe is full
mkdir tmp
for signal in TERM INT HUP; do
	python3 - "$signal" <<'END'
import os, signal, subprocess, sys
env = dict(os.environ, TMPDIR="tmp")
r, w = os.pipe()
p = subprocess.Popen(["crm-doctor", "backup", "-"], stdout=w, env=env)
os.read(r, 1)  # the rest is more than a pipe holds
open("seen", "w").write(" ".join(os.listdir("tmp")))
p.send_signal(getattr(signal, "SIG" + sys.argv[1]))
open("code", "w").write(str(p.wait()))
END
	is "$signal: there was a copy" "$(sed 's/[.].*//' seen)" crm-backup
	is "$signal: there is none" "$(ls -A tmp)" ''
done

# somebody writes for long
python3 -c '
import sqlite3, time
c = sqlite3.connect("crm.db", isolation_level=None)
c.execute("begin immediate")
c.execute("update lead set notes = 1")
open("locked", "w").close()
time.sleep(6)
c.execute("rollback")' &
for i in $(seq 100); do [ -e locked ] || sleep 0.1; done
ok 'a backup does not wait for that' crm-doctor backup meanwhile.db -q
is 'nor sees any of it' "$(sqlite3 meanwhile.db 'select count(*) from lead where notes = 1')" 0
status 75 'a restore does' crm-doctor restore copy.db --force --wait 1
wait
ok 'and comes then' crm-doctor restore copy.db --force

# vacuum
seq -f 'Lead %g' 3000 | sed '1i name' | crm-lead add -q
crm-lead list -o refs | sed 1,5d | crm-lead rm -q
ok 'vacuum' crm-doctor vacuum -o csv
is 'makes it smaller' "$(tail -1 out | awk -F, '{ print ($2 < $1) }')" 1

# an index that lost its entries
restore_sound
python3 - "$(sqlite3 crm.db "select rootpage from sqlite_schema where name like 'lead_phone_key'")" <<'X'
import sys
with open("crm.db", "r+b") as f:
    f.seek(8192 * (int(sys.argv[1]) - 1) + 3)
    f.write(bytes(2))
X
status 1 'a damaged index is seen' crm-doctor check integrity
has 'by its name' '"name":"integrity"' out
status 3 'what is damaged is not backed up' crm-doctor backup damaged.db
is 'as if it were not' "$(find . -name 'damaged.db*' | wc -l)" 0
ok 'and comes back' crm-doctor restore copy.db
ok 'whole' crm-doctor --severity error

# eight write while it is copied
rm -f crm.db* copy.*
vietnam
i=0
while [ $i -lt 8 ]; do
	(
		j=0
		while [ $j -lt 12 ]; do
			seq -f "w$i-$j %g" 20 | sed '1i name' | crm-lead add --wait 60 -q
			j=$((j + 1))
		done
	) &
	i=$((i + 1))
done
for n in 1 2 3 4 5 6; do
	crm-doctor backup copy.$n -q || echo "failed $n"
done >failed
wait
is 'backups meanwhile' "$(cat failed)" ''
for n in 1 2 3 4 5 6; do
	sqlite3 copy.$n 'pragma integrity_check; select count(*) % 20 from lead'
done | sort | uniq -c | sed 's/^ *//' >whole
is 'are whole, and cut between two commands' "$(cat whole)" "$(printf '6 0\n6 ok')"
is 'nobody was turned away' "$(crm-lead count)" 1920
ok 'nothing is wrong' crm-doctor --severity error
done_testing
