#!/bin/sh
# crm-concepts(7): each concept that this page is to have is there once, with its words in
# both languages, and its command says what the two customers of crm-tutorial(7), and what
# is added to them here, make of it.
. tests/lib.sh
. "$root"/tests/examples.sh
pages=${PATH%%:*}/man

# What the tutorial does not need.
add_more() {
	echo 'fields: {lead: [{floor_area: {type: number, en: Floor area}}]}' | crm-config apply -q &&
		crm-lead add -q name='Vũ Minh' phone='0903 111 222' source=card status=target &&
		crm-lead add -q name='Đinh Thị Mai' phone='0904 555 666' floor_area=120 status=new &&
		crm-lead add -q name='Mai Đinh' phone='+84904555666' status=nurturing &&
		printf 'name,phone\nKhách Shopee,0905 777 888\n' |
		crm-import lead -q --match phone --set source=marketplace &&
		CRM_NOW=2026-10-01T02:30:00Z crm-deal add -q name='Gia hạn' account=account-1 \
			amount=5tr &&
		crm-deal add -q name='Máy cũ' account=account-1 stage=lost lost_reason=price &&
		crm-campaign add -q name='Thư tháng 11' type=email channel=email \
			start_on=2026-11-01 end_on=2026-11-30 budget=5tr cost=3tr &&
		crm-account set -q account-2 tags+='mua lại' &&
		crm-segment add -q name='khách đã mua' of=account condition='type = customer' &&
		crm-contact add-identity -q contact-1 email=hung@saomai.example &&
		crm-account add-identity -q account-2 source=loyalty external_id=HV-0042 &&
		crm-event add -q kind=interest source=social external_id=1 account=account-2 \
			subject='làm bánh' &&
		crm-event add -q kind=review source=shop external_id=2 account=account-2 \
			product=BLENDER rating=5 subject='xay rất mịn' &&
		crm-activity add -q kind=call account=account-2 due_at=tomorrow+9h subject='hỏi thăm' &&
		crm-ticket add -q subject='Xin hoá đơn' account=account-1 priority=urgent
}

# What the command of each concept has to print: the number, and an extended expression.
said() {
	cat <<'END'
1 "name":"Vũ Minh".*"status":"target"
2 Đinh Thị Mai
3 Công ty TNHH Sao Mai","lifecycle":"after","customer_since":"2026-03-12"
4 "kind":"org","tax_code":"0401234567","founded_on":"2016-06-24","birth_date":null
5 "name":"Đỗ Thu Trang"
6 "account.name":"Công ty TNHH Sao Mai","name":"Phạm Văn Hùng"
7 "name":"Đỗ Thu Trang","role":"accountant"
8 "kind":"spouse","other":"contact-3","other_name":"Lê Văn Nam"
9 "name":"Gia hạn"
10 "stage":"negotiation","label":"Negotiation","label_vi":"Thương lượng đàm phán"
11 "name":"Máy cũ","stage":"lost","closed_at":"2026-11-21T02:30:00Z","lost_reason":"price"
12 - seminar: \{en: Seminar, vi: Hội thảo\}
13 ~ picklists lead.rating: hot renamed burning \(0 records\)
14 "type":"email","channel":"email","start_on":"2026-11-01","end_on":"2026-11-30","budget":5000000,"cost":3000000
15 "number":"Q-2026-0001","account.name":"Công ty TNHH Sao Mai","status":"accepted","valid_until":"2026-04-04","total":53505000
16 "sku":"POS","name":"Máy bán hàng","kind":"good","price":15000000,"cost":11000000
17 "number":"SO-2026-0003"
18 "subject":"đàm phán giá"
19 "subject":"Máy in kẹt giấy"
20 "subject":"chỉ nhắn Zalo
21 "name":"Nguyễn Thị Hoa","tags":\["mua lại"\]
22 "name":"Nguyễn Thị Hoa"
23 "name":"Đinh Thị Mai","floor_area":120
24 hung@saomai.example
25 "login":"lan","name":"Lê Thị Lan","team.name":"danang","team.department":"sales"
26 "name":"Lê Bảo An","birth_date":"2019-11-22"
27 "name":"Công ty TNHH Sao Mai","founded_on":"2016-06-24"
28 "source":"social","account.name":"Nguyễn Thị Hoa","subject":"làm bánh"
29 "product.name":"Máy xay sinh tố","rating":5,"subject":"xay rất mịn"
30 "name":"Nguyễn Thị Hoa"
125 ^[1-9][0-9]*$
126 "stage":"discovery".*"deals":1,"amount":5000000
127 "kind":"call","subject":"hỏi thăm"
128 "step":"discovery","entered":3,"advanced":2
129 vip_silent
130 "owner":"lan","owner.team.department":"sales","kind":"meeting"
131 "name":"Phạm Văn Hùng"
132 "external_id":"HV-0042"
133 \{"id":"lead-1","name":"Phạm Văn Hùng","status":"converted"\}
134 "subject":"Xin hoá đơn","priority":"urgent"
135 "role":"admin"
136 select
137 lead-4
138 small.db
139 Nguyễn Thị Hoa,Huế
140 "owner":"lan"
141 ^account-1,Công ty TNHH Sao Mai,
142 "source":"shop","external_id":"2","kind":"review"
143 "source":"event","customer_since":"2026-07-10"
144 Khách Shopee
145 "subject":"Máy in kẹt giấy","csat":5
146 "source":"loyalty","known":1
147 deal-1
END
}

# The page's rows: a file N.sh with the command of each, and in `rows` the number and
# what is wrong with the row, if anything.
extract() {
	awk '
		function finish() {
			if (number == "")
				return
			wrong = ""
			if (!words)
				wrong = wrong " no words in both languages;"
			if (!text)
				wrong = wrong " no text;"
			if (commands != 1)
				wrong = wrong " " commands " commands;"
			print number wrong >"rows"
			number = ""
		}
		/^\.It / {
			finish()
			number = $2
			words = / – [^ ]/
			text = commands = 0
			next
		}
		/^\.El/ { finish() }
		number == "" { next }
		/^\.Bd -literal/ { literal = 1; next }
		/^\.Ed/ { literal = 0; next }
		literal {
			gsub(/\\e/, "\\")
			print >(number ".sh")
			commands++
			next
		}
		!/^\./ { text = 1 }
	' "$1"
}

examples "$pages"/crm-tutorial.7
ok 'the two customers of the tutorial' sh script
export CRM_DB="$work/shop.db"
ok 'and what it does not need' add_more

extract "$pages"/crm-concepts.7
(seq 1 30 && seq 125 147) >wanted
same 'each concept is there once, with its words, a text and a command' rows wanted

said >patterns
while read -r number pattern; do
	ok "$number: $(cat "$number.sh")" sh "./$number.sh"
	grep -qE -- "$pattern" out
	result $? "$number: what it shows"
	grep -qE -- "$pattern" out || { echo "# wanted: $pattern"; show out; }
done <patterns
cut -d ' ' -f 1 patterns >numbers
same 'each command was run' numbers wanted

done_testing
