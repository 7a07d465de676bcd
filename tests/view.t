#!/bin/sh
# crm-view: what it says of a customer, in each format; whom it takes for one.
. tests/lib.sh

at() { CRM_NOW=$1; }
field() { # REF PYTHON: an expression over the portrait p
	crm-view "$1" | python3 -c "import json,sys; p=json.load(sys.stdin); print(($2))"
}

at 2026-09-01T02:00:00Z
vietnam
crm-campaign add name='Thư tháng 9' channel=email status=active -q
crm-lead add name='Trần Thị Minh' company='Công ty Minh Anh' phone='090 123 4567' \
	email=minh@minhanh.vn zalo=0901234567 source=zalo title='Kế toán trưởng' tags+=vip owner=lan \
	campaign=1 need='CRM cho 20 người' budget=300tr birth_date=1990-11-22 city='Đà Nẵng' -q
crm-campaign add 1 lead-1 -q
at 2026-09-02T03:00:00Z
crm-activity add kind=call lead=1 outcome=no_answer subject='Gọi lần đầu' -q
at 2026-09-03T03:00:00Z
crm-activity add kind=call lead=1 outcome=interested subject='Gọi lại' -q
crm-convert lead-1 -q
crm-deal set 1 amount=250tr owner=lan -q
at 2026-09-10T03:00:00Z
crm-pipeline move deal-1 proposal -q
crm-activity add kind=note contact=1 account=1 subject='Chỉ gọi buổi sáng' pinned=true -q
at 2026-10-01T03:00:00Z
crm-pipeline win deal-1 -q
crm-contact add name='Phạm Văn Hùng' account=1 role=director phone=0905556666 do_not_sms=true \
	email=hung@minhanh.vn birth_date=--02-29 -q
crm-contact add name='Lý Ánh' account=1 reports_to=2 phone=0977000111 -q
crm-contact add name='Người Lạ' mobile=0977000222 -q
crm-contact add-identity 1 phone='0987 654 321' note=nhà -q
crm-contact relate 1 child 'Phạm Văn Hùng' -q
crm-deal add name='Thêm 10 người dùng' account=1 contact=2 amount=50tr owner=lan -q
crm-deal add name='Bản nước ngoài' account=1 amount='199.50 USD' -q
crm-deal add name='Thua' account=1 contact=1 amount=10tr -q
crm-pipeline lose deal-4 price -q
crm-ticket add subject='Không đăng nhập được' account=1 contact=1 kind=incident priority=high -q
crm-ticket resolve 1 resolution='Đặt lại mật khẩu' -q
crm-ticket add subject='Hỏi về hoá đơn' account=1 contact=3 priority=low -q
crm-segment add name='Khách VIP' of=account kind=dynamic condition='tags = vip' -q
crm-segment add name='Không ai' of=account kind=dynamic condition='tags = nobody' -q
crm-segment add name='Danh sách' of=contact kind=static -q
crm-segment add 3 contact-1 -q
printf 'number,account,contact,ordered_on,status,total,currency\nDH-1,1,1,2026-10-05,confirmed,120000000,VND\nDH-2,1,2,2026-10-06,delivered,30000000,VND\nDH-3,1,,2026-10-07,cancelled,5000000,VND\nDH-4,1,,2026-10-08,confirmed,99.50,USD\n' |
	crm-import order -q
printf 'number,account,contact,status,total,currency,quoted_on\nBG-1,1,1,sent,120000000,VND,2026-09-20\n' |
	crm-import quote -q
{
	echo at,kind,source,external_id,contact,subject
	for i in 1 2 3 4 5 6 7; do echo "2026-11-05 10:0$i,page_view,web,e$i,1,/trang-$i"; done
	echo 2026-11-06 09:00,page_view,web,f1,1,/gia
	echo 2026-11-05 23:30,login,web,f2,2,
} | crm-event add -q
at 2026-11-21T02:30:00Z
crm-activity add kind=call contact=1 account=1 due_at=2026-11-25T09:00 subject='Chăm sóc định kỳ' -q
crm-account set 1 tax_code=0312345678 founded_on=2010-11-20 -q

# Every figure, from the tables by other means.
for ref in account-1 contact-1 contact-2 contact-3 lead-1; do
	ok "$ref is shown" sh -c "crm-view $ref >$ref.json"
	is "$ref: as the tables say" "$(python3 "$root/tests/view_figures.py" "$CRM_DB" $ref <$ref.json)" ''
done

# Who they are.
is 'age, the day before a birthday' "$(field contact-1 "p['customer']['age'], p['customer']['next_birthday']")" "(35, '2026-11-22')"
is '29 February without a year' "$(field contact-2 "p['customer']['age'], p['customer']['next_birthday']")" "(None, '2027-02-28')"
is 'founding day' "$(field account-1 "p['customer']['founded_years'], p['customer']['next_founding_day']")" "(16, '2027-11-20')"
is 'further numbers' "$(field contact-1 "[(r['value'],r['note']) for r in p['reach'] if r['identity']]")" "[('0987 654 321', 'nhà')]"
is 'consent' "$(field contact-2 "[(r['by'],r['at'],r['noted_by'] is not None,r['of']) for r in p['consent'] if r['own']]")" "[('sms', '2026-10-01T03:00:00Z', True, 'contact-2')]"
is 'relations from the one' "$(field contact-1 "[(r['kind'],r['other'],r['own']) for r in p['relations'] if r['own']]")" "[('child', 'contact-2', True)]"
is 'and from the other, who has somebody under him' "$(field contact-2 "[(r['kind'],r['other']) for r in p['relations'] if r['own']]")" "[('parent', 'contact-1'), ('report', 'contact-3')]"
is 'owner and team' "$(field lead-1 "p['owner']['login'], p['owner']['team.department']")" "('lan', 'sales')"
is 'segments' "$(field contact-1 "[(r['name'],r['of'],r['own']) for r in p['segments']]")" "[('Danh sách', 'contact-1', True), ('Khách VIP', 'account-1', False)]"
is 'lifecycle' "$(field account-1 "p['customer']['lifecycle'], p['customer']['customer_since']")" "('$(sqlite3 "$CRM_DB" 'select lifecycle from account')', '$(sqlite3 "$CRM_DB" 'select customer_since from account')')"
is 'the main contact comes first' "$(field account-1 "p['contacts'][0]['id']")" contact-1
is 'page views of a day are one row' "$(field contact-1 "[(r['times'],r['first_at'],r['at'],r['id']) for r in p['timeline'] if r['kind']=='page_view' and r['times']>1]")" "[(7, '2026-11-05T03:01:00Z', '2026-11-05T03:07:00Z', None)]"
is 'clocks of tickets' "$(field account-1 "[(r['id'],r['response_state'],r['resolution_state']) for r in p['tickets']]")" "[('ticket-1', 'met', 'met'), ('ticket-2', 'breached', 'breached')]"
crm-ticket sla -o csv | sed -n 's/^ticket-2,.*,\(-*[0-9]*\)$/\1/p' >sla
is 'as crm-ticket sla says' "$(field account-1 "[r['resolution_left_s'] for r in p['tickets'] if r['id']=='ticket-2'][0]")" "$(cat sla)"
is 'campaign first times' "$(field contact-1 "[(r['detail'],r['about']) for r in p['timeline'] if r['kind']=='campaign']")" "[('converted', 'campaign-1'), ('listed', 'campaign-1')]"
is 'exact decimals' "$(crm-view account-1 | grep -o '"amount":199.50,"currency":"USD"' | sort -u)" '"amount":199.50,"currency":"USD"'

# Whom.
id() { crm-view "$@" 2>/dev/null | python3 -c 'import json,sys
for line in sys.stdin: p=json.loads(line); print(p["id"], p["asked"])'; }
is 'a reference' "$(id lead-1)" 'lead-1 lead-1'
is 'a deal is its customer' "$(id deal-2)" 'account-1 deal-2'
is 'a ticket, an order, a quote, an activity' "$(id ticket-2 order-1 quote-1 activity-1 | cut -d' ' -f1 | sort -u)" account-1
is 'the number of an order' "$(id dh-2)" 'account-1 order-2'
is 'a phone, typed otherwise' "$(id +84977000111)" 'contact-3 contact-3'
is 'shared with the account: the contact' "$(id 84901234567)" 'contact-1 contact-1'
is 'an e-mail address' "$(id 'HUNG@minhanh.vn')" 'contact-2 contact-2'
is 'a second number' "$(id 0987654321)" 'contact-1 contact-1'
is 'an exact name, without accents' "$(id 'pham van hung')" 'contact-2 contact-2'
is 'words of a name' "$(id 'van hung')" 'contact-2 contact-2'
status 1 'several' crm-view minh
is 'are listed' "$(cat err)" 'crm-view: "minh" may be any of 2
crm-view: contact-1: Trần Thị Minh, Kế toán trưởng, 090 123 4567, minh@minhanh.vn
crm-view: account-1: Công ty Minh Anh, 090 123 4567, minh@minhanh.vn'
is 'and nothing is printed' "$(cat out)" ''
status 1 'nobody' crm-view 0999999999
is 'says so' "$(cat err)" 'crm-view: there is no customer "0999999999"'
status 1 'no customer' crm-view user-1
status 1 'no record' crm-view contact-99
status 1 'one of two' crm-view contact-1 contact-99
is 'the other is shown' "$(wc -l <out | tr -d ' ')" 1
status 1 'empty' crm-view ''
status 1 'not UTF-8' crm-view "$(printf '\303(')"
status 1 'injection' crm-view "'; drop table contact; --" 'x" or "1"="1' '%' '\'
is 'nothing dropped' "$(crm-contact count)" 4
status 2 'no such format' crm-view contact-1 -o csv
ok 'a stream' sh -c 'crm-contact list -o jsonl | crm-view -o json'
is 'one after the other' "$(python3 -c 'import json; print([p["id"] for p in json.load(open("out"))])')" "['contact-1', 'contact-2', 'contact-3', 'contact-4']"
ok 'an empty stream' sh -c 'crm-view -o json </dev/null'
is 'is an empty array' "$(cat out)" '[]'
crm-contact add name='Ai đó' account=1 phone='090 123 4567' -q
is 'several contacts of one account share its number' "$(id 0901234567)" 'account-1 account-1'
crm-contact rm 'Ai đó' -q

# On paper and on a terminal.
ok 'a table' crm-view contact-1 -o table
has 'tells apart' '══ Công ty Minh Anh ═' out
has 'marks what is around' '· 2026-10-06       Order' out
is 'leaves out what is empty' "$(grep -c 'null\|── Quotes (0)' out)" 0
ok 'a deal' crm-view deal-2 -o table
has 'is marked' '▶ deal-2 Thêm 10 người dùng' out
ok 'a short timeline' crm-view account-1 -o table --timeline 3 --rows 1
has 'says how much is left out' "… $(($(field account-1 "len(p['timeline'])") - 3)) more" out
ok 'in Vietnamese' env CRM_LANG=vi crm-view account-1 -o table --timeline 100
has 'labels' 'Cơ hội đang mở' out
has 'of picklists too' 'Không nghe máy' out
env CRM_LANG=vi crm-view account-1 >vi.jsonl
crm-view account-1 | cmp -s - vi.jsonl
result $? 'machines read the same in every language'
if command -v script >/dev/null; then
	script -qec 'stty cols 60; crm-view account-1' /dev/null </dev/null | tr -d '\r' >tty.txt
	is 'cut to the terminal' "$(sed 's/\x1b\[[0-9;]*m//g' tty.txt | python3 -c '
import sys, unicodedata
print(max(sum(2 if unicodedata.east_asian_width(c) in "WF" else not unicodedata.combining(c) for c in l.rstrip("\n")) for l in sys.stdin) <= 60)')" True
	grep -q "$(printf '\033')\[1m" tty.txt
	result $? 'in colour'
	script -qec 'NO_COLOR=1 crm-view account-1' /dev/null </dev/null >tty.txt
	is 'but not under NO_COLOR' "$(grep -c "$(printf '\033')" tty.txt)" 0
fi
status 3 'a full disk' sh -c 'crm-view account-1 >/dev/full'
status 3 'of a page' sh -c 'crm-view account-1 -o html >/dev/full'
ok 'head' sh -c 'crm-view account-1 -o html | head -1'

# As it was.
is 'then' "$(crm-view contact-1 --as-of 2026-09-05 | python3 -c "import json,sys; p=json.load(sys.stdin); print([d['id'] for d in p['deals']], len(p['tickets']), len(p['relations']))")" "['deal-1'] 0 0"
status 1 'nobody yet' crm-view contact-1 --as-of 2026-09-02
cp crm.db past.db
for ref in account-1 contact-1 contact-2 lead-1; do crm-view $ref; done >then.jsonl
export CRM_DB=$work/past.db CRM_NOW=2027-03-01T02:00:00Z
crm-account set 1 name=Khác -q
crm-contact set contact-1 name='Người khác' owner=lan -q
crm-ticket resolve 2 resolution=x -q
crm-deal set 2 amount=1 next_step=gọi -q
crm-activity set activity-1 subject='Sửa lại' -q
crm-activity add kind=note contact=1 account=1 subject='Mới đây' pinned=true -q
crm-activity rm activity-2 -q
for ref in account-1 contact-1 contact-2 lead-1; do
	crm-view $ref --as-of 2026-11-21T02:30:00Z
done >past.jsonl
same 'each part, clocks and ages too, is as it was' past.jsonl then.jsonl
crm-pipeline stale --days 10 --as-of 2026-10-02 -o refs >past
is 'nothing was stale then' "$(cat past)" ''
is 'it is now' "$(crm-pipeline stale --days 10 -o refs | tr '\n' ' ')" 'deal-2 deal-3 '
export CRM_DB=$work/crm.db CRM_NOW=2026-11-21T02:30:00Z

# Who may not read it does not see it.
crm-user add login=hoa name='Phạm Hoa' role=rep -q
sqlite3 "$CRM_DB" "update role set read='own', write='own', remove='own' where key='rep'" 2>/dev/null
if [ "$(CRM_USER=hoa crm-account count 2>/dev/null)" = 0 ]; then
	CRM_USER=hoa status 1 'hidden' crm-view account-1
	CRM_USER=hoa status 1 'by its number too' crm-view 0901234567
fi

# Hostile names.
evil='<script>alert(1)</script></style></title>"><img src=x onerror=alert(2)>'
crm-account add name="$evil" website=http://x.vn description="$(printf 'a\n</td></table>b & c \033]0;pwned\007 \342\200\256txt.exe')" -q
crm-contact add name="$(printf '\033[31m\342\200\256đỏ')" account=2 title="' onmouseover='x" -q
crm-activity add account=2 kind=note pinned=true subject='</style><script>' body=']]>--><!--' -q
for ref in account-2 contact-6; do
	ok "$ref as a page" sh -c "crm-view $ref -o html >page.html"
	is "$ref: nothing but text" "$(python3 "$root/tests/view_page.py" <page.html)" ''
	ok "$ref on a terminal" crm-view $ref -o table
	is "$ref: no controls" "$(LC_ALL=C tr -d '\n' <out | LC_ALL=C grep -c '[[:cntrl:]]')" 0
	is "$ref: no other direction" "$(grep -c "$(printf '\342\200\256')" out)" 0
	ok "$ref as JSON" sh -c "crm-view $ref | python3 -m json.tool"
done
ok 'a page of several' sh -c 'crm-contact list -o refs | crm-view -o html --out all.html'
is 'is one page' "$(python3 "$root/tests/view_page.py" <all.html) $(grep -c '<article>' all.html)" ' 5'
ok 'a page of nobody' sh -c 'crm-view -o html </dev/null >page.html'
is 'is one too' "$(python3 "$root/tests/view_page.py" <page.html)" ''
if [ -e "$data/blns/blns.txt" ]; then
	grep -v '^#' "$data/blns/blns.txt" | python3 -c '
import json, sys
for line in sys.stdin.buffer:
    text = line.decode("utf-8", "replace").strip()
    if text:
        print(json.dumps({"kind": "note", "subject": text, "account": "account-2"}))' |
		crm-import activity -i jsonl --batch 1 -q 2>/dev/null
	ok 'naughty strings as a page' sh -c 'crm-view account-2 -o html >page.html'
	is 'are text' "$(python3 "$root/tests/view_page.py" <page.html)" ''
	ok 'in a table' crm-view account-2 -o table --timeline 1000
	is 'without controls' "$(LC_ALL=C tr -d '\n' <out | LC_ALL=C grep -c '[[:cntrl:]]')" 0
	ok 'as JSON' sh -c "crm-view account-2 | python3 -c 'import json,sys; assert len(json.load(sys.stdin)[\"timeline\"]) > 300'"
fi
# One customer among many is found by indexes: little of the file is read.
if [ -e /proc/self/io ]; then
	CRM_DB=$work/many.db
	vietnam
	generated account 2000 contact 10000 lead 10000 deal 5000 activity 20000
	phone=$(sqlite3 "$CRM_DB" 'select phone from lead where phone is not null limit 1 offset 5000')
	file=$(wc -c <"$CRM_DB")
	for what in crm-who:"$phone" crm-view:"$phone" crm-view:lead-5000 crm-view:contact-5000 \
		crm-view:account-1000 crm-view:deal-2500; do
		read=$(python3 "$root/tests/bytes_read.py" "${what%%:*}" "${what#*:}")
		[ -n "$read" ] && [ "$((read * 8))" -lt "$file" ]
		result $? "$what reads little: $read of $file bytes"
	done
fi
done_testing
