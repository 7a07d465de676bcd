#!/bin/sh
# The checks of totals, payments, tickets, groups, currencies and custom fields: each finds
# what it is about and nothing else, in a sound database that is broken with sqlite3.
# shellcheck disable=SC2016
. tests/lib.sh

vietnam
crm-user set user-1 team=hanoi -q
crm-account add -q name='Công ty Minh Anh' owner=lan kind=org
crm-account add -q name=Kuwait owner=lan kind=org currency=USD
crm-contact add -q name=Hùng account=1 owner=lan email=h@x.vn
crm-lead add -q name=An owner=lan email=an@x.vn
crm-lead add -q name=Bình owner=lan email=b@x.vn phone=0912345678
crm-product set-rate USD VND 25000 2026-01-01 -q
crm-product add -q sku=PC name=PC price=15tr cost=12tr tax_rate=10
crm-product add -q sku=BOOK name=Sách price=108k tax_rate=8 tax_included=true
crm-deal add -q name=D account=1 owner=lan expected_close=+10d
crm-deal add-line -q 1 product=PC quantity=2 discount=5
crm-deal add -q name=typed account=1 owner=lan amount=5tr expected_close=+10d
crm-deal lines 1 | crm-quote add -q deal=1 valid_until=+30d --lines
crm-quote add -q account=1 name=empty
crm-quote accept 1 --order -q
crm-order confirm 1 -q
crm-order add-line -q 1 product=BOOK quantity=3 --reason more
crm-order deliver 1 -q
crm-order pay 1 1tr transfer -q
crm-order return 1 BOOK=1 defective -q
printf 'number,account,ordered_on,status,total,paid\nOLD-1,account-1,2026-03-01,delivered,500000,200000\n' |
	crm-import order -q
crm-order add -q account=2 currency=USD
crm-order add-line -q 3 description=x unit_price=5.25 quantity=2
crm-ticket add -q subject=Hỏng contact=1 owner=lan
crm-ticket reply 1 'Đang kiểm tra' --pending -q
crm-ticket add -q subject=Chậm contact=1 owner=lan
crm-ticket reply 2 'Xong' --resolve -q
crm-campaign add -q name=Thư channel=email
crm-campaign add -q Thư lead-1 contact-1
crm-campaign add -q name=Gọi channel=call
crm-campaign add -q Gọi lead-2
crm-campaign mark Thư sent contact-1 -q
crm-segment add -q name=nóng condition='score >= 50'
crm-segment add -q name=VIP of=account kind=static
printf 'fields:\n  lead:\n  - area: {type: number, en: Area, required: true, default: "3"}\n' | crm-config apply - -q
crm-lead set 1 area=5 -q
sqlite3 "$CRM_DB" 'pragma wal_checkpoint(truncate)' >/dev/null
ok 'a sound database' crm-doctor --severity warn
is 'has nothing wrong' "$(cat out)" ''
cp "$CRM_DB" sound.db

# NAME|REFERENCES THAT ARE NAMED|SQL THAT BREAKS IT
cat >breaks <<'X2'
deal_line.amounts|deal_line-1|update deal_line set amount = amount + 1, tax = tax - 1 where id = 1; update deal set amount = amount + 1 where id = 1
quote_line.amounts|quote_line-1|update quote_line set quantity = 3000000 where id = 1
order_line.amounts|order_line-2|update order_line set cost = 5 where id = 2
order_line.amounts|order_line-1;order_line-2|update order_line set unit_price = 1 where id < 3
deal.total|deal-1|update deal set amount = 5 where id = 1
deal.total|deal-1|update deal set amount = null where id = 1
quote.total|quote-1|update quote set subtotal = subtotal + 5, total = total + 5, margin = null where id = 1
quote.total|quote-1|update quote set tax = 0, total = subtotal - discount where id = 1
quote.total|quote-2|update quote set total = 7 where id = 2
order.total|order-1|update "order" set total = total + 1, balance = balance + 1 where id = 1
order.total|order-1|update "order" set shipping_fee = 30000 where id = 1
order.total|order-1|update "order" set cost = 1, margin = 1 where id = 1
order.total|order-2|update order_line set amount = 400000 where "order" = 2
order.returned|order-1|update "order" set returned = 0, balance = total - returned_tax - paid where id = 1
order.returned|order-1|update order_line set returned = 2000000 where id = 2
order.balance|order-1|update "order" set balance = 0 where id = 1
order.balance|order-2|update "order" set paid = 0 where id = 2
order.balance|order-3|update "order" set status = 'cancelled' where id = 3
order.paid|order-1|update "order" set paid = 0, balance = balance + 1000000 where id = 1
ticket.response|ticket-1|update ticket set first_response_at = null where id = 1
ticket.response|ticket-2|update activity set done_at = opened_at from ticket where ticket.id = 2 and activity.ticket = 2; update ticket set first_response_at = '2026-11-22T00:00:00Z' where id = 2
ticket.clock|ticket-1|update ticket set pending_since = null where id = 1
ticket.clock|ticket-2|update ticket set status = 'open' where id = 2
ticket.clock|ticket-1|update ticket set closed_at = '2026-11-21T02:30:00Z' where id = 1
ticket.order|ticket-1|update ticket set response_due = '2026-11-01T00:00:00Z' where id = 1
quote.order|quote-1|update quote set valid_until = '2026-11-01' where id = 1
segment.condition|segment-1|update segment set condition = 'scor > 5' where id = 1
segment.condition|segment-1|update segment set condition = null where id = 1
campaign_member.consent|campaign_member-1|update lead set do_not_email = 1 where id = 1
campaign_member.consent|campaign_member-3|update lead set do_not_call = 1 where id = 2
campaign_member.consent|campaign_member-2|update campaign_member set status = 'listed' where id = 2; update contact set do_not_email = 1
lead.required|lead-2|update lead set area = null where id = 2
lead.required|lead-1;lead-2|update lead set area = null
order.rate|order-3|update exchange_rate set valid_from = '2027-01-01'
account.rate|account-2|delete from exchange_rate
order_line.rate|order_line-4|update exchange_rate set currency = 'EUR'
X2
while IFS='|' read -r check refs sql; do
	rm -f crm.db crm.db-*
	cp sound.db crm.db
	sqlite3 crm.db "$sql" </dev/null
	crm-doctor check "$check" </dev/null >found 2>err
	code=$?
	is "$check: named ($sql)" "$(python3 -c '
import json, sys
for l in sys.stdin:
    r = json.loads(l)
    print(r["name"] + "|" + ";".join(r["refs"] or []))' <found)" "$check|$refs"
	severity=$(sed 's/.*"severity":"\([a-z]*\)".*/\1/' found)
	is "$check: the status" $code "$([ "$severity" = error ] && echo 1 || echo 0)"
	is "$check: as references" "$(crm-doctor check "$check" -o refs </dev/null | tr '\n' ';' | sed 's/;$//')" "$refs"
done <breaks

# what is no mistake
quiet() { # NAME SQL
	rm -f crm.db crm.db-*
	cp sound.db crm.db
	sqlite3 crm.db "$2"
	is "$1" "$(crm-doctor --severity warn)" ''
}
quiet 'a letter that was sent before they said no' "update contact set do_not_email = 1"
quiet 'a call to who wants no letters' "update lead set do_not_email = 1 where id = 2"
quiet 'a rate the other way round' "update exchange_rate set currency = 'VND', to_currency = 'USD', rate = 40"
quiet 'a promise that nobody made' "update ticket set response_due = null, resolution_due = null"
done_testing
