#!/bin/sh
# What the programs make of a customer's life — lines, payments, returns, answers with their
# clocks, members, events — comes back byte for byte, is sound there, and goes on.
. tests/lib.sh

vietnam
hour=0
later() { # the clock goes on, in working hours and out of them
	hour=$((hour + 1))
	CRM_NOW=$(date -u -d "2026-11-16T01:00:00Z +$((hour * 3)) hours" +%Y-%m-%dT%H:%M:%SZ)
	export CRM_NOW
}
does() { # COMMAND…: one step of a life, some time after the last
	later
	"$@" -q >out 2>err
	code=$?
	[ $code -eq 0 ] || { result 1 "$*"; show err; }
}

does crm-user set 1 team=hanoi
does crm-account add name='Công ty Minh Anh' kind=org email=info@minhanh.vn owner=lan
does crm-account add name=Northwind kind=org parent=1
does crm-account add name='Cô Tư' kind=person email=tu@x.vn phone='0903 111 222'
does crm-contact add name='Trần Lan' account=1 email=lan@x.vn owner=lan
does crm-contact add name='Phạm Hùng' account=1 reports_to=contact-1
does crm-contact add name='Lẻ' phone=0901234567
does crm-contact relate contact-1 spouse contact-3 note=x
does crm-contact add-identity contact-1 email=lan2@x.vn
does crm-lead add name=An phone=0901111111 email=an@x.vn owner=mai source=zalo
does crm-lead add name=Bình phone=0902222222 email=binh@x.vn do_not_email=true
does crm-lead add name=Chi company=Sao email=chi@x.vn score=70 owner=lan
does crm-lead add-identity lead-1 source=pancake external_id=KH-9
# sold
does crm-product add sku=PC name='Máy tính' price=15tr cost=12tr tax_rate=10 unit=cái
does crm-product add sku=MOUSE name=Chuột price='19.99 USD' cost=10 tax_rate=8
does crm-product add sku=BOOK name=Sách price=108k tax_rate=8 tax_included=true
does crm-product set-rate USD VND 25000 2026-01-01
does crm-product set-rate USD VND 25400.5 2026-11-01
does crm-product set-rate EUR USD 1.1 2026-01-01
does crm-deal add name='Máy tính' account=1 contact=1 owner=lan collaborators='lan:60;mai:40' expected_close=+30d
does crm-deal add-line 1 product=MOUSE quantity=10
does crm-deal add-line 1 product=PC discount=5
does crm-deal add-contact deal-1 contact-2 influencer
does crm-pipeline move deal-1 proposal
later
ok 'a quote of the lines of a deal' sh -c 'crm-deal lines 1 | crm-quote add deal=1 valid_until=+30d --lines -q'
does crm-quote send 1
does crm-quote accept 1 --order --win
does crm-quote copy 1 name=again
does crm-quote add account=2 name=no valid_until=+10d
does crm-quote add-line 3 description='Dịch vụ' unit_price=3tr quantity=1.5
does crm-quote send 3
does crm-quote reject 3 --reason price
does crm-order confirm 1
does crm-order pay 1 5tr transfer
does crm-order pay 1 '1.000.000' --on 2026-11-16
does crm-order deliver 1 carrier=GHN tracking=GH1
does crm-order pay 1
does crm-order return 1 MOUSE=3 defective
does crm-order refund 1
does crm-order add account=2 currency=EUR
does crm-order add-line 2 description=x unit_price=5.25 quantity=2 tax_rate=7
does crm-order add contact=3
does crm-order add-line 3 product=PC
does crm-order deliver 3
does crm-order return 3 --reason 'khách đổi ý'
printf 'description,unit_price\nx,1\n' >lines.csv
does crm-order add account=3 number=SO-2026-0050 ordered_on=2026-03-05 status=confirmed --lines <lines.csv
does crm-order add account=3
does crm-order cancel 5 --reason 'nhầm'
does crm-order add account=3
does crm-order rm order-6
does crm-deal add name=Lost account=2 owner=mai amount=5tr currency=USD
does crm-pipeline lose deal-2 price
does crm-deal add name=Open account=3 owner=mai
does crm-deal add-line 3 product=PC quantity=2
does crm-product retire BOOK successor=PC
# asked
does crm-ticket add subject=Hỏng priority=high contact=1 channel=zalo
does crm-ticket add subject=Chậm priority=urgent account=2
does crm-ticket add subject=Hỏi priority=low contact=3 order=3
does crm-ticket reply 1 'Đang kiểm tra' --pending
does crm-ticket reply 1 'Vẫn hỏng' --from-customer
does crm-ticket resolve 1 resolution='Đổi máy'
does crm-ticket reopen 1
does crm-ticket reply 1 'Xong' --resolve
does crm-ticket close 1 csat=4
does crm-ticket reply 2 'nội bộ' --internal
does crm-ticket take 2
does crm-ticket reply 3 'một' --pending
# told
does crm-campaign add name=Thư channel=email budget=5tr start_on=2026-11-01
does crm-campaign add name=Gọi channel=call
later
crm-campaign add Thư lead-1 lead-2 lead-3 account-1 account-3 -q 2>/dev/null
does crm-campaign add Gọi lead-1 lead-2
does crm-campaign mark Thư sent lead-1 contact-1
does crm-campaign remove Thư lead-3
does crm-activity add kind=call campaign=Gọi lead=2 outcome=no_answer
does crm-activity add kind=call campaign=Gọi lead=2 outcome=interested
printf '%s\n' 'event,email,message id,at,campaign,list' \
	'email_open,AN@x.vn,m1,2026-11-20T03:00:00Z,1,/a' 'email_click,an@x.vn,m2,2026-11-20T04:00:00Z,1,/b' \
	'unsubscribe,lan@x.vn,m4,2026-11-20T06:00:00Z,1,' 'form,moi@x.vn,m5,2026-11-20T06:00:00Z,,' >feed.csv
later
ok 'events of another system' sh -c 'crm-event add --source mailer <feed.csv -q'
does crm-event add kind=order customer=KH-9 value=2tr source=pancake external_id=O-1
does crm-segment add name=nóng condition='score >= 50'
does crm-segment add name=VIP of=account kind=static
does crm-segment add VIP account-1 account-3
does crm-segment remove VIP account-3
does crm-convert lead-3 --amount 20tr
does crm-activity add kind=meeting account=1 deal=3 due_at=+3d owner=mai
does crm-activity add kind=task lead=1 due_at=+1d repeats=FREQ=WEEKLY owner=mai
does crm-activity set activity-1 body=x
later
printf 'user,measure,from_day,to_day,value,number\nlan,revenue,2026-10-01,2026-12-31,500000000,\nmai,calls,2026-11-01,2026-11-30,,80\n' >figures.csv
ok 'target figures' crm-import target_figure figures.csv -q
sqlite3 "$CRM_DB" 'update ticket set number = null where id = 2' # from before they were numbered
crm-doctor mend -q >mended
later
ok 'sound' crm-doctor check --severity error
show out

for t in $(sqlite3 "$CRM_DB" "select entity from counter where entity not like '%-'"); do
	echo "$t $(sqlite3 "$CRM_DB" "select count(*) from \"$t\"")"
done >counts
is 'every record type has records' "$(awk '$2 > 0' counts | wc -l)" 25
crm-export all >a.jsonl
crm-export all --folder a
# The tables themselves, so that nothing hides behind how fields are printed.  How often it was
# configured here is bookkeeping, as the change sets are.
cat >tables.py <<'X'
import json, sqlite3, sys
db = sqlite3.connect(sys.argv[1])
for t, in db.execute("select name from sqlite_schema where type = 'table' and name not like 'change%'"
                     " and name not like 'sqlite%' order by 1"):
    print('==', t)
    rows = db.execute('select * from "%s" order by 1, 2' % t)
    names = [c[0] for c in rows.description]
    for row in rows:
        r = dict(zip(names, row))
        r.pop('rev', None)
        if r.get('key') != 'configured':
            print(json.dumps(r, ensure_ascii=False))
X
tables() {
	python3 tables.py "$CRM_DB"
}
tables >tables.txt
for r in sales pipeline leads activities funnel; do crm-report $r -o csv; done >reports.txt 2>&1
crm-ticket sla -o csv >sla.txt
is 'numbers go as far as they went' "$(grep -o '"counter":"[A-Z]*-2026-","next":[0-9]*' a.jsonl | tr '\n' ' ')" \
	'"counter":"Q-2026-","next":4 "counter":"SO-2026-","next":53 "counter":"T-2026-","next":4 '

fresh() {
	unset CRM_USER
	export CRM_DB="$work/b.db"
	rm -f "$CRM_DB" "$CRM_DB"-*
	crm-init --currency USD -q
	sqlite3 "$CRM_DB" "update \"user\" set login = 'stranger', login_key = 'stranger', name = 'S', name_key = 's' where id = 1"
	export CRM_USER=stranger
}
back() { # NAME SOURCE
	fresh
	now=$CRM_NOW
	CRM_NOW=2027-03-04T05:06:07Z
	ok "$1" crm-import all "$2" -q
	unset CRM_USER
	crm-export all >b.jsonl
	same "$1: byte for byte" b.jsonl a.jsonl
	rm -rf b
	crm-export all --folder b
	is "$1: as a folder too" "$(diff -r a b 2>&1 | head -5)" ''
	CRM_NOW=$now
	tables >got.txt
	same "$1: every table" got.txt tables.txt
	for r in sales pipeline leads activities funnel; do crm-report $r -o csv; done >got.txt 2>&1
	same "$1: reports" got.txt reports.txt
	crm-ticket sla -o csv >got.txt
	same "$1: clocks" got.txt sla.txt
	ok "$1: sound" crm-doctor check --severity error
	show out
}
back 'a stream' a.jsonl
back 'a folder' a
{ head -1 a.jsonl; sed 1d a.jsonl | tac; } >backwards.jsonl
back 'backwards' backwards.jsonl
sheets=$(CRM_DB=crm.db crm-export all --folder sheets --excel)
back 'spreadsheets' sheets

# it goes on as the first one does
goes_on() {
	CRM_NOW=2026-12-01T03:00:00Z
	crm-order add account=3 -o csv -f number,id | tail -1
	crm-quote copy 2 -o csv -f number,id,total | tail -1
	crm-deal set-line deal_line-3 quantity=3 -q
	crm-deal show 3 -o csv -f amount | tail -1
	crm-order add-line order-7 product=PC quantity=2 -q
	crm-order pay order-7 1tr -q
	crm-order show order-7 -o csv -f total,balance,paid | tail -1
	crm-order return 1 MOUSE=1 defective -q
	crm-order show 1 -o csv -f returned,returned_tax,balance,margin | tail -1
	crm-ticket reply 3 'hai' --from-customer -q
	crm-ticket reply 3 'ba' --resolve -q
	crm-ticket show 3 -o csv -f status,resolution_due,first_response_at,resolved_at | tail -1
	crm-campaign mark Thư replied lead-1 -o csv -f id,status | tail -1
	crm-event add --source mailer <feed.csv -o refs
	crm-activity set activity-3 status=done -q
	crm-lead show 2 -o csv -f contact_attempts,last_contacted_at,next_contact_at | tail -1
	crm-segment members VIP -o refs
	crm-pipeline win 3 -o csv -f stage,amount,closed_at | tail -1
	crm-doctor check --severity error -o csv
}
goes_on >got.txt 2>&1
cp "$CRM_DB" kept.db
crm-export all >b.jsonl
export CRM_DB="$work/crm.db"
goes_on >wanted.txt 2>&1
same 'it goes on as the first one does' got.txt wanted.txt
is 'without a complaint' "$(grep -c '^crm-' wanted.txt)" 0
crm-export all >a.jsonl
same 'and is the same again' b.jsonl a.jsonl
done_testing
