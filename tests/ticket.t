#!/bin/sh
# crm-ticket: statuses, clocks of working time, answers.  Expected times are counted minute by minute
# or by hand, on Monday-Friday 8:00-12:00, 13:00-17:30, Asia/Ho_Chi_Minh.
. tests/lib.sh

vietnam
at() { # INSTANT COMMAND…
	CRM_NOW=$1
	shift
	"$@"
	CRM_NOW=2026-11-20T16:00:00+07:00
}
export CRM_NOW=2026-11-20T16:00:00+07:00
field() { # RECORD FIELD
	crm-"${1%-*}" show "$1" -f "$2" -o tsv | tail -1
}
crm-account add name='Minh Anh' -q
crm-contact add name='Trần Lan' account=1 -q

# What is promised, by priority: 1/8, 4/24, 8/40, 24/80 hours.
for p in urgent high normal low; do
	crm-ticket add subject="$p" priority=$p contact=1 channel=zalo -q
done
ok 'promises' crm-ticket list -s id -o csv -f priority,response_due,resolution_due,status,opened_at
python3 - <<'END' >want
from datetime import datetime, timedelta
def due(hours):
    t, left = datetime(2026, 11, 20, 16), hours * 60
    while left:
        m = t.hour * 60 + t.minute
        if t.weekday() < 5 and (480 <= m < 720 or 780 <= m < 1050): left -= 1
        t += timedelta(minutes=1)
    return (t - timedelta(hours=7)).strftime('%Y-%m-%dT%H:%M:00Z')
print('priority,response_due,resolution_due,status,opened_at')
for p, a, b in ('urgent', 1, 8), ('high', 4, 24), ('normal', 8, 40), ('low', 24, 80):
    print(p, due(a), due(b), 'new', '2026-11-20T09:00:00Z', sep=',')
END
same 'to the minute' out want
is 'account from the contact' "$(field ticket-1 account)" account-1

# Another priority: another promise, from when it was opened.
at 2026-11-23T09:00:00+07:00 crm-ticket set 4 priority=urgent -q
is 'more urgent' "$(field ticket-4 resolution_due)" 2026-11-23T08:30:00Z

# The clock stands while it waits: 8:00-15:00 on Monday are six working hours.
at 2026-11-23T08:00:00+07:00 crm-ticket reply 1 'Đang kiểm tra' --pending -q
is 'waits' "$(field ticket-1 status)" pending
is 'answered' "$(field ticket-1 first_response_at)" 2026-11-23T01:00:00Z
at 2026-11-23T15:00:00+07:00 crm-ticket reply 1 'Vẫn hỏng' --from-customer -q
is 'awake' "$(field ticket-1 status)" open
is 'waited' "$(field ticket-1 pending_s)" 21600
is 'and is due later' "$(field ticket-1 resolution_due)" 2026-11-24T05:00:00Z
is 'kind by channel' "$(field activity-1 kind,direction,account,contact)" "chat	out	account-1	contact-1"

# Resolved, opened again, closed.
at 2026-11-24T09:00:00+07:00 crm-ticket resolve 1 resolution='Đổi máy' -q
is 'resolved' "$(field ticket-1 resolved_at)" 2026-11-24T02:00:00Z
at 2026-11-24T10:00:00+07:00 crm-ticket reopen 1 -q
is 'again' "$(field ticket-1 status,resolved_at,reopened)" "open		1"
at 2026-11-24T11:00:00+07:00 crm-ticket reply 1 'Xong' --resolve -q
at 2026-11-24T11:30:00+07:00 crm-ticket reply 1 'Chưa xong' --from-customer -q
is 'the customer says no' "$(field ticket-1 status,reopened)" "open	2"
at 2026-11-24T11:40:00+07:00 crm-ticket close 1 csat=4 -q
is 'closed' "$(field ticket-1 status,closed_at,resolved_at,csat)" \
	"closed	2026-11-24T04:40:00Z	2026-11-24T04:40:00Z	4"

# Refusals.
status 1 'csat 6' crm-ticket set 1 csat=6
is 'says the range' "$(cat err)" 'crm-ticket: ticket-1: csat: 6 is not between 1 and 5'
status 1 'new but once' crm-ticket set 1 status=new
status 1 'derived' crm-ticket set 1 resolution_due=tomorrow
status 1 'no subject' crm-ticket add kind=question
status 2 'reply without text' crm-ticket reply ticket-2
status 2 'blanks are no answer' crm-ticket reply ticket-2 '  '
status 2 'waiting or resolved' crm-ticket reply ticket-2 text --pending --resolve
status 2 'from them, or not for them' crm-ticket reply ticket-2 text --internal --from-customer
status 1 'reply to nobody' crm-ticket reply ticket-99 text
is 'names it' "$(cat err)" 'crm-ticket: there is no ticket-99'

# A note is no answer; the first answer taken away is not one either.
crm-ticket reply 2 'nội bộ' --internal -q
is 'note' "$(field ticket-2 status,first_response_at)" "new	"
crm-ticket reply 2 'một' -q
is 'answer' "$(field ticket-2 status,first_response_at)" "open	2026-11-20T09:00:00Z"
crm-activity rm "$(crm-activity list ticket:2 body:một -o refs)" -q
is 'no answer left' "$(field ticket-2 first_response_at)" ''

# sla: what is near, what is broken.
CRM_NOW=2026-11-23T15:00:00+07:00
ok 'sla' crm-ticket sla -o csv
cat >want <<'END'
id,number,subject,priority,status,owner,response,response_due,response_left_s,resolution,resolution_due,resolution_left_s
END
python3 - <<'END' >>want
rows = [('ticket-4','low','urgent','new','breached','2026-11-20T10:00:00Z',-(30+240+120)*60,'running','2026-11-23T08:30:00Z',1800),
        ('ticket-2','high','high','open','breached','2026-11-23T03:30:00Z',-(90+120)*60,'running','2026-11-25T07:30:00Z',(150+510+330)*60),
        ('ticket-3','normal','normal','new','running','2026-11-23T08:30:00Z',1800,'running','2026-11-27T06:30:00Z',(150+3*510+270)*60)]
import sqlite3
n = dict(sqlite3.connect('crm.db').execute("select 'ticket-' || id, coalesce(number, '') from ticket"))
for i, subject, p, s, r, rd, rl, q, qd, ql in rows:
    print(i, n[i], subject, p, s, '', r, rd, rl, q, qd, ql, sep=',')
END
same 'clocks' out want
is 'of an empty stream, nothing' "$(crm-ticket sla -o refs - </dev/null)" ''
is 'breached alone' "$(crm-ticket sla --breached -o refs | tr '\n' ' ')" 'ticket-4 ticket-2 '
is 'within the hour' "$(crm-ticket sla --within 1h priority:normal -o refs)" ticket-3
crm-ticket sla -o csv >sla.then
as_of=$CRM_NOW
is 'as of then' "$(CRM_NOW=2027-01-01T00:00:00Z crm-ticket sla --as-of "$as_of" -o csv)" "$(cat sla.then)"
is 'none within a minute' "$(crm-ticket sla --within 1min priority:normal -o refs)" ''
status 2 'within what' crm-ticket sla --within soon
is 'in a pipe' "$(crm-ticket sla --breached | crm-ticket take - -f owner -o tsv | sed 1d | uniq)" "$(id -un)"

# An import keeps what was: nothing of it happened today.
printf '%s\n' 'subject,status,opened,closed_at,resolved_at,first_response_at' \
	'cũ,closed,2026-01-05T03:00:00Z,2026-01-06T03:00:00Z,2026-01-06T02:00:00Z,2026-01-05T04:00:00Z' \
	'cũ hơn,closed,2025-01-05T03:00:00Z,,,' >old.csv
ok 'import' crm-import ticket old.csv
is 'times stay' "$(crm-ticket list subject:cũ -o tsv -f opened_at,first_response_at,resolved_at,closed_at | tail -1)" \
	"2026-01-05T03:00:00Z	2026-01-05T04:00:00Z	2026-01-06T02:00:00Z	2026-01-06T03:00:00Z"
is 'unknown stays unknown' "$(crm-ticket list subject:'cũ hơn' -o tsv -f resolved_at,closed_at | tail -1)" "	"
ok 'an old call' crm-activity add kind=call ticket=2 done_at=2026-11-20T10:00:00Z -q
is 'is the first answer' "$(field ticket-2 first_response_at)" 2026-11-20T10:00:00Z
ok 'dry run' crm-ticket resolve 2 -n
is 'changes nothing' "$(field ticket-2 status)" open
done_testing
