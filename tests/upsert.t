#!/bin/sh
# crm-import again: what came before changes nothing, what changed is changed, who is
# known is dealt with as asked.
. tests/lib.sh
vietnam

sql() {
	sqlite3 -batch -separator '|' "$CRM_DB" "$1"
}
account() { # the accounting on stderr, without the name of the input
	sed -n 's/^crm-import: .*: read \([0-9]*, .*\)/\1/p' err
}

# --- the same file twice ---
cat >people.csv <<'X2'
name,phone,email,source,birth_date,budget,tags,notes
Trần Thị Minh,090 123 4567,Minh@X.vn,zalo,1990-05-17,15tr,a;b,"two
lines"
An,,,,,,,
An,,,,,,,
Lê Bình,0912345678,,facebook,,,vip,
X2
ok "people" crm-import lead people.csv
ok "before" sh -c 'crm-export lead >one.jsonl'
ok "the same file again" crm-import lead people.csv
is "changes nothing" "$(account)" "4, created 0, updated 0, unchanged 4, duplicate 0, skipped 0, rejected 0; committed"
ok "after" sh -c 'crm-export lead >two.jsonl'
ok "and the exports are byte-equal" cmp one.jsonl two.jsonl
is "two equal rows are two records" "$(sql "select count(*) from lead where name = 'An'")" 2
crm-lead rm lead-3 -q
ok "where one of them has gone" crm-import lead people.csv
is "one comes" "$(account)" "4, created 1, updated 0, unchanged 3, duplicate 0, skipped 0, rejected 0; committed"

printf 'lead,kind,subject,done_at\nlead-1,call,First,2026-11-01T09:00\nlead-1,call,First,2026-11-01T09:00\nlead-1,note,Told,\n' >a.csv
ok "activities" crm-import activity a.csv
ok "again" crm-import activity a.csv
is "are as many" "$(account)" "3, created 0, updated 0, unchanged 3, duplicate 0, skipped 0, rejected 0; committed"
printf 'name,currency\nCty A,VND\n' >acc.csv
crm-import account acc.csv -q
printf 'account,ordered_on,total\nCty A,2026-01-02,500000\nCty A,2026-01-02,500000\nCty A,2026-02-02,700000\n' >o.csv
ok "orders with totals alone" crm-import order o.csv --set status=confirmed
ok "again" crm-import order o.csv --set status=confirmed
is "are as many too" "$(account)" "3, created 0, updated 0, unchanged 3, duplicate 0, skipped 0, rejected 0; committed"
is "and as large" "$(sql 'select count(*), sum(total) from "order"')" "3|1700000"
printf 'kind,subject\ntask,Kho\nnote,Họp\ntask,Kho\n' >alone.csv
ok "activities of nobody" crm-import activity alone.csv
ok "again" crm-import activity alone.csv
is "are as many" "$(account)" "3, created 0, updated 0, unchanged 3, duplicate 0, skipped 0, rejected 0; committed"
printf 'phone,notes\nkhông có,a\nkhông có,b\n' >vague.csv
ok "who has but a number that nobody can call" crm-import lead vague.csv
ok "again" crm-import lead vague.csv
is "is there once" "$(account)" "2, created 0, updated 0, unchanged 2, duplicate 0, skipped 0, rejected 0; committed"
ok "batches stop and go on" crm-import lead people.csv --batch 2
is "nothing twice" "$(account)" "4, created 0, updated 0, unchanged 4, duplicate 0, skipped 0, rejected 0; committed"

# --- by another system's number ---
printf 'id,name,rating\n7,Hà,cold\n8,Nam,hot\n' >h1.csv
printf 'id,name,rating\n7,Hà,hot\n8,Nam,hot\n9,Mai,\n' >h2.csv
ok "a system's numbers" crm-import lead h1.csv --map id=external_id --system hubspot
is "are kept with its name" "$(sql "select external_id from lead where name = 'Hà'")" "hubspot:7"
ok "the next export" crm-import lead h2.csv --map id=external_id --system hubspot
is "changes what changed" "$(account)" "3, created 1, updated 1, unchanged 1, duplicate 0, skipped 0, rejected 0; committed"
ok "another system's 7" crm-import lead h1.csv --map id=external_id --system vtiger
is "is somebody else" "$(account)" "2, created 2, updated 0, unchanged 0, duplicate 0, skipped 0, rejected 0; committed"
id=$(sql "select id from lead where external_id = 'hubspot:9'")
printf 'lead,source,external_id,email\nlead-%s,vtiger,99,\nlead-%s,,,second@x.vn\n' "$id" "$id" >i.csv
ok "known elsewhere under another number" crm-import identity i.csv
printf 'id,name\n99,Mai Mai\n' >v.csv
ok "is found by it" crm-import lead v.csv --map id=external_id --system vtiger --on-match fill
is "and keeps its own" "$(sql "select name, external_id from lead where id = $id")" "Mai|hubspot:9"
is "no other was made" "$(account)" "1, created 0, updated 0, unchanged 1, duplicate 0, skipped 0, rejected 0; committed"
printf 'name,email,rating\nX,SECOND@x.vn,warm\n' >v.csv
ok "by a further address" crm-import lead v.csv --match email
is "too" "$(sql "select name, rating from lead where id = $id")" "X|warm"

for s in 'a:b' '' ' ' 'a
b'; do
	status 2 "--system $s" crm-import lead h1.csv --map id=external_id --system "$s"
done
printf '{"id":7,"name":"Số"}\n{"id":"urn:x:7","name":"Urn"}\n' >j.jsonl
ok "numbers of JSON" crm-import lead j.jsonl --map id=external_id --system zoho
is "have the system's name too, and so have those with a colon" \
	"$(sql "select group_concat(external_id, ' ') from (select external_id from lead where external_id like 'zoho%' order by id)")" "zoho:7 zoho:urn:x:7"
ok "with the name before them" crm-import lead --map id=external_id --system zoho <<'X2'
id,name
zoho:7,Số
X2
is "they are not given it twice" "$(account)" "1, created 0, updated 0, unchanged 1, duplicate 0, skipped 0, rejected 0; committed"
printf 'id,name\n0015g00000AbC,Một\n0015g00000aBc,Hai\n 0015g00000AbC ,Một\n' >sf.csv
ok "letters of a number" crm-import lead sf.csv --map id=external_id --system sf
is "are told apart" "$(account)" "3, created 2, updated 0, unchanged 0, duplicate 1, skipped 0, rejected 0; committed"

# --- what is done with who is there ---
printf 'name,phone,email,city\nMinh Mới,0901234567,new@x.vn,Huế\n' >m.csv
ok "--on-match fill" crm-import lead m.csv --match phone --on-match fill
is "fills what was empty" "$(sql 'select name, email, city from lead where id = 1')" "Trần Thị Minh|minh@x.vn|Huế"
ok "--on-match skip" crm-import lead m.csv --match phone --on-match skip
is "leaves it" "$(account)" "1, created 0, updated 0, unchanged 0, duplicate 0, skipped 1, rejected 0; committed"
status 1 "--on-match error" crm-import lead m.csv --match phone --on-match error
has "names it" 'm.csv:2: lead-1 is there already' err
status 2 "--on-match create" crm-import lead m.csv --match phone --on-match create
ok "the usual" crm-import lead m.csv --match facebook,phone
is "is to update" "$(sql 'select name, email from lead where id = 1')" "Minh Mới|new@x.vn"

printf 'name,mobile,rating\nAi đó,+84 901 234 567,hot\n' >k.csv
before=$(crm-lead count)
status 1 "--on-duplicate reject" crm-import lead k.csv --on-duplicate reject
has "says whom we know" 'k.csv:2: we know lead-1 by this phone' err
ok "--on-duplicate skip" crm-import lead k.csv --on-duplicate skip
is "skips" "$(account)" "1, created 0, updated 0, unchanged 0, duplicate 0, skipped 1, rejected 0; committed"
ok "--on-duplicate fill" crm-import lead k.csv --on-duplicate fill
is "fills" "$(sql 'select name, mobile, rating from lead where id = 1')" "Minh Mới|+84 901 234 567|hot"
is "none was made" "$(crm-lead count)" "$before"
ok "--on-duplicate update" crm-import lead k.csv --on-duplicate update
is "updates" "$(sql 'select name from lead where id = 1')" "Ai đó"
printf 'name,phone\nKhác,0901234567\nKhác nữa,0912345678\n' >k.csv
ok "else they are made" crm-import lead k.csv
has "and told" '2 of the created share a phone with others (crm-dedupe find lead)' err

printf 'user,measure,value\nlan,revenue,5\n' >t.csv
status 2 "what has no fields to match by" crm-import target_figure t.csv --match number
has "is not offered an empty list" 'records of type target_figure are not matched by fields; leave --match out' err
crm-lead add-identity 2 phone='0933 444 555' -q
crm-lead add-identity 2 email=rieng@x.vn -q
for row in 'Ai,0933444555,' 'Ai,,RIENG@x.vn' 'Ai,0900 000 001 / +84 933 444 555,'; do
	printf 'name,phone,email\n%s\n' "$row" >k.csv
	status 1 "known by an identity: $row" crm-import lead k.csv --on-duplicate reject
	has "lead-2 is" 'k.csv:2: we know lead-2 by this' err
done

# --- many, where the indexes are made anew ---
fresh_many() {
	awk 'BEGIN { print "name,phone"; for (i = 0; i < 6000; i++) printf "N%d,09%08d\n", i, int(i / 2) }'
}
rm -f "$CRM_DB" "$CRM_DB"-*
vietnam
fresh_many >many.csv
crm-lead add -q name=Old tax_code=0312345678
crm-lead add-identity 1 -q phone=0900000001
crm-lead add-identity 1 -q email=old@x.vn
printf '%s\n' N,0977000000,old@x.vn, N,0900000001,old@x.vn,0312345678 N,,,0312345678 |
	cat many.csv - | sed '1s/$/,email,tax_code/; 2,6001s/$/,,/' >known.csv
ok "six thousand, some of whom are known by identities" crm-import lead known.csv -n
has "half of them with a number that another has, two by an identity" '3002 of the created share a phone' err
has "another with an address; whoever was counted is not again" '1 of the created shares an e-mail address with others' err
has "nor by a tax code" '1 of the created shares a tax code with others' err
ok "six thousand" crm-import lead many.csv
ok "again" crm-import lead many.csv
is "nothing new" "$(account)" "6000, created 0, updated 0, unchanged 6000, duplicate 0, skipped 0, rejected 0; committed"

# --- thousands that belong to one: what is read grows with the file, not with its square ---
if [ -r /proc/self/io ]; then
	rm -f "$CRM_DB" "$CRM_DB"-*
	vietnam
	crm-lead add -q name=Chung
	awk 'BEGIN {
		while (length(x) < 1500)
			x = x "words and "
		print "name,account,description" >"one.csv"
		print "name,account,stage,amount,lost_reason,description" >"deals.csv"
		print "subject,kind,lead,status,done_at,notes" >"acts.csv"
		for (i = 0; i < 2000; i++) {
			printf "Person %d,Acme,%s\n", i, x >"one.csv"
			printf "Deal %d,account-1,lost,100,price,%s\n", i, x >"deals.csv"
			printf "Call %d,call,lead-1,done,2026-01-01T10:00:00Z,%s\n", i, x >"acts.csv"
		}
	}'
	reads() { # NAME FILE TYPE [OPTION…]: less than four times the database
		read=$(python3 "$root/tests/bytes_read.py" crm-import -q "$3" "$2" $4 $5)
		file=$(($(sql 'pragma page_count') * $(sql 'pragma page_size')))
		[ -n "$read" ] && [ "$read" -lt "$((4 * file))" ]
		result $? "$1 read little: $read where the file has $file bytes"
	}
	reads 'contacts of one account' one.csv contact --create-missing account
	reads 'deals of one account' deals.csv deal
	reads 'the same again' deals.csv deal
	reads 'activities about one lead' acts.csv activity
	reads 'the same again' acts.csv activity
	is 'and all are there' "$(sql 'select (select count(*) from contact), (select count(*) from deal), (select count(*) from activity)')" "2000|2000|2000"
	is 'of whom one is the main contact' "$(sql 'select id from contact where is_primary')" 1
fi
# --- the same again, of every kind ---
twice() { # NAME TYPE FILE CREATED [OPTIONS…]: then all is unchanged, and the exports are equal
	name=$1 type=$2 file=$3 made=$4
	shift 4
	status "${first:-0}" "$name" crm-import "$type" "$file" "$@"
	has "$name, made" ", created $made, updated 0, unchanged 0," err
	crm-export all >one.jsonl
	status "${first:-0}" "$name, again" crm-import "$type" "$file" "$@"
	has "$name, unchanged" ", created 0, updated 0, unchanged $made," err
	crm-export all >two.jsonl
	ok "$name, byte-equal" cmp one.jsonl two.jsonl
}
rm -f "$CRM_DB" "$CRM_DB"-*
vietnam
crm-lead add name=Khách -q
printf 'first_name,last_name\nAn,Nguyễn Văn\nBình,Trần\n' >t.csv
twice "names in two parts" contact t.csv 2
cat >t.jsonl <<'X2'
{"name":null,"first_name":"Chi","do_not_call":true,"do_not_call_at":null,"do_not_call_by":null}
{"name":"Dung","first_name":null,"email":null}
X2
twice "nulls where the program knows better" contact t.jsonl 2
printf 'name,city,email\nHoa,,\nHoa,Huế,\nHoa,,h@x.vn\n' >t.csv
twice "rows of which one says less" lead t.csv 3
awk 'NR == 1; NR > 1 { l[NR] = $0 } END { for (i = NR; i > 1; i--) print l[i] }' t.csv >r.csv
ok "in another order" crm-import lead r.csv
is "the same too" "$(account)" "3, created 0, updated 0, unchanged 3, duplicate 0, skipped 0, rejected 0; committed"
printf '{"subject":"Hỏng","number":null}\n{"subject":"Hỏng","number":null}\n' >t.jsonl
twice "numbers that the program gives" ticket t.jsonl 2
printf 'currency,to_currency,valid_from,rate\nUSD,VND,2026-01-02,25400\nEUR,VND,2026-01-02,27500\n' >t.csv
twice "what no index leads to" exchange_rate t.csv 2
crm-account add name=Cty currency=VND -q
crm-order add account=Cty -q
printf 'at,kind,value,order,account\n2026-01-02,payment,5 USD,order-1,Cty\n2026-01-02,payment,700,order-1,Cty\n' >t.csv
first=1 twice "a refused row takes no id" event t.csv 1 --rejects rej.csv
awk 'BEGIN { print "lead,kind,subject,done_at"; for (i = 0; i < 3000; i++) print "lead-1,call,Hỏi,2026-11-01T09:00" }' >t.csv
twice "three thousand equal rows" activity t.csv 3000
awk 'BEGIN { print "lead,kind,subject,notes"; for (i = 6000; i < 14000; i++) print "lead-1,call,Hỏi " i ",x" }' >t.csv
{ head -n 1 t.csv && tail -n +2 t.csv | sort -r; } >r.csv
ok "thousands of calls to one" crm-import activity t.csv
ok "are each found at once in another order" timeout 60 crm-import activity r.csv
is "unchanged" "$(account)" "8000, created 0, updated 0, unchanged 8000, duplicate 0, skipped 0, rejected 0; committed"
printf 'lead,kind,email\nlead-1,email,a@x.vn\nlead-1,,\n' >t.csv
first=1 twice "a row that would be refused is nobody's" identity t.csv 1 --rejects rej.csv
awk 'BEGIN { print "BEGIN:VCARD\nVERSION:3.0\nFN:Nhiều số"; for (i = 0; i < 10000; i++) printf "TEL:09%08d\n", i; print "END:VCARD" }' >many.vcf
ok "a card of ten thousand numbers" timeout 60 crm-import contact many.vcf --summary sum.json
has "keeps them" '"changed_further":0,"identities":9999' sum.json
is "each once" "$(sql 'select count(distinct phone_key) from identity where contact is not null')" 9999
ok "again" timeout 60 crm-import contact many.vcf
is "none twice" "$(account)" "1, created 0, updated 0, unchanged 1, duplicate 0, skipped 0, rejected 0; committed"
printf 'fields:\n  lead:\n    - area: {type: number, en: Area, vi: Diện tích}\n    - hobby: {type: text, en: Hobby, vi: Sở thích}\n' | crm-config apply -q - >/dev/null
printf 'name,Diện tích,Hobby\nAn,"12,5","a;b"\nAn,"12,5",\nAn,,\n' >t.csv
twice "fields of one's own" lead t.csv 3
printf 'name,Diện tích,Hobby\nBê,7,x\nBê,7,y\n' >t.csv
ok "with a key" crm-import lead t.csv --once K
crm-export all >one.jsonl
ok "the key again" crm-import lead t.csv --once K
has "is told" 'this was imported before' err
crm-export all >two.jsonl
ok "and changes nothing" cmp one.jsonl two.jsonl
ok "another key" crm-import lead t.csv --once L
is "is no other row" "$(account)" "2, created 0, updated 0, unchanged 2, duplicate 0, skipped 0, rejected 0; committed"
rm -f "$CRM_DB" "$CRM_DB"-*
vietnam
printf 'BEGIN:VCARD\nVERSION:3.0\nFN:An\nEMAIL:an@x.vn\nEMAIL:an@y.vn\nEND:VCARD\nBEGIN:VCARD\nVERSION:3.0\nFN:Anh An\nEMAIL:an@y.vn\nEND:VCARD\n' >two.vcf
ok "a further address that a row before brought" crm-import contact two.vcf --match email
is "tells who it is, though nobody had one before" "$(account)" "2, created 1, updated 0, unchanged 0, duplicate 1, skipped 0, rejected 0; committed"

# --- many at once ---
awk 'BEGIN { print "external_id,name,company"; for (i = 1; i <= 600; i++) print "E" i ",Người " i ",Cty " i % 50 }' >shared.csv
for k in 1 2 3 4 5 6 7 8; do
	crm-import lead shared.csv --system hub --match external --batch 50 2>many.$k &
done
wait
is "eight import one file: each row is created once" "$(awk -F'[ ,]+' '/read/ { n += $4; c += $6; u += $10 } END { print n, c, u }' many.?)" "4800 600 4200"
is "and none twice" "$(sql 'select count(*), count(distinct external_id) from lead')" "600|600"

# Hundreds of rows of one account that differ in nothing but the time, some of them equal.
CRM_DB=$PWD/calls.db
vietnam
crm-account add name=A -q
awk 'BEGIN { print "kind,status,done_at,account"
	for (i = 0; i < 300; i++) printf "call,done,2026-01-01T%02d:%02d:00Z,account-1\n", (i - i % 60) / 60, i - i % 2 - int(i / 60) * 60 }' >calls.csv
crm-import activity calls.csv -q
sed 's/T04/T05/' calls.csv >more.csv
is 'those that are there and those that are not are told apart' "$(crm-import activity more.csv 2>&1)" \
	'crm-import: more.csv: read 300, created 60, updated 0, unchanged 240, duplicate 0, skipped 0, rejected 0; committed'

# --- row after row: gaps, records that were written to, columns that few fill ---
vietnam
awk 'BEGIN { print "name,email,city,notes,website"
	for (i = 1; i <= 60; i++)
		printf "N%d,%s,Huế,note %d,%s\n", i, i % 2 ? "" : "n" i "@x.vn", i, i == 40 ? "https://x.vn" : "" }' >rows.csv
crm-import lead -q rows.csv
crm-lead rm lead-20 -q
crm-lead set lead-30 rating=hot -q
crm-lead set lead-45 notes= -q
ok "rows after one has gone and two were changed" crm-import lead rows.csv
is "are known but for what is not there any more" "$(account)" "60, created 2, updated 0, unchanged 58, duplicate 0, skipped 0, rejected 0; committed"
is "nothing else was written" "$(sql "select group_concat(id) from (select id from lead where rev > 1 or id > 60 order by id)")" 30,45,61,62
awk -F, -v OFS=, 'NR > 1 && NR % 3 == 0 { $3 = "Vinh" } NR == 1 || $2 != ""' rows.csv |
	cut -d, -f1-3 >moved.csv
ok "every third one has moved" crm-import lead moved.csv --match email
is "and is told from the others" "$(account)" "30, created 0, updated 10, unchanged 20, duplicate 0, skipped 0, rejected 0; committed"
is "what the rows do not mention stays" \
	"$(sql "select count(*) from lead where city = 'Vinh' and notes = 'note ' || substr(name, 2) and website is iif(name = 'N40', 'https://x.vn', null)")" 10

# While many are taken in, smaller indexes stand for those of several columns.
sqlite3 "$CRM_DB" .indexes | tr -s ' ' '\n' | sort >before
awk 'BEGIN { print "kind,status,done_at,account,subject"
	for (i = 0; i < 6000; i++) printf "call,done,2026-02-%02dT04:00:00Z,account-1,%d\n", 1 + i % 28, i }' |
	crm-import activity -q -
sqlite3 "$CRM_DB" .indexes | tr -s ' ' '\n' | sort >after
same 'and are gone afterwards' after before

# --- thousands of rows into an empty table: whom nobody has is not asked for, the others are ---
anew() {
	rm -f "$CRM_DB"*
	vietnam
}
anew
awk 'BEGIN { print "name,email,phone,notes"
	for (i = 0; i < 6000; i++) printf "N%d,n%d@x.vn,09%08d,note %d\n", i, i % 5000, i % 4500, i }' >many.csv
ok "by e-mail" crm-import lead many.csv --match email
is "the second of each is seen" "$(account)" "6000, created 5000, updated 0, unchanged 0, duplicate 1000, skipped 0, rejected 0; committed"
anew
ok "by who is known" crm-import lead many.csv --on-duplicate skip
is "they, too" "$(account)" "6000, created 4500, updated 0, unchanged 0, duplicate 0, skipped 1500, rejected 0; committed"

# --- what follows from rows of many types ---
anew
crm-account add name=Acme -q
printf 'name,account,is_primary\nMột,1,\nHai,1,true\nBa,1,\n' | crm-import contact -q
is "of many contacts the one that was chosen" "$(crm-contact list is_primary:true -f name,rev -o csv | tail -n +2)" Hai,1
crm-undo -q
printf 'name,account\nBốn,1\nNăm,1\n' | crm-import contact -q
is "the first, from the beginning" "$(crm-contact list is_primary:true -f name,rev -o csv | tail -n +2)" Bốn,1
printf 'name,account\nMột,1\nHai,1\n' | crm-import deal -q
is "each type has its own place in what was done" "$(sql "select group_concat(entity || record, ' ')
	from (select entity, record from change where change_set = (select max(change_set) from change) order by id)")" \
	"deal1 deal2 stage_change1 stage_change2 account1"
crm-undo -q
is "and all of it goes again" "$(crm-deal count) $(sql "select lifecycle, (select count(*) from stage_change) from account")" "0 before|0"
done_testing
