#!/bin/sh
# crm-mail send: how often, and at what hours, it advertises; one message an address.
. tests/lib.sh

at() { # TIME COMMAND…
	(export CRM_NOW="2026-11-$1:00Z" && shift && "$@")
}
q() { crm-query "$1" -o csv | sed 1d; }

ok 'a database' vietnam
crm-config apply - -q <<'END'
mail: {from: sales@minhanh.vn}
templates:
  - news: {subject: News, text: "Chào {{name}}"}
  - bill: {subject: Bill, unsubscribe: false, text: "Chào {{greeting}}"}
  - hint: {kind: sms, text: "Chao {{name}}"}
rules:
  - greet: {when: contact.created, do: [{emit: {kind: email, template: news}}]}
END
crm-lead add -q - <<'END'
{"name":"An","email":"an@x.vn","phone":"0901000001"}
{"name":"An lại","email":"An@x.vn"}
{"name":"Bo","email":"bo@x.vn","phone":"0901000002"}
END
crm-campaign add -q name=mail channel=email
crm-campaign add -q name=sms channel=sms

# -- one message an address --

ok 'two records of one address' crm-mail send news lead-1 lead-2 lead-3 --maildir box -o csv -f lead
is 'one message' "$(sed 1d out | tr '\n' ' ')" 'lead-1 lead-3 '
is 'and it says so' "$(cat err)" 'crm-mail: lead-2: warning: an@x.vn gets it for lead-1; --each sends both'
ok 'both where one wants' crm-mail send news lead-1 lead-2 --each --maildir box -o csv -f lead
is 'two messages' "$(sed 1d out | tr '\n' ' ')" 'lead-1 lead-2 '
crm-account add -q name=Nhà email=an@x.vn
crm-order add -q account=account-1
crm-order add -q account=account-1
ok 'orders stand for themselves' crm-mail send bill order-1 order-2 --maildir box -o csv -f order
is 'one each' "$(sed 1d out | tr '\n' ' ')" 'order-1 order-2 '

# -- three advertisements in 24 hours, as the law of the region has it --

for n in 1 2 3; do
	at "23T0$n:00" crm-mail send news lead-1 lead-3 --automatic --maildir box -q
done
at 23T03:30 crm-mail send news lead-2 --maildir box -o csv -f lead >out
is 'what somebody writes is no advertisement' "$(tail -1 out)" lead-2
status 75 'a fourth one' env CRM_NOW=2026-11-23T04:00:00Z crm-mail send news lead-2 --campaign mail --maildir box
is 'waits, whoever has the address' "$(cat err)" \
	'crm-mail: lead-2: warning: not to an@x.vn before 2026-11-24 08:00: it had 3 within 24 hours
crm-mail: 1 could not be sent now; the same command tries again'
is 'and nothing is written down' "$(q 'select count(*) from campaign_member')" 0
ok 'a bill goes' env CRM_NOW=2026-11-23T04:00:00Z crm-mail send bill lead-2 --automatic --maildir box
is 'at once' "$(wc -l <out | tr -d ' ')" 1
crm-contact add -q name=Bo email=bo@x.vn
at 23T04:00 crm-follow run >stream
ok 'an errand' env CRM_NOW=2026-11-23T04:00:00Z crm-mail send --maildir box - <stream
is 'waits by itself' "$(q 'select status, due_at, claimed_at from errand')" pending,2026-11-24T01:00:00Z,
ok 'not before' sh -c 'export CRM_NOW=2026-11-24T00:59:00Z; crm-follow run | crm-mail send --maildir box -q'
ok 'and then' sh -c 'export CRM_NOW=2026-11-24T01:00:00Z; crm-follow run | crm-mail send --maildir box -q'
is 'is sent' "$(q 'select status from errand')" 'done'
echo 'mail: {from: sales@minhanh.vn, per_day: 5}' | crm-config apply - -q
ok 'as it is configured' env CRM_NOW=2026-11-24T02:00:00Z crm-mail send news lead-2 lead-3 --automatic --maildir box -o csv -f lead
is 'more' "$(sed 1d out | wc -l | tr -d ' ')" 2

# -- text messages by day --

crm-campaign add -q sms lead-1 lead-3
status 75 'a text message at night' env CRM_NOW=2026-11-24T15:00:00Z crm-mail send hint --campaign sms -o csv -f to
has 'waits for the morning' 'lead-3: warning: not to +84901000002 before 2026-11-25 07:00: at this hour nothing is advertised' err
is 'the member, too' "$(q 'select distinct status from campaign_member')" listed
ok 'in the morning' env CRM_NOW=2026-11-25T00:00:00Z crm-mail send hint --campaign sms -o csv -f to
is 'it goes' "$(sed 1d out | tr '\n' ' ')" '+84901000001 +84901000002 '

# -- elsewhere nothing is said --

echo 'region: DE' | crm-config apply - -q
echo 'mail: {from: sales@minhanh.vn}' | crm-config apply - -q
for n in 1 2 3 4; do
	at "25T1$n:00" crm-mail send news lead-3 --automatic --maildir box -q
done
is 'no limit' "$(q "select count(*) from activity where lead = 3 and done_at > '2026-11-25T10'")" 4
done_testing
