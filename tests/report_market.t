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
o3,account-2,,Gọi,2026-11-15,delivered,300,mai
CSV
crm-order return -q o3 defective
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
# 1000 / 3 leads.  o3 came back.
# Gọi cost dollars and brought đồng: what it returned cannot be told.
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
is 'and the orders' "$(crm-report campaigns order --rows -w 'campaign=Thư' -o refs)" order-1
sqlite3 "$CRM_DB" "update role set read = 'own' where key = 'rep'"
is 'who reads her own sees what hers brought' "$(CRM_USER=mai crm-report campaigns -o csv |
	cut -d, -f1,2,16,19)" 'campaign,members,leads,revenue
Gọi,0,0,4000
Hội thảo,0,0,0
Thư,3,1,0
Gọi,1,1,0.00'
sqlite3 "$CRM_DB" "update role set read = 'all' where key = 'rep'"

# --- touchpoints -------------------------------------------------------------------------
# On the way to D1 (3000): of its lead email_open twice, email_click, email_open; with the deal a call
# by zalo, a call, and a note, which is none; four steps before the call, five in all.  To D2 (o1 500) of
# A after D1: a call.  To D3 (4000): nothing.  D5, lost: a call.  D6, 10.01 dollars: zalo, call, visit.
crm-import deal -q - <<'CSV'
name,account,lead,stage,amount,currency,closed_at,created_at,campaign,owner,lost_reason
D5,account-2,,lost,100,VND,2026-11-17T03:00:00Z,2026-11-02T03:00:00Z,,mai,price
D6,account-2,,won,10.01,USD,2026-11-18T03:00:00Z,2026-11-02T03:00:00Z,,mai,
CSV
crm-activity add -q -i csv <<'CSV'
kind,channel,status,done_at,account,deal,lead,owner
chat,zalo,done,2026-11-10T03:00:00Z,,deal-1,,lan
call,,done,2026-11-11T03:00:00Z,,deal-1,,lan
note,,done,2026-11-11T04:00:00Z,,deal-1,,lan
call,,done,2026-11-13T03:00:00Z,account-1,,,lan
call,,done,2026-11-14T03:00:00Z,,deal-5,,mai
chat,zalo,done,2026-11-14T03:00:00Z,,deal-6,,mai
call,,done,2026-11-14T04:00:00Z,,deal-6,,mai
visit,,done,2026-11-14T05:00:00Z,,deal-6,,mai
call,,planned,,account-2,,,mai
CSV
# Steps to D1: email_open, email_click, zalo, call (the open of m5 is L1's, by itself: a fifth):
# open 1 Nov, click 1 Nov, open 5 Nov, zalo 10 Nov, call 11 Nov.  A fifth of 3000 is 600; of 10.01 a
# third each: 3.33, 6.67 less that 3.34, and 3.34.  Leads: 3 + 1 by website without the duplicate,
# L2 by facebook, L5 nothing is known of.
is 'touchpoints: all steps alike' "$(report touchpoints)" \
	'touchpoint,interactions,leads,won,lost,win_rate,credit,revenue,currency
,0,1,1,0,1.0000,1.0000,4000,VND
email_open,4,0,1,0,1.0000,0.4000,1200,VND
call,4,0,2,1,0.6667,1.2000,1100,VND
email_click,1,0,1,0,1.0000,0.2000,600,VND
zalo,2,0,1,0,1.0000,0.2000,600,VND
facebook,0,1,0,0,,0.0000,0,VND
visit,1,0,0,0,,0.0000,0,VND
website,0,3,0,0,,0.0000,0,VND
call,0,0,1,0,1.0000,0.3333,3.34,USD
visit,0,0,1,0,1.0000,0.3334,3.34,USD
zalo,0,0,1,0,1.0000,0.3333,3.33,USD'
is '  in tables to two digits' "$(crm-report touchpoints -w 'currency=USD' -o table | tail -3 |
	grep -o '[0-9],[0-9]* *3,3')" '0,33    3,3
0,33    3,3
0,33    3,3'
model() { report touchpoints --model "$1" -w 'currency=USD or name=D1' -s touchpoint | sed 1d | cut -d, -f1,7,8; }
is 'the first' "$(model first | grep -v ',0.0000,')" 'email_open,1.0000,3000
zalo,1.0000,10.01'
is 'the last' "$(model last | grep -v ',0.0000,')" 'call,1.0000,3000
visit,1.0000,10.01'
# 40 % 1200 and 400.4; 20 % are 200 three times; 2.002.
is 'both ends' "$(model u | grep -v ',0.0000,')" 'call,0.2000,2.00
call,0.4000,1200
email_click,0.0666,200
email_open,0.4667,1400
visit,0.4000,4.01
zalo,0.4000,4.00
zalo,0.0667,200'
is 'it adds up in one currency: 3000 + 500 + 4000 + 1001' "$(for m in first last linear u; do
	report touchpoints --model $m --currency VND | sed 1d | awk -F, '{ w += $7; r += $8 } END { print w, r }'
done | uniq)" '4 8501'
is 'of a time' "$(report touchpoints --from 2026-11-13 --to 2026-11-16 | sed 1d | cut -d, -f1-4,8)" \
	'call,3,0,1,500
visit,1,0,0,0
zalo,1,0,0,0'
is 'of an owner activities are interactions; events are nobody'"'"'s' \
	"$(report touchpoints -w owner=mai | sed 1d | cut -d, -f1-4,8 | head -3)" ',,1,1,4000
call,2,0,0,0
visit,1,0,0,0'

# D1 and D2 are lan's, D3 and D6 mai's.
is 'wins and revenue of each owner' "$(report touchpoints --by owner -s owner | sed 1d |
	awk -F, '{ k = $1 " " $10; w[k] += $8; r[k] += $9 } END { for (k in w) print k, w[k], r[k] }' |
	grep -v ' 0 0$' | sort)" 'lan VND 2 3500
mai USD 1 10.01
mai VND 1 4000'
is 'each as -w has them' "$(report touchpoints --by owner | sed 1d)" \
	"$(for owner in lan mai; do
		report touchpoints -w "owner=$owner" | sed "1d; s/^/$owner,/"
	done
	report touchpoints -w 'owner is null' | sed '1d; s/^/,/')"
is 'each period as --from and --to have it' "$(report touchpoints --by owner --period week --from 2026-11-11 \
	--to 2026-11-19 | sed 1d | sort)" "$(for owner in =lan =mai ' is null'; do
	report touchpoints -w "owner$owner" --from 2026-11-11 --to 2026-11-16 | sed "1d; s/^/${owner#=},2026-11-09,/"
	report touchpoints -w "owner$owner" --from 2026-11-16 --to 2026-11-19 | sed "1d; s/^/${owner#=},2026-11-16,/"
done | sed 's/^ is null//' | sort)"
is 'those in which there is something' "$(report touchpoints --period month --by team | cut -d, -f1,2 | uniq)" 'team,period
hanoi,2026-11-01'
# D1, of 3000, was won on the 12th; two accounts came on the 21st.
against() { # REPORT KEYS FIGURE FROM TO BEFORE: whether the figure before is what it was then
	report "$1" --from "$6" --to "$4" >was
	report "$1" --from "$4" --to "$5" >is
	report "$1" --from "$4" --to "$5" --compare previous >both
	python3 - "$@" <<'PY'
import csv, sys
from decimal import Decimal
def read(name):
    return {tuple(r[k] for k in sys.argv[2].split(",")): r for r in csv.DictReader(open(name))}
was, now, both = read("was"), read("is"), read("both")
figure, wrong = sys.argv[3], 0
def figure_of(rows, key):
    return Decimal(rows[key][figure] or 0) if key in rows else 0
wrong += set(both) != set(was) | set(now)
for key, r in both.items():
    is_, then = figure_of(now, key), figure_of(was, key)
    wrong += figure_of(both, key) != is_ or Decimal(r["previous"]) != then or Decimal(r["change"]) != is_ - then
    wrong += bool(r["change_pct"]) != (then != 0)
    wrong += then != 0 and abs(Decimal(r["change_pct"]) - 100 * (is_ - then) / then) > Decimal("0.05")
print(wrong, len(both) >= len(was) > 0, sum(figure_of(was, k) for k in was))
PY
}
is 'against the days before: touchpoints' "$(against touchpoints touchpoint,currency revenue 2026-11-15 2026-11-20 2026-11-10)" \
	'0 True 3000'
is '  ways' "$(against journey path won 2026-11-15 2026-11-20 2026-11-10)" '0 True 1'
is '  customers of sources' "$(against coverage source customers 2026-11-22 2026-12-02 2026-11-12)" '0 True 2'
# In the week of the 9th D1's fifths, and D2's 500 by a call.
is '  week by week, each against the one before' "$(report touchpoints --by owner --period week -w 'owner = lan' \
	--compare previous --from 2026-11-09 --to 2026-11-23 -s touchpoint | cut -d, -f2,3,10- | grep '^2026-11-16.*-')" \
	'2026-11-16,call,0,VND,1100,-1100,-100.0
2026-11-16,email_click,0,VND,600,-600,-100.0
2026-11-16,email_open,0,VND,1200,-1200,-100.0
2026-11-16,zalo,0,VND,600,-600,-100.0'
# Of all time the touches are read with the ways of the deals, and not once more.
of() { # ARGUMENT…: which tables the statements that it explains read
	crm-report touchpoints "$@" --explain |
		awk '/^select/ && match($0, / from "?[a-z]+/) { t = substr($0, RSTART + 6, RLENGTH - 6)
			gsub("\"", "", t); print t }' | sort | uniq -c | xargs
}
is 'it explains what it reads: of all time' "$(of)" \
	'1 activity 1 deal 1 event 1 lead 1 order 1 stage'
is '  what --from leaves, and of one part' "$(of --from 2026-11-13 | grep -o '[0-9] event') $(of lead)" \
	'4 event 1 lead'
status 2 'what it does not go by' crm-report touchpoints --by owner.role
has 'is refused' '--by: report touchpoints goes by nothing but owner, team' err

# --- surveys -----------------------------------------------------------------------------
crm-campaign add -q name=NPS type=survey channel=email
crm-import campaign_member -q - <<'CSV'
campaign,lead,status,created_at,sent_at
NPS,lead-1,sent,2026-09-30T03:00:00Z,2026-10-01T03:00:00Z
NPS,lead-2,sent,2026-10-01T03:00:00Z,2026-10-01T03:00:00Z
NPS,lead-3,bounced,2026-10-01T03:00:00Z,2026-10-01T03:00:00Z
NPS,lead-5,listed,2026-10-01T03:00:00Z,
CSV
crm-import event -q - <<'CSV'
source,external_id,at,kind,lead,campaign,rating,subject
form,s1,2026-10-02T04:00:00Z,survey,lead-1,NPS,10,q1
form,s2,2026-10-02T04:00:01Z,survey,lead-1,NPS,6,q2
form,s3,2026-11-02T04:00:00Z,survey,lead-5,NPS,8,q1
form,s4,2026-11-02T04:00:00Z,survey,lead-6,NPS,,q1
form,s5,2026-11-02T04:00:00Z,survey,lead-6,,0,q1
form,s6,2026-11-02T04:00:00Z,survey,lead-6,,11,q1
CSV
# lead-5 was never sent it, but its answer says that she had it; of 4, lead-1 and lead-5 replied.
# 10, 6 and 8: mean 8, one promoter, one detractor; 11 is no such rating.
is 'surveys' "$(report surveys | cut -d, -f1-9)" 'campaign,sent,answered,rate,rated,mean,promoters,detractors,nps
NPS,4,4,0.5000,3,8.0,1,1,0.0
,0,2,,1,0.0,0,1,-100.0'
# q1: 10, 8, 0: (1 - 1) / 3; by month 10 and 6; 8 and 0.
is 'by question what was sent is not known' "$(report surveys --by subject | cut -d, -f1-9)" \
	'subject,sent,answered,rate,rated,mean,promoters,detractors,nps
q1,,5,,3,6.0,1,1,0.0
q2,,1,,1,6.0,0,1,-100.0'
is 'by month, against the one before' "$(report surveys --by channel -w 'channel=email' --period month \
	--compare previous --from 2026-10 --to 2026-12 | cut -d, -f2-4,7,10,13-14)" \
	'period,sent,answered,mean,nps,previous,change
2026-10-01,4,2,8.0,0.0,,
2026-11-01,0,2,8.0,0.0,0.0,0.0'
is 'the answers behind it' "$(crm-report surveys answer --rows -w 'campaign=NPS' -o refs | wc -l)" 4
crm-event add -q -i jsonl <<'JSON'
{"source":"form","external_id":"s7","at":"2026-11-03","kind":"survey","subject":"q3","csat":4}
{"source":"form","external_id":"s8","at":"2026-11-03","kind":"survey","subject":"q3","answers":{"csat":"5"}}
{"source":"form","external_id":"s9","at":"2026-11-03","kind":"survey","subject":"q3","csat":2,"rating":7}
{"source":"form","external_id":"s10","at":"2026-11-03","kind":"survey","subject":"q3","csat":0}
{"source":"form","external_id":"s11","at":"2026-11-03","kind":"survey","subject":"q3","payload":"no csat"}
JSON
# 4, 5 and 2: mean 11 / 3, two of three are content; 0 is no such grade
is 'how satisfied they are is in the payload' \
	"$(report surveys --by subject -w 'subject=q3' | cut -d, -f3,5,10,11)" 'answered,rated,csat,satisfied
5,1,3.7,0.6667'

is 'a table of nothing says so' "$(crm-report surveys --from 2030 -o table | tail -n 1)" none
is 'a table of many columns has a form of its own on paper' "$(crm-report surveys -o html | grep -c '<table class=many>')" 1

# --- coverage ----------------------------------------------------------------------------
# A: website; its contact by zalo and pos.  B: pos.  C, a contact by herself: pos, and pos again; D:
# nothing.  A lead's identity is no customer's.
crm-contact add -q name=A1 account=account-1 source=zalo
crm-contact add -q name=C source=website
crm-contact add -q name=D
crm-import identity -q - <<'CSV'
source,external_id,contact,account,lead
pos,1,contact-1,,
pos,2,,account-2,
pos,3,contact-2,,
pos,4,contact-2,,
shop,5,,,lead-1
CSV
is 'who knows how many customers' "$(report coverage)" 'source,customers,share,only,only_share
pos,3,0.7500,1,0.3333
website,2,0.5000,0,0.0000
zalo,1,0.2500,0,0.0000
,1,0.2500,1,1.0000'
is 'in what combination' "$(report coverage --combinations)" 'sources,number,customers,share
,0,1,0.2500
pos,1,1,0.2500
pos;website,2,1,0.2500
pos;website;zalo,3,1,0.2500'
is 'of accounts alone' "$(report coverage account -w 'owner=lan' | sed 1d)" 'pos,1,1.0000,0,0.0000
website,1,1.0000,0,0.0000
zalo,1,1.0000,0,0.0000'
is 'of each owner' "$(report coverage --by owner)" 'owner,source,customers,share,only,only_share
lan,pos,1,1.0000,0,0.0000
lan,website,1,1.0000,0,0.0000
lan,zalo,1,1.0000,0,0.0000
mai,pos,1,1.0000,1,1.0000
,pos,1,0.5000,0,0.0000
,website,1,0.5000,0,0.0000
,,1,0.5000,1,1.0000'

# --- segments ----------------------------------------------------------------------------
# A bought 3000 + 500, B 4000 and 10.01 dollars.  Leads 1 and 2 were in two campaigns each that came to
# something (of Thư and Gọi; NPS to lead-1 and lead-2, too): 1 clicked, reached, replied; 2 opened and
# opted out, interested, sent; and 1 clicked in a letter of which no more is known, and opted out, too.
# B's tickets: 5 and 2; A's: 4; L1's: 1.
crm-campaign add -q name=Tết channel=email
crm-import campaign_member -q - <<'CSV'
campaign,lead,status,created_at,clicked_at
Tết,lead-1,opted_out,2026-11-01T03:00:00Z,2026-11-02T03:00:00Z
CSV
crm-segment add -q name=All of=account condition='owner in (lan, mai)'
crm-segment add -q name=Hot of=lead condition='name in (L1, L2)'
crm-segment add -q name=List of=account kind=static
crm-segment add -q List account-2
crm-segment add -q name=Won of=deal condition='stage=won'
crm-segment add -q name=Nobody of=contact condition='name=X'
crm-import ticket -q - <<'CSV'
subject,account,status,opened_at,resolved_at,csat
t1,account-1,resolved,2026-11-01T03:00:00Z,2026-11-02T03:00:00Z,4
t2,account-2,resolved,2026-11-01T03:00:00Z,2026-11-02T03:00:00Z,5
t3,account-2,resolved,2026-09-01T03:00:00Z,2026-09-02T03:00:00Z,2
t4,account-2,new,2026-11-01T03:00:00Z,,
CSV
crm-import ticket -q - <<'CSV'
subject,lead,status,opened_at,resolved_at,csat
t5,lead-1,resolved,2026-11-01T03:00:00Z,2026-11-02T03:00:00Z,1
CSV
is 'segments' "$(report segments)" "id,segment,of,size,buyers,revenue,average,currency,asked,\
responded,response_rate,rated,satisfaction
segment-1,All,account,2,2,7500,3750,VND,0,0,,3,3.7
segment-4,Won,deal,4,3,7500,1875,VND,,,,,
segment-3,List,account,1,1,4000,4000,VND,0,0,,2,3.5
segment-2,Hot,lead,2,1,3000,1500,VND,7,4,0.5714,1,1.0
segment-5,Nobody,contact,0,0,0,,VND,0,0,,0,
segment-1,All,account,,1,10.01,5.01,USD,,,,,
segment-3,List,account,,1,10.01,10.01,USD,,,,,
segment-4,Won,deal,,1,10.01,2.50,USD,,,,,"
is 'against the days before: segments' "$(against segments id,currency revenue 2026-11-16 2026-11-22 2026-11-10 |
	cut -d' ' -f1,2)" '0 True'
is 'of a time, in one currency' "$(report segments --from 2026-11-16 --currency VND -w 'of=account' |
	cut -d, -f2,4-8,12 | sed 1d)" 'All,2,1,5001,2501,VND,0
List,1,1,5001,5001,VND,0'
is 'period by period' "$(report segments -w name=List --from 2026-10-31 --period month | cut -d, -f1,3,6,8)" \
	'period,segment,buyers,average
2026-10-01,List,0,0
2026-11-01,List,1,4000
2026-11-01,List,1,10.01'
status 1 'since when' crm-report segments --period month
has 'is to be said' '--period: it needs --from, as nothing says when a segment was' err
sqlite3 "$CRM_DB" "update role set read = 'own' where key = 'rep'"
is 'who reads her own sees what her own bought' "$(CRM_USER=lan crm-report segments -w 'of=account' -o csv |
	cut -d, -f2,4-6,13 | sed 1d)" 'All,1,1,3500,4.0
List,0,0,0,'
is 'by which touchpoints: D3 and D6 are not hers' "$(CRM_USER=lan crm-report touchpoints -o csv |
	awk -F, 'NR > 1 { w += $7; r += $8 } END { print w, r }')" '2 3500'
sqlite3 "$CRM_DB" "update role set read = 'all' where key = 'rep'"
sqlite3 "$CRM_DB" "update segment set condition = 'nothing = 1' where name = 'Hot'"
crm-report segments -w 'name=Hot' -o csv >out 2>err
is 'a condition that means nothing any more' "$(sed 1d out; cut -c1-40 err)" \
	'segment-2,Hot,lead,,,,,VND,,,,,
crm-report: Hot: warning: no field '\''noth'

# --- converted sales ---------------------------------------------------------------------
# Two at 0.03 dollars, of 150 đồng each: 9 đồng, of which half, rounded 5, came back.
crm-product add -q sku=K name=Kẹo price=1
printf 'currency,to_currency,valid_from,rate\nUSD,VND,2026-11-20,150\n' | crm-import exchange_rate -q -
crm-import deal -q - <<'CSV'
name,account,stage,currency,closed_at,created_at
D8,account-2,won,USD,2026-11-20T03:00:00Z,2026-11-20T02:00:00Z
CSV
crm-order add -q number=K1 account=account-2 deal=D8 ordered_on=2026-11-20 currency=USD
crm-order add-line -q K1 product=K quantity=2 unit_price=0.03
crm-order confirm -q K1
crm-order return -q K1 K=1 defective
is 'the amount is converted, and then less what came back, in every report' "$(
	report sales --currency VND --from 2026-11-20 | sed 1d | cut -d, -f2,6
	report products --currency VND | sed 1d | cut -d, -f6,7
	report touchpoints --currency VND --from 2026-11-20 | sed 1d | cut -d, -f8,9
	report segments --currency VND --from 2026-11-20 -w name=List | sed 1d | cut -d, -f6,8)" \
	"$(printf '4,VND\n4,VND\n4,VND\n4,VND')"
done_testing
