#!/bin/sh
# Campaigns: whom they pass over and why, what mailing services report back, who answers.
. tests/lib.sh

vietnam
sql() { sqlite3 -batch -separator '|' "$CRM_DB" "$1"; }
members() { crm-campaign members "$@" -s id -o csv | sed 1d; }
field() { crm-"${1%-*}" show "$1" -f "$2" -o tsv | tail -1; }
for name in an bình chi dung em; do
	echo "$name,$(echo "$name" | sed 's/ì/i/')@x.vn"
done | { echo name,email; cat; } | crm-import lead -q
crm-lead add-identity dung email=dung@y.vn -q
crm-account add name='Minh Anh' -q
crm-contact add name='An, nay là khách' email=AN@x.vn account=1 -q

# -- whom a campaign passes over --
crm-campaign add name=Thu channel=email status=active -q
crm-campaign add name=Cũ channel=email status=active -q
CRM_NOW=2026-09-01T00:00:00Z crm-campaign add Cũ lead-4 -q
crm-lead add name='Không thư' phone=0901234567 -q
crm-lead add name='Nói không' email=no@x.vn do_not_email=true -q
crm-lead add name='Trả lại' email=tra@x.vn -q
crm-lead add name='Tạm trả' email=tam@x.vn -q
crm-event add kind=bounce email=TRA@x.vn source=m external_id=1 -q
crm-event add kind=soft_bounce email=tam@x.vn source=m external_id=2 -q
ok 'dry run' sh -c 'crm-lead list | crm-campaign add Thu - contact-1 -n -q'
is 'lists nobody' "$(members Thu | wc -l | tr -d ' ')" 0
ok 'from a pipe' sh -c '{ crm-contact list -o refs; crm-lead list -o refs; echo lead-2; } | crm-campaign add Thu - -o refs'
cat >want <<'END'
crm-campaign: lead-1 is not listed: same e-mail address as contact-1
crm-campaign: lead-6 is not listed: no e-mail address
crm-campaign: lead-7 is not listed: must not be contacted by e-mail
crm-campaign: lead-8 is not listed: mail to tra@x.vn came back
crm-campaign: 6 listed, 1 there already, 4 passed over: 1 must not be contacted, 1 no address, 1 bounced, 1 same address
END
same 'each of whom it passes over is accounted for' err want
is 'the others are in it' "$(members Thu -f lead,contact | paste -sd' ')" ',contact-1 lead-2, lead-3, lead-4, lead-5, lead-9,'
crm-event add kind=email_open email=tra@x.vn source=m external_id=3 at=2026-11-21T02:31:00Z -q
ok 'a letter that was opened since' crm-campaign add Thu lead-8 -o refs
is 'did arrive' "$(cat out)" campaign_member-8
crm-campaign add name=Mới channel=email -q
crm-segment add name=vip condition='name ~ an or name ~ em' -q
crm-segment add name=chặn kind=static of=account -q
crm-segment add chặn account-1 -q
ok 'from a segment, but not who is elsewhere' crm-campaign add Mới segment:vip --suppress 'any:30d' -n
is 'in any that runs' "$(cat err)" 'crm-campaign: lead-5 is not listed: in Thu'
ok 'long ago' crm-campaign add Mới lead-4 --suppress Cũ:30d -n
is 'does not count' "$(cat err)" ''
ok 'ever' crm-campaign add Mới lead-4 --suppress Cũ -n
is 'does' "$(cat err)" 'crm-campaign: lead-4 is not listed: in Cũ'
ok 'their account is in a segment' crm-campaign add Mới contact-1 --suppress segment:chặn -n
is 'is as if they were' "$(cat err)" 'crm-campaign: contact-1 is not listed: in chặn'
status 1 'no such list' crm-campaign add Mới contact-1 --suppress nirgends
status 1 'a segment has no age' crm-campaign add Mới contact-1 --suppress segment:chặn:3d
status 2 'of a campaign that is made' crm-campaign add name=X --suppress Thu
ok 'terms within a segment' crm-campaign add Mới segment:vip name:em -o csv -f lead
is 'both' "$(sed 1d out)" lead-5
status 2 'a segment and records' crm-campaign add Mới segment:vip lead-2

# -- what mailing services report --
cat >sendgrid.json <<'END'
[{"email":"an@x.vn","timestamp":1795226400,"event":"open","category":["Thu"],"sg_event_id":"e1","sg_message_id":"m1","useragent":"X"},
{"email":"binh@x.vn","timestamp":1795226401,"event":"bounce","category":["Thu"],"sg_event_id":"e2","sg_message_id":"m2","reason":"550 unknown","type":"bounce"},
{"email":"chi@x.vn","timestamp":1795226402,"event":"bounce","category":["Thu"],"sg_event_id":"e3","sg_message_id":"m3","type":"blocked"},
{"email":"dung@y.vn","timestamp":1795226403,"event":"click","category":["Thu"],"sg_event_id":"e4","sg_message_id":"m4","url":"https://x.vn/gia"},
{"email":"em@x.vn","timestamp":1795226404,"event":"unsubscribe","category":"Thu","sg_event_id":"e5","sg_message_id":"m5"},
{"email":"la@x.vn","timestamp":1795226405,"event":"click","category":"Thu","sg_event_id":"e6","sg_message_id":"m6"}]
END
ok 'SendGrid' crm-import event --preset auto sendgrid.json
has 'is recognised' 'preset sendgrid, as events' err
ok 'again' crm-import event --preset sendgrid sendgrid.json
has 'is the same' 'created 0, updated 0, unchanged 6' err
cat >want <<'END'
,contact-1,opened
lead-2,,bounced
lead-3,,listed
lead-4,,clicked
lead-5,,opted_out
lead-9,,listed
lead-8,,listed
END
members Thu -f lead,contact,status >got
same 'whose they are by address; whoever is a member before others' got want
is 'who unsubscribes is not written to any more' "$(field lead-5 do_not_email,do_not_email_at,do_not_email_source)" \
	"true	2026-11-21T02:00:04Z	unsubscribe"
ok 'who bounced' crm-campaign add Mới lead-2 -q -n
is 'is not listed again' "$(crm-campaign add Mới lead-2 -n 2>&1)" 'crm-campaign: lead-2 is not listed: mail to binh@x.vn came back'
is 'what has no field is kept' "$(sql "select payload from event where external_id = 'e2'")" \
	'{"sg_message_id":"m2","reason":"550 unknown","type":"bounce"}'
crm-lead add name=Lạ email=la@x.vn -q
crm-campaign add Thu 10 -q
ok 'a stranger who becomes known' crm-event match -q
is 'has gone as far' "$(members Thu lead:10 -f status,clicks)" clicked,1

cat >brevo.json <<'END'
{"event":"opened","email":"chi@x.vn","message-id":"<a@b>","ts":1795226400,"ts_event":1795226500,"camp_id":7,"campaign name":"Thu"}
{"event":"unique_opened","email":"chi@x.vn","message-id":"<a@b>","ts_event":1795226500,"camp_id":7,"campaign name":"Thu"}
{"event":"click","email":"chi@x.vn","message-id":"<a@b>","ts_event":1795226501,"link":"https://x.vn/a","campaign name":"Thu"}
{"event":"opened","email":"chi@x.vn","message-id":"<a@b>","ts_event":1795226502,"campaign name":"Thu"}
{"event":"spam","email":"tam@x.vn","ts_event":1795226510,"campaign name":"Không có"}
END
ok 'Brevo' crm-import event --preset auto brevo.json
has 'one opening is one' 'read 5, created 4, updated 0, unchanged 1' err
has 'a campaign that is not here is told' 'campaign: "Không có" is not known here; 1 row kept it in payload' err
is 'forwards only' "$(members Thu lead:3 -f status,opens,clicks)" clicked,2,1
is 'spam is a refusal' "$(field lead-9 do_not_email,do_not_email_source)" "true	complaint"
cat >mailgun.json <<'END'
{"event-data":{"id":"DACS","timestamp":1795226601.329574,"event":"opened","recipient":"dung@x.vn","tags":["Thu"]}}
{"event-data":{"id":"DACT","timestamp":1795226601.5,"event":"failed","severity":"temporary","recipient":"dung@x.vn","tags":["Thu"]}}
{"event-data":{"id":"DACU","timestamp":1795226602.5,"event":"failed","severity":"permanent","recipient":"dung@x.vn","tags":[]}}
END
cat >ses.json <<'END'
{"eventType":"Bounce","bounce":{"bounceType":"Permanent","bouncedRecipients":[{"emailAddress":"dung@x.vn"}],"timestamp":"2026-11-20T05:00:00.761Z"},"mail":{"timestamp":"2026-11-20T04:59:38.237Z","messageId":"mm","destination":["dung@x.vn"],"tags":{"campaign":["Thu"]}}}
{"eventType":"Bounce","bounce":{"bounceType":"Transient","timestamp":"2026-11-20T05:01:00.761Z"},"mail":{"messageId":"mm","destination":["dung@x.vn"]}}
{"eventType":"Click","click":{"link":"https://x.vn/a","timestamp":"2026-11-20T06:00:00.761Z"},"mail":{"timestamp":"2026-11-20T04:59:38.237Z","messageId":"mm","destination":["dung@x.vn"]}}
END
cat >postmark.json <<'END'
{"RecordType":"Open","Recipient":"dung@x.vn","MessageID":"883","ReceivedAt":"2026-11-20T09:00:00Z","Tag":"Thu"}
{"RecordType":"Bounce","ID":42,"Type":"HardBounce","MessageID":"883","Email":"dung@x.vn","BouncedAt":"2026-11-20T09:00:00Z"}
{"RecordType":"Bounce","ID":43,"Type":"Transient","MessageID":"883","Email":"dung@x.vn","BouncedAt":"2026-11-20T09:01:00Z"}
{"RecordType":"SubscriptionChange","MessageID":"885","Recipient":"dung@x.vn","ChangedAt":"2026-11-20T09:02:00Z","SuppressSending":false,"SuppressionReason":null}
{"RecordType":"Bounce","ID":44,"Type":"DMARCPolicy","MessageID":"884","Email":"dung@x.vn","BouncedAt":"2026-11-20T09:01:30Z"}
{"RecordType":"Delivery","MessageID":"883","Recipient":"dung@x.vn","DeliveredAt":"2026-11-20T09:02:00Z"}
END
cat >mailchimp.csv <<'END'
campaign_id,email_id,email_address,action,type,timestamp,url,ip
aycl4,73c,dung@x.vn,open,,2026-11-19T14:27:40+00:00,,1.1.1.1
aycl4,73c,dung@x.vn,bounce,soft,2026-11-19T14:28:40+00:00,,
aycl4,73d,dung@x.vn,bounce,hard,2026-11-19T14:29:40+00:00,,
END
for file in mailgun.json ses.json postmark.json mailchimp.csv; do
	ok "$file" crm-import event --preset auto "$file"
	ok "$file again" crm-import event --preset auto "$file"
	has 'is the same' 'created 0, updated 0, unchanged' err
done
cat >want <<'END'
amazon-ses|bounce|2026-11-20T05:00:00Z|
amazon-ses|soft_bounce|2026-11-20T05:01:00Z|
amazon-ses|email_click|2026-11-20T06:00:00Z|https://x.vn/a
mailchimp|email_open|2026-11-19T14:27:40Z|
mailchimp|soft_bounce|2026-11-19T14:28:40Z|
mailchimp|bounce|2026-11-19T14:29:40Z|
mailgun|email_open|2026-11-21T02:03:21Z|
mailgun|soft_bounce|2026-11-21T02:03:21Z|
mailgun|bounce|2026-11-21T02:03:22Z|
postmark|email_open|2026-11-20T09:00:00Z|
postmark|bounce|2026-11-20T09:00:00Z|
postmark|soft_bounce|2026-11-20T09:01:00Z|
postmark|other|2026-11-20T09:02:00Z|
postmark|soft_bounce|2026-11-20T09:01:30Z|
postmark|email_delivered|2026-11-20T09:02:00Z|
END
sql "select source, kind, at, subject from event where lead = 4 and source not in ('sendgrid', 'm') order by source, id" >got
same 'hard and soft, and when' got want
printf 'Email Address,First Name,Opens\nchi@x.vn,Chi,3\ndung@x.vn,Dung,1\n' >opened.csv
for run in 1 2; do
	ok "a list of who opened it, run $run" crm-import event opened.csv --ignore-unknown --map 'Email Address=address' \
		--set kind=email_open --set campaign=Mới --set source=mailchimp
done
has 'is one each' 'unchanged 2' err

# The report counts what the files say, each opening and click once.
python3 - >want <<'END'
import json
opens = clicks = 0
for line in json.load(open("sendgrid.json")):
    opens += line["event"] == "open"
    clicks += line["event"] == "click"
seen = set()
for line in map(json.loads, open("brevo.json")):
    if line["campaign name"] == "Thu":
        seen.add((line["event"].replace("unique_", ""), line["ts_event"]))
opens += sum(e == "opened" for e, _ in seen)
clicks += sum(e == "click" for e, _ in seen)
opens += sum(d["event-data"]["event"] == "opened" for d in map(json.loads, open("mailgun.json")))
opens += sum(d["RecordType"] == "Open" for d in map(json.loads, open("postmark.json")))
print(f"{opens},{clicks}")
END
crm-report campaigns -o json | python3 -c 'import json, sys
for r in json.load(sys.stdin):
    if r.get("campaign") == "Thu": print(r["opens"], r["clicks"], sep=",")' >got
same 'opens and clicks, as in the files' got want

# -- who answers --
crm-campaign add name=Trả channel=email -q
crm-campaign add Trả lead-3 lead-10 -q
crm-activity add kind=email campaign=Trả lead=3 subject=Chào -q
letter=$(sql 'select max(id) from activity')
is 'what we send is no answer' "$(members Trả lead:3 -f status)" listed
crm-activity add kind=email direction=in lead=3 reply_to="$letter" body='Gửi báo giá' -q
is 'an answer to it is one' "$(members Trả lead:3 -f status,replied_at)" replied,2026-11-21T02:30:00Z
crm-event add kind=email_reply email=la@x.vn campaign=Trả source=m external_id=9 -q
is 'so is one that is reported' "$(members Trả lead:10 -f status)" replied
crm-convert lead-3 --deal none -q
is 'whoever becomes a customer is converted' "$(members Trả lead:3 -f status,account)" converted,account-2
crm-campaign add Trả contact-1 -q
crm-lead add name='An lần nữa' company='Minh Anh' email=an@x.vn campaign=Trả -q
crm-convert 11 --account account-1 --contact contact-1 --deal none -q
is 'also who was a member before, by the campaign that the lead names' "$(members Trả contact:1 -f status)" converted
crm-contact add name='La chị' email=LA@x.vn -q
crm-event add kind=unsubscribe email=la@x.vn source=m external_id=10 -q
is 'who says no says it for everybody at the address' \
	"$(crm-lead list do_not_email:true email:la@x.vn -o refs) $(crm-contact list do_not_email:true -o csv -f name | tail -1)" 'lead-10 La chị'

# -- an organisation says no for its people, whichever way they are reached --
ref=$(crm-account add name='Công ty Im' kind=org do_not_email=true do_not_call=true -o refs)
contact=$(crm-contact add name='Người Im' email=im@x.vn phone=0905555555 account="$ref" is_primary=true -o refs)
crm-campaign add name=Gọi channel=call status=active -q
crm-config apply -q - <<'END'
rules: [im: {when: contact.created, do: [{emit: {kind: email, template: x}}]}]
END
for name in Thu Gọi; do
	crm-campaign add "$name" "$contact" -n 2>err >out
	has "  $name" 'is not listed: must not be contacted by' err
done
crm-contact add name='Bạn Im' email=ban@x.vn account="$ref" -q
is 'and no rule writes to them' "$(crm-follow run -q -v 2>&1 | grep -o 'account-[0-9]* must not .*')" "$ref must not be contacted by e-mail"

# -- several categories: the one that is a campaign; mail programs that open by themselves --

cat >several.json <<'END'
[{"email":"an@x.vn","timestamp":1795226500,"event":"delivered","category":["tin tức","Thu"],"sg_event_id":"f1"},
{"email":"an@x.vn","timestamp":1795226501,"event":"delivered","category":["Thu","tin tức","khác"],"sg_event_id":"f2"},
{"email":"an@x.vn","timestamp":1795226502,"event":"delivered","category":["tin tức","khác"],"sg_event_id":"f3"},
{"email":"an@x.vn","timestamp":1795226503,"event":"open","sg_machine_open":true,"category":["Thu"],"sg_event_id":"f4"}]
END
ok 'several categories' crm-import event --preset auto several.json
is 'what names a campaign does' "$(sql "select e.kind, c.name from event e left join campaign c on c.id = e.campaign where e.external_id like 'f_' order by e.id")" \
	"$(printf 'email_delivered|Thu\nemail_delivered|Thu\nemail_delivered|\nother|Thu')"

# -- what they bought because of it --

crm-account add name='Mua' kind=org -q
buyer=$(crm-contact add name='Người Mua' email=mua@x.vn account=Mua is_primary=true -o refs)
other=$(crm-contact add name='Người khác' email=khac@x.vn account=Mua -o refs)
crm-campaign add name=Bán channel=email -q
crm-campaign add Bán "$buyer" "$other" -q
crm-campaign mark Bán opened "$buyer" -q
deal=$(crm-deal add name=Máy account=Mua contact="$other" amount=5tr campaign=Bán -o refs)
is 'an offer is no purchase' "$(members Bán "contact:$other" -f status)" listed
crm-pipeline win "$deal" -q
is 'a deal that is won is, with whom it was and whom they stand for' "$(members Bán -f status | sort -u)" converted
crm-campaign mark Bán converted "$buyer" -q
is 'a letter that comes later takes nothing back' \
	"$(crm-event add kind=email_open email=mua@x.vn campaign=Bán source=m external_id=11 -q; members Bán "contact:$buyer" -f status)" converted
late=$(crm-contact add name='Mua lẻ' email=le@x.vn -o refs)
crm-campaign add Bán "$late" -q
crm-product add sku=P name=Máy price=5tr -q
order=$(printf 'product,quantity\nP,1\n' | crm-order add contact="$late" campaign=Bán ordered_on=2026-11-20 --lines -o refs)
is 'an order that is not confirmed' "$(members Bán "contact:$late" -f status)" listed
crm-order set "$order" status=confirmed -q
is 'and one that is' "$(members Bán "contact:$late" -f status,converted_at)" converted,2026-11-19T17:00:00Z
done_testing
