#!/bin/sh
# crm-report adoption, quality: who works with it, and how complete the data are.  Figures by hand.
. tests/lib.sh
vietnam
crm-user add -q login=an name=An team=hanoi active=false

report() { # REPORT ARGUMENT…: as CSV
	crm-report "$@" -o csv
}
as() { # LOGIN INSTANT COMMAND…
	CRM_USER=$1 CRM_NOW=$2
	export CRM_USER
	shift 2
	"$@"
	unset CRM_USER
	CRM_NOW=2026-11-21T02:30:00Z
}

# Lan: two leads in September, an account; one call in November wakes the first lead.  Mai writes
# nothing, and has a deal that somebody else entered in September; the ticket is nobody's.
september=2026-09-01T02:00:00Z
as lan $september crm-lead add -q name=Ba phone=0912345678 source=zalo owner=lan
as lan $september crm-lead add -q name=Tư phone='gọi sau 5 giờ' company=Tư owner=lan 2>warning
as lan $september crm-account add -q name='Minh Anh' industry=retail email=a@minhanh.vn
as lan 2026-11-20T02:00:00Z crm-activity add -q kind=call lead=lead-1 outcome=connected
CRM_NOW=$september crm-deal add -q name=Máy account=account-1 owner=mai amount=5
CRM_NOW=$september crm-ticket add -q subject=Hỏng account=account-1
crm-ticket set -q 1 priority=high

# --- adoption ----------------------------------------------------------------------------
head='user,team,last_write,changes,activities,silent,open_records,stale_records,stale_share'
# In November Lan makes the call, which changes lead-1: two changes.
is 'in November, who logs least first' "$(report adoption --from 2026-11-01 -w 'user != root')" "$head
mai,hanoi,,0,0,true,1,1,1.0000
lan,hanoi,2026-11-20T02:00:00Z,2,1,false,2,1,0.5000"
is 'in all: three more records' "$(report adoption -w 'user=lan' | cut -d, -f1,4,5)" 'user,changes,activities
lan,5,1'
is 'nothing is stale so soon' "$(report adoption --stale 100 -w 'user=mai' | cut -d, -f7-)" \
	'open_records,stale_records,stale_share
1,0,0.0000'
is 'whose time has not come' "$(CRM_NOW=2026-10-01T00:00:00Z report adoption -w 'user=lan' |
	cut -d, -f3,4)" 'last_write,changes
2026-09-01T02:00:00Z,3'
is 'added up by team' "$(report adoption --by team --from 2026-11-01 -w 'user != root')" \
	'team,users,silent_users,last_write,changes,activities,open_records,stale_records,stale_share
hanoi,2,1,2026-11-20T02:00:00Z,2,1,3,2,0.6667'
status 2 'no periods' crm-report adoption --period month
is 'added up by role' "$(report adoption --by role --from 2026-11-01 -w 'user != root')" \
	'role,users,silent_users,last_write,changes,activities,open_records,stale_records,stale_share
rep,2,1,2026-11-20T02:00:00Z,2,1,3,2,0.6667'
is '  all that list names' "$(for by in $(report list | sed -n 's/^adoption,[^,]*,[^,]*,\([^,]*\),.*/\1/p' | tr ';' ' '); do
	report adoption --by "$by" | sed -n '1s/,.*//p'
done | paste -sd' ')" 'user team role'
status 2 'one of them' crm-report adoption --by team,role
has '  is told' '--by: report adoption goes by one of user, team, role' err

# --- quality -----------------------------------------------------------------------------
is 'fields of leads' "$(report quality lead | grep -E 'records|,(name|phone|company|source|owner|email),')" \
	'record_type,field,records,filled,share
lead,name,2,2,1.0000
lead,company,2,1,0.5000
lead,email,2,0,0.0000
lead,phone,2,2,1.0000
lead,source,2,1,0.5000
lead,owner,2,2,1.0000'
is 'all types, none twice' "$(report quality | cut -d, -f1,2 | sort | uniq -d)" ''
is 'each has rows' "$(report quality | sed 1d | cut -d, -f1 | uniq | tr '\n' ' ')" \
	'lead account contact deal ticket '
echo 'fields: {lead: [floor_area: {type: number}]}' | crm-config apply -q -
crm-lead set -q 1 floor_area=40
is 'fields of one'"'"'s own' "$(report quality lead | grep floor)" 'lead,floor_area,2,1,0.5000'
is 'of those of a time' "$(report quality lead --from 2026-10 | grep ,name,)" 'lead,name,0,0,'
# The ticket has just been changed, and lead-1 too.
is 'what is wrong' "$(report quality --issues)" 'record_type,issue,records,found,share
lead,no_owner,2,0,0.0000
lead,stale,2,1,0.5000
lead,unreachable,2,0,0.0000
lead,unreadable_phone,2,1,0.5000
account,no_owner,1,1,1.0000
account,unreachable,1,0,0.0000
account,unreadable_phone,1,0,0.0000
contact,no_owner,0,0,
contact,unreachable,0,0,
contact,unreadable_phone,0,0,
deal,no_owner,1,0,0.0000
deal,stale,1,1,1.0000
ticket,no_owner,1,1,1.0000
ticket,stale,1,0,0.0000'
is 'and whose that is' "$(report quality --issues --by owner | grep -v ',0,' | grep -v ',0,$')" \
	'owner,record_type,issue,records,found,share
lan,lead,stale,2,1,0.5000
lan,lead,unreadable_phone,2,1,0.5000
mai,deal,stale,1,1,1.0000
,account,no_owner,1,1,1.0000
,ticket,no_owner,1,1,1.0000'
# Two brought in long ago, of which one is over, but not said since when.
printf 'subject,status,opened_at\nCũ,resolved,2026-01-01T00:00:00Z\nMới,new,2026-01-01T00:00:00Z\n' |
	CRM_NOW=2026-01-02T00:00:00Z crm-import ticket -q -
is 'what is over is not idle' "$(report quality ticket --issues | grep stale)" 'ticket,stale,3,1,0.3333'
done_testing
