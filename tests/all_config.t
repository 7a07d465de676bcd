#!/bin/sh
# The configuration goes with everything: what an admin made of a database comes back in
# another one, before the records that need it, and over one that is in use.
# shellcheck disable=SC2086
. tests/lib.sh
blns=$data/blns/blns.json
[ -r "$blns" ] || skip_all "no $blns"

vietnam
crm-config show >shipped.yaml
cat >ours.py <<'X2'
import re
t = open("shipped.yaml", encoding="utf-8").read()
def cut(name):
    return re.search(r"(?m)^%s:\n(?:[ #].*\n|- .*\n)*" % name, t).group()
picks, pipes, roles = cut("picklists"), cut("pipelines"), cut("roles")
source = re.search(r"  lead.source:\n(?:    - .*\n)*", picks).group()
lines = [re.sub(r"- zalo:.*", "- zalo: {en: Zalo, retired: true}", l) for l in source.splitlines()]
out = ["picklists:"] + lines + ["    - tiktok: TikTok shop", "  lead.floor:", "  - low: {en: Low, vi: Thấp}",
       "  - high: {en: 'High: 9+', vi: Cao}"]
out += ["fields:", "  lead:",
        "  - floor_area: {type: number, en: Floor area, vi: Diện tích, required: true, default: '12.5'}",
        "  - floor: {type: picklist, en: Floor, vi: Tầng, indexed: true}",
        "  - seller: {type: reference, ref: account, en: Seller, vi: Bên bán}",
        "  - old_note: {type: text, en: Old note, vi: Ghi chú cũ}",
        "  account:", "  - note_1: {type: text, en: Note 1, vi: Ghi chú 1, indexed: true}",
        "  - story: {type: long_text, en: Story, vi: Chuyện}", "  - hash: {type: tags, en: Hash, vi: Thẻ}",
        "  deal:", "  - wish: {type: text, en: Wish, vi: Mong muốn}", "  - deposit: {type: money, en: Deposit, vi: Cọc}",
        "  - keeper: {type: reference, ref: user, en: Keeper, vi: Người giữ}",
        "  ticket:", "  - room: {type: text, en: Room, vi: Phòng}",
        "  - counter: {type: text, en: Desk, vi: Quầy}", "  - config: {type: text, en: Setup, vi: Cấu hình}"]
pipes = pipes.replace("- discovery: {", "- discover: {was: discovery, ")
out += [pipes.rstrip(), "  renewal:", "  - ask: {en: Ask, vi: Hỏi, probability: 30}",
        "  - won: {en: Won, vi: Thắng, kind: won}", "  - lost: {en: Lost, vi: Thua, kind: lost}"]
out += ["roles:", "- rep: {read: own, write: own, export: false}", "strangers: refused"]
open("ours.yaml", "w", encoding="utf-8").write("\n".join(out) + "\n")
X2
crm-account add name='Công ty Bán Nhà' -q
crm-lead add name='Cũ' source=zalo owner=lan -q
crm-deal add name=Old account=1 stage=discovery amount=5tr -q
ok 'what an admin wants' python3 ours.py
ok 'is the configuration' crm-config apply ours.yaml
is 'a renamed stage' "$(crm-deal show 1 -f stage -o csv | tail -1)" discover

# hostile values in the custom fields of several record types
cat >naughty.py <<'X2'
import json, sys
strings = json.load(open(sys.argv[1], encoding="utf-8"))
kinds = {
    "lead": ["old_note"], "account": ["note_1", "story", "hash"], "deal": ["wish"], "ticket": ["room", "counter", "config"],
}
rest = {
    "lead": lambda i: {"phone": "0912%06d" % i, "floor_area": "%d.%d" % (i, i % 10 + 1),
                       "floor": ["low", "high", None][i % 3], "seller": ["account-1", None][i % 2]},
    "account": lambda i: {"name": "A%d" % i}, "ticket": lambda i: {"subject": "S%d" % i, "account": "account-1"},
    "deal": lambda i: {"name": "D%d" % i, "account": "account-1", "deposit": 100000 + i, "keeper": ["lan", "mai"][i % 2],
                       "pipeline": ["sales", "renewal"][i % 2], "stage": ["discover", "ask"][i % 2]},
}
for kind, fields in kinds.items():
    with open(kind + ".in", "w", encoding="utf-8") as out:
        for i, s in enumerate(strings):
            json.dump({**{f: s for f in fields}, **rest[kind](i)}, out, ensure_ascii=False)
            out.write("\n")
X2
ok 'naughty strings' python3 naughty.py "$blns"
for f in *.in; do
	crm-import ${f%.in} $f --rejects ${f%.in}.bad -q >/dev/null 2>&1
	is "most of ${f%.in} is in" "$(crm-"${f%.in}" count | awk '{ print ($1 > 400) }')" 1
done
sed '/- old_note:/s/}/, retired: true}/' ours.yaml >retired.yaml
ok 'a field retires, with what is in it' crm-config apply retired.yaml
filled=$(sqlite3 "$CRM_DB" 'select count(old_note) from lead')

crm-config show >config.yaml
crm-export all >a.jsonl
crm-export all --folder a
ok 'sound' crm-doctor check --severity error
is 'the configuration comes first' "$(head -1 a.jsonl | cut -c1-11)" '{"config":"'
is 'as crm-config shows it, but for teams and users' \
	"$(head -1 a.jsonl | python3 -c 'import json, sys; sys.stdout.write(json.loads(sys.stdin.readline())["config"])')" \
	"$(crm-config show | awk 'BEGIN { RS = ""; ORS = "\n\n" } !/\n(teams|users):/')"
is 'in a folder it is a file' "$(cat a/config.yaml)" \
	"$(head -1 a.jsonl | python3 -c 'import json, sys; sys.stdout.write(json.loads(sys.stdin.readline())["config"])')"
is 'references have none' "$(crm-export all -o refs | head -1)" user-1
lists() {
	for t in lead account contact deal ticket activity user team stage_change; do
		crm-export $t -o csv
		case $t in stage_change) ;; *) crm-$t list -f '*' -s id -o json ;; esac
	done
}
lists >lists.txt

# another database, another currency and zone, another first admin
fresh() {
	unset CRM_USER
	export CRM_DB="$work/b.db"
	rm -f "$CRM_DB" "$CRM_DB"-*
	crm-init --currency USD --timezone Europe/Berlin --region DE -q
	sqlite3 "$CRM_DB" "update \"user\" set login = 'stranger', login_key = 'stranger', name = 'S', name_key = 's' where id = 1"
	export CRM_USER=stranger
}
back() { # NAME SOURCE
	fresh
	ok "$1" crm-import all $2 -q
	unset CRM_USER
	crm-config show >got.yaml
	same "$1: the configuration" got.yaml config.yaml
	lists >got.txt
	same "$1: every list, every field" got.txt lists.txt
	crm-export all >b.jsonl
	same "$1: byte for byte" b.jsonl a.jsonl
	rm -rf b
	crm-export all --folder b
	is "$1: as a folder too" "$(diff -r a b 2>&1 | head -5)" ''
	is "$1: what a retired field holds" "$(sqlite3 "$CRM_DB" 'select count(old_note) from lead')" "$filled"
	is "$1: one change" "$(sqlite3 "$CRM_DB" "select count(*) from change_set where program = 'crm-import'")" 1
	ok "$1: sound" crm-doctor --severity error
}
back 'a stream' a.jsonl
back 'a folder' a
fresh
ok 'a pipe' sh -c 'cat a.jsonl | crm-import all -q'
unset CRM_USER
crm-export all >b.jsonl
same 'likewise' b.jsonl a.jsonl
fresh
mkfifo pipe
cat a.jsonl >pipe &
ok 'a named pipe' crm-import all pipe -q
unset CRM_USER
crm-export all >b.jsonl
same 'as well' b.jsonl a.jsonl
{ head -1 a.jsonl; sed 1d a.jsonl | tac; } >backwards.jsonl
back 'records backwards' backwards.jsonl
ok 'again' crm-import all a.jsonl
is 'says nothing of a configuration' "$(grep -c config: err)" 0
has 'changes nothing' 'created 0, updated 0' err

# what would be
fresh
crm-export all >before.jsonl
ok 'a dry run' crm-import all a.jsonl -n
has 'tells differences' 'crm-import: config: + fields lead: floor_area' err
has 'and currency' 'config: ~ currency: USD → VND' err
has 'and counts' 'dry run, nothing committed' err
crm-export all >after.jsonl
same 'and leaves nothing' after.jsonl before.jsonl
ok 'with an account' crm-import all a.jsonl --summary sum.json
has 'of differences' 'crm-import: config: ' err
is 'in the summary too' "$(python3 -c 'import json; print(json.load(open("sum.json"))["config"] > 10)')" True

# older exports, and what is wrong
fresh
sed 1d a.jsonl | grep -v '^{"id":"lead\|^{"id":"deal\|^{"id":"ticket\|^{"id":"account\|stage_change' >old.jsonl
ok 'an export without a configuration' crm-import all old.jsonl -q
fresh
status 1 'fields that are not there' sh -c 'sed 1d a.jsonl | crm-import all -q'
crm-export all >after.jsonl
same 'leave nothing' after.jsonl before.jsonl
python3 - <<'X2'
import json
lines = open("a.jsonl", encoding="utf-8").read().split("\n")
text = json.loads(lines[0])["config"].replace("kind: won", "kind: wonn", 1)
open("wrong.jsonl", "w").write("\n".join([json.dumps({"config": text})] + lines[1:]))
open("late.jsonl", "w").write("\n".join(lines[1:5] + lines[:1] + lines[5:]))
open("two.jsonl", "w").write("\n".join([lines[0], '{"config":"region: VN\\n"}'] + lines[1:]))
import os
os.mkdir("wrong")
open("wrong/config.yaml", "w").write(text)
at = text.split("kind: wonn")[0]
open("where", "w").write("%d:%d" % (at.count("\n") + 1, len(at.split("\n")[-1] + "kind: ") + 1))
X2
status 1 'a wrong configuration' crm-import all wrong.jsonl
has 'is shown its place' "wrong.jsonl:1: config:$(cat where): pipelines." err
has 'once' 'nothing committed' err
status 1 'in a folder' crm-import all wrong
has 'likewise' "wrong/config.yaml:$(cat where): pipelines." err
status 1 'one behind records' crm-import all late.jsonl
has 'is refused' 'late.jsonl:5: config: it must come before the records' err
status 1 'two' crm-import all two.jsonl
has 'are one too many' 'two.jsonl:2: config: it is another one than that of two.jsonl:1' err
crm-export all >after.jsonl
same 'all of that leaves nothing' after.jsonl before.jsonl
status 1 'a currency stays where there are amounts' sh -c 'crm-account add name=x annual_revenue=5 -q && crm-import all a.jsonl'
has 'and says where' 'a.jsonl:1: config:' err
crm-user add login=rep role=rep -q
CRM_USER=rep status 1 'only an admin brings a configuration' crm-import all a.jsonl
has 'is said' 'admin' err

# over a living database
unset CRM_USER
export CRM_DB="$work/crm.db"
cat >living.yaml <<'X2'
picklists:
  lead.floor:
  - low: {en: Lower, vi: Thấp hơn}
  - high: {en: 'High: 9+', vi: Cao}
  - roof: Roof
X2
ok 'somebody goes on' crm-config apply living.yaml
crm-lead add name=Roof floor=roof -q
crm-account add name=Newer -q
ok 'an older state over it' crm-import all a.jsonl
has 'says what differs' 'config: ' err
is 'what came later is retired' "$(crm-config show picklists | grep -c 'roof: .*retired: true')" 1
is 'and stays where it is held' "$(crm-lead list Roof -f floor -o csv | tail -1)" roof
is 'labels are the old ones' "$(crm-config show picklists | sed -n '/lead.floor:/,/high/s/.*- low: {en: \([A-Za-z]*\),.*/\1/p')" Low
is 'records that came later stay' "$(crm-account list Newer -o refs | wc -l)" 1
done_testing
