#!/bin/sh
# crm-report tickets, sla: figures by hand, in working time (Monday-Friday 8:00-12:00, 13:00-17:30; 8.5
# hours a day).  Now it is Saturday, 21 November 2026, 9:30.
. tests/lib.sh
vietnam

report() { # REPORT ARGUMENT…: as CSV
	crm-report "$@" -o csv
}

crm-account add -q name='Minh Anh'
crm-account add -q name='Sao Mai' tier=vip
# Due, by priority (urgent 1/8, high 4/24, normal 8/40 hours): t1 Mon 9:00, 17:00; t2 Mon 13:30, with
# an hour of waiting Tue 12:00; t3 Mon 23 15:30, Fri 27; t4 Thu 12:00, Mon 23; t5 Wed 9:00, 17:00;
# t6 Tue 17:00, Mon 23 15:00.  t5 is reopened now: what was promised stood while it was resolved,
# from Thu 17:30 on, 8.5 hours, so it was due Thu 17:00.  t7 is over, and nobody knows since when.
crm-import ticket -q - <<'CSV'
number,subject,priority,status,channel,account,owner,opened_at,first_response_at,resolved_at,pending_s,csat
t1,a,urgent,resolved,zalo,account-1,lan,2026-11-16T08:00:00+07:00,2026-11-16T08:30:00+07:00,2026-11-16T11:00:00+07:00,,5
t2,b,urgent,closed,email,account-1,mai,2026-11-16T11:30:00+07:00,2026-11-16T13:30:00+07:00,2026-11-17T09:00:00+07:00,3600,2
t3,c,normal,new,email,,lan,2026-11-20T16:00:00+07:00,,,,
t4,d,high,open,zalo,,mai,2026-11-19T08:00:00+07:00,,,,
t5,e,urgent,resolved,zalo,,lan,2026-11-18T08:00:00+07:00,2026-11-18T10:00:00+07:00,2026-11-19T17:30:00+07:00,,
t6,f,normal,resolved,zalo,,lan,2026-11-17T08:00:00+07:00,,2026-11-17T09:00:00+07:00,,
t7,g,normal,closed,zalo,,lan,2026-11-17T08:00:00+07:00,,,,
CSV
crm-ticket reopen -q ticket-5

# --- tickets -----------------------------------------------------------------------------
# First response: 30, 30 + 30, 120 minutes, and t6 60 (resolved without a word).  Resolution: t1 3 h,
# t2 0.5 + 4.5 + 1 less the hour it waited, t6 1 h.  Backlog: t3 (0.7 days old), t4 (2.1), t5 (3.1).
# Response clocks: t1, t2, t6 met, t4, t5 missed, t3 runs; resolution: t1, t2, t6 met, t5 missed.
head='opened,resolved,backlog,median_backlog_age_days,oldest_backlog_age_days,median_first_response_minutes,p90_first_response_minutes,response_within_sla,median_resolution_hours,p90_resolution_hours,resolution_within_sla,reopened,csat'
is 'all' "$(report tickets)" "$head
7,3,3,2.1,3.1,60.0,120.0,0.6000,3.0,5.0,0.7500,1,3.5"
is 'by owner: shares of what is theirs' "$(report tickets --by owner)" "owner,$head
lan,5,2,2,1.9,3.1,60.0,120.0,0.6667,2.0,3.0,0.6667,1,5.0
mai,2,1,1,2.1,2.1,60.0,60.0,0.5000,5.0,5.0,1.0000,0,2.0"
is 'by day: each figure on its own day' \
	"$(report tickets --by '' --period day --from 2026-11-16 --to 2026-11-19 | cut -d, -f1-4,7-9,12)" \
	'period,opened,resolved,backlog,median_first_response_minutes,p90_first_response_minutes,response_within_sla,resolution_within_sla
2026-11-16,2,1,,45.0,60.0,1.0000,1.0000
2026-11-17,2,2,,60.0,60.0,1.0000,1.0000
2026-11-18,1,0,,120.0,120.0,0.0000,'
is 'what is open, whatever the time asked for' \
	"$(report tickets --by priority --from 2026-11-20 -w 'channel=email' | cut -d, -f1-4)" \
	'priority,opened,resolved,backlog
normal,1,0,1'
is 'the tickets behind a part' "$(crm-report tickets backlog --rows -o refs | tr '\n' ' ')" \
	'ticket-3 ticket-4 ticket-5 '
is 'the week against the one before' "$(report tickets --from 2026-11-16 --to 2026-11-23 \
	--compare previous | sed 1d | cut -d, -f1,14-)" '7,0,7,'

# --- sla ---------------------------------------------------------------------------------
head='clocks,met,missed,open_breaches,within_sla,running,response_clocks,response_met,response_within_sla,resolution_clocks,resolution_met,resolution_within_sla'
is 'by priority' "$(report sla)" "priority,$head
normal,2,2,0,0,1.0000,2,1,1,1.0000,1,1,1.0000
high,1,0,1,1,0.0000,1,1,0,0.0000,0,0,
urgent,6,4,2,1,0.6667,0,3,2,0.6667,3,2,0.6667"
is 'by the day on which they were due' \
	"$(report sla --by '' --period day --from 2026-11-16 --to 2026-11-20 | cut -d, -f1-7)" \
	'period,clocks,met,missed,open_breaches,within_sla,running
2026-11-16,3,3,0,0,1.0000,0
2026-11-17,2,2,0,0,1.0000,0
2026-11-18,1,0,1,0,0.0000,0
2026-11-19,2,0,2,2,0.0000,0'
is 'rows: the tickets whose clocks were due' \
	"$(crm-report sla --rows --from 2026-11-16 --to 2026-11-18 -o refs | tr '\n' ' ')" \
	'ticket-1 ticket-2 ticket-6 '
is 'as of the evening before' "$(CRM_NOW=2026-11-19T11:59:00+07:00 report sla --by '' \
	-w 'number=t4' | cut -d, -f1,3,6)" 'clocks,missed,running
0,0,2'

# A clock that stands is not overdue, however late it is; one that stood too late is.
crm-ticket add -q subject=h number=t8 priority=urgent owner=lan opened_at=2026-11-20T16:00:00+07:00
CRM_NOW=2026-11-20T16:30:00+07:00 crm-ticket reply -q 8 'Đang chờ' --pending
is 'waits for the customer' "$(CRM_NOW=2026-11-25T09:00:00+07:00 report sla --by '' -w 'number=t8' |
	cut -d, -f1,2,6)" 'clocks,met,running
1,1,1'

# Around the clock for those whom the policy says so: 45 minutes on a Saturday.
echo 'sla: [{standard: {urgent: [1h, 8h], high: [4h, 24h], normal: [8h, 40h]}},
 {vip: {tiers: [vip], always: true, urgent: [30min, 4h]}}]' | crm-config apply -q -
crm-ticket add -q subject=i number=t9 priority=urgent owner=lan account=account-2 \
	opened_at=2026-11-21T00:00:00+07:00
CRM_NOW=2026-11-21T00:45:00+07:00 crm-ticket reply -q 9 'Xin chào'
is 'at night too' "$(report tickets --by tier -w 'number=t9' | cut -d, -f1,2,7,9)" \
	'tier,opened,median_first_response_minutes,response_within_sla
vip,1,45.0,0.0000'
done_testing
