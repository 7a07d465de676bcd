#!/bin/sh
# crm-query: read-only SQL.
# shellcheck disable=SC2016 # $1 is SQL's
. tests/lib.sh

vietnam
crm-account add -q name='Công ty "Sao", Mai'
crm-deal add -q name=A account=1 amount=1500000 stage=proposal
crm-deal add -q name=B account=1 amount=9007199254740993

is 'numbers are bare and exact' "$(crm-query 'select id, amount, 1.5 as half, null as n, name
	from deal order by id')" '{"id":1,"amount":1500000,"half":1.5,"n":null,"name":"A"}
{"id":2,"amount":9007199254740993,"half":1.5,"n":null,"name":"B"}'
is 'json' "$(crm-query 'select 1 as a' -o json)" '[
{"a":1}
]'
is 'csv quotes' "$(crm-query 'select name from account' -o csv)" 'name
"Công ty ""Sao"", Mai"'
is 'tsv' "$(crm-query "select 'a' || char(9) || 'b' as x, 2 as y" -o tsv)" 'x	y
a\tb	2'
is 'csv has its header without rows' "$(crm-query 'select name from lead' -o csv)" name
is 'json without rows' "$(crm-query 'select name from lead' -o json)" '[]'
crm-query 'select name, amount from v_deal order by id' -o table >out
has 'table' 'name' out
is 'numbers stand right' "$(sed -n 2p out)" 'A             1500000'
is 'a name comes once in an object' "$(crm-query 'select 1 as a, 2 as a, 3 as a')" \
	'{"a":1,"a_2":2,"a_3":3}'
is 'what is no number for JSON is text' "$(crm-query 'select 9e999 as x, -9e999 as y')" \
	'{"x":"Inf","y":"-Inf"}'

is 'parameters' "$(crm-query "select name from deal where amount > \$1 and name <> \$2" 1500000 B)" ''
is 'numbers compare as numbers' "$(crm-query 'select count(*) > $1 as more from deal' 10)" \
	'{"more":0}'
is 'what begins with 0 is text' "$(crm-query 'select $1 as a, $2 as b, $3 as c' 007 7 +7)" \
	'{"a":"007","b":7,"c":"+7"}'
is 'a parameter is no SQL' "$(crm-query 'select $1 as a' "1; drop table deal")" \
	'{"a":"1; drop table deal"}'
is 'SQL on stdin' "$(echo 'select 1 as a' | crm-query)" '{"a":1}'
is 'SQL on stdin, with parameters' "$(echo 'select $1 as a' | crm-query - x)" '{"a":"x"}'
is 'functions of the product' "$(crm-query "select fold('Đà Nẵng') as f,
	local_day('2026-11-20T17:00:00Z') as d")" '{"f":"da nang","d":"2026-11-21"}'
is 'pragmas that only read' "$(crm-query 'select count(*) as n from pragma_table_info($1)' team)" \
	"{\"n\":$(crm-query "select name from pragma_table_info('team')" | wc -l | tr -d ' ')}"

refused() { # MESSAGE ARGUMENT…
	message=$1
	shift
	status 2 "refused: $(echo "$*" | head -1)" crm-query "$@"
	is '  says why' "$(cat err)" "crm-query: $message"
	is '  and prints nothing' "$(cat out)" ''
}
writes='SQL: it writes; only reading statements are run'
refused "$writes" 'delete from deal'
refused "$writes" 'with x as (select 1) insert into setting select 1, 2 from x'
refused "$writes" 'update deal set amount = 1 returning id'
refused "$writes" 'drop table deal'
refused "$writes" 'create temporary table x (y)'
refused "$writes" 'pragma query_only = off'
refused "$writes" 'pragma journal_mode = delete'
refused "$writes" "attach database 'x.db' as x"
refused "$writes" "vacuum into 'x.db'"
refused "$writes" 'begin immediate'
refused 'SQL: there is more than one statement in it' 'select 1; delete from deal'
refused 'SQL: there is no statement in it' '/* nothing */'
refused 'SQL:1:8: no such column: nam' 'select nam from deal'
refused 'SQL:2:8: no such column: nam' 'select
	name, nam from deal'
refused 'SQL:1:24: no such column: nam' "select 'Đà Nẵng' as x, nam from deal"
refused 'SQL: it has 1 parameters, 0 were given' 'select $1'
is 'the deals are still there' "$(crm-deal count)" 2
ok 'nothing was made' test ! -e x.db
is 'now is the one of the fixed clock' "$(crm-query "select date('now') a, strftime('%s', 'now') b, current_timestamp c, round(julianday(), 4) d" -o csv | tail -1)" \
	"2026-11-21,$(date -u -d 2026-11-21T02:30:00Z +%s),2026-11-21 02:30:00,2461365.6042"
before=$(date -u +%s)
is 'without one it is the hour it is' "$(CRM_NOW='' crm-query "select strftime('%s', 'now') - $before between 0 and 60 a" -o csv | tail -1)" 1
ok 'a trailing semicolon is fine' crm-query 'select 1 as a;'
status 3 'a full disk is noticed' sh -c 'crm-query "select 1" >/dev/full'
crm-query 'with recursive c(i) as (select 1 union all select i + 1 from c where i < 1000000)
	select i from c' 2>err | head -1 >out
is 'head closes early' "$(cat out err)" '{"i":1}'
done_testing
