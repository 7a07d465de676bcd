#!/bin/sh
# Several files of several kinds in one import, and the plans of sf data tree.
. tests/lib.sh

sql() {
	sqlite3 -batch -separator '|' "$CRM_DB" "$1"
}
sums() { # the accounting: a line a kind, and all
	sed -n 's/^crm-import: \(.*\): read \([0-9]*\), created \([0-9]*\), updated \([0-9]*\), unchanged \([0-9]*\), .*rejected \([0-9]*\)/\1 \2 \3 \4 \5 \6/p' err
}
fresh_db() {
	rm -f "$CRM_DB"*
	crm-init --region US --currency USD -q
}
links='select c.name, a.name from contact c join account a on a.id = c.account union all
	select d.name, a.name from deal d join account a on a.id = d.account order by 1'

# --- CSV of three kinds, the last first ---
fresh_db
cat >deals.csv <<'X'
Record ID,Deal Name,Deal Stage,Amount,Close Date,Pipeline,Associated Company
31,Roof,Appointment Scheduled,1200,2026-12-01 10:00,Sales Pipeline,Acme
32,Door,Appointment Scheduled,x,2026-12-01 10:00,Sales Pipeline,Acme
X
cat >contacts.csv <<'X'
Record ID,First Name,Last Name,Email,Lifecycle Stage,Associated Company
21,Ann,Low,ann@acme.example,lead,Acme
22,Bob,High,bob@@,lead,Acme
X
cat >companies.csv <<'X'
Record ID,Company name,Company Domain Name,Industry
11,Acme,acme.example,
X
status 1 "one wrong row and nothing goes in" crm-import --preset auto deals.csv contacts.csv companies.csv
is "of any kind" "$(sql 'select (select count(*) from account) + (select count(*) from contact)')" 0
is "the accounting is by kind, in the order in which they went in, and of all" "$(sums)" \
	"companies.csv 1 1 0 0 0
contacts.csv 2 1 0 0 1
deals.csv 2 1 0 0 1
all 5 3 0 0 2; nothing committed"
status 1 "what is right goes in" crm-import --preset hubspot deals.csv contacts.csv companies.csv --rejects bad.csv --summary sum.json
is "linked over the files" "$(sql "$links")" "Ann Low|Acme
Roof|Acme"
is "in one change set" "$(sql 'select count(distinct change_set) from change where entity in ('"'account', 'contact', 'deal'"')')" 1
is "the rejects of each kind have a file" "$(cat bad.csv bad-hubspot-contacts.csv | cut -d, -f 1,2,8)" "Record ID,Deal Name,reject_line
32,Door,3
Record ID,First Name,reject_reason
22,Bob,\"email: \"\"bob@@\"\" is not an e-mail address\""
is "the summary has both" "$(python3 -c 'import json
s = json.load(open("sum.json"))
print(s["read"], s["created"], s["rejected"], s["committed"], [(k, v["read"], v["rejected"]) for k, v in s["presets"].items()])')" \
	"5 3 2 True [('hubspot-companies', 1, 0), ('hubspot-contacts', 2, 1), ('hubspot-deals', 2, 1)]"
sed -i 's/,x,/,7,/' bad.csv
sed -i 's/,bob@@/,bob@acme.example/' bad-hubspot-contacts.csv
ok "the mended rejects come in, in place" crm-import --preset auto bad.csv bad-hubspot-contacts.csv --rejects bad.csv
is "and none is left" "$(sql "$links" | wc -l) $(cat bad.csv bad-hubspot-contacts.csv | wc -l)" "4 2"
status 1 "the same again" crm-import --preset auto companies.csv contacts.csv deals.csv --rejects /dev/null -o refs
is "changes nothing" "$(sums)" "companies.csv 1 0 0 1 0
contacts.csv 2 0 0 1 1
deals.csv 2 0 0 1 1
all 5 0 0 3 2; committed"
is "and is printed in that order" "$(cat out)" "account-1
contact-1
deal-1"
fresh_db
status 1 "--max counts all kinds" crm-import --preset auto companies.csv contacts.csv deals.csv --rejects bad.csv --max 2
has "and says so" 'more than 2 records would change; nothing was written' err
status 2 "standard output holds the rejects of one kind only" crm-import --preset auto companies.csv contacts.csv --rejects -
status 1 "a file that no preset is for" crm-import --preset google companies.csv contacts.csv
has "is named" 'companies.csv: no preset is for these columns' err

# --- files of one kind whose columns differ ---
fresh_db
printf 'name,email\nAn,an@x.vn\nBa,ba@@\n' >one.csv
printf 'email;name;score\nca@x.vn;Ca;5\nda@x.vn;Da;many\n' >two.csv
printf 'name,email\nEm,em@@\n' >three.csv
status 1 "files with other columns" crm-import lead one.csv two.csv three.csv --rejects odd.csv
has "go in together" 'read 5, created 2, updated 0, unchanged 0, duplicate 0, skipped 0, rejected 3; committed' err
is "their rejects into a file for each kind of columns" "$(cut -d, -f1-3 odd.csv; cut -d';' -f1-4 odd-2.csv)" 'name,email,reject_line
Ba,ba@@,3
Em,em@@,2
email;name;score;reject_line
da@x.vn;Da;many;3'
sed -i 's/@@,/@x.vn,/' odd.csv
sed -i 's/;many;/;7;/' odd-2.csv
ok "mended they come in, in place" crm-import lead odd.csv odd-2.csv --rejects odd.csv
is "all of them" "$(sql "select group_concat(name || coalesce(score, ''), ' ') from (select name, score from lead order by name)") $(cat odd.csv odd-2.csv | wc -l)" "An Ba Ca5 Da7 Em 2"
status 2 "standard output takes one kind" crm-import lead one.csv two.csv --rejects -
printf 'name,reject_line,email\nAn,3,x\n' >wrong.csv
status 1 "columns that cannot be fed again" crm-import lead one.csv wrong.csv --rejects odd.csv
has "are said" 'the reject_ columns must be the last ones' err

fresh_db
crm-import --preset auto companies.csv contacts.csv --batch 1 --rejects /dev/null 2>err
is "in batches each kind goes on where the one before ended" "$(sums)" "companies.csv 1 1 0 0 0
contacts.csv 2 1 0 0 1
all 3 2 0 0 1; committed"

fresh_db
printf 'Record ID,Company name,Company Domain Name,Type\n11,Acme,acme.example,Prospect\n' >companies.csv
printf 'Record ID,Deal Name,Deal Stage,Amount,Close Date,Pipeline,Associated Company\n31,Roof,Closed Won,1200,2026-02-01,Sales Pipeline,Acme\n' >deals.csv
crm-import --preset auto deals.csv companies.csv -q
ok "who has bought meanwhile" crm-import --preset auto deals.csv companies.csv
is "is no prospect again" "$(sums | tail -1) $(sql 'select type, customer_since from account')" "all 2 0 0 2 0; committed customer|2026-02-01"

# --- a plan of sf data export tree ---
mkdir tree
cat >tree/plan.json <<'X'
[{"sobject": "Contact", "saveRefs": true, "resolveRefs": true, "files": ["Contacts.json"]},
 {"sobject": "Account", "saveRefs": true, "resolveRefs": false, "files": ["Accounts1.json", "Accounts2.json"]},
 {"sobject": "Opportunity", "saveRefs": true, "resolveRefs": true, "files": ["Opportunities.json"]}]
X
record() { # TYPE REF MEMBERS
	printf '{"records":[{"attributes":{"type":"%s","referenceId":"%s"},%s}]}\n' "$@"
}
record Account A1 '"Name":"Acme"' >tree/Accounts1.json
record Account A2 '"Name":"Beta","ParentId":"@A1"' >tree/Accounts2.json
record Contact C1 '"LastName":"Low","AccountId":"@A2"' >tree/Contacts.json
record Opportunity O1 '"Name":"Roof","StageName":"Closed Won","CloseDate":"2025-01-15","AccountId":"@A1"' >tree/Opportunities.json
fresh_db
ok "a plan" crm-import --preset salesforce tree/plan.json
is "brings its files, each by what its records say they are" "$(sums)" "tree/Accounts1.json and 1 more 2 2 0 0 0
tree/Contacts.json 1 1 0 0 0
tree/Opportunities.json 1 1 0 0 0
all 4 4 0 0 0; committed"
is "and all links" "$(sql "$links"; sql 'select a.name, b.name from account a join account b on b.id = a.parent')" "Low|Beta
Roof|Acme
Beta|Acme"
ok "the plan again" crm-import --preset auto tree/plan.json -n
has "changes nothing" 'all: read 4, created 0, updated 0, unchanged 4, duplicate 0, skipped 0, rejected 0; dry run' err
echo '[{"sobject": "Account", "files": ["Accounts1.json"]}, {"sobject": "Contact"}]' >tree/half.json
status 1 "a plan that names no file for a type" crm-import --preset auto tree/half.json
has "is told" 'tree/half.json:1: files: it is no list of names' err
record Property__c P1 '"Name":"House"' >tree/Accounts2.json
status 1 "records that are none here" crm-import --preset auto tree/plan.json
has "are named with their file" 'tree/Accounts2.json: no preset is for these columns' err
done_testing
