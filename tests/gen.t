#!/bin/sh
# The generator: the same bytes each run, as many rows as asked for, wrong on purpose or not.
. tests/lib.sh
gen=${PATH%%:*}/tests/gen

rows() { # FILE: rows, columns of the narrowest and of the widest
	python3 -c 'import csv, sys
rows = list(csv.reader(open(sys.argv[1], newline="")))
print(len(rows) - 1, min(map(len, rows)), max(map(len, rows)))' "$1"
}

for stream in leads accounts contacts deals activities products lines tickets; do
	"$gen" $stream 500 >a
	"$gen" $stream 500 >b
	same "$stream: the same each time" a b
	is "$stream: 500 rows, all of one width" "$(rows a)" \
		"500 $(head -1 a | awk -F, '{ print NF, NF }')"
	"$gen" $stream 500 2 >b
	status 1 "$stream: another seed, other rows" cmp -s a b
done

"$gen" leads 100 >a
"$gen" leads 10 >b
head -c "$(wc -c <b)" a >c
same 'a row depends on its number alone' c b

"$gen" --vi leads 3 | head -1 >header
has 'Vietnamese headers' 'Họ và tên,Công ty' header
ok 'a database' vietnam
"$gen" --clean leads 300 >clean.csv
ok 'clean rows are all taken' crm-import lead clean.csv
"$gen" --clean accounts 30 >accounts.csv
ok 'and accounts' crm-import account accounts.csv
for type in contact deal; do
	"$gen" --clean ${type}s 300 >$type.csv
	ok "and ${type}s" crm-import $type $type.csv
done
"$gen" --clean activities 300 >activity.csv
ok 'and activities' crm-import activity activity.csv
"$gen" products 8 >products.csv
ok 'and products' crm-import product products.csv
"$gen" lines 20 >lines.csv
ok 'of which lines are' sh -c 'crm-order add account=account-1 --lines <lines.csv'
"$gen" tickets 30 >tickets.csv
ok 'and tickets' crm-import ticket tickets.csv
"$gen" leads 2000 >dirty.csv
has 'there are bad e-mail addresses' '@@' dirty.csv
status 1 'of dirty ones some are refused' crm-import lead dirty.csv --rejects bad.csv
"$gen" leads x >/dev/null 2>err
is 'no count is a usage error' $? 2

done_testing
