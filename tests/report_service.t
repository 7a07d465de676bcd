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
# Leads by the same hours, 2 h (standard) from when they came: l1 Mon 9:00-10:30 in time; l2 Mon 16:30,
# due Tue 9:00, answered Tue 11:30 (1 + 3.5 h); l3 Fri 9:00, nobody yet; l4 Wed and
# l5 Thu, disqualified and converted without a word, have none; l6 came today, Saturday, due Monday 10:00.
head='clocks,met,missed,open_breaches,within_sla,running,response_clocks,response_met,response_within_sla,median_first_response_minutes,resolution_clocks,resolution_met,resolution_within_sla,lead_clocks,lead_met,lead_within_sla,median_lead_response_minutes'
is 'by priority' "$(report sla --by priority)" "priority,$head
normal,2,2,0,0,1.0000,2,1,1,1.0000,60.0,1,1,1.0000,0,0,,
high,1,0,1,1,0.0000,1,1,0,0.0000,,0,0,,0,0,,
urgent,6,4,2,1,0.6667,0,3,2,0.6667,60.0,3,2,0.6667,0,0,,"
is 'by the day on which they were due' \
	"$(report sla --by '' --period day --from 2026-11-16 --to 2026-11-20 | cut -d, -f1-7)" \
	'period,clocks,met,missed,open_breaches,within_sla,running
2026-11-16,3,3,0,0,1.0000,0
2026-11-17,2,2,0,0,1.0000,0
2026-11-18,1,0,1,0,0.0000,0
2026-11-19,2,0,2,2,0.0000,0'
is 'rows: the tickets whose clocks were due' \
	"$(crm-report sla response --rows --from 2026-11-16 --to 2026-11-18 -o refs | tr '\n' ' ')" \
	'ticket-1 ticket-2 ticket-6 '
is 'as of the evening before' "$(CRM_NOW=2026-11-19T11:59:00+07:00 report sla --by '' \
	-w 'number=t4' | cut -d, -f1,3,6)" 'clocks,missed,running
0,0,2'

crm-config show sla >sla.yaml
echo 'sla: [{first: {for: lead, response: 2h}}]' | crm-config apply -q -
crm-import lead -q - <<'CSV'
name,status,owner,created_at,first_response_at
l1,new,lan,2026-11-16T09:00:00+07:00,
l2,new,mai,2026-11-16T16:30:00+07:00,
l3,new,mai,2026-11-20T09:00:00+07:00,
l4,new,mai,2026-11-18T09:00:00+07:00,
l5,new,lan,2026-11-19T09:00:00+07:00,
l6,new,lan,2026-11-21T09:30:00+07:00,
CSV
CRM_NOW=2026-11-16T10:30:00+07:00 crm-activity add -q kind=call lead=l1 status=done
CRM_NOW=2026-11-17T11:30:00+07:00 crm-activity add -q kind=call lead=l2 status=done
crm-lead set -q l4 status=disqualified disqualify_reason=no_budget
crm-convert -q l5
head=clocks,met,missed,open_breaches,within_sla,running,lead_clocks,lead_met,lead_within_sla,median_lead_response_minutes
is 'leads by owner' "$(report sla lead --by owner | cut -d, -f1-7,15-)" "owner,$head
lan,1,1,0,0,1.0000,1,1,1,1.0000,90.0
mai,2,0,2,1,0.0000,0,2,0,0.0000,270.0"
is 'with tickets' "$(report sla --by owner | cut -d, -f1-7,15-)" "owner,$head
lan,7,5,2,1,0.7143,3,1,1,1.0000,90.0
mai,5,2,3,2,0.4000,1,2,0,0.0000,270.0"
is 'by policy' "$(report sla --by policy | cut -d, -f1-7,15-)" "policy,$head
first,3,1,2,1,0.3333,1,3,1,0.3333,180.0
standard,9,6,3,2,0.6667,3,0,0,,"
is 'leads have no priority' "$(report sla --by priority --from 2026-11-23 --to 2026-11-24 | cut -d, -f1-7)" 'priority,clocks,met,missed,open_breaches,within_sla,running
normal,1,1,0,0,1.0000,1
high,0,0,0,0,,1
,0,0,0,0,,1'
is 'each of the leads' "$(crm-report sla lead --rows -o refs 2>&1| tr '\n' ' ')" 'lead-1 lead-2 lead-3 lead-6 '
crm-config apply -q sla.yaml

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
