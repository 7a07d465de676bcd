#!/bin/sh
# One list in every format; what each may and may not alter.
. tests/lib.sh

vietnam
crm-lead add name='Nguyễn "Đức"; Văn' phone='+84 912 345 678' budget=1500000 tags='vip;new' \
	notes='line one
line two, with comma' -q
crm-lead add name="=HYPERLINK(\"x\")" budget='19.99 USD' do_not_call=yes -q
fields='id,name,phone,budget,currency,do_not_call,tags,notes'

list() { crm-lead list -f "$fields" "$@"; }

list -o csv >csv
cat >wanted <<'EOF'
id,name,phone,budget,currency,do_not_call,tags,notes
lead-1,"Nguyễn ""Đức""; Văn",+84 912 345 678,1500000,,false,new;vip,"line one
line two, with comma"
lead-2,"=HYPERLINK(""x"")",,19.99,USD,true,,
EOF
same 'csv: RFC 4180, quoted only where needed' csv wanted

list -o tsv >tsv
printf '%s\n' 'id	name	phone	budget	currency	do_not_call	tags	notes' \
	'lead-1	Nguyễn "Đức"; Văn	+84 912 345 678	1500000		false	new;vip	line one\nline two, with comma' \
	'lead-2	=HYPERLINK("x")		19.99	USD	true		' >wanted
same 'tsv: tab and newline escaped' tsv wanted

list -o jsonl >jsonl
cat >wanted <<'EOF'
{"id":"lead-1","name":"Nguyễn \"Đức\"; Văn","phone":"+84 912 345 678","budget":1500000,"currency":null,"do_not_call":false,"tags":["new","vip"],"notes":"line one\nline two, with comma"}
{"id":"lead-2","name":"=HYPERLINK(\"x\")","phone":null,"budget":19.99,"currency":"USD","do_not_call":true,"tags":null,"notes":null}
EOF
same 'jsonl: bare numbers and booleans, null, lists' jsonl wanted

list -o json | python3 -c 'import json, sys
for r in json.load(sys.stdin): print(json.dumps(r, ensure_ascii=False, separators=(",", ":")))' >json
same 'json: one array of the same' json wanted

is 'refs' "$(list -o refs | tr '\n' ' ')" 'lead-1 lead-2 '
is 'the default off a terminal' "$(list | head -1)" "$(head -1 jsonl)"

list -o csv --excel >excel
is 'excel: a BOM' "$(head -c 3 excel | od -An -tx1)" ' ef bb bf'
is 'excel: CRLF ends rows, and nothing else' "$(awk '/\r$/ { n++ } END { print n, NR }' excel)" '3 4'
has 'excel: a formula is guarded' "'=HYPERLINK" excel
has 'excel: so is a phone number with its +' "'+84 912 345 678" excel
has 'excel: a number is a number' ',19.99,' excel

crm-lead list -f id,name,budget,created_at -o table >table
cat >wanted <<'EOF'
ID     Name                 Budget Created at
lead-1 Nguyễn "Đức"; Văn 1.500.000 2026-11-21 09:30
lead-2 =HYPERLINK("x")       19,99 2026-11-21 09:30
EOF
same 'table: aligned, grouped numbers, local time' table wanted

for f in csv tsv json jsonl; do
	list -o $f | crm-lead set rating=hot -q -i $f
	is "$f can be read again" "$(crm-lead count rating:hot)" 2
	list -o $f | crm-lead set rating=none -q 2>/dev/null
	list -o $f | crm-lead set rating= -q
	is "$f is told from the others by its first bytes" "$(crm-lead count rating:none)" 2
	crm-lead list nobody-at-all -o $f -f id,name >empty
	case $f in
	csv) printf 'id,name\n' ;;
	tsv) printf 'id\tname\n' ;;
	json) printf '[]\n' ;;
	*) : ;;
	esac >wanted
	same "$f of nothing" empty wanted
done

# --out: the whole file, or the old one stays
list -o csv --out report.csv
same 'out: as stdout' report.csv csv
status 1 'a run that fails' crm-lead list lead-1 lead-99 --out report.csv
same 'keeps the old file' report.csv csv
is 'and leaves nothing beside it' "$(ls report.csv*)" report.csv
status 3 'a folder that is not there' crm-lead list --out nowhere/report.csv
done_testing
