#!/bin/sh
# Products, quotes, orders and their lines; exchange rates; payments and returns.
# Expected figures come from python3's decimal, sqlite3 and awk.
. tests/lib.sh
vietnam

sql() {
	sqlite3 -batch -separator ' ' "$CRM_DB" "$1"
}

crm-account add -q name='Công ty Minh Anh' kind=org
crm-account add -q name=Northwind kind=org
crm-contact add -q name='Phạm Văn Hùng' account=account-1
crm-contact add -q name='Không công ty' phone=0901234567
crm-deal add -q name='Máy tính' account=account-1 amount=5tr

# -- products, rates --
ok "a product" crm-product add sku=PC name='Máy tính' price=15tr cost=12tr tax_rate=10 unit=cái -q
ok "one in dollars" crm-product add sku=MOUSE name=Chuột price='19.99 USD' cost=10 tax_rate=8 -q
ok "one with the tax in the price" crm-product add sku=BOOK name=Sách price=108k tax_rate=8 tax_included=true -q
status 1 "no negative price" crm-product add sku=X name=X price=-5
has "is said" "price: must not be below 0" err
status 1 "a sku is taken once" crm-product add sku=pc name=again
has "by whom" "sku" err
ok "a rate" crm-product set-rate USD VND 25000 2026-01-01 -q
ok "a newer one" crm-product set-rate USD VND 25400.5 2026-11-01 -q
ok "said again it is changed, not doubled" crm-product set-rate USD VND 25400.5 2026-11-01 -q
is "two rates" "$(crm-product rates -o csv -f currency,to_currency,valid_from,rate)" "currency,to_currency,valid_from,rate
USD,VND,2026-01-01,25000
USD,VND,2026-11-01,25400.5"
status 1 "a rate is above 0" crm-product set-rate USD VND 0
status 2 "of currencies" crm-product set-rate USD XXQ 5
status 1 "of two currencies" crm-product set-rate USD USD 1

# -- an order with lines in one go --
printf 'sku,qty,discount\nPC,2,10\nMOUSE,3,\nBOOK,1.5,\n' >lines.csv
ok "an order, its lines on stdin" sh -c 'crm-order add account="Công ty Minh Anh" shipping_fee=30k status=confirmed --lines -o csv -f id,number,status,subtotal,discount,tax,total,cost,margin,balance <lines.csv'
# 30,000,000 − 3,000,000; 3 × round(19.99 × 25400.5) = 3 × 507756; 162,000 with 8 % in it = 150,000
is "adds up" "$(cat out)" "id,number,status,subtotal,discount,tax,total,cost,margin,balance
order-1,SO-2026-0001,confirmed,31673268,3000000,2833861,31537129,,,31537129"
is "lines took price, cost, tax and name from their products" \
	"$(crm-order lines 1 -o csv -f product.sku,description,quantity,unit,unit_price,unit_cost,tax_rate,tax_included,amount,tax,cost,currency)" \
	"product.sku,description,quantity,unit,unit_price,unit_cost,tax_rate,tax_included,amount,tax,cost,currency
PC,Máy tính,2,cái,15000000,12000000,10,false,27000000,2700000,24000000,VND
MOUSE,Chuột,3,,507756,254005,8,false,1523268,121861,762015,VND
BOOK,Sách,1.5,,108000,,8,true,150000,12000,,VND"
is "the customer is one" "$(crm-account show account-1 -o csv -f type,lifecycle,customer_since)" "type,lifecycle,customer_since
customer,after,2026-11-21"
status 1 "lines of a confirmed order are settled" crm-order add-line 1 product=PC
has "is said" "the order is confirmed; to change its lines, say why with --reason" err
status 1 "they do not go either" crm-order rm-line order_line-3
ok "with a reason they change" crm-order set-line order_line-3 unit_cost=80k --reason 'giá vốn' -q
is "and the margin is known" "$(crm-order show 1 -o csv -f cost,margin | tail -1)" "24882015,3791253"
is "the reason is kept" "$(sql "select count(*) from change_set where reason = 'giá vốn'")" 1
status 1 "totals are not typed" crm-order set 1 total=5
has "is said" "total: it is set by the program" err
status 1 "currency stays" crm-order set 1 currency=USD
status 1 "nothing is sold in a currency without a rate" sh -c 'crm-order add account=2 currency=EUR -q && crm-order add-line 2 product=PC'
has "is said" "there is no exchange rate from VND to EUR for 2026-11-21" err
status 1 "amounts of another currency are not taken for ours" crm-order add-line 2 description=x unit_price='5 USD'
ok "in the order's own currency" crm-order add-line 2 description=x unit_price=5.25 quantity=2 -q
is "with its decimals" "$(crm-order show 2 -o csv -f total,currency | tail -1)" "10.50,EUR"
ok "a line stream of one order makes lines of another" sh -c 'crm-order add account=2 -q && crm-order lines 1 | crm-order add-line SO-2026-0003 -q'
is "with the same prices" "$(crm-order show 3 -o csv -f subtotal,discount,tax | tail -1)" "31673268,3000000,2833861"
status 1 "but not in another currency" sh -c 'crm-order lines 1 | crm-order add-line 2'
has "is said" "currency: it is in VND, the order in EUR" err
status 1 "discounts end at 100 %" crm-order add-line 3 product=PC discount=101
status 1 "more than can be counted is refused" crm-order add-line 3 description=x unit_price=999999999999999 quantity=999999
status 1 "a line needs a price" crm-order add-line 3 description=x
status 2 "a line needs an order" crm-order add-line product=PC
ok "a product that is retired" crm-product retire PC successor=BOOK -q
status 1 "is sold no more" crm-order add-line 3 product=PC
has "and what replaces it is said" "product-3 replaces it" err
crm-product set PC active=true -q

# -- payment --
status 1 "no more is paid than is due" crm-order pay 1 99tr
has "is said" "31537129 VND is due" err
ok "a part is paid" crm-order pay 1 10tr transfer -q
ok "and another" crm-order pay 1 '1.000.000' --on 2026-11-20 -q
is "they add up" "$(crm-order show 1 -o csv -f paid,balance,paid_on,payment_method | tail -1)" "11000000,20537129,,transfer"
ok "the rest is paid" crm-order pay 1 -q
is "nothing is due" "$(crm-order show 1 -o csv -f paid,balance,paid_on | tail -1)" "31537129,0,2026-11-21"
status 1 "and nothing more is paid" crm-order pay 1
is "each payment is an event of the account's" "$(sql "select account, \"order\", value, substr(at, 1, 10), subject from event where kind = 'payment' order by id")" \
	"1 1 10000000 2026-11-21 transfer
1 1 1000000 2026-11-20 transfer
1 1 20537129 2026-11-21 transfer"
ok "--dry-run" crm-order pay 3 -n -q
is "pays nothing" "$(sql 'select paid from "order" where id = 3')" 0
ok "--once" sh -c 'crm-order pay 3 1000 --once a -q; crm-order pay 3 1000 --once a -q'
is "pays once" "$(sql 'select paid from "order" where id = 3')" 1000
status 1 "payments in another currency are refused" crm-order pay 1 '5 USD' --reason x
status 1 "an event pays no order less than nothing" crm-event add kind=payment order=3 account=1 value=-1001
has "and says what was paid" "only 1000 VND was paid for order-3" err
printf 'kind,order,value,source,external_id\npayment,order-3,99000000,bank,1\n' >bank.csv
ok "too much is taken" crm-event add -q - <bank.csv
over=$(sql 'select -balance from "order" where id = 3')
has "and told of" "<stdin>:2: value: warning: order-3 is paid $over VND too much" err
is "to the unit" "$over" "$(sql 'select 99001000 - total from "order" where id = 3')"
ok "it is paid back" crm-event add kind=payment order=3 value=-99000000 -q
is "without a word, and the order is as it was" "$(cat err; sql 'select paid from "order" where id = 3')" 1000

# -- returns --
status 2 "a return has a reason" crm-order return 1
ok "one of two comes back" crm-order return 1 PC=1 defective -q
is "at what was paid for it" "$(crm-order show 1 -o csv -f status,returned,returned_tax,balance,return_reason,returned_on | tail -1)" \
	"confirmed,13500000,1350000,-14850000,defective,2026-11-21"
status 1 "no more comes back than went" crm-order return 1 PC=2 defective
ok "it is paid back" crm-order refund 1 -q
is "then all is even" "$(crm-order show 1 -o csv -f paid,balance | tail -1)" "16687129,0"
status 1 "nothing is left to pay back" crm-order refund 1
ok "the rest comes back" crm-order return 1 --reason 'khách đổi ý' -q
is "then the order is returned; the shipping is not" "$(crm-order show 1 -o csv -f status,returned,returned_tax,balance | tail -1)" \
	"returned,28673268,2833861,-16657129"
is "and made no customer" "$(crm-account show account-1 -o csv -f type,lifecycle,customer_since | tail -1)" "prospect,during,"
status 1 "a draft does not come back" crm-order return 3 defective
ok "the status says the same of the lines" sh -c 'crm-order add contact=2 -q && crm-order add-line 4 product=PC -q && crm-order deliver 4 carrier=GHN tracking=GH1 -q && crm-order set 4 status=returned -q'
is "all of them" "$(sql 'select returned from order_line where "order" = 4')" 1000000
ok "and takes it back" crm-order deliver 4 --reason 'nhầm' -q
is "of all of them" "$(sql 'select returned from order_line where "order" = 4')" ''
is "delivery" "$(crm-order show 4 -o csv -f status,delivered_on,delivery_status,carrier,returned,balance | tail -1)" "delivered,2026-11-21,delivered,GHN,0,16500000"

# -- status --
status 1 "what is delivered is no draft" crm-order set 4 status=draft
has "is said" 'what is delivered cannot become draft; it can become: returned confirmed cancelled' err
status 1 "cancelling needs a reason then" crm-order cancel 4
ok "which may be given" crm-order cancel 4 --reason 'trả' -q
is "nothing is due then" "$(sql 'select balance from "order" where id = 4')" 0

# -- numbers --
ok "a number of ours that is typed" crm-order add account=2 number=SO-2026-0050 -q
ok "is not given again" sh -c 'crm-order rm SO-2026-0050 -q; crm-order add account=2 -o csv -f number'
is "even when it is gone" "$(tail -1 out)" SO-2026-0051
ok "another year counts for itself" crm-order add account=2 ordered_on=2025-12-31 -o csv -f number
is "from 1" "$(tail -1 out)" SO-2025-0001
status 1 "numbers are unique" crm-order add account=2 number=so-2026-0001
for i in 1 2 3 4; do
	(for j in 1 2 3 4 5; do crm-order add account=2 -q --wait 60; done) &
done
wait
is "several writers get different ones" "$(sql "select count(distinct number), count(*), max(number) from \"order\" where number like 'SO-2026-%'")" "25 25 SO-2026-0071"

# -- customers --
printf 'sku\nBOOK\n' >book.csv
ok "a contact's order" sh -c 'crm-order add contact="Phạm Văn Hùng" ordered_on=2026-03-05 status=confirmed --lines -q <book.csv'
is "is the account's" "$(crm-account show account-1 -o csv -f type,customer_since | tail -1)" "customer,2026-03-05"
ok "an earlier one" sh -c 'crm-order add account=1 ordered_on=2026-02-01 status=delivered --lines -o refs <book.csv'
early=$(cat out)
is "comes first" "$(crm-account show account-1 -o csv -f customer_since | tail -1)" 2026-02-01
ok "called off" crm-order cancel "$early" --reason x -q
is "it does not count" "$(crm-account show account-1 -o csv -f customer_since | tail -1)" 2026-03-05

# -- quotes --
ok "lines of a deal" sh -c 'crm-deal add-line 1 product=MOUSE quantity=10 -q && crm-deal add-line 1 product=PC discount=5 -q'
is "are its amount" "$(crm-deal show 1 -o csv -f amount | tail -1)" 19327560
status 1 "which is not typed then" crm-deal set 1 amount=3
has "is said" "amount: it is the sum of the deal's lines" err
status 1 "a quote is for somebody" crm-quote add name=x
ok "a quote with the lines of the deal" sh -c 'crm-deal lines 1 | crm-quote add deal=1 valid_until=+30d --lines -o csv -f number,account,status,subtotal,discount,tax,total,margin'
is "adds up" "$(tail -1 out)" "Q-2026-0001,account-1,draft,20077560,750000,1831205,21158765,4787510"
ok "it is sent" crm-quote send 1 -o csv -f status,sent_at
is "then" "$(tail -1 out)" "sent,2026-11-21T02:30:00Z"
status 1 "its lines are settled" crm-quote set-line quote_line-1 quantity=5
has "unless it is drafted again" "set it back to status=draft, or say why with --reason" err
ok "accepted it becomes an order, and wins the deal" crm-quote accept 1 --order --win -o csv -f status,quote,deal,account,total
is "with the same lines" "$(tail -1 out)" "confirmed,quote-1,deal-1,account-1,21158765"
is "and the deal is won" "$(sql 'select stage from deal')" won
status 1 "once" crm-quote accept 1 --order
has "is said" "was made from it" err
status 1 "what is accepted is not rejected" crm-quote reject 1
ok "a copy" crm-quote copy 1 name=again -o csv -f number,status,quoted_on,valid_until,total,name
is "is a draft of today, good as long" "$(tail -1 out)" "Q-2026-0002,draft,2026-11-21,2026-12-21,21158765,again"
ok "once" sh -c 'crm-quote copy 1 -q --once copy && crm-quote accept 3 --order --once now -o refs && crm-quote accept 3 --order --once now -o refs'
is "is once, and prints the order again" "$(sort -u out | wc -l)$(wc -l <out)" 12
crm-quote send 2 -q
export CRM_NOW=2026-12-22T03:00:00Z
status 1 "what is too late is not accepted" crm-quote accept 2
has "is said" "it could be accepted until 2026-12-21" err
ok "quotes expire" crm-quote expire -o csv -f id,status
is "those alone" "$(cat out)" "id,status
quote-2,expired"
status 1 "what expired is not accepted" crm-quote accept 2
ok "but for a reason" crm-quote accept 2 --reason 'giữ giá' -q
export CRM_NOW=2026-11-21T02:30:00Z

# -- people in deals --
ok "a contact's part" crm-deal add-contact 1 'Phạm Văn Hùng' decision_maker -q
status 2 'no such part' crm-deal add-contact 1 'Phạm Văn Hùng' boss
has 'is said with those that are' '"boss" is no role; one of: decision_maker' err
ok "changes" crm-deal add-contact 1 'Phạm Văn Hùng' influencer -q
is "it is one" "$(crm-deal contacts 1 -o csv -f contact.name,role)" "contact.name,role
Phạm Văn Hùng,influencer"
ok "and ends" crm-deal rm-contact 1 'Phạm Văn Hùng' -q
status 1 "once" crm-deal rm-contact 1 'Phạm Văn Hùng'

# -- a rep sells: what follows from it is not theirs to write, and is written --
export CRM_USER=lan
ok "a rep's order of somebody else's account" sh -c 'crm-order add account=2 owner=lan -q -o refs && crm-order list owner:lan -o refs >mine'
ok "takes lines" crm-order add-line "$(cat mine)" product=PC quantity=2 -q
ok "is confirmed" crm-order confirm "$(cat mine)" -q
ok "and paid" crm-order pay "$(cat mine)" -q
is "to the end" "$(sql "select total, balance, paid_on from \"order\" where owner = 2")" "33000000 0 2026-11-21"
is "and the account is a customer" "$(sql 'select type, customer_since from account where id = 2')" "customer 2026-11-21"
status 1 "but prices are not a rep's" crm-product set PC price=1
unset CRM_USER

# -- hostile words --
ok "any name" crm-order add-line 3 description="'; drop table \"order\"; --" unit_price=1 -q
is "is a name" "$(crm-order lines 3 -o csv -f description | tail -1)" "\"'; drop table \"\"order\"\"; --\""
status 1 "30 February" crm-order add account=2 ordered_on=2026-02-30

# -- imports: a total without lines, lines that come later --
printf 'number,account,ordered_on,status,total,tax\nIMP-1,Northwind,2026-05-05,delivered,1100000,100000\n' >orders.csv
ok "an order with its total alone" crm-import order orders.csv
is "has one line that stands for them" "$(crm-order lines IMP-1 -o csv -f description,amount,tax,stand_in)" "description,amount,tax,stand_in
(not itemised),1000000,100000,true"
is "and adds up" "$(crm-order show IMP-1 -o csv -f subtotal,tax,total,cost,balance | tail -1)" "1000000,100000,1100000,,1100000"
sed -i 's/1100000/2200000/' orders.csv
ok "it may come again" crm-import order orders.csv --match number
is "with another total" "$(crm-order lines IMP-1 -o csv -f amount,tax | tail -1)" "2100000,100000"
printf 'order,sku,quantity\nIMP-1,PC,1\nIMP-1,BOOK,2\n' >l.csv
ok "its lines come" crm-import order_line l.csv
is "and take its place" "$(crm-order lines IMP-1 -o csv -f amount,stand_in)" "amount,stand_in
15000000,
200000,"
is "in the sum too" "$(crm-order show IMP-1 -o csv -f total | tail -1)" 16716000
ok "a total that comes once more" crm-import order orders.csv --match number
has "changes nothing" "updated 0, unchanged 1" err
is "of an order with lines" "$(crm-order show IMP-1 -o csv -f total | tail -1)" 16716000

printf 'number,account,ordered_on,status,total\nIMP-0,Northwind,2026-05-06,delivered,0\nIMP-2,Northwind,2026-05-07,delivered,500\n' >none.csv
ok "an order of 0, which is an order" crm-import order none.csv
is "has a line, as others do" "$(crm-order lines IMP-0 -o csv -f amount,stand_in | tail -1)" "0,true"
is "and is a sale" "$(crm-report sales --from 2026-05-06 --to 2026-05-08 -o csv | cut -d, -f1,2)" "count,revenue
2,500"
sed -i 's/,500$/,0/' none.csv
ok "a total may become 0" crm-import order none.csv --match number
is "in the line too" "$(crm-order lines IMP-2 -o csv -f amount | tail -1)" 0
ok "one without a word about its total" sh -c 'printf "number,account\nIMP-3,Northwind\n" | crm-import order -'
is "waits for its lines" "$(crm-order lines IMP-3 -o csv -f id)" id

# -- orders of a record stream whose lines do not come, or come later --
( # its own database
	export CRM_DB=$work/bare.db
	crm-init --currency USD --timezone UTC --region US -q
	crm-account add -q name=A
	printf 'id,account,ordered_on,status,currency,shipping_fee,tax,total\norder-2,account-1,2026-07-05,delivered,USD,2,1,12.50\norder-9,account-1,2026-07-06,delivered,USD,,,0\n' |
		crm-import -q order -
	crm-order show 2 -o csv -f subtotal,tax,total,balance,updated_at | tail -1
	crm-order lines 2 -o csv -f id,amount,tax,stand_in | tail -1
	crm-doctor -o csv | grep -c '^order.*,error,'
	# an older line has the id, this one is another order's
	printf 'id,order,description,quantity,unit_price\norder_line-1,order-9,Lamp,3,2\n' | crm-import -q order_line -
	crm-order lines 2 -o csv -f id,amount,tax,stand_in | tail -1
	crm-order lines 9 -o csv -f id,amount,tax,stand_in | tail -1
	crm-report sales -o csv | cut -d, -f1,2 | tail -1
) >bare
is "a total alone becomes a line, whose id is that of the line that comes" "$(cat bare)" '9.50,1.00,12.50,12.50,
order_line-1,9.50,1.00,true
0
order_line-2,9.50,1.00,true
order_line-1,6.00,0.00,
2,15.50'

# -- export and back --
crm-export order -o jsonl >o1.jsonl && crm-export order_line -o jsonl >l1.jsonl
for t in user team account contact deal product quote order order_line; do crm-export $t -o jsonl >$t.jsonl; done
CRM_DB=$work/copy.db crm-init --currency VND --timezone Asia/Ho_Chi_Minh --region VN -q
for t in team user order_line order product account contact deal quote; do
	CRM_NOW=2027-02-02T00:00:00Z CRM_DB=$work/copy.db crm-import $t $t.jsonl 2>>copy.err || cat copy.err
done
CRM_DB=$work/copy.db crm-export order -o jsonl >o2.jsonl
CRM_DB=$work/copy.db crm-export order_line -o jsonl >l2.jsonl
same "orders come back as they went" o2.jsonl o1.jsonl
same "so do their lines, whatever comes first" l2.jsonl l1.jsonl

CRM_DB=$work/copy3.db crm-init --currency VND --timezone Asia/Ho_Chi_Minh --region VN -q
for t in team user account contact product deal quote order order_line; do
	CRM_NOW=2027-02-02T00:00:00Z CRM_DB=$work/copy3.db crm-import $t $t.jsonl --batch 3 2>>copy.err || cat copy.err
done
CRM_DB=$work/copy3.db crm-export order -o jsonl >o3.jsonl
same "nor do lines that come a few at a time leave a trace" o3.jsonl o1.jsonl

CRM_DB=$work/copy4.db crm-init --currency VND --timezone Asia/Ho_Chi_Minh --region VN -q
for t in user team account contact product deal quote order; do
	CRM_NOW=2027-02-02T00:00:00Z CRM_DB=$work/copy4.db crm-import $t $t.jsonl 2>>copy.err || cat copy.err
done
crm-report sales -o csv --basis orders -w 'order.total > 0' | cut -d, -f1,2 >told
CRM_DB=$work/copy4.db crm-report sales -o csv --basis orders | cut -d, -f1,2 >copied
same "orders without their lines are as much in reports" copied told
CRM_DB=$work/copy4.db crm-export order -o jsonl >o4.jsonl
same "and what they were" o4.jsonl o1.jsonl
tac order_line.jsonl | CRM_NOW=2027-02-02T00:00:00Z CRM_DB=$work/copy4.db crm-import order_line - 2>>copy.err || cat copy.err
CRM_DB=$work/copy4.db crm-export order -o jsonl >o4.jsonl
CRM_DB=$work/copy4.db crm-export order_line -o jsonl >l4.jsonl
same "also when their lines have come" o4.jsonl o1.jsonl
same "which are those that they were" l4.jsonl l1.jsonl

# -- reports in one currency --
export CRM_DB=$work/rates.db
crm-init --currency VND --timezone Asia/Ho_Chi_Minh --region VN -q
crm-account add -q name=M
printf 'currency,to_currency,valid_from,rate\nUSD,VND,2026-01-01,25000\nUSD,VND,2026-03-01,26000.5\nEUR,USD,2026-02-01,1.1\n' >rates.csv
ok "rates come by import" crm-import exchange_rate rates.csv
for x in '100 USD 2026-02-28' '100.01 USD 2026-03-01' '10.50 EUR 2026-03-02' '7 EUR 2026-01-02' '5000 VND 2026-03-02' '9 GBP 2026-05-01'; do
	set -- $x
	crm-deal add -q name=x account=1 amount="$1 $2" stage=won closed_at="$3"
done
ok "currencies apart" crm-report sales -o csv
is "each for itself" "$(cut -d, -f1,2,6 out)" "count,revenue,currency
2,17.50,EUR
1,9.00,GBP
2,200.01,USD
1,5000,VND"
ok "all in dong" crm-report sales --currency VND -o csv
# 100 × 25000 + round(100.01 × 26000.5) + round(10.50 × 1.1 × 26000.5) + 5000 = 2500000 + 2600310 + 300306 + 5000
is "by the rate of each day, through dollars too" "$(cut -d, -f1,2,6 out)" "count,revenue,currency
1,7.00,EUR
1,9.00,GBP
4,5405616,VND"
has "what is missing is said" "warning: there is no exchange rate from EUR to VND for 2026-01-02 (records left as they are: 1)" err
ok "or in dollars, by what is kept the other way round" crm-report sales --currency USD -w 'currency = VND' -o csv
# 5000 / 26000.5 = 0.19
is "divided" "$(tail -1 out)" "1,0.19,0.19,0.00,,USD,0.0000"
CRM_NOW=2026-12-10T03:00:00Z
ok "a rate is corrected" crm-product set-rate USD VND 27000 2026-03-01 -q
ok "another comes" crm-product set-rate EUR VND 30000 2026-01-01 -q
CRM_NOW=2026-12-11T03:00:00Z
# 2500000 + 100.01 × 27000 + (10.50 + 7) × 30000 + 5000
is "a rate that was corrected counts" \
	"$(crm-report sales --currency VND -w 'not currency = GBP' -o csv | cut -d, -f1,2,6 | tail -1)" "5,5730270,VND"
is "but not as of when it was another" \
	"$(crm-report sales --currency VND -w 'not currency = GBP' --as-of 2026-12-09 -o csv 2>/dev/null | cut -d, -f1,2,6)" \
	"count,revenue,currency
1,7.00,EUR
4,5405616,VND"
CRM_NOW=2026-11-21T02:30:00Z
status 2 "of what is no currency" crm-report sales --currency XYZ
status 2 "where there are no amounts" crm-report activities --currency VND
export CRM_DB=$work/crm.db

# -- undo in the middle: later changes stay, sums are those of what is left --
export CRM_DB=$work/undo.db
crm-init --currency VND --timezone Asia/Ho_Chi_Minh --region VN -q
crm-account add -q name=M
crm-product add -q sku=P name=P price=100000 cost=60000 tax_rate=10
last() {
	sql 'select max(id) from change_set'
}
figures() { # ORDER
	crm-order show "$1" -o csv -f status,subtotal,discount,tax,total,paid,balance,margin | tail -1
}
crm-order add -q account=1 && crm-order add-line -q 1 product=P && crm-order set -q 1 shipping_fee=30k
set=$(last)
crm-account add -q name=Other
ok "a fee is taken back after something else came" crm-undo "$set" -q
is "and the line keeps its price" "$(sql 'select unit_price, amount from order_line') $(figures 1)" \
	"100000 100000 draft,100000,0,10000,110000,0,110000,40000"
crm-order set -q 1 shipping_fee=30k
set=$(last)
crm-order add-line -q 1 product=P quantity=2
ok "after another line came" crm-undo "$set" -q
is "the total is that of the lines" "$(figures 1)" "draft,300000,0,30000,330000,0,330000,120000"
crm-order set-line -q order_line-1 quantity=5
set=$(last)
crm-order set-line -q order_line-1 discount=10
ok "a quantity, after a discount came" crm-undo "$set" -q
is "makes the line anew" "$(sql 'select amount, discount_amount, tax from order_line where id = 1') $(figures 1)" \
	"90000 10000 9000 draft,300000,10000,29000,319000,0,319000,110000"
crm-order confirm -q 1 && crm-order cancel -q 1
set=$(last)
crm-order add-line -q 1 product=P --reason x
ok "a cancelling" crm-undo "$set" -q
is "then all is due again" "$(figures 1)" "confirmed,400000,10000,39000,429000,0,429000,150000"
crm-order pay -q 1 && crm-order return -q 1 defective
set=$(last)
crm-order refund -q 1
ok "a return that was paid back" crm-undo "$set" -q
is "is to be paid again" "$(figures 1)" "confirmed,400000,10000,39000,429000,0,429000,150000"
crm-order set-line -q order_line-2 quantity=5 --reason x
set=$(last)
crm-order return -q 1 order_line-2=3 defective
status 1 "not a quantity of which more came back" crm-undo "$set"
has "is said" "order_line-2: returned: more came back than there was" err
crm-deal add -q name=D account=1 && crm-deal add-line -q 1 product=P
crm-deal set-line -q deal_line-1 quantity=9
set=$(last)
crm-deal add-line -q 1 product=P quantity=2
ok "a deal's line" crm-undo "$set" -q
is "leaves the sum of its lines" "$(sql 'select amount from deal')" 300000
crm-order add -q account=1 && crm-order set -q 2 currency=USD
set=$(last)
crm-order add-line -q 2 description=x unit_price=4
status 1 "the currency stays under lines that are in it" crm-undo "$set"
has "is said" "order-2: currency: the order has lines in another currency since" err
ok "nothing is wrong" crm-doctor --severity error -o csv
export CRM_DB=$work/crm.db

# -- thousands of random lines against python3's decimal --
command -v python3 >/dev/null || { done_testing; exit; }
cat >lines.py <<'PY'
import csv, random, sys
from decimal import Decimal as D, ROUND_HALF_UP, getcontext
getcontext().prec = 60
random.seed(20261121)
wholes = [("R%d" % i, random.choice(["VND", "USD", "KWD"])) for i in range(400)]
minor = {"VND": D(1), "USD": D("0.01"), "KWD": D("0.001")}
def dec(lo, hi, places):
    return D(random.randint(lo * 10**places, hi * 10**places)).scaleb(-places)
rows = []
for i in range(4000):
    number, cur = random.choice(wholes)
    places = -minor[cur].as_tuple().exponent
    rows.append((number, cur, "x",
        dec(-50, 5000, random.choice([0, 0, 1, 3, 6])), dec(0, 10**random.randint(1, 7), places),
        random.choice(["", dec(0, 100, random.choice([0, 1, 6]))]),
        random.choice(["", 0, 5, 8, 10, dec(0, 30, 6)]), random.choice(["true", "false"]),
        random.choice([dec(0, 10**6, places), dec(0, 1000, places), ""]) if number[-1] != "7" else dec(0, 10**6, places)))
if sys.argv[1] == "make":
    w = csv.writer(open("rorders.csv", "w"))
    w.writerow(["number", "account", "currency", "ordered_on"])
    w.writerows((n, "Northwind", c, "2026-06-01") for n, c in wholes)
    names = ["order", "currency", "description", "quantity", "unit_price", "discount", "tax_rate", "tax_included", "unit_cost"]
    with open("rlines.jsonl", "w") as out:  # numbers of JSON mean the same in every locale
        for row in rows:
            cells = ['"%s":%s' % (n, format(v, "f") if isinstance(v, D) else v if n == "tax_included"
                else v if isinstance(v, int) else '"%s"' % v) for n, v in zip(names, row) if v != ""]
            out.write("{" + ",".join(cells) + "}\n")
    sys.exit()
def r(x, cur):
    return x.quantize(minor[cur], rounding=ROUND_HALF_UP)  # half away from zero
sums = {}
for number, cur, _, q, p, d, t, inc, cost in rows:
    d, t = D(d or 0), D(t or 0)
    before, after = r(q * p, cur), r(q * p * (100 - d) / 100, cur)
    if inc == "true":
        amount = r(after * 100 / (100 + t), cur)
        tax, disc = after - amount, r(before * 100 / (100 + t), cur) - amount
    else:
        amount, disc = after, before - after
        tax = r(amount * t / 100, cur)
    s = sums.setdefault(number, [cur, D(0), D(0), D(0), D(0)])
    s[1] += amount + disc; s[2] += disc; s[3] += tax
    s[4] = None if s[4] is None or cost == "" else s[4] + r(q * cost, cur)
def show(x, cur):
    return "" if x is None else str(x.quantize(minor[cur]))
for number, cur in sorted(wholes):
    if number in sums:
        c, sub, disc, tax, cost = sums[number]
        total, margin = sub - disc + tax, None if cost is None else sub - disc - cost
        print(",".join([number] + [show(x, cur) for x in (sub, disc, tax, total, cost, margin)]))
PY
python3 lines.py make
ok "400 orders" crm-import order rorders.csv
ok "4,000 lines in three currencies" crm-import order_line rlines.jsonl
crm-order list number.re:'^r[0-9]' -o csv -f number,subtotal,discount,tax,total,cost,margin | sed 1d | LC_ALL=C sort >got.csv
python3 lines.py sums | LC_ALL=C sort >want.csv
sed -i '/,0,0,0,0,,$/d; /,0.00,0.00,0.00,0.00,,$/d; /,0.000,0.000,0.000,0.000,,$/d' got.csv
same "add up as decimal says" got.csv want.csv
[ "$(wc -l <want.csv)" -gt 390 ]
result $? "all of them"
is "the sums are those of the lines" "$(sql "select count(*) from \"order\" o where discount <> (select coalesce(sum(discount_amount), 0) from order_line l where l.\"order\" = o.id) or subtotal - discount <> (select coalesce(sum(amount), 0) from order_line l where l.\"order\" = o.id) or tax <> (select coalesce(sum(tax), 0) from order_line l where l.\"order\" = o.id)")" 0

# -- five thousand lines: not a quarter of an hour --
crm-order add number=BIG account=2 -q
awk 'BEGIN { print "sku,quantity"; for (i = 0; i < 5000; i++) print "PC,1" }' >big.csv
start=$(date +%s)
ok "5,000 lines" sh -c 'crm-order add-line BIG -q <big.csv'
[ $(($(date +%s) - start)) -le 20 ]
result $? "in seconds"
is "one sum: the order was written twice" "$(sql "select rev, subtotal from \"order\" where number = 'BIG'")" "2 75000000000"
done_testing
