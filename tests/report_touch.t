#!/bin/sh
# crm-report calls, responses, contact-status, frequency, workload, care, activities: what is said to
# customers.  Figures by hand.  Now it is Saturday, 21 November 2026, 9:30.
. tests/lib.sh
vietnam

report() { # REPORT ARGUMENT…: as CSV
	crm-report "$@" -o csv
}

crm-account add -q name='Minh Anh' owner=lan
crm-account add -q name='Sao Mai' owner=mai
crm-contact add -q name=Hoa account=account-1 owner=lan
crm-lead add -q name='Anh Tú' phone=0912345678 status=contacted owner=mai source=zalo
crm-lead add -q name='Chị Ba' phone=0912345679 status=new owner=mai source=zalo
crm-lead add -q name='Bác Tư' phone=0912345670 status=new owner=lan source=website
crm-import activity -q - <<'CSV'
kind,status,direction,outcome,duration_s,quality,owner,account,contact,lead,started_at,done_at
call,done,out,connected,120,80,lan,account-1,,,,2026-11-02T09:00:00+07:00
call,done,out,no_answer,,,lan,account-2,,,,2026-11-02T09:10:00+07:00
call,done,out,,20,,lan,,,lead-1,,2026-11-02T10:00:00+07:00
call,done,out,,,,lan,account-1,contact-1,,,2026-11-03T09:00:00+07:00
call,done,in,,300,60,mai,account-2,,,,2026-11-03T10:00:00+07:00
call,done,in,no_answer,,,mai,account-2,,,,2026-11-03T11:00:00+07:00
call,done,out,interested,60,,lan,account-2,,,,2026-11-03T11:30:00+07:00
call,missed,in,,,,mai,,,lead-1,2026-11-04T08:00:00+07:00,
call,done,out,connected,10,,mai,,,lead-1,,2026-11-04T08:10:00+07:00
call,missed,in,,,,mai,,,,2026-11-04T09:00:00+07:00,
call,done,out,wrong_number,40,,mai,account-1,,,,2026-11-05T09:00:00+07:00
call,done,out,connected,60,,lan,account-1,,,,2026-11-15T09:00:00+07:00
meeting,done,,,3600,,lan,account-1,,,,2026-11-10T09:00:00+07:00
call,done,out,no_answer,,,lan,,,lead-2,,2026-11-16T09:00:00+07:00
CSV
CRM_NOW=2026-11-20T09:00:00+07:00 crm-deal add -q name=Máy account=account-2 amount=100 owner=mai

# --- calls -------------------------------------------------------------------------------
# lan: 260 s in four; one of them, of 2 November, is followed by the meeting of the 10th, and that of
# the 15th may still be.  mai: 310 s in two; called back after 30 and after 10 minutes; the deal with
# Sao Mai comes nearly 17 days after the calls of the 3rd.
head='attempted,connected,connect_rate,customers,received,talk_minutes,average_handle_minutes,short_share,missed_inbound,median_minutes_to_call_back,quality,followed_share,mature'
is 'calls by owner' "$(report calls)" "owner,$head
lan,7,4,0.5714,4,0,4.3,1.1,0.2500,0,,80.0,0.2500,false
mai,2,1,0.5000,2,1,5.2,2.6,0.5000,3,20.0,60.0,0.0000,true"
is 'within more days' "$(report calls --within 17 --by owner | cut -d, -f1,13)" 'owner,followed_share
lan,0.5000
mai,0.5000'
is 'a customer counts once in all' "$(report calls --by team | cut -d, -f1,2,5,10)" \
	'team,attempted,customers,missed_inbound
hanoi,9,4,3'
is 'by direction and day, half-open' "$(report calls --by direction --period day --from 2026-11-03 \
	--to 2026-11-05 | cut -d, -f1-4,7,11,12)" \
	'direction,period,attempted,connected,received,missed_inbound,median_minutes_to_call_back
in,2026-11-03,0,0,1,1,30.0
in,2026-11-04,0,0,0,2,10.0
out,2026-11-03,2,1,0,0,
out,2026-11-04,1,1,0,0,'
is 'against the days before' "$(report calls --by owner --from 2026-11-04 --to 2026-11-06 \
	--compare previous | cut -d, -f1,2,15-)" 'owner,attempted,previous,change,change_pct
lan,0,5,-5,-100.0
mai,2,0,2,'
is 'the missed ones' "$(crm-report calls missed --rows -o refs | tr '\n' ' ')" 'activity-8 activity-10 '
ok 'says what it learns' crm-report calls --explain
has '  the deals' 'from deal t' out

# --- workload ----------------------------------------------------------------------------
crm-import activity -q - <<'CSV'
kind,status,direction,channel,owner,account,contact,lead,reply_to,done_at
email,done,out,email,lan,account-1,,,,2026-11-09T08:00:00+07:00
email,done,out,email,lan,account-2,,,,2026-11-09T08:01:00+07:00
email,done,in,email,lan,account-1,,,activity-15,2026-11-09T10:00:00+07:00
email,done,in,email,lan,account-1,,,activity-15,2026-11-09T10:30:00+07:00
email,done,out,email,lan,account-1,,,activity-18,2026-11-09T11:00:00+07:00
chat,done,in,zalo,mai,,,lead-3,,2026-11-12T08:00:00+07:00
chat,done,in,zalo,mai,,,lead-1,,2026-11-12T09:00:00+07:00
chat,planned,out,zalo,mai,,,lead-3,,
sms,done,out,sms,mai,,,lead-2,,2026-11-12T10:00:00+07:00
CSV
crm-deal add -q name=Thua account=account-1 amount=5 owner=lan
crm-deal set -q 2 stage=lost lost_reason=price
crm-deal add -q name=Bơm account=account-1 amount=5 owner=mai
CRM_NOW=2026-11-20T10:00:00+07:00 crm-deal set -q 3 stage=won
head='new_customers,deals_opened,deals_won,deals_lost,calls,messages,emails,meetings'
is 'workload by user' "$(report workload)" "user,$head
lan,1,1,0,1,7,0,5,1
mai,0,2,1,0,4,3,0,0"
is 'by team and month' "$(report workload --by team --period month --from 2026-10)" "team,period,$head
hanoi,2026-10-01,0,0,0,0,0,0,0,0
hanoi,2026-11-01,1,3,1,1,11,3,5,1"

# --- responses ---------------------------------------------------------------------------
# E-mail: the first of two messages waits an hour; the message of lead-1 on Zalo and that of lead-3
# wait still; the ticket on Zalo (10 minutes), the lead from the hotline (4), one in the shop (none).
CRM_NOW=2026-11-12T09:00:00+07:00 crm-ticket add -q subject=Hỏng channel=zalo owner=mai account=account-2
CRM_NOW=2026-11-12T09:10:00+07:00 crm-ticket reply -q 1 'Xin lỗi'
CRM_NOW=2026-11-13T09:00:00+07:00 crm-lead add -q name=Năm phone=0912345671 channel=hotline owner=lan
CRM_NOW=2026-11-13T09:04:00+07:00 crm-activity add -q kind=call lead=lead-4 owner=lan channel=hotline
CRM_NOW=2026-11-13T09:00:00+07:00 crm-lead add -q name=Sáu phone=0912345672 channel=store owner=lan
is 'nine of ten were answered within so many minutes' "$(crm-report responses -o table | grep -o '90[^)]*)')
$(CRM_LANG='vi' crm-report responses -o table | grep -o '90[^)]*)')" '90% within (min)
90% trong vòng (phút)'
is 'responses by channel' "$(report responses)" \
	'channel,received,answered,unanswered,median_minutes,p90_minutes,sent,replied,reply_rate
hotline,1,1,0,4.0,4.0,0,0,
zalo,3,1,2,10.0,10.0,1,0,0.0000
email,1,1,0,60.0,60.0,3,1,0.3333
sms,0,0,0,,,1,0,0.0000
store,1,0,1,,,0,0,'
is 'of one user' "$(report responses message --by owner | cut -d, -f1-4)" \
	'owner,received,answered,unanswered
lan,1,1,0
mai,2,0,2'

# --- contact-status ----------------------------------------------------------------------
# lead-1 was reached (a call of 20 s), lead-2 did not answer, lead-3 was never called, lead-4 was
# called without a word on what came of it, lead-5 never.  account-2: interested, for all that came
# after; account-1: connected, and somebody else has that number, which says less.
is 'where communication stands' "$(report contact-status)" \
	'contact-status,contact_status,customers,share
lead,never_called,2,0.4000
lead,wrong_number,0,0.0000
lead,no_answer,2,0.4000
lead,reached,1,0.2000
lead,not_interested,0,0.0000
lead,callback,0,0.0000
lead,interested,0,0.0000
lead,meeting_set,0,0.0000
account,never_called,0,0.0000
account,wrong_number,0,0.0000
account,no_answer,0,0.0000
account,reached,1,0.5000
account,not_interested,0,0.0000
account,callback,0,0.0000
account,interested,1,0.5000
account,meeting_set,0,0.0000'
is 'of one owner' "$(report contact-status lead -w owner=mai | grep -v ',0,')" \
	'contact-status,contact_status,customers,share
lead,no_answer,1,0.5000
lead,reached,1,0.5000'

# --- frequency ---------------------------------------------------------------------------
# 2 November is a Monday.  An event at 17:30 in London is Tuesday's first hour in Vietnam.
crm-event add -q kind=page_view at=2026-11-02T17:30:00Z
is 'all hours of the week' "$(report frequency | wc -l)" 169
is '  in a table numbers stand right' "$(crm-report frequency -o table | grep -o '^Monday  *[0-9]* ' | sed -n '1p;11p')" \
	'Monday       0 
Monday      10 '
is 'calls by their beginning, events by their time' "$(report frequency | grep -v ',0,0,0,$')" \
	'weekday,hour,events,calls,answered,answer_rate
1,9,0,3,1,0.3333
1,10,0,1,1,1.0000
2,0,1,0,0,
2,9,0,1,0,0.0000
2,11,0,1,1,1.0000
3,8,0,1,1,1.0000
4,9,0,1,0,0.0000
5,9,0,1,0,0.0000
7,9,0,1,1,1.0000'
is 'what has no owner is not counted for one' \
	"$(report frequency -w 'owner=mai' | grep ^3,8,)" '3,8,,1,1,1.0000'
is 'hours alone, of each team' "$(report frequency --by team,hour | wc -l)" 25
is 'nothing at all has its hours too' "$(report frequency --from 2030 | grep -c ',0,0,0,$')" 168

# --- care --------------------------------------------------------------------------------
crm-campaign add -q name='Chăm sóc' type=loyalty
crm-import activity -q - <<'CSV'
kind,status,owner,campaign,account,due_at,done_at
call,done,lan,campaign-1,account-1,2026-11-10T09:00:00+07:00,2026-11-10T09:00:00+07:00
call,done,lan,campaign-1,account-1,2026-11-11T09:00:00+07:00,2026-11-13T21:00:00+07:00
task,planned,lan,campaign-1,account-1,2026-11-21T09:00:00+07:00,
task,planned,lan,campaign-1,account-1,2026-11-21T10:00:00+07:00,
task,cancelled,lan,campaign-1,account-1,2026-11-12T09:00:00+07:00,
task,missed,mai,,account-2,2026-11-12T09:00:00+07:00,
CSV
head='planned,on_time,late,missed,skipped,ahead,on_time_share,median_days_late'
is 'care by plan and user' "$(report care)" "plan,user,$head
Chăm sóc,lan,5,1,1,1,1,1,0.3333,2.5
,mai,1,0,0,1,0,0,0.0000,"
is 'after a sale alone' "$(report care --by lifecycle -w 'lifecycle = after' | cut -d, -f1-4)" \
	'lifecycle,planned,on_time,late
after,5,1,1'
is 'by month' "$(report care --by '' --period month --from 2026-10 | cut -d, -f1-6)" \
	'period,planned,on_time,late,missed,skipped
2026-10-01,0,0,0,0,0
2026-11-01,6,1,1,2,1'

# --- customers are one, by whatever they are named ----------------------------------------
# Calls with Hoa are calls with Minh Anh, whose person she is: the same customer, and the meeting of
# the 10th with the account follows the one with her.
crm-user add -q login=tu name=Tú team=hanoi
crm-import activity -q - <<'CSV'
kind,status,direction,outcome,owner,account,contact,done_at
call,done,out,connected,tu,account-1,,2026-11-06T09:00:00+07:00
call,done,out,connected,tu,,contact-1,2026-11-06T10:00:00+07:00
CSV
is 'people of an account' "$(report calls -w owner=tu | cut -d, -f1-5,13)" \
	'owner,attempted,connected,connect_rate,customers,followed_share
tu,2,2,1.0000,1,1.0000'
is 'their calls are the account'"'"'s' "$(crm-account add -q name=Ba; crm-contact add -q name=Bốn account=account-3
	crm-activity add -q kind=call contact=contact-2 outcome=callback
	report contact-status account -w 'name = Ba' | grep ',1,')" 'account,callback,1,1.0000'

# --- a role that reads its own alone: figures, and what followed, of those -----------------
echo 'roles: [rep: {read: own}]' | crm-config apply -q -
is 'calls of one'"'"'s own, or nobody'"'"'s' "$(CRM_USER=tu report calls | cut -d, -f1-4)" \
	'owner,attempted,connected,connect_rate
root,1,1,1.0000
tu,2,2,1.0000'
is 'nobody is said to do nothing whose records are hidden' \
	"$(CRM_USER=tu report adoption | cut -d, -f1,5,6)" 'user,activities,silent
tu,2,false'
is 'in Vietnamese' "$(CRM_LANG='vi' crm-report contact-status lead -o table | sed -n 4,5p | tr -s ' ')" \
	'Đối tượng Tình trạng Số khách Tỷ lệ
Đầu mối Chưa gọi 2 40,0%'

is 'no two columns of one report have one heading' "$(for report in contact-status funnel care calls; do
	CRM_LANG='vi' crm-report $report -o html | grep -o '<th scope=col[^>]*>[^<]*' | sed 's/.*>//' | sort | uniq -d
done)" ''

# --- of some time, where it stands with the few that were made in it ------------------------
# Twelve of each are older.  The calls count whenever they were, with the people of an account too.
CRM_DB=$PWD/made.db
vietnam
for type in account lead; do
	{ echo name; seq -f "$type %g" 12; } | CRM_NOW=2026-09-05T09:00:00+07:00 crm-import $type -q -
	CRM_NOW=2026-10-05T09:00:00+07:00 crm-$type add -q name="New $type"
done
CRM_NOW=2026-10-05T09:00:00+07:00 crm-account add -q name='New too'
crm-contact add -q last_name=An account=account-13
crm-import activity -q - <<'CSV'
kind,status,direction,outcome,account,contact,lead,done_at
call,done,out,interested,account-1,,,2026-10-06T09:00:00+07:00
call,done,out,no_answer,account-14,,,2026-10-06T09:00:00+07:00
call,done,out,connected,account-14,,,2026-09-01T09:00:00+07:00
call,done,out,callback,,contact-1,,2026-11-06T09:00:00+07:00
call,done,out,interested,,,lead-2,2026-10-06T09:00:00+07:00
call,done,out,meeting_set,,,lead-13,2026-11-06T09:00:00+07:00
CSV
is 'with those that were made in the time' \
	"$(report contact-status --from 2026-10-01 --to 2026-11-01 | sed 1d | grep -v ',0,')" \
	'lead,meeting_set,1,1.0000
account,reached,1,0.5000
account,callback,1,0.5000'
is 'others are not looked at' "$(crm-report contact-status --from 2026-10-01 --explain | grep -c 'in (select y.id')" 3
is 'with all of them, all calls are read' "$(report contact-status --from 2026-09-01 | sed 1d | grep -v ',0,')" \
	'lead,never_called,11,0.8462
lead,interested,1,0.0769
lead,meeting_set,1,0.0769
account,never_called,11,0.7857
account,reached,1,0.0714
account,callback,1,0.0714
account,interested,1,0.0714'

# --- of some time, what was before and after it with the same customer ---------------------
# The account writes while its contact still waits, since the 1st: one answer, to the contact.
CRM_DB=$PWD/wrote.db
vietnam
crm-account add -q name=Tie
crm-account add -q name=Tie
crm-contact add -q last_name=An account=account-1
crm-activity add -q -i csv <<'CSV'
kind,direction,status,done_at,account,contact
email,in,done,2026-09-01T02:00:00Z,,contact-1
email,in,done,2026-09-10T02:00:00Z,account-1,
call,out,done,2026-09-10T02:30:00Z,,contact-1
chat,in,done,2026-09-20T02:00:00Z,,contact-1
letter,out,done,2026-09-21T02:00:00Z,account-1,
CSV
waits() { # FROM TO
	report responses message --from "$1" --to "$2" -o csv | sed 1d | cut -d, -f2-5
}
is 'one waited nine days and half an hour' "$(waits 2026-09-01 2026-09-02)" 1,1,0,12990.0
is 'its account waits no more than it does' "$(waits 2026-09-10 2026-09-11 | cut -d, -f1,2)" 0,0
is 'the account is told what the contact asked' "$(waits 2026-09-20 2026-09-21)" 1,1,0,1440.0

# --- of equals, the one with the lower number comes first, however they were found ----------
crm-deal add -q -i csv <<'CSV'
name,account,stage,amount,closed_at
B,account-2,won,5,2026-09-01T02:00:00Z
A,account-1,won,5,2026-09-01T02:00:00Z
CSV
is 'equals stand by their numbers' "$(report customers | sed 1d | cut -d, -f2 | tr '\n' ' ')" 'account-1 account-2 '
done_testing
