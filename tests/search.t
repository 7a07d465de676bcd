#!/bin/sh
# Bare words on a table that is large enough to have an index for them.
. tests/lib.sh

ok 'init' crm-init --currency VND --timezone Asia/Ho_Chi_Minh --region VN
indexes() {
	sqlite3 crm.db "select count(*) from sqlite_schema where name like '%\_search' escape '\'"
}
ids() { # TERM…
	crm-lead list "$@" -f id -o csv | sed 1d | tr '\n' ' ' | sed 's/lead-//g; s/ $//'
}
count() { # WHAT CONDITION: as many as sqlite3 counts by reading every record
	name=$1
	is "$name" "$(crm-lead count "$name")" "$(sqlite3 crm.db "select count(*) from lead where $2")"
}

"${PATH%%:*}/tests/gen" --clean leads 12000 >leads.csv
cat >own.csv <<'END'
name,phone,mobile,email,company,notes
Đặng Đức Quỳnh-Như,0912 345 678,,quynh.nhu@gmail.com,"Công ty ""Ánh % Dương""",thích màu_xanh
Trần Thị Một,+84 987 000 321,,,,* NEAR AND -:
Lê Hai,024 3825 9999,0903.777.888,,株式会社東京,😀 vui
END

ok 'few records' crm-import lead own.csv -q
is 'have no index' "$(indexes)" 0
is 'and are found' "$(ids 345678 quynh)" 1
ok 'records that make the table large' crm-import lead leads.csv -q
is 'have one, of theirs alone' "$(indexes)" 1
count guyen "instr(search, 'guyen')"
count 'cong ty tnhh' "instr(search, 'cong ty tnhh')"
count ng "instr(search, 'ng')"
count text:nguyen,tran "instr(search, 'nguyen') or instr(search, 'tran')"
count name.has:nguyen "instr(name_key, 'nguyen')"
is 'digits, as python3 sees them' "$(crm-lead list 7192 phone:any -f id -o csv | sed 1d | wc -l)" \
	"$(python3 - "$work/own.csv" "$work/leads.csv" <<'END'
import csv, re, sys
n = 0
for name in sys.argv[1:]:
    for row in csv.DictReader(open(name, newline="")):
        text = "\n".join(v or "" for k, v in row.items() if k in ("name", "company", "email", "notes", "city", "interest"))
        digits = re.sub("[^0-9]", "", row["phone"])
        n += bool(digits) and ("7192" in digits or "7192" in text)
print(n)
END
)"

for word in 0912345678 '912 345 678' +84912345678 84912345678 345678 '0912 345' '091234' 12.345.6; do
	is "a phone by $word" "$(ids "$word" quynh)" 1
	is "and nobody else by it" "$(ids "$word" | tr ' ' '\n' | grep -cx 1)" 1
done
is 'a number without blanks' "$(ids 0903777888)" 3
is 'one with a country code, as dialled at home' "$(ids 0987000321)" 2
for word in 'quỳnh' QUYNH uynh-nh 'đặng đức' 'dang duc q' '.nhu@gmail' '"anh %' u_x 'duc quynh-nhu'; do
	is "what contains $word" "$(ids "$word" quynh-nhu)" 1
done
is 'a word decomposed' "$(ids "$(printf 'quy\314\200nh')")" 1
is 'what looks like a query' "$(ids '* near and -:')" 2
is 'that is none' "$(crm-lead count 'nguyen OR tran')" 0
is 'signs of other scripts' "$(ids 式会社東)" 3
is 'two of them' "$(ids 会社)" 3
is 'a picture' "$(ids '😀 vui')" 3

crm-lead list nguyen -l 3 -f id -o csv >got
sqlite3 -csv -header crm.db "select 'lead-' || id as id from lead where instr(search, 'nguyen')
	order by lead.id limit 3" | tr -d '\r' >wanted
same 'the first three' got wanted
crm-lead list nguyen status:new -s -score,id -f id -o csv >got
sqlite3 -csv -header crm.db "select 'lead-' || id as id from lead where instr(search, 'nguyen')
	and status = 'new' order by score is null, score desc, lead.id" | tr -d '\r' >wanted
same 'sorted, with another condition' got wanted

ok 'a change' crm-lead set 1 company='Ngọc Lan' -q
is 'is found at once' "$(ids 'goc lan' quynh)" 1
is 'and what was there no longer' "$(ids '"anh %')" ''
CRM_NOW=2026-11-21T05:00:00Z
ok 'a change later' crm-lead set 2 name='Qwxyz Ba' -q
is 'is found' "$(ids wxyz)" 2
is 'but not earlier' "$(ids --as-of 2026-11-21T04:00:00Z wxyz)" ''
is 'when it was another' "$(ids --as-of 2026-11-21T04:00:00Z 'thi mot' 987000321)" 2
ok 'a deletion' crm-lead rm 2 -q
is 'is final' "$(ids 987000321)" ''
printf 'name,email\nVwzyq Bốn,vwzyq@x.vn\nNăm,not an address\n' >bad.csv
status 1 'an import that is refused' crm-import lead bad.csv -q
is 'leaves nothing' "$(crm-lead count vwzyq)" 0
status 1 'one that leaves out what is refused' crm-import lead bad.csv -q --rejects rejects.csv
is 'leaves the rest' "$(crm-lead count vwzyq)" 1
ok 'an import that makes all indexes anew' crm-import lead leads.csv leads.csv leads.csv \
	leads.csv leads.csv -q
count guyen "instr(search, 'guyen')"
sed 2000q leads.csv >few.csv
ok 'one after the other' crm-import lead few.csv -q --batch 500
count guyen "instr(search, 'guyen')"
is 'the first again' "$(ids quynh.nhu)" 1

crm-user add login=rep role=rep -q
ok 'somebody owns some' crm-lead set id:1..2000 owner=rep -q --max 2000
sqlite3 crm.db "update role set read = 'own' where key = 'rep'"
is 'and finds their own and what is nobody'"'"'s' "$(CRM_USER=rep crm-lead count guyen)" \
	"$(sqlite3 crm.db "select count(*) from lead where instr(search, 'guyen')
		and coalesce(owner, 2) = 2")"
ok 'one is somebody else'"'"'s' crm-lead set 1 owner="$(id -un)" -q
is 'and is not found by them' "$(CRM_USER=rep crm-lead count quynh.nhu)" 0

is 'sqlite3 alone can use it' "$(sqlite3 crm.db "select rowid from lead_search
	where lead_search match '\"uyn\" AND \"h-n\"'")" 1
ok 'and finds nothing wrong' sqlite3 crm.db \
	"insert into lead_search(lead_search, rank) values ('integrity-check', 1)"
is 'so can crm-query' "$(crm-query "select id from lead where id in (select rowid from lead_search
	where lead_search match '\"uyn\" AND \"h-n\"')" -o csv | tail -1)" 1
sqlite3 crm.db "drop table lead_search; update setting set value = '' where key = 'tables'"
ok 'a database from before there was one' crm-init
is 'is given it' "$(indexes)" 1
is 'and searched with it' "$(ids quynh.nhu)" 1

# Into an empty table the index is made beside the rows, where there are two processors.
one() { # COMMAND…: with one of them
	python3 -c 'import os, sys
os.sched_setaffinity(0, [min(os.sched_getaffinity(0))])
os.execvp(sys.argv[1], sys.argv[1:])' "$@"
}
awk 'BEGIN { print "name,owner,phone"; while (n++ < 11000) print "Row " n "," (n == 5000 ? "nobody" : "") ",0901" 200000 + n }' >rows.csv
sed 's/Nguyễn/東京 a株b式c 😀Я Ö€/; s/Trần/ﬁ Łø\&ﷺ/' leads.csv >scripts.csv
for how in env one; do
	export CRM_DB="$work/$how.db"
	crm-init -q --currency VND --timezone Asia/Ho_Chi_Minh --region VN
	ok "$how: into an empty table" "$how" crm-import lead scripts.csv -q
	ok 'it has its index' sqlite3 $how.db \
		"insert into lead_search(lead_search, rank) values ('integrity-check', 1)"
	sqlite3 $how.db .dump >$how.all
	rm $how.db
	crm-init -q --currency VND --timezone Asia/Ho_Chi_Minh --region VN
	status 1 'but for a row that is refused late' "$how" crm-import lead rows.csv -q --rejects late.csv
	is 'all are found' "$(crm-lead count row) $(ids 'row 5001') $(ids 0901205000)" '10999 5000 '
	ok 'by the index' sqlite3 $how.db \
		"insert into lead_search(lead_search, rank) values ('integrity-check', 1)"
	sqlite3 $how.db .dump >>$how.all
done
same 'and all is the same, whoever made it' env.all one.all
done_testing
