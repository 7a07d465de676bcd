#!/bin/sh
# What is exported comes back into a new database as it was, to the byte: every
# record type, links and system fields and all, in any order of the types, with
# naughty strings in every text field.
# shellcheck disable=SC2086
. tests/lib.sh
blns=$data/blns/blns.json
[ -r "$blns" ] || skip_all "no $blns"
types="user team account contact lead deal stage_change activity"

vietnam

# One record a string, the string in every text field; `keep` says what each type needs besides.
cat >naughty.py <<'X'
import json, subprocess, sys, re
strings = json.load(open(sys.argv[1], encoding="utf-8"))
need = {"contact": {"account": "account-1"}, "deal": {"account": "account-2", "amount": 1500000},
        "activity": {"kind": "note", "lead": "lead-1", "deal": "deal-1", "reply_to": "activity-1"},
        "account": {"kind": "org"}}
for kind in ["user", "team", "account", "contact", "lead", "deal", "activity"]:
    help = subprocess.run(["crm-" + kind, "--help"], capture_output=True, text=True).stdout
    fields = re.findall(r"^  (\w+) +(?:text|code) +", help, re.M)
    fields = [f for f in fields if f not in ("login",) and (kind, f) not in (("activity", "repeats"), ("user", "shift"))]
    assert fields, help
    with open(kind + ".in", "w", encoding="utf-8") as out:
        for i, s in enumerate(strings):
            r = {f: s for f in fields}
            if kind == "user":
                r["login"] = "u%d" % i
            r.update(need.get(kind, {}))
            if kind == "activity" and i == 0:
                del r["reply_to"]
            json.dump(r, out, ensure_ascii=i % 2 == 0)
            out.write("\n")
X
crm-account add name='Công ty "Minh, Anh"' parent=1 2>/dev/null
ok "an account" crm-account add name='Công ty "Minh, Anh"' annual_revenue=15tr tags+='vip;a b' owner=lan
ok "an account in dinars" crm-account add name='Kuwait' currency=KWD annual_revenue=1,234 parent=account-1
ok "a lead" crm-lead add name='Trần Thị Minh' phone='090 123 4567' owner=mai birth_date=--05-17 do_not_call=true score=55
ok "a boss" crm-contact add name=Boss account=1
ok "who reports to whom" crm-contact add name=Clerk account=1 reports_to=contact-1 is_primary=true
ok "… the other way round" crm-contact add name=Chief account=1
ok "… the other way round" crm-contact set contact-1 reports_to=contact-3
ok "a deal" crm-deal add name='Đá' account=1 contact=2 lead=1 amount=20tr owner=lan
ok "that moves" crm-deal set deal-1 stage=proposal
ok "and is won" crm-deal set deal-1 stage=won
ok "another that is lost" crm-deal add name=x account=2 amount=1,234 currency=KWD stage=lost lost_reason=price
ok "shared by two" crm-deal set deal-1 collaborators='lan:60;mai:40'
ok "a call" crm-activity add kind=call lead=1 outcome=connected quality=80 done_at=2026-11-20T09:00
ok "a plan" crm-activity add kind=task deal=1 due_at=tomorrow owner=mai priority=high subject='call'
ok "a team has a manager" crm-team set team-1 manager=lan
ok "the admin has a team" crm-user set user-1 team=hanoi
python3 naughty.py "$blns" || exit 1
for t in user team account contact lead deal activity; do
	crm-import $t $t.in --rejects $t.bad -q >/dev/null 2>&1
	all=$(wc -l <$t.in) bad=$(wc -l <$t.bad)
	[ "$bad" -lt $((all / 10)) ] || [ $t = team ]
	result $? "naughty strings in every text of $t ($bad of $all rows are refused)"
done

cat >stored.py <<'X'
import json, re, sqlite3, sys, unicodedata
strings = json.load(open(sys.argv[1], encoding="utf-8"))
db = sqlite3.connect(sys.argv[2])
def trimmed(s):
    s = unicodedata.normalize("NFC", s)
    blank = lambda c: c.isspace() or unicodedata.category(c) in ("Zs", "Zl", "Zp") or c in "\u200b\u200c\u200d\u2060\ufeff\u180e" or unicodedata.category(c) == "Cf"
    while s and blank(s[0]): s = s[1:]
    while s and blank(s[-1]): s = s[:-1]
    return s
wanted = {trimmed(s) for s in strings} - {""}
have = {r[0] for r in db.execute("select notes from lead where notes is not null and id > 1")}
for s in sorted(wanted - have): print("altered or lost:", ascii(s))
for s in sorted(have - wanted): print("came from nowhere:", ascii(s))
X
ok "none was altered" python3 stored.py "$blns" "$CRM_DB"
is "none was altered" "$(cat out)" ""

for t in $types; do
	for f in csv jsonl; do
		crm-export $t -o $f --out a.$t.$f 2>err || show err
	done
done
is "every type has records" "$(for t in $types; do [ "$(wc -l <a.$t.jsonl)" -gt 1 ] || echo $t; done)" ""

# The clock has gone on meanwhile, and it shows nowhere.
export CRM_NOW=2027-03-04T05:06:07Z
round_trip() { # FORMAT TYPES
	export CRM_DB="$work/b.db"
	rm -f "$CRM_DB" "$CRM_DB"-*
	crm-init --currency VND --timezone Asia/Ho_Chi_Minh --region VN -q
	for t in $2; do
		crm-import $t a.$t.$1 --summary $t.sum >out 2>err
		code=$?
		[ $code -eq 0 ] || { result $code "import of $t"; show err; }
	done
	for t in $types; do
		for f in csv jsonl; do
			crm-export $t -o $f >b.$t.$f
			same "$1, $t first in '$2': $t as $f" b.$t.$f a.$t.$f
		done
	done
	is "no link is left over" "$(sqlite3 "$CRM_DB" 'select count(*) from pending_link')" 0
	is "every foreign key holds" "$(sqlite3 "$CRM_DB" 'pragma foreign_key_check; pragma integrity_check')" ok
	for t in $2; do
		crm-import $t a.$t.$1 >out 2>err
		result $? "$t once more"
		has "… changes nothing" "created 0, updated 0, unchanged $(wc -l <a.$t.jsonl), duplicate 0, skipped 0, rejected 0" err
	done
}
round_trip csv "$types"
round_trip jsonl "activity stage_change deal lead contact account team user"
round_trip csv "contact activity user account stage_change team deal lead"
is "links that waited were counted" "$(sed 's/.*"pending":\([0-9]*\).*/\1/' activity.sum | awk '{ print ($1 > 0) }')" 1

export CRM_DB="$work/crm.db"
status 2 "an unknown type is a usage error" crm-export leed
has "that names the nearest" "did you mean lead?" err
ok "terms select" crm-export account currency:KWD -f id,name,annual_revenue -o csv
is "and -f chooses" "$(cat out)" "id,name,annual_revenue
account-2,Kuwait,1.234"
ok "for spreadsheets" crm-export account -w 'id = account-1' -f name --excel
is "with BOM and CRLF" "$(head -c 11 out | od -An -c | tr -d ' ')" '357273277name\r\n"C'
echo old >kept.csv
status 2 "a wrong expression" crm-export lead -w 'scor > 1' --out kept.csv
is "leaves the old file" "$(cat kept.csv)" old
status 3 "a full disk is noticed" crm-export lead --out /dev/full
status 3 "on stdout too" sh -c 'crm-export lead >/dev/full'
status 3 "a folder that is not there" crm-export lead --out none/x.csv
is "no temporary file is left" "$(find . -name 'kept.csv.*' | wc -l)" 0

# what a restore must not do
export CRM_DB="$work/restore.db" CRM_NOW=2026-11-21T02:30:00Z
crm-init --currency VND --timezone Asia/Ho_Chi_Minh --region VN -q
crm-account add name=A -q
crm-contact add name=First account=1 -q
printf 'id,name,account,is_primary\ncontact-9,z,account-1,true\n' | crm-import contact -q
is 'a restored main contact is the only one' "$(crm-contact list is_primary:true -o refs)" contact-9
crm-deal add name=D account=A amount=5 stage=won -q
crm-export deal -o csv >d.csv
crm-deal rm deal-1 -q
is 'a removed win takes the customer back' "$(crm-account show 1 -f type -o csv | tail -1)" prospect
crm-import deal d.csv -q
is 'a restored one brings it again' "$(crm-account show 1 -f type,customer_since -o csv | tail -1)" \
	customer,2026-11-21
printf 'id,name,status,kind\nlead-9223372036854775807,X,new,person\n' >huge.csv
status 1 'an id beyond all numbers is refused' crm-import lead huge.csv
is 'and the counter is as it was' "$(crm-lead add name=after -o refs)" lead-1
printf 'name,created_at\nafter,""\n' | crm-import lead --match name -q
is 'when a record was made is never cleared' \
	"$(crm-lead show 1 -f created_at -o csv | tail -1)" 2026-11-21T02:30:00Z
printf 'id,name,status,owner\nlead-7,a,new,zoe\n' | crm-import lead -q
crm-lead set lead-7 owner= -q
crm-user add login=zoe phone=0912345678 -q
is 'a link that was cleared waits for nobody' "$(crm-lead show lead-7 -f owner -o csv | tail -1)" ''
is 'a phone number names a user' \
	"$(crm-lead set lead-7 owner=0912345678 -f owner -o csv | tail -1)" zoe
printf 'id,login,role,active,on_duty\nuser-1,somebody,admin,true,true\n' >user.csv
status 1 'the first admin stays who he is while records name him' crm-import user user.csv
has 'and the message says what to do' 'bring the users back before anything else' err
printf 'external_id,name,parent\n1,P,\n2,Q,\n3,R,\n' | crm-import account -q
printf 'external_id,name,parent\n2,Q,P\n1,Z,\n3,R,P\n' >renamed.csv
status 1 'a name that is nobody'"'"'s any more is looked up again' \
	crm-import account renamed.csv --match external_id
# What was begun is gone when somebody ends the program.
cat >end.py <<'X'
import os, signal, subprocess, sys, time
sig = getattr(signal, "SIG" + sys.argv[1])
signal.signal(sig, signal.SIG_DFL)
p = subprocess.Popen(["crm-import", "lead", "--rejects", "begun.csv", "-q", "-"], stdin=subprocess.PIPE)
while p.poll() is None and not [f for f in os.listdir(".") if f.startswith("begun.csv.")]:
    time.sleep(0.01)
time.sleep(0.1)
p.send_signal(sig)
sys.exit(-p.wait() != sig)
X
for sig in INT TERM HUP; do
	ok "$sig ends it" python3 end.py $sig
	is "$sig leaves nothing" "$(find . -name 'begun*')" ''
done
done_testing
