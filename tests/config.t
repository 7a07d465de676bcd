#!/bin/sh
# crm-config: what is shown is what apply takes, every mistake has its place, names change
# with the records that hold them, and nothing is written where anything is wrong.
. tests/lib.sh

vietnam
sql() { sqlite3 "$CRM_DB" "$@"; }
apply() { # TEXT OPTION…: of a text with \n in it
	text=$1
	shift
	printf '%b' "$text" | crm-config apply "$@"
}
# what NAME TEXT STATUS WANTED: both streams of apply
what() {
	got=$(apply "$2" 2>&1)
	is "$1" "$? $got" "$3 $4"
}
sets() { sql 'select count(*) from change_set'; }

# -- round trip --
crm-config show >shown.yaml
python3 -c 'import yaml' 2>/dev/null && ok 'another YAML reader takes what is shown' \
	python3 -c 'import sys, yaml
text = yaml.safe_load(open("shown.yaml"))
assert text["currency"] == "VND" and text["digits"] == "1.234,5", text
assert {"zalo": "Zalo"} in text["picklists"]["lead.source"]
assert all(isinstance(k, str) for l in text["picklists"].values() for i in l for k in i)'
before=$(sets)
crm-config show | crm-config apply - >out 2>&1
is 'show | apply changes nothing and says so by silence' "$? $(cat out)" '0 '
is 'nor does it write a change set' "$(sets)" "$before"
crm-config check shown.yaml >out 2>&1
is 'check is quiet' "$? $(cat out)" '0 '
crm-config show pipelines users >out
is 'sections by name' "$(grep -c '^[a-z]' out)" 2
status 2 'a section that is none' crm-config show pipline
is 'is named' "$(cat err)" 'crm-config: no section "pipline"; did you mean pipelines?'
what 'an empty file' '' 0 ''
what 'nothing but comments' '# x\n---\n' 0 ''

# -- what is wrong, and where --
what 'an unknown section' 'zone: UTC\npiklists: {}\n' 1 \
	'crm-config: <stdin>:1:1: no section "zone"
crm-config: <stdin>:2:1: no section "piklists"; did you mean picklists?'
what 'a key twice' 'region: VN\nregion: US\n' 1 \
	'crm-config: <stdin>:2:1: key "region" stands in line 1 already'
what 'an alias' 'region: &a VN\ncurrency: *a\n' 1 \
	'crm-config: <stdin>:1:9: anchors (&) and aliases (*) are not taken; quote a text that begins so'
what 'a tab' 'picklists:\n\tkind: []\n' 1 \
	'crm-config: <stdin>:2:1: not YAML: found character that cannot start any token (while scanning for the next token that begins in line 2)'
what 'what is no UTF-8' 'region: \0377\n' 1 'crm-config: <stdin>:1:9: byte 0xff is not UTF-8'
what 'a list for a map' 'pipelines: [a]\n' 1 'crm-config: <stdin>:1:12: pipelines: a list where a map is due'
what 'a map for a list' 'users: {a: b}\n' 1 'crm-config: <stdin>:1:8: users: a map where a list (- …) is due'
what 'a text alone' 'hello\n' 1 'crm-config: <stdin>:1:1: a text where "section: …" is due'
what 'currency, zone, region' 'currency: VNDD\ntimezone: Asia/Hanoi\nregion: XX\n' 1 \
	'crm-config: <stdin>:1:11: currency: "VNDD" is no ISO 4217 currency
crm-config: <stdin>:2:11: timezone: unknown time zone "Asia/Hanoi" (an IANA name such as Asia/Ho_Chi_Minh)
crm-config: <stdin>:3:9: region: "XX" is no ISO 3166 country'
what 'words of a closed set' 'date_order: dym\nlanguage: [vi]\n' 1 \
	'crm-config: <stdin>:1:13: date_order: "dym" is none of: dmy, mdy, ymd
crm-config: <stdin>:2:11: language: a list where a text is due'
what 'every mistake of a list' 'picklists:\n  lead.rating:\n  - hot: {eng: Hot}\n  - a b\n  - [c]\n  - d: {retired: maybe}\n  - d\n  lead.sorce: [x]\n  deal.stage: [y]\n' 1 \
	'crm-config: <stdin>:4:5: picklists.lead.rating: "a b": blanks, quotes, brackets and , ; : = | & \ are nothing for a key
crm-config: <stdin>:5:5: picklists.lead.rating: a list where "- key: {…}" is due
crm-config: <stdin>:7:5: picklists.lead.rating.d: stands in line 6 already
crm-config: <stdin>:3:11: picklists.lead.rating.hot: there is no "eng" here; did you mean en?
crm-config: <stdin>:6:18: picklists.lead.rating.d.retired: true or false is due
crm-config: <stdin>:8:3: picklists.lead.sorce: no field takes its values from it; did you mean lead.source?
crm-config: <stdin>:9:3: picklists.deal.stage: its values come from the pipelines'
what 'every mistake of a pipeline' 'pipelines:\n  sales:\n  - a: {probability: 101}\n  - b: {kind: wonn}\n  - c: {kind: won, probability: 50}\n  - d: {probability: 5, require: [amont]}\n  - e: {probability: 5, activities: cal}\n  - f: {probability: 4, stale: 3x}\n  - g\n  - h: {was: discovry, probability: 3}\n' 1 \
	'crm-config: <stdin>:3:22: pipelines.sales.a.probability: a number from 0 to 100 is due
crm-config: <stdin>:4:15: pipelines.sales.b: "wonn" is none of: open, won, lost; did you mean won?
crm-config: <stdin>:5:33: pipelines.sales.c: a won stage has probability 100
crm-config: <stdin>:6:34: pipelines.sales.d: deals have no field "amont"; did you mean amount?
crm-config: <stdin>:7:37: pipelines.sales.e: "cal" is no kind of activity; did you mean call?
crm-config: <stdin>:8:32: pipelines.sales.f: "3x" is no time such as 14d or 2w (up to ten years)
crm-config: <stdin>:9:5: pipelines.sales.g: an open stage needs its probability
crm-config: <stdin>:10:14: pipelines.sales.h: there is no stage "discovry"; did you mean discovery?'
what 'no stage to lose in' 'pipelines:\n  sales: [discovery, won]\n' 1 \
	'crm-config: <stdin>:2:10: pipelines.sales: it has no stage of kind lost'
what 'two pipelines of one name' 'pipelines:\n  a: []\n  a: []\n' 1 \
	'crm-config: <stdin>:3:3: key "a" stands in line 2 already'
what 'no pipeline' 'pipelines: {}\n' 1 \
	'crm-config: <stdin>:1:12: pipelines: deals need a pipeline that is not retired'
me=$(id -un)
what 'mistakes of users' "users:\n- $me\n- ann: {team: nord, email: foo@@bar, role: boss, eml: x}\n" 1 \
	'crm-config: <stdin>:3:50: users.ann: there is no "eml" here; did you mean email?
crm-config: <stdin>:3:28: users.ann.email: "foo@@bar" is not an e-mail address
crm-config: <stdin>:3:44: users.ann.role: "boss" is none of: admin manager rep viewer
crm-config: <stdin>:3:15: users.ann.team: there is no team "nord"'
what 'an admin must remain' "users:\n- $me: {role: rep}\n" 1 \
	"crm-config: <stdin>:2:3: users.$me: the last admin; make somebody else one first"
what 'the one who applies' "users:\n- ann: {role: admin}\n- $me: {role: rep}\n" 1 \
	"crm-config: <stdin>:2:1: users: \"$me\" would not be an admin any more; that takes another admin"
is 'after all that it is as it was' "$(crm-config show | cmp - shown.yaml && sets)" "$before"
awk 'BEGIN { for (i = 0; i < 200000; i++) printf "[" }' >deep.yaml
status 1 'brackets without end' crm-config apply deep.yaml
is 'are too deep' "$(cat err)" 'crm-config: deep.yaml:1:33: nested too deep'
awk 'BEGIN { printf "picklists: {lead.rating: [{hot: "; for (i = 0; i < 1000000; i++) printf "x"; print "}]}" }' >long.yaml
status 1 'a label of a megabyte' crm-config apply long.yaml
is 'is too long' "$(cat err)" 'crm-config: long.yaml:1:33: picklists.lead.rating.hot: the text is longer than 1000 bytes'
printf 'region: V\0N\n' | crm-config apply - >out 2>&1
is 'a NUL' "$?" 1
what 'BOM and CR LF' '\0357\0273\0277date_order: ymd\r\nlanguage: vi\r\n' 0 '~ date_order: dmy → ymd
~ language: en → vi'
status 1 'terminal escapes in a label' apply 'picklists: {lead.rating: [{hot: "\\e[31mred"}]}\n'
ok 'and quotes are no SQL' apply "picklists: {lead.rating: [{\"x--y\": \"'); drop table lead; --\"}, hot, warm, cold]}\n"
is 'but a label' "$(crm-config show picklists | grep 'drop table')" "    - x--y: \"'); drop table lead; --\""

# -- settings --
crm-lead add name=An phone=0901234567 source=landing_page budget=100 -q
crm-lead add name=Bo source=card -q
what 'the currency stays once there are amounts' 'currency: USD\n' 1 \
	'crm-config: <stdin>:1:11: currency: there are leads whose amounts are in VND; that stays'
ok 'another region' apply 'region: US\n'
is 'the numbers without country code belong to it' \
	"$(sql "select count(*) from lead where phone_key = '+84901234567'")" 0
ok 'and back' apply 'region: VN\n'
is 'as before' "$(sql 'select phone_key from lead where id = 1')" '+84901234567'

# -- picklists --
cat >source.yaml <<'END'
picklists:
  lead.source:
    - landing: {was: landing_page, vi: Trang đích mới}
    - zalo
    - card
    - tiktok: TikTok
END
crm-config apply -n source.yaml >dry
is 'a dry run writes nothing' "$(crm-lead show 1 -f source -o csv | tail -1)" landing_page
crm-config apply source.yaml >out
same 'it says what really happens' dry out
is 'a value renamed' "$(sed -n 1,2p out)" '~ picklists lead.source: landing_page renamed landing (1 record)
~ picklists lead.source.landing: vi "Trang đích" → "Trang đích mới"'
has 'a new one' '+ picklists lead.source: tiktok' out
has 'one left out' '- picklists lead.source: website retired' out
is 'the record follows' "$(crm-lead show 1 -f source -o csv | tail -1)" landing
is 'with its history' "$(sql "select op, json_extract(before, '$.source'), json_extract(before, '$.rev') from change where entity = 'lead' order by id desc limit 1")" 'u|landing_page|1'
is 'in the change set of the configuration, which comes first' \
	"$(sql "select group_concat(entity, ' ') from (select entity from change where change_set = (select max(id) from change_set) order by id)")" \
	'config lead'
is 'what was there before' "$(sql "select json_extract(before, '$.yaml') like '%landing_page: {en: Landing page, vi: Trang đích}%' from change where entity = 'config' order by id desc limit 1")" 1
is 'once more, and nothing changes' "$(crm-config apply source.yaml)" ''
crm-config show >now.yaml
is 'nor from show' "$(crm-config apply now.yaml)" ''
status 1 'a retired value is not taken' crm-lead set 1 source=website
is 'but listed as retired' "$(grep -c '^    - website: .*retired: true' now.yaml)" 1
is 'as-of knows the old one' "$(crm-lead list -f source --as-of 2026-11-21T02:29:59Z -o csv | wc -l)" 1
what 'a merge' 'picklists: {lead.source: [{zalo: {was: landing}}, card, tiktok]}\n' 0 \
	'~ picklists lead.source: landing merged into zalo (1 record)'
is 'of records too' "$(sql "select count(*) from lead where source = 'zalo'")" 1
what 'a value that the program needs' 'picklists: {lead.status: [{neu: {was: new}}], deal.lost_reason: [price], account.type: [{prospect: {retired: true}}], account.tier: []}\n' 1 \
	'crm-config: <stdin>:1:39: picklists.lead.status.neu: "new" cannot be renamed: the program itself needs it
crm-config: <stdin>:1:65: picklists.deal.lost_reason: "other" cannot be left out: the program itself needs it
crm-config: <stdin>:1:90: picklists.account.type.prospect: it cannot be retired: the program itself needs it
crm-config: <stdin>:1:133: picklists.account.tier: fields take their values from it; it needs one'
what 'or a default' 'picklists: {deal.forecast: [best, omitted]}\n' 1 \
	'crm-config: <stdin>:1:28: picklists.deal.forecast: "pipeline" cannot be left out: it is the default of deal.forecast'
what 'its label may change' 'picklists: {lead.status: [{new: {en: Fresh}}]}\n' 0 '~ picklists lead.status.new: en "New" → "Fresh"'
what 'two that change places' 'picklists: {lead.rating: [{hot: {was: warm}}, {warm: {was: hot}}]}\n' 1 \
	'crm-config: <stdin>:1:39: picklists.lead.rating.hot: "warm" stands in this list too
crm-config: <stdin>:1:60: picklists.lead.rating.warm: "hot" stands in this list too'
what 'order' 'picklists: {account.tier: [gold, vip, silver, normal]}\n' 0 '~ picklists account.tier: order'
what 'a list of one'"'"'s own' 'picklists: {colour: [{red: Đỏ}, {"x y": z}]}\n' 1 \
	'crm-config: <stdin>:1:34: picklists.colour: "x y": blanks, quotes, brackets and , ; : = | & \ are nothing for a key'
what 'is made' 'picklists: {colour: [{red: Đỏ}, blue]}\n' 0 '+ picklists colour: red
+ picklists colour: blue'

# -- pipelines --
crm-account add name=Acc kind=org -q
crm-deal add name=D1 account=account-1 amount=100 -q
crm-deal add name=D2 account=account-1 amount=100 stage=proposal probability=70 -q
crm-deal add name=D3 account=account-1 amount=100 stage=proposal -q
what 'a stage with deals in it' 'pipelines:\n  sales: [proposal, won, lost]\n' 1 \
	'crm-config: <stdin>:2:10: pipelines.sales: discovery is left out, but 1 deal is in it; move it first, or say "was: discovery" where it got another name'
what 'nor of another kind' 'pipelines:\n  sales: [{discovery: {kind: won}}, {proposal: {}}, won, lost]\n' 1 \
	'crm-config: <stdin>:2:30: pipelines.sales.discovery: 1 deal is in it; its kind stays open'
what 'stages' 'pipelines:\n  sales:\n    strict: true\n    stages:\n    - find: {was: discovery, probability: 15, require: [amount]}\n    - proposal: {probability: 60, stale: 2w}\n    - won: {kind: won}\n    - lost: {kind: lost}\n' 0 \
	'~ pipelines sales: strict false → true
~ pipelines sales: discovery renamed find (1 deal)
~ pipelines sales.find: probability 10 → 15
~ pipelines sales.find: stale 14d → never
~ pipelines sales.find: require none → amount
~ pipelines sales.proposal: probability 50 → 60
- pipelines sales: negotiation retired'
is 'deals follow, but those with a chance of their own' \
	"$(crm-deal list -f id,stage,probability -s id -o csv | tail -3 | tr '\n' ' ')" \
	'deal-1,find,15 deal-2,proposal,70 deal-3,proposal,60 '
is 'so does the history of stages' "$(crm-pipeline history deal-1 -f stage -o csv | tail -1)" find
status 1 'a stage that is retired takes no deal' crm-deal set 1 stage=negotiation
ok 'what it requires' crm-pipeline move deal-1 proposal -q
what 'the pipeline renamed, another made' 'pipelines:\n  deals:\n    was: sales\n  partner:\n    en: Partners\n    stages: [{talk: {probability: 5}}, {won: {kind: won}}, {lost: {kind: lost}}]\n' 0 \
	'~ pipelines: sales renamed deals (7 records)
~ pipelines deals: strict true → false
+ pipelines: partner
+ pipelines partner: talk
+ pipelines partner: won
+ pipelines partner: lost'
is 'new deals begin in the first' "$(crm-deal add name=D4 amount=5 account=account-1 -f pipeline,stage -o csv | tail -1)" deals,find
what 'a pipeline with open deals' 'pipelines:\n  partner:\n    en: Partners\n' 1 \
	'crm-config: <stdin>:2:3: pipelines: deals has 4 open deals; win, lose or move them before it retires'
crm-pipeline win deal-1 deal-2 deal-3 deal-4 -q
what 'and without' 'pipelines:\n  partner:\n    en: Partners\n' 0 '- pipelines: deals retired'
ok 'what was won there can still be written' crm-deal set 1 name=D1x -q
is 'new ones go elsewhere' "$(crm-deal add name=D5 account=account-1 -f pipeline,stage -o csv | tail -1)" partner,talk
is 'the board shows what is in use' "$(crm-pipeline stages -o csv | cut -d, -f1 | sort -u | tr '\n' ' ')" 'partner pipeline '
crm-config show >now.yaml
is 'still a round trip' "$(crm-config apply now.yaml 2>&1)" ''

# -- fields, with their picklist and a stage that requires one, in one text --
what 'custom fields' 'picklists:\n  lead.floor: [low, {high: Cao}]\nfields:\n  lead:\n  - floor_area: {type: number, en: Floor area, vi: Diện tích}\n  - floor: {type: picklist}\n  deal:\n  - po: {type: text, en: PO}\npipelines:\n  partner:\n    en: Partners\n    stages: [{talk: {probability: 5, require: [po]}}, {won: {kind: won}}, {lost: {kind: lost}}]\n' 0 \
	'+ picklists lead.floor: low
+ picklists lead.floor: high
+ fields lead: floor_area
+ fields lead: floor
+ fields deal: po
~ pipelines partner.talk: require none → po'
is 'they are fields' "$(crm-lead set 1 floor=high floor_area=3.5 -f floor,floor_area -o csv | tail -1)" high,3.5
status 1 'the stage asks for it' crm-deal add name=D6 account=account-1
what 'their values can be renamed' 'picklists: {lead.floor: [low, {top: {was: high}}]}\n' 0 \
	'~ picklists lead.floor: high renamed top (1 record)'
is 'in records' "$(crm-lead show 1 -f floor -o csv | tail -1)" top
what 'mistakes of fields' 'fields:\n  lead:\n  - floor_area: {type: text}\n  - new: {type: numbr}\n  - x\n  leed: []\n' 1 \
	'crm-config: <stdin>:3:24: fields.lead.floor_area: its type is number, for good; make another field
crm-config: <stdin>:4:17: fields.lead.new: there is no type "numbr"; did you mean number?
crm-config: <stdin>:5:5: fields.lead.x: a new field needs its type
crm-config: <stdin>:6:3: fields: there is no record type "leed"; did you mean lead?'
status 1 'a name that is taken' apply 'fields: {lead: [floor_area, floor, {name: {type: text}}]}\n'
what 'one left out' 'fields: {lead: [floor]}\n' 0 '- fields lead: floor_area retired'
is 'is not shown any more' "$(crm-lead show 1 -o jsonl | grep -c floor_area)" 0
crm-config show >now.yaml
is 'a round trip still' "$(crm-config apply now.yaml 2>&1)" ''

# -- people --
what 'teams and users that need each other' "teams:\n- hanoi: {department: sales, manager: ann}\n- Đà Nẵng: {manager: bo}\nusers:\n- $me\n- lan\n- ann: {name: Ann, team: Đà Nẵng, email: a@x.vn}\n- bo: Bo Lê\n" 0 \
	'~ teams hanoi: manager none → "ann"
+ teams: Đà Nẵng
+ users: ann
+ users: bo
- users: mai retired'
is 'written' "$(crm-user list -f login,team,active -s login -o csv | grep -v "^$me,")" 'login,team,active
ann,Đà Nẵng,true
bo,,true
lan,hanoi,true
mai,hanoi,false'
is 'managers' "$(crm-team list -f name,manager -s id -o csv | tail -2 | tr '\n' ' ')" 'hanoi,ann Đà Nẵng,bo '
crm-config show >now.yaml
is 'a round trip' "$(crm-config apply now.yaml 2>&1)" ''
what 'a team with people in it' 'teams: [hanoi]\n' 1 \
	'crm-config: <stdin>:1:8: teams.Đà Nẵng: user-4 still refers to it (team); remove that first, or let it name another'
what 'a team renamed' 'teams: [{hn: {was: hanoi}}, Đà Nẵng]\n' 0 '~ teams: hanoi renamed hn'
CRM_USER=lan crm-config apply now.yaml >out 2>err
is 'only an admin may' "$? $(cat err)" '1 crm-config: only an admin may do that; you are rep lan'

# -- roles --
what 'a role' 'roles: [{rep: {read: team, export: true}}]\nstrangers: refused\n' 0 \
	'~ roles rep: read all → team
~ roles rep: export false → true
~ strangers: viewer → refused'
what 'mistakes of roles' 'roles: [{rap: {}}, {viewer: {read: teem}}, {viewer: {write: all}}, {rep: {reed: all}}]\nstrangers: nobody\ncrm_user: maybe\n' 1 \
	'crm-config: <stdin>:1:45: roles.viewer: stands in line 1 already
crm-config: <stdin>:1:10: roles.rap: there is no such role; did you mean rep?
crm-config: <stdin>:1:36: roles.viewer: "teem" is none of: none, own, team, all; did you mean team?
crm-config: <stdin>:1:75: roles.rep: there is no "reed" here; did you mean read?
crm-config: <stdin>:2:12: strangers: "nobody" is neither a role nor refused
crm-config: <stdin>:3:11: crm_user: "maybe" is none of: allowed, forbidden'
status 1 'an admin stays one' apply 'roles: [{admin: {read: own}}]\n'
has 'and it is said where' 'crm-config: <stdin>:1:10: roles.admin: ' err

# -- hours, holidays, service levels --
what 'hours' 'hours: {mon-thu: ["8:00-12:00", "13:00-17:30"], fri: 08:00-12:00 13:00-17:30, sat: ["08:00-12:00"]}\nholidays: [2026-11-25, --11-26, {2026-11-29: ["08:00-10:00"]}]\nsla:\n- standard: {urgent: [1h, 8h], high: [4h, 24h], normal: [8h, null]}\n- vip: {tiers: [vip, gold], always: true, urgent: [30min, 4h], high: [null, 90min]}\n' 0 \
	'~ hours: mon-fri 08:00-12:00 13:00-17:30 → mon-thu 08:00-12:00 13:00-17:30;fri 08:00-12:00 13:00-17:30;sat 08:00-12:00
+ holidays: 2026-11-25
+ holidays: --11-26
+ holidays: 2026-11-29 08:00-10:00
~ sla standard: normal [8h, 40h] → [8h, null]
~ sla standard: low [24h, 80h] → none
+ sla: vip'
is 'as shown' "$(crm-config show hours holidays sla | grep -v '^#')" 'hours:
  mon-thu: ["08:00-12:00", "13:00-17:30"]
  fri: ["08:00-12:00", "13:00-17:30"]
  sat: ["08:00-12:00"]

holidays:
  - "2026-11-25"
  - "--11-26"
  - "2026-11-29": ["08:00-10:00"]

sla:
  - standard: {urgent: [1h, 8h], high: [4h, 24h], normal: [8h, null]}
  - vip: {tiers: [vip, gold], always: true, urgent: [30min, 4h], high: [null, 90min]}'
crm-config show >now.yaml
is 'a round trip' "$(crm-config apply now.yaml 2>&1)" ''
python3 -c 'import yaml' 2>/dev/null && ok 'for another reader, too' python3 -c 'import yaml
text = yaml.safe_load(open("now.yaml"))
assert text["hours"]["sat"] == ["08:00-12:00"] and text["holidays"][0] == "2026-11-25", text
assert text["sla"][1]["vip"]["high"] == [None, "90min"], text["sla"]'
crm-account add name=Vip tier=gold -q && vip=$(crm-account list name:Vip -o refs)
crm-account add name=Plain -q && plain=$(crm-account list name:Plain -o refs)
# Saturday, 21 November, 9:30 to Monday 30: Wednesday, Thursday are none, Sunday has two hours.
for account in "$vip" "$plain"; do
	for p in urgent high normal low; do
		crm-ticket add subject="$p" priority=$p account="$account" -q
	done
done
crm-ticket list -s id -f priority,response_due,resolution_due -o csv | sed 1d >dues
python3 - <<'END' >wanted
from datetime import datetime, timedelta
def worked(t):
    m, day = t.hour * 60 + t.minute, t.date().isoformat()
    if day in ('2026-11-25', '2026-11-26'): return False
    if day == '2026-11-29': return 480 <= m < 600
    if t.weekday() == 5: return 480 <= m < 720
    return t.weekday() < 5 and (480 <= m < 720 or 780 <= m < 1050)
def due(minutes, always):
    if not minutes: return ''
    t = datetime(2026, 11, 21, 9, 30)
    while minutes:
        if always or worked(t): minutes -= 1
        t += timedelta(minutes=1)
    return (t - timedelta(hours=7)).strftime('%Y-%m-%dT%H:%M:00Z')
for always, rows in ((True, (('urgent', 30, 240), ('high', 0, 90), ('normal', 0, 0), ('low', 0, 0))),
                     (False, (('urgent', 60, 480), ('high', 240, 1440), ('normal', 480, 0), ('low', 0, 0)))):
    for p, a, b in rows: print(p, due(a, always), due(b, always), sep=',')
END
same 'tickets are promised it, to the minute' dues wanted
what 'a tier gets another name' 'picklists: {account.tier: [{diamond: {was: vip}}, {gold: {}}]}\n' 0 \
	'~ picklists account.tier: vip renamed diamond (0 records)
~ picklists account.tier: order
- picklists account.tier: silver retired
- picklists account.tier: normal retired'
is 'which policies follow' "$(crm-config show sla | grep -v '#' | grep -o 'tiers: [^]]*]')" 'tiers: [diamond, gold]'
what 'merged' 'picklists: {account.tier: [{gold: {was: diamond}}]}\n' 0 '~ picklists account.tier: diamond merged into gold (0 records)'
is 'once' "$(crm-config show sla | grep -v '#' | grep -o 'tiers: [^]]*]')" 'tiers: [gold]'
what 'around the clock, no holidays, no promise' 'hours: {}\nholidays: []\nsla: []\n' 0 \
	'~ hours: mon-thu 08:00-12:00 13:00-17:30;fri 08:00-12:00 13:00-17:30;sat 08:00-12:00 → around the clock
- holidays: 2026-11-25
- holidays: --11-26
- holidays: 2026-11-29
- sla: standard
- sla: vip'
is 'is shown so' "$(crm-config show hours holidays sla | grep -v '^#\|^$' | tr '\n' ' ')" 'hours: {} holidays: [] sla: [] '
crm-config show >now.yaml
is 'a round trip' "$(crm-config apply now.yaml 2>&1)" ''
is 'tickets that are there keep theirs' "$(crm-ticket list -s id -f priority,response_due,resolution_due -o csv | sed 1d)" "$(cat dues)"
crm-ticket set subject:normal account:"$plain" priority=urgent -q
is 'until they change' "$(crm-ticket list subject:normal account:"$plain" -f response_due -o csv | sed 1d)" ''
what 'mistakes of hours' 'hours: {mon-fry: [], mon: ["8-12"], tue-thu: ["13:00-17:00", "08:00-12:00"], wed: [], fri: {}, sat: ["24:30-25:00"]}\n' 1 \
	'crm-config: <stdin>:1:9: hours: "mon-fry" is no weekday such as mon, or mon-fri
crm-config: <stdin>:1:28: hours.mon: "8-12" is no span of time such as 08:00-12:00
crm-config: <stdin>:1:62: hours.tue-thu: "08:00-12:00" begins before the span before it ends
crm-config: <stdin>:1:78: hours: "wed" has a day that stands here already
crm-config: <stdin>:1:92: hours.fri: a map where a list [from-to] is due
crm-config: <stdin>:1:102: hours.sat: "24:30-25:00" is no span of time such as 08:00-12:00'
what 'days past the end of the week' 'hours: {sun-thu: ["08:00-12:00"]}\n' 1 'crm-config: <stdin>:1:9: hours: "sun-thu" goes past sun, where the week ends; say it in two'
what 'no hours' 'hours: {sat: []}\n' 1 'crm-config: <stdin>:1:8: hours: no day has any; {} is around the clock'
what 'hours as a text' 'hours: 8-12\n' 1 'crm-config: <stdin>:1:8: hours: a text where a map is due'
what 'mistakes of holidays' 'holidays: [2026-02-30, --02-29, --02-29, 2026-01-01;2026-01-02, {2026-02-14: [12:00-08:00]}, [x], "1 May"]\n' 1 \
	'crm-config: <stdin>:1:12: holidays: "2026-02-30" is no day such as 2026-01-01 or --09-02
crm-config: <stdin>:1:33: holidays: --02-29 stands here already
crm-config: <stdin>:1:42: holidays: "2026-01-01;2026-01-02" is no day such as 2026-01-01 or --09-02
crm-config: <stdin>:1:79: holidays.2026-02-14: "12:00-08:00" ends before it begins; over midnight it is two: 22:00-24:00, and 00:00-06:00 of the day after
crm-config: <stdin>:1:94: holidays: a list where "- day" or "- day: [from-to]" is due
crm-config: <stdin>:1:99: holidays: "1 May" is no day such as 2026-01-01 or --09-02'
what 'days of every year that go over its end' 'holidays: [--12-30..--01-02]\n' 1 \
	'crm-config: <stdin>:1:12: holidays: "--12-30..--01-02" ends before it begins; over the end of the year it is two'
what 'days of one year and of every year' 'holidays: [2027-12-30..--12-31]\n' 1 \
	'crm-config: <stdin>:1:12: holidays: "2027-12-30..--12-31" is partly of one year and partly of every year'
what 'days that end before they begin' 'holidays: [2027-02-11..2027-02-05]\n' 1 \
	'crm-config: <stdin>:1:12: holidays: "2027-02-11..2027-02-05" ends before it begins'
what 'mistakes of service levels' 'sla: [{a: {urgent: 1h, high: [1d, 0h], low: [2h, 1h], nowish: [1h, 2h]}}, {b: {tiers: [vop]}}, {c: {tiers: gold}}, {d: {tiers: gold}}, {e: {}}]\n' 1 \
	'crm-config: <stdin>:1:55: sla.a: there is no "nowish" here
crm-config: <stdin>:1:45: sla.a.low: the first response is due after the resolution
crm-config: <stdin>:1:31: sla.a.high: "1d" is no time such as 30min or 4h (up to 10000h)
crm-config: <stdin>:1:35: sla.a.high: "0h" is no time such as 30min or 4h (up to 10000h)
crm-config: <stdin>:1:20: sla.a.urgent: [first response, resolution] is due, such as [1h, 8h]
crm-config: <stdin>:1:87: sla.b: there is no "vop" in account.tier
crm-config: <stdin>:1:128: sla.d: c is for gold already
crm-config: <stdin>:1:137: sla.e: a is for all others already; say whom this is for'
what 'a policy twice' 'sla: [{a: {}}, {a: {tiers: gold}}]\n' 1 'crm-config: <stdin>:1:17: sla.a: stands in line 1 already'

# -- segments name values --
crm-segment add name=Cards of=lead condition='source in (card, tiktok)' -q
crm-segment add name=Others of=lead condition='source = tiktok or name = card' -q
crm-segment add name=Talks of=deal condition='not (stage = talk)' -q
apply 'picklists: {lead.source: [{cards: {was: card}}, tiktok]}\n' -n >out 2>err
is 'the ones that name a renamed value are listed' "$(cat err)" \
	'crm-config: <stdin>:1: picklists.lead.source.cards: warning: card is named by the condition of segment-1 "Cards"; change it there, too'
apply 'pipelines: {partner: {stages: [{speak: {was: talk, probability: 5}}, {won: {}}, {lost: {}}]}}\n' -n >out 2>err
is 'or stage' "$(cat err)" \
	'crm-config: <stdin>:1: pipelines.partner.speak: warning: talk is named by the condition of segment-3 "Talks"; change it there, too'

# -- presets --
for preset in b2b b2c care vi; do
	rm -f "$preset".db
	ok "crm-init --preset $preset" crm-init --preset $preset $preset.db
	is 'is what it says' "$(crm-config show --preset $preset | crm-config apply -d $preset.db 2>&1)" ''
	is 'nothing is retired in a new database' "$(crm-config show -d $preset.db | grep -c 'retired: true}')" 0
done
is 'the Vietnamese one' "$(crm-config show -d vi.db currency timezone region date_order names language | grep -v '^#\|^$' | tr '\n' ' ')" \
	'currency: VND timezone: Asia/Ho_Chi_Minh region: VN date_order: dmy names: family-first language: vi '
ok 'options beat the preset' crm-init --preset vi --currency USD --lang en usd.db
is 'currency, language' "$(crm-config show -d usd.db currency language | grep -v '^#\|^$' | tr '\n' ' ')" \
	'currency: USD language: en '
mkdir -p "$XDG_CONFIG_HOME/crm/presets"
printf '# ours\ntimezone: Asia/Tokyo\n' >"$XDG_CONFIG_HOME/crm/presets/ours.yaml"
crm-config show >whole.yaml
ok 'all of a configuration begins another database' crm-init --preset ./whole.yaml whole.db
crm-config show -d whole.db >again.yaml
same 'which is then the same' again.yaml whole.yaml
is 'presets' "$(crm-config presets -o csv | cut -d, -f1 | tr '\n' ' ')" 'name ours b2b b2c care vi '
ok 'one of the user' crm-init --preset ours ours.db
is 'taken' "$(crm-config show -d ours.db timezone | tail -1)" 'timezone: Asia/Tokyo'
ok 'a file' crm-init --preset "$XDG_CONFIG_HOME/crm/presets/ours.yaml" file.db
status 2 'a preset that is none' crm-init --preset b22b none.db
is 'makes no database' "$(ls none.db 2>/dev/null)" ''
is 'completion' "$(crm --complete config show pi; crm --complete init --preset v)" 'picklists
pipelines
vi'

# -- an older database, what was configured stays --
sql 'alter table stage drop column retired; alter table pipeline drop column retired;' 2>/dev/null && {
	sql "delete from pipeline where key = 'deals'; delete from stage where pipeline = 'deals'" 2>/dev/null
	ok 'crm-init brings an older one up to date' crm-init -q "$CRM_DB"
	is 'and brings nothing back that was renamed' "$(sql "select count(*) from picklist where key = 'landing_page' and list = 'lead.source'")" 0
}

# -- a bulk affair --
unset CRM_NOW
awk 'BEGIN { print "name,source"; for (i = 0; i < 20000; i++) print "L" i ",website" }' >many.csv
crm-init -q many.db
crm-import lead many.csv -d many.db -q 2>/dev/null
apply 'picklists: {lead.source: [{web: {was: website}}]}\n' -d many.db >out
is 'twenty thousand records' "$(head -1 out)" '~ picklists lead.source: website renamed web (20000 records)'
is 'each with its history' "$(sqlite3 many.db "select count(*) from change where op = 'u' and entity = 'lead' and before like '{\"source\":\"website\",%'")" 20000
status 1 '--max' apply 'picklists: {lead.source: [{net: {was: web}}]}\n' -d many.db --max 10
is 'writes nothing' "$(crm-lead count source:web -d many.db)" 20000
[ -w /dev/full ] && status 3 'a full disk' sh -c 'crm-config show >/dev/full'

# All of a section commented out is a slip.
status 1 'a section of which nothing is said' sh -c "printf 'sla:\nusers: # later\n' | crm-config apply"
is 'drops nothing' "$(cat err)" 'crm-config: <stdin>:1:5: nothing is said of it; [] and {} are empty, and what is left out stays
crm-config: <stdin>:2:7: nothing is said of it; [] and {} are empty, and what is left out stays'

# A value that a field of one's own begins with is renamed with it, in one text
rm -f crm.db*
crm-init -q --currency VND --timezone Asia/Ho_Chi_Minh --region VN
crm-lead add name=Old -q
printf '%s\n' 'picklists: {lead.floor: [low, high]}' \
	'fields: {lead: [floor: {type: picklist, default: low, required: true}]}' | crm-config apply -q
printf '%s\n' 'picklists: {lead.floor: [ground: {was: low}, high]}' >rename
status 1 'not alone' crm-config apply rename
is 'because of the field' "$(cat err)" \
	'crm-config: rename:1:40: picklists.lead.floor.ground: "low" cannot be renamed: it is the default of lead.floor'
echo 'fields: {lead: [floor: {default: low, required: true}]}' | cat rename - >still
status 1 'nor where the field still says the old one' crm-config apply still
echo 'fields: {lead: [floor: {default: ground, required: true}]}' | cat rename - >both
ok 'but with the field' crm-config apply both
is 'which says so' "$(cat out)" "$(printf '%s\n' '~ picklists lead.floor: low renamed ground (1 record)' \
	'~ fields lead.floor: default "low" → "ground"')"
crm-lead add name=New -q
is 'the records follow, and new ones begin so' "$(crm-lead list -f floor -o csv | paste -sd' ')" 'floor ground ground'
crm-undo -q && crm-undo -q
is 'and it is taken back' "$(crm-lead list -f floor -o csv | paste -sd' ')" 'floor low'
printf '%s\n' 'picklists: {lead.floor: [high]}' 'fields: {lead: [floor: {default: high}]}' |
	crm-config apply >out 2>err
is 'it is left out likewise' "$? $(head -1 out)" '0 - picklists lead.floor: low retired'

# C1 is control, too: a terminal obeys it
printf 'picklists: {lead.rating: [{hot: "a\\x9b31mred"}, cold, warm]}' >c1
status 1 'C1 in a label' crm-config apply c1
is 'is named, and harmless' "$(cat err)" \
	'crm-config: c1:1:33: picklists.lead.rating.hot: "a\xc2\x9b31mred" has a control character'

# A limit on the size of files is an error like a full disk
crm-config show >before
status 3 'no room' sh -c 'ulimit -f 8; crm-config apply -q <<END
timezone: Europe/Berlin
END'
crm-config show >after
same 'the old configuration stays, whole' after before
done_testing
