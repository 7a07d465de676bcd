#!/bin/sh
# Presets of crm-import: which one it is, what becomes of values that are none here, links.
. tests/lib.sh

sql() {
	sqlite3 -batch -separator '|' "$CRM_DB" "$1"
}
account() {
	sed -n 's/^crm-import: .*: read \([0-9]*, .*\)/\1/p' err
}

# --- the list ---
ok "the list wants no database" crm-import presets -o csv
has "it has names, labels, types and headers" 'linkedin,LinkedIn connections,contact;lead,"First Name, Last Name, Connected On; one of URL, Email Address, Position",' out
ok "in JSON" crm-import presets -o json
has "with lists" '"record":["contact","lead"]' out
mkdir -p config/crm/presets
cat >config/crm/presets/mine.yaml <<'X'
label: My own
record: lead
recognise: {all: [Khach, So dt]}
columns: {Khach: name, So dt: phone}
X
echo 'currency: USD' >config/crm/presets/home.yaml
crm-import presets -o csv >out
has "one's own are among them" 'mine,My own,lead,"Khach, So dt",' out
is "configurations are not" "$(grep -c '^home,' out)" 0
crm-config presets -o csv >out
has "these are where they were" 'home,' out
is "without maps" "$(grep -c 'mine\|hubspot' out)" 0

vietnam
printf 'Khách,Số ĐT\nAn,0901234567\n' >mine.csv
printf 'khach,so dt\nAn,0901234567\n' >mine.csv
ok "one's own is recognised" crm-import --preset auto mine.csv
has "and named" 'mine.csv: preset mine, as leads' err
is "its rows are in" "$(sql 'select name, phone from lead')" "An|0901234567"

# --- which one ---
printf 'Foo,Bar\n1,2\n' >x.csv
status 1 "columns of no preset" crm-import --preset auto x.csv
has "are refused" 'x.csv: no preset is for these columns' err
printf 'Record ID,Deal Name,Zig\n1,2,3\n' >x.csv
status 1 "columns that are nearly those of one" crm-import --preset auto x.csv
has "are told what is not there" 'the nearest, hubspot-deals, lacks Deal Stage|Close Date|Associated Company IDs|Associated Contact IDs' err
cp config/crm/presets/mine.yaml config/crm/presets/twin.yaml
status 1 "two that fit" crm-import --preset auto mine.csv
has "are both named" 'mine.csv: presets mine and twin are both for these columns' err
rm config/crm/presets/twin.yaml
status 2 "an unknown one" crm-import --preset linkedn x.csv
has "has its nearest named" 'there is no preset "linkedn"; did you mean linkedin?' err
status 2 "a type that it does not make" crm-import deal --preset linkedin x.csv
has "is refused" 'preset linkedin makes contacts, not deals' err
printf 'First Name,Last Name,URL,Email Address,Company,Position,Connected On\nLan,Trần,https://www.linkedin.com/in/lan,lan@x.vn,Cty A,CEO,12 Mar 2024\n' >l.csv
status 1 "a header that is not understood" crm-import contact l.csv
has "has the preset named that would" '(--preset linkedin understands these columns)' err
ok "with a type" crm-import leads --preset auto l.csv
is "the rows are of it" "$(sql "select name, company, email, title, external_id, notes from lead where email is not null")" \
	"Trần Lan|Cty A|lan@x.vn|CEO|linkedin:https://www.linkedin.com/in/lan|Connected On: 12 Mar 2024"
ok "files of two presets" crm-import --preset auto l.csv mine.csv -n
has "are each told by themselves" 'mine.csv: preset mine, as leads' err
ok "from standard input" sh -c 'crm-import --preset auto <l.csv'
ok "JSON Lines are recognised by their first record" sh -c "printf '%s\n' '{\"Khach\":\"Ba\",\"So dt\":\"0902\"}' '{\"Khach\":\"Ca\",\"So dt\":\"0903\"}' | crm-import --preset auto"
has "that is not lost" 'read 2, created 2' err
ok "a map of the user's own goes over the preset's" crm-import lead --preset linkedin l.csv --map 'Company=interest' --set source=event
is "field by field" "$(account) $(sql "select company, interest, source from lead where email is not null")" \
	"1, created 0, updated 1, unchanged 0, duplicate 0, skipped 0, rejected 0; committed Cty A|Cty A|event"
printf 'label: X\n' >config/crm/presets/bad.yaml
printf 'record: lead\nrecognise: {al: [x]}\n' >config/crm/presets/bad.yaml
status 1 "a preset that is wrong" crm-import presets
has "is named with its line" 'bad.yaml:2:13: recognise has lists of headers: all, any, none' err
rm config/crm/presets/bad.yaml

# --- a Vietnamese spreadsheet ---
fresh_db() {
	rm -f "$CRM_DB"*
	vietnam
}
fresh_db
cat >kh.csv <<'X'
STT;HỌ VÀ TÊN;Số điện thoại;Email;Zalo;Địa chỉ;Ngày sinh;Mã số thuế;Công ty;Nguồn;Ngân sách;Ghi chú;Người phụ trách;Cỡ áo
1;Nguyễn Thị Lan;0912 345 678 / 024 3826 1234;lan@minhanh.vn;0912345678;12 Lê Lợi, P. Bến Nghé, Q.1, TP.HCM;28/3;0301234567;Công ty TNHH Minh Anh;Hội chợ;17.525.000;gọi lại;Trần Văn Ba;XL
2;Lê Văn Bình;0987 654 321;;;;15/8/1990;;;Báo giấy;;;;
X
ok "a Vietnamese spreadsheet" crm-import --preset auto kh.csv
has "is recognised" 'kh.csv: preset vietnam, as leads' err
is "field by field" "$(sql "select name, phone, email, zalo, street, ward, district, city, company, source, budget, birth_date, tax_code from lead where id = 1")" \
	"Nguyễn Thị Lan|0912 345 678|lan@minhanh.vn|0912345678|12 Lê Lợi|Phường Bến Nghé|Quận 1|Hồ Chí Minh|Công ty TNHH Minh Anh|event|17525000|--03-28|0301234567"
is "the second number is an identity" "$(sql "select phone, lead from identity")" "024 3826 1234|1"
is "what has no field is in the notes" "$(sql "select notes from lead where id = 1")" "gọi lại
Cỡ áo: XL
owner: Trần Văn Ba"
has "an owner who is not here is told" 'owner: "Trần Văn Ba" is not known here; 1 row kept it in notes' err
has "a source that is none too" 'source: "Báo giấy" is not known here; 1 row kept it in notes' err
is "and kept" "$(sql "select notes from lead where id = 2")" "Nguồn: Báo giấy"
crm-user add login=ba name='Trần Văn Ba' -q
ok "once the owner is here" crm-import --preset auto kh.csv
is "the lead is his, and the note is gone" "$(account) $(sql "select login, instr(notes, 'owner') from lead join user on user.id = lead.owner where lead.id = 1")" \
	"2, created 0, updated 1, unchanged 1, duplicate 0, skipped 0, rejected 0; committed ba|0"
fresh_db
ok "as contacts" crm-import contact --preset auto kh.csv --create-missing user
is "with birthday, company and tax code" "$(sql "select c.name, c.birth_date, a.name, a.tax_code from contact c left join account a on a.id = c.account order by c.id")" \
	"Nguyễn Thị Lan|--03-28|Công ty TNHH Minh Anh|0301234567
Lê Văn Bình|1990-08-15||"
is "and the owner made" "$(sql "select login, user.name from contact join user on user.id = contact.owner")" "tran.van.ba|Trần Văn Ba"

# --- names as they are written here, and elsewhere ---
printf 'First Name,Middle Name,Last Name,Labels,E-mail 1 - Value\nLan,Thị,Trần,* myContacts ::: VIP,lan@g.vn\n' >g.csv
ok "Google, family name first" crm-import --preset auto g.csv
is "is a Vietnamese name" "$(sql "select name, first_name, last_name, tags from contact where email = 'lan@g.vn'")" "Trần Thị Lan|Lan|Trần Thị|;VIP;"
rm -f "$CRM_DB"*
crm-init --currency USD --timezone UTC --region US -q
sed 's/Lan,Thị,Trần/John,Paul,Smith/' g.csv >h.csv
ok "Google, given name first" crm-import --preset auto h.csv
is "is an English one" "$(sql "select name, first_name, last_name from contact")" "John Paul Smith|John Paul|Smith"
CRM_LANG='vi' crm-import presets -o table >out
has "labels in Vietnamese" 'Danh bạ Google' out
fresh_db

# --- two people with one telephone ---
printf 'Họ tên,SĐT,Ghi chú\nAn,0901 111 222,x\nBa,0901 111 222,y\n' >two.csv
ok "a number that two share" crm-import --preset auto two.csv
is "is that of two" "$(account)" "2, created 2, updated 0, unchanged 0, duplicate 0, skipped 0, rejected 0; committed"
sed 's/,y/,z/' two.csv >three.csv
ok "and when they come again" crm-import --preset auto three.csv
is "each is himself" "$(account) $(sql "select name, notes from lead order by id" | tr '\n' ' ')" \
	"2, created 0, updated 1, unchanged 1, duplicate 0, skipped 0, rejected 0; committed An|x Ba|z "

# --- what the command line says of a field that has several values ---
fresh_db
printf 'Họ tên,SĐT,Điện thoại,Fax\nAn,0901 111 222 / 0901 333 444,0901 555 666,0901 777 888\n' >many.csv
ok "another column in its place" crm-import --preset auto many.csv --map Fax=phone
is "loses none of them" "$(sql "select phone from lead; select phone from identity order by id" | tr '\n' ' ')" "0901 777 888 0901 111 222 0901 333 444 0901 555 666 "
status 2 "the whole database" crm-import all --preset auto many.csv
has "has no preset" '--preset is about one record type' err

# --- Facebook ---
fresh_db
cat >fb.csv <<'X'
id,created_time,ad_id,campaign_id,campaign_name,form_id,platform,bạn_cần_gì?,full_name,phone_number,email,lead_status
l:101,2026-11-20T09:30:00+07:00,ag:1,c:2,Tết 2027,f:3,ig,máy lạnh,Đỗ An,p:+84901234567,an@x.vn,CREATED
l:102,2026-11-20T09:31:00+07:00,ag:1,c:2,Tết 2027,f:3,fb,<test lead: dummy data for bạn_cần_gì>,<test lead: dummy data for full_name>,p:<test lead: dummy data for phone_number>,test@fb.com,CREATED
X
ok "Facebook's leads" crm-import --preset auto fb.csv
is "test leads are passed over, and counted" "$(account)" "2, created 1, updated 0, unchanged 0, duplicate 0, skipped 1, rejected 0; committed"
is "prefixes go, campaigns come" "$(sql "select l.external_id, l.name, phone, l.created_at, source, l.status, c.name from lead l join campaign c on c.id = l.campaign")" \
	"facebook:101|Đỗ An|+84901234567|2026-11-20T02:30:00Z|facebook|new|Tết 2027" 
has "answers are in the notes" "bạn_cần_gì?: máy lạnh" "$(sql 'select notes from lead' >notes; echo notes)"

# --- HubSpot: three files, linked by their numbers ---
fresh_db
printf 'Record ID,Company name,Company Domain Name,Company owner\n55,Cty An,an.vn,\n' >co.csv
printf 'Record ID,First Name,Last Name,Email,Lifecycle Stage,Associated Company,Associated Company IDs\n7,Lan,Trần,lan@an.vn;lan2@an.vn,Customer,Cty An,55\n8,Bo,Lê,,Lead,Cty Bé,56\n' >pe.csv
printf 'Record ID,Deal Name,Deal Stage,Amount,Close Date,Associated Company,Associated Company IDs,Associated Contact IDs\n90,Big,closedwon,100000,2026-10-01 09:00,Cty An,55,7;8\n91,Lost one,closedlost,5000,2026-10-02 09:00,Cty An,55,\n92,Odd,my own stage,1,2026-12-24 09:00,Cty Bé,56,8\n' >de.csv
for f in pe co de; do
	ok "HubSpot: $f" crm-import --preset auto $f.csv
done
is "people and companies, whichever came first" "$(sql "select c.external_id, c.name, c.email, a.name, a.external_id, a.website from contact c join account a on a.id = c.account order by c.id")" \
	"hubspot:7|Trần Lan|lan@an.vn|Cty An|hubspot:55|an.vn
hubspot:8|Lê Bo||Cty Bé|hubspot:56|"
is "deals with stage, day and links" "$(sql "select d.external_id, stage, closed_at, expected_close, a.name, c.name, lost_reason from deal d join account a on a.id = d.account left join contact c on c.id = d.contact order by d.id")" \
	"hubspot:90|won|2026-10-01T02:00:00Z|2026-10-01|Cty An|Trần Lan|
hubspot:91|lost|2026-10-02T02:00:00Z|2026-10-02|Cty An||other
hubspot:92|discovery||2026-12-24|Cty Bé|Lê Bo|"
is "what was cut off, or is no value, is kept" "$(sql "select external_id, description from deal order by id")" \
	"hubspot:90|Associated Contact IDs: 7;8
hubspot:91|Deal Stage: closedlost
hubspot:92|Deal Stage: my own stage"
printf 'Record ID,Deal Name,Deal Stage,Close Date,Associated Company IDs\n93,Lone,closedwon,2026-10-01,77\n' >lone.csv
status 1 "a deal of a company that is not here" crm-import --preset auto lone.csv
has "is refused with the reason" ': account: there is no account "hubspot:77", and a deal needs an account or a contact' err
ok "--create-missing keeps its place" crm-import --preset auto lone.csv --create-missing account
printf 'Record ID,Company name,Company Domain Name\n77,Cty Lone,l.vn\n' >co2.csv
ok "until it comes" crm-import --preset auto co2.csv
is "and is that one" "$(sql "select a.name from deal d join account a on a.id = d.account where d.external_id = 'hubspot:93'") $(account)" \
	"Cty Lone 1, created 0, updated 1, unchanged 0, duplicate 0, skipped 0, rejected 0; committed"

# --- the industries of HubSpot, its older exports, and those with the companies of people ---
fresh_db
printf 'Company ID,Company name,Industry\n1,A,COMPUTER_SOFTWARE\n2,B,Computer Software\n3,C,Airlines/Aviation\n4,D,Banking\n5,E,PERFORMING_ARTS\n' >ind.csv
ok "HubSpot's codes and words" crm-import --preset auto ind.csv
is "are the industries of here" "$(sql "select group_concat(coalesce(industry, description), ' ') from (select * from account order by id)")" "software software transportation banking Industry: PERFORMING_ARTS"
printf 'Record ID - Contact,First Name,Company Name,Lifecycle Stage,Record ID - Company,Company name\n7,Lan,mine,Lead,1,A\n8,Bo,,Lead,9,Cty Bé\n' >assoc.csv
ok "people with their companies" crm-import --preset auto assoc.csv
is "are of these" "$(sql "select c.external_id, a.external_id, a.name, c.description from contact c join account a on a.id = c.account order by c.id")" \
	"hubspot:7|hubspot:1|A|Company Name: mine
Lifecycle Stage: Lead
hubspot:8|hubspot:9|Cty Bé|Lifecycle Stage: Lead"
printf 'Record ID,First Name,Lifecycle Stage\n1.11015E+11,Lan,Lead\n1.11015E+11,Bo,Lead\n' >cut.csv
status 1 "numbers that a spreadsheet rounded" crm-import --preset auto cut.csv
has "are those of nobody" 'cut.csv:2: external_id: "hubspot:1.11015E+11" is what a spreadsheet left of a long number' err

fresh_db
printf 'Record ID,First Name,Last Name,Email,Phone Number,Associated Company IDs,Original Source\n8001,Priya,Example,p@x.vn,,9001,ORGANIC_SEARCH\n8002,,,t@x.vn,,,Organic search\n' >src.csv
ok "HubSpot's sources" crm-import --preset auto src.csv
is "are known by their codes and by their words" "$(sql 'select source from contact order by id' | tr '\n' ' ')" "website website "
printf 'Record ID,First Name,Last Name,Email,Phone Number,Job Title,Associated Company IDs\n8003,Grace,Example,g@x.vn,,Manager,9003\n' >few.csv
ok "people of HubSpot with nothing but the numbers of companies" crm-import --preset auto few.csv
has "are recognised" 'preset hubspot-contacts, as contacts' err
printf 'Person - First name,Person - Last name,Person - Email - Work,Person - Job title\nPasi,Laine,pasi@x.vn,CEO\n' >first.csv
ok "people of Pipedrive without whole names" crm-import --preset auto first.csv
is "are themselves" "$(sql "select last_name, first_name, title from contact where email = 'pasi@x.vn'")" "Laine|Pasi|CEO"

# --- SuiteCRM's further addresses; accounts of Salesforce that are persons ---
printf 'First Name,Last Name,ID,Department,Email Address,Non Primary E-mails,Primary Address Street\nLan,Trần,s1,,lan@x.vn,lan2@x.vn;lan3@x.vn,\n' >suite.csv
ok "SuiteCRM's other addresses" crm-import --preset auto suite.csv
is "are the person's" "$(sql "select group_concat(email, ' ') from identity")" "lan2@x.vn lan3@x.vn"
printf 'Id,Name,LastName,FirstName,BillingStreet,BillingCity,Phone,IsPersonAccount,PersonEmail,PersonBirthdate\n001A,Cty Sf,,,1 Phố,Hà Nội,,false,,\n001B,Ann Low,Low,Ann,,,,true,ann@x.vn,1990-05-01\n' >person.csv
ok "Salesforce's persons" crm-import --preset auto person.csv
has "are accounts" 'preset salesforce-accounts, as accounts' err
is "and persons" "$(sql "select kind, name, first_name, last_name, email, birth_date from account where external_id like 'salesforce%' order by id")" "org|Cty Sf||||
person|Ann Low|Ann|Low|ann@x.vn|1990-05-01"

printf 'Id,LastName,AccountId,Phone,HomePhone,Fax\n003A,Low,,+84901234561,+84901234562,+84901234563\n' >kinds.csv
ok "a person's numbers" crm-import --preset auto kinds.csv
is "are what their columns say" "$(crm-contact list external_id:salesforce:003A -o vcf | tr -d '\r' | grep TEL)" "TEL;TYPE=pref:+84901234561
TEL;TYPE=home:+84901234562
TEL;TYPE=fax:+84901234563"

# --- what belongs to none of them ---
for columns in 'Name,Email,Financial Status,Billing Street,Billing City,Phone,Id' 'id,name,email,phone' 'id,name,phone,type' \
	'name,company,website,email' 'Id,CampaignId,LeadId,Status,FirstName,LastName,Email'; do
	echo "$columns" >none.csv
	status 1 "a file with $columns" crm-import --preset auto none.csv
	has "is nobody's" 'no preset is for these columns' err
done

# --- columns of one group are taken together, whatever stands before the word ---
printf 'Vorname,Nachname,E-Mail-Adresse,Straße geschäftlich,Ort geschäftlich,Region geschäftlich,Straße privat,Ort privat,Bundesland/Kanton privat\nIda,Ott,ida@x.de,,Bonn,,Am Tor 1,Ulm,Bayern\n' >group.csv
ok "a German address book" crm-import --preset auto group.csv
is "has no address of both places" "$(sql "select street, city, region, description from contact where email = 'ida@x.de'")" "|Bonn||Straße privat: Am Tor 1
Ort privat: Ulm
Bundesland/Kanton privat: Bayern"

# --- Odoo's rows without a parent, EspoCRM's apostrophes and arrays ---
printf 'External ID,Name,Is a Company,Website,Contacts/Name,Contacts/Email\nr1,Cty Odoo,True,,An,an@o.vn\n,,,,Ba,ba@o.vn\nr2,Cty Hai,True,,,\n' >od.csv
ok "a parent's further rows" crm-import --preset auto od.csv
is "are of it" "$(sql "select c.name, a.name from contact c join account a on a.id = c.account where c.email like '%o.vn' order by c.id")" "An|Cty Odoo
Ba|Cty Odoo"
ok "again" crm-import --preset auto od.csv
is "they are the same" "$(account)" "3, created 0, updated 0, unchanged 3, duplicate 0, skipped 0, rejected 0; committed"
printf '%s\n' "id,firstName,lastName,emailAddress,phoneNumber,status,tags" "e1,Mai,Vũ,mai@e.vn,'+84 90 123 4567,New,\"[\"\"vip\"\",\"\"hà nội\"\"]\"" >es.csv
printf 'columns: {tags: {field: tags, list: ","}}\n' >tags.yaml
ok "EspoCRM's cells" crm-import --preset auto es.csv --map tags.yaml
is "are read as they were meant" "$(sql "select phone, tags, external_id from lead where email = 'mai@e.vn'")" "+84 90 123 4567|;hà nội;vip;|espocrm:e1"

# --- address books: what no field takes is a property of the card ---
fresh_db
cat >groups.csv <<'X'
First Name,Middle Name,Last Name,Name Prefix,Name Suffix,Nickname,Labels,Notes,E-mail 1 - Label,E-mail 1 - Value,E-mail 2 - Label,E-mail 2 - Value,Phone 1 - Label,Phone 1 - Value,Phone 2 - Label,Phone 2 - Value,Address 1 - Label,Address 1 - Street,Address 1 - City,Address 1 - Extended Address,Address 2 - Label,Address 2 - Street,Address 2 - City,Relation 1 - Label,Relation 1 - Value,Relation 2 - Label,Relation 2 - Value,Website 1 - Label,Website 1 - Value,Event 1 - Label,Event 1 - Value,Custom Field 1 - Label,Custom Field 1 - Value
Lan,Thị,Trần,Ms,,"Tí; con, út",* myContacts ::: VIP,"một
hai",* Work,lan@g.vn,Nhà mẹ,lan2@g.vn,Mobile,0901234567 ::: 0907654321,* Home Fax,02438251234,Home,"1 Hàng Bài, tầng 2; cửa sau",Hà Nội,,Bố mẹ,"2 Lê Lợi
ngõ 3",Huế,Spouse,"Nam, Lê",Hàng xóm,Bảy,Blog,"https://lan.vn/a,b;c?x=1:2",Anniversary,2010-05-01,Cỡ áo,XL
Bình,,Lê,Bà,Jr.,,* myContacts,,,binh@g.vn,,,,,,,Work,3 Phố Huế,Hà Nội,,,,,,,,,,,,,,
X
ok "Google's numbered groups" crm-import --preset auto groups.csv
is "are lines of the card, but what no card has" "$(sql "select description from contact order by id")" 'một
hai
Custom Field 1 - Label: Cỡ áo
Custom Field 1 - Value: XL
NICKNAME:Tí\; con\, út
ADR;TYPE=home:;;1 Hàng Bài\, tầng 2\; cửa sau;Hà Nội;;;
ADR;X-ABLABEL="Bố mẹ":;;2 Lê Lợi\nngõ 3;Huế;;;
URL;TYPE=blog:https://lan.vn/a,b;c?x=1:2
ANNIVERSARY:2010-05-01
X-SPOUSE:Nam\, Lê
X-ABRELATEDNAMES;X-ABLABEL="Hàng xóm":Bảy
N:Lê;Bình;;Bà;Jr.'
is "labels say what numbers are" "$(sql "select coalesce(phone, email), note from identity order by id")" "lan@g.vn|work
lan2@g.vn|Nhà mẹ
0907654321|cell
02438251234|home fax"
is "the first mobile one is the field's" "$(sql "select mobile from contact where mobile is not null")" 0901234567
ok "again" crm-import --preset auto groups.csv
is "nothing is new" "$(account)" "2, created 0, updated 0, unchanged 2, duplicate 0, skipped 0, rejected 0; committed"
cat >groups.vcf <<'X'
BEGIN:VCARD
VERSION:3.0
FN:Trần Thị Lan
N:Trần Thị;Lan;;Ms.;
NICKNAME:Tí\; con\, út
NOTE:một\nhai\nCustom Field 1 - Label: Cỡ áo\nCustom Field 1 - Value: XL
EMAIL;TYPE=work:lan@g.vn
EMAIL:lan2@g.vn
TEL;TYPE=cell:0901234567
TEL;TYPE=cell:0907654321
TEL;TYPE=homefax:02438251234
ADR;TYPE=home:;;1 Hàng Bài\, tầng 2\; cửa sau;Hà Nội
ADR:;;2 Lê Lợi\nngõ 3;Huế
X-SPOUSE:Nam\, Lê
X-ABRELATEDNAMES:Bảy
ANNIVERSARY:2010-05-01
URL;TYPE=blog:https://lan.vn/a,b;c?x=1:2
CATEGORIES:VIP
END:VCARD
BEGIN:VCARD
VERSION:3.0
FN:Lê Bình
N:Lê;Bình;;Mrs.;Jr.
EMAIL:binh@g.vn
ADR;TYPE=work:;;3 Phố Huế;Hà Nội
END:VCARD
X
carries() { # every line of the cards in $1; of records of type $2
	for version in 3.0 4.0; do
		crm-export "$2" -o vcf --vcard $version >cards.vcf
		is "all that $1 says is in cards of $2s in $version" \
			"$(python3 "$root/tests/vcard_missing.py" "$1" cards.vcf)" ''
	done
}
carries groups.vcf contact
is "an address at work goes into the fields alone" "$(crm-export contact -o vcf | grep -c '3 Phố Huế')" 1
crm-import --preset auto groups.csv --map 'Nickname=department,Relation 1 - Value=' -q
is "a user's own map comes first" "$(sql "select department, instr(description, 'NICKNAME'), instr(description, 'Nam') from contact where id = 1")" "Tí; con, út|0|0"

# --- files that others wrote ---
if [ -d "$data/roundcube" ]; then
	fresh_db
	for f in gmail outlook tb_plain; do
		for type in contact lead; do
			fresh_db
			ok "roundcube's $f.csv as a $type" crm-import $type --preset auto "$data/roundcube/$f.csv"
			carries "$data/roundcube/$f.vcf" $type
		done
	done
	fresh_db
	for f in gmail outlook tb_plain; do
		ok "roundcube's $f.csv" crm-import --preset auto "$data/roundcube/$f.csv"
		is "$f: came in" "$(account)" "1, created 1, updated 0, unchanged 0, duplicate 0, skipped 0, rejected 0; committed"
		ok "$f: again" crm-import --preset auto "$data/roundcube/$f.csv"
		is "$f: nothing new" "$(account)" "1, created 0, updated 0, unchanged 1, duplicate 0, skipped 0, rejected 0; committed"
	done
	# all that the files have but Outlook's first address, and the mobile numbers of Google and Thunderbird, which are fields
	is "addresses and numbers, with what they are" "$(sql "select count(*), count(note) from identity")" "18|14"
	is "names, birthdays, companies" "$(sql "select c.name, c.birth_date, a.name from contact c left join account a on a.id = c.account order by c.id")" \
		"Prefix Firstname Middle Lastname Suffix|1975-12-12|company
test1@domain.tld||
Displayname|1970-11-15|Organization"
else
	echo "# no $data/roundcube"
fi
if [ -d "$data/salesforce" ]; then
	fresh_db
	for f in Accounts Contacts Opportunities; do
		ok "Salesforce's tree: $f" crm-import --preset auto "$data/salesforce/$f.json"
		ok "$f: again" crm-import --preset auto "$data/salesforce/$f.json"
		has "$f: nothing new" "created 0, updated 0" err
	done
	python3 - "$data/salesforce" >wanted <<'X'
import json, sys
def records(name): return json.load(open(f'{sys.argv[1]}/{name}.json'))['records']
names = {'@' + r['attributes']['referenceId']: r['Name'] for r in records('Accounts')}
rows = [r['LastName'] + '|' + names[r['AccountId']] for r in records('Contacts')]
rows += [f"{r['Name']}|{names[r['AccountId']]}|{r['Amount']}" for r in records('Opportunities')]
print('\n'.join(rows))
X
	is "the tree came with its links" "$(sql "select c.last_name, a.name from contact c join account a on a.id = c.account order by c.id; select d.name, a.name, amount from deal d join account a on a.id = d.account order by d.id")" "$(cat wanted)"
else
	echo "# no $data/salesforce"
fi
if [ -d "$data/vietnam" ]; then
	fresh_db
	ok "a phone book" crm-import --preset auto "$data/vietnam/phonebook_sample_import.csv"
	is "with its groups" "$(sql "select count(*) from contact; select tags from contact where email = 'phamthid@gmail.com'")" "5
;Important;Khách hàng;VIP;"
else
	echo "# no $data/vietnam"
fi
printf '{"records":[{"a":1},{"a":2}]\n' >open.json
status 1 "an object of records that does not end" crm-import lead open.json --map a=name
has "is told" 'no } behind the array of records' err
rm -f "$CRM_DB" "$CRM_DB"-*
crm-init --region US -q
printf 'First Name,Last Name,Labels,Phone 1 - Label,Phone 1 - Value,Phone 2 - Label,Phone 2 - Value\nAn,Fax,,Work Fax,+12025550101,Mobile,+12025550102\nBo,Only,,Pager,+12025550103,,\n' >g.csv
ok "a fax before the telephone" crm-import contact g.csv --preset auto -q
is "is not what one rings, nor is a pager" "$(sql 'select name, mobile, phone from contact order by id')" "An Fax|+12025550102|
Bo Only||"
is "but kept" "$(sql "select contact, phone, note from identity where note <> 'cell' order by id")" "1|+12025550101|work fax
2|+12025550103|pager"

# --- one address for all whom a buyer has bought tickets for; an event that was cancelled ---
fresh_db
cat >attendees.csv <<'X'
Order #,Order Date,First Name,Last Name,Email,Quantity,Ticket Type,Attendee #,Attendee Status,Company
112,2024-11-29 22:28,John,Doe,john@x.vn,1,General Admission,1844,Attending,Acme
112,2024-11-29 22:28,Jane,Doe,john@x.vn,1,General Admission,1845,Attending,Acme
X
ok "attendees" crm-import --preset auto attendees.csv
is "are two of one address" "$(sql "select c.first_name || ' ' || c.last_name, c.email, a.name, c.description like '%Attendee #: 184_%' from contact c join account a on a.id = c.account order by c.id")" \
	"John Doe|john@x.vn|Acme|1
Jane Doe|john@x.vn|Acme|1"
cat >events.csv <<'X'
Invitee Name,Invitee Email,Event Type Name,Start Date & Time,End Date & Time,Canceled,Event UUID,Invitee UUID
Dana Poe,dana@x.vn,Demo,2025-03-03 11:00 am,2025-03-03 11:30 am,false,e1,i1
Dana Poe,dana@x.vn,Demo,2025-03-04 02:00 pm,2025-03-04 02:30 pm,true,e2,i2
X
ok "appointments" crm-import --preset auto events.csv
is "with their hours, and those that were cancelled" "$(sql "select a.external_id, kind, subject, a.status, started_at, c.name from activity a join contact c on c.id = a.contact order by a.id")" \
	"calendly:i1|meeting|Demo|planned|2025-03-03T04:00:00Z|Dana Poe
calendly:i2|meeting|Demo|cancelled|2025-03-04T07:00:00Z|Dana Poe"
cat >tickets.csv <<'X'
Ticket ID,Subject,Status,Priority,Source,Type,Agent,Created time,Resolved time,Closed time,Initial response time,Customer interactions,Tags,Full name,Email,Contact ID
101,Cannot log in,Closed,Medium,Email,Incident,Ann,2024-05-01 09:10:11,2024-05-02 10:00:00,2024-05-03 10:00:00,2024-05-01 09:40:00,1,"login,vip",Dana Poe,dana@x.vn,7
102,Where is it,Waiting on Third Party,Urgent,Phone,,No Agent,2024-05-02 09:10:11,,,,1,,Bo Lee,,8
X
ok "tickets" crm-import --preset auto tickets.csv
is "with their hours, and by whom" "$(sql "select t.external_id, t.status, priority, channel, kind, opened_at, first_response_at, resolved_at, t.closed_at, t.tags, c.name from ticket t join contact c on c.id = t.contact order by t.id")" \
	"freshdesk:101|closed|normal|email|incident|2024-05-01T02:10:11Z|2024-05-01T02:40:00Z|2024-05-02T03:00:00Z|2024-05-03T03:00:00Z|;login;vip;|Dana Poe
freshdesk:102|pending|urgent|call|question|2024-05-02T02:10:11Z|||||Bo Lee"
is "what has no value here is kept" "$(sql "select description from ticket where external_id = 'freshdesk:102'")" \
	"Status: Waiting on Third Party
Source: Phone
Customer interactions: 1
Contact ID: 8"

# --- a hundred rules, of which each may be of any of tens of thousands of columns ---
awk 'BEGIN {
	printf "First Name,Last Name,E-mail 1 - Value"
	for (i = 0; i < 40000; i++) printf ",X%d", i
	printf "\nAn,Nguyễn,an@x.vn"
	for (i = 0; i < 40000; i++) printf ","
	print ""
}' >wide.csv
if [ -z "${SAN:-}" ] && ! nm "$(command -v crm-import)" 2>/dev/null | grep -q __asan; then
	ok "a wide header in 200 MB" sh -c 'ulimit -v 200000; crm-import contact --preset google-contacts wide.csv'
	is "is read" "$(crm-contact count email:an@x.vn)" 1
fi
done_testing
