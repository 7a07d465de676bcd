#!/bin/sh
# What follows from what between deals, quotes and orders, and what is refused.
# Expected figures are worked out by hand beside them, or come from sqlite3.
. tests/lib.sh
vietnam

sql() {
	sqlite3 -batch -separator ' ' "$CRM_DB" "$1"
}

crm-account add -q name='Công ty Minh Anh' kind=org
crm-product add -q sku=P name='Máy in' price=100k cost=60k tax_rate=10
crm-product add -q sku=Q name='Giấy' price=1k
printf 'sku,quantity,discount\nP,3,10\nQ,2,\n' >lines.csv

# -- --if-rev is about the document, whichever of its lines changes --
crm-order add -q account=1 --lines <lines.csv
rev=$(sql 'select rev from "order"')
crm-order add-line -q 1 product=Q
for verb in 'add-line 1 product=Q' 'set-line order_line-1 quantity=9' 'rm-line order_line-1'; do
	status 1 "an old rev: $verb" crm-order $verb --if-rev "$rev"
	has "and why" "order-1 was changed meanwhile: its rev is $((rev + 1))" err
done
is "nothing was written" "$(sql "select group_concat(q) from (select quantity / 1000000 q from order_line order by id)")" 3,2,1
rev=$((rev + 1))
ok "two lines at once with the right one" sh -c "crm-order add-line 1 -q --if-rev $rev <lines.csv"
is "they are there" "$(sql 'select count(*) from order_line')" 5
rev=$(sql 'select rev from "order"')
ok "several lines change with it" crm-order set-line order_line-1 order_line-2 quantity=4 -q --if-rev "$rev"
rev=$(sql 'select rev from "order"')
ok "a word changes" crm-order set-line order_line-3 description=A4 -q --if-rev "$rev"
status 1 "which counts, though no sum did" crm-order rm-line order_line-3 --if-rev "$rev"
ok "now it goes" crm-order rm-line order_line-3 -q --if-rev $((rev + 1))
crm-deal add -q name=D account=1
crm-quote add -q account=1 --lines <lines.csv
status 1 "so it is with deals" crm-deal add-line 1 product=P --if-rev 7
status 1 "and quotes" crm-quote set-line quote_line-1 quantity=2 --if-rev 77

# -- terms of lines --
lines() {
	crm-order lines "$@" -o csv -f product.sku,quantity | sed 1d
}
crm-order add -q account=1 --lines <lines.csv
is "terms choose lines by what they alone have" "$(lines 2 quantity:3..)" P,3
is "through references" "$(lines 2 product.sku:Q)" Q,2
is "of every order" "$(lines quantity:4..)" "P,4
Q,4"
is "and orders by what these have" "$(lines status:draft quantity:3)" "P,3
P,3"
status 2 "a slip" crm-order lines 2 quantty:3
has "is one of a line's field" "no field 'quantty' on order_line; did you mean 'quantity'?" err
status 2 "a wrong value" crm-order lines 2 quantity:many
has "is said so" "quantity: \"many\" is not a number" err

# -- no order stands without lines --
status 1 "nothing on stdin" sh -c 'crm-order add account=1 status=confirmed --lines </dev/null'
has "is no order to confirm" "the order has no lines; add some while it is a draft, or make it with --lines" err
status 1 "neither is one made so" crm-order add account=1 status=delivered
ok "a draft may be empty" sh -c 'crm-order add account=1 --lines -q -o refs </dev/null && crm-order list -s -id -l 1 -o refs >draft'
status 1 "until it is confirmed" crm-order confirm "$(cat draft)"
has "which is refused" "the order has no lines" err
status 1 "or delivered" crm-order deliver "$(cat draft)"
status 1 "or set so" crm-order set "$(cat draft)" status=confirmed
ok "it may be called off" crm-order cancel "$(cat draft)" -q
crm-quote add -q account=1 name=empty
status 1 "nor does an empty quote become one" crm-quote accept 2 --order
has "which is said of the order" "quote-2: order: the order has no lines" err

# -- a deal is worth what was accepted --
deal() {
	crm-deal show "$1" -o csv -f stage,amount,currency | tail -1
}
crm-deal add -q name=plain account=1 owner=lan
crm-quote add -q deal=2 --lines <lines.csv
ok "a quote is accepted, its deal won" crm-quote accept 3 --win -q
# 3 × 100,000 less 10 % + 2 × 1,000, without tax
is "which has its lines and its amount" "$(deal 2) $(crm-deal lines 2 -o csv -f product.sku,quantity,discount | sed 1d | tr '\n' ' ')" "won,272000,VND P,3,10 Q,2, "
is "at the win already" "$(sql "select amount from stage_change where deal = 2 and stage = 'won'")" 272000
ok "all is taken back in one" crm-undo -q
is "to the last line" "$(deal 2) $(sql 'select count(*) from deal_line where deal = 2') $(sql 'select status from quote where id = 3')" "discovery,,VND 0 draft"
crm-deal set -q 2 amount=5tr
ok "an amount of its own" crm-quote accept 3 --win -q
is "stays" "$(deal 2) $(sql 'select count(*) from deal_line where deal = 2')" "won,5000000,VND 0"
crm-deal add -q name=lines account=1 && crm-deal add-line -q 3 product=P
crm-quote add -q deal=3 --lines <lines.csv
ok "so do lines of its own" crm-quote accept 4 --win -q
is "as they are" "$(deal 3) $(sql 'select count(*) from deal_line where deal = 3')" "won,100000,VND 1"
crm-deal add -q name=dollars account=1 budget=5tr
printf 'description,unit_price,quantity\nx,3.25,2\n' | crm-quote add -q deal=4 currency=USD --lines
status 1 "dong of a deal do not become dollars" crm-quote accept 5 --win
has "and it is said" "quote-5: deal.budget: it is in VND, the quote in USD; say the deal's amount" err
crm-deal set -q 4 budget=
ok "without them" crm-quote accept 5 --win -q
is "it is worth dollars" "$(deal 4)" "won,6.50,USD"
crm-deal add -q name=nothing account=1 && crm-quote add -q deal=5
ok "a quote of nothing" crm-quote accept 6 --win -q
is "says nothing" "$(deal 5)" "won,,VND"
printf 'number,deal,total,tax\nIMP-1,deal-6,1100000,100000\n' >quotes.csv
crm-deal add -q name=imported account=1
ok "a quote that came without lines" sh -c 'crm-import quote quotes.csv && crm-quote accept IMP-1 --win -q'
is "says it without tax" "$(deal 6)" "won,1000000,VND"

# -- whose quotes --
owner() {
	sql "select u.login from quote q left join user u on u.id = q.owner order by q.id desc limit 1"
}
crm-deal add -q name=of-lan account=1 owner=lan
crm-quote add -q deal=7
is "of the deal's owner" "$(owner)" lan
CRM_USER=mai crm-quote add -q account=1
is "else of who makes it" "$(owner)" mai
CRM_USER=mai crm-quote add -q deal=7 owner=mai
is "unless somebody is named" "$(owner)" mai
printf 'number,account\nIMP-2,Công ty Minh Anh\n' >quotes.csv
crm-import quote quotes.csv 2>/dev/null
is "who imports owns nothing by it" "$(owner)" ""

# -- what the order of a quote must have --
cat >fields.yaml <<'YAML'
fields:
  order:
    - po: {type: text, en: Their number, vi: Số của khách}
YAML
crm-config apply fields.yaml -q && crm-order list -o refs | crm-order set -q po=none
sed -i 's/}/, required: true}/' fields.yaml
ok "orders must have a number of the customer's" crm-config apply fields.yaml -q
crm-quote add -q account=1 --lines <lines.csv
quote=$(crm-quote list -s -id -l 1 -o refs)
status 1 "which a quote does not have" crm-quote accept "$quote" --order
has "and whose it is" "$quote: order.po: must not be empty" err
is "nothing is accepted then" "$(sql "select status from quote order by id desc limit 1")" draft
status 2 "it is of an order" crm-quote accept "$quote" order.po=7
has "that is to be made" "order.FIELD=VALUE is for the order that --order makes" err
status 2 "of its fields" crm-quote accept "$quote" --order order.pp=7
has "alone" 'no field "pp" on order' err
status 1 "and right" crm-quote accept "$quote" --order order.po=7 order.due_on=soon
has "as said" "$quote: order.due_on: \"soon\" is not a date" err
ok "it is given" crm-quote accept "$quote" terms=net --order order.po=7 order.due_on=+30d order.shipping_fee=8k -o csv -f po,due_on,status,total
# 272,000 and 10 % of 270,000 and 8,000
is "and is there" "$(tail -1 out)" "7,2026-12-21,confirmed,307000"
is "beside what is said of the quote" "$(sql "select terms from quote order by id desc limit 1")" net
crm-quote copy -q "$quote"
ok "an order may stay a draft" crm-quote accept "quote-$(sql 'select max(id) from quote')" --order order.po=8 order.status=draft -o csv -f po,status
is "with its lines" "$(tail -1 out) $(sql 'select count(*) from order_line where "order" = (select max(id) from "order")')" "8,draft 2"

# -- what is open follows a contact to an account --
crm-contact add -q name=Hùng
crm-order add -q contact=1 po=1 --lines <lines.csv
crm-order add -q contact=1 po=2 status=confirmed --lines <lines.csv
crm-deal add -q name=open contact=1
crm-deal add -q name=lost contact=1 stage=lost lost_reason=price
crm-quote add -q contact=1
crm-quote add -q contact=1 status=rejected
crm-ticket add -q subject=open contact=1
crm-ticket add -q subject=closed contact=1
crm-ticket set -q 2 status=resolved resolution=x
ok "a contact gets an account" crm-contact set 1 account=1 -q
followed() {
	sql "select 'order', status, coalesce(account, 0) from \"order\" where contact = 1
		union all select 'deal', stage, coalesce(account, 0) from deal where contact = 1
		union all select 'quote', status, coalesce(account, 0) from quote where contact = 1
		union all select 'ticket', status, coalesce(account, 0) from ticket where contact = 1"
}
is "what is open follows, what is settled stays" "$(followed)" "order draft 1
order confirmed 0
deal discovery 1
deal lost 0
quote draft 1
quote rejected 0
ticket new 1
ticket resolved 0"
is "in one change set" "$(sql 'select count(distinct entity) from change where change_set = (select max(id) from change_set)')" 5
ok "it is taken back" crm-undo -q
is "all of it" "$(followed | grep -c ' 1$')" 0
crm-contact set -q 1 account=1
crm-account add -q name=Other
ok "another account" crm-contact set 1 account=2 -q
is "takes nothing away" "$(followed | grep -c ' 2$')" 0

# -- paid, and called off --
paid() {
	crm-order show "$1" -o csv -f status,paid,balance,paid_on | tail -1
}
new() { # STATUS: an order of 299,000; its reference into $order
	order=$(crm-order add account=1 po=x status="$1" --lines -o refs <lines.csv)
}
new confirmed
crm-order pay -q "$order" 100k
ok "a part is paid, the order called off" crm-order cancel "$order" -q
is "it was never paid off" "$(paid "$order")" "cancelled,100000,-100000,"
ok "a payment that came late" crm-order pay "$order" 50k --reason 'đã chuyển' -q
is "does not pay it off either" "$(paid "$order")" "cancelled,150000,-150000,"
new confirmed
crm-order pay -q "$order"
ok "one that was paid off" crm-order cancel "$order" -q
is "was, and is to be paid back" "$(paid "$order")" "cancelled,299000,-299000,2026-11-21"
ok "paid back" crm-order refund "$order" -q
is "it is not" "$(paid "$order")" "cancelled,0,0,"
new confirmed
crm-order pay -q "$order" 100k
ok "all of it comes back" crm-order return "$order" defective -q
is "it was not paid off by that" "$(paid "$order")" "returned,100000,-100000,"

# -- days that are still to come, and money in another currency --
new confirmed
status 1 "nobody has paid tomorrow" crm-order pay "$order" --on tomorrow
has "is said" "$order: at: the payment is still to come" err
printf 'kind,at,order,value,currency,source,external_id\npayment,2027-01-01,%s,1000,VND,bank,b1\n' "$order" >paid.csv
status 1 "no bank says so either" sh -c 'crm-event add <paid.csv'
is "nothing is paid" "$(paid "$order")" "confirmed,0,299000,"
ok "today it is" crm-order pay "$order" 1k --on today -q
status 1 "nothing was delivered tomorrow" crm-order deliver "$order" delivered_on=+1d
has "is said" "$order: delivered_on: that day is still to come" err
status 1 "nor before it was ordered" crm-order deliver "$order" delivered_on=2026-11-20
has "is said" "$order: delivered_on: it was ordered after that day" err
ok "a day that is planned" crm-order set "$order" delivered_on=+1d -q
status 1 "is not the day of a delivery" crm-order deliver "$order"
ok "but today is" crm-order deliver "$order" delivered_on=today -q
crm-order add -q account=1 po=x
order="order-$(sql 'select max(id) from "order"')"
crm-order pay -q "$order" 100k --reason 'đặt cọc'
status 1 "dong that were paid do not become dollars" crm-order set "$order" currency=USD
has "is said" "$order: currency: the order was paid in VND" err

# -- a customer in person --
crm-contact add -q name=Lẻ
crm-order add -q contact=2 po=x
ok "a ticket of their order" crm-ticket add subject=hỏng order="order-$(sql 'select max(id) from "order"')" -o csv -f account,contact
is "is theirs" "$(tail -1 out)" ",contact-2"

# -- what was bought, in the portrait --
printf 'description,unit_price,quantity\nLắp đặt,3.25,2\n' | crm-order add -q account=1 po=x currency=USD status=confirmed --lines
printf 'sku,quantity,discount\nP,7,3\nQ,1,\n' | crm-order add -q account=1 po=x status=delivered ordered_on=2026-01-05 --lines
crm-order return -q "order-$(sql 'select max(id) from "order"')" P=2 Q=1 defective
crm-view account-1 >portrait.json
is "products bought are what the tables say" "$(python3 "$root/tests/view_figures.py" "$CRM_DB" account-1 <portrait.json)" ''
# 7 × 100,000 less 3 % is 679,000, of which 2 / 7 came back: 194,000; and twice 270,000 for 3
is "sums by currency" "$(python3 -c 'import json
for r in json.load(open("portrait.json"))["products"]:
    print(r["sku"], r["name"], r["times"], r["quantity"], r["value"], r["currency"], r["first_on"], r["last_on"])')" \
	"Q Giấy 2 4 4000 VND 2026-11-21 2026-11-21
None Lắp đặt 1 2 6.5 USD 2026-11-21 2026-11-21
P Máy in 3 11 1025000 VND 2026-01-05 2026-11-21"
crm-view account-1 -o table >table
has "in a table" "── Products bought (3) ─" table
is "row by row" "$(grep '^P  ' table | tr -s ' ')" "P Máy in 3 11 1.025.000 VND 2026-11-21"
ok "one at most" sh -c 'crm-view account-1 -o table --rows 1 >table'
has "says how many more" "(3)" table
crm-view account-1 -o html >page.html
has "on a page" "Products bought" page.html
ok "in Vietnamese" sh -c 'export CRM_LANG=vi; crm-view account-1 -o table >table; crm-view account-1 -o html >page.html'
has "too" "Sản phẩm đã mua" table
has "and there" "Mua gần nhất" page.html

# -- whose a deal is, and in what money it is offered --
who=$(crm-contact add name='Trần Tám' account=1 -o refs)
alone=$(crm-contact add name='Ngô Chín' -o refs)
deal=$(crm-deal add name='Ngoại tệ' "contact=$who" currency=USD -o refs)
theirs=$(crm-deal add name='Riêng' "contact=$alone" stage=won -o refs)
crm-contact set "$alone" account=1 -q
crm-deal set "$theirs" next_step=x -q
is "a new deal of a contact is the account's, one that is won stays the person's" \
	"$(crm-deal show "$deal" "$theirs" -o csv -f account | tr '\n' ' ')" 'account account-1  '
is "a quote is in the deal's currency, an order too, unless another is named" \
	"$(crm-quote add "deal=$deal" -o csv -f currency | tail -1
	crm-order add "deal=$deal" po=1 -o csv -f currency | tail -1
	crm-quote add "deal=$deal" currency=EUR -o csv -f currency | tail -1)" 'USD
USD
EUR'

ok "nothing is wrong" crm-doctor --severity error -o csv
done_testing
