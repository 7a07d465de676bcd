#!/bin/sh
# The same file again changes nothing, also where its cells are empty within quotes, two of its
# rows are about one record, or several people share an address.
. tests/lib.sh
vietnam
cp "$CRM_DB" empty.db

account() { # the accounting on stderr, without the name of the input
	sed -n 's/^crm-import: .*: read \([0-9]*, .*\)/\1/p' err
}
twice() { # NAME ROWS CREATED TYPE FILE OPTION…: comes in, and then again
	name=$1 rows=$2 created=$3
	shift 3
	rm -f "$CRM_DB"*
	cp empty.db "$CRM_DB"
	ok "$name" crm-import "$@"
	is "$name: comes in" "$(account | cut -d, -f1,2)" "$rows, created $created"
	crm-export all >one.jsonl
	ok "$name: again" crm-import "$@"
	is "$name: nothing is done" "$(account | sed 's/unchanged [0-9]*, duplicate [0-9]*/the rest as it was/')" \
		"$rows, created 0, updated 0, the rest as it was, skipped 0, rejected 0; committed"
	crm-export all >two.jsonl
	same "$name: nothing is changed" two.jsonl one.jsonl
}
sql() {
	sqlite3 -batch -separator '|' "$CRM_DB" "$1"
}

# --- empty cells within quotes ---
cat >m.yaml <<'X2'
columns: {Name: name, Email: email}
match: [email]
links: {account: company}
also:
  - record: account
    as: company
    columns: {Company: name, Site: website}
    match: [name]
X2
printf '"Name","Email","Company","Site"\n"An","an@x.vn","Cty A",""\n"Ba","ba@x.vn","Cty A","https://a.vn"\n' >p.csv
twice "what one row knows of a company and another does not" 2 2 contact p.csv --map m.yaml
is "is there" "$(sql 'select name, website from account')" "Cty A|https://a.vn"

printf '"First Name","Last Name","Display Name","Primary Email"\n"Lan","Lê","","lan@x.vn"\n' >p.csv
twice "a name that is made of its parts" 1 1 p.csv --preset thunderbird
is "is that" "$(sql 'select name from contact')" "Lê Lan"

printf '"Record Id","Note Title","Note Content","Note Owner"\n"317","Called","Wants more",""\n' >p.csv
twice "a note without an owner" 1 1 p.csv --preset zoho-notes
is "is of whoever brought it in" "$(sql 'select u.login from activity a join user u on u.id = a.owner')" \
	"$(sql 'select login from user where id = 1')"

printf '"external_id","account","number"\n"7","Cty A",""\n' >p.csv
twice "an order without a number" 1 1 order p.csv --match external --create-missing account
is "keeps the one that it got" "$(sql 'select number from "order"')" SO-2026-0001

# --- one address, several people ---
printf 'E-mail Address,Last Name,Home Phone\nlan@x.vn,Lan,\nlan@x.vn,,\nhoa@x.vn,Hoa,\n' >p.csv
twice "somebody whose address stands alone, too" 3 3 p.csv --preset outlook
is "are two" "$(sql "select name from contact where email = 'lan@x.vn' order by id")" "Lan
lan@x.vn"

printf 'Name,Email,Financial Status,Fulfillment Status,Total,Lineitem quantity,Lineitem name,Lineitem price,Billing Name\n' >p.csv
printf '#1,an@x.vn,paid,fulfilled,5,1,Tea,5,An\n#2,an2@x.vn,paid,fulfilled,6,1,Tea,6,An\n#3,,paid,fulfilled,7,1,Tea,7,An\n' >>p.csv
printf '#4,an2@x.vn,paid,fulfilled,8,1,Tea,8,Hai\n' >>p.csv
twice "orders of two customers of one name" 4 4 p.csv --preset shopify-orders
is "are those of whose address they have, or else of the older one" \
	"$(sql 'select o.number, a.name, a.email from "order" o join account a on a.id = o.account order by o.id')" "#1|An|an@x.vn
#2|An|an2@x.vn
#3|An|an@x.vn
#4|An|an2@x.vn"

# --- what a row would have brought along ---
printf 'External ID,Name,Related Company/External ID\n2,,77\n2,An Phat,\n' >p.csv
twice "a second row for one record" 2 1 p.csv --preset odoo-partners --create-missing account
is "brings nobody along" "$(sql 'select name from account')" "An Phat"
printf 'name,email,account\nAn,an@x.vn,Cty C\n' | crm-import contact - -q --create-missing account
printf 'name,email,account\nAn,an@x.vn,Cty D\n' | crm-import contact - -q --create-missing account --match email --on-match skip
is "nor does a row that is passed over" "$(sql "select name from account where name like 'Cty%'")" "Cty C"
done_testing
