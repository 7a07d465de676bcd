#!/bin/sh
# crm-mail ingest: what customers write, what comes back, and mail that means harm.
. tests/lib.sh

prints() { # NAME: what the last command printed is what stands on stdin
	cat >wanted
	same "$1" out wanted
}

letter() { # FROM SUBJECT ID [HEADER…]: a letter on stdout
	printf 'From: %s\nTo: sales@minhanh.vn\nSubject: %s\nMessage-ID: <%s>\n' "$1" "$2" "$3"
	printf 'Date: Sat, 21 Nov 2026 08:00:00 +0700\n'
	shift 3
	[ $# -eq 0 ] || printf '%s\n' "$@"
	printf '\nNội dung\n'
}

ok 'a database' vietnam
crm-config apply - >/dev/null <<'END'
mail:
  from: sales@minhanh.vn
  unsubscribe: {mailto: bye@minhanh.vn}
templates:
  - hello: {subject: Hello, text: "Hello {{name}}"}
END
crm-user set lan email=lan@minhanh.vn -q
crm-lead add -q - <<'END'
{"name":"Trần Minh","email":"minh@example.vn","owner":"mai"}
{"name":"Ngô Đức","email":"duc@example.vn"}
{"name":"Vũ Hà","email":"ha@example.vn"}
{"name":"Hồ Nam","email":"nam@example.vn"}
END
crm-account add name='Hoa Sen' kind=org -q
crm-contact add name='Lê Hoa' email=hoa@example.vn account=account-1 -q
crm-contact add name='Lê Hoa hai' email=hoa@example.vn -q
crm-ticket add subject='Hỏng máy' contact=contact-1 account=account-1 status=pending -q
crm-campaign add name=Tet channel=email -q
crm-mail send hello --campaign Tet --once 1 --maildir sent -q lead-1 lead-2 lead-3 lead-4

# -- letters --

fields=id,kind,direction,lead,account,contact,ticket,campaign,reply_to,owner
letter 'Minh <minh@example.vn>' 'Re: Hello' a1@x 'In-Reply-To: <crm.lead-1.hello.1@minhanh.vn>' >a1
ok 'an answer' crm-mail ingest a1 -o csv -f $fields
prints 'is one' <<'END'
id,kind,direction,lead,account,contact,ticket,campaign,reply_to,owner
activity-5,email,in,lead-1,,,,campaign-1,activity-1,mai
END
ok 'twice' crm-mail ingest a1
is 'is once' "$(cat out)$(crm-activity count direction:in)" 1
letter 'Someone <else@example.vn>' 'Re: Hello' a2@x 'References: <unknown@x> <crm.lead-2.hello.1@minhanh.vn> <lost@x>' \
	'Content-Type: multipart/mixed; boundary=b' >a2
sed -i '/^$/,$d' a2
printf '\n--b\nContent-Type: text/html; charset=windows-1252\n\n<style>x</style><p>Caf\351 &amp; tr&#224;<br>ok</p>\n--b\nContent-Type: application/pdf; name="b\303\241o gi\303\241.pdf"\nContent-Disposition: attachment\n\nx\n--b--\n' >>a2
ok 'from another address' sh -c 'crm-mail ingest <a2 -o csv -f lead,reply_to,body'
prints 'by its references, with all that is in it' <<'END'
lead,reply_to,body
lead-2,activity-2,"[Someone <else@example.vn>]

Café & trà
ok

[attached, not kept: báo giá.pdf]"
END
letter hoa@example.vn 'máy [T-2026-0001] lại hỏng' a3@x >a3
ok 'a ticket in the subject' crm-mail ingest a3 -o csv -f account,contact,ticket
is 'is found' "$(tail -1 out)" account-1,contact-1,ticket-1
is 'and wakes it' "$(crm-ticket list -o csv -f status | tail -1)" open
letter hoa@example.vn 'Chào' a4@x >a4
ok 'by the address' crm-mail ingest a4 -o csv -f account,contact
is 'whoever was heard of last' "$(tail -1 out)" account-1,contact-1
has 'the others are named' 'hoa@example.vn: also known are contact-2' err
letter 'Lan <lan@minhanh.vn>' 'Báo giá' a5@x | sed 's/^To:.*/To: Hoa <HOA@example.vn>/' >a5
ok 'what we wrote' crm-mail ingest a5 -o csv -f direction,contact,owner
is 'is ours' "$(tail -1 out)" out,contact-1,lan
letter 'New One <new@example.vn>' 'Xin giá' a6@x >a6
status 1 'a stranger' sh -c 'crm-mail ingest <a6'
has 'is told of' 'from: "new@example.vn" is nobody known' err
ok 'or let be' sh -c 'crm-mail ingest --unknown ignore <a6'
ok 'or becomes a ticket' sh -c 'crm-mail ingest --unknown ticket -o refs <a6'
is 'about a new lead' "$(paste -sd' ' out)" 'lead-5 ticket-2 activity-10'
is 'who is named' "$(crm-lead show lead-5 -o csv -f name,email,source | tail -1)" 'New One,new@example.vn,email'
letter minh@example.vn 'Việc khác' a7@x | crm-mail ingest --tickets -o refs >out
is 'a letter that answers nothing may be a ticket' "$(paste -sd' ' out)" 'ticket-3 activity-11'
letter duc@example.vn 'Out of office' a8@x 'Auto-Submitted: auto-replied' 'In-Reply-To: <crm.lead-2.hello.1@minhanh.vn>' >a8
before=$(crm-lead show lead-2 -o csv -f last_contacted_at)
ok 'an automatic answer' crm-mail ingest a8 -o csv -f kind,reply_to,automatic
is 'is said to be one' "$(tail -1 out)" email,activity-2,true
letter hoa@example.vn 'ticket-1' a9@x 'Auto-Submitted: auto-replied' >a9
crm-ticket pending ticket-1 -q
crm-mail ingest a9 -q
is 'and wakes no ticket' "$(crm-ticket show ticket-1 -o csv -f status | tail -1)" pending
is 'and no touch' "$(crm-lead show lead-2 -o csv -f last_contacted_at)" "$before"
printf 'Chào {{lead.name}}' >re.txt
crm-mail send --template re.txt --subject 'Re: {{subject}}' activity-5 -n -o mbox >m.mbox
python3 "$root/tests/mail_read.py" mbox m.mbox >seen
has 'what answers a letter says so' 'In-Reply-To: <a1@x>' seen

letter 'Sales <SALES@minhanh.vn>' 'Báo giá' a5b@x | sed 's/^To:.*/To: minh@example.vn/' >a5b
ok 'a copy of what the house wrote' crm-mail ingest --unknown lead a5b -o csv -f kind,direction,lead
is 'is ours, too' "$(tail -1 out)" email,out,lead-1

# -- what comes back --

bounce() { # STATUS ACTION ID ORIGINAL RECIPIENT
	cat <<END
Return-Path: <>
From: MAILER-DAEMON@mx.example.vn
To: sales@minhanh.vn
Subject: Undelivered Mail Returned to Sender
Message-ID: <$3>
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary=b

--b
Content-Type: text/plain

I'm sorry.
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.vn

Final-Recipient: rfc822; $5
Action: $2
Status: $1
Diagnostic-Code: smtp; 550 $1 no such user
--b
Content-Type: message/rfc822

From: sales@minhanh.vn
To: $5
Message-ID: <$4>

Hello
--b--
END
}
bounce 4.2.2 delayed b0@x crm.lead-3.hello.1@minhanh.vn ha@example.vn | crm-mail ingest -o csv -f kind,lead,campaign,address >out
is 'a soft bounce' "$(tail -1 out)" soft_bounce,lead-3,campaign-1,ha@example.vn
ok 'is no reason to stop' sh -c 'crm-mail send hello lead-3 -n -o refs 2>&1 | grep -q activity'
bounce 5.1.1 failed b1@x crm.lead-3.hello.1@minhanh.vn ha@example.vn |
	sed 's/^Final-Recipient: .*/Original-Recipient: rfc822;ha@example.vn\nFinal-Recipient: rfc822; ha@forwarded.example.vn/' >b1
ok 'a hard one' crm-mail ingest b1 -o csv -f kind,lead,campaign,address,payload
prints 'is an event of the campaign' <<'END'
kind,lead,campaign,address,payload
bounce,lead-3,campaign-1,ha@example.vn,"{""email"":""ha@example.vn"",""type"":""hard"",""status"":""5.1.1"",""diagnostic"":""smtp; 550 5.1.1 no such user"",""original"":""crm.lead-3.hello.1@minhanh.vn""}"
END
ok 'twice' crm-mail ingest b1
is 'is once' "$(crm-event count kind:bounce)" 1

# a message to several: what became of it for each of them
bounce 5.1.1 failed b5@x theirs@x one@far.vn | awk '
	{ print }
	/^Diagnostic/ {
		print "\nFinal-Recipient: rfc822; nam@example.vn\nAction: delayed\nStatus: 4.4.1"
		print "\nFinal-Recipient: rfc822; hoa@example.vn\nAction: delivered\nStatus: 2.0.0"
		print "\nOriginal-Recipient: rfc822;Hoa@example.vn\nFinal-Recipient: rfc822; h@far.vn\nAction: failed\nStatus: 5.2.1"
	}' >b5
ok 'a report of several receivers' crm-mail ingest b5 -o csv -f kind,lead,contact,address,external_id
prints 'is one of each who did not get it' <<'END'
kind,lead,contact,address,external_id
bounce,,,one@far.vn,b5@x
soft_bounce,lead-4,,nam@example.vn,b5@x#1
bounce,,contact-1,hoa@example.vn,b5@x#2
END
ok 'twice' crm-mail ingest b5
is 'is once, too' "$(crm-query "select count(*) from event where external_id like 'b5@%'" -o csv | tail -1)$(cat out)" 3
ok 'the address is dead' crm-mail send hello lead-3 -o mbox
has 'and that is said' '1 have an address from which mail came back' err
crm-lead set lead-3 email=ha2@example.vn -q
is 'until there is another' "$(crm-mail send hello lead-3 -n -o refs | wc -l)" 1
cat >b2 <<'END'
From: MAILER-DAEMON@qmail.example.vn
To: sales@minhanh.vn
Subject: failure notice
Message-ID: <b2@x>

Hi. This is the qmail-send program at qmail.example.vn.

<nam@example.vn>:
Sorry, no mailbox here by that name. (#5.1.1)
END
ok 'one without a report' crm-mail ingest b2 -o csv -f lead,address
is 'by its text' "$(tail -1 out)" lead-4,nam@example.vn
letter fbl@mx.example.vn 'FW: spam' c1@x 'Content-Type: multipart/report; report-type=feedback-report; boundary=b' |
	sed '/^$/,$d' >c1
printf '\n--b\nContent-Type: message/feedback-report\n\nFeedback-Type: abuse\n--b\nContent-Type: message/rfc822\n\nMessage-ID: <crm.lead-2.hello.1@minhanh.vn>\n\nx\n--b--\n' >>c1
ok 'who calls it spam' crm-mail ingest c1 -o csv -f kind,lead,campaign
is 'is written to no more' "$(tail -1 out) $(crm-lead show lead-2 -o csv -f do_not_email,do_not_email_source | tail -1)" \
	'complaint,lead-2,campaign-1 true,complaint'
letter 'nam@example.vn' 'unsubscribe crm.lead-4.hello.1@minhanh.vn' u1@x | sed 's/^To:.*/To: bye@minhanh.vn/' >u1
ok 'who unsubscribes' crm-mail ingest u1 -o csv -f kind,lead,campaign
is 'has done so' "$(tail -1 out)" unsubscribe,lead-4,campaign-1
is 'for good' "$(crm-lead show lead-4 -o csv -f do_not_email,do_not_email_at,do_not_email_source | tail -1)" \
	true,2026-11-21T01:00:00Z,unsubscribe
is 'how far the members went' "$(crm-campaign members Tet -o csv -f lead,status | tail -4 | paste -sd' ')" \
	'lead-1,replied lead-2,opted_out lead-3,bounced lead-4,opted_out'

# -- boxes --

mkdir -p box/new box/cur box/tmp box/new/0
letter duc@example.vn one m1@x >box/new/1
letter nobody@example.vn two m2@x >box/new/2
status 1 'a Maildir' crm-mail ingest --maildir box -o csv -f lead,subject
prints 'what is known' <<'END'
lead,subject
lead-2,one
END
rmdir box/new/0
is 'is moved; the rest stays' "$(cd box && ls new/* cur/* | paste -sd' ')" 'cur/1:2,S new/2'
{
	echo 'From x Sat Nov 21 02:30:00 2026'
	letter duc@example.vn three m3@x
	printf '>From now on\n>>From me\n\n'
	echo 'From y Sat Nov 21 02:30:00 2026'
	letter minh@example.vn four m4@x
} >mbox
ok 'an mbox' crm-mail ingest --mbox mbox -o csv -f subject,body
prints 'each letter, quotes taken off' <<'END'
subject,body
three,"Nội dung
From now on
>From me"
four,Nội dung
END
crm-mail send hello lead-1 lead-5 --once own -o mbox >own.mbox
ok 'our own, come back' crm-mail ingest --mbox own.mbox
is 'are known' "$(cat out)" ''

# -- harm, and what mail systems want to know --

status 65 'what is no mail' sh -c 'echo junk | crm-mail ingest'
status 65 'nor is nothing' crm-mail ingest /dev/null
python3 - <<'END'
def write(name, raw):
    with open(name, "wb") as f:
        f.write(b"From: duc@example.vn\nMessage-ID: <" + name.encode() + b"@x>\n" + raw)


write("h1", b"To: " + b"g:" * 100000 + b"\n\nx\n")
write("h2", b"X: y\n" * 100000 + b"\nx\n")
write("h3", b"Content-Type: multipart/mixed; boundary=b\n\n" + b"--b\n\nx\n" * 100000)
write("h4", b"\n" + b"x" * ((32 << 20) + 1))
nested = b"".join(b'Content-Type: multipart/mixed; boundary="b%d"\n\n--b%d\n' % (i, i) for i in range(2000))
write("g1", nested + b"\nx\n")
write("g2", b"Subject: a\0b\xff =?utf-8?q?=0d=0aBcc:_x?=\n\nx\0y\xfe\x1b[31m\n")
write("g3", "Subject: Chào 8 bit\n\nxin chào\n".encode())
write("g4", b"Subject: " + b"A" * 3000000 + b"\n\nx\n")
END
for file in h1 h2 h3 h4; do
	status 65 "too much: $file" crm-mail ingest $file
done
ok 'what is strange' crm-mail ingest g1 g2 g3 -o csv -f subject,body
prints 'is kept as text' <<'END'
subject,body
(no subject),
a bÿ   Bcc: x,x y� [31m
Chào 8 bit,xin chào
END
ok 'a long subject' crm-mail ingest g4 -q
status 75 'no database' crm-mail ingest -d none.db g3
python3 - "$CRM_DB" >locked <<'END' &
import sqlite3, sys, time
c = sqlite3.connect(sys.argv[1], isolation_level=None)
c.execute("begin immediate")
print("yes", flush=True)
time.sleep(2)
END
for i in 1 2 3 4 5 6 7 8 9 10; do [ -s locked ] || sleep 0.1; done
status 75 'a busy one' sh -c 'sed s/g3@x/g5@x/ g3 | crm-mail ingest --wait 0'
wait
ok 'a look alone' sh -c 'sed s/g3@x/g6@x/ g3 | crm-mail ingest -n -o refs'
is 'writes nothing' "$(wc -l <out)$(crm-query "select count(*) from activity where external_id = 'g6@x'" -o csv | tail -1)" 10
crm-user set mai active=false -q
letter minh@example.vn 'Chị Mai ơi' late@x >late
is 'what comes for who left is whose it is that takes it in' "$(crm-mail ingest late -o csv -f lead,owner | tail -1)" "lead-1,$(id -un)"
done_testing
