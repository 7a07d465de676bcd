#!/bin/sh
# A first import of many deals and activities: what accounts get of them, and that nothing is
# missing after it.
. tests/lib.sh

crm-init -q --currency VND --timezone UTC --region VN
awk 'BEGIN { print "name"; for (i = 1; i <= 900; i++) print "A" i }' | crm-import account -q
cp crm.db empty.db

# Of every account so many deals that it depends on which of them there are.
awk 'BEGIN {
	print "name,account,stage,closed_at,lost_reason"
	for (i = 1; i <= 12000; i++) {
		a = i * 7919 % 800 + 1
		k = a % 4 ? (i * 31 + a) % 9 : 8
		if (a % 4 == 1 && k == 4) k = 5
		if (a % 4 == 2 && k < 4) k = 5
		if (k == 4)
			printf "D%d,account-%d,won,2026-%02d-%02dT05:00:00Z,\n", i, a, i % 9 + 1, i % 28 + 1
		else if (k < 4)
			printf "D%d,account-%d,discovery,,\n", i, a
		else
			printf "D%d,account-%d,lost,2026-05-05T05:00:00Z,price\n", i, a
	}
}' >deals.csv
awk -F, 'NR == 1 { next }
	$3 == "won" && (!($2 in won) || $4 < won[$2]) { won[$2] = $4 }
	$3 == "discovery" { open[$2] = 1 }
	END {
		for (i = 1; i <= 900; i++) {
			a = "account-" i
			print i "," (a in won ? "after" : a in open ? "during" : "before") "," substr(won[a], 1, 10)
		}
	}' deals.csv >want
awk 'BEGIN {
	print "kind,account,deal,subject,status,done_at,due_at"
	for (i = 1; i <= 12000; i++) {
		a = i * 7907 % 800 + 1
		d = i % 3 ? "" : "deal-" i * 13 % 12000 + 1
		if (i % 5)
			printf "call,account-%d,%s,x,done,2026-%02d-%02dT05:%02d:00Z,\n", a, d, i % 9 + 1, i % 28 + 1, i % 60
		else
			printf "call,account-%d,%s,x,planned,,2027-%02d-%02dT05:%02d:00Z\n", a, d, i % 9 + 1, i % 28 + 1, i % 60
	}
}' >calls.csv
awk -F, '$5 == "done" && $6 > last[$2] { last[$2] = $6 }
	$5 == "planned" && (!next_[$2] || $7 < next_[$2]) { next_[$2] = $7 }
	END { for (i = 1; i <= 900; i++) print i "," last["account-" i] "," next_["account-" i] }
' calls.csv >calls.want

crm-import deal -q deals.csv
sqlite3 -csv crm.db 'select id, lifecycle, customer_since from account order by id' >have
same 'an account is in the stage of its deals' have want
crm-import activity -q calls.csv
sqlite3 -csv crm.db 'select id, last_contacted_at, next_contact_at from account order by id' >have
same 'and has been called, and will be, when the activities say' have calls.want
indexes() { sqlite3 "$1" "select sql from sqlite_schema where type = 'index' order by sql"; }
is 'all indexes are there again' "$(indexes crm.db)" "$(indexes empty.db)"
is 'and whole' "$(sqlite3 crm.db 'pragma integrity_check; pragma foreign_key_check')" ok
sqlite3 crm.db .dump | grep -v '^CREATE' >two

# With one processor there is no second thread.
cp empty.db crm.db
taskset -c 0 crm-import deal -q deals.csv
taskset -c 0 crm-import activity -q calls.csv
sqlite3 crm.db .dump | grep -v '^CREATE' >one
ok 'it comes to the same on one processor' cmp one two

# Half-way through, one deal of an account that there is not.
cp empty.db crm.db
awk 'NR == 7000 { sub(/account-[0-9]*/, "account-4711") } { print }' deals.csv >bad.csv
status 1 'an account that is not there' crm-import deal -q bad.csv
has 'is told' 'bad.csv:7000: account: there is no account-4711' err
is 'and nothing is in' "$(sqlite3 crm.db 'select count(*) from deal, account where lifecycle <> "before"')" 0

done_testing
