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
# -f: of lists that are no record type's own, too
crm-contact add name=Hoa phone=0909000111 -q
crm-contact add name=Hải -q
crm-contact relate contact-1 spouse contact-2 -q
chosen() { # NAME COLUMNS COMMAND…: the columns in that order, whatever the format
	what=$1 columns=$2
	shift 2
	"$@" -o csv >all.csv 2>err
	"$@" -o csv -f "$columns" >some.csv 2>err
	"$@" -o jsonl -f "$columns" >some.jsonl 2>err
	python3 -c '
import csv, json, sys
names = sys.argv[1].split(",")
rows = list(csv.DictReader(open("all.csv")))
assert rows and list(csv.reader(open("some.csv"))) == [names] + [[r[n] for n in names] for r in rows]
for line, r in zip(open("some.jsonl"), rows, strict=True):
    v = json.loads(line)
    assert list(v) == names and [("" if v[n] is None else str(v[n])) for n in names] == [r[n] for n in names]
' "$columns" 2>err
	code=$?
	result $code "-f: $what"
	[ $code -eq 0 ] || show err
}
crm-ticket add subject=x contact=contact-1 -q
chosen crm-who found_by,id crm-who 0909000111
chosen crm-log program,change_set crm-log
chosen 'changes' field,id,op crm-log contact-1
chosen relations other,kind crm-contact relations contact-1
chosen clocks id crm-ticket sla
chosen stages kind,stage crm-pipeline stages
chosen board stage,deals crm-pipeline show
chosen whoami role,login crm-user whoami
chosen findings name,severity crm-doctor check
chosen checklist state,name crm-doctor checklist
chosen reports title,name crm-report list
chosen 'what an undo would do' op,id crm-undo -n
is 'one column as a table' "$(crm-contact relations contact-1 -o table -f other)" 'Other
contact-2'
is 'a board of chosen columns is a plain list' "$(crm-pipeline show -o table -f stage | head -1 | tr -d ' ')" stage
is '+ adds nothing where all is shown' "$(crm-who 0909000111 -o csv -f +id | head -1)" "$(crm-who 0909000111 -o csv | head -1)"
is 'a column named twice comes once' "$(crm-who 0909000111 -o csv -f id,id,name)" 'id,name
contact-1,Hoa'
is 'references stay references' "$(crm-who 0909000111 -o refs -f name)" contact-1
status 2 'no such column' crm-who 0909000111 -f id,nam
is 'is told, with the nearest' "$(cat err)" 'crm-who: -f: no column "nam"; did you mean name? (see crm-who --help)'
crm-contact set contact-1 note=x -q 2>/dev/null
sets=$(sqlite3 "$CRM_DB" 'select count(*) from change_set')
status 2 'nor in what an undo prints' crm-undo -f nam
is 'which is then not done' "$(sqlite3 "$CRM_DB" 'select count(*) from change_set')" "$sets"

# Tables: nothing stands behind the last cell
crm-lead add name=Trống -q
for command in 'crm-lead list -f id,name,phone' 'crm-lead list' 'crm-log' 'crm-who 0909000111' 'crm-lead show lead-1'; do
	$command -o table >out
	is "no blanks at the end: $command" "$(grep -c ' $' out)" 0
done
done_testing
