#!/bin/sh
# crm-dedupe merge and unmerge: one record of several, and several again.
# shellcheck disable=SC2046 # references have no blanks
. tests/lib.sh
vietnam

one() { jq -r "$1" out; }
change_set() { crm-query 'select max(id) from change_set' -o tsv | tail -1; }

# -- who survives, and with which values --
crm-user add -q login=tuan name=Tuấn active=false
crm-account add -q name='Minh Anh'
crm-contact add -q name='Tran Thi Minh' phone='0901234567' account=account-1 owner=tuan
crm-contact add -q name='Khác' account=account-1
crm-contact add -q name='Trần Thị Minh' phone='0987654321' mobile=+84901234567 email=minh@a.vn \
	title=CEO tags=vip description='likes tea' external_id=hubspot:12 owner=lan \
	do_not_call=true do_not_call_at=2026-01-02T03:04:05Z do_not_call_source=phone
crm-contact add -q name='Minh Tran' email=MINH@a.vn tags=old description='likes coffee' city=Huế external_id=77
crm-activity add -q kind=call status=done contact=contact-1 done_at=2026-10-01T00:00:00Z
crm-activity add -q kind=note status=done contact=contact-4
crm-export all >before
ok 'a plan' crm-dedupe merge contact-1 contact-3 contact-4 --keep contact-1 -n
is 'names the survivor and the others' "$(one '[.survivor] + .merged | join(" ")')" 'contact-1 contact-3 contact-4'
is 'says where a value comes from' "$(one '.fields.title | .value + " " + .from')" 'CEO contact-3'
is 'of joined ones all' "$(one '.fields.tags | (.value | sort | join(" ")) + " " + (.from | join(" "))')" \
	'old vip contact-3 contact-4'
is 'what is moved' "$(one '.moved | tostring')" '{"activity":1}'
is 'what differs, and where it is kept' \
	"$(one '.conflicts[] | .field + " " + (.other | tostring) + " " + .of + " " + .kept' | sort)" \
	'external_id 77 contact-4 identity
name Minh Tran contact-4 history
phone 0987654321 contact-3 identity'
crm-export all >after
same 'a plan writes nothing' after before
ok 'merged' crm-dedupe merge contact-1 contact-3 contact-4 --keep contact-1 --reason 'the same'
is 'the survivor is printed' "$(one .id)" contact-1
is 'its values stay, empty ones are filled' "$(one '[.name, .phone, .mobile, .email, .city] | join("|")')" \
	'Tran Thi Minh|0901234567|+84901234567|minh@a.vn|Huế'
is 'who left gives way' "$(one .owner)" lan
is 'texts are joined' "$(one .description)" 'likes tea

likes coffee'
is 'the stricter consent wins, with its when and where' \
	"$(one '[.do_not_call, .do_not_call_at, .do_not_call_source, .do_not_email] | map(tostring) | join(" ")')" \
	'true 2026-01-02T03:04:05Z phone false'
is 'the main contact stays it' "$(one .is_primary)" true
is 'one change set' "$(crm-log -o csv | grep -c 'the same')" 1
is 'further numbers and ids are kept, known ones not doubled' \
	"$(crm-query 'select phone, source, external_id from v_identity order by id' -o tsv)" \
	'phone	source	external_id
0987654321		
	import	77'
ok 'by an old number' crm-who 0987654321
has 'the survivor is found' contact-1 out
for id in 77 hubspot:12; do
	printf 'external_id,name\n%s,Minh\n' $id >again.csv
	crm-import contact again.csv --match external_id -n 2>err
	is "an import finds the survivor by $id" "$(grep -o 'created [0-9]*' err)" 'created 0'
done
status 1 'the other is there no more' crm-contact show contact-3
is 'and went there' "$(cat err)" 'crm-contact: contact-3 was merged into contact-1'
status 1 'nor can it be written' crm-contact set contact-4 title=X
is 'likewise' "$(cat err)" 'crm-contact: contact-4 was merged into contact-1'
ok 'into another in turn' crm-dedupe merge contact-1 contact-2 --keep contact-2 -q
status 1 'the way is told' crm-contact show contact-3
is 'to its end' "$(cat err)" 'crm-contact: contact-3 was merged into contact-1, and that into contact-2'
ok 'taken back' crm-dedupe unmerge contact-1 -o refs
is 'prints whom there are again' "$(cat out)" 'contact-2
contact-1'
ok 'and the first one, by its change set' crm-dedupe unmerge "$(crm-query "select max(id) from change_set where reason = 'the same'" -o tsv | tail -1)" -q
crm-export all >after
same 'all is as it was' after before
status 1 'not twice' crm-dedupe unmerge contact-3
is 'says so' "$(cat err)" 'crm-dedupe: contact-3 is not merged into another record; name one that is, or the change set'
status 1 'nor what merged nothing' crm-dedupe unmerge 3
has 'says so, too' 'change set 3 merged nothing' err
crm-activity rm activity-2 -q
crm-contact rm contact-4 -q
status 1 'who was merged once and is removed now' crm-contact show contact-4
is 'is just not there' "$(cat err)" 'crm-contact: there is no contact-4'

# -- rules --
best() { crm-dedupe merge contact-1 contact-3 -n "$@" | jq -r .survivor; }
is 'best: with most fields' "$(best)" contact-3
is 'oldest' "$(best --keep oldest)" contact-1
is 'newest' "$(best --keep newest)" contact-3
take() { crm-dedupe merge contact-1 contact-3 -n --keep contact-1 --take "$1" | jq -r ".fields.$2.value"; }
is 'a field of another' "$(take phone=contact-3 phone)" 0987654321
is 'the longest' "$(take name=longest name)" 'Trần Thị Minh'
is 'an unknown record' "$(crm-dedupe merge contact-1 contact-3 --take phone=contact-2 2>&1)" \
	'crm-dedupe: contact-2 is not among the records to be merged (see crm-dedupe merge --help)'
status 2 'an unknown field' crm-dedupe merge contact-1 contact-3 --take fone=newest
status 2 'an unknown way' crm-dedupe merge contact-1 contact-3 --take phone=best
status 2 'consent is not chosen' crm-dedupe merge contact-1 contact-3 --take do_not_call=newest
status 2 'an unknown survivor' crm-dedupe merge contact-1 contact-3 --keep first
status 2 'one record' crm-dedupe merge contact-1
status 2 'of another type' crm-dedupe merge ticket-1 ticket-2
status 1 'not there' crm-dedupe merge contact-1 contact-99
is 'says so' "$(cat err)" 'crm-dedupe: there is no contact-99'
status 1 'too many' crm-dedupe merge contact-1 contact-3 --max 1
status 1 'changed meanwhile' crm-dedupe merge contact-1 contact-3 --if-rev 99
has 'says so' 'was changed meanwhile' err
status 1 'a contact and an account' crm-dedupe merge account-1 contact-1
has 'are two things' 'are not merged' err
crm-account add -q name=A tax_code=0101234567 annual_revenue='5 USD'
crm-account add -q name=B tax_code=0107654321 annual_revenue='90000 VND' website=b.vn
status 1 'two legal entities' crm-dedupe merge account-2 account-3 --keep account-2
has 'are refused' 'account-3: tax_code: account-2 has another one' err
ok 'but with --force' crm-dedupe merge account-2 account-3 --force --keep account-2 -n
is 'amounts of another currency are not mixed' \
	"$(one '(.fields.annual_revenue.value | tostring) + .fields.currency.value + .fields.website.value')" \
	'5USDb.vn'
status 1 'nor by wish' crm-dedupe merge account-2 account-3 --force --keep account-2 --take annual_revenue=account-3
crm-account add -q name=C kind=person
status 1 'a person and an organisation' crm-dedupe merge account-2 account-4
has 'are refused, too' 'account-4: kind: account-2 is an organisation, this one a person' err
ok 'once' crm-dedupe merge contact-1 contact-3 --once k1 -o refs
ok 'once again' crm-dedupe merge contact-1 contact-3 --once k1 -o refs
is 'prints the same' "$(cat out)" contact-3

# -- leads who are somebody --
crm-contact add -q name='Lê Văn Tám' phone=0911222333
crm-lead add -q name='Tam' phone=0911222333 email=tam@x.vn tags=hot
crm-lead add -q name='Tám' phone=0911222333 status=qualified
crm-activity add -q kind=call status=done lead=lead-1
crm-export all >before
n=$(crm-query 'select max(id) from contact' -o tsv | tail -1)
ok 'a lead and a contact' crm-dedupe merge "contact-$n" lead-1 -o refs
is 'the contact stays' "$(cat out)" "contact-$n"
is 'the lead is converted into it, without a deal' \
	"$(crm-lead show lead-1 -o csv -f status,contact,deal | tail -1)" "converted,contact-$n,"
is 'its activities come along' "$(crm-activity list "contact:contact-$n" -o refs | wc -l | tr -d ' ')" 1
ok 'a converted lead stands for what it became' crm-dedupe merge lead-2 lead-1 -o refs
is 'and so does the other' "$(cat out)" "contact-$n"
ok 'nothing to do' crm-dedupe merge lead-2 lead-1 "contact-$n" -o refs
ok 'taken back' crm-dedupe unmerge lead-2 -q
ok 'both' crm-dedupe unmerge lead-1 -q
crm-export all >after
same 'as if nothing had been' after before
crm-account add -q name='Công ty Tám' kind=org
crm-lead set lead-2 company='Công ty Tám' -q 2>/dev/null
crm-export all >before
account=$(crm-account list name:'Công ty Tám' -o refs)
ok "an organisation's lead and its account" crm-dedupe merge "$account" lead-2 --keep "$account" -q
is 'the person is a contact there' "$(crm-contact list "account:$account" phone:0911222333 -o csv -f name | tail -1)" 'Lê Văn Tám'
ok 'taken back' crm-dedupe unmerge lead-2 -q
crm-export all >after
same 'and the person with it, whose number is free again' after before
crm-lead set lead-2 company= -q
ok 'two open leads' crm-dedupe merge lead-1 lead-2
is 'the status that went further' "$(one .status)" qualified

# -- circles, doubles, and who may --
crm-contact add -q name=Chef
crm-contact add -q name=Mid
crm-contact add -q name=Low
set -- $(crm-contact list name:Chef,Mid,Low -o refs)
crm-contact set "$2" "reports_to=$1" -q
crm-contact set "$3" "reports_to=$2" -q
crm-contact relate "$1" friend "$3" -q 2>/dev/null || crm-contact relate "$1" sibling "$3" -q
ok 'no circle of superiors' crm-dedupe merge "$1" "$3" --keep "$1"
is 'nobody is above himself' "$(one .reports_to)" null
is 'the other still has the superior' "$(crm-contact show "$2" -o csv -f reports_to | tail -1)" "$1"
is 'nobody is related to himself' "$(crm-query 'select count(*) from relation' -o tsv | tail -1)" 0
crm-campaign add -q name=Spring channel=event
crm-lead add -q name=X1 owner=lan
crm-lead add -q name=X2
set -- $(crm-lead list name:X1,X2 -o refs)
printf 'campaign,lead,status,registered_at,attended_at,opens\nSpring,%s,registered,2026-02-02,,1\nSpring,%s,attended,2026-01-01,2026-03-03,2\n' \
	"$1" "$2" | crm-import campaign_member - -q 2>err
ok 'both in a campaign' crm-dedupe merge "$1" "$2" --keep "$1" -q
is 'one membership: further status, first times, sums' \
	"$(crm-query 'select lead, status, registered_at, attended_at, opens from v_campaign_member' -o tsv | tail -1 | cut -f2- )" \
	'attended	2025-12-31T17:00:00Z	2026-03-02T17:00:00Z	3'
crm-lead add -q name=Y1 owner=lan
crm-lead add -q name=Y2 owner=mai
set -- $(crm-lead list name:Y1,Y2 -o refs)
status 1 'not of what belongs to others' env CRM_USER=lan crm-dedupe merge "$1" "$2"
has 'says whose' 'owned by mai' err
crm-export all >before
crm-dedupe merge "$1" "$2" --keep "$1" -q
crm-lead set "$1" city=Huế name=Other -q
ok 'what came later and touched nothing of it stays' crm-dedupe unmerge "$2" -q
is 'so' "$(crm-lead show "$1" "$2" -o csv -f name,city | tail -2)" 'Other,Huế
Y2,'
crm-lead set "$1" name=Y1 city= -q
crm-dedupe merge "$1" "$2" --keep "$1" --take name=longest,city=newest -q
crm-lead set "$1" owner=mai -q
crm-activity add -q kind=call status=done "lead=$1"
ok 'a later call is not in the way' crm-dedupe unmerge "$2" -q
is 'and stays with the survivor' "$(crm-lead show "$1" "$2" -o csv -f contact_attempts | tail -2 | tr '\n' ' ')" '1 0 '
ok 'the doctor finds nothing broken' sh -c '! crm-doctor -o jsonl | grep "\"severity\":\"error\""'

# -- deals: the furthest survives; amounts are never added --
crm-account add -q name='Hai Lần'
twice=$(crm-account list name:'hai lan' -o refs)
ba=$(crm-contact add name=Ba "account=$twice" -o refs)
cat >deals <<EOF
{"name":"A","owner":"lan","description":"one","tags":["x"]}
{"name":"B","stage":"proposal","description":"two","external_id":"hs:2","forecast":"commit"}
{"name":"C","stage":"proposal","probability":70,"contact":"$ba"}
{"name":"D","stage":"lost","lost_reason":"price","owner":"mai"}
{"name":"W","stage":"won","amount":900}
{"name":"W2","stage":"won","amount":900}
EOF
jq -c ". + {account: \"$twice\"}" deals | crm-deal add -o refs >refs
set -- $(cat refs)
crm-deal add-line "$2" -q description=z quantity=2 unit_price=1000
crm-deal add-contact -q "$1" "$ba" user
crm-activity add -q kind=call status=done "deal=$4"
crm-quote add -q "deal=$2"
crm-export all >before
ok 'deals' crm-dedupe merge "$1" "$2" "$4" "$3" --reason twice -o refs
is 'the further and likelier one survives' "$(cat out)" "$3"
crm-deal show "$3" >out
is 'with its stage and probability, and no reason of a lost one' \
	"$(one '[.stage, .probability, .closed_at, .lost_reason] | map(tostring) | join(" ")')" 'proposal 70 null null'
is 'what it has not is filled, lines with what they come to' \
	"$(one '[.amount, .owner, .external_id, .forecast, (.tags | join(";"))] | map(tostring) | join(" ")')" '2000 lan hs:2 commit x'
is 'texts are joined, the further deal first' "$(one .description | tr '\n' ' ')" 'two  one '
is 'what hangs on the others is its' \
	"$(for t in deal_line deal_contact activity quote; do crm-export $t "deal:$3" -f deal -o tsv | sed -n '2,$p'; done | sort | uniq -c | tr -s ' ')" " 4 $3"
is 'its way is its own' "$(crm-pipeline history "$3" -o csv -f from_stage,stage | sed -n '2,$p')" ,proposal
status 1 'another is there no more' crm-deal show "$4"
is 'but went there' "$(cat err)" "crm-deal: $4 was merged into $3"
ok 'taken back' crm-dedupe unmerge "$4" -q
crm-export all >after
same 'all is as it was' after before
ok 'where the survivor has an amount' crm-dedupe merge "$5" "$2" -q
is 'the other lines stay behind' "$(crm-deal show "$5" -f amount; crm-deal lines "$5")" '{"amount":900}'
for try in "$5 $6:$6: stage: it is won, and only what is not goes into another deal" \
	"$1 $5 --keep $1:$5: stage: it is won, and only what is not goes into another deal" \
	"$5 lead-1:$5 and lead-1: a deal is merged with deals alone; crm-convert --deal makes a lead part of one"; do
	crm-dedupe merge ${try%%:*} -q 2>err
	is "${try#*:}" "$(cat err)" "crm-dedupe: ${try#*:}"
done
printf 'external_id,name,account,amount\nhub:1,F,Hub,10\nhub:2,F,Hub,20\n' >hub.csv
crm-import deal hub.csv --match external --create-missing account -q && set -- $(crm-deal list name:F -o refs)
crm-dedupe merge "$1" "$2" -q
is 'what another system calls the other is known' \
	"$(crm-import deal hub.csv --match external 2>&1) $(crm-deal count name:F)" \
	"crm-import: hub.csv: read 2, created 0, updated 0, unchanged 1, duplicate 1, skipped 0, rejected 0; committed 1"
other=$(crm-deal add name=E "account=$(crm-account add name=Khác -o refs)" -o refs)
status 1 'nor deals of two customers' crm-dedupe merge "$1" "$other"
is 'but with force' "$(crm-dedupe merge "$1" "$other" --force -o refs)" "$1"
ok 'the doctor finds nothing broken then' sh -c '! crm-doctor -o jsonl | grep "\"severity\":\"error\""'

# -- what one may not see moves along all the same --
printf 'roles:\n  - rep: {read: own, write: own, remove: none}\n' >roles.yaml
crm-config apply roles.yaml -q
crm-lead add -q name=Z1 owner=lan
crm-lead add -q name=Z2 owner=lan
crm-lead add -q name=Z3 owner=mai
crm-account add -q name=Hidden owner=mai
set -- $(crm-lead list name:Z1,Z2,Z3 -o refs)
deal=$(crm-deal add name=D "account=$(crm-account list name:Hidden -o refs)" "lead=$2" owner=mai -o refs)
crm-export all >before
export CRM_USER=lan
status 1 'not what one may not read' crm-dedupe merge "$1" "$3"
is 'says why' "$(cat err)" "crm-dedupe: $3 is owned by mai; rep lan may not read it"
ok 'without the right to remove' crm-dedupe merge "$1" "$2" --keep "$1" -q
is 'the deal of others is moved' "$(CRM_USER='' crm-deal show "$deal" -o csv -f lead | tail -1)" "$1"
ok 'and back' crm-dedupe unmerge "$2" -q
unset CRM_USER
crm-export all >after
same 'all is as it was' after before
done_testing
