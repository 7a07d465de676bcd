#!/bin/sh
# Presets of orders: each comes to the total that its shop says, once, however often it comes.
# The figures are those of the file, summed up by awk.
. tests/lib.sh

sql() {
	sqlite3 -batch -separator '|' "$CRM_DB" "$1"
}
account() {
	sed -n 's/^crm-import: .*: read \([0-9]*, .*\)/\1/p' err
}
crm-init -q --currency USD --timezone America/New_York --region US

# --- Shopify ---
head='Name,Email,Financial Status,Paid at,Fulfillment Status,Fulfilled at,Accepts Marketing,Currency,Subtotal,Shipping,Taxes,Total,Discount Code,Discount Amount,Shipping Method,Created at,Lineitem quantity,Lineitem name,Lineitem price,Lineitem compare at price,Lineitem sku,Lineitem requires shipping,Lineitem taxable,Lineitem fulfillment status,Billing Name,Billing Street,Billing Address1,Billing Address2,Billing Company,Billing City,Billing Zip,Billing Province,Billing Country,Billing Phone,Shipping Name,Shipping Street,Shipping Address1,Shipping Address2,Shipping Company,Shipping City,Shipping Zip,Shipping Province,Shipping Country,Shipping Phone,Notes,Note Attributes,Cancelled at,Payment Method,Payment Reference,Refunded Amount,Vendor,Outstanding Balance,Employee,Location,Device ID,Id,Tags,Risk Level,Source,Lineitem discount,Tax 1 Name,Tax 1 Value,Tax 2 Name,Tax 2 Value,Tax 3 Name,Tax 3 Value,Tax 4 Name,Tax 4 Value,Tax 5 Name,Tax 5 Value,Phone,Receipt Number'
{
	echo "$head"
	# tax on top, a discount, two items
	echo "#1001,ada@example.com,paid,2026-09-03 10:15:00 -0400,fulfilled,2026-09-04 10:15:00 -0400,no,USD,47.00,6.00,3.29,56.29,FALL5,5.00,Standard,2026-09-03 22:14:00 -0400,2,Fern Print - A3,16.00,19.00,FERN-1,true,true,fulfilled,Ada Example,1 Made-up Lane,1 Made-up Lane,Flat 2,,Testville,'00123,MA,US,+1 617 555 0100,Ada Example,1 Made-up Lane,1 Made-up Lane,Flat 2,,Testville,'00123,MA,US,,leave it at the door,,,Shopify Payments,c1.1,0.00,Leaf,0.00,,,,5550000001,\"vip, fall\",Low,web,0.00,MA State Tax 6.25%,3.29,,,,,,,,,,"
	echo "#1001,ada@example.com,,,,,,,,,,,,,,2026-09-03 22:14:00 -0400,1,Canvas Tote,20.00,,TOTE-1,true,true,fulfilled,,,,,,,,,,,,,,,,,,,,,,,,,,,Leaf,,,,,,,,,0.00,,,,,,,,,,,,"
	# tax in the prices, a part paid back
	echo "#1002,bo@example.com,partially_refunded,2026-09-10 09:00:00 -0400,fulfilled,,yes,EUR,119.00,10.00,20.60,129.00,,0.00,Pickup,2026-09-10 09:00:00 -0400,1,Lamp,119.00,,LAMP-1,true,true,fulfilled,Bo Example,2 Made-up Rd,2 Made-up Rd,,Bo GmbH,Berlin,10115,,DE,,Bo Example,2 Made-up Rd,2 Made-up Rd,,Bo GmbH,Berlin,10115,,DE,,,,,paypal,c2.1,30.00,Leaf,0.00,,,,5550000002,,Low,web,0.00,DE MwSt 19%,20.60,,,,,,,,,,"
	# all of it paid back, with the carriage
	echo "#1003,cy@example.com,refunded,2026-09-12 12:00:00 -0400,unfulfilled,,no,USD,16.00,4.00,1.00,21.00,,0.00,Standard,2026-09-12 12:00:00 -0400,1,Fern Print - A3,16.00,,FERN-1,true,true,pending,Cy Example,,,,,,,,US,,,,,,,,,,,,,,,paypal,c3.1,21.00,Leaf,0.00,,,,5550000003,,Low,pos,0.00,,,,,,,,,,,,"
	# over the counter: nobody's; the same thing twice
	echo "#1004,,pending,,unfulfilled,,no,USD,30.00,0.00,0.00,30.00,,0.00,,2026-09-13 12:00:00 -0400,1,Gift wrap,15.00,,,true,true,pending,,,,,,,,,,,,,,,,,,,,,,,,,c4,0.00,,30.00,,,,5550000004,,Low,pos,0.00,,,,,,,,,,,,"
	echo "#1004,,,,,,,,,,,,,,,2026-09-13 12:00:00 -0400,1,Gift wrap,15.00,,,true,true,pending,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,0.00,,,,,,,,,,,,"
	# called off
	echo "#1005,ada@example.com,voided,,unfulfilled,,no,USD,16.00,4.00,1.00,21.00,,0.00,Standard,2026-09-14 12:00:00 -0400,1,Fern Print - A3,16.00,,FERN-1,true,true,pending,Ada Example,,,,,,,,US,,,,,,,,,,,,,,2026-09-15 08:00:00 -0400,,,0.00,Leaf,0.00,,,,5550000005,,Low,web,0.00,,,,,,,,,,,,"
} >orders.csv
ok "Shopify's orders" crm-import --preset auto orders.csv
has "are recognised" "preset shopify-orders, as orders" err
is "and come in" "$(account)" "7, created 5, updated 2, unchanged 0, duplicate 0, skipped 0, rejected 0; committed"
is "each comes to its total, its tax and its day" \
	"$(sql 'select number, total, tax, ordered_on, currency from "order" order by id')" \
	"$(awk -F, 'NR > 1 && $12 != "" { printf "%s|%.0f|%.0f|%s|%s\n", $1, $12 * 100, $11 * 100, substr($16, 1, 10), $8 }' orders.csv)"
is "the lines add up to it" "$(sql 'select count(*) from "order" o where total <> (select sum(amount + tax) from order_line l where l."order" = o.id) + shipping_fee')" 0
is "what is paid and what is not, what came back" \
	"$(sql 'select number, status, paid, paid_on, returned + returned_tax, balance from "order" order by id')" \
	"#1001|delivered|5629|2026-09-03|0|0
#1002|delivered|9900|2026-09-10|3000|0
#1003|returned|0||2100|0
#1004|confirmed|0||0|3000
#1005|cancelled|0||0|0"
is "the items" "$(sql 'select o.number, p.sku, l.description, quantity / 1000000, unit_price from order_line l join "order" o on o.id = l."order" left join product p on p.id = l.product where unit_price > 0 and l.description not in ("Taxes", "Refund") order by l.id')" \
	"$(awk -F, 'NR > 1 { printf "%s|%s|%s|%d|%d\n", $1, $21, $18, $17, $19 * 100 }' orders.csv)"
is "what is made up of them" "$(sql 'select o.number, l.description, unit_price, discount_amount, l.tax from order_line l join "order" o on o.id = l."order" where l.description in ("Taxes", "Refund") or l.description like "Discount%" order by l.id')" \
	"#1001|Discount FALL5|0|500|0
#1001|Taxes|329|0|329
#1002|Refund|3000|0|0
#1002|Taxes|-3000|0|2060
#1003|Taxes|500|0|100
#1005|Taxes|100|0|100"
is "who bought" "$(sql "select o.number, a.name, a.email, a.kind, a.do_not_email from \"order\" o join account a on a.id = o.account order by o.id")" \
	"#1001|Ada Example|ada@example.com|person|1
#1002|Bo Example|bo@example.com|person|0
#1003|Cy Example|cy@example.com|person|1
#1004|(no customer)||person|1
#1005|Ada Example|ada@example.com|person|1"
is "the rest of an order" "$(sql "select external_id, shipping_street, shipping_postal_code, tags, channel, payment_method, description from \"order\" where number = '#1001'")" \
	"shopify:5550000001|1 Made-up Lane, Flat 2|00123|;fall;vip;|website|card|leave it at the door
Shipping Method: Standard
Payment Reference: c1.1
Vendor: Leaf
Risk Level: Low
Tax 1 Name: MA State Tax 6.25%
Tax 1 Value: 3.29"
is "nothing is amiss" "$(crm-doctor -o csv | grep ,error,)" ""
is "revenue is without tax and carriage" "$(crm-report sales --from 2026-09-01 --to 2026-09-30 -o csv | grep USD | cut -d, -f1-3)" \
	"$(awk -F, '/USD/ && /#100[134]/ { n++; v += $3 == "refunded" ? 0 : $12 - $10 - $11 } END { printf "%d,%.2f,%.2f", n, v, v / n }' orders.csv)"
crm-export all >one.jsonl
ok "the same file again" crm-import --preset auto orders.csv
is "changes nothing" "$(account)" "7, created 0, updated 0, unchanged 7, duplicate 0, skipped 0, rejected 0; committed"
crm-export all >two.jsonl
same "at all" two.jsonl one.jsonl
crm-product set -q FERN-1 name=Fern price=16
sed 's/^\(#1001,.*,fall.*\)$/\1/; s/,47.00,6.00,3.29,56.29,/,67.00,6.00,4.69,77.69,/; s/,1,Canvas Tote,/,2,Canvas Tote,/; s/^#1004,,pending,,unfulfilled/#1004,,paid,2026-09-20 09:00:00 -0400,fulfilled/; s/,c4,0.00,,30.00,/,c4,0.00,,0.00,/' orders.csv >later.csv
ok "a later export" crm-import --preset auto later.csv
is "changes what changed" "$(sql 'select number, status, total, tax, paid, balance from "order" where number in ("#1001", "#1004") order by id')" \
	"#1001|delivered|7769|469|7769|0
#1004|delivered|3000|0|3000|0"
is "and no other line" "$(sql 'select description, rev from order_line where rev > 1 order by id')" "Canvas Tote|2
Taxes|2"
is "nor what a product is called here" "$(sql "select name, price from product where sku = 'FERN-1'")" "Fern|1600"
sed 's/^\(#1003.*\),refunded,/\1,paid,/; s/^#1002,bo@example.com,partially_refunded\(.*\),30.00,Leaf/#1002,bo@example.com,refunded\1,129.00,Leaf/' orders.csv >refunded.csv
ok "all is paid back in the end" crm-import --preset auto refunded.csv
is "then all came back" "$(sql 'select status, total, returned + returned_tax, paid, balance from "order" where number = "#1002"')" "returned|12900|12900|0|0"
# a row by itself, as one that was refused and mended is
{ echo "$head"; sed -n 3p orders.csv | sed 's/,1,Canvas Tote,20.00,,TOTE-1,/,1,Ribbon,2.00,,RIBBON,/'; } >more.csv
ok "a further row alone" crm-import --preset auto more.csv
is "adds its line, and its order comes to what it did" "$(sql 'select o.total, o.tax, (select count(*) from order_line l where l."order" = o.id) from "order" o where number = "#1001"')" "5629|329|5"
# older files end with "Cancelled at"
crm-init -q --db old.db --currency USD --timezone America/New_York --region US
cut -d, -f1-47 orders.csv >old.csv
CRM_DB=old.db ok "a file of older times" crm-import --preset auto old.csv
CRM_DB=old.db ok "comes again" crm-import --preset auto old.csv
is "under its numbers" "$(account)" "7, created 0, updated 0, unchanged 7, duplicate 0, skipped 0, rejected 0; committed"
done_testing
