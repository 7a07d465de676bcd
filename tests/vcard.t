#!/bin/sh
# Cards in and out.
. tests/lib.sh

fresh() { # a database that is empty again
	rm -f "$CRM_DB"*
	crm-init --region VN >/dev/null
}

# python with that module, or nothing
python_with() {
	for p in python3 /usr/bin/python3; do
		"$p" -c "import $1" 2>/dev/null && echo "$p" && return
	done
}

# --- what a card says, and where it goes ---
{
	printf 'BEGIN:VCARD\r\nVERSION:2.1\r\n'
	printf 'N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Nguy=E1=BB=85n;=C4=90=E1=BB=A9c;V=C4=83n;;\r\n'
	printf 'FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Nguy=E1=BB=85n V=C4=83n =\r\n=C4=90=E1=BB=A9c\r\n'
	printf 'TEL;CELL;PREF:0912 345 678\r\nTEL;WORK;VOICE:024 3825 1234\r\nTEL;HOME:024 3825 9999\r\n'
	printf 'EMAIL;INTERNET:Duc@Example.VN\r\nEMAIL;HOME:duc@nha.vn\r\n'
	printf 'ORG:Cong ty A\\;B;Kinh doanh\r\nTITLE;CHARSET=ISO-8859-1:Directeur g\351n\351ral\r\n'
	printf 'PHOTO;ENCODING=BASE64;JPEG:/9j/4AAQ\r\n SkZJRgABAQ==\r\n\r\nBDAY:--0517\r\n'
	printf 'X-ZALO:0912345678\r\nNICKNAME:Dun, con\r\nX-MS-SPOUSE:Lan\r\nNOTE;ENCODING=QUOTED-PRINTABLE:m=E1=BB=99t=0D=0A=\r\nhai\r\n'
	printf 'AGENT:\r\nBEGIN:VCARD\r\nVERSION:2.1\r\nFN:Thu ky\r\nTEL:0900\r\nEND:VCARD\r\nEND:VCARD\r\n\r\n'
	printf 'BEGIN:VCARD\nVERSION:4.0\nFN:Mai\nTEL;VALUE=uri;TYPE="cell,voice";PREF=1:tel:+84-90-123-4567;ext=12\n'
	printf 'item1.TEL:0243\n item1.x\nitem2.EMAIL:cu@x.vn\nitem2.X-ABLabel:_$!<Other>!$_\nitem3.EMAIL:moi@x.vn\nitem3.X-ABLabel:Số cũ\n'
	printf 'CATEGORIES:VIP,bạn\\, bè\nGENDER:F\nUID:urn:uuid:4711\nBDAY:19900228\nURL:https://mai.vn\nURL;TYPE=work:https://x.vn\n'
	printf 'ADR;TYPE=home:;;1 Hàng Bài\\, P. Tràng Tiền\\, Hoàn Kiếm;Hà Nội;;100000;Việt Nam;;;;;;;;P. Tràng Tiền;Hoàn Kiếm;;\n'
	printf 'IMPP;X-SERVICE-TYPE=Facebook:facebook:mai.nguyen\nRELATED;TYPE=spouse;VALUE=text:Nam\nEMAIL:not an address\nEND:VCARD\n'
} >cards.vcf
fresh
ok "cards are told by their first line" crm-import contact cards.vcf --create-missing account
has "what no field holds is said" 'no field holds these, they are in the notes:' err
has "what is left out too" 'left out: PHOTO 1' err
has "and the further numbers" '4 further numbers and addresses kept as identities' err
crm-contact list -o jsonl -f name,first_name,last_name,title,department,account.name,phone,mobile,email,birth_date,zalo >got
cat >wanted <<'END'
{"name":"Nguyễn Văn Đức","first_name":"Đức","last_name":"Nguyễn Văn","title":"Directeur général","department":"Kinh doanh","account.name":"Cong ty A;B","phone":"024 3825 1234","mobile":"0912 345 678","email":"duc@example.vn","birth_date":"--05-17","zalo":"0912345678"}
{"name":"Mai","first_name":null,"last_name":null,"title":null,"department":null,"account.name":null,"phone":"0243item1.x","mobile":"+84-90-123-4567 ext. 12","email":"cu@x.vn","birth_date":"1990-02-28","zalo":null}
END
same "quoted-printable, charsets, folds, parts, kinds of numbers" got wanted
crm-contact list Mai -o jsonl -f street,ward,district,city,postal_code,country,gender,facebook,tags,external_id >got
cat >wanted <<'END'
{"street":"1 Hàng Bài","ward":"P. Tràng Tiền","district":"Hoàn Kiếm","city":"Hà Nội","postal_code":"100000","country":"Việt Nam","gender":"female","facebook":"mai.nguyen","tags":["bạn","bè","VIP"],"external_id":"urn:uuid:4711"}
END
python3 - <<'END' >is_tags
import json
row = json.loads(open("got").readline())
row["tags"] = sorted(row["tags"])
want = json.loads(open("wanted").readline())
want["tags"] = sorted(want["tags"])
print("same" if row == want else row)
END
is "address, gender, handles, tags, number elsewhere" "$(cat is_tags)" same
crm-contact identities -o csv -f contact.name,phone,email,note contact-1 contact-2 >got
cat >wanted <<'END'
contact.name,phone,email,note
Nguyễn Văn Đức,024 3825 9999,,home
Nguyễn Văn Đức,,duc@nha.vn,home
Mai,,cu@x.vn,other
Mai,,moi@x.vn,Số cũ
END
same "further numbers and addresses, with what they are" got wanted
crm-contact show 1 -o jsonl -f description >got
python3 - <<'END' >lines
import json
for line in json.loads(open("got").read())["description"].split("\n"):
    print(line)
END
cat >wanted <<'END'
một
hai
AGENT:BEGIN:VCARD\nVERSION:2.1\nFN:Thu ky\nTEL:0900\nEND:VCARD
N:Nguyễn;Đức;Văn;;
NICKNAME:Dun\, con
X-SPOUSE:Lan
END
same "the rest is in the notes, a line a property" lines wanted
status 0 "what was no address is kept as it stood" crm-contact show 2 -o jsonl -f description
has "… there" 'EMAIL:not an address' out

# --- the same again changes nothing ---
ok "a second time, matched" crm-import contact cards.vcf --match name
has "nothing is changed" 'created 0, updated 0, unchanged 2' err

crm-import contact cards.vcf -q 2>err
status 0 "a third time, not matched by anything" crm-import contact cards.vcf
has "what came before is known" 'created 0, updated 0, unchanged 2' err
is "there is nobody twice" "$(crm-contact count)" 2
sed 's/^TITLE.*/TITLE:Boss/; s/^FN:Mai/&\nTITLE:Chief/; s/^UID.*/&\nEMAIL:third@x.vn/' cards.vcf >changed.vcf
status 0 "a card that changed" crm-import contact changed.vcf --match external,name
has "changes its record" 'created 0, updated 2' err
is "… and brings the new address" "$(crm-contact identities 2 -o csv -f email | grep third)" third@x.vn
fresh
crm-import contact cards.vcf -q --create-missing account

# --- out ---
crm-export contact -o vcf >one.vcf
python3 - one.vcf <<'END' >check
import sys
bad = 0
raw = open(sys.argv[1], "rb").read()
for line in raw.split(b"\r\n"):
    bad += len(line) > 75
    line.decode("utf-8")  # no character is cut
print(bad, raw.count(b"\n") - raw.count(b"\r\n"), raw.count(b"\nEND:VCARD"))
END
is "folded at 75 octets, no character cut, CRLF" "$(cat check)" "0 0 2"
has "3.0 unless told otherwise" 'VERSION:3.0' one.vcf
has "a name is in its parts again" 'N:Nguyễn;Đức;Văn;;' one.vcf
has "the ward stands in the street too" 'ADR;TYPE=home:;;1 Hàng Bài\, P. Tràng Tiền\, Hoàn Kiếm;Hà Nội' one.vcf
has "a label of one's own" 'X-ABLabel:Số cũ' one.vcf
crm-contact list -o vcf --vcard 4.0 >four.vcf
has "4.0 where it is asked for" 'VERSION:4.0' four.vcf
has "… with relations as it has them" 'RELATED;TYPE=spouse;VALUE=text:Nam' four.vcf
has "… and days" 'BDAY:--0517' four.vcf
crm-contact show 1 2 -o vcf >shown.vcf
same "list, show and export are one" shown.vcf one.vcf
status 2 "no other version" crm-contact list -o vcf --vcard 2.1
has "it says which" 'neither 3.0 nor 4.0' err
status 2 "a deal is no card" crm-deal list -o vcf
has "it says so" 'a deal is no card' err
status 3 "a full disk" sh -c 'crm-contact list -o vcf >/dev/full'

crm-account add name='Hợp tác xã Đồng Tâm' kind=org founded_on=2001-02-03 website=https://dt.vn >/dev/null
crm-contact add name=Hoa email=hoa@x.vn >/dev/null
crm-contact relate Mai friend Hoa >/dev/null
crm-contact list Mai -o vcf >out
has "relations" 'X-FRIEND:Hoa' out
crm-contact list Hoa -o vcf >out
has "… from either end" 'X-FRIEND:Mai' out
crm-account list 'Đồng Tâm' -o vcf >org.vcf
has "an organisation is shown as one" 'X-ABShowAs:COMPANY' org.vcf
has "… with the day it was founded" 'ANNIVERSARY:2001-02-03' org.vcf
crm-export account -o jsonl -f name,kind,founded_on,website name:'Hợp tác xã Đồng Tâm' >wanted
fresh
crm-import account org.vcf -q
crm-export account -o jsonl -f name,kind,founded_on,website >got
same "a card of an organisation comes back as one" got wanted
crm-import lead org.vcf -q
is "as a lead it is a company" "$(crm-lead list -o csv -f name,company,kind | tail -1)" ',Hợp tác xã Đồng Tâm,org'
crm-lead add -q <one.vcf
is "add takes cards too" "$(crm-lead list Mai -o csv -f name,mobile,website | tail -1)" 'Mai,+84-90-123-4567 ext. 12,https://mai.vn'
is "… with the further numbers" "$(crm-lead identities Mai -o csv -f email,note | grep '^cu')" 'cu@x.vn,other'

# --- bad cards ---
{
	printf 'BEGIN:VCARD\nVERSION:3.0\nFN:Good\nEND:VCARD\n'
	printf 'rubbish\nmore\n'
	printf 'BEGIN:VCARD\nVERSION:3.0\nFN:No colon\nwhat is this\nEND:VCARD\n'
	printf 'BEGIN:VCARD\nVERSION:3.0\nFN:No end\n'
	printf 'BEGIN:VCARD\nVERSION:3.0\nFN:\377\nEND:VCARD\n'
	printf 'BEGIN:VCARD\nVERSION:3.0\nFN:Last\nEMAIL:l@x.vn\nEND:VCARD\n'
	printf 'BEGIN:VCARD\nFN:Cut'
} >bad.vcf
fresh
status 1 "bad cards are refused, the others taken" crm-import contact bad.vcf --rejects rejects.vcf
has "every card is accounted for" 'read 7, created 2, updated 0, unchanged 0, duplicate 0, skipped 0, rejected 5' err
has "rubbish, with its line" 'bad.vcf:5: this stands outside of BEGIN:VCARD' err
has "a line that is none" 'bad.vcf:7: line 10: "what is this" has no colon' err
has "a card without an end" 'bad.vcf:12: the card has no END:VCARD' err
has "what is no text" 'bad.vcf:15:' err
has "the end of the file" 'bad.vcf:24: the card has no END:VCARD' err
has "the reasons are in the rejects" 'X-REJECT-REASON:line 10: "what is this" has no colon' rejects.vcf
sed -e '/^rubbish/d' -e '/^more/d' -e 's/what is this/NOTE:mended/' -e 's/^FN:No end/&\nEND:VCARD/' \
	-e 's/^FN:Cut/&\nEND:VCARD/' rejects.vcf | LC_ALL=C sed 's/\xff/y/' >mended.vcf
ok "mended, they go in" crm-import contact mended.vcf
is "all are there" "$(crm-contact list -o csv -f name -s id | paste -sd' ')" 'name Good Last No colon No end y Cut'

# --- a picture takes no memory ---
if [ -r /proc/self/status ]; then
	awk 'BEGIN {
		print "BEGIN:VCARD\nVERSION:3.0\nFN:Big\nPHOTO;ENCODING=b;TYPE=JPEG:/9j/"
		for (i = 0; i < 600000; i++)
			print " SkZJRgABAQAAYABgAAD/2wBDAAYEBQYFBAYGBQYHBwYIChAKCgkJChQODwwQFxQYGBcUFhYa"
		print "END:VCARD"
	}' >big.vcf
	fresh
	if [ -z "${SAN:-}" ] && ! nm "$(command -v crm-import)" 2>/dev/null | grep -q __asan; then
		ok "45 MB of picture in 40 MB of memory" sh -c 'ulimit -v 40000; crm-import contact big.vcf'
	fi
fi

# --- as other address books have it ---
fresh
crm-import contact cards.vcf -q --create-missing account
crm-export contact --preset google >google.csv
crm-export contact --preset outlook >outlook.csv
python3 - <<'END' >got
import csv
for name, columns in (("google", ["First Name", "Last Name", "Organization Name", "E-mail 1 - Value",
                                  "E-mail 2 - Label", "E-mail 2 - Value", "Phone 1 - Label",
                                  "Phone 1 - Value", "Phone 2 - Label", "Labels",
                                  "Address 1 - Formatted", "Custom Field 1 - Value"]),
                      ("outlook", ["First Name", "Last Name", "Company", "E-mail Address",
                                   "E-mail 2 Address", "Business Phone", "Home Phone",
                                   "Mobile Phone", "Business Street", "Categories"])):
    for row in csv.DictReader(open(name + ".csv", encoding="utf-8", newline="")):
        for c in ("Labels", "Categories"):  # in whatever order
            if c in row:
                row[c] = " ".join(sorted(row[c].replace(" ::: ", ";").split(";")))
        print("|".join(row[c] for c in columns))
END
cat >wanted <<'END'
Đức|Nguyễn Văn|Cong ty A;B|duc@example.vn|Home|duc@nha.vn|Work|024 3825 1234|Mobile|* myContacts||0912345678
Mai|||cu@x.vn|Số cũ|moi@x.vn|Work|0243item1.x|Mobile|* myContacts VIP bè bạn|1 Hàng Bài, P. Tràng Tiền, Hoàn Kiếm, Hà Nội, 100000, Việt Nam|mai.nguyen
Đức|Nguyễn Văn|Cong ty A;B|duc@example.vn|duc@nha.vn|024 3825 1234|024 3825 9999|0912 345 678||
Mai|||cu@x.vn|moi@x.vn|0243item1.x||+84-90-123-4567 ext. 12|1 Hàng Bài, P. Tràng Tiền, Hoàn Kiếm|VIP bè bạn
END
same "columns of Google and Outlook" got wanted
fresh
crm-account add -q name='Cty "A", B;C'
crm-contact add -q first_name=An last_name=Nguyễn salutation=mr account=1 phone='024 3825 1234' mobile='0912 345 678' \
	email=an@x.vn zalo=0912345679 facebook=an.nguyen birth_date=1980-05-17 title='Sếp "x", y' department='A;B' \
	gender=female role=accountant ward='Phường Bến Nghé' district='Quận 1' street="=12 'Lê Lợi'" city=Huế region=Bắc postal_code=070000 country=VN tags+=vip description='một
hai, "ba";'
crm-contact add -q first_name=Dê district='Quận 3' gender=other birth_date=--02-29 zalo=0912345677 facebook=de
crm-contact add -q first_name=Bê last_name="O'Neil, Jr" phone=02838123456 mobile=0912345670
crm-contact add -q first_name=Cá last_name=Lê phone=0912345671 email=ca@x.vn
crm-contact add-identity -q 3 phone=0912345672 note=cell
crm-contact add-identity -q 4 phone=0912345671 note=cell
crm-contact set -q contact-4 mobile=0912345673
fields=first_name,last_name,salutation,account.name,phone,mobile,email,title,department,street,ward,district
fields=$fields,city,region,postal_code,country,gender,role,zalo,facebook,birth_date,tags,description
crm-contact list -s id -o jsonl -f "$fields" | tee wanted.google >wanted.outlook
printf '0912345672,cell\n0912345671,cell\n' >>wanted.google
for p in google outlook; do crm-export contact --preset $p >$p.csv; done
for p in google outlook; do
	fresh
	ok "what $p is given comes back" crm-import contact --preset auto $p.csv -q
	crm-contact list -s id -o jsonl -f "$fields" >got
	[ $p = outlook ] || crm-contact identities contact-3 contact-4 -o csv -f phone,note | grep cell >>got
	same "as it was, $p" got wanted.$p
done
status 2 "no other address book" crm-export contact --preset yahoo
has "it says which" 'google and outlook are' err

# --- other people's cards ---
oracle=$(python_with vobject)
for f in "$data"/vcard/*.vcf "$data"/roundcube/*.vcf; do
	[ -r "$f" ] || continue
	name=$(basename "$f" .vcf)
	for version in 3.0 4.0; do
		fresh
		crm-import contact "$f" -q --create-missing account 2>err
		crm-export contact -o vcf --vcard $version >first
		fresh
		crm-import contact first -q --create-missing account 2>err
		crm-export contact -o vcf --vcard $version >second
		same "$name: in, out and in again is the same in $version" second first
	done
	fresh
	crm-import contact "$f" -q --create-missing account 2>err
	crm-export contact -o vcf >first
	grep -qi '^VERSION:2.1' "$f" || # whose encodings the comparison does not read
		is "$name: nothing it says is missing" "$(python3 "$root/tests/vcard_missing.py" "$f" first)" ''
	[ -z "$oracle" ] || ok "$name: vobject reads it" "$oracle" -c '
import sys, vobject
n = sum(1 for card in vobject.readComponents(open(sys.argv[1], encoding="utf-8", newline=""))
        if card.fn.value)
sys.exit(n != open(sys.argv[1]).read().count("BEGIN:VCARD"))' first
done
[ -d "$data/vcard" ] || echo "# no $data/vcard: other people's cards are not tried"
[ -n "$oracle" ] || echo "# no python3-vobject: nobody else reads our cards"


# --- days in words ---
fresh
printf '%s\n' BEGIN:VCARD VERSION:4.0 FN:An 'BDAY;VALUE=text:circa 1800' 'ANNIVERSARY;VALUE=text:spring 1820' END:VCARD \
	BEGIN:VCARD VERSION:4.0 FN:Bo 'BDAY;VALUE=text:1990-05-17' END:VCARD >words.vcf
crm-import contact words.vcf -q
crm-contact list -s id -o vcf --vcard 4.0 >first
is "stay words, birthdays and others" "$(tr -d '\r' <first | grep -E '^(BDAY|ANNIV|NOTE)' | tr '\n' '|')" \
	'ANNIVERSARY;VALUE=text:spring 1820|BDAY;VALUE=text:circa 1800|BDAY;VALUE=text:1990-05-17|'
is "one that is a day is in the field, too" "$(crm-contact show Bo -o csv -f birth_date | tail -1)" 1990-05-17
fresh
crm-import contact first -q
crm-contact list -s id -o vcf --vcard 4.0 >second
same "and when they come back" second first

# --- relatives ---
fresh
cat >kin.vcf <<'X'
BEGIN:VCARD
VERSION:4.0
FN:Trần Thị Lan
EMAIL:lan@x.vn
RELATED;TYPE=spouse;VALUE=text:Lê Văn Nam
RELATED;TYPE=colleague;VALUE=text:Ai Đó
RELATED;TYPE=friend:mailto:nam@x.vn
RELATED;TYPE=child:urn:uuid:f81d4fae
NOTE:hay gọi
END:VCARD
BEGIN:VCARD
VERSION:3.0
FN:Lê Văn Nam
EMAIL:nam@x.vn
X-SPOUSE:Trần Thị Lan
END:VCARD
BEGIN:VCARD
VERSION:4.0
FN:Bé Bi
UID:urn:uuid:f81d4fae
END:VCARD
X
kin() {
	sqlite3 "$CRM_DB" 'select contact, kind, to_contact from relation order by id; select description from contact where id = 1'
}
crm-import contact kin.vcf -q
is "whom a card names is related, where he or she comes before or after" "$(kin)" "2|spouse|1
1|child|3
1|friend|2
hay gọi
X-COLLEAGUE:Ai Đó"
ok "the same again" crm-import contact kin.vcf
has "relatives are not said to be in the notes alone" 'relations, or where nobody goes by that name in the notes: X-SPOUSE 2, X-COLLEAGUE 1, X-FRIEND 1, RELATED 1' err
has "changes nothing" 'read 3, created 0, updated 0, unchanged 3' err
crm-contact add name='Ai Đó' -q
crm-import contact kin.vcf 2>err
has "who is here by now is related" 'read 3, created 0, updated 1, unchanged 2' err
is "and no longer in the notes" "$(kin | tail -2)" "1|colleague|4
hay gọi"
crm-export contact -o vcf --vcard 4.0 >kin.vcf
has "relations go out" 'RELATED;TYPE=colleague;VALUE=text:Ai Đó' kin.vcf
crm-import contact kin.vcf 2>err
has "and in again" 'read 4, created 0, updated 0, unchanged 4' err
crm-contact add name='Ai Đó' -q
printf 'BEGIN:VCARD\nVERSION:3.0\nFN:Tí\nX-SPOUSE:Ai Đó\nX-CHILD:3\nX-MANAGER:Tí\nEND:VCARD\n' | crm-import contact -q
is "of two nobody is meant, nor by a number or oneself" "$(sqlite3 "$CRM_DB" "select description from contact where name = 'Tí'; select count(*) from relation")" "X-CHILD:3
X-MANAGER:Tí
X-SPOUSE:Ai Đó
4"

# --- what only looks like something else ---
fresh
crm-account add name=Một -q
crm-account add name=Hai -q
printf 'BEGIN:VCARD\nVERSION:3.0\nFN:Tư\nORG:2\nGENDER:M;manly\nTEL;TYPE=CELL:0912345678\nTEL;TYPE=WORK:0912345678\nTEL;TYPE=WORK,FAX:0912345678\nEND:VCARD\n' >odd.vcf
ok "a company whose name is a number" crm-import contact odd.vcf --create-missing account
is "is no id of an account" "$(sqlite3 "$CRM_DB" 'select a.id, a.name from contact join account a on a.id = contact.account')" "3|2"
ok "the same again" crm-import contact odd.vcf --create-missing account
has "is the same" 'created 0, updated 0, unchanged 1' err
printf 'BEGIN:VCARD\nFN:Năm\nORG:2\nEND:VCARD\n' | crm-contact add -q
is "nor where records are added" "$(sqlite3 "$CRM_DB" "select account from contact where name = 'Năm'")" 3
crm-contact list Tư -o vcf >odd.vcf
has "a fax of the same number leaves the others what they are" 'TEL;TYPE=work,pref:0912345678' odd.vcf
is "a sex that has more to it is said once" "$(grep GENDER odd.vcf | tr -d '\r')" "GENDER:M;manly"
printf 'BEGIN:VCARD\nPROFILE:VCARD\nFN:Sáu\nUID:s-6\nANNIVERSARY:2001-02-03\nEND:VCARD\n' | crm-import contact -q
is "4.0 has days and numbers in its own form, and no PROFILE" "$(crm-contact list Sáu -o vcf --vcard 4.0 | tr -d '\r' | sed 1,4d)" "ANNIVERSARY:20010203
UID;VALUE=text:s-6
END:VCARD"
rm -f "$CRM_DB"*
fresh
crm-import contact odd.vcf --create-missing account -q
crm-contact list -o vcf >odd2.vcf
same "and comes back as it went" odd2.vcf odd.vcf
printf '{"name":"%s"}\n' 'Nguyễn Văn An' 'dr.an@x.vn' 'Đội xe số 3' | crm-lead add -q
crm-lead list -o vcf >whole.vcf
has "who has no parts of a name is seen where these are shown" 'N:;Nguyễn Văn An;;;' whole.vcf
fresh
crm-import lead whole.vcf -q
is "and does not get any" "$(sqlite3 "$CRM_DB" "select name, first_name, last_name, salutation from lead order by id" | tr '\n' ' ')" "Nguyễn Văn An||| dr.an@x.vn||| Đội xe số 3||| "
# --- the most preferred, of several that are ---
fresh
printf 'BEGIN:VCARD\nVERSION:4.0\nFN:Bảy\nEMAIL;PREF=100:b@x.vn\nEMAIL;PREF=1:a@x.vn\nEMAIL;PREF=2:c@x.vn\nTEL;TYPE=home;PREF=50:02438251111\nTEL;TYPE=work;PREF=3:02438252222\nTEL;TYPE=cell;PREF=9:0912345671\nTEL;TYPE=cell;PREF=8:0912345672\nADR;TYPE=work;PREF=2:;;;Huế;;;\nADR;TYPE=home;PREF=1:;;;Vinh;;;\nEND:VCARD\n' | crm-import contact -q
is "PREF counts from 1" "$(crm-contact list Bảy -o csv -f email,phone,mobile,city | tail -n 1)" "a@x.vn,02438252222,0912345672,Vinh"
done_testing
