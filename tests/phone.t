#!/bin/sh
# Telephone numbers and e-mail addresses through the commands: what is told, what is found.
. tests/lib.sh

metadata=$data/phone/PhoneNumberMetadata.xml
if [ -e "$metadata" ]; then
	python3 "$root/tests/phone_regions.py" "$metadata" >rows
	sed -n 's/^\(	{ "\)/\1/p' "$root/lib/core/phone_table.c" >table
	ok 'the table of regions is what its script makes' cmp rows table
	is 'of every region' "$(wc -l <table)" "$(grep -c '<territory id="[A-Z]' "$metadata")"
else
	result 0 "the table of regions is what its script makes # SKIP $metadata is not there"
fi

vietnam
cat >a.jsonl <<'X'
{"name":"A","phone":"6.28E+12","email":"a@x.vn"}
{"name":"B","phone":"912345678","email":"b@x.vn"}
{"name":"C","phone":"0987654321 / 0901234567","email":"c@googlemail.com"}
{"name":"D","phone":"n/a","email":"d@đức.vn"}
{"name":"E","phone":"04 3825 1234","email":"e@x.vn"}
{"name":"F","phone":"024 38251235 máy lẻ 12","email":"f@x.vn"}
X
ok 'damaged numbers are taken' crm-import lead a.jsonl
is 'and told' "$(grep 'phone:' err)" \
'crm-import: a.jsonl:4: phone: warning: "n/a" cannot be read as a telephone number; kept, never matched
crm-import: a.jsonl: phone: 1 number was damaged by a spreadsheet; it is kept and never matched ("6.28E+12"): line 1
crm-import: a.jsonl: phone: 1 number had lost its first 0, which was put back ("912345678"): line 2'
is 'all but that is kept as it was typed' "$(crm-lead list -f phone -o csv -s id | tail -n +2)" \
'6.28E+12
0912345678
0987654321 / 0901234567
n/a
04 3825 1234
024 38251235 máy lẻ 12'
found() { # TERM: names
	crm-lead list "$1" -f name -o csv -s id | tail -n +2 | tr '\n' ' '
}
is 'a number without its 0 is found by the whole one' "$(found phone:+84912345678)" 'B '
is 'a landline of before 2017 by the one of today' "$(found phone:02438251234)" 'E '
is 'one with an extension without it' "$(found phone:02438251235)" 'F '
is 'a damaged one matches none of its like' "$(sqlite3 "$CRM_DB" \
	"select count(*) from lead where phone_key is not null and phone like '6.28%'")" 0
is 'googlemail is gmail' "$(found email:C@gmail.com)" 'C '
is 'a domain in either form' "$(found email:d@xn--c-kia430u.vn)$(found email:d@Đức.VN)" 'D D '
is 'accents of a domain make another one' "$(found email:d@duc.vn)" ''
done_testing
