#!/bin/sh
# crm-lead claim and disqualify: one owner each, and a reason for every no.
. tests/lib.sh

vietnam
printf '%s\n' name,score,created_at,owner,status A,10,2026-11-01,,new B,50,2026-11-03,,contacted \
	C,50,2026-11-02,,target D,99,2026-11-01,mai,new E,,2026-11-01,,qualified >leads.csv
cut -d, -f1,2,4,5 leads.csv | crm-lead add -q
python3 - <<'END'
import csv, sqlite3
db = sqlite3.connect('crm.db')
for row in csv.DictReader(open('leads.csv')): # the ages that they would have
    db.execute('update lead set created_at = ? where name = ?', (row['created_at'] + 'T00:00:00Z', row['name']))
db.commit()
END

everything() { crm-lead list -f '+rev,*' -o csv; }
refused() { # NAME STATUS MESSAGE ARGUMENT…
	name=$1 code=$2 message=$3
	shift 3
	everything >before
	status "$code" "$name" "$@"
	is "$name: message" "$(sed 's/ (see .*//' err)" "crm-lead: $message"
	is "$name: silent" "$(cat out)" ''
	everything >after
	same "$name: nothing written" after before
}

export CRM_USER=lan
everything >before
ok 'claim -n' crm-lead claim -n -o csv -f name,owner
is 'shows the lead' "$(tail -1 out)" C,lan
everything >after
same 'and takes nothing' after before
claimed() { crm-lead claim "$@" -f name,owner,assigned_at -o csv | tail -1; }
is 'the highest score, then the oldest' "$(claimed)" C,lan,2026-11-21T02:30:00Z
is 'then the next' "$(CRM_USER=mai claimed)" B,mai,2026-11-21T02:30:00Z
is 'of some' "$(claimed status:qualified)" E,lan,2026-11-21T02:30:00Z
ok 'and say something with it' crm-lead claim status=contacted --once morning -f name,status -o csv
is 'in one write' "$(tail -1 out)" A,contacted
is 'once: the same again' "$(crm-lead claim status=contacted --once morning -f name,status -o csv | tail -1)" A,contacted
refused 'none left' 1 'no lead is free' crm-lead claim
refused 'one that is taken' 1 'lead-4: it is taken; its owner is mai' crm-lead claim lead-4
refused 'one'"'"'s own' 1 'lead-1: it is taken; its owner is lan' crm-lead claim 1
refused 'one that is not there' 1 'there is no lead-99' crm-lead claim lead-99
refused 'two at once' 2 'claim one lead, or the next free one that terms describe' \
	crm-lead claim lead-1 lead-2
crm-lead set lead-1 owner= -q
is 'one by name' "$(claimed A)" A,lan,2026-11-21T02:30:00Z
status 3 'who is not known' env CRM_USER=nobody-here crm-lead claim
is 'is told' "$(cat err)" 'crm-lead: CRM_USER: there is no user "nobody-here"'
unset CRM_USER
me() { python3 -c "import sqlite3, sys
db = sqlite3.connect('crm.db')
db.execute('update user set login = ? where login = ?', sys.argv[1:])
db.commit()" "$@"; }
me hidden "$(id -un)"
status 3 'nor is an operating-system user who is none here' crm-lead claim
is 'told how' "$(cat err)" "crm-lead: who claims? There is no user $(id -un) here; set CRM_USER"
me "$(id -un)" hidden

# Disqualifying
ok 'disqualify' crm-lead disqualify lead-1 lead-2 no_need -o csv -f id,status,disqualify_reason
cat >wanted <<'END'
id,status,disqualify_reason
lead-1,disqualified,no_need
lead-2,disqualified,no_need
END
same 'prints the leads' out wanted
ok 'with a note' crm-lead disqualify lead-3 other notes='đã nghỉ' -o csv -f disqualify_reason,notes
is 'keeps it' "$(tail -1 out)" 'other,đã nghỉ'
ok 'the reason as a field, from a stream' \
	sh -c 'crm-lead list name:D | crm-lead disqualify disqualify_reason=wrong_number -o refs'
is 'prints what came' "$(cat out)" lead-4
refused 'without reason' 2 \
	'"lead-5" is no reason; one of: no_need no_budget no_authority unreachable wrong_number duplicate competitor not_now other' \
	crm-lead disqualify lead-5
refused 'a reason that is none' 2 '"no_ned" is no reason; did you mean no_need?' \
	crm-lead disqualify lead-5 no_ned
refused 'other without a word' 1 'lead-5: notes: the reason "other" wants a word in the notes' \
	crm-lead disqualify lead-5 other
refused 'all or nothing' 1 'there is no lead-99' crm-lead disqualify lead-5 lead-99 no_need
crm-lead set lead-3 owner= -q
refused 'a closed lead is not claimed' 1 'lead-3: it is disqualified' crm-lead claim lead-3
ok 'back to work' crm-lead set lead-3 status=contacted -o csv -f status,disqualify_reason
is 'forgets the reason' "$(tail -1 out)" contacted,
crm-convert lead-5 -q
refused 'what is converted stays' 1 'lead-5: it is converted, and history from then on' \
	crm-lead disqualify lead-5 no_need

status 3 'a full disk is noticed' sh -c 'crm-lead disqualify lead-3 no_need >/dev/full'
ok 'claim --help' crm-lead claim --help
is 'has nothing on stderr' "$(cat err)" ''
status 2 'an unknown option' crm-lead claim --next
is 'prints nothing' "$(cat out)" ''
# The next contact is the earliest plan, whatever becomes of the plans.
crm-lead add name=Plan -q
next() { crm-lead list name:Plan -f next_contact_at -o tsv | tail -1; }
late=$(crm-activity add kind=call lead=Plan due_at=2026-12-05T00:00:00Z -o refs)
soon=$(crm-activity add kind=call lead=Plan due_at=2026-12-01T00:00:00Z -o refs)
is 'the earlier plan' "$(next)" 2026-12-01T00:00:00Z
crm-activity add kind=call lead=Plan outcome=no_answer -q
is 'a call that is done is no plan' "$(next)" 2026-12-01T00:00:00Z
crm-activity set "$soon" status=done -q
is 'done: the one after it' "$(next)" 2026-12-05T00:00:00Z
crm-activity set "$late" due_at=2026-12-09T00:00:00Z -q
is 'put off' "$(next)" 2026-12-09T00:00:00Z
crm-activity set "$late" status=cancelled -q
is 'none left' "$(next)" ''
done_testing
