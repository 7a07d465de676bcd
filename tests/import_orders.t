#!/bin/sh
# Orders that come with their lines, a row each: whatever the rows say, the order comes to what
# its system says it does, and rows that come again find their lines.
. tests/lib.sh

sql() {
	sqlite3 -batch -separator '|' "$CRM_DB" "$1"
}
account() {
	sed -n 's/^crm-import: .*: read \([0-9]*, .*\)/\1/p' err
}
sums() { # what orders come to, by what their lines do
	sql 'select o.number, o.subtotal, o.discount, o.tax, o.shipping_fee, o.total, sum(l.amount + l.tax) + coalesce(o.shipping_fee, 0)
		from "order" o join order_line l on l."order" = o.id group by o.id order by o.id'
}
crm-init -q --currency USD --timezone America/New_York --region US
cp "$CRM_DB" empty.db

# --- any system: what a map says ---
# Here an order's cells stand in each of its rows, lines have amounts of discount and tax.
cat >shop.yaml <<'X'
columns:
  Order: number
  Date: ordered_on
  Customer: account
  Shipping: shipping_fee
  Total: {field: paid, less: [Due, Refund]}
set: {status: delivered}
ignore: [Tax]
continues: Order
match: [number]
create_missing: [account]
also:
  - record: product
    as: item
    columns: {SKU: sku, Item: name}
    match: [sku]
    on_match: fill
    when: [sku]
  - record: order_line
    columns: {Item: description, Qty: quantity, Price: unit_price, Off: discount_amount, Item tax: tax}
    links: {order: row, product: item}
    when: [description]
  - record: order_line
    difference: true
    columns: {Total: unit_price, Tax: tax}
    set: {description: Rounding}
    links: {order: row}
X
cat >shop.csv <<'X'
Order,Date,Customer,SKU,Item,Qty,Price,Off,Item tax,Shipping,Tax,Total,Due,Refund
B-1,2026-03-01,Ada,F1,Fern,2,16.00,5,2.70,6,5.00,58.00,0,
B-1,2026-03-01,Ada,T1,Tote,1,20.00,,2.00,6,5.00,58.00,0,
B-1,2026-03-01,Ada,,Ribbon,1,1.00,,,6,5.00,58.00,0,
B-1,2026-03-01,Ada,,Ribbon,1,1.00,,,6,5.00,58.00,0,
B-2,2026-03-02,Bo,L1,Lamp,1,119.00,,19.00,,19.00,119.00,100,9
X
ok "orders, a row a line" crm-import order shop.csv --map shop.yaml
is "are orders" "$(account)" "5, created 2, updated 3, unchanged 0, duplicate 0, skipped 0, rejected 0; committed"
# 2 x 16 - 5 + 20 + 1 + 1 = 49, tax 5, carriage 6: 60, but 58 is said; with the tax in them 119 - 19
is "that come to what is said" "$(sums)" "B-1|5200|500|500|600|5800|5800
B-2|10000|0|1900||11900|11900"
is "their lines" "$(sql 'select p.sku, l.description, quantity / 1000000, unit_price, discount_amount, tax, amount from order_line l left join product p on p.id = l.product order by l.id')" \
	"F1|Fern|2|1600|500|270|2700
T1|Tote|1|2000|0|200|2000
|Ribbon|1|100|0|0|100
|Ribbon|1|100|0|0|100
|Rounding|1|-170|0|30|-200
L1|Lamp|1|11900|0|1900|11900
|Rounding|1|-1900|0|0|-1900"
is "what was paid is less what is due or was paid back" "$(sql 'select paid from "order" order by id')" "5800
1000"
crm-export all >one.jsonl
ok "the same again" crm-import order shop.csv --map shop.yaml
is "changes nothing" "$(account)" "5, created 0, updated 0, unchanged 5, duplicate 0, skipped 0, rejected 0; committed"
crm-export all >two.jsonl
same "at all" two.jsonl one.jsonl
sed 's/^\(B-1,.*Ribbon\),1,1.00/\1,3,1.00/; 4s/,3,1.00/,1,1.00/; s/58.00/60.00/' shop.csv >changed.csv
ok "a line that changed" crm-import order changed.csv --map shop.yaml
is "is changed, and its order" "$(sums | head -1)" "B-1|5400|500|500|600|6000|6000"
is "no other line is" "$(sql 'select description, quantity / 1000000, rev from order_line order by id')" "Fern|2|1
Tote|1|1
Ribbon|1|1
Ribbon|3|2
Rounding|1|1
Lamp|1|1
Rounding|1|1"
ok "an import is taken back" crm-undo
is "with all lines" "$(sums | head -1)" "B-1|5200|500|500|600|5800|5800"
ok "skipped orders" crm-import order changed.csv --map shop.yaml --on-match skip
is "are skipped with all of their rows" "$(account)" "5, created 0, updated 0, unchanged 0, duplicate 0, skipped 5, rejected 0; committed"

# --- what was told in amounts stays, until a percentage says it ---
crm-order set -q B-1 description=x
ok "more of an item" crm-order set-line order_line-1 quantity=3 --reason wrong
is "has the discount and the tax that it had" "$(sql 'select amount, discount_amount, tax from order_line where id = 1')" "4300|500|270"
ok "a rate" crm-order set-line order_line-1 tax_rate=10 --reason wrong
is "takes the place of an amount" "$(sql 'select amount, tax from order_line where id = 1')" "4300|430"
ok "none" crm-order set-line order_line-1 tax_rate= --reason wrong
is "is none" "$(sql 'select tax from order_line where id = 1')" 0
for t in account product order order_line; do crm-export $t -o jsonl >$t.jsonl; done
CRM_DB=$work/copy.db crm-init -q --currency USD --timezone America/New_York --region US
for t in account product order order_line; do CRM_DB=$work/copy.db crm-import -q $t $t.jsonl 2>>copy.err || cat copy.err; done
CRM_DB=$work/copy.db crm-export order_line -o jsonl >l2.jsonl
same "lines come back as they went" l2.jsonl order_line.jsonl

# --- rows that are wrong ---
cp empty.db "$CRM_DB"
sed 's/,F1,Fern,2,/,F1,Fern,two,/; s/T1,Tote,1,20.00/T1,Tote,1,20.00/' shop.csv >bad.csv
status 1 "of an order whose first row is wrong" crm-import order bad.csv --map shop.yaml --rejects rejects.csv
is "none comes in" "$(account)" "5, created 1, updated 0, unchanged 0, duplicate 0, skipped 0, rejected 4; committed"
has "and it is said" 'bad.csv:3: it goes on with a row that was refused' err
sed 's/,two,/,2,/' rejects.csv >mended.csv
ok "mended" crm-import order mended.csv --map shop.yaml
is "they are all there" "$(sums | sort)" "B-1|5200|500|500|600|5800|5800
B-2|10000|0|1900||11900|11900"
cp empty.db "$CRM_DB"
sed 's/Tote,1,20.00/Tote,1,x/' shop.csv >bad.csv
status 1 "a further row that is wrong" crm-import order bad.csv --map shop.yaml --rejects rejects.csv
is "is the only one" "$(account)" "5, created 2, updated 2, unchanged 0, duplicate 0, skipped 0, rejected 1; committed"
is "the order comes to the same" "$(sums | head -1)" "B-1|5200|500|500|600|5800|5800"
sed 's/,x,/,20.00,/' rejects.csv >mended.csv
ok "mended it comes in by itself" crm-import order mended.csv --map shop.yaml
is "to the same order" "$(sql 'select count(*), sum(unit_price = 2000) from order_line where "order" = 1')" "5|1"
is "which comes to the same" "$(sums | head -1)" "B-1|5200|500|500|600|5800|5800"
cp empty.db "$CRM_DB"
ok "few rows at a time" crm-import order shop.csv --map shop.yaml --batch 1
is "make the same" "$(sums)" "B-1|5200|500|500|600|5800|5800
B-2|10000|0|1900||11900|11900"
cp empty.db "$CRM_DB"
sed 's/,Off,/,Off %,/; s/,0,$/,none,/' shop.csv >bad.csv
status 1 "what is no number" crm-import order bad.csv --map shop.yaml --ignore-unknown
has "cannot be taken off" 'bad.csv:2: paid: "none" is no number to reckon with' err

# --- maps that make no sense ---
for m in 'difference: true|a difference is a line of an order' 'difference: x|here must be true or false' 'on_match: skip|what is there is updated or filled'; do
	printf 'columns: {Order: number}\nalso:\n  - record: product\n    columns: {Item: name}\n    %s\n' "${m%%|*}" >m.yaml
	status 2 "${m%%|*}" crm-import order shop.csv --map m.yaml
	has "is told with its line" "m.yaml:5:" err
	has "and why" "${m#*|}" err
done
done_testing
