#!/bin/sh
# crm-report campaigns, touchpoints, coverage, segments, surveys.  Figures by hand.
. tests/lib.sh
vietnam

report() { # REPORT ARGUMENT…: as CSV
	crm-report "$@" -o csv
}

crm-campaign add -q name=Thư type=newsletter channel=email cost=1000 start_on=2026-10-30 owner=lan
crm-campaign add -q name=Gọi type=telesales channel=call cost='10 USD' start_on=2026-11-10 owner=mai \
	parent=Thư
crm-campaign add -q name='Hội thảo' type=seminar channel=event
crm-import lead -q - <<'CSV'
name,campaign,status,disqualify_reason,source,channel,created_at,owner
L1,Thư,new,,website,,2026-11-01T03:00:00Z,lan
L2,Thư,contacted,,zalo,facebook,2026-11-02T03:00:00Z,lan
L3,Thư,new,,website,,2026-11-03T03:00:00Z,mai
L4,Thư,disqualified,duplicate,website,,2026-11-03T03:00:00Z,mai
L5,Gọi,new,,,,2026-11-11T03:00:00Z,mai
L6,,new,,website,,2026-11-11T03:00:00Z,lan
CSV
crm-import campaign_member -q - <<'CSV'
campaign,lead,status,created_at,sent_at,opened_at
Thư,lead-1,clicked,2026-10-31T03:00:00Z,,
Thư,lead-2,opted_out,2026-10-31T03:00:00Z,,2026-11-04T03:00:00Z
Thư,lead-3,bounced,2026-11-01T03:00:00Z,,
Thư,lead-4,listed,2026-11-01T03:00:00Z,,
Thư,lead-5,replied,2026-11-01T03:00:00Z,,
Thư,lead-6,converted,2026-11-01T03:00:00Z,2026-11-02T03:00:00Z,
Gọi,lead-1,reached,2026-11-11T03:00:00Z,,
Gọi,lead-2,interested,2026-11-11T03:00:00Z,,
Gọi,lead-3,queued,2026-11-11T03:00:00Z,,
CSV
crm-account add -q name=A owner=lan source=website
crm-account add -q name=B owner=mai
crm-import deal -q - <<'CSV'
name,account,lead,stage,amount,currency,closed_at,created_at,campaign,owner,lost_reason
D1,account-1,lead-1,won,3000,VND,2026-11-12T03:00:00Z,2026-11-02T03:00:00Z,Thư,lan,
D2,account-1,,won,9999,VND,2026-11-15T03:00:00Z,2026-11-02T03:00:00Z,Thư,lan,
D3,account-2,,won,4000,VND,2026-11-16T03:00:00Z,2026-11-02T03:00:00Z,Gọi,mai,
D4,account-2,,proposal,7777,VND,,2026-11-02T03:00:00Z,Thư,mai,
CSV
crm-import order -q - <<'CSV'
number,account,deal,campaign,ordered_on,status,amount,owner
o1,account-1,deal-2,Thư,2026-11-15,confirmed,500,lan
o2,account-1,,Thư,2026-11-15,cancelled,8888,lan
CSV
crm-import event -q - <<'CSV'
source,external_id,at,kind,lead,campaign
mailer,m1,2026-11-01T04:00:00Z,email_open,lead-1,Thư
mailer,m2,2026-11-01T05:00:00Z,email_open,lead-1,Thư
mailer,m3,2026-11-04T03:00:00Z,email_open,lead-2,Thư
mailer,m4,2026-11-01T05:01:00Z,email_click,lead-1,Thư
mailer,m5,2026-11-05T05:01:00Z,email_open,lead-1,
CSV

# --- campaigns ---------------------------------------------------------------------------
# Thư: all but lead-4 were sent to; of these lead-3 bounced, and lead-6 is known to have been sent to.
# Delivered: 1 clicked, 2 opened, 5 replied.  D1 3000 + o1 500 instead of D2; 3500 / 1000 − 1 = 2.5.
# 1000 / 3 leads.  Gọi cost dollars and brought đồng: what it returned cannot be told.
head='campaign,members,sent,delivered,opened,opens,clicked,clicks,replied,reached,interested,attended'
head="$head,converted,bounced,opted_out,leads,cost,cost_per_lead,revenue,currency,roi"
is 'campaigns: each figure from its own source' "$(report campaigns)" "$head
Gọi,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,,,4000,VND,
Thư,6,5,3,2,3,1,1,1,0,0,0,1,1,1,3,1000,333,3500,VND,2.5000
Hội thảo,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,,,0,VND,
Gọi,3,0,0,0,0,0,0,0,2,1,0,0,0,0,1,10.00,10.00,0.00,USD,"
crm-import exchange_rate -q - <<'CSV'
currency,to_currency,valid_from,rate
USD,VND,2026-01-01,100
CSV
# Gọi: 10.00 dollars are 1000 đồng; 4000 / 1000 − 1 = 3.
is 'in one currency its return can be told' "$(report campaigns --currency VND -w 'campaign=Gọi' |
	cut -d, -f1,2,16-21)" "campaign,members,leads,cost,cost_per_lead,revenue,currency,roi
Gọi,3,1,1000,1000,4000,VND,3.0000"
# Members are of the day on which they were listed, costs of the first day.
is 'by channel and month' "$(report campaigns --by channel --period month -w 'owner=lan' |
	cut -d, -f1-4,17-22)" 'channel,period,members,sent,leads,cost,cost_per_lead,revenue,currency,roi
email,2026-10-01,2,2,0,1000,,0,VND,-1.0000
email,2026-11-01,4,3,3,,,3500,VND,'
is 'by parent' "$(report campaigns --by parent -w 'parent is not null' | cut -d, -f1,2,16,19,20)" \
	'parent,members,leads,revenue,currency
Thư,0,0,4000,VND
Thư,3,1,0.00,USD'
is 'the members behind it' "$(crm-report campaigns member --rows -w 'campaign=Thư' -o refs | wc -l)" 6
is 'and the orders' "$(crm-report campaigns order --rows -o refs)" order-1
sqlite3 "$CRM_DB" "update role set read = 'own' where key = 'rep'"
is 'who reads her own sees what hers brought' "$(CRM_USER=mai crm-report campaigns -o csv |
	cut -d, -f1,2,16,19)" 'campaign,members,leads,revenue
Gọi,0,0,4000
Hội thảo,0,0,0
Thư,3,1,0
Gọi,1,1,0.00'
sqlite3 "$CRM_DB" "update role set read = 'all' where key = 'rep'"
done_testing
