#!/bin/sh
# A change of the configuration is taken back: with the records that it rewrote, by an admin
# alone, and where later changes do not stand in the way.
. tests/lib.sh

# Every column of every record, but for rev, which only rises; and the configuration.
snapshot() { # FILE
	rm -f copy.db
	sqlite3 "$CRM_DB" "vacuum into 'copy.db'"
	for t in $(sqlite3 copy.db 'select entity from counter order by 1'); do
		echo "update \"$t\" set rev = 0;"
		echo "select '$t', * from \"$t\" order by id;"
	done >all.sql
	echo 'select * from pending_link order by 1, 2, 3;' >>all.sql
	sqlite3 -quote copy.db <all.sql >"$1"
	crm-config show >>"$1"
}
last() { sqlite3 "$CRM_DB" 'select max(id) from change_set'; }
clock() { CRM_NOW=2026-11-21T$1:00Z; export CRM_NOW; }
lists() { for t in lead account deal; do crm-"$t" list -o jsonl "$@"; done; }
apply() { # TEXT OPTION…
	text=$1
	shift
	printf '%b' "$text" | crm-config apply "$@"
}

vietnam
crm-account add name=Acc kind=org tier=vip -q
crm-deal add name=D1 account=account-1 amount=100 -q
crm-deal add name=D2 account=account-1 amount=100 stage=proposal probability=70 -q
crm-deal add name=D3 account=account-1 amount=100 stage=proposal -q
crm-deal add name=D4 account=account-1 amount=100 stage=negotiation probability=60 -q
crm-pipeline move deal-1 negotiation -q && crm-pipeline move deal-1 discovery -q
crm-deal add name=D5 account=account-1 amount=100 -q
crm-lead add name=An phone=0901234567 source=landing_page rating=hot -q
crm-lead add name=Bo source=zalo -q

# reverts NAME TEXT: applied, undone, done again, undone, in the end done.
hour=10
reverts() {
	snapshot before
	crm-config show >before.yaml
	lists >list.before
	clock "$hour:10"
	printf '%b' "$2" >text.yaml
	ok "$1" crm-config apply text.yaml
	set=$(last)
	snapshot after
	is "$1: it changed something" "$(cmp -s before after && echo same)" ''
	clock "$hour:20"
	ok "$1: a dry run" crm-undo -n "$set"
	cp err dry
	snapshot now
	same "$1: writes nothing" now after
	ok "$1: undone" crm-undo "$set"
	same "$1: says what the dry run said" err dry
	snapshot now
	same "$1: all is as it was" now before
	crm-config show >now.yaml
	same "$1: so is what is shown" now.yaml before.yaml
	is "$1: the undo says what it undid" "$(crm-log -l 1 -o csv | sed 1d | cut -d, -f4,9)" "crm-undo,$set"
	ok "$1: redone" crm-undo "$(last)"
	snapshot now
	same "$1: a redo brings it again" now after
	lists --as-of "2026-11-21T$hour:09:59Z" >list.asof
	same "$1: as of just before" list.asof list.before
	ok "$1: undone again" crm-undo "$set"
	snapshot now
	same "$1: and it is as it was" now before
	ok "$1: done in the end" crm-undo "$(last)"
	hour=$((hour + 1))
}

reverts 'a stage renamed, one new, one gone' 'pipelines:\n  sales:\n    strict: true\n    stages:\n    - find: {was: discovery, probability: 15, require: [amount]}\n    - talk: {probability: 20}\n    - proposal: {probability: 60, stale: 2w}\n    - negotiation: {probability: 80}\n    - won: {kind: won, vi: Xong}\n    - lost: {kind: lost}\n'
is 'the deals followed' "$(crm-deal list -f id,stage,probability -s id -o csv | sed 1d | tr '\n' ' ')" \
	'deal-1,find,15 deal-2,proposal,70 deal-3,proposal,60 deal-4,negotiation,60 deal-5,find,15 '
reverts 'a stage left out' 'pipelines: {sales: [find, {proposal: {probability: 60}}, {negotiation: {probability: 80}}, won, lost]}\n'
reverts 'the pipeline renamed, another made' 'pipelines:\n  deals: {was: sales}\n  partner:\n    en: Partners\n    stages: [{talk: {probability: 5}}, {proposal: {probability: 50}}, {won: {kind: won}}, {lost: {kind: lost}}]\n'
reverts 'a source renamed, one new, the rest retired' 'picklists:\n  lead.source:\n  - landing: {was: landing_page, vi: Trang mới}\n  - zalo\n  - tiktok: TikTok\n'
reverts 'a merge, and a list of its own' 'picklists:\n  lead.source: [{zalo: {was: landing}}, tiktok]\n  colour: [{red: Đỏ}, blue]\n'
reverts 'settings' 'region: US\ndate_order: ymd\ndigits: plain\nlanguage: vi\nnames: given-first\ntimezone: Asia/Tokyo\n'
is 'the numbers are read anew' "$(sqlite3 "$CRM_DB" 'select phone_key from lead where id = 1')" ''
crm-undo -q "$(last)"
is 'there and back' "$(sqlite3 "$CRM_DB" 'select phone_key from lead where id = 1')" '+84901234567'
reverts 'roles' 'roles: [{rep: {read: team, export: true}}, {viewer: {read: own}}]\nstrangers: refused\n'
reverts 'hours, holidays, service levels and the name of a tier' 'hours: {mon-fri: ["09:00-17:00"]}\nholidays: [--09-02]\nsla: [{standard: {urgent: [2h, 3h]}}, {best: {tiers: [diamond], always: true}}]\npicklists: {account.tier: [gold, {diamond: {was: vip}}, silver, normal]}\n'
reverts 'the tier again' 'picklists: {account.tier: [gold, {top: {was: diamond}}, silver, normal]}\n'
is 'the policy follows it' "$(crm-config show sla | grep -o 'tiers: .top.')" 'tiers: [top]'
reverts 'people and configuration' "teams: [{hn: {was: hanoi}}]\nusers: [$(id -un), lan: {role: manager}]\nlanguage: vi\n"

# -- fields: what they are stays, retired --
crm-config show | grep -v '^ *#' >before.yaml
crm-lead show 1 -o jsonl | sed 's/"rev":[0-9]*//; s/"updated_[a-z]*":"[^"]*",*//g' >lead.before
ok 'three fields' apply 'picklists:\n  lead.floor: [low, {high: Cao}]\nfields:\n  lead:\n  - floor_area: {type: number, required: true, default: "3.5"}\n  - floor: {type: picklist, default: low}\n  deal:\n  - po: {type: text, en: PO, indexed: true}\npipelines:\n  partner:\n    stages: [{talk: {probability: 5, require: [po]}}, {won: {kind: won}}, {lost: {kind: lost}}]\n  deals: {}\n'
fields=$(last)
is 'are filled' "$(crm-lead list -s id -f floor_area -o csv | tr '\n' ' ')" 'floor_area 3.5 3.5 '
crm-config show >made.yaml
ok 'undone' crm-undo
grep 'fields' err >said
is 'it says what cannot be taken back' "$(cat said)" 'crm-undo: - fields lead: floor_area retired; a column stays
crm-undo: - fields lead: floor retired; a column stays
crm-undo: - fields deal: po retired; a column stays'
crm-lead show 1 -o jsonl | sed 's/"rev":[0-9]*//; s/"updated_[a-z]*":"[^"]*",*//g' >lead.now
same 'the records are as they were' lead.now lead.before
is 'and nothing is left in the columns' \
	"$(sqlite3 "$CRM_DB" 'select count(*) from lead where floor_area is not null')" 0
crm-config show | grep -v '^ *#' >now.yaml
diff before.yaml now.yaml | grep '^[<>] .' >differences
is 'all but the fields and their list is as it was' "$(cat differences)" '>   lead.floor:
>     - low
>     - high: Cao
> fields:
>   lead:
>     - floor_area: {type: number, default: "3.5", required: true, retired: true}
>     - floor: {type: picklist, picklist: lead.floor, default: low, retired: true}
>   deal:
>     - po: {type: text, en: PO, indexed: true, retired: true}'
crm-config show | crm-config apply >out 2>&1
is 'a round trip' "$? $(cat out)" '0 '
ok 'redone' crm-undo "$(last)"
crm-config show >now.yaml
same 'they are in use again' now.yaml made.yaml
is 'and filled' "$(crm-lead list -s id -f floor_area -o csv | tr '\n' ' ')" 'floor_area 3.5 3.5 '
is 'a value' "$(crm-lead set 1 floor=high -f floor -o csv | tail -1)" high
ok 'its name' apply 'picklists: {lead.floor: [low, {top: {was: high}}]}\n'
ok 'and back' crm-undo
is 'in the record too' "$(crm-lead show 1 -f floor -o csv | tail -1)" high
ok 'a field retires' apply 'fields: {lead: [{floor_area: {required: true, default: "3.5"}}]}\n'
ok 'and comes back' crm-undo
is 'with what it held' "$(crm-lead show 1 -f floor -o csv | tail -1)" high

# -- what came later --
ok 'a stage renamed' apply 'pipelines:\n  partner: {}\n  deals: [{seek: {was: find, probability: 15}}, {proposal: {probability: 60}}, {negotiation: {probability: 80}}, won, lost]\n'
stage=$(last)
snapshot after
crm-lead add name=Later -q
crm-deal set deal-3 next_step=call -q
crm-activity add kind=call deal=deal-1 -q
ok 'other changes are not in the way' crm-undo "$stage"
is 'the deals are back' "$(crm-deal list stage:find -f id -s id -o csv | sed 1d | tr '\n' ' ')" 'deal-1 deal-5 '
is 'and their history' "$(sqlite3 "$CRM_DB" "select count(*) from stage_change where 'seek' in (stage, from_stage)")" 0
is 'none was added to it' "$(crm-pipeline history deal-5 -f stage -o csv | sed 1d)" find
is 'what came later stays' "$(crm-deal show deal-3 -f next_step -o csv | tail -1)" call
ok 'redone' crm-undo "$(last)"
is 'likewise' "$(crm-deal list stage:seek -f id -s id -o csv | sed 1d | tr '\n' ' ')" 'deal-1 deal-5 '
crm-deal add name=D6 account=account-1 amount=1 pipeline=deals stage=seek -q
snapshot before
status 1 'a deal that came to the stage since' crm-undo "$stage" --force
is 'is in the way' "$(cat err)" 'crm-undo: configuration: pipelines.deals: seek would go, but 1 deal is in it; move it first'
snapshot now
same 'and nothing is written' now before
crm-deal set name:D6 stage=proposal -q
ok 'once it has moved' crm-undo "$stage"
is 'the history keeps the name of the stage' "$(crm-config show pipelines | grep -c 'seek: .*retired: true}')" 1
crm-undo -q "$(last)"
crm-deal set deal-5 stage=proposal -q && moved=$(last)
status 1 'a deal that moved on' crm-undo "$stage"
is 'is in the way' "$(cat err)" "crm-undo: deal-5: stage: change set $moved changed it since"
crm-undo -q

ok 'a source renamed' apply 'picklists: {lead.source: [{z: {was: zalo}}, tiktok]}\n'
source=$(last)
crm-lead add name=New source=z -q
ok 'another section' apply 'language: en\n'
language=$(last)
ok 'is not in the way' crm-undo "$source"
is 'it stays' "$(crm-config show language | tail -1)" 'language: en'
is 'records made since keep the name' "$(crm-lead list name:New -f source -o csv | tail -1)" z
is 'which is retired' "$(crm-config show picklists | grep ' z: ')" '    - z: {en: Zalo, vi: Zalo, retired: true}'
crm-undo -q "$(last)"
ok 'another list' apply 'picklists: {lead.rating: [hot, warm, cold, {icy: Lạnh}]}\n'
rating=$(last)
snapshot before
status 1 'the same section' crm-undo "$source"
is 'is in the way' "$(cat err)" "crm-undo: configuration: picklists: change set $rating changed it since"
snapshot now
same 'and nothing is written' now before
ok 'unless forced' crm-undo "$source" --force
is 'then it goes, too' "$(crm-config show picklists | grep -c ' icy')" 0
is 'the record is back' "$(crm-lead list name:Bo -f source -o csv | tail -1)" zalo
ok 'redone' crm-undo "$(last)"
is 'both are there again' "$(crm-config show picklists | grep -cE ' (icy|z): ')" 2
ok 'two at once' crm-undo "$source" "$rating"
is 'are both undone' "$(crm-config show picklists | grep -cE ' icy: ')" 0
ok 'one that does not overlap, again' crm-undo "$language"
is 'is as before' "$(crm-config show language | tail -1)" 'language: vi'
ok 'another region' apply 'region: JP\n'
crm-user add login=boss name=Boss role=manager -q
status 1 'only an admin may' env CRM_USER=boss crm-undo "$(($(last) - 1))"
has 'which is said' 'only an admin may do that; you are manager boss' err
crm-user add login=chief name=Chief role=admin -q
ok 'another admin, too' env CRM_USER=chief crm-undo "$(($(last) - 2))"
is 'the region' "$(crm-config show region | tail -1)" 'region: VN'
is 'the file is sound' "$(sqlite3 "$CRM_DB" 'pragma integrity_check' 'pragma foreign_key_check')" ok
done_testing
