#!/bin/sh
# crm-export all and back: the whole database into another one, byte for byte, as one
# stream and as a folder, whatever is in it and whoever made that other one.
# shellcheck disable=SC2086
. tests/lib.sh
blns=$data/blns/blns.json
[ -r "$blns" ] || skip_all "no $blns"

vietnam
ok 'an account' crm-account add name='Công ty "Minh, Anh"' annual_revenue=15tr tags+='vip;a b' owner=lan
ok 'in dinars' crm-account add name=Kuwait currency=KWD annual_revenue=1,234 parent=account-1
ok 'a contact' crm-contact add name=Boss account=1
ok 'another' crm-contact add name=Clerk account=1 reports_to=contact-1 is_primary=true
crm-contact add name=Chief account=1 -q
ok 'who report to each other' crm-contact set contact-1 reports_to=contact-3
ok 'a lead' crm-lead add name='Trần Thị Minh' company=Sao phone='090 123 4567' owner=mai do_not_call=true
ok 'that is converted' crm-convert lead-1 -q
ok 'and its deal won' crm-deal set deal-1 amount=20tr stage=won collaborators='lan:60;mai:40'
ok 'a deal lost' crm-deal add name=x account=2 amount=1,234 currency=KWD stage=lost lost_reason=price
ok 'a call' crm-activity add kind=call lead=1 outcome=connected
ok 'answered' crm-activity add kind=email account=1 reply_to=activity-1
crm-team set team-1 manager=lan -q
crm-user set user-1 team=hanoi -q
crm-lead add name=gone -q
ok 'a record that is gone' crm-lead rm lead-2

# One record of every other type, and naughty strings in every text field of all of them.
cat >naughty.py <<'X'
import json, re, subprocess, sys
strings = json.load(open(sys.argv[1], encoding="utf-8"))
fixed = {
    "user": lambda i: {"login": "u%d" % i}, "team": lambda i: {},
    "contact": lambda i: {"account": "account-1"}, "account": lambda i: {"kind": "org"},
    "lead": lambda i: {"phone": "0912%06d" % i},
    "deal": lambda i: {"account": "account-2", "amount": 1500000},
    "activity": lambda i: {"kind": "note", "lead": "lead-1", "deal": "deal-1", "repeats": None},
}
kinds = [l.split()[0] for l in open(sys.argv[2])]
for kind in kinds:
    if kind not in fixed:
        continue
    help = subprocess.run(["crm-" + kind, "--help"], capture_output=True, text=True).stdout
    fields = re.findall(r"^  (\w+) +(?:text|code) +", help, re.M)
    with open(kind + ".in", "w", encoding="utf-8") as out:
        for i, s in enumerate(strings):
            json.dump({**{f: s for f in fields}, **fixed[kind](i)}, out, ensure_ascii=i % 2 == 0)
            out.write("\n")
X
sqlite3 "$CRM_DB" "select entity from counter where entity not like '%-%'" >types
ok 'naughty strings' python3 naughty.py "$blns" types
for f in *.in; do
	crm-import ${f%.in} $f --rejects ${f%.in}.bad -q >/dev/null 2>&1
done
is 'most of them are in' "$(crm-lead count | awk '{ print ($1 > 400) }')" 1

import() { # TYPE, rows on stdin
	crm-import "$1" -q 2>err
	code=$?
	[ $code -eq 0 ] || { result $code "$1"; show err; }
}
import product <<'X'
{"sku":"P-1","name":"CRM Pro","price":250000,"cost":100000}
{"sku":"P-2","name":"Support","price":50000}
X
import segment <<'X'
{"name":"VIP","of":"account","kind":"static"}
X
import campaign <<'X'
{"name":"Spring"}
X
import ticket <<'X'
{"subject":"Broken","account":"account-1"}
X
import event <<'X'
{"kind":"order","account":"account-1","source":"shop","external_id":"1","value":5,"payload":"{\"a\":1}"}
X
for t in $(cat types); do
	echo "$t $(sqlite3 "$CRM_DB" "select count(*) from \"$t\"")"
done >counts
is 'types with records' "$(awk '$2 > 0' counts | wc -l | awk '{ print ($1 >= 12) }')" 1

ok 'everything' crm-export all --out a.jsonl
is 'each record once' "$(grep -vcE '^{"(counter|config)"' a.jsonl)" "$(awk '{ n += $2 } END { print n }' counts)"
ok 'into a folder' crm-export all --folder a
is 'a file a type that has records' "$(cd a && ls | sed 's/\.csv$//' | grep -vE 'counter|config' | sort | tr '\n' ' ')" \
	"$(awk '$2 > 0 { print $1 }' counts | sort | tr '\n' ' ')"
is 'users come first' "$(grep -o '^{"id":"[a-z_]*' a.jsonl | cut -d'"' -f4 | uniq | head -2 | tr '\n' ' ')" 'user team '
is 'each type once' "$(grep -o '^{"id":"[a-z_]*' a.jsonl | uniq | sort | uniq -d)" ''
is 'references mostly point back' "$(python3 - <<'X'
import json
seen, back, ahead = set(), 0, 0
for l in open("a.jsonl"):
    r = json.loads(l)
    if "id" not in r:
        continue
    seen.add(r["id"])
    for k, v in r.items():
        if k != "id" and isinstance(v, str) and v.split("-")[0] in ("lead", "account", "contact", "deal", "activity") and v.split("-")[-1].isdigit():
            back, ahead = back + (v in seen), ahead + (v not in seen)
print(back > 50 * ahead)
X
)" True

# The clock has gone on, the other database is somebody else's, and it shows nowhere.
export CRM_NOW=2027-03-04T05:06:07Z
fresh() { # LOGIN of its first admin, who acts from then on
	unset CRM_USER
	export CRM_DB="$work/b.db"
	rm -f "$CRM_DB" "$CRM_DB"-*
	crm-init --currency VND --timezone Asia/Ho_Chi_Minh --region VN -q
	sqlite3 "$CRM_DB" "update \"user\" set login = '$1', login_key = '$1', name = '$1', name_key = '$1' where id = 1"
	export CRM_USER="$1"
}
back() { # NAME SOURCE
	fresh stranger
	ok "$1" crm-import all $2 -q
	unset CRM_USER # who is no user here any more
	crm-export all >b.jsonl
	same "$1: byte for byte" b.jsonl a.jsonl
	rm -rf b
	crm-export all --folder b
	is "$1: as a folder too" "$(diff -r a b 2>&1 | head -5)" ''
	is "$1: every foreign key holds" "$(sqlite3 "$CRM_DB" 'pragma foreign_key_check; pragma integrity_check; select count(*) from pending_link')" \
		"$(printf 'ok\n0')"
	is "$1: one change" "$(sqlite3 "$CRM_DB" "select count(*) from change_set where program = 'crm-import'")" 1
	ok "$1: the doctor has no complaint" crm-doctor check counter keys orphan pending integrity
}
back 'a stream' a.jsonl
back 'a folder' a
tac a.jsonl >backwards.jsonl
back 'backwards' backwards.jsonl
is 'ids do not return' "$(crm-lead add name=new -o refs)" "lead-$(sed -n 's/.*"counter":"lead","next":\([0-9]*\).*/\1/p' a.jsonl)"
fresh stranger
ok 'from a pipe' sh -c 'crm-import all -q <a.jsonl'
unset CRM_USER
crm-import all a.jsonl >out 2>err
result $? 'once more'
has 'changes nothing' "created 0, updated 0, unchanged $(awk '{ n += $2 } END { print n }' counts), duplicate 0, skipped 0, rejected 0; committed" err
has 'and is counted by type' 'crm-import: deal: read ' err

# over a living database
crm-lead set lead-1 -q notes=x 2>/dev/null
crm-account set account-1 name=Other phone=0912345678 -q
crm-account add name=Newer -q
crm-import all a.jsonl -q
is 'what is there is set back' "$(crm-account show account-1 -f name,phone -o csv | tail -1)" '"Công ty ""Minh, Anh""",'
is 'what came later stays' "$(crm-account list Newer -o refs | wc -l)" 1

# all or nothing
fresh stranger
crm-export all >before.jsonl
{
	sed 5q a.jsonl
	echo '{"id":"lead-900","name":"good","status":"new","kind":"person"}'
	echo '{"id":"lead-901","name":"bad","status":"nowhere"}'
	echo '{"id":"leed-1","name":"whose"}'
	echo '{"name":"none"}'
	echo '{"counter":"leed","next":5}'
	echo '{broken'
} >bad.jsonl
status 1 'a wrong row' crm-import all bad.jsonl
has 'is named by its line' 'bad.jsonl:7: status: "nowhere"' err
has 'so is one of no type' 'bad.jsonl:8: id: "leed-1" is no reference such as lead-42' err
has 'and one without id' 'bad.jsonl:9: it has no id' err
has 'and an unknown counter' 'bad.jsonl:10: counter: there is no record type "leed"' err
has 'nothing goes in' 'nothing committed' err
crm-export all >after.jsonl
same 'nothing at all' after.jsonl before.jsonl
status 1 'or the others do' crm-import all bad.jsonl --rejects rejected.jsonl --summary sum.json
is 'the good row is in' "$(crm-lead show lead-900 -f name -o csv | tail -1)" good
is 'the rest is put aside' "$(python3 -c '
import json
for l in open("rejected.jsonl"): print(json.loads(l)["reject_line"])' | sort -n | tr '\n' ' ')" '7 8 9 10 11 '
is 'and counted' "$(python3 -c '
import json
s = json.load(open("sum.json")); print(s["rejected"], s["committed"], s["types"]["lead"]["created"])')" '5 True 1'
fresh stranger
ok 'a dry run' crm-import all a.jsonl -n
has 'is one' 'dry run, nothing committed' err
crm-export all >after.jsonl
same 'and leaves nothing' after.jsonl before.jsonl
status 1 '--max' crm-import all a.jsonl --max 5
crm-export all >after.jsonl
same 'leaves nothing' after.jsonl before.jsonl
mkdir strange
echo 'id,name' >strange/leed.csv
status 1 'a file that is no type'"'"'s' crm-import all strange
has 'is named' 'strange/leed.csv' err
status 2 '--map is for one type' crm-import all a.jsonl --map x=name

# folders are whole or the old ones
unset CRM_USER
export CRM_DB="$work/crm.db"
crm-lead add name=more -q
ok 'over an old one' crm-export all --folder a
is 'the new one' "$(grep -c . a/lead.csv)" "$(crm-export lead -o csv | grep -c .)"
cp -r a kept
status 3 'no room' sh -c 'ulimit -f 20; trap "" XFSZ; crm-export all --folder a'
is 'the old one stays' "$(diff -r a kept)" ''
is 'nothing is left over' "$(find . -maxdepth 1 -name 'a.*' -type d)" ''
echo mine >a/letter.txt
status 1 'files of others are not removed' crm-export all --folder a
is 'indeed' "$(cat a/letter.txt)" mine
status 2 'one CSV cannot hold it' crm-export all -o csv
status 2 'terms are for one type' crm-export all status:new
status 2 'options too' crm-export all -l 5
status 3 'a full disk' sh -c 'crm-export all >/dev/full'
ok 'spreadsheets' crm-export all --folder sheets --excel
fresh stranger
ok 'come back too' crm-import all sheets -q
unset CRM_USER
crm-export all >b.jsonl
CRM_DB=crm.db crm-export all >a.jsonl
same 'without loss' b.jsonl a.jsonl
done_testing
