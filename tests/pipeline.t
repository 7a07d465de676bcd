#!/bin/sh
# crm-pipeline: the board, moving deals, and what that leaves behind.
. tests/lib.sh

vietnam
crm-account add name='Minh Anh' -q
crm-account add name='Đức Phát' -q
crm-deal add name=Bơm account=account-1 amount=15tr owner=lan -q
crm-deal add name=Ống account=account-1 amount=2500001 owner=mai -q
crm-deal add name=Van account=account-2 amount='100.05 USD' stage=proposal owner=lan -q
crm-deal add name=Máy account=account-2 stage=negotiation probability=33 amount=1000001 -q

everything() {
	crm-deal list -f '+rev,*' -o csv
	crm-account list -f '+rev,*' -o csv
	crm-pipeline history -o csv
}
deal() { crm-deal show "$@" -o csv | tail -1; }

# The board.  Weighted: each deal's amount × probability, rounded: 1500000 + 250000.1,
# 50.025, 330000.33
cat >wanted <<'END'
{"pipeline":"sales","stage":"discovery","label":"Discovery","kind":"open","deals":2,"amount":17500001,"weighted":1750000,"currency":"VND"}
{"pipeline":"sales","stage":"proposal","label":"Proposal","kind":"open","deals":1,"amount":100.05,"weighted":50.03,"currency":"USD"}
{"pipeline":"sales","stage":"negotiation","label":"Negotiation","kind":"open","deals":1,"amount":1000001,"weighted":330000,"currency":"VND"}
END
ok 'the board as a stream' crm-pipeline show
same 'one row a stage and currency' out wanted
ok 'the board of one owner' crm-pipeline show owner:mai -o csv
cat >wanted <<'END'
pipeline,stage,label,kind,deals,amount,weighted,currency
sales,discovery,Discovery,open,1,2500001,250000,VND
sales,proposal,Proposal,open,0,0,0,VND
sales,negotiation,Negotiation,open,0,0,0,VND
END
same 'has the empty stages too' out wanted
ok 'as a table' crm-pipeline show -o table --deals 1
cat >wanted <<'END'
Stage       Deal    Account      Amount  Weighted Currency Expected close Owner
Discovery   2 deals          17.500.001 1.750.000 VND
├─ deal-1   Bơm     Minh Anh 15.000.000           VND                     lan
└─ …        1 more
Proposal    1 deal               100,05     50,03 USD
└─ deal-3   Van     Đức Phát     100,05           USD                     lan
Negotiation 1 deal            1.000.001   330.000 VND
└─ deal-4   Máy     Đức Phát  1.000.001           VND
END
same 'a tree: the largest deals under their stage' out wanted
ok 'with what is closed' crm-pipeline show --closed -o csv
is 'five stages' "$(wc -l <out)" 6
status 2 'a pipeline that is not there' crm-pipeline show --pipeline sale
is 'is named' "$(sed 's/ (.*//' err)" 'crm-pipeline: --pipeline: there is no pipeline "sale"'
ok 'stages' crm-pipeline stages -o csv
cat >wanted <<'END'
pipeline,stage,label,label_vi,kind,probability,stale_days,require
sales,discovery,Discovery,Tìm hiểu nhu cầu,open,10,14,
sales,proposal,Proposal,Đề xuất giải pháp / báo giá,open,50,14,
sales,negotiation,Negotiation,Thương lượng đàm phán,open,80,14,
sales,won,Won,Chốt thắng,won,100,,
sales,lost,Lost,Chốt thua,lost,0,,lost_reason
END
same 'as configured' out wanted

# Moving
everything >before
ok 'move -n' crm-pipeline move deal-1 proposal -n
has 'shows what would be' '"stage":"proposal"' out
everything >after
same 'and writes nothing' after before
export CRM_NOW=2026-11-23T02:30:00Z
ok 'move' crm-pipeline move deal-1 deal-2 proposal -o csv -f id,stage,probability,stage_since
cat >wanted <<'END'
id,stage,probability,stage_since
deal-1,proposal,50,2026-11-23T02:30:00Z
deal-2,proposal,50,2026-11-23T02:30:00Z
END
same 'prints the deals, in order' out wanted
ok 'by label, with more to say' crm-pipeline move deal-2 amount=3tr 'Thương lượng đàm phán' -o csv -f stage,amount
is 'both are done' "$(tail -1 out)" negotiation,3000000
ok 'a probability of one'"'"'s own stays' crm-pipeline move deal-4 proposal -o csv -f probability
is 'while the deal is open' "$(tail -1 out)" 33
ok 'a stream' sh -c 'crm-deal list owner:lan | crm-pipeline move negotiation -o refs'
is 'moves what comes' "$(cat out)" "$(printf 'deal-1\ndeal-3')"

refused() { # NAME STATUS MESSAGE ARGUMENT…
	name=$1 code=$2 message=$3
	shift 3
	everything >before
	status "$code" "$name" "$@"
	is "$name: message" "$(sed 's/ (see .*//' err)" "crm-pipeline: $message"
	is "$name: silent" "$(cat out)" ''
	everything >after
	same "$name: nothing written" after before
}
refused 'a stage that is none' 2 '"propsal" is no stage; did you mean proposal?' \
	crm-pipeline move deal-1 propsal
refused 'no stage' 2 '"deal-1" is no stage; one of: discovery proposal negotiation won lost' \
	crm-pipeline move deal-1
refused 'no such deal' 1 'there is no deal-9' crm-pipeline move deal-9 proposal
refused 'another record' 2 'lead-1 is no deal' crm-pipeline win lead-1
refused 'lost without a word' 1 'deal-1: lost_reason: stage "lost" needs it' \
	crm-pipeline move deal-1 lost
refused 'lose without reason' 2 \
	'"deal-1" is no reason; one of: price competition no_budget no_decision missing_features timing unresponsive poor_fit other' \
	crm-pipeline lose deal-1
refused 'a reason that is none' 2 '"prise" is no reason; did you mean price?' \
	crm-pipeline lose deal-1 prise
refused 'the reason other wants a word' 1 \
	'deal-1: description: the reason "other" wants a word in the description' \
	crm-pipeline lose deal-1 other
refused 'all or nothing' 1 'there is no deal-9' crm-pipeline win deal-1 deal-9
refused 'open already' 1 'deal-1: it is open, in stage "negotiation"' crm-pipeline reopen deal-1

# Winning, losing, and back
export CRM_NOW=2026-11-25T02:30:00Z
ok 'win' crm-pipeline win deal-1 -o csv -f stage,probability,closed_at,account.type,account.customer_since
is 'closes the deal and makes a customer' "$(tail -1 out)" \
	won,100,2026-11-25T02:30:00Z,customer,2026-11-25
ok 'win what is won' crm-pipeline win deal-1 -o csv -f stage,closed_at
is 'changes nothing' "$(deal 1 -f rev)" 4
ok 'lose' crm-pipeline lose deal-2 deal-4 price -o csv -f id,stage,probability,closed_at,lost_reason
cat >wanted <<'END'
id,stage,probability,closed_at,lost_reason
deal-2,lost,0,2026-11-25T02:30:00Z,price
deal-4,lost,0,2026-11-25T02:30:00Z,price
END
same 'closes with the reason' out wanted
ok 'the reason as a field, on another day' \
	crm-pipeline lose deal-3 lost_reason=other description='đổi chủ' closed_at=2026-11-24T09:00 \
	-o csv -f lost_reason,closed_at
is 'is the same' "$(tail -1 out)" other,2026-11-24T02:00:00Z
status 1 'a lost deal keeps its reason' crm-deal set deal-3 lost_reason=
is 'and its day' "$(crm-deal set deal-3 closed_at= probability=70 -o csv -f closed_at,probability | tail -1)" \
	2026-11-24T02:00:00Z,0
ok 'reopen' crm-pipeline reopen deal-1 deal-2 -o csv -f id,stage,probability,closed_at,lost_reason
cat >wanted <<'END'
id,stage,probability,closed_at,lost_reason
deal-1,negotiation,80,,
deal-2,negotiation,80,,
END
same 'goes back to the stage it was in' out wanted
is 'who was a customer by it is none' \
	"$(crm-account show 1 -f type,customer_since,lifecycle -o csv | tail -1)" prospect,,during
ok 'reopen at a stage' crm-pipeline reopen deal-3 discovery -o csv -f stage
is 'takes that one' "$(tail -1 out)" discovery
status 1 'an open deal has no day of closing' crm-deal set deal-3 closed_at=2026-11-24
status 1 'and no reason for a loss' crm-deal set deal-3 lost_reason=price
status 1 'nor has a new one' crm-deal add name=x account=1 closed_at=2026-11-24
has 'which is said' 'closed_at: the deal is open; win or lose it, or say expected_close' err
status 1 'nor one that is moved' crm-deal set deal-3 stage=proposal closed_at=2026-11-24
status 1 'nor a reason' crm-deal add name=x account=1 lost_reason=price
printf 'name,account,stage,closed_at\nNot yet,1,,2026-11-24\n' >deals.csv
status 1 'nor one that is imported' crm-import deal deals.csv --rejects r.csv
is 'whose row is given back' "$(sed -n 2p r.csv | cut -d, -f1-4)" 'Not yet,1,,2026-11-24'

ok 'history' crm-pipeline history deal-1 -o csv -f from_stage,stage,at,amount,duration_s
cat >wanted <<'END'
from_stage,stage,at,amount,duration_s
,discovery,2026-11-21T02:30:00Z,15000000,
discovery,proposal,2026-11-23T02:30:00Z,15000000,172800
proposal,negotiation,2026-11-23T02:30:00Z,15000000,0
negotiation,won,2026-11-25T02:30:00Z,15000000,172800
won,negotiation,2026-11-25T02:30:00Z,15000000,0
END
same 'has every move' out wanted
is 'of all deals' "$(crm-pipeline history -o refs | wc -l)" \
	"$(python3 -c "import sqlite3; print(*sqlite3.connect('crm.db').execute('select count(*) from stage_change').fetchone())")"
is 'of some' "$(crm-deal list owner:mai | crm-pipeline history - -o csv -f deal | sort -u | tail -1)" deal-2
is 'the last two' "$(crm-pipeline history deal-1 -s -id -l 2 -o csv -f stage | tail -1)" won

# Stale: since 23 (deal-4 is lost) and 25 November; fourteen days are allowed
stale() {
	at=$1
	shift
	CRM_NOW=$at crm-pipeline stale -o refs "$@" | tr '\n' ' '
}
is 'nothing is stale after exactly its days' "$(stale 2026-12-09T02:30:00Z)" ''
is 'a second later it is' "$(stale 2026-12-09T02:30:01Z)" 'deal-1 deal-2 deal-3 '
is 'by days of one'"'"'s own' "$(stale 2026-11-27T02:30:01Z --days 2)" 'deal-1 deal-2 deal-3 '
is 'of one owner' "$(stale 2026-12-09T02:30:01Z owner:mai)" 'deal-2 '
status 2 'days that are none' crm-pipeline stale --days -1
export CRM_NOW=2026-12-20T02:30:00Z
ok 'stale deals to calls' sh -c 'crm-pipeline stale --days 14 | crm-activity add kind=call due_at=tomorrow - -o csv -f deal,due_at'
cat >wanted <<'END'
deal,due_at
deal-1,2026-12-20T17:00:00Z
deal-2,2026-12-20T17:00:00Z
deal-3,2026-12-20T17:00:00Z
END
same 'one each' out wanted
ok 'a list won in one go' sh -c 'crm-deal list stage:negotiation | crm-pipeline win -o refs'
is 'all of them' "$(crm-deal count stage:won)" 2

# A strict pipeline, with stages of other names
python3 -c "
import sqlite3
db = sqlite3.connect('crm.db')
db.execute('''insert into pipeline (key, pos, en, strict) values ('b2b', 1, 'B2B', 1)''')
for i, (key, kind, p, need) in enumerate([('first', 'open', 10, None), ('second', 'open', 40, 'amount'),
        ('third', 'open', 60, None), ('signed', 'won', 100, None), ('dropped', 'lost', 0, None)]):
    db.execute('insert into stage (pipeline, pos, key, en, kind, probability, require) values (?,?,?,?,?,?,?)',
               ('b2b', i, key, key.title(), kind, p, need))
db.commit()"
crm-deal add name=Lớn account=account-1 pipeline=b2b -q
refused 'a skipped stage' 1 'deal-5: stage: "third" skips a stage after "first"; say why with --reason' \
	crm-pipeline move deal-5 third
refused 'a field that the stage needs' 1 'deal-5: amount: stage "second" needs it' \
	crm-pipeline move deal-5 second
refused 'a stage of another pipeline' 1 'deal-5: stage: "proposal" is no stage of pipeline "b2b"' \
	crm-pipeline move deal-5 proposal
ok 'filled in the same breath' crm-pipeline move deal-5 second amount=5tr -q
ok 'skipped for a reason' crm-pipeline win deal-5 --reason 'signed at the fair' -o csv -f stage
is 'to its own last stage' "$(tail -1 out)" signed
ok 'lost is never too far' crm-pipeline reopen deal-5 first -q
ok 'from the first' crm-pipeline lose deal-5 timing -o csv -f stage
is 'its own, too' "$(tail -1 out)" dropped
is 'the board names the pipeline where there are several' \
	"$(crm-pipeline show -o table | sed -n '2s/  .*//p')" 'Sales: Discovery'

# The manners of every program
status 3 'a full disk is noticed' sh -c 'crm-pipeline show >/dev/full'
status 3 'by writers too' sh -c 'crm-pipeline move deal-1 proposal >/dev/full'
ok '--help' crm-pipeline --help
is 'has nothing on stderr' "$(cat err)" ''
status 2 'an unknown option' crm-pipeline show --close
is 'prints nothing' "$(cat out)" ''
status 2 'an unknown verb' crm-pipeline mvoe
has 'names the nearest' 'did you mean move?' err
ok 'in an empty environment' env -i CRM_DB="$CRM_DB" "$(command -v crm-pipeline)" show -o table
has 'names are right' 'Đức Phát' out

# A clock that is put back makes no stay of less than nothing
crm-pipeline move deal-4 proposal -q
CRM_NOW=2026-11-20T02:30:00Z crm-pipeline move deal-4 discovery -q
is 'it is not known how long that was' "$(crm-pipeline history deal-4 -o csv -f stage,duration_s | tail -1)" discovery,

# What is retired takes no open deals, not even one that was there
crm-init -q --preset b2b two.db
export CRM_DB="$work/two.db"
crm-account add name=A -q
crm-deal add name=R account=1 pipeline=renewal amount=5 -q
crm-pipeline win deal-1 -q
crm-config show pipelines | sed '/^  renewal:/,$d' | crm-config apply -q
status 1 'a deal of a retired pipeline is not reopened' crm-pipeline reopen deal-1
is 'and it is said what to do' "$(cat err)" \
	'crm-pipeline: deal-1: pipeline "renewal" is retired; set a pipeline and a stage of another'
ok 'which works' crm-deal set deal-1 pipeline=sales stage=discovery -q
is 'there' "$(crm-deal list -f pipeline,stage -o csv | tail -1)" sales,discovery
done_testing
