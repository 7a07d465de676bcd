#!/bin/sh
# crm-convert: where everything goes, who is found, what is refused.
. tests/lib.sh

vietnam

everything() { # the whole database, to see whether anything changed
	for type in lead account contact deal activity; do
		crm-$type list -f '+rev,*' -o csv
	done
}
field() { # RECORD FIELD
	crm-"${1%-*}" show "$1" -f "$2" -o tsv | tail -1
}

# An organisation's lead
printf '%s\n' name expo26 | crm-import campaign -q
crm-lead add name='Trần Thị Minh' title='Giám đốc' company='Công ty Minh Anh' \
	phone='090 123 4567' email=minh@minhanh.vn budget=15tr interest='Máy bơm' need='bơm nước' \
	source=zalo tags='vip;expo' owner=lan do_not_sms=true do_not_sms_source='phone call' \
	street='12 Lê Lợi' ward='Bến Nghé' city='TP. HCM' postal_code=70000 industry=machinery \
	employees=40 annual_revenue=2tỷ tax_code=0312345678 notes='gặp ở hội chợ' campaign=expo26 \
	founded_on=2001-05-17 website=https://minhanh.vn -q
for kind in call email meeting sms chat visit letter note; do
	crm-activity add lead=1 kind=$kind subject="$kind" -q
done
crm-activity add lead=1 kind=task due_at=2026-12-01 subject=task -q
everything >before
ok 'the plan of -n' crm-convert lead-1 -n
cp out plan
everything >after
same '-n writes nothing' after before
cat >wanted <<'END'
{"lead":"lead-1","name":"Trần Thị Minh","account":{"action":"create","ref":"account-1","matched_by":null,"fields":{"name":"Công ty Minh Anh","kind":"org","industry":"machinery","employees":40,"annual_revenue":2000000000,"website":"https://minhanh.vn","email":"minh@minhanh.vn","phone":"090 123 4567","billing_street":"12 Lê Lợi","billing_ward":"Bến Nghé","billing_city":"TP. HCM","billing_postal_code":"70000","tax_code":"0312345678","founded_on":"2001-05-17","owner":"lan","source":"zalo","campaign":"campaign-1","do_not_call":false,"do_not_email":false,"do_not_sms":true,"do_not_sms_at":"2026-11-21T02:30:00Z","do_not_sms_source":"phone call","do_not_sms_by":"ADMIN","do_not_zalo":false,"description":"gặp ở hội chợ","tags":["expo","vip"]},"conflicts":[],"same_name":[],"same_phone":[],"suggest":[]},"contact":{"action":"create","ref":"contact-1","matched_by":null,"fields":{"name":"Trần Thị Minh","title":"Giám đốc","account":"account-1","email":"minh@minhanh.vn","phone":"090 123 4567","street":"12 Lê Lợi","ward":"Bến Nghé","city":"TP. HCM","postal_code":"70000","owner":"lan","source":"zalo","do_not_call":false,"do_not_email":false,"do_not_sms":true,"do_not_sms_at":"2026-11-21T02:30:00Z","do_not_sms_source":"phone call","do_not_sms_by":"ADMIN","do_not_zalo":false,"description":"gặp ở hội chợ","tags":["expo","vip"]},"conflicts":[],"same_name":[],"same_phone":[],"suggest":[]},"deal":{"action":"create","ref":"deal-1","matched_by":null,"fields":{"name":"Công ty Minh Anh – Máy bơm","account":"account-1","contact":"contact-1","lead":"lead-1","amount":15000000,"expected_close":"2026-12-31","owner":"lan","source":"zalo","campaign":"campaign-1","type":"new","need":"bơm nước","budget":15000000,"interest":"Máy bơm","description":"gặp ở hội chợ","tags":["expo","vip"]},"conflicts":[],"same_name":[],"same_phone":[],"suggest":[]},"activities":9}
END
sed "s/\"ADMIN\"/\"$(id -un)\"/g" wanted >wanted.mine
same 'is what will be done, field by field' plan wanted.mine

ok 'convert' crm-convert lead-1 -o csv -f id,name,account,contact,lead,stage,amount,budget,expected_close,owner
cat >wanted <<'END'
id,name,account,contact,lead,stage,amount,budget,expected_close,owner
deal-1,Công ty Minh Anh – Máy bơm,account-1,contact-1,lead-1,discovery,15000000,15000000,2026-12-31,lan
END
same 'prints the deal' out wanted
is 'the lead keeps what became of it' \
	"$(crm-lead show 1 -f status,converted_at,account,contact,deal -o csv | tail -1)" \
	converted,2026-11-21T02:30:00Z,account-1,contact-1,deal-1
is 'activities of every kind are linked, and keep their lead' \
	"$(crm-activity list -f lead,account,contact,deal -o csv | sed 1d | sort | uniq -c | sed 's/^ *//')" \
	'9 lead-1,account-1,contact-1,deal-1'
is 'none was copied' "$(crm-activity count)" 9
is 'the new account knows when it was contacted' "$(field account-1 last_contacted_at)" 2026-11-21T02:30:00Z
is 'and when it will be' "$(field account-1 next_contact_at)" 2026-11-30T17:00:00Z
is 'one change set' "$(python3 -c "
import sqlite3
print(*sqlite3.connect('crm.db').execute('''select count(distinct change_set) from change
  where entity in ('account', 'contact', 'deal')''').fetchone())")" 1

# Refusals
refused() { # NAME MESSAGE ARGUMENT…
	name=$1 message=$2
	shift 2
	everything >before
	status 1 "$name" "$@"
	is "$name: message" "$(head -1 err)" "crm-convert: $message"
	is "$name: nothing on stdout" "$(cat out)" ''
	everything >after
	same "$name: nothing written" after before
}
refused 'a second conversion' 'lead-1: converted already into account-1, contact-1, deal-1' \
	crm-convert lead-1
crm-lead add name=Xong phone=0955555555 -q
crm-lead disqualify lead-2 no_need -q
refused 'a disqualified lead' \
	'lead-2: it is disqualified (no_need); give it another status first' crm-convert lead-2
refused 'one that is not there' 'there is no lead-99' crm-convert lead-99
status 2 'a wrong way' crm-convert lead-1 --deal match
has 'says why' '--deal: new, none, or a deal; deals are not matched' err
status 2 'nothing to become' crm-convert lead-1 --account none --contact none
status 2 'a field that does not exist' crm-convert lead-1 --overwrite fone
has 'is named' 'no field "fone" of a lead goes anywhere; did you mean phone?' err
status 2 'consent is never overwritten' crm-convert lead-1 --overwrite do_not_call
status 2 'options of new deals want one' crm-convert lead-1 --deal none --stage proposal
status 1 'a named account that is not there' crm-convert lead-1 --account account-77
is 'is named' "$(cat err)" 'crm-convert: --account: there is no account-77'
status 2 'the plan is jsonl' crm-convert -n -o csv lead-1

# A person alone
crm-lead add first_name=An last_name='Nguyễn Văn' salutation=anh mobile='0912 345 678' \
	birth_date=--05-17 street='1 Hàng Bài' city='Hà Nội' -q
ok 'a person becomes an account alone' crm-convert lead-3 -o csv -f account.kind,account.name,contact
is 'of kind person' "$(tail -1 out)" 'person,Nguyễn Văn An,'
is 'with what a contact would have' \
	"$(crm-account show 2 -f first_name,last_name,salutation,birth_date,mobile,billing_street,billing_city -o csv | tail -1)" \
	'An,Nguyễn Văn,anh,--05-17,0912 345 678,1 Hàng Bài,Hà Nội'
crm-lead add email=chi.le@example.com -q
ok 'who has but an address' crm-convert lead-4 -o csv -f name
is 'is called by it' "$(tail -1 out)" chi.le
crm-lead add company='Chỉ Có Tên' -q
ok 'a company without a person' crm-convert lead-5 -o csv -f account.name,contact
is 'gets no contact' "$(tail -1 out)" 'Chỉ Có Tên,'

# Matching
match() { # NAME ACCOUNT CONTACT ASSIGNMENT…: of a new lead's plan
	name=$1 wanted="$2 $3"
	shift 3
	crm-lead add "$@" -o refs >lead
	crm-convert -n <lead 2>err | python3 -c "
import json, sys
p = json.loads(sys.stdin.readline())
def says(x): return '%s/%s/%s' % (x['action'], x['ref'] if x['action'] == 'link' else '', x['matched_by'] or '')
print(says(p['account']), says(p['contact']))" >got
	is "$name" "$(cat got)" "$wanted"
	crm-lead rm -q <lead
}
match 'by phone in another spelling' link/account-1/phone link/contact-1/phone \
	name=Minh company='Tên Khác' mobile=+84901234567
match 'phone before e-mail' link/account-1/phone link/contact-1/phone \
	name=Minh company=X phone=0901234567 email=chi.le@example.com
match 'by e-mail' link/account-1/'e-mail address' link/contact-1/'e-mail address' \
	name=Minh company=X phone=0900000000 email=MINH@minhanh.vn
match 'by tax code' link/account-1/'tax code' create// name=Khác company=X tax_code='031 234 5678'
match 'a branch is another one' create// create// name=Khác company=X tax_code=0312345678-001
match 'a name alone only suggests' create// create// name=Khác company='CONG TY MINH ANH'
has 'and says so' 'the same name have: account-1; --account REF would link to one' err
match 'a person by the account' link/account-2/phone none// name='Nguyễn Văn An' phone=0912345678
match 'a person who is a contact is not made an account' link/account-1/phone link/contact-1/phone \
	name='Trần Thị Minh' phone=0901234567
crm-contact add name='Không Công Ty' phone=0933333333 -q
match 'a contact without account' none// link/contact-2/phone name='Không Công Ty' phone=0933333333
match 'the contact tells the account' link/account-2/ link/contact-3/phone \
	name=Con company=Y phone="$(crm-contact add name=Con account=account-2 phone=0944444444 -f phone -o csv | tail -1)"


crm-account add name=Một phone=0966666666 -q
crm-account add name=Hai mobile=0966666666 -q
crm-lead add name=Ai company=Z phone='096 666 6666' -q
refused 'several candidates' \
	'lead-16: its phone is that of several: account-5 account-6; choose with --account REF' \
	crm-convert lead-16
crm-convert -n lead-16 2>/dev/null >out
is 'the plan has the error' "$(cat out)" \
	'{"lead":"lead-16","error":"its phone is that of several: account-5 account-6; choose with --account REF"}'
ok 'one of them chosen' crm-convert lead-16 --account Một -o csv -f account,contact
is 'is taken' "$(tail -1 out)" account-5,contact-4
is 'what differs is said' "$(cat err)" 'crm-convert: lead-16: account-5: name: "Một" stays; the lead says "Z"'

# Who is a contact already: what is personal goes to the contact, not to the company
crm-lead add name='Trần Thị Minh' phone=0901234567 birth_date=1980-02-29 city=Vinh -q
ok 'a person who is a contact' crm-convert lead-17 --deal none -q
is 'is told from the company' "$(crm-account show 1 -f birth_date,billing_city,kind -o csv | tail -1)" \
	',TP. HCM,org'
is 'and knows more now' "$(crm-contact show 1 -f birth_date,city -o csv | tail -1)" '1980-02-29,TP. HCM'
is 'the company is no matter of difference' "$(cat err)" \
	'crm-convert: lead-17: contact-1: city: "TP. HCM" stays; the lead says "Vinh"'

# Filling what is there
crm-account add name='Có Rồi' phone='(028) 3822 1111' billing_city=Huế do_not_call=false tags=old -q
crm-lead add company='Có Rồi' name='Lê Ba' phone=02838221111 city='Đà Nẵng' street='5 Trần Phú' \
	do_not_call=true do_not_call_source=letter tags=new website=https://corroi.vn owner=mai -q
ok 'an account that is there' crm-convert lead-18 -q
is 'gets what it lacks, keeps what it has' \
	"$(crm-account show 7 -f phone,billing_city,billing_street,website,owner,tags -o csv | tail -1)" \
	'(028) 3822 1111,Huế,5 Trần Phú,https://corroi.vn,mai,new;old'
is 'the stricter consent wins' "$(crm-account show 7 -f do_not_call,do_not_call_source -o csv | tail -1)" \
	true,letter
is 'the same number in another spelling is no difference' "$(cat err)" \
	'crm-convert: lead-18: account-7: billing_city: "Huế" stays; the lead says "Đà Nẵng"'
crm-lead add company='Có Rồi' phone=02838221111 city='Đà Nẵng' street='9 Bạch Đằng' do_not_call=false -q
ok 'with --overwrite' crm-convert lead-19 --overwrite city,account.website -q
is 'the lead wins there, and only there' \
	"$(crm-account show 7 -f billing_city,billing_street,do_not_call -o csv | tail -1)" \
	'Đà Nẵng,5 Trần Phú,true'

# Amounts of another currency never mix
crm-account add name=Dollar phone=0977777777 currency=USD annual_revenue=1000 -q
crm-lead add company=Dollar phone=0977777777 annual_revenue=5tr -q
ok 'amounts in another currency' crm-convert lead-20 -q
is 'stay on the lead' "$(crm-account show 8 -f annual_revenue,currency -o csv | tail -1)" 1000.00,USD
has 'and that is said' 'account-8: annual_revenue: "1000.00" stays; the lead says "5000000"' err
crm-lead add name=Đô budget='250.50 USD' phone=0977777778 -q
ok 'a budget in dollars' crm-convert lead-21 -o csv -f amount,budget,currency
is 'is the deal'"'"'s' "$(tail -1 out)" 250.50,250.50,USD

# Choosing
crm-lead add name=Mới company=Mới phone=0901234567 -q
ok 'new in spite of a match' crm-convert lead-22 --account new --contact new --deal none -o csv -f id,deal
is 'prints the lead where there is no deal' "$(tail -1 out)" lead-22,
is 'and has its own' "$(crm-lead show 22 -f account,contact -o csv | tail -1)" account-10,contact-6
crm-lead add name=Thêm company=Thêm phone=0988888888 interest='Ống' -q
crm-deal add name=Cũ account=account-1 amount=7 -q
crm-pipeline win 'Cũ' -q
ok 'into a deal that is there' crm-convert lead-23 --deal 'Cũ' -o csv \
	-f name,account,contact.name,lead,stage,amount,interest
is 'which keeps its account' "$(tail -1 out)" 'Cũ,account-1,Thêm,lead-23,won,7,Ống'
crm-lead add name=Bước company=Bước phone=0911111111 budget=3tr -q
ok 'where the new deal starts' crm-convert lead-24 --stage proposal --name 'Gói lớn' --amount 9tr \
	--expected-close 2027-02-01 -o csv -f name,stage,probability,amount,budget,expected_close
is 'is as one says' "$(tail -1 out)" 'Gói lớn,proposal,50,9000000,3000000,2027-02-01'
crm-lead add name=Tay company='Công ty Minh Anh' phone=0911111112 -q
ok 'business with a customer' crm-convert lead-25 --account account-1 -o csv -f type
is 'is existing business' "$(tail -1 out)" existing
crm-lead add name=Riêng phone=0911111113 -q
ok 'a person as a contact' crm-convert lead-26 --account none -o csv -f account,contact.name
is 'without account' "$(tail -1 out)" ',Riêng'

crm-lead add name=Lẫn phone=0911111114 budget=3tr -q
refused 'amounts in two currencies' \
	'lead-27: deal.amount: it is in USD, the record in VND' crm-convert lead-27 --amount '250 USD'
crm-lead set lead-27 budget= -q
ok 'an amount that names its currency' crm-convert lead-27 --amount '250 USD' -o csv -f amount,currency
is 'is in it' "$(tail -1 out)" 250.00,USD

# Bulk: ten cards in, two deals out
for i in 1 2 3 4 5 6 7 8 9 10; do
	echo "Thẻ $i,Công ty $i,098000000$((i % 10)),card,$((i * 10))"
done | sed '1i name,company,phone,source,score' | crm-lead add -q
ok 'ten cards' sh -c 'crm-lead list source:card | crm-lead list score:90.. - | crm-convert -o refs'
is 'two deals' "$(wc -l <out)" 2
ok 'the rest by terms' crm-convert source:card score:..80 --deal none -o refs --reason 'end of fair'
is 'eight leads' "$(wc -l <out)" 8
is 'all converted' "$(crm-lead count source:card status:converted)" 10
ok 'an empty stream' crm-convert </dev/null
is 'is silent' "$(cat out err)" ''
printf 'name,company,phone\nA,Một Nhà,0981111111\nB,Một Nhà,0981111111\n' | crm-lead add -o refs >two
ok 'those of one run find each other' sh -c 'crm-convert -o csv -f account,contact <two'
is 'as they would one by one' "$(sort -u out | wc -l)" 2
printf 'name,phone\nTốt,0982222221\n' | crm-lead add -o refs >mixed
echo lead-1 >>mixed
everything >before
status 1 'one refused' sh -c 'crm-convert <mixed'
everything >after
same 'nothing is written' after before
status 1 '--max' crm-convert - --max 0 <mixed

# Once and the manners of every program
head -1 mixed >one
ok '--once' crm-convert --once key -o refs - <one
cp out first
ok 'again' crm-convert --once key -o refs - <one
same 'prints the same deal' out first
crm-lead add name=Đầy phone=0983333333 -q
status 3 'a full disk is noticed' sh -c "crm-convert 'Đầy' >/dev/full"
ok '--help' crm-convert --help
is 'has nothing on stderr' "$(cat err)" ''
has 'and tells the options' '--overwrite FIELDS' out
status 2 'an unknown option' crm-convert --acount new
is 'prints nothing' "$(cat out)" ''
has 'but names the nearest' 'did you mean --account?' err
crm-lead add name='Môi Trường' phone=0984444444 -q
ok 'in an empty environment' env -i CRM_DB="$CRM_DB" "$(command -v crm-convert)" 'Môi Trường' -o table
has 'names are right' 'Môi Trường' out
# What else is about a lead comes along; a member stays one member.
lead=$(crm-lead add name='Theo Sau' phone=0977123123 company='Theo Sau Co' -o refs)
printf 'lead,subject\n%s,Hỏi giá\n' "$lead" | crm-import ticket -q
crm-lead add-identity "$lead" source=shop external_id=SHOP-1 -q
printf 'lead,campaign\n%s,expo26\n' "$lead" | crm-import campaign_member -q
printf 'lead,kind,source,external_id\n%s,form,web,F-1\n' "$lead" | crm-import event -q
crm-convert "$lead" --deal none -q
contact=$(field "$lead" contact) account=$(field "$lead" account)
for type in ticket identity campaign_member event; do
	is "$type is the contact's" "$(crm-export "$type" "lead:$lead" -f lead,contact -o tsv | tail -1)" "$lead	$contact"
done
is 'and the account'"'"'s' "$(crm-export ticket "lead:$lead" -f account -o tsv | tail -1)" "$account"
is 'a membership is one person'"'"'s' "$(crm-export campaign_member "lead:$lead" -f account -o tsv | tail -1)" ''
again=$(crm-lead add name='Theo Sau' phone=0977123123 -o refs)
printf 'lead,campaign\n%s,expo26\n' "$again" | crm-import campaign_member -q
ok 'a second lead of a member' crm-convert "$again" --deal none -q
is 'is the same contact' "$(field "$again" contact)" "$contact"
is 'and both memberships stay' "$(crm-export campaign_member "lead:$again" -f contact -o tsv | tail -1)" ''

# By what identities and second numbers of a cell say, too; the rest only suggests.
crm-contact add-identity contact-2 phone='0933 000 111' -q
crm-account add-identity account-2 email=nv.an@rieng.vn -q
match 'by a further number' none// link/contact-2/phone name=Ty phone=+84933000111
match 'by a further address' link/account-2/'e-mail address' none// name='Tên Nào Đó' email=NV.An@rieng.vn
match 'by the second number of a cell' link/account-2/phone none// \
	name='Nguyễn Văn An' phone='0900 000 009 / 0912 345 678'
two=$(crm-account add name='Hai Số' phone='024 3825 0001; 0933 000 222' -o refs)
match 'by the second number of its own' "link/$two/phone" create// name=Ai company=Y mobile=0933000222
tram=$(crm-contact add name='Đặng Thị Thùy Trâm' birth_date=1942-11-26 phone=0933000333 email=tram@x.vn -o refs)
match 'a name and a birthday only suggest' create// none// name='Đặng Thị Thùy Trâm' birth_date=1942-11-26
has 'and are told' ": warning: it may be $tram (Đặng Thị Thùy Trâm, same birth date); --contact REF would link to it" err
match 'so does an address with a tag' create// none// name='Đặng Thị Thùy Trâm' email=tram+hoi-cho@x.vn
has 'told, too' "it may be $tram (Đặng Thị Thùy Trâm, same e-mail address)" err
lead=$(crm-lead add name='Đặng Thị Thùy Trâm' birth_date=1942-11-26 -o refs 2>/dev/null)
crm-convert -n "$lead" 2>err | python3 -c "
import json, sys
p = json.loads(sys.stdin.readline())
s = p['contact']['suggest'][0]
print(len(p['contact']['suggest']), s['ref'], s['name'], s['why'], 0.5 <= s['score'] < 1,
      p['account']['suggest'])" >got
is 'the plan says how likely' "$(cat got)" "1 $tram Đặng Thị Thùy Trâm same birth date True []"
match 'a mere namesake is none' create// none// name='Đặng Thị Thùy Trâm' birth_date=1990-01-02
is 'nor told' "$(grep -c 'it may be' err)" 0

# An organisation of the same name in the same house, or with a colleague's number, is the same
house=$(crm-account add name='Nhà Chung' website=https://www.NhaChung.vn/vi tax_code=0100000001 -o refs)
private=$(crm-account add name='Nhà Riêng' email=nharieng@gmail.com -o refs)
match 'by name and domain' "link/$house/name" create// name=Ba company='nha chung' email=ba@nhachung.vn
match 'another tax code is another one' create// create// name=Ba company='Nhà Chung' email=ba@nhachung.vn tax_code=0100000002
match 'a mail provider is no house' create// create// name=Ba company='Nhà Riêng' email=ba@gmail.com
crm-contact add -q name='Phạm Bốn' phone=0912000004 "account=$private"
match 'by name and the number of a colleague' "link/$private/name" create// name='Lê Năm' company='Nhà Riêng' phone=0912000004
match 'but not of another company' create// create// name='Lê Năm' company='Nhà Khác' phone=0912000004
has 'whose number it is, is told' 'the same phone have: contact-' err
match 'one of the same given name is the one' "link/$private/" link/"$(crm-contact list phone:0912000004 -o refs)"/phone \
	name='anh Bốn' company='Nhà Riêng' phone=0912000004
match 'somebody else by the own address' "link/$private/name" link/"$(crm-contact add name=Năm email=nam@x.vn -o refs)"/'e-mail address' \
	name='Lê Năm' company='Nhà Riêng' phone=0912000004 email=nam@x.vn
six=$(crm-contact add name='Trần Sáu' phone=0912000004 "account=$private" -o refs)
match 'of two with one number the one of that name' "link/$private/" "link/$six/phone" \
	name=Sáu company='Nhà Riêng' phone=0912000004
match 'whoever has the number of a company works there' "link/$two/phone" create// name='Võ Bảy' phone=0933000222
done_testing
