#!/bin/sh
# A change of the configuration is taken back: with the records that it rewrote, by an admin
# alone, and where later changes do not stand in the way.
. tests/lib.sh

# Every column of every record, but for rev, which only rises, and the custom ones in $1.
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

# reverts NAME TEXT: applied, undone, done again, undone, in the end done; `between` runs
# in the middle, so that the undo is not of the newest change set.
between=:
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
reverts 'people and configuration' "teams: [{hn: {was: hanoi}}]\nusers: [$(id -un), lan: {role: manager}]\nlanguage: vi\n"

done_testing
