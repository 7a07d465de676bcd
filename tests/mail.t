#!/bin/sh
# crm-mail: templates into messages, messages out, and what comes back.  What is written is
# read by Python's email module, never by ourselves.
. tests/lib.sh

prints() { # NAME: what the last command printed is what stands on stdin
	cat >wanted
	same "$1" out wanted
}

boxed() { # TEXT: how many files of the Maildir have it in their names
	find box/new -name "*$1*" | wc -l
}

ok 'a database' vietnam
crm-config apply - >/dev/null <<'END'
language: vi
names: family-first
digits: "1.234,5"
mail:
  from: Công ty Minh Anh <sales@minhanh.vn>
  reply_to: support@minhanh.vn
  unsubscribe: {mailto: bye@minhanh.vn, url: "https://minhanh.vn/u?m={{message_id}}&e={{to}}"}
templates:
  - welcome:
      of: lead
      subject: Chào {{greeting}}
      text: |
        Kính gửi {{greeting}},
        {{#company}}
        Ngân sách của {{company}}: {{budget|chưa rõ}} ({{budget.raw|0}})
        {{/company}}
        {{^company}}
        Cá nhân{{! nobody reads this }}
        {{/company}}
        From nay, {{owner|chúng tôi}} phụ trách; ngày {{today}}, sinh {{birth_date|?}}.
      html: <p>Kính gửi {{name}}, {{{given_name}}}</p>
      en:
        subject: Welcome, {{greeting}}
  - code: {kind: sms, of: [lead, contact], text: "Ma cua {{given_name}}: {{code}}", columns: [code]}
  - answer: {subject: "Re: [{{number}}] {{subject}}", text: "Đã nhận.", from: owner, unsubscribe: false}
  - bill: {of: order, subject: "{{number}}", text: "{{#lines}}{{description}} x {{quantity}};{{/lines}} {{account.name}}"}
END
crm-lead add -q - <<'END'
{"name":"Trần Thị Minh","salutation":"chị","email":"minh@example.vn","mobile":"090 123 4567","company":"A & B","budget":15000000,"owner":"lan","birth_date":"1990-05-17"}
{"name":"Ngô <Đức>","email":"duc@đức.vn","phone":"0912345678","kind":"person"}
{"name":"x\r\nBcc: evil@x.vn","email":"bad@example.vn","phone":"0912345679"}
{"name":"Không Thư","phone":"0912345670"}
{"name":"Từ Chối","email":"no@example.vn","phone":"0912345671","do_not_email":true,"do_not_sms":true}
END

# -- templates --

crm-config apply - >/dev/null 2>err <<'END'
templates:
  - a: {of: lead, subject: "{{nam}}", text: "x\n {{account.nme}}"}
  - b: {subject: "x", text: "{{#a}}"}
  - c: {kind: sms, subject: x, text: y}
  - d: {of: leed, subject: x, text: "{{/x}}"}
  - e: {subject: x, text: "{{> part}}", from: nobody}
END
for line in "<stdin>:2:28: templates.a.subject: 1:1: no field 'nam' on lead; did you mean 'name'?" \
	"<stdin>:2:45: templates.a.text: 2:2: no field 'nme' on account; did you mean 'name'?" \
	'templates.b.text: 1:1: "a" is never closed' 'has no subject' \
	'templates.d.text: 1:1: nothing is open here' 'know neither {{> }}' 'nobody'; do
	has "a mistake: $line" "$line" err
done
ok 'what a template asks for' crm-mail check welcome -o csv -f part,line,column,name,default
prints 'all of it' <<'END'
part,line,column,name,default
subject,1,6,greeting,
text,1,10,greeting,
text,2,1,company,
text,3,15,company,
text,3,28,budget,chưa rõ
text,3,48,budget.raw,0
text,5,1,company,
text,8,11,owner,chúng tôi
text,8,47,today,
text,8,63,birth_date,?
html,1,13,name,
html,1,23,given_name,
subject,1,10,greeting,
END
status 1 'with a type that has it not' crm-mail check welcome ticket
has 'is said' "templates.welcome.text:2:1: no field 'company' on ticket" err

# -- messages --

crm-mail send welcome lead-1 lead-2 lead-3 -n -o mbox >1.mbox
crm-mail send welcome lead-1 lead-2 lead-3 -n -o mbox >2.mbox
same 'the same clock, the same bytes' 1.mbox 2.mbox
ok 'mail' python3 "$root/tests/mail_read.py" mbox 1.mbox
sed -i 's/6b010228\.0/KEY/g' out
cat >wanted <<'END'
From: Công ty Minh Anh <sales@minhanh.vn>
To: Trần Thị Minh <minh@example.vn>
Subject: Chào Chị Minh
Date: Sat, 21 Nov 2026 09:30:00 +0700
Message-ID: <crm.lead-1.welcome.KEY@minhanh.vn>
Reply-To: support@minhanh.vn
List-Unsubscribe: <https://minhanh.vn/u?m=crm.lead-1.welcome.KEY%40minhanh.vn&e=minh%40example.vn>, <mailto:bye@minhanh.vn?subject=unsubscribe%20crm.lead-1.welcome.KEY%40minhanh.vn>
List-Unsubscribe-Post: List-Unsubscribe=One-Click
[text/plain]
Kính gửi Chị Minh,
Ngân sách của A & B: 15.000.000 (15000000)
From nay, Lê Thị Lan phụ trách; ngày 21/11/2026, sinh 17/05/1990.
[text/html]
<p>Kính gửi Trần Thị Minh, Minh</p>
====
END
head -15 out >first
same 'as Python reads it' first wanted
for line in 'To: "Ngô <Đức>" <duc@xn--c-kia430u.vn>' 'Subject: Chào Anh/Chị <Đức>' 'Cá nhân' \
	'<p>Kính gửi Ngô &lt;Đức&gt;, <Đức></p>' 'To: "x Bcc: evil@x.vn" <bad@example.vn>'; do
	has "$line" "$line" out
done
is 'a name makes no header' "$(grep -c 'nobody wrote' out)" 0
is 'nor its line end, as Windows writes it, a sign in HTML' "$(grep -c "$(printf '\357\277\275')" out)" 0
crm-mail send welcome lead-1 -n -o mbox --lang en >en.mbox
python3 "$root/tests/mail_read.py" mbox en.mbox >seen
has 'English, where it has it' 'Subject: Welcome, Chị Minh' seen

printf '<p>Hi &amp; {{name}}</p><script>x</script>' >only.html
crm-mail send --html only.html --subject x lead-2 -n -o mbox >html.mbox
python3 "$root/tests/mail_read.py" mbox html.mbox | sed -n '/^\[/,$p' >out
prints 'of HTML alone the text is made' <<'END'
[text/plain]
Hi & Ngô <Đức>
[text/html]
<p>Hi &amp; Ngô &lt;Đức&gt;</p><script>x</script>
====
END

# -- all or nothing --

printf 'id,code\nlead-1,X1\nlead-4,X2\nlead-2,\n' >codes.csv
status 1 'a record without the column' sh -c 'crm-mail send code -o csv <codes.csv'
has 'with its line and field' '<stdin>:4: code: there is none, and templates.code.text:1:24 asks for it' err
is 'nothing is printed' "$(cat out)" ''
is 'nothing is written down' "$(crm-activity count)" 0
status 1 'a letter to who has no address' crm-mail send welcome lead-1 lead-4 -o mbox
has 'is none to anybody' 'lead-4: email: lead-4 has none' err
is 'nor to the others' "$(crm-activity count)" 0
status 1 'unless they are sent' crm-mail send welcome lead-1 lead-4 --skip-bad --maildir skipped -o csv -f id,lead,status
is 'one is' "$(tail -1 out)" activity-1,lead-1,done
status 1 'more than --max' crm-mail send welcome lead-1 lead-2 --max 1 -o mbox
status 2 'no way out' crm-mail send welcome lead-1
status 2 'two kinds at once' sh -c 'printf "id,template\nlead-1,code\nlead-1,welcome\n" | crm-mail send -n'
status 2 'no such template' crm-mail send welcom lead-1
has 'a guess' 'did you mean welcome?' err
ok 'who said no is let be' crm-mail send welcome lead-5 -o mbox
is 'in silence on stdout' "$(cat out)" ''
has 'and counted' '1 do not want to be written to' err
status 3 'a full disk' sh -c 'crm-mail send welcome lead-1 -o mbox --once full >/dev/full'
is 'leaves it planned' "$(crm-activity list status:planned -o csv -f external_id)" "external_id
crm.lead-1.welcome.full@minhanh.vn"

# -- text messages --

printf 'id,code\nlead-1,X1\nlead-4,€%s\nlead-2,ệ%s\n' "$(printf '%0150d' 0)" "$(printf '%060d' 0)" >codes.csv
ok 'text messages' sh -c 'crm-mail send code -o csv -f id,to,zalo,encoding,characters,parts <codes.csv'
# "Ma cua Minh: X1" 15; "Ma cua Thư: " has ư, so 12 + 1 + 150 of UCS-2; "Ma cua <Đức>: " 14 + 61
prints 'their cost' <<'END'
id,to,zalo,encoding,characters,parts
lead-1,+84901234567,84901234567,gsm7,15,1
lead-4,+84912345670,84912345670,ucs2,163,3
lead-2,+84912345678,84912345678,ucs2,75,2
END
is 'are written down' "$(crm-activity count kind:sms status:done channel:sms)" 3

# -- once --

send() { crm-mail send welcome lead-1 lead-2 --once k "$@"; }
ok 'once' send --maildir box -q
ok 'and again' send --maildir box -o csv -f id
has 'is nothing' '2 were sent before' err
crm-mail send welcome lead-1 lead-2 lead-3 --once two --maildir box -q 2>/dev/null &
crm-mail send welcome lead-1 lead-2 lead-3 --once two --maildir box -q 2>/dev/null
wait
is 'two at once send each once' "$(boxed two)" 3
is 'and write it down once' "$(crm-query "select count(*) n from activity where external_id like '%.two@%'" -o csv | tail -1)" 3
crm-mail send welcome lead-1 lead-2 --once dead --command 'sh -c "kill -9 $PPID"' >/dev/null 2>&1
is 'killed while it sends' "$(crm-query "select status from activity where external_id like '%.dead@%'" -o csv)" "status
planned"
status 1 'nobody knows whether it left' crm-mail send welcome lead-1 lead-2 --once dead --maildir box -q
has 'and that is said' 'lead-1: activity-' err
is 'the other one leaves' "$(ls box/new/*dead)" box/new/1795228200.crm.lead-2.welcome.dead
ok 'the first one only when asked' crm-mail send welcome lead-1 lead-2 --once dead --maildir box --resend -q
is 'both have left' "$(boxed dead)" 2
status 75 'a server that is busy' crm-mail send welcome lead-1 --once busy --command 'sh -c "exit 75"' -o csv -f status
status 1 'and then refuses' crm-mail send welcome lead-1 --once busy --command 'sh -c "exit 67"' -o csv -f status
is 'is given up' "$(cat out)" "status
cancelled"
ok 'for good' crm-mail send welcome lead-1 --once busy --maildir box -q
has 'unless asked' '1 could not be sent before; --resend tries again' err
status 3 'no such command' crm-mail send welcome lead-1 lead-2 --once none --command 'no-such-command -t' -q
is 'is tried once' "$(grep -c 'cannot run' err)" 1
ok 'somebody says no while it runs' crm-mail send welcome lead-1 lead-2 --once late -q \
	--command 'sh -c "crm-lead set lead-2 do_not_email=true -q; cat >>late"'
is 'and gets nothing' "$(grep -c ^To: late) $(cat err)" '1 crm-mail: 1 do not want to be written to'
crm-lead set lead-2 do_not_email=false -q
for i in 1 2; do
	status 1 'a command that is killed' crm-mail send welcome lead-1 --once sig -q --command 'sh -c "cat >>sig; kill -9 $$"'
	has 'may have sent it' 'may have' err
done
is 'which it does not do again' "$(grep -c ^To: sig)" 1
status 2 'a quote without end' crm-mail send welcome lead-1 --command "'sendmail"
ok 'words, no shell' crm-mail send welcome lead-1 --command 'tee "a file; $(id)"' -q
has 'whatever is in them' 'To: =?UTF-8?b?' 'a file; $(id)'

# -- errands, lines, campaigns --

printf '{"kind":"email","template":"welcome","record":"lead-2","lead":"lead-2"}\n%s\n%s\n' \
	'{"kind":"sms","template":"code","record":"lead-2","lead":"lead-2"}' \
	'{"kind":"email","template":"welcome","record":"lead-4","lead":"lead-4"}' | crm-import errand --quiet - 2>/dev/null
printf '{"errand":"errand-1","id":"lead-2","kind":"email","template":"welcome"}\n%s\n%s\n' \
	'{"errand":"errand-2","id":"lead-5","kind":"sms","template":"code","code":"1"}' \
	'{"errand":"errand-3","id":"lead-4","kind":"email","template":"welcome"}' >errands
status 1 'errands' sh -c 'crm-mail send --kind email --skip-bad --maildir box -o csv -f id,external_id,lead <errands'
is 'by its own number' "$(tail -1 out | cut -d, -f2-)" crm.errand-1@minhanh.vn,lead-2
has 'others are passed over' '1 rows are of another kind' err
ok 'one who said no' sh -c 'crm-mail send --kind sms -o csv -f id <errands'
ok 'no text to send today' crm-mail send code - --once 2026 -o csv </dev/null
is 'is rows all the same' "$(cut -d, -f1 out) $(cat err)" 'id '
ok 'nor an errand by text' crm-mail send - --kind sms -o csv </dev/null
ok 'nor any' crm-mail send - -o csv </dev/null
status 2 'a letter needs a way, also on such a day' crm-mail send welcome - </dev/null
status 2 'a kind that is none' crm-mail send - --kind fax </dev/null
is 'errands are over' "$(crm-query "select status, error, activity is null a from errand order by id" -o csv)" "status,error,a
done,,0
cancelled,must not be contacted by text message,1
failed,email: lead-4 has none,1"
status 1 'never twice' sh -c 'crm-mail send --kind email --skip-bad --maildir box -q <errands'
is 'indeed' "$(boxed errand-1)" 1
echo '{"kind":"email","template":"welcome","record":"lead-2","lead":"lead-2","step":2}' | crm-import errand --quiet -
again() { # COMMAND: of the stuck errand
	echo '{"errand":"errand-4","id":"lead-2","template":"welcome"}' | crm-mail send --command "$1" -q
}
again 'sh -c "cat >>stuck; kill -9 $PPID"' >/dev/null 2>&1
status 1 'an errand that is stuck' again 'tee -a stuck'
crm-follow retry errand-4 -q
status 1 'tried again, and refused' again 'sh -c "exit 1"'
crm-follow retry errand-4 -q
ok 'and again' again 'tee -a stuck'
is 'leaves when it is told to, not before' "$(grep -c ^To: stuck)$(crm-query 'select status from errand where id = 4' -o csv | tail -1)" 2done
crm-account add name='Hoa Sen' email=hoasen@example.vn kind=org -q
crm-order add account=account-1 -q
printf 'description,quantity,unit_price\nTủ,2,100\nBàn,1,50\n' | crm-order add-line order-1 -q -
ok 'lines of an order' crm-mail send bill order-1 -n -o mbox
python3 "$root/tests/mail_read.py" mbox out >seen
has 'are all there' 'Tủ x 2;Bàn x 1; Hoa Sen' seen
crm-campaign add name=Tet channel=email -q
crm-campaign add Tet lead-1 lead-2 -q 2>/dev/null
before=$(crm-lead show lead-1 -o csv -f contact_attempts)
ok 'a campaign' crm-mail send welcome --campaign Tet --once tet --maildir box -q
is 'is no contact' "$(crm-lead show lead-1 -o csv -f contact_attempts)" "$before"
has 'and says so to other programs' 'Auto-Submitted: auto-generated' "$(ls box/new/*lead-1.welcome.tet)"
is 'its members are sent to' "$(crm-campaign members Tet -o csv -f lead,status,sent_at)" "lead,status,sent_at
lead-1,sent,2026-11-21T02:30:00Z
lead-2,sent,2026-11-21T02:30:00Z"
crm-campaign add name=Xuan channel=email -q
crm-campaign add Xuan lead-1 -q
ok 'members of a campaign in a pipe' sh -c 'crm-campaign members Xuan | crm-mail send welcome --maildir box -o csv -f lead,campaign'
is 'are its members' "$(tail -1 out) $(crm-campaign members Xuan -o csv -f status | tail -1)" 'lead-1,campaign-2 sent'

crm-campaign mark Xuan opted_out lead-1 -q
ok 'who opted out of it' crm-mail send welcome --campaign Xuan lead-1 -o mbox
is 'gets no more of it' "$(cat out err)" 'crm-mail: 1 do not want to be written to'
crm-convert lead-2 -q
crm-account set account-2 do_not_email=true -q
ok 'a lead that became a customer who refuses' crm-mail send welcome lead-2 -o mbox
is 'refuses' "$(cat out err)" 'crm-mail: 1 do not want to be written to'

# -- the round: a server, an answer, and back --

if command -v msmtp >/dev/null; then
	mkfifo hold
	python3 "$root/tests/mail_sink.py" sunk port <hold &
	exec 9>hold
	for i in 1 2 3 4 5 6 7 8 9 10; do [ -e port ] || sleep 0.2; done
	msmtp="msmtp --host=127.0.0.1 --port=$(cat port) --from=sales@minhanh.vn --read-recipients"
	crm-lead add name='Vũ Hà' email=ha@example.vn owner=mai -q
	crm-lead add name='Hết Hạn' email=never@example.vn -q
	crm-lead add name='Đến Sau' email=later@example.vn -q
	ok 'through msmtp to a server' crm-mail send welcome lead-6 --once round --command "$msmtp" -q
	python3 "$root/tests/mail_read.py" reply sunk/new/1.sink 'Tôi quan tâm.' >reply.eml
	ok 'the answer comes in' crm-mail ingest -o csv -f kind,direction,lead,reply_to,owner,subject,body,done_at <reply.eml
	sent=$(crm-activity list lead:lead-6 direction:out -o refs)
	prints 'to what it answers' <<END
kind,direction,lead,reply_to,owner,subject,body,done_at
email,in,lead-6,$sent,mai,Re: Chào Anh/Chị Hà,Tôi quan tâm.,2026-11-21T02:20:00Z
END
	status 1 'nobody is there' crm-mail send welcome lead-7 --once round --command "$msmtp" -q
	has 'as the server says' 'lead-7: msmtp ended with status' err
	exec 9>&-
	wait
	status 75 'no server any more' crm-mail send welcome lead-8 --once round --command "$msmtp" -q
else
	result 0 'msmtp is not here # SKIP'
fi

# What the mail library would turn into text that no server takes.
odd=$(crm-lead add name='Ngô Đức' email=duc@xn--cka-i430u.vn -o refs)
crm-mail send welcome "$odd" -n -o mbox >odd.mbox
has 'a domain stays as it is sent' ' <duc@xn--cka-i430u.vn>' odd.mbox
is 'headers are of 7 bits' "$(LC_ALL=C grep -c '[^ -~	]' odd.mbox)" 0
done_testing
