#!/bin/sh
# crm-import: what comes in, what is refused and how that is told, and that every row
# is accounted for.
. tests/lib.sh
vietnam

sql() {
	sqlite3 -batch -separator '|' "$CRM_DB" "$1"
}
fresh() {
	rm -f "$CRM_DB" "$CRM_DB"-*
	vietnam
}
account() { # the accounting on stderr, without the name of the input
	sed -n 's/^crm-import: .*: \(read [0-9]*, .*\)/\1/p' err
}
nothing() { # NAME: no lead is there
	is "$1" "$(sql 'select count(*) from lead')" 0
}

# --- headers ---
printf 'HỌ TÊN,sđt,E-Mail,Lead Source,Người phụ trách\nTrần Thị Minh,090 123 4567,Minh@X.vn,Zalo,lan\nAn,,an@x.vn,,Nguyễn Thị Mai\n' >a.csv
ok "headers by label and alias, without case and accents" crm-import lead a.csv
is "accounting" "$(account)" "read 2, created 2, updated 0, unchanged 0, duplicate 0, skipped 0, rejected 0; committed"
is "stdout is empty without -o" "$(cat out)" ""
is "values and references by login or name" \
	"$(sql 'select name, phone, email, source, owner from v_lead order by id')" \
	"Trần Thị Minh|090 123 4567|minh@x.vn|zalo|lan
An||an@x.vn||mai"
ok "printed where -o asks" crm-import lead a.csv -o refs
is "after the commit, what was there already too" "$(cat out)" "lead-1
lead-2"
ok "-q is silent" crm-import lead a.csv -q
is "on stderr too" "$(cat err)" ""
fresh

printf 'name,scor\nx,1\n' >a.csv
status 1 "an unknown column is refused" crm-import lead a.csv
has "and the nearest named" 'a.csv:1: column "scor" is no field of lead; did you mean "score"?' err
nothing "and nothing imported"
ok "--ignore-unknown passes over it" crm-import lead a.csv --ignore-unknown
printf 'name,Full name\nx,y\n' >a.csv
status 1 "two columns of one field" crm-import lead a.csv
has "are named" 'columns "name" and "Full name" are both name' err
fresh

# --- maps ---
printf 'Who,Tel,Junk,=\nLan Anh,0901234567,x,y\n' >a.csv
ok "--map on the command line" crm-import lead a.csv --map 'Who=name,Tel=phone,Junk=,==notes' --set source=zalo --set tags='a;b'
is "columns and constants" "$(sql 'select name, phone, source, tags, notes from lead')" "Lan Anh|0901234567|zalo|;a;b;|y"
status 2 "a wrong field in --map" crm-import lead a.csv --map 'Who=nmae'
has "is named" '--map: no field "nmae" on lead; did you mean name?' err
status 2 "a wrong value in --set" crm-import lead a.csv --set source=zallo
has "before anything is read" '--set: source: "zallo" is none of:' err
status 1 "a column that the file has not" crm-import lead a.csv --map 'Whoo=name'
has "is an error" 'a.csv:1: the map names a column "Whoo" that is not there; did you mean "Who"?' err
fresh
cat >m.yaml <<'X'
columns:
  Họ và tên: {split: {as: name, into: [last_name, first_name]}}
  Ngày: {field: created_at, date_order: mdy}
  Doanh thu: {field: annual_revenue, decimal: ",", multiply: "1000"}
  Stage: {field: status, values: {"Đã gọi": contacted, "Bỏ": null}, default: nurturing}
  Code: [external_id, {field: notes, prefix: "no. ", suffix: "!"}]
  Fax: {ignore: true}
join:
  company: {from: [Firm, Branch], by: " – "}
set: {source: import}
ignore: [Remark]
X
cat >a.csv <<'X'
Họ và tên;Ngày;Doanh thu;Stage;Code;Fax;Firm;Branch;remark
Nguyễn Văn An;02/03/2026;1.234,5;da goi;7;1;ABC;Huế;r
Bình;12/31/2025;2;;8;1;;Đà Nẵng;r
X
ok "a map file" crm-import lead a.csv --map m.yaml
is "does all it says" "$(sql 'select last_name, first_name, name, substr(created_at, 1, 10), annual_revenue, status, external_id, notes, company, source from lead')" \
"Nguyễn Văn|An|Nguyễn Văn An|2026-02-02|1234500|contacted|7|no. 7!|ABC – Huế|import
|Bình|Bình|2025-12-30|2000|nurturing|8|no. 8!|Đà Nẵng|import"
wrong() { # LINE-AND-MESSAGE TEXT: of a map file
	printf '%b' "$2" >w.yaml
	status 2 "map file: $1" crm-import lead a.csv --map w.yaml
	has "with file, line and column" "w.yaml:$1" err
}
wrong '2:9: no field "nmae" on lead; did you mean name?' 'columns:\n  Name: nmae\n'
wrong '1:1: no key "colums" here; did you mean columns?' 'colums:\n  Name: name\n'
wrong '2:10: no key "feild" here; did you mean field?' 'columns:\n  Name: {feild: name}\n'
wrong '3:3: key "A" stands in line 2 already' 'columns:\n  A: name\n  A: phone\n'
wrong '3:6: field name is filled already (w.yaml:2)' 'columns:\n  A: name\n  B: name\n'
wrong '2:6: anchors (&) and aliases (*) are not taken' 'columns:\n  A: &x name\n'
wrong '2:9: source: "zallo" is none of:' 'columns:\n  From: {field: source, values: {Z: zallo}}\n'
wrong '2:16: what separates decimals' 'columns:\n  A: {decimal: x, field: score}\n'
status 3 "a map file that is not there" crm-import lead a.csv --map none.yaml
fresh

# --- values that none of a column's rules takes ---
cat >m.yaml <<'X'
columns:
  Name: name
  State:
    - {field: status, values: {Called: contacted}, else: null}
    - {field: rating, values: {Hot: hot}, else: null, keep: true}
    - {field: score, given: {State: [Open]}, values: {}, else: null, keep: false}
  Groups: {field: tags, list: ",", values: {VIP: vip, all: null}, else: null}
rest: notes
X
printf 'Name,State,Groups\nAn,Called,VIP\nBa,Hot,"VIP,all"\nCa,Gone,"VIP,Old"\nDa,Open,all\nEa,,\n' >a.csv
ok "values that have none here" crm-import lead a.csv --map m.yaml
is "are kept where no rule of the column takes them, but for those it is said not to keep" \
	"$(sql "select name, status, rating, tags, replace(notes, char(10), ' / ') from v_lead order by id")" \
	"An|contacted||;vip;|
Ba|new|hot|;vip;|State: Hot
Ca|new||;vip;|State: Gone / Groups: VIP,Old
Da|new|||
Ea|new|||"
ok "and again" crm-import lead a.csv --map m.yaml
has "nothing changes" "unchanged 5" err
printf 'columns: {name: name, account: account, owner: owner}\noptional: true\nrest: description\n' >m.yaml
printf 'name,account,owner\nDeal,,bo\nDeal,Zed,bo\n' >d.csv
status 1 "a deal of nobody" crm-import deal d.csv --map m.yaml
is "is told by what it lacks, not by whom else is not here" "$(head -2 err)" \
	'crm-import: d.csv:2: a deal needs an account or a contact
crm-import: d.csv:3: account: there is no account "Zed", and a deal needs an account or a contact'
fresh

# --- refusals ---
cat >a.csv <<'X'
name,email,birth_date,notes
Good,g@x.vn,,
Bad mail,foo@@bar,,
Bad day,d@x.vn,30/02/2000,
"Two
lines",t@x.vn,,"'; drop table lead; --"
Stray,a"b,,
Short,x
X
printf 'Nul,n\0l@x.vn,,\nLatin,\351@x.vn,,\n' >>a.csv
printf 'Esc \033]0;pwn\007,nope,,\n' >>a.csv
status 1 "without --rejects one bad row" crm-import lead a.csv --summary s.json
nothing "keeps all others out"
is "all are told" "$(grep -c '^crm-import: a.csv:[0-9]*: ' err)" 7
has "with line and field" 'crm-import: a.csv:3: email: "foo@@bar" is not an e-mail address' err
has "30 February" "a.csv:4: birth_date:" err
has "lines are those of the file" 'a.csv:7: email: a quote inside' err
is "no escape reaches the terminal" "$(grep -c "$(printf '\033')" err)" 0
is "what would have happened" "$(account)" "read 9, created 2, updated 0, unchanged 0, duplicate 0, skipped 0, rejected 7; nothing committed"
has "in JSON too" '{"read":9,"created":2,"updated":0,"unchanged":0,"duplicate":0,"skipped":0,"rejected":7,"created_missing":0,"pending":0,"committed":false,' s.json
ok "JSON it is" python3 -m json.tool s.json
status 1 "-n counts the same" crm-import lead a.csv -n --rejects r.csv
has "and says so" "created 2, updated 0, unchanged 0, duplicate 0, skipped 0, rejected 7; dry run, nothing committed" err
nothing "and writes nothing"
status 1 "with --rejects" crm-import lead a.csv --rejects r.csv
has "the good rows go in" "created 2, updated 0, unchanged 0, duplicate 0, skipped 0, rejected 7; committed" err
is "as they were" "$(sql 'select name, notes from lead order by id')" "Good|
Two
lines|'; drop table lead; --"
has "the others wait, as they stood" 'Bad mail,foo@@bar,,,3,"email: ""foo@@bar"" is not an e-mail address",' r.csv
has "with what could not be read whole" ',,,,7,"email: a quote inside; quote the whole cell and double it","Stray,a""b,,"' r.csv
sed -i 's/foo@@bar/foo@bar.vn/' r.csv
cp r.csv mended.csv
status 1 "mended they are fed again" crm-import lead mended.csv --rejects r2.csv
has "what was mended goes in" "created 1, " err
is "the rest stays, and grows no columns" "$(head -1 r2.csv)" "name,email,birth_date,notes,reject_line,reject_reason,reject_raw"
is "nothing is lost" "$(grep -c 'Stray' r2.csv)" 1
# A quote that is not closed, and much text after it: nothing behind it is looked at.
awk 'BEGIN { print "name,notes\nA,good\n\"B\nb\",\"open"; for (n = 1; n <= 90000; n++) print "C,and so on " n }' >q.csv
status 1 "a quote that is never closed" crm-import lead q.csv
is "is told with the line on which it opens, and ends the run" "$(cat err)" \
	"crm-import: q.csv:3: notes: the quote that opens in line 4 is never closed
crm-import: q.csv: what follows was not looked at; nothing committed; close the quote, or let --rejects FILE put the row aside"
status 1 "put aside" crm-import lead q.csv --rejects r.csv
has "it leaves the lines that follow" "read 90003, created 90001, updated 0, unchanged 0, duplicate 0, skipped 0, rejected 2; committed" err
is "as they are" "$(sql "select count(*) from lead where name = 'C'")" 90000
fresh
cat >a.jsonl <<'X'
{"name":"A","email":"a@@b"}
{"name":"B","score":"x",  "tags":["p","q"]}
{broken
{}
X
status 1 "JSON Lines" crm-import lead a.jsonl --rejects r.jsonl
is "are rejected as JSON Lines" "$(cat r.jsonl)" '{"name":"A","email":"a@@b","reject_line":1,"reject_reason":"email: \"a@@b\" is not an e-mail address"}
{"name":"B","score":"x",  "tags":["p","q"],"reject_line":2,"reject_reason":"score: \"x\" is not a whole number"}
{"reject_line":3,"reject_reason":"'"$(sed -n 's/.*a.jsonl:3: //p' err)"'","reject_raw":"{broken"}
{"reject_line":4,"reject_reason":"needs a name, a company, a phone number or an e-mail address"}'
status 1 "and fed again" crm-import lead r.jsonl --rejects r2.jsonl
is "grow no keys" "$(sed 's/"reject_line":[0-9]*//' r2.jsonl | sed 3d)" "$(sed 's/"reject_line":[0-9]*//' r.jsonl | sed 3d)"
printf '{"name":"C",}\n' >a.jsonl
crm-import lead a.jsonl --rejects r.jsonl 2>err
crm-import lead r.jsonl --rejects r2.jsonl 2>err
is "an unreadable one is kept through a second run" "$(sed 's/.*"reject_raw"/"reject_raw"/' r2.jsonl)" '"reject_raw":"{\"name\":\"C\",}"}'
cat >a.jsonl <<'X'
{"reject_line":1,"reject_reason":"x","reject_raw":"","name":"C","email":"y@@z"}
{
  "reject_raw": null, "name": "D \"reject_line\":",
  "reject\u005fline": 7, "email":"y@@z"
}
{"reject_line":1,"reject_reason":"x"}
X
crm-import lead a.jsonl --rejects r.jsonl 2>err
is "what a mender wrote is kept, where it stands behind ours too" "$(sed 's/"reject_line":[0-9].*//; s/{  *"name"/{"name"/; s/,  *"email"/,"email"/' r.jsonl)" '{"name":"C","email":"y@@z",
{"name": "D \"reject_line\":","email":"y@@z",
{'
ok "and each is JSON with a line of its own" python3 -c '
import json
def once(pairs):
    assert len(pairs) == len(dict(pairs))
    return dict(pairs)
rows = [json.loads(l, object_pairs_hook=once) for l in open("r.jsonl")]
assert [r["reject_line"] for r in rows] == [1, 2, 6], rows
assert all("reject_raw" not in r for r in rows)'
printf 'name\tscore\nA\\tB\tx\n' >a.tsv
status 1 "TSV" crm-import lead a.tsv --rejects r.tsv
is "is rejected as TSV" "$(cat r.tsv)" "$(printf 'name\tscore\treject_line\treject_reason\treject_raw\nA\\tB\tx\t2\tscore: "x" is not a whole number\t')"
is "with another delimiter" "$(printf 'name: x^score\nA^x\n' | crm-import lead --delimiter '^' --map 'name: x=name' --rejects - 2>err)" 'name: x^score^reject_line^reject_reason^reject_raw
A^x^2^"score: ""x"" is not a whole number"^'
is "even with one column" "$(printf 'score\nx\n' | crm-import lead --delimiter ';' --rejects - 2>err)" 'score;reject_line;reject_reason;reject_raw
x;2;"score: ""x"" is not a whole number";'
{ echo name,score; seq -f 'x,y%g' 60; } >a.csv
status 1 "of many errors" crm-import lead a.csv
is "twenty are told" "$(grep -c 'a.csv:[0-9]*: score' err)" 20
is "and the rest counted, once" "$(grep -n 'more$' err)" "21:crm-import: … and 40 more"
fresh

# --- encodings and formats ---
printf '\357\273\277name,city\r\nLan,Huế\r\n' >a.csv
ok "BOM and CRLF" crm-import lead a.csv
is "are no data" "$(sql 'select name, city from lead')" "Lan|Huế"
printf 'name;city\nJos\351;Z\374rich\n' >a.csv
ok "another encoding and delimiter" crm-import lead a.csv --encoding latin1
printf 'name;score\nH\351l\350ne;x\n' >a.csv
status 1 "another encoding with --rejects" crm-import lead a.csv --encoding latin1 --rejects r.csv
sed -i 's/;x;/;7;/' r.csv
ok "mended and fed again with the same options" crm-import lead r.csv --encoding latin1 --rejects r.csv
is "is what it was" "$(sql 'select name from lead where score = 7')" "Hélène"
printf 'name,,score\nNameless,x,1\n' >a.csv
status 1 "a column without a name" crm-import lead a.csv
has "is called by its number" 'a.csv:1: column "column 2" is no field of lead' err
printf 'name,score,\nNameless,1,x\n' >a.csv
status 1 "nothing stands in one at the end" crm-import lead a.csv
has "which is said" 'a.csv:2: 3 cells, but there are 2 columns; cell 3 is "x"' err
ok "passed over" crm-import lead a.csv --ignore-unknown
ok "or mapped" crm-import lead a.csv --map 'column 3=notes'
printf '[{"name":"X"}]{"name":"Y"}\n' >a.json
status 1 "what stands behind an array" crm-import lead a.json
has "is refused" 'a.json:1: not JSON: something stands behind the end of the array' err
crm-lead add name="'=1+1" notes="=2" company="x'=" -q
crm-lead list -w 'notes = "=2"' -f name,notes,company --excel >e.csv 2>err
ok "what --excel guarded" crm-import lead e.csv
is "comes back as it was" "$(sql "select count(*) from lead where name = char(39) || '=1+1' and notes = '=2' and company = 'x' || char(39) || '='")" 1
has "which is to change nothing" "read 1, created 0, updated 0, unchanged 1" err
{ cat e.csv; printf "'+84,,x@@y\r\n"; } | sed '1s/company/email/; 2d' >f.csv
status 1 "guarded rejects" crm-import lead f.csv --rejects r.csv
sed -i 's/^\(.*\),x@@y/\1,g@x.vn/' r.csv
ok "mended" crm-import lead r.csv
is "too" "$(sql "select count(*) from lead where name = '+84'")" 1
printf 'name\nTra\314\202\314\200n\n' >a.csv
ok "NFD comes in" crm-import lead a.csv
is "and is NFC inside" "$(sql "select count(*) from lead where name = 'Trần'")" 1
ok "an empty stream is fine" crm-import lead </dev/null
ok "a header alone too" sh -c 'echo name,email | crm-import lead'
printf 'id,name\n17,x\n' >a.csv
status 1 "another system's numbers" crm-import lead a.csv
has "are not ours" 'a.csv:2: id: "17" is no reference such as lead-17; another system' err
ok "they go into external_id" crm-import lead a.csv --map id=external_id
ok "several files" sh -c 'echo "{\"name\":\"J\"}" >b.jsonl; crm-import lead a.csv b.jsonl --map id=external_id'
has "are one account" "a.csv and 1 more: read 2, created 1, updated 0, unchanged 1" err
fresh

# --- match ---
cat >a.csv <<'X'
name,email,phone,score
A,a@x.vn,0901111111,1
B,b@x.vn,0902222222,2
A again,A@X.VN,,9
C,,0902222222,3
X
ok "--match" crm-import lead a.csv --match email,phone
is "rows of one record are duplicates" "$(account)" "read 4, created 2, updated 0, unchanged 0, duplicate 2, skipped 0, rejected 0; committed"
ok "once more" crm-import lead a.csv --match email,phone
is "it converges" "$(account)" "read 4, created 0, updated 0, unchanged 2, duplicate 2, skipped 0, rejected 0; committed"
printf 'name,email,score\nA,a@x.vn,5\nD,d@x.vn,\n' >b.csv
ok "an update" crm-import lead b.csv --match email
is "and a new one" "$(account)" "read 2, created 1, updated 1, unchanged 0, duplicate 0, skipped 0, rejected 0; committed"
is "that changes what it says" "$(sql "select score, phone from lead where email = 'a@x.vn'")" "5|0901111111"
crm-lead add name=twin email=a@x.vn -q
status 1 "several hits" crm-import lead b.csv --match email
has "are refused with their names" 'b.csv:2: email: "a@x.vn" is that of lead-1 lead-4; which one is meant?' err
status 2 "by a field that does not tell records apart" crm-import lead b.csv --match score
ok "rows that are alike without --match" sh -c 'printf "name\nx\nx\n" | crm-import lead'
is "are two" "$(sql "select count(*) from lead where name = 'x'")" 2

# --- references ---
printf 'name,account,owner\nA,Minh Anh,lan\nB,minh anh,\nC,Khác,\n' >a.csv
status 1 "an account that is not there" crm-import contact a.csv
has "is named" 'a.csv:2: account: there is no account "Minh Anh"' err
ok "--create-missing" crm-import contact a.csv --create-missing account --summary s.json
has "makes it once" '"created":3,"updated":0,"unchanged":0,"duplicate":0,"skipped":0,"rejected":0,"created_missing":2' s.json
has "and says so" "2 further records were made" err
is "the account as it was named first" "$(sql 'select name from account order by id')" "Minh Anh
Khác"
printf 'name,account,email\nD,Mới,x@@y\nE,Mới hơn,nope\n' >b.csv
status 1 "a row that is refused" crm-import contact b.csv --create-missing account --rejects r.csv
is "makes no account either" "$(sql "select count(*) from account where name like 'Mới%'")" 0
printf 'name,parent\nChild,Middle\nMiddle,Top\nTop,\n' >a.csv
ok "a parent that comes later" crm-import account a.csv
is "is found" "$(sql "select a.name, p.name from account a join account p on p.id = a.parent order by 1")" "Child|Middle
Middle|Top"
printf 'name,parent\nX,Y\nY,X\nZ,Nobody\n' >b.csv
status 1 "one that never comes" crm-import account b.csv
has "is an error" 'b.csv:4: parent: there is no account "Nobody"' err

# --- limits of a run ---
sed 's/^Top/Summit/; s/Top$/Summit/' a.csv >c.csv
status 1 "--max" crm-import account c.csv --max 0
has "refuses more" "more than 0 records would change; nothing was written" err
is "and writes none" "$(sql "select count(*) from account where name = 'Summit'")" 0
sed 's/[A-Z][a-z]*/New&/g' a.csv >c.csv
ok "--once" crm-import account c.csv --once k1
ok "a second time" crm-import account c.csv --once k1 -o refs
is "does nothing" "$(sql "select count(*) from account where name = 'NewTop'")" 1
is "but print the same" "$(wc -l <out)" 3
ok "a third time with --summary" crm-import account c.csv --once k1 --summary s.json
has "has read nothing" '{"read":0,"created":0,' s.json
status 2 "no file and a terminal or a wrong type" crm-import leed a.csv
status 3 "no such file" crm-import lead none.csv
status 3 "no database" env CRM_DB=none.db crm-import lead a.csv
status 3 "a rejects file that cannot be written" crm-import lead a.csv --rejects /none/r.csv
fresh
printf 'name\nA\n' >b.csv
status 3 "a summary that cannot be written" crm-import lead b.csv --summary /none/s.json
nothing "is found before the commit"
cat >a.csv <<'X'
name,email
A,a@x.vn
B,b@x.vn
C,@
D,d@x.vn
X
printf 'name,owner\nA,\nB,\nC,nobody\nD,\n' >b.csv
status 1 "--batch stops where a row is wrong" crm-import lead b.csv --batch 2
has "and says how far it came" "; the first 2 committed" err
is "the batches before it are in" "$(sql 'select count(*) from lead')" 2
status 1 "what is seen to be wrong before" crm-import lead a.csv --batch 2
is "keeps all batches out" "$(sql 'select count(*) from lead')" 2
status 1 "--batch with --rejects" crm-import lead a.csv --batch 2 --rejects r.csv
is "goes to the end" "$(sql 'select count(*) from lead')" 5

# --- the lock is nobody's while input is to come ---
fresh
mkfifo slow
crm-import lead slow -q --batch 2 &
{
	awk 'BEGIN { print "name"; while (n++ < 400) printf "Slow %500d\n", n }' # more than a pipe holds
	ok "others write while an import waits for its input" crm-lead add name=Meanwhile --wait 0 -q >&3
} 3>&1 >slow
wait
is "which goes in behind that" "$(sql 'select group_concat(name) from (select * from lead order by id limit 2)' | tr -s ' ')" "Meanwhile,Slow 1"

# --- kill -9, and a full disk ---
awk 'BEGIN { print "name,email,phone"; for (i = 1; i <= 60000; i++) print "x" i ",x" i "@x.vn,0901234567" }' >big.csv
fresh
bad=0 killed=0
for delay in 0.05 0.15 0.3 0.5 0.7 0.9 1.1; do
	crm-import lead big.csv -q &
	pid=$!
	sleep $delay
	kill -9 $pid 2>/dev/null && killed=$((killed + 1))
	wait $pid 2>/dev/null
	n=$(sql 'select count(*) from lead')
	[ $((n % 60000)) -eq 0 ] || bad=1
done
is "kill -9 at any moment leaves nothing or all" "$bad" 0
[ $killed -gt 0 ]
result $? "($killed of 7 were killed)"
is "and a whole database" "$(sql 'pragma integrity_check')" ok
is "with history of what is there" "$(sql 'select (select count(*) from lead) = (select count(*) from change where entity = "lead")')" 1
# A new database is written to at once, without a log, as long as nobody else has it open
alone() { # ARGUMENT…: in the background; until it has written something
	crm-import lead big.csv -q "$@" &
	pid=$!
	until [ "$(find . -name 'crm.db*' -size +3M)" ] || ! kill -0 $pid 2>/dev/null; do :; done
	log=$(find . -name 'crm.db-*' -size +0 | sort)
}
fresh
alone
is "an import into a new database keeps no log" "$log" ./crm.db-journal
ok "who reads meanwhile waits" crm-lead count
is "and sees all of it" "$(cat out)" 60000
wait $pid
is "the log is back" "$(sql 'pragma journal_mode')" wal
fresh
alone
status 75 "so does who writes, for as long as is said" crm-lead add name=Late --wait 0
wait $pid
fresh
alone
kill -9 $pid
wait $pid 2>/dev/null
is "killed, it leaves nothing" "$(crm-lead count)" 0
is "but the log to the next writer" "$(sql 'pragma journal_mode')" delete
ok "who makes it" crm-lead add name=Next -q
is "again" "$(sql 'pragma journal_mode')" wal
for how in --dry-run '--batch 20000'; do
	fresh
	# shellcheck disable=SC2086
	alone $how
	is "with $how there is a log" "$log" "$(printf './crm.db-shm\n./crm.db-wal')"
	wait $pid
done
fresh
mkfifo open
sqlite3 crm.db <open &
exec 4>open
echo 'select count(*) from lead;' >&4
until [ -e crm.db-shm ]; do :; done
alone
is "and where somebody else has the database open" "$log" "$(printf './crm.db-shm\n./crm.db-wal')"
exec 4>&-
wait
fresh
crm-import lead big.csv -q --batch 1000 --match email &
pid=$!
until [ "$(sql 'select count(*) from lead')" -gt 0 ] || ! kill -0 $pid; do
	sleep 0.02
done
ok "others get in between two batches" crm-lead add name=Between -q
kill -9 $pid 2>/dev/null
result $? "and not when all are in"
wait $pid 2>/dev/null
n=$(sql 'select count(*) - 1 from lead')
is "what was committed are whole batches of not more rows, with their history" "$(sql '
	select count(*) > 1, sum(n), max(n) <= 1000, sum(n) = sum(there) from (
	select count(*) n, count(l.id) there from "change" c join change_set s on s.id = c.change_set
	left join lead l on l.id = c.record where program = "crm-import" group by s.id)')" "1|$n|1|1"
ok "and the same again" crm-import lead big.csv --batch 10000 --match email
has "brings the rest" "created $((60000 - n)), updated 0, unchanged $n, duplicate 0" err
# Its rows, indexes and history go into the log and from there into the file; texts that wait
# for the search index, the input, and what is sorted, into temporary files besides.
fresh
if [ -r /proc/self/io ]; then
	awk 'BEGIN { while (length(x) < 1200) x = x "word "
		print "name,notes"; while (n++ < 20000) print "P" n "," x }' >long.csv
	written=$(python3 "$root/tests/bytes_read.py" -w crm-import lead long.csv -q)
	file=$(($(sql 'pragma page_count') * $(sql 'pragma page_size')))
	[ -n "$written" ] && [ "$((2 * written))" -lt "$((7 * file))" ]
	result $? "twenty thousand write little: $written where the file has $file bytes"
	rm long.csv
fi
fresh
status 3 "a full disk" sh -c 'ulimit -f 8000; trap "" XFSZ; exec crm-import lead big.csv'
nothing "takes all back"
is "and leaves the database whole" "$(sql 'pragma integrity_check')" ok
awk 'BEGIN { printf "name,notes,email,reject_line,reject_reason,reject_raw\nbad,,@@,2,x,\nmended,"
	while (n++ < 480000) printf "x"; print ",m@x.vn,3,x," }' >r.csv
cp r.csv before
status 3 "a commit for which the disk is too full" sh -c 'ulimit -f 1000; trap "" XFSZ; exec crm-import lead r.csv --rejects r.csv'
same "leaves rejects that are the input" r.csv before
is "and nothing beside them" "$(echo r.csv.*)" 'r.csv.*'
status 1 "so does a dry run" crm-import lead r.csv --rejects r.csv -n
same "which takes nothing away" r.csv before
status 1 "with room" crm-import lead r.csv --rejects r.csv
is "what is refused stays" "$(cut -d, -f1 r.csv)" "name
bad"
is "and the rest is in" "$(sql 'select name from lead')" mended
fresh
status 3 "a full disk with --batch" sh -c 'ulimit -f 16000; trap "" XFSZ; exec crm-import lead big.csv --batch 1000'
n=$(sql 'select count(*) from lead')
[ "$n" -gt 0 ] && [ "$n" -lt 60000 ]
result $? "keeps what was committed ($n)"
has "and says how much that is, and what became of it" \
	"read 60000, created $n, updated 0, unchanged 0, duplicate 0, skipped 0, rejected 0; the first $n committed" err
# --- signals ---
fresh
crm-import lead big.csv -q
mkdir signals
killed=0
for signal in TERM INT HUP; do
	for delay in 0.02 0.1 0.25; do
		for command in 'crm-import lead big.csv -q --rejects signals/r.csv' 'crm-export all --folder signals/all'; do
			TMPDIR=$work/signals python3 -c '
import signal, subprocess, sys, time
p = subprocess.Popen(sys.argv[3].split(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
time.sleep(float(sys.argv[2]))
p.send_signal(getattr(signal, "SIG" + sys.argv[1]))
sys.exit(p.wait() < 0)' $signal $delay "$command" || killed=$((killed + 1))
		done
	done
done
[ $killed -gt 0 ]
result $? "($killed of 18 were told to end)"
rm -rf signals/all signals/r.csv
is "who is told to end leaves nothing half" "$(ls -A signals)" ""
fresh
status 3 "what waits is kept in TMPDIR" env TMPDIR=/nowhere crm-import lead big.csv -q
has "which must be there" "cannot make a temporary file /nowhere/crm." err
nothing "or nothing is taken"

# --- what follows from many rows is written once ---
fresh
printf 'name\nA\nB\n' | crm-import account -q
printf 'name,account\nD,A\n' | crm-import deal -q
awk 'BEGIN { print "kind,account,status,done_at"
	for (i = 0; i < 40; i++)
		printf "call,%s,done,2026-%02d-%02dT08:00:00Z\n", i % 2 ? "A" : "B", 1 + i * 7 % 10, 1 + i % 28 }' >calls.csv
ok "many calls" crm-import activity calls.csv -q
last() { sql "select last_contacted_at from account where name = '$1'"; }
for who in A B; do
	is "$who was reached last" "$(last $who)" \
		"$(awk -F, -v who=$who '$2 == who && $4 > last { last = $4 } END { print last }' calls.csv)"
done
is "each account is written once, after them all" \
	"$(sql "select group_concat(op || entity || record, ' ') from (select * from change where change_set = (select max(change_set) from change) and not (op = 'i' and record > 1) order by id)")" \
	'iactivity1 uaccount1 uaccount2'
ok "which is taken back" crm-undo -q
is "with them" "$(sql 'select count(last_contacted_at), (select count(*) from activity) from account')" '0|0'
printf 'name,account,stage,closed_at,lost_reason\n1,B,lost,2026-02-01,price\n2,B,won,2026-05-04,\n3,B,won,2026-03-02,\n4,B,discovery,,\n' >deals.csv
ok "deals" crm-import deal deals.csv -q
is "make a customer" "$(sql "select type, lifecycle, customer_since from account where name = 'B'")" 'customer|after|2026-03-02'
is "by one change" "$(sql "select count(*) from change where entity = 'account' and op = 'u' and change_set = (select max(change_set) from change)")" 1
# A deal that takes nothing: the row that is about it leaves nothing with the account either.
sql "update deal set stage = 'gone' where name = 'D'"
printf '%s\n' kind,account,deal,status,done_at call,A,,done,2026-02-02T08:00:00Z \
	call,A,deal-1,done,2026-03-03T08:00:00Z call,B,,done,2026-04-04T08:00:00Z >calls.csv
status 1 "a row that is refused half-way" crm-import activity calls.csv --rejects rej.csv
is "is no contact" "$(last A) $(last B)" '2026-02-02T08:00:00Z 2026-04-04T08:00:00Z'
is "and is the only one that is out" "$(cut -d, -f3 rej.csv) $(sql 'select count(*) from activity')" 'deal
deal-1 2'

# --- numbers of more than 64 bits ---
fresh
printf '%s\n' '{"name":"Lớn","notes":123456789012345678901234567890,"phone":84901234567890123456789012,"score":7}' \
	'{"name":-98765432109876543210,"email":"a@x.vn","budget":12}' |
	crm-import lead -i jsonl -q 2>err
is "are the text that they are" "$(sql "select group_concat(name || ' ' || coalesce(notes, phone, '') || ' ' || coalesce(phone, '') || ' ' || coalesce(score, budget), '|') from (select * from lead order by id)")" \
	"Lớn 123456789012345678901234567890 84901234567890123456789012 7|-98765432109876543210   12"
status 1 "where a number is due" sh -c 'echo "{\"name\":\"x\",\"score\":123456789012345678901234567890}" | crm-import lead -i jsonl'
has "the field is named" 'score: "123456789012345678901234567890" is not a whole number' err

# --- amounts of JSON, whose currency is told only by the whole record ---
fresh
printf '{"name":"%s","budget":%s,"currency":"%s"}\n' a 12.25 VND b 1.234 VND c 1.234 KWD d 1234.5 KWD e 0.125 KWD f 1.5e3 VND >money.jsonl
status 1 "what has no minor unit" crm-import lead money.jsonl --rejects bad.jsonl
has "is shown as it was written" 'money.jsonl:1: budget: "12.25" is not an amount: VND has no minor unit' err
has "with a point that groups nothing" 'money.jsonl:2: budget: "1.2340" is not an amount' err
is "others are what they are" "$(crm-lead list -f name,budget -o csv | sed 1d | tr '\n' ' ')" "c,1.234 d,1234.500 e,0.125 f,1500 "

# --- numbers of JSON have no groups ---
fresh
printf '{"name":"%s","employees":%s}\n' a 1.234 b 1234.0 c '"1.234"' d 1e3 >whole.jsonl
status 1 "what is no whole number" crm-import lead whole.jsonl --rejects bad.jsonl
has "is none in threes either" 'whole.jsonl:1: employees: "1.234" is not a whole number' err
is "but is in a text" "$(crm-lead list -f name,employees -o csv | sed 1d | tr '\n' ' ')" "b,1234 c,1234 d,1000 "

# --- records with their ids, and some of their columns: what has to be there is filled in ---
fresh
crm-account add name=A -q
printf 'id,name,account,stage,closed_at\ndeal-7,Old,account-1,proposal,\ndeal-8,Done,account-1,won,2024-02-03\n' >deals.csv
ok "deals come back" crm-import deal deals.csv
is "their chance is that of their stage" "$(sql 'select id, stage, probability, closed_at from deal order by id')" \
	"7|proposal|50|
8|won|100|2024-02-02T17:00:00Z"
printf 'id,subject,created_at\nticket-3,Lamp,2024-01-02T03:04:05Z\nticket-4,Bulb,\n' >tickets.csv
ok "tickets" crm-import ticket tickets.csv
is "were opened when they were made" "$(sql 'select id, opened_at from ticket order by id')" "3|2024-01-02T03:04:05Z
4|$CRM_NOW"
printf 'id,kind,account,due_at\nactivity-5,call,account-1,2026-12-01\nactivity-6,call,account-1,\n' >calls.csv
ok "activities" crm-import activity calls.csv
is "are planned where they are due" "$(sql 'select id, status from activity order by id')" "5|planned
6|done"
fresh
login=$(sql 'select login from "user" where id = 1')
echo '{"id":"user-1","login":"'"$login"'","name":"Boss"}' >users.jsonl
ok "the first user" crm-import all users.jsonl
is "stays an admin" "$(sql 'select login, name, role, active from "user" where id = 1')" "$login|Boss|admin|1"

# as much memory as --help says: for a cell of 4 MB that is 228 MB at the most
if [ -z "${SAN:-}" ]; then
	fresh
	# lean MB FILE OPTIONS…: how crm-import of contacts ends, and whether it took no more memory than that
	lean() {
		python3 - "$@" <<-'END'
			import resource, subprocess, sys
			code = subprocess.call(['crm-import', 'contact', *sys.argv[2:]])
			most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
			sys.exit(code if most < 1024 * int(sys.argv[1]) else f'{most} KiB')
		END
	}
	awk 'BEGIN { printf "name,phone\nA,"; while (n++ < 400000) printf "0912345678|"; print "" }' >much.csv
	ok "a cell with 400,000 numbers goes in" lean $((128 + 25 * 4)) much.csv
	ok "is within what the help says" crm-import --help
	has "which it does" '25 times its longest row' out
	# A quote that is never closed takes all lines behind it, but only once.
	awk 'BEGIN { print "name,description\nA,\"x"; while (n++ < 1200000) print "a line of sixty letters, in which ""x"" stands, and a number " n }' >open.csv
	status 1 "80 MB behind an open quote are refused" lean 100 open.csv
	has "for that" "open.csv:2: description: the quote that opens here is not closed within 64 MiB" err
	# Many parts in little text.
	awk 'BEGIN { printf "name"; while (n++ < 90000) printf ",c"; print "\nA,b" }' >wide.csv
	status 1 "90,000 columns of one name" lean 128 wide.csv
	has "are told apart" 'wide.csv:1: column "c" is no field of contact' err
	fresh
	ok "and can be passed over" lean 128 wide.csv --ignore-unknown --rejects=r.csv
	is "by name" "$(crm-contact list -o csv -f name | tail -1)" A
	awk 'BEGIN { print "BEGIN:VCARD\nVERSION:3.0\nFN:A"; while (n++ < 40000) printf "TEL:09%08d\nX-%d:x\n", n, n; print "END:VCARD" }' >wide.vcf
	fresh
	ok "a card with 40,000 telephones" lean 128 wide.vcf
	is "brings them all" "$(sql 'select count(*) from identity')" 39999
	awk 'BEGIN { print "BEGIN:VCARD\nVERSION:3.0\nFN:A"; while (n++ < 4000000) print "X-A:b"; print "END:VCARD\nBEGIN:VCARD\nVERSION:3.0\nFN:B\nEND:VCARD" }' >long.vcf
	fresh
	status 1 "one with 4,000,000 properties is refused" lean 128 long.vcf --rejects r.vcf
	has "for that" "long.vcf:1: more than 100000 properties" err
	is "the next one comes in, and nothing is lost" "$(crm-contact list -o csv -f name | tail -1) $(grep -c '^X-A:b' r.vcf)" "B 4000000"
	# Somebody whom one row asks for is looked for by name among all of them.
	awk 'BEGIN { print "first_name,last_name,description\nA,B,X-SPOUSE:Family150000 Given150000"
		while (n++ < 150000) print "Given" n ",Family" n "," }' >kin.csv
	fresh
	ok "of 150,000 one is related" lean 48 kin.csv -q
	is "to the last" "$(sql 'select kind, first_name from relation join contact c on c.id = to_contact')" "spouse|Given150000"
	# Names of accounts that are not there, each another: as they are made, and as they are kept.
	awk 'BEGIN { print "name,account"; x = sprintf("%3600s", ""); gsub(/ /, "x", x)
		for (n = 1; n <= 25000; n++) print "A" n "," n " Co. " x }' >names.csv
	printf 'columns: {name: name, account: account}\nrest: description\n' >names.yaml
	for option in --create-missing=account --map=names.yaml; do
		fresh
		ok "25,000 long names, $option" lean 128 names.csv "$option"
	done
	is "every one of them is kept" "$(sql "select count(*), count(distinct description) from contact where description like 'account: % Co. x%'")" "25000|25000"
	is "and counted" "$(awk '/and [0-9]+ more values/ { n = 20 + $4 } /not told apart/ { n += $(NF - 1) } END { print n }' err)" 25000
fi
done_testing
