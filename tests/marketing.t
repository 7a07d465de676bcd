#!/bin/sh
# Campaigns and their members, segments, events.
. tests/lib.sh

vietnam
field() { # RECORD FIELD
	crm-"${1%-*}" show "$1" -f "$2" -o tsv | tail -1
}
members() { crm-campaign members "$@" -s id -o csv | sed 1d; }
crm-lead add name=An phone=0901111111 email=an@x.vn -q
crm-lead add name=Bình phone=0902222222 email=binh@x.vn do_not_email=true -q
crm-lead add name=Chi email=chi@x.vn score=70 -q
crm-account add name='Minh Anh' -q
crm-contact add name='Trần Lan' account=1 email=lan@x.vn -q
crm-account add name='Không người' -q
crm-account add name='Cô Tư' kind=person email=tu@x.vn -q
crm-deal add name=D account=1 -q

# Listing: whom a campaign reaches, and whom it must not.
ok 'add makes a campaign' crm-campaign add name=Thư channel=email budget=5tr -f id,status,budget,currency -o csv
is 'with defaults' "$(tail -1 out)" campaign-1,planned,5000000,VND
status 1 'a name once' crm-campaign add name=thư
ok 'list members' crm-campaign add Thư lead-1 lead-2 account-1 account-3 deal-1 -f lead,contact,account,status -o csv
cat >want <<'END'
lead,contact,account,status
lead-1,,,listed
,contact-1,,listed
,,account-3,listed
,contact-1,,listed
END
same 'through whom they are reached, each once' out want
is 'who is passed over is said' "$(cat err)" 'crm-campaign: lead-2 is not listed: must not be contacted by e-mail'
is 'three members' "$(members Thư -f id | wc -l | tr -d ' ')" 3
status 1 'an organisation without people' crm-campaign add Thư account-2
is 'says so' "$(cat err)" 'crm-campaign: account-2: nobody there whom a campaign could reach'
status 1 'nor by import' sh -c "printf 'campaign,lead\nThư,2\n' | crm-import campaign_member -q"
ok 'a stream' sh -c 'crm-lead list | crm-campaign add Thư - -q'
is 'one more' "$(members Thư -f id | wc -l | tr -d ' ')" 4
ok 'terms' crm-campaign add Thư score:60.. -o refs
is 'again the same' "$(cat out)" campaign_member-4
ok 'dry run' crm-campaign remove Thư lead-3 -n
is 'is still there' "$(members Thư lead:3 -f status)" listed
ok 'remove' crm-campaign remove Thư lead-3 -f lead -o csv
is 'shows whom' "$(tail -1 out)" lead-3
is 'gone' "$(members Thư lead:3 -f status)" ''
status 1 'remove a stranger' crm-campaign remove Thư lead-3

# How far they went.
ok 'mark' crm-campaign mark Thư sent lead-1 contact-1 -q
is 'first time' "$(members Thư lead:1 -f status,sent_at)" sent,2026-11-21T02:30:00Z
status 1 'a status of another channel' crm-campaign mark Thư attended lead-1
is 'is refused' "$(cat err)" 'crm-campaign: lead-1: status: "attended" is no status of a campaign by email'
status 2 'no status' crm-campaign mark Thư lead-1
ok 'further' crm-campaign mark Thư clicked lead-1 -q
ok 'a late report' crm-campaign mark Thư delivered lead-1 contact-1 -o csv -f status
is 'takes nothing back' "$(tail -2 out | paste -sd' ' -)" 'clicked delivered'
is 'which is said' "$(cat err)" 'crm-campaign: lead-1: warning: is clicked already and stays so; --force takes that back'
ok 'the same again is no way back' crm-campaign mark Thư clicked lead-1 -q
is 'and not worth a word' "$(cat err)" ''
ok 'unless it is asked for' crm-campaign mark Thư sent lead-1 contact-1 --force -q
is 'is so' "$(members Thư lead:1 -f status)" sent
printf '%s\n' 'event,email,message id,at,campaign,list' \
	'email_open,AN@x.vn,m1,2026-11-20T03:00:00Z,1,/a' 'email_click,an@x.vn,m2,2026-11-20T04:00:00Z,1,/b' \
	'email_open,an@x.vn,m3,2026-11-20T05:00:00Z,1,' 'email_open,an@x.vn,m1,2026-11-20T03:00:00Z,1,/a' \
	'unsubscribe,lan@x.vn,m4,2026-11-20T06:00:00Z,1,' >feed.csv
ok 'events' sh -c 'crm-event add --source mailer <feed.csv -o csv -f id,lead,contact,account,payload'
cat >want <<'END'
id,lead,contact,account,payload
event-1,lead-1,,,"{""email"":""AN@x.vn"",""list"":""/a""}"
event-2,lead-1,,,"{""email"":""an@x.vn"",""list"":""/b""}"
event-3,lead-1,,,"{""email"":""an@x.vn""}"
event-1,lead-1,,,"{""email"":""AN@x.vn"",""list"":""/a""}"
event-4,,contact-1,account-1,"{""email"":""lan@x.vn""}"
END
same 'each once, of whom, nothing lost' out want
ok 'the feed again' sh -c 'crm-event add --source mailer <feed.csv -q'
is 'changes nothing' "$(crm-event count)" 4
is 'a member advances, never back' "$(members Thư lead:1 -f status,opened_at,clicked_at,opens,clicks)" \
	clicked,2026-11-20T03:00:00Z,2026-11-20T04:00:00Z,2,1
is 'who unsubscribes' "$(members Thư contact:1 -f status)" opted_out
is 'says no' "$(field contact-1 do_not_email,do_not_email_at,do_not_email_source)" \
	"true	2026-11-20T06:00:00Z	unsubscribe"
ok 'no, said by hand' crm-account set 3 do_not_email=true -q
is 'takes out of what is not sent' "$(members Thư account:3 -f status)" opted_out
crm-campaign add name='Gọi' channel=call -q
crm-campaign add Gọi lead-1 lead-2 -q
is 'queued' "$(members Gọi lead:2 -f status)" queued
crm-activity add kind=call campaign=Gọi lead=2 outcome=no_answer -q
is 'a call' "$(members Gọi lead:2 -f status)" no_answer
crm-activity add kind=call campaign=Gọi lead=2 outcome=interested -q
is 'another' "$(members Gọi lead:2 -f status)" interested
status 1 'ends before it begins' crm-campaign set Gọi start_on=2026-12-01 end_on=2026-11-01

# Events stay as they are; strangers become known.
status 1 'immutable' crm-import event - <<'END'
id,kind
event-1,form
END
ok 'stranger' crm-event add kind=form email=moi@x.vn source=web -f lead,payload -o csv
is 'kept' "$(tail -1 out)" ',"{""email"":""moi@x.vn""}"'
crm-lead add name=Mới email=moi@x.vn -q
ok 'match' crm-event match -f lead -o csv
is 'known' "$(tail -1 out)" lead-4
status 1 'a number of no system' crm-event add kind=form external_id=5
crm-lead add-identity lead-4 source=pancake external_id=KH-9 -q
ok 'a customer by the number elsewhere' crm-event add kind=order customer=KH-9 value=2tr source=pancake external_id=O-1 -f lead,value,currency -o csv
is 'is that lead' "$(tail -1 out)" lead-4,2000000,VND
ok 'JSON Lines' sh -c "printf '%s\n' '{\"kind\":\"chat\",\"phone\":\"+84 90 1111111\",\"text\":{\"a\":1}}' | crm-event add -f lead,payload -o csv"
is 'nested is kept' "$(tail -1 out)" 'lead-1,"{""phone"":""+84 90 1111111"",""text.a"":1}"'
ok 'a score is the rating, however they call it' sh -c "printf '%s\n' '{\"kind\":\"survey\",\"email\":\"moi@x.vn\",\"nps_score\":9,\"why\":\"x\"}' | crm-event add -f rating,payload -o csv"
is 'and not in the payload' "$(tail -1 out)" '9,"{""email"":""moi@x.vn"",""why"":""x""}"'

printf 'kind,email,lead,source,payload,colour\nform,moi@x.vn,,,"{""a"":1}",/p\nform,moi@x.vn,lead-1,web,,\n' >mixed.csv
ok 'empty cells are filled, full ones stay' sh -c \
	'crm-event add --source mailer -f lead,source,payload -o csv <mixed.csv'
cat >want <<'END'
lead,source,payload
lead-4,mailer,"{""email"":""moi@x.vn"",""colour"":""/p"",""payload"":""{\""a\"":1}""}"
lead-1,web,"{""email"":""moi@x.vn""}"
END
same 'and nothing of the row is lost' out want

ok 'lists of objects' crm-event add --source shop <<'END'
{"kind":"order","external_id":"77","email":"an@x.vn","items":[{"sku":"A","price":1234.50},{"sku":"B;C","more":[1,null,true]}],"notes":["a;b"]}
END
is 'are kept as they came' "$(crm-event list external_id:77 -o json | python3 -c 'import json,sys; print(json.loads(json.load(sys.stdin)[0]["payload"])["items"][1])')" \
	"{'sku': 'B;C', 'more': [1, None, True]}"
status 1 'but are no tags' crm-lead add <<'END'
{"name":"X","tags":[{"a":1}]}
END

# A campaign's statuses are those of its channel.
status 1 'another channel with members' crm-campaign set Thư channel=event
ok 'without any' sh -c 'crm-campaign add name=Leer channel=email -q && crm-campaign set Leer channel=event -q'

# Who goes takes lists, further numbers and relations along.
crm-lead add name='Đi' phone=0966000111 -q
crm-segment add name=đi kind=static of=lead -q
crm-segment add đi name:đi -q
crm-lead add-identity Đi phone=0966000112 -q
ok 'a lead in a list can go' crm-lead rm Đi -q
is 'and nothing of it stays' "$(crm-segment members đi -o csv -f id)$(crm-who 0966000112 -q -o refs)" id

# Whoever goes takes their membership along, and brings it back.
crm-lead add name=Đến -q
gone=$(crm-lead list Đến -o refs)
crm-campaign add Thư "$gone" -q
dump() { sqlite3 "$CRM_DB" 'select id, lead, contact, account, status, listed_at from campaign_member order by id'; }
dump >with
ok 'a lead in a campaign can go' crm-lead rm Đến -q
is 'out of it, too' "$(members Thư "lead:$gone" -f id)" ''
ok 'undone' crm-undo -q
dump >again
same 'it is a member again' again with
crm-lead add name='Hai Vai' phone=0966000999 email=hv@x.vn company='Hai Vai' -q
two=$(crm-lead list 'Hai Vai' -o refs)
crm-campaign add Thư "$two" -q
crm-convert "$two" --deal none -q
contact=$(field "$two" contact)
ok 'one of two people' crm-lead rm "$two" -q
is 'leaves it to the other' "$(members Thư "contact:$contact" -f lead,contact)" ",$contact"

# Segments.
ok 'dynamic' crm-segment add name=nóng condition='score >= 50' -q
status 1 'a wrong condition' crm-segment add name=x condition='scor > 4'
is 'points at it' "$(cat err)" "crm-segment: condition:1:1: no field 'scor' on lead; did you mean 'score'?"
status 1 'no condition' crm-segment add name=x
status 1 'a condition for a list' crm-segment add name=x kind=static condition='score > 1'
is 'members' "$(crm-segment members nóng -o refs)" lead-3
is 'follow' "$(crm-lead set 4 score=90 -q; crm-segment members nóng -o refs -s -score | tr '\n' ' ')" 'lead-4 lead-3 '
is 'terms choose' "$(crm-segment members nóng name:chi -o refs)" lead-3
ok 'static' crm-segment add name=tay kind=static of=account -q
ok 'fill' crm-segment add tay account-1 deal-1 contact-1 account-2 -q
is 'the account of each, once' "$(crm-segment members tay -o refs | tr '\n' ' ')" 'account-1 account-2 '
status 1 'of another type' crm-segment add tay lead-1
status 1 'into a condition' crm-segment add nóng lead-1
ok 'remove by stream' sh -c 'crm-segment members tay -o refs | crm-segment remove tay - -q'
is 'empty' "$(crm-segment members tay -o csv -f id)" id
crm-lead set 3 phone=0903333333 -q
crm-lead set 4 phone=0904444444 -q
ok 'into a campaign' sh -c 'crm-segment members nóng | crm-campaign add Gọi - -q'
is 'all' "$(members Gọi -f id | wc -l | tr -d ' ')" 4
ok 'nothing goes by itself' crm-segment rm tay -q
crm-lead set 3 email=a@b.vn -q
crm-convert 3 --deal none -q
is 'a conversion is one' "$(members Gọi lead:3 -f status)" converted
done_testing
