#!/bin/sh
# The cookbook: each script as it stands in the manual, from an environment as cron's, twice.
# It does what it says, and the second time nothing again.
. tests/lib.sh
page=${PATH%%:*}/man/crm-cookbook.7

sql() { sqlite3 -readonly "$CRM_DB" "$1"; }

# -- the scripts ---------------------------------------------------------------------------------

mkdir bin www incoming rejects taken esp backup Maildir Maildir/new Maildir/cur Maildir/tmp sent
awk '/^\.Bd -literal/ { literal = 1; next }
	/^\.Ed/ { literal = 0; close(file); file = ""; next }
	literal { gsub(/\\e/, "\\"); gsub(/\\-/, "-"); gsub(/\\&/, "") }
	literal && /^#!/ { first = $0; next }
	literal && first { file = "bin/" $2; print first >file; first = "" }
	literal && file { print >file }' "$page"
is 'twenty recipes and one' "$(ls bin | wc -l)" 21
is 'each but two has its line of a crontab' "$(sed -n 's|^[-*0-9/, ]*sh \$HOME/bin/||p' "$page" | sort | tr '\n' ' ')" \
	"$(find bin -name '*.sh' ! -name leave.sh ! -name about-me.sh | sed 's|.*/||' | sort | tr '\n' ' ')"
if command -v shellcheck >/dev/null; then
	ok 'shellcheck has nothing to say' shellcheck -s sh bin/*.sh
fi

# What sends mail here: each message a file.
cat >deliver <<'END'
#!/bin/sh
f=$(mktemp "$HOME/sent/.XXXXXX") && cat >"$f" && mv "$f" "$HOME/sent/m${f##*.}"
END
chmod +x deliver

recipe() { # NAME [OPERAND…]: as cron runs it
	script=bin/$1.sh
	shift
	env -i HOME="$HOME" PATH="$PATH" CRM_DB="$CRM_DB" CRM_NOW="$CRM_NOW" SENDMAIL="$HOME/deliver" \
		sh -eu "$script" "$@"
}
cook() { # NAME [OPERAND…]
	ok "$1" recipe "$@"
	[ ! -s err ] || show err
	changes=$(sql 'select coalesce(max(id), 0) from change')
	ok '  once more' recipe "$@"
	is '  does nothing again' "$(sql "select entity, op, record from change where id > $changes
		and entity not in ('account', 'lead', 'alert')")" ''
}

# -- the house -----------------------------------------------------------------------------------

vietnam
cat >house.yaml <<'END'
mail: {from: Minh Anh <chao@minhanh.example>}
templates:
  - welcome: {of: lead, subject: "Chào {{name}}", text: "Chào {{name}}."}
  - birthday: {subject: "Chúc mừng sinh nhật", text: "Chúc mừng sinh nhật {{name}}."}
rules:
  - welcome: {when: lead.created, if: email is not null, do: [{emit: {kind: email, template: welcome}}]}
assignment: {recall: {after: 4h, hours: business}}
sla: [{first: {for: lead, response: 1h}}]
END
ok 'a house' crm-config apply house.yaml -q
crm-lead add -q name='Trần Thị Minh' phone='090 123 4567' email=minh@example.vn source=zalo birth_date=1990-11-21
crm-lead add -q name='Lê Văn Cũ' phone=0902000002 status=contacted owner=lan
CRM_NOW=2026-09-01T03:00:00Z crm-activity add -q kind=call lead=2 outcome=connected
printf 'name,tier\nCông ty Sao Mai,vip\nCông ty Hoa Sen,\nCông ty Im Lặng,gold\n' | CRM_NOW=2026-01-05T03:00:00Z crm-account add -q -
CRM_NOW=2026-01-06T03:00:00Z crm-order add -q account=1 owner=lan ordered_on=2026-01-06 starts_on=2026-01-06 ends_on=2026-12-10
crm-product add -q sku=A name='Máy A' price=10tr
crm-order add-line -q 1 product=A quantity=1
CRM_NOW=2026-01-06T03:00:00Z crm-order confirm -q 1
CRM_NOW=2026-01-07T03:00:00Z crm-activity add -q kind=visit account=1 owner=lan
crm-contact add -q name='Phạm Hoa' account=1 email=hoa@saomai.example
CRM_NOW=2026-06-01T03:00:00Z crm-deal add -q name='Lớn' account=2 amount=500tr owner=mai stage=discovery
crm-quote add -q account=2 valid_until=2026-11-22 status=sent owner=mai
for name in 'Gọi lại:call' 'Quay lại:email'; do
	crm-campaign add -q name="${name%:*}" channel="${name#*:}" status=active
done

# -- one after the other -------------------------------------------------------------------------

cook tick
is '  leads have owners' "$(sql "select count(*) from lead where owner is null and status = 'new'")" 0
is '  the welcome was sent, once' "$(grep -l '^To:.*minh@example' sent/* | wc -l)" 1
cook morning
is '  for who sells' "$(ls www)" 'lan.ics
mai.ics'
printf 'name,phone,email\nVũ Hà,0977111222,\nXấu,,no@@mail\nTrần Thị Minh,0901234567,\n' >incoming/a.csv
cook incoming
is '  in, but for what is wrong' "$(ls taken; sed 1d rejects/a.csv | cut -d, -f1-3)" 'a.csv
Xấu,,no@@mail'
is '  whom one knows is no second' "$(sql "select count(*) from lead where name like 'Trần%'")" 1
printf 'From: Ai Đó <ai@example.vn>\nTo: chao@minhanh.example\nSubject: hỏi giá\nMessage-ID: <1@example.vn>\n\nBao nhiêu?\n' >Maildir/new/1
cook letters
is '  a stranger is a lead' "$(sql "select count(*) from lead where email = 'ai@example.vn'")" 1
cook late
is '  a table with a head' "$(head -1 www/late.csv)" 'kind,at,owner,name,subject'
cook birthdays
is '  one greeting' "$(grep -l 'Subject: .*' sent/* | xargs grep -l 'minh@example' | wc -l)" 2
cook expiring
is '  a call for the quote, one for the contract' "$(sql "select count(*) from activity where subject = 'Sắp hết hạn'")" 2
cook stale
is '  a task for the owner' "$(sql "select u.login from activity a join user u on u.id = a.owner where subject like 'Đứng%'")" mai
cook next-step
cook renew
is '  a deal of an existing customer' "$(sql "select name, account, type from deal where id = 2" | cut -d'|' -f2-)" '1|existing'
cook wall
ok '  a page' grep -q '</html>' www/crm.html
cook month
is '  two tables' "$(ls www/*-*.csv | wc -l)" 2
cook alerts
is '  about the silent one' "$(sql "select count(*) from activity where subject = 'Cần xem' and account = 3")" 1
cook ring-again
is '  who was not spoken to' "$(sql "select lead from campaign_member where campaign = 1")" 2
cook win-back
is '  by their main contact' "$(sql "select contact from campaign_member where campaign = 2")" 1
printf 'id,timestamp,email,event\ne1,1763692000,minh@example.vn,open\n' >esp/sendgrid.csv
cook results
printf 'call,time,number,seconds,agent\n17,2026-11-20 09:00,0901234567,62,lan\n18,2026-11-20 09:05,0909999999,10,mai\n' >cdr.csv
cook calls
is '  with who has the number' "$(sql "select lead, duration_s from activity where external_id = 'pbx:17'")" '1|62'
crm-lead add -q name='Trần Thị Minh' phone='0901234567' email=minh@example.vn birth_date=1990-11-21
cook twins
is '  one of two' "$(sql "select count(*) from lead where phone_key = (select phone_key from lead where id = 1)")" 1
cook night
ok '  a copy that opens' crm-lead count -d backup/crm-*.db
cook leave lan
is '  whose leads others have' "$(sql "select count(*) from lead l join user u on u.id = l.owner where u.login = 'lan'
	and l.status not in ('disqualified', 'converted')")" 0
recipe about-me 0901234567 >me.json
ok '  about who asks' python3 -c 'import json; json.load(open("me.json"))'
done_testing
