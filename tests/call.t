#!/bin/sh
# crm-call: calls noted in a line, what follows from each, and whom to ring next.
. tests/lib.sh

vietnam
sql() { sqlite3 -batch -separator '|' "$CRM_DB" "$1"; }
field() { # RECORD FIELDS
	crm-"${1%-*}" show "$1" -f "$2" -o tsv | tail -1
}
as() { # USER COMMAND…
	(export CRM_USER="$1" && shift && "$@")
}
at() { # TIME COMMAND…
	(export CRM_NOW="2026-11-21T$1:00Z" && shift && "$@")
}
crm-lead add name='Trần An' phone=0901111111 score=10 owner=lan -q
crm-lead add name='Lê Bình' phone=0902222222 score=50 need='Sơn nhà' -q
crm-lead add name='Vũ Chi' phone=0903333333 email=chi@x.vn -q
crm-lead add name='Dư Na' mobile=0904444444 do_not_call=true -q
crm-account add name='Minh Anh' phone=02438250000 -q
crm-contact add name='Hồ Lan' account=1 -q
crm-deal add name=Sơn contact=1 account=1 -q
export CRM_USER=lan

# -- one call --
ok 'by number, in short, with a note' crm-call 0901111111 na máy tắt -o csv -f id,kind,direction,status,outcome,body,due_at,done_at,owner,lead,subject
cat >want <<'END'
id,kind,direction,status,outcome,body,due_at,done_at,owner,lead,subject
activity-1,call,out,done,no_answer,máy tắt,,2026-11-21T02:30:00Z,lan,lead-1,
activity-2,call,out,planned,,,2026-11-21T04:30:00Z,,lan,lead-1,máy tắt
END
same 'is a call, and one that is planned' out want
is 'counted, and contacted' "$(field lead-1 status,contact_attempts,first_response_at,next_contact_at)" \
	"contacted	1	2026-11-21T02:30:00Z	2026-11-21T04:30:00Z"
ok 'by name, when it was planned' at 05:00 crm-call 'trần an' con đã gặp duration_s=95 next=tomorrow+9h -o csv -f id,outcome,duration_s,due_at,body
cat >want <<'END'
id,outcome,duration_s,due_at,body
activity-2,connected,95,2026-11-21T04:30:00Z,đã gặp
activity-3,,,2026-11-22T02:00:00Z,
END
same 'does what was planned' out want
is 'the second attempt' "$(field lead-1 contact_attempts)" 2
ok 'a call in is no attempt, and plans none' crm-call 1 busy direction=in -o refs
is 'one record' "$(cat out)" activity-4
is 'still two' "$(field lead-1 contact_attempts)" 2
ok 'about a deal' crm-call deal-1 i -o csv -f deal,contact,account,outcome,lead
is 'its people, too' "$(tail -1 out)" deal-1,contact-1,account-1,interested,
ok 'next=no plans none' crm-call lead-1 cb next=no -o refs
is 'but the call' "$(wc -l <out | tr -d ' ')" 1
ok 'dry run' crm-call lead-3 na -n -o csv -f id,status
is 'shows both' "$(sed 1d out | cut -d, -f2 | paste -sd' ')" 'done planned'
is 'and writes nothing' "$(sql 'select count(*) from activity where lead = 3')" 0
ok 'a wrong number of whom a letter reaches' crm-call lead-3 wn -q
is 'stays open' "$(field lead-3 status,disqualify_reason)" "new	"
crm-lead add name='Sai Số' phone=0909999999 -q
ok 'a wrong number' crm-call lead-5 wn -o refs
is 'of whom nothing else does' "$(field lead-5 status,disqualify_reason)" "disqualified	wrong_number"
ok 'undone' crm-undo -q
is 'as it was' "$(field lead-5 status,contact_attempts) $(sql 'select count(*) from activity where lead = 5')" "new	0 0"
ok 'many at once' sh -c 'printf "lead-3\nlead-5\n" | crm-call - vm -q'
is 'each' "$(sql "select count(*) from activity where outcome = 'voicemail'")" 2
ok 'once' crm-call lead-3 b --once k -o refs
cp out first
ok 'again' crm-call lead-3 b --once k -o refs
same 'is the same' out first
crm-call lead-4 na -q
is 'who must not be rung is not planned' "$(sql "select count(*) from activity where lead = 4 and status = 'planned'")" 0

# -- what is wrong --
status 2 'no outcome' crm-call
has 'lists them' 'what came of the call? One of: connected no_answer busy' err
status 2 'none that is known' crm-call lead-1 bussy
is 'has its nearest' "$(cut -d';' -f1,2 err)" 'crm-call: "bussy" is no outcome; did you mean busy?'
status 2 'too short' crm-call lead-1 c
is 'says what it may be' "$(cat err)" 'crm-call: outcome: "c" may be any of connected, callback'
status 2 'an outcome that may be a name' crm-call na busy
has 'is asked back' '"na" is an outcome, too' err
status 1 'nobody' crm-call 0988888888 na
status 1 'there is no such lead' crm-call lead-99 na
status 1 'nobody was handed out' crm-call na
has 'says so' 'nobody was handed out to you; name whom you rang' err
status 2 'past' crm-call lead-1 cb next=yesterday
status 2 'no field' crm-call lead-1 cb colour=red
status 1 'nothing that is rung' crm-call campaign-1 na
crm-lead add name='Trần An Bình' phone=0901111112 -q
crm-lead add name='Trần An' phone=0901111113 -q
status 1 'two of that name' crm-call 'Trần An' na
is 'are listed' "$(cat err)" 'crm-call: "Trần An" may be any of lead-1 Trần An, lead-7 Trần An'
(unset CRM_USER; crm-lead rm 6 7 -q)
is 'nothing was written' "$(sql "select count(*) from activity where outcome = 'no_answer'")" 2

# -- whom to ring next --
rm -f "$CRM_DB"*
unset CRM_USER
vietnam
crm-user add login=nam name=Nam -q
crm-config apply - <<'END' >/dev/null
picklists:
  activity.outcome:
    - connected
    - no_answer
    - busy
    - voicemail
    - wrong_number
    - interested
    - not_interested
    - callback
    - meeting_set
    - other
    - demo_given: {vi: Đã giới thiệu}
calls:
  hours: "mon-sat 08:00-17:00"
  outcomes:
    - no_answer: {again: 2h, most: 2, lead: nurturing}
    - not_interested: {lead: disqualified, reason: no_need}
    - demo_given: {again: 3d, member: interested}
END
is 'what is configured comes back' "$(crm-config show calls | grep -v '^#' | head -2 | tail -1)" '  hours: "mon-sat 08:00-17:00"'
status 1 'a wrong configuration' sh -c 'printf "calls:\n  hours: late\n  outcomes:\n    - sold: {again: soon}\n    - busy: {again: soon}\n" | crm-config apply -'
is 'is refused where it stands' "$(cut -d: -f3-4 err | paste -sd' ')" '2:10 4:7 5:21'
i=0
while [ $((i += 1)) -le 10 ]; do
	echo "Người $i,09011111$((10 + i)),$((i * 10 % 70))"
done >people
{ echo name,phone,score; cat people; } | crm-import lead -q
crm-lead add name='Không Số' email=ks@x.vn score=99 -q
crm-lead add name='Không Gọi' phone=0907777777 score=98 -q
crm-lead add name='Trùng Số' phone=0908888888 score=97 -q
crm-lead add name='Trùng Hai' phone=0908888888 -q
crm-campaign add name=Gọi channel=call status=active objective='Mời dùng thử' -q
ok 'a call list accounts for whom it passes over' sh -c 'crm-lead list | crm-campaign add Gọi - -q; crm-lead set 12 do_not_call=true -q'
is 'who cannot be rung is not in it' "$(crm-campaign members Gọi -f lead.name,status -o csv | sed 1d | tail -3 | paste -sd' ')" \
	'Người 10,queued Không Gọi,opted_out Trùng Số,queued'
crm-lead rm 13 -q
export CRM_USER=lan
next() { crm-call next --campaign Gọi "$@"; }
ok 'the best score' next
is 'first, with all that one needs' "$(python3 -c 'import json,sys; r=json.load(open("out")); print(r["id"], r["phone"], r["campaign"], r["objective"], r["attempts"], r["until"])')" \
	'lead-6 0901111116 Gọi Mời dùng thử 0 2026-11-21T02:40:00Z'
ok 'asked again' next -o refs
is 'the one that is not done yet' "$(cat out)" lead-6
ok 'for people' next -o table
is 'a line a fact' "$(grep -c '^Name  *Người 6$\|^Objective  *Mời dùng thử$' out)" 2
status 2 'no such column' next -f nme
is 'another gets another' "$(as mai crm-call next --campaign Gọi -o refs)" lead-5
ok 'skipped' next --skip -o refs
is 'is somebody else' "$(cat out)" lead-4
ok 'noted without a name' crm-call na -q
is 'of whom one has' "$(sql "select lead, campaign from activity where status = 'done'")" '4|1'
is 'the member, too' "$(crm-campaign members Gọi lead:4 -f status -o csv | tail -1)" no_answer
is 'who was skipped waits' "$(next -o refs)" lead-3
is 'until their time is over' "$(at 02:41 crm-call next --campaign Gọi -o refs)" lead-6
is 'whoever did not answer in time loses them' "$(at 02:55 as nam crm-call next --campaign Gọi -o refs)" lead-6
status 1 'who noted it too late' at 02:56 crm-call b
is 'hears of it' "$(cat err)" 'crm-call: lead-6 was handed out to another since; name them to note the call'
is 'claims are a list' "$(crm-call claims user:nam -f lead,status -o csv | tail -1)" lead-6,open

# Due calls go before all others; first to who planned them, when late to all.
crm-call lead-10 cb next=+1h campaign=Gọi -q
is 'what is planned later is not due' "$(at 03:00 crm-call next --campaign Gọi -o refs)" lead-5
at 03:00 crm-call ni -q
is 'not interested' "$(field lead-5 status,disqualify_reason) $(crm-campaign members Gọi lead:5 -f status -o csv | tail -1)" \
	"disqualified	no_need refused"
is 'due, to who planned it' "$(at 03:31 crm-call next --campaign Gọi -o refs)" lead-10
ok 'the plan is done by it' at 03:31 crm-call demo đã xem -o csv -f id,outcome,due_at
is 'and three days later at the hour that it was' "$(sed -n 3p out | cut -d, -f3)" 2026-11-24T03:31:00Z
is 'what brings a member further is configured' "$(crm-campaign members Gọi lead:10 -f status -o csv | tail -1)" interested
is 'not yet to others' "$(at 05:00 as nam crm-call next --campaign Gọi -o refs)" lead-6
is 'late, to anybody' "$(at 05:31 as nam crm-call next --campaign Gọi --skip -o refs)" lead-4
at 05:31 as nam crm-call na -q
is 'the most attempts: no other is planned, and the lead moves' \
	"$(field lead-4 status,contact_attempts) $(sql "select count(*) from activity where lead = 4 and status = 'planned'")" "nurturing	2 0"

# Hours of calls.
status 1 'before eight' at 00:30 crm-call next --campaign Gọi
is 'says when' "$(cat err)" 'crm-call: nobody is to be rung before 2026-11-21 08:00'
status 1 'on Sunday' env CRM_NOW=2026-11-22T03:00:00Z crm-call next --campaign Gọi
is 'on Monday' "$(cat err)" 'crm-call: nobody is to be rung before 2026-11-23 08:00'
at 06:00 crm-call lead-9 cb next=2026-11-21T19:00 -q
is 'but whom they asked for at that hour' "$(at 12:05 crm-call next -o refs)" lead-9
at 12:05 crm-call busy -q
is 'what is planned without a word waits for the morning' "$(sql "select due_at from activity where lead = 9 and status = 'planned'")" 2026-11-23T01:00:00Z
export CRM_NOW=2026-11-23T02:00:00Z
crm-call lead-8 na -q
crm-call lead-8 na -q
crm-call lead-8 cb next=+1min -q
is 'three times a day are enough' "$(CRM_NOW=2026-11-23T02:02:00Z crm-call next -o refs)" lead-9
unset CRM_USER
crm-campaign set Gọi status=paused -q
status 1 'a campaign that rests' next

# A segment, terms, contacts; two may not ring the same through two ways.
crm-account add name='Minh Anh' phone=02438250000 -q
crm-contact add name='Hồ Lan' account=1 -q
crm-segment add name=khách of=account condition='name ~ minh' -q
is 'an organisation is its main contact, at its number' "$(as mai crm-call next --segment khách -f id,phone,account -o csv | tail -1)" \
	'contact-1,02438250000,Minh Anh'
as mai crm-call con -q
status 1 'who was rung lately rests' as mai crm-call next --segment khách
is 'a week' "$(CRM_NOW=2026-12-01T02:00:00Z as mai crm-call next --segment khách -o refs)" contact-1
status 2 'either' as mai crm-call next --segment khách --campaign Gọi
crm-lead add name='Mới' phone=0906000000 owner=mai -q
status 1 'nobody is left' as lan crm-call next name:zz --skip
is 'whom terms describe' "$(as lan crm-call next name:mới -o refs)" lead-15

# What decree 91/2020 says of calls, where the Vietnamese preset is.
rm -f "$CRM_DB"*
crm-init --preset vi -q
crm-user add login=lan name=Lan -q
printf 'name,phone,score\nAnh,0901000001,9\nAnh lại,0901000001,8\nBình,0901000002,7\n' | crm-import lead -q
export CRM_USER=lan
ring() { CRM_NOW="2026-11-2$1:00Z" crm-call next name:any -o refs 2>/dev/null || echo nobody; }
is 'the first' "$(ring 3T01:30)" lead-1
CRM_NOW=2026-11-23T01:30:00Z crm-call na -q
is 'the same number is not rung again, whoever has it' "$(ring 3T02:00)" lead-3
CRM_NOW=2026-11-23T02:00:00Z crm-call cb next=2026-11-23T15:00 -q
is 'but who asked for it is' "$(ring 3T08:00)" lead-3
CRM_NOW=2026-11-23T08:00:00Z crm-call ni next=no -q
is 'not in the evening' "$(ring 3T10:00)" nobody
is 'nor within 24 hours' "$(ring 4T01:29)" nobody
is 'then by what was planned' "$(ring 4T01:30)" lead-1
unset CRM_USER

# Eight at once.
rm -f "$CRM_DB"*
export CRM_NOW=2026-11-21T02:30:00Z
vietnam
for n in 1 2 3 4 5 6 7 8; do
	echo "u$n,U$n"
done | { echo login,name; cat; } | crm-import user -q
awk 'BEGIN { print "name,phone"; for (i = 10; i < 40; i++) print "N" i ",09010000" i }' | crm-import lead -q
crm-campaign add name=Gọi channel=call -q
crm-lead list | crm-campaign add Gọi - -q
# A telesales hour: each takes and notes five, with all the others.
worker() {
	for round in 1 2 3 4; do
		CRM_USER=u$1 crm-call next --campaign Gọi -o refs >>"got.$1" || return
		case $round in
		1) o=na ;; 2) o=con ;; 3) o=cb ;; *) o=ni ;;
		esac
		CRM_USER=u$1 crm-call $o "lần $round" -q || return
	done
}
for n in 1 2 3 4 5 6 7 8; do
	worker $n 2>>"said" &
	pids="$pids $!"
done
code=0
for pid in $pids; do
	wait "$pid" || code=$?
done
is 'the last ones find nobody' $code 1
is 'each person once' "$(sort got.? | uniq -d | wc -l | tr -d ' ') $(cat got.? | wc -l | tr -d ' ')" '0 30'
is 'as many calls as people' "$(sql "select count(*), count(distinct lead) from activity where status = 'done'")" '30|30'
is 'each outcome where it belongs' "$(sql "select count(*) from activity a join campaign_member m on m.lead = a.lead
	where a.status = 'done' and m.status <> case a.outcome when 'connected' then 'reached' when 'not_interested' then 'refused' else a.outcome end")" 0
is 'nobody has anybody still' "$(sql "select count(*) from call_claim where status = 'open'")" 0
is 'the report agrees' "$(crm-report calls -o csv --by outcome 2>/dev/null | grep -c '^')" \
	"$(($(sql "select count(distinct outcome) from activity where status = 'done'") + 1))"
done_testing
