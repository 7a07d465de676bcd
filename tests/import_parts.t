#!/bin/sh
# crm-import of rows that hold several records: a person, a company, a deal, a note.
. tests/lib.sh
vietnam

sql() {
	sqlite3 -batch -separator '|' "$CRM_DB" "$1"
}
account() { # the accounting on stderr, without the name of the input
	sed -n 's/^crm-import: .*: read \([0-9]*, .*\)/\1/p' err
}
cat >m.yaml <<'X2'
columns:
  Name: name
  Email: email
  Phone: phone
optional: true
match: [email]
links: {account: company}
also:
  - record: account
    as: company
    columns: {Company: name, Site: website}
    match: [name]
  - record: identity
    columns: {Email 2: email}
    links: {contact: row}
    match: [email]
  - record: deal
    columns: {Deal: name, Value: amount}
    links: {account: company, contact: row}
    match: [name]
    when: [name]
  - record: activity
    set: {kind: note}
    columns: {Note: body}
    links: {contact: row}
X2
cat >p.csv <<'X2'
Name,Email,Phone,Company,Site,Email 2,Deal,Value,Note
An,an@x.vn,0901234567,Cty A,https://a.vn,an2@x.vn,Big,15tr,hello
Ba,ba@x.vn,,Cty A,,,Small,1tr,hello
Ca,ca@x.vn,,,,,,7tr,
Da,da@x.vn,,Cty B,https://b.vn,,,,
X2
ok "one row, several records" crm-import contact p.csv --map m.yaml
is "rows are counted" "$(account)" "4, created 4, updated 0, unchanged 0, duplicate 0, skipped 0, rejected 0; committed"
has "and what they made besides" "7 further records were made" err
is "linked" "$(sql 'select c.name, a.name, d.name, d.amount, d.account = a.id from contact c left join account a on a.id = c.account left join deal d on d.contact = c.id order by c.id')" \
	"An|Cty A|Big|15000000|1
Ba|Cty A|Small|1000000|1
Ca||||
Da|Cty B|||"
is "a company that two name is one" "$(sql 'select count(*), max(website) from account')" "2|https://b.vn"
is "further address and notes" "$(sql "select email, contact from identity; select body, contact from activity order by id")" "an2@x.vn|1
hello|1
hello|2"
crm-export all >one.jsonl
ok "the same file again" crm-import contact p.csv --map m.yaml
is "changes nothing" "$(account)" "4, created 0, updated 0, unchanged 4, duplicate 0, skipped 0, rejected 0; committed"
crm-export all >two.jsonl
ok "at all" cmp one.jsonl two.jsonl
sed 's/b\.vn/c.vn/; s/Small/Tiny/; s/^Ca,\(.*\),,7tr/Ca,\1,an2@x.vn,,7tr/; s/^\(Ca.*\),,\(an2\)/\1,\2/' p.csv >q.csv
ok "with a change" crm-import contact q.csv --map m.yaml
is "rows whose further records changed are updated" "$(account)" "4, created 0, updated 3, unchanged 1, duplicate 0, skipped 0, rejected 0; committed"
is "a new deal, another site" "$(sql "select count(*) from deal; select website from account where name = 'Cty B'")" "3
https://c.vn"
is "an address that two people have stays with both" "$(sql "select contact from identity where email = 'an2@x.vn' order by 1")" "1
3"

printf 'Name,Email,Company,Deal,Value\nEm,em@x.vn,Cty C,Odd,much\nFa,fa@x.vn,Cty D,,\n' >bad.csv
status 1 "a further record that is wrong" crm-import contact bad.csv --map m.yaml --rejects r.csv
has "is named" 'bad.csv:2: deal.amount: "much"' err
is "and takes its row along, the others go in" "$(sql "select name from contact where id > 4; select name from account where id > 2")" "Fa
Cty D"
is "as it stood" "$(sed -n '2s/,2,.*//p' r.csv)" "Em,em@x.vn,Cty C,Odd,much"
printf 'Name,Email,Company,Deal\nGa,ga@x.vn,Cty E,Won it\n' >late.csv
cp m.yaml n.yaml
sed -i 's/Value: amount/Value: amount, Stage: stage/' n.yaml
printf 'Name,Email,Company,Deal,Stage\nGa,ga@x.vn,Cty E,Lost it,lost\n' >late.csv
status 1 "one that the store refuses" crm-import contact late.csv --map n.yaml --rejects r.csv
has "too" 'late.csv:2: deal.lost_reason: stage "lost" needs it' err
is "leaves no company behind" "$(sql "select count(*) from account where name = 'Cty E'")" 0
ok "--on-match skip" crm-import contact q.csv --map m.yaml --on-match skip
is "leaves all of the row alone" "$(account)" "4, created 0, updated 0, unchanged 0, duplicate 0, skipped 4, rejected 0; committed"
status 1 "--max counts all of them" crm-import contact p.csv --map m.yaml --max 0 --set source=zalo

printf 'Name,Works,Company\nHa,Cty F,\nKa,,Cty F\nLa,Cty F,\n' >works.csv
cat >f.yaml <<'X2'
columns: {Name: name, Works: account}
also: [{record: account, as: other, columns: {Company: name}, match: [name]}]
X2
status 1 "a reference to a company of a later row" crm-import contact works.csv --map f.yaml --rejects r.csv
has "is to nothing" 'works.csv:2: account: there is no account "Cty F"' err
is "but not once it is there" "$(sql "select a.name from contact c join account a on a.id = c.account where c.name = 'La'")" "Cty F"

# --- maps that are wrong ---
wrong() { # NAME MAP ERROR
	printf '%s\n' "$2" >w.yaml
	status 2 "$1" crm-import contact p.csv --map w.yaml
	has "$1: said" "$3" err
}
wrong "no record type" 'also: [{columns: {Company: name}}]' 'w.yaml:1:8: a further record wants {record: TYPE'
wrong "an unknown record type" 'also: [{record: acount}]' 'w.yaml:1:17: there is no record type "acount"'
wrong "an unknown key" 'also: [{record: account, colums: {}}]' 'w.yaml:1:26: no key "colums" here; did you mean columns?'
wrong "a part in a part" 'also: [{record: account, also: []}]' 'w.yaml:1:26: no key "also" here'
wrong "a link to nothing" 'links: {account: firm}' 'links: no record of the row is called "firm"'
wrong "a link of another type" 'links: {account: deal}
also: [{record: deal, columns: {Deal: name}}]' 'links: account does not refer to a record of type deal'
wrong "a ring" 'links: {account: a}
also: [{record: account, as: a, columns: {Company: name}, links: {parent: b}}, {record: account, as: b, columns: {Deal: name}, links: {parent: a}}]' 'in a ring'
done_testing
