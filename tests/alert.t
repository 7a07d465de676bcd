#!/bin/sh
# crm-alert: what somebody should look into.  The figures come from Python over the rows of the
# database (alert_figures.py), those of targets and of what is new by hand.
. tests/lib.sh
vietnam
crm-team set hanoi manager=mai -q

ids() { # ARGUMENT…: what they are about
	crm-alert "$@" -o csv -f alert,id | sed 1d | tr '\n' ' '
}

# --- nothing, and what is wrong ------------------------------------------------------------------

is 'an empty database has no alerts' "$(crm-alert; crm-alert --new; crm-alert trend -o json)" '[]'
crm-alert vip_silent -o csv >out
is 'CSV has its head' "$(cat out)" \
	'alert,id,name,owner,severity,score,value,currency,evidence,suggestion,tier,last_contacted_at,silent_days'
status 2 'no such kind' crm-alert cros_sell
has 'the nearest is named' '"cros_sell" is no kind of alert, record or term; did you mean cross_sell?' err
status 2 'no such field' crm-alert tierr:vip
has 'is told' "no field 'tierr' on account; did you mean 'tier'?" err
status 2 'no alert is about a lead' crm-alert lead-1
status 1 'a record that is not there' crm-alert account-99
status 2 'news of the past' crm-alert --new --as-of 2026-01-01

# --- each kind against its definition ------------------------------------------------------------

python3 "$root/tests/alert_figures.py" data
crm-user add login=hoa name='Hoa' team=hanoi -q
for i in 41 42 43; do crm-contact add name=N$i owner=lan -q; done
for type in account product order order_line deal; do
	file=${type}s.csv
	[ $type = order_line ] && file=lines.csv
	ok "$type" crm-import -q $type $file
done
crm-order return -q o5 defective
crm-order return -q o9 "$(crm-order lines o9 -o refs | head -1)=1" defective
cat >stages.yaml <<'X'
pipelines:
  sales:
    - discovery: {probability: 10, stale: 14d}
    - proposal: {probability: 50}
    - negotiation: {probability: 80, stale: 14d}
    - won: {kind: won}
    - lost: {kind: lost, require: [lost_reason]}
X
crm-config apply -q stages.yaml
{
	echo name,account,stage,amount,owner,stage_since
	for day in 18 12 09 01; do echo "W$day,K5,proposal,1000,hoa,2026-11-$day"; done
} | crm-import -q deal -
crm-pipeline win -q deal-61 deal-62 deal-63 deal-64
crm-alert >alerts.jsonl
python3 "$root/tests/alert_figures.py" check alerts.jsonl >checked
while read -r kind n answer; do
	[ "$n" -gt 0 ] && [ "$answer" = ok ]
	code=$?
	result $code "$kind: $n, each with its figures"
	[ $code -eq 0 ] || show checked
done <checked
is 'all nine' "$(wc -l <checked | tr -d ' ')" 9
is 'one currency after the other, the most valuable first' \
	"$(jq -r '[.currency // "-", .value // 0] | @tsv' alerts.jsonl | awk '
		{ rank = $1 == "VND" ? 0 : $1 == "USD" ? 1 : 2 }
		NR > 1 && (rank < last || (rank == last && $2 > value)) { bad = NR }
		{ last = rank; value = $2 }
		END { print bad + 0 }')" 0
is 'every one says why, and what to do' "$(jq -r 'select((.evidence | length) < 10 or (.suggestion | length) < 4) | .id' alerts.jsonl)" ''

# --- narrowed ------------------------------------------------------------------------------------

is 'by terms' "$(crm-alert tier:vip owner:lan vip_silent | jq -r .id)" \
	"$(jq -r 'select(.alert == "vip_silent" and .tier == "vip" and .owner == "lan") | .id' alerts.jsonl)"
is 'a kind whose records lack the field is left out' "$(crm-alert tier:vip | jq -r .id | sed 's/-.*//' | sort -u)" account
is 'by -w' "$(crm-alert big_deal_stuck -w 'amount > 50000000' | wc -l)" \
	"$(jq -r 'select(.alert == "big_deal_stuck" and .value > 50000000) | .id' alerts.jsonl | wc -l)"
is 'of one record' "$(crm-alert account-3 | jq -r .evidence)" \
	"$(jq -r 'select(.id == "account-3") | .evidence' alerts.jsonl)"
is 'the most valuable' "$(crm-alert -l 3)" "$(head -3 alerts.jsonl)"
is 'as of a day before anything happened' "$(crm-alert --as-of 2024-01-01 -q -o csv | wc -l)" 0
ok 'a table for people' crm-alert vip_silent -l 1 -o table
has 'without figures' 'Alert      ID ' out
is 'in columns of one name' "$(crm-alert -o csv | sed 1q | tr , '\n' | sort | uniq -d)" ''

# --- they pipe on --------------------------------------------------------------------------------

ok 'one activity for each, whatever it is about' sh -c 'crm-alert | crm-activity add kind=call due_at=tomorrow subject=Nhắc - >made'
is 'as many' "$(wc -l <made)" "$(wc -l <alerts.jsonl)"
is 'about customers, deals, products; for users' "$(jq -rn '[inputs | if .deal then "deal" elif .account then "account" elif .contact then "contact" elif .product then "product" else "owner " + .owner end] | unique | join(" ")' made)" \
	'account contact deal owner mai product'
crm-undo -q
said='[(.deal // .account // .contact // .product // "user"), .subject, .body, .priority, .owner]'
want='[(if .id | startswith("user") then "user" else .id end), .suggestion, .evidence, .severity, .owner // "root"]'
ok 'a task of each, that says what the alert does' sh -c 'crm-alert | crm-activity add kind=task due_at=tomorrow - >made'
jq -c "$said" made >got
jq -c "$want" alerts.jsonl | sed "s/\"root\"/\"$(id -un)\"/" >want
same 'what to do, why, how urgent, whose' got want
is 'and what is offered' "$(jq -r 'select(.account and .product) | .product' made | sort)" \
	"$(jq -r 'select((.id | startswith("account")) and .product) | .product' alerts.jsonl | sort)"
crm-undo -q
crm-team set hanoi manager= -q
jq -c 'select(.id | startswith("user")) | .id = "team-1"' alerts.jsonl | head -1 | cat - alerts.jsonl >some.jsonl
status 1 'nothing can be about a team' crm-activity add kind=task due_at=tomorrow subject=x - -o jsonl <some.jsonl
has 'it is told, with its line' 'crm-activity: <stdin>:1: id: a new activity cannot be about a team' err
has 'that is all' 'rows left out: 1' err
is 'the others are there' "$(wc -l <out) $(crm-activity count subject:x status:planned)" "$(wc -l <alerts.jsonl) $(wc -l <alerts.jsonl)"
crm-undo -q
crm-team set hanoi manager=mai -q
is 'they stand for contact to come: none is silent then' \
	"$(crm-activity add kind=call due_at=tomorrow account=K1 -q; crm-alert vip_silent account-1 | wc -l)" 0

# --- who may see what ----------------------------------------------------------------------------

crm-config show roles >all.yaml
as() { # LOGIN COMMAND…
	login=$1
	shift
	CRM_USER=$login "$@"
}
sed 's/rep: {[^}]*}/rep: {read: own, write: own, remove: none}/' all.yaml >roles.yaml
ok 'reps see their own' crm-config apply -q roles.yaml
is 'a rep is told of own records alone' "$(as lan crm-alert | jq -r '.owner // empty' | sort -u)" lan
is 'and reminded of what is theirs' \
	"$(as lan crm-alert big_deal_stuck vip_silent | jq -r .id | sort)" \
	"$(crm-alert big_deal_stuck vip_silent | jq -r 'select(.owner == "lan") | .id' | sort)"

# --- news ----------------------------------------------------------------------------------------

crm-alert big_deal_stuck vip_silent -o csv -f alert,id,score >all.csv
crm-alert big_deal_stuck vip_silent --new -n -o csv -f alert,id,score >dry.csv
crm-alert big_deal_stuck vip_silent --new -o csv -f alert,id,score >new.csv
same 'at first all is new' new.csv all.csv
same '-n says the same' dry.csv all.csv
is 'then nothing' "$(ids big_deal_stuck vip_silent --new)" ''
is 'while it holds' "$(ids vip_silent | wc -w)" "$(ids vip_silent owner:lan,mai | wc -w)"
is 'what was raised can be listed' "$(crm-alert raised kind:vip_silent -o refs | wc -l)" \
	"$(grep -c ^vip_silent all.csv)"
is 'a rep lists their own' "$(as lan crm-alert raised kind:vip_silent -o csv -f account.owner | sed 1d | sort -u)" lan
is 'who was not told has news of their own' "$(as lan crm-alert vip_silent --new -o refs | sort)" \
	"$(crm-alert vip_silent owner:lan -o refs | sort)"
is 'and what was told to others stays so' "$(ids vip_silent --new; as lan crm-alert vip_silent --new)" ''
as lan crm-undo -q
chmod a-w "$CRM_DB"
ok 'a database that may only be read has alerts' crm-alert vip_silent -q
chmod u+w "$CRM_DB"
crm-user add -q login=vi role=viewer
status 1 'who may not write has none remembered' env CRM_USER=vi crm-alert vip_silent --new
is 'and is told why' "$(cat err)" 'crm-alert: viewer vi may change no records'
deal=$(sed -n 's/^big_deal_stuck,\(deal-[0-9]*\),.*/\1/p' all.csv | head -1)
crm-pipeline move -q "$deal" discovery
is 'what holds no longer is forgotten' "$(ids big_deal_stuck --new; crm-alert raised kind:big_deal_stuck "deal:$deal" -o refs)" ''
export CRM_NOW=2026-12-30T02:30:00Z
ids big_deal_stuck --new "$deal" >got
is 'and raised when it comes back' "$(cat got)" "big_deal_stuck,$deal "
is 'who asks for some does not forget the others' "$(crm-alert raised -o refs | wc -l)" \
	"$(($(sed 1d all.csv | wc -l)))"
export CRM_NOW=2026-11-21T02:30:00Z
printf 'name,tier,owner,created_at\nSilent,vip,mai,2026-10-10\n' | crm-import -q account -
silent=$(crm-account list name:Silent -o refs)
is 'one more' "$(crm-alert vip_silent --new -o csv -f id,severity,silent_days | sed 1d)" "$silent,normal,42"
CRM_NOW=2026-11-23T02:30:00Z
is 'it is worse only by a severity' "$(crm-alert vip_silent --new "$silent" | wc -l)" 0
CRM_NOW=2026-11-24T02:30:00Z
is 'which is told again' "$(crm-alert vip_silent --new "$silent" -o csv -f id,severity,silent_days | sed 1d)" "$silent,high,45"
crm-undo -q
is 'undone, it is told once more' "$(crm-alert vip_silent --new "$silent" -o refs)" "$silent"
crm-alert forget -q "kind:vip_silent" account:Silent
is '--once prints the same again' \
	"$(crm-alert --new --once heute vip_silent "$silent" -o refs; crm-alert --new --once heute vip_silent "$silent" -o refs)" \
	"$silent
$silent"
is 'a limit leaves the others for next time' \
	"$(crm-alert forget -q kind:vip_silent; a=$(crm-alert vip_silent | wc -l); b=$(crm-alert vip_silent --new -l 3 | wc -l); c=$(crm-alert vip_silent --new | wc -l); echo $((a - b - c)) "$b")" '0 3'
(crm-alert forget -q kind:vip_silent; crm-alert vip_silent --new >one & crm-alert vip_silent --new >two; wait)
is 'of two at once one tells' "$(cat one two | wc -l)" "$(crm-alert vip_silent | wc -l)"
crm-account rm -q "$silent"
is 'who is gone takes the memory along' "$(crm-query "select count(*) n from alert where account = ${silent#*-}" -o csv | sed 1d)" 0

# --- targets: November has 21 working days, until today 15 ---------------------------------------

CRM_NOW=2026-11-20T02:30:00Z
cat >hours.yaml <<'X'
hours: {mon-fri: ["08:00-12:00", "13:00-17:30"]}
X
crm-config apply -q hours.yaml
crm-user set-target -q lan calls 42 2026-11
crm-team set-target -q hanoi calls 21 2026-11
crm-user set-target -q mai meetings 21 2026-11
crm-user set-target -q mai revenue '210000 EUR' 2026-11
crm-user set-target -q hoa leads 21 2027-11
for i in 1 2 3 4 5 6 7 8 9 10 11; do
	echo "call,lan,done,2026-11-1${i%?}T03:00:00Z"
done | sed '1i kind,owner,status,done_at' | crm-import -q activity -
# 42 × 15 / 21 = 30 are due, 11 are done: 0.3667.  The team: 15 due, 11 done: 0.7333, to its manager.
# mai: no meeting; 150,000 euros are due, and none came.
crm-alert below_target -o csv -f id,owner,score,value,currency,measure,team,actual,target,due,pace |
	grep -v revenue >got
is 'targets by their working days' "$(cat got)" \
	'id,owner,score,value,currency,measure,team,actual,target,due,pace
user-3,mai,100,,,meetings,,0,21,15,0.0000
user-2,lan,63,,,calls,,11,42,30,0.3667
user-3,mai,27,,,calls,hanoi,11,21,15,0.7333'
is 'in their own currency' "$(crm-alert below_target | jq -c 'select(.measure == "revenue") | [.currency, .target, .due, .value == .due - .actual]')" \
	'["EUR",210000,150000,true]'
is 'a rep is told of their own' "$(as lan crm-alert below_target -o csv -f id,measure | sed 1d)" 'user-2,calls'
CRM_NOW=2026-11-04T02:30:00Z
is 'nobody is behind in the first days' "$(ids below_target)" ''
CRM_NOW=2026-11-21T02:30:00Z

# --- configured ----------------------------------------------------------------------------------

apply() {
	printf 'alerts:%s\n' "$1" >alerts.yaml
	crm-config apply alerts.yaml
}
status 1 'no such alert' apply '
  - trendy: off'
has 'the nearest is named' 'alerts.yaml:2:5: alerts.trendy: there is no such alert; did you mean trend?' err
status 1 'no such threshold' apply '
  - trend: {histori: 3}'
has 'nor that' 'histori' err
status 1 'no number' apply '
  - cross_sell: {lift: much}'
has 'is told where' 'alerts.yaml:2:24: alerts.cross_sell.lift: "much" is no number from 0 to 1000000' err
status 1 'out of range' apply '
  - vip_silent: {days: 0}'
status 1 'no such tier' apply '
  - vip_silent: {tiers: [vip, ruby]}'
status 1 'one word too many' apply '
  - cross_sell: {per: [customer, order]}'
ok 'thresholds' apply '
  - vip_silent: {tiers: [silver], days: 100}
  - trend: off'
is 'are in force' "$(crm-alert vip_silent trend | jq -r .tier | sort -u)" silver
is 'and shown' "$(crm-alert kinds -o csv -f alert,on,thresholds | grep -E 'vip|trend|up_')" \
	'up_sell,true,top=3
trend,false,"of=customer,owner,team,product measures=revenue,leads,calls period=month history=6 deviations=2 change=20"
vip_silent,true,tiers=silver days=100'
crm-config show alerts >shown
ok 'what is shown' crm-config apply shown
is 'is what there is' "$(cat out)" ''
ok 'a day is much' apply '
  - vip_silent: {days: 1}'
printf 'name,tier,created_at\nV,vip,2026-11-20T00:00:00Z\n' | crm-import -q account -
is 'and said as one' "$(crm-alert vip_silent -o csv -f name,evidence | grep '^V,')" \
	'V,"VIP: never contacted in 1 day, and nothing is planned"'
crm-undo -q
ok 'nothing configured' apply ' []'
is 'is as shipped' "$(crm-alert trend | wc -l)" "$(jq -r 'select(.alert == "trend") | .id' alerts.jsonl | wc -l)"

# --- words ---------------------------------------------------------------------------------------

echo 'language: vi' >vi.yaml
ok 'in Vietnamese' crm-config apply -q vi.yaml
is 'keys stay, sentences are people'"'"'s' "$(crm-alert big_deal_stuck -l 1 | jq -r '.alert, .suggestion')" \
	'big_deal_stuck
gọi người quyết định và thống nhất bước tiếp theo'
crm-alert vip_silent -l 1 -o table >out
has 'tables have labels' 'Khách VIP vắng liên hệ' out

done_testing
