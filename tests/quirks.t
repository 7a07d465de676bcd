#!/bin/sh
# crm-import of files as other programs leave them: what stands around the table, in which
# bytes it is written, what spreadsheets made of its cells, and which day 3/4/2024 is.
. tests/lib.sh
vietnam

sql() {
	sqlite3 -batch -separator '|' "$CRM_DB" "$1"
}
fresh() {
	rm -f "$CRM_DB" "$CRM_DB"-*
	vietnam
}
account() { # the accounting on stderr, without the name of the input
	sed -n 's/^crm-import: .*: \(read [0-9]*, .*\)/\1/p' err
}
note() { # TEXT: what is said of a.csv
	has "says: $1" "crm-import: a.csv: $1" err
}

# --- around the table ---
printf 'Notes:\n"When exporting your connections, you may notice\nthat some e-mail addresses are missing"\n\nFirst Name,Last Name,Email Address,Company,Connected On\nAn,Lê,an@x.vn,FPT,12 Mar 2024\n' >a.csv
ok "a preamble" crm-import contact a.csv --map 'Connected On=created_at,Company=account' --create-missing account
note "4 lines before the header were passed over"
is "and a day in words" "$(sql 'select first_name, email, substr(created_at, 1, 10) from contact')" "An|an@x.vn|2024-03-11"
printf 'Báo cáo: khách; tất cả\r\n\r\nHọ tên;SĐT;Điểm;\r\nAn;0912345678;7;\r\n;;;\r\n"Tổng cộng";"1";;\r\n"Copyright (c) 2024 salesforce.com"\r\n' >a.csv
status 1 "a report" crm-import lead a.csv --rejects r.csv
has "its closing lines are rows that are refused" "a.csv:6: this closes a report and is no record" err
is "all of them" "$(account)" "read 3, created 1, updated 0, unchanged 0, duplicate 0, skipped 0, rejected 2; committed"
is "and kept" "$(cat r.csv)" 'Họ tên;SĐT;Điểm;reject_line;reject_reason;reject_raw
;;;6;"this closes a report and is no record";"""Tổng cộng"";""1"";;"
;;;7;"this closes a report and is no record";"""Copyright (c) 2024 salesforce.com"""'
fresh
printf 'x\ny\nname,phone\nAn,0912345678\n' >a.csv
ok "--header-line" crm-import lead a.csv --header-line 3
note "2 lines before the header were passed over"
status 1 "is believed" crm-import lead a.csv --header-line 1
has "also where it is wrong" 'a.csv:1: column "x" is no field of lead' err
printf 'who,how\nname,phone\n' >a.csv
status 1 "a row that speaks of columns is no header" crm-import lead a.csv
has "so nothing is dropped" 'a.csv:1: column "who" is no field of lead' err
printf 'name,phone,notes\nAn,0912345678\nBa,0912345679,x,,\nCa,0912345670,x,y\n' >a.csv
status 1 "ragged rows" crm-import lead a.csv --rejects r.csv
note "1 row has fewer cells than the header; the others count as empty: line 2"
has "more cells are refused where they say something" 'a.csv:4: 4 cells, but there are 3 columns; cell 4 is "y"' err
printf 'name,phone,score\nAn,x@\nBa,1,2\nx,,z,,\nCa\n' >a.csv
status 1 "those that are refused" crm-import lead a.csv --rejects r.csv
is "keep their columns" "$(python3 -c '
import csv
for row in csv.DictReader(open("r.csv")): print(row["name"], row["score"], row["reject_line"], row["reject_raw"], sep="|")')" 'x|z|4|
||5|Ca'
fresh
if [ -r "$data/salesforce/Accounts-Contacts.csv" ]; then
	file=$data/salesforce/Accounts-Contacts.csv
	cat >m.yaml <<'Y'
columns: {"Account: Account Name": name, "Account: Phone": phone}
ignore: ["Account: Type", "Contact: First Name", "Contact: Last Name", "Contact: Title", "Contact: Phone", "Contact: Email", "Contact: Picture"]
match: [name]
Y
	ok "Salesforce's accounts with contacts" crm-import account "$file" --map m.yaml
	is "short rows are counted" "$(grep -o '[0-9]* rows have fewer' err)" "$(python3 -c '
import csv, sys
print(sum(len(r) == 3 for r in csv.reader(open(sys.argv[1], encoding="utf-8-sig"))))' "$file") rows have fewer"
	fresh
fi

# --- bytes ---
for e in UTF-16LE UTF-16BE UTF-16 UTF-32; do
	printf 'Họ tên\tSĐT\n"Nguyễn ""Tí"" Đức"\t0912345678\n' | iconv -f UTF-8 -t $e >a.csv
	ok "$e" crm-import lead a.csv --match phone --on-match error
	case $e in UTF-16 | UTF-32) note "read as \"${e}LE\"" ;; esac
	is "$e: what was meant" "$(sql 'select name, phone from lead')" 'Nguyễn "Tí" Đức|0912345678'
	fresh
done
printf 'Họ tên\tĐiểm\n"Nguyễn ""Tí"""\tx\n' | iconv -f UTF-8 -t UTF-16 >a.csv
status 1 "rejects of tabs and quotes" crm-import lead a.csv --rejects r.csv
sed -i 's/\tx\t/\t7\t/' r.csv
ok "are read again as such" crm-import lead r.csv
is "to the letter" "$(sql 'select name, score from lead')" 'Nguyễn "Tí"|7'
fresh
printf 'name,notes\nNguyễn Thị Hường,Đà Nẵng\n' >u.csv
python3 - <<'P'
import unicodedata
marks = "\u0300\u0301\u0303\u0309\u0323"
def cp1258(s): # the vowel, then the tone
    out = ""
    for c in s:
        d = unicodedata.normalize("NFD", c)
        tone = "".join(m for m in d if m in marks)
        out += unicodedata.normalize("NFC", "".join(m for m in d if m not in marks)) + tone
    return out.encode("cp1258")
open("a.csv", "wb").write(cp1258(open("u.csv", encoding="utf-8").read()))
P
status 1 "windows-1258 is no UTF-8" crm-import lead a.csv
has "and the options are named" "is not UTF-8; say --encoding windows-1258, windows-1252, TCVN, VISCII … or auto" err
for e in windows-1258 auto; do
	ok "--encoding $e" crm-import lead a.csv --encoding $e
	note 'read as "windows-1258"'
	is "$e: in NFC" "$(sql 'select name, notes from lead')" "Nguyễn Thị Hường|Đà Nẵng"
	fresh
done
for e in TCVN VISCII; do
	iconv -f UTF-8 -t $e u.csv >a.csv
	ok "--encoding $e" crm-import lead a.csv --encoding $e
	is "$e: in NFC" "$(sql 'select name, notes from lead')" "Nguyễn Thị Hường|Đà Nẵng"
	fresh
done
printf 'name\nRené\n' | iconv -f UTF-8 -t latin1 >a.csv
ok "French is guessed" crm-import lead a.csv --encoding auto
note 'read as "windows-1252"'
is "as French" "$(sql 'select name from lead')" "René"
fresh

# --- what spreadsheets do ---
cat >a.csv <<'Y'
sep=;
Họ tên;SĐT;Email;Ghi chú;external_id;next_contact_at
An;912345678;a@x.vn;="0012";1;1710235800
Ba;6.28E+12;#N/A;NULL;2;1710235800123
Ca;8.4912345679E+10;-;'0123;3;45231
Da;'0912345670;n/a;"=""a,b""";4;45231.75
Ea;912345673.0;;'t Hooft;5;0000-00-00 00:00:00
Ga;0912345674;;Total;1.23E+11;
Y
status 1 "damage" crm-import lead a.csv --rejects r.csv --summary s.json
is "what can be undone is" "$(sql 'select name, phone, email, notes, next_contact_at from lead')" \
"An|0912345678|a@x.vn|0012|2024-03-12T09:30:00Z
Ba|6.28E+12|||2024-03-12T09:30:00Z
Ca|84912345679||0123|2023-10-31T17:00:00Z
Da|0912345670||a,b|2023-11-01T11:00:00Z
Ea|0912345673||'t Hooft|"
note 'phone: 2 numbers had lost their first 0, which was put back ("912345678"): lines 3, 7'
note 'phone: 1 number was damaged by a spreadsheet; it is kept and never matched ("6.28E+12"): line 4'
note 'phone: 2 numbers in a spreadsheet'"'"'s form were written out ("8.4912345679E+10"): lines 5, 7'
note 'SĐT: 1 spreadsheet'"'"'s apostrophe was taken off ("'"'"'0912345670"): line 6'
note 'Email: 3 cells were taken for empty ("#N/A"): lines 4, 5, 6'
note 'next_contact_at: 2 dates were a spreadsheet'"'"'s day numbers ("45231"): lines 5, 6'
has "a key that was cut is refused" 'a.csv:8: external_id: "1.23E+11" is what a spreadsheet left of a long number' err
is "the summary has it too" "$(python3 -c '
import json
for n in json.load(open("s.json"))["notes"]:
    if n["where"] == "phone": print(n["note"], n["count"], n["example"], n["lines"])')" "zero 2 912345678 [3, 7]
damaged 1 6.28E+12 [4]
digits 2 8.4912345679E+10 [5, 7]"
fresh
printf '{"name":"NULL","notes":"-"}\n' >a.jsonl
ok "JSON says itself what is text" crm-import lead a.jsonl
is "and is left alone" "$(sql 'select name, notes from lead')" "NULL|-"
crm-export lead -o csv >e.csv 2>err
ok "so is what crm-export wrote" crm-import lead e.csv
has "which changes nothing" "unchanged 1" err
fresh

# --- which day it is ---
cat >a.csv <<'Y'
name,birth_date,created_at
An,03/04/1990,3/12/2024 9:30 PM
Ba,28/3,
Ca,"Mar 12, 1991",12 tháng 3 2024
Da,5/5/1992,12/25/2024
Ea,7.8.85,2024-03-12 09:30
Ga,1-Feb-27,2024-03-12T09:30:00+02:00
Y
ok "columns that prove their order" crm-import lead a.csv
is "are read by it" "$(sql 'select name, birth_date, created_at from lead')" \
"An|1990-04-03|2024-03-12T14:30:00Z
Ba|--03-28|2026-11-21T02:30:00Z
Ca|1991-03-12|2024-03-11T17:00:00Z
Da|1992-05-05|2024-12-24T17:00:00Z
Ea|1985-08-07|2024-03-12T02:30:00Z
Ga|1927-02-01|2024-03-12T07:30:00Z"
note 'birth_date: 2 dates were read day first, as the column proves ("28/3"): line 3'
note 'created_at: 1 date was read month first, as the column proves ("12/25/2024"): line 5'
note 'birth_date: 2 years of two figures were completed'
fresh
printf 'name,birth_date\nAn,03/04/1990\nBa,5/5/1991\nCa,1992-03-04\n' >a.csv
status 1 "a date that could be two days" crm-import lead a.csv --rejects r.csv
has "is refused" 'a.csv:2: birth_date: "03/04/1990" could be two days; say --date-order dmy or mdy' err
has "and no other" "created 2, updated 0, unchanged 0, duplicate 0, skipped 0, rejected 1; committed" err
ok "until the order is given" crm-import lead r.csv --date-order mdy
is "which it is read by" "$(sql "select birth_date from lead where name = 'An'")" 1990-03-04
status 2 "an order that is none" crm-import lead r.csv --date-order xyz
fresh
printf 'name,birth_date\nAn,03/04/1990\nBa,30/04/1990\n' >a.csv
ok "one that another proves" crm-import lead a.csv
ok "and the same file again" crm-import lead a.csv
has "changes nothing" "created 0, updated 0, unchanged 2" err
printf '[{"name":"Ca","birth_date":"04/03/1990"}]' >a.json
status 1 "JSON too" crm-import lead a.json
has "may be two days" 'birth_date: "04/03/1990" could be two days' err
printf 'BEGIN:VCARD\nVERSION:3.0\nFN:Da\nBDAY:19850815\nEND:VCARD\n' >a.vcf
ok "cards say it as ISO 8601 does" crm-import lead a.vcf
is "which is no day number" "$(sql "select birth_date from lead where name = 'Da'")" 1985-08-15
fresh
printf 'name,birth_date\nAn,25/12/1990\nBa,12/25/1991\nCa,03/04/1992\n' >a.csv
status 1 "a column that contradicts itself" crm-import lead a.csv
has "is refused" 'a.csv:4: birth_date: "03/04/1992" could be two days: line 2 has "25/12/1990", but line 3 "12/25/1991"; say --date-order dmy or mdy' err
is "as a whole" "$(account)" "read 3, created 0, updated 0, unchanged 0, duplicate 0, skipped 0, rejected 3; nothing committed"
printf 'name,birth_date,zalo\nAn,85/08/15,\nBa,90/01/02,\n' >a.csv
ok "years first, in two figures" crm-import lead a.csv
is "are told by those over 31" "$(sql 'select birth_date from lead')" "1985-08-15
1990-01-02"
fresh
printf 'columns: {Ngày: {field: birth_date, date_order: mdy}}\n' >m.yaml
printf 'name,Ngày\nAn,03/04/90\n' >a.csv
ok "a map that says the order" crm-import lead a.csv --map m.yaml
is "is followed" "$(sql 'select birth_date from lead')" 1990-03-04
cp a.csv b.csv
ok "the same file again" crm-import lead b.csv --map m.yaml --match name --on-match update
has "changes nothing" "created 0, updated 0, unchanged 1" err
fresh

# --- hostile files: every row ends in exactly one class ---
cat >torture.py <<'P'
import csv, json, re, subprocess, sys, os, glob
data = sys.argv[1]
def run(file, args):
    for db in glob.glob("t.db*"): os.remove(db)
    subprocess.run(["cp", "empty.db", "t.db"], check=True)
    env = dict(os.environ, CRM_DB="t.db")
    p = subprocess.run(["crm-import", "lead", file] + args, env=env, capture_output=True, timeout=60)
    text = p.stderr.decode("utf-8", "replace")
    m = re.search(r": read (\d+), created (\d+), updated (\d+), unchanged (\d+), duplicate (\d+), skipped (\d+), rejected (\d+)", text)
    if p.returncode not in (0, 1) or (not m and p.returncode == 0):
        print(file, args, p.returncode, text)
    return [int(n) for n in m.groups()] if m else None
def check(file, args, rows=None, refused=None):
    plain = run(file, args)
    kept = run(file, args + ["--rejects", "r.out"])
    if (plain is None) != (kept is None):
        return print(file, "differs with --rejects", plain, kept)
    if kept is None:
        return
    if kept != plain or kept[0] != sum(kept[1:]):
        print(file, "sums", plain, kept)
    if rows is not None and kept[0] != rows:
        print(file, "rows", kept[0], "not", rows)
    if refused and not kept[6]:
        print(file, "took what is wrong")
    if kept[6]:
        again = run("r.out", args)
        if not again or again[0] != kept[6]:
            print(file, "rejects fed again:", again, "of", kept[6])
for f in sorted(glob.glob(data + "/csv-test-data/csv/*.csv")):
    name = os.path.basename(f)[:-4]
    body = open(f, "rb").read()
    if not name.startswith(("header", "bad-header")):
        body = b"foo,bar,baz\n"[:4 * (body.split(b"\n")[0].count(b",") + 1) - 1] + b"\n" + body
    open("in.csv", "wb").write(body)
    wanted = None
    side = data + "/csv-test-data/json/" + name + ".json"
    if os.path.exists(side) and "empty" not in name:
        wanted = len(json.load(open(side)))
    header = body.split(b"\n")[0].decode("utf-8", "replace").strip().split(",")
    args = ["--map", ",".join(h + "=" + t for h, t in zip(header, ["name", "notes", "company"]) if h)] if header[0] == "foo" else ["--ignore-unknown"]
    check("in.csv", args, wanted, name in ("bad-missing-quote", "bad-unescaped-quote", "bad-quotes-with-unescaped-quote"))
for f in sorted(glob.glob(data + "/csv-spectrum/csvs/*.csv")):
    wanted = json.load(open(f.replace("csvs", "json")[:-4] + ".json"))
    key = list(csv.reader(open(f, newline="")))[0][0]
    check(f, ["--ignore-unknown", "--map", key + "=name"], len(wanted) if isinstance(wanted, list) else 1)
for f in sorted(glob.glob(data + "/json-test-suite/*.json"))[::5]:
    check(f, ["-i", "json", "--ignore-unknown"])
for i, s in enumerate(json.load(open(data + "/blns/blns.json"))):
    with open("in.csv", "w", newline="", encoding="utf-8", errors="surrogatepass") as out:
        csv.writer(out, lineterminator="\n").writerows([["name", "notes", "phone", "birth_date", "score"], ["x", s, s, s, s], ["y", s]])
    if i % 15 == 0:
        check("in.csv", [], 2)
P
if [ -d "$data/csv-spectrum" ]; then
	cp "$CRM_DB" empty.db
	ok "torture files" python3 torture.py "$data"
	is "every row is in one class" "$(cat out)" ""
fi

# --- titles that stand in a part of the name ---
rm -f "$CRM_DB"*
vietnam
printf 'Họ và tên đệm,Tên,Danh xưng,Email\nChị Trần Thị,Lan,,a@x.vn\nNguyễn,Anh Thư,,b@x.vn\nChị Trần Thị,Lan,bà,c@x.vn\nSmith,Dr. John,,d@x.vn\nLê,Anh,,e@x.vn\n' >names.csv
ok "titles" crm-import contact names.csv --map 'Họ và tên đệm=last_name,Tên=first_name'
crm-contact list -s id -o csv -f last_name,first_name,salutation >out
is "are salutations, where none is given; a given name is no title" "$(tail -n +2 out)" "Trần Thị,Lan,chị
Nguyễn,Anh Thư,
Chị Trần Thị,Lan,bà
Smith,John,dr
Lê,Anh,"
crm-contact set contact-5 last_name='Ông Lê' -q
crm-export contact -o csv >ours.csv
crm-import contact ours.csv 2>err
has "in what was exported here nothing is taken off" 'read 5, created 0, updated 0, unchanged 5' err

# --- what other programs export, and what their users do to it ---
rm -f "$CRM_DB"*
vietnam
printf 'Tên khách hàng,Điện thoại,Điện thoại,Ghi chú,Ghi chú\nAn,0912345678 - 0912345670,0987654321,x,y\n' >twice.csv
ok "two columns of one name" crm-import --preset auto twice.csv
sql() {
	sqlite3 -batch -separator '|' "$CRM_DB" "$1"
}
is "are two columns, and two numbers of a cell two numbers" \
	"$(sql 'select phone, notes from lead; select phone from identity order by 1')" "0912345678 - 0912345670|x
Ghi chú 2: y
+84912345670
0987654321"
crm-import --preset auto twice.csv 2>err
has "once" 'created 0, updated 0, unchanged 1' err
crm-who 0912345670 >out
has "by which one is known" '"id":"lead-1"' out
printf 'Record ID,Company name,Company owner,Number of Employees,Type\n1,A,,"1,200",Vendor\n2,B,,12.000.000,\n3,C,,1.5,\n' >c.csv
status 1 "thousands of people" crm-import --preset auto c.csv --rejects bad.csv
is "are whole numbers in groups of three" "$(sql 'select employees, type from account order by id') $(wc -l <bad.csv)" "1200|supplier
12000000|prospect 2"
printf 'Record Id,Lead Owner,Last Name,Email,Company,Lead Status,Mobile\nz1,,Đơn,"don@z.vn, don2@z.vn",,,\n' >z.csv
ok "two addresses in a cell" crm-import --preset auto z.csv
is "are two" "$(sql "select email from lead where last_name = 'Đơn'; select email from identity where email is not null")" "don@z.vn
don2@z.vn"
printf 'Person - ID,Person - Name,Person - Phone - Work,Person - Phone - Mobile,Person - Organization\n1,Lan,024 3826 1234,912345678,A\n' >p.csv
ok "a mobile number" crm-import --preset auto p.csv
is "is the mobile one" "$(sql 'select phone, mobile from contact')" "024 3826 1234|0912345678"
printf 'External ID,Opportunity,Contact Name,Company Name,Stage\no1,Mái nhà,,,Won\n' >o.csv
ok "an opportunity without anybody" crm-import lead --preset auto o.csv
is "goes by what it is about" "$(sql "select name, need from lead where external_id = 'odoo:o1'")" "Mái nhà|Mái nhà"
printf 'Anrede,Vorname,Nachname,Firma,Position,Ort geschäftlich,Telefon geschäftlich,E-Mail-Adresse,E-Mail-Typ,Geburtstag,Geschlecht\nHerr,Jörg,Müller,Müller GmbH,Chef,Köln,+49 221 123456,j@x.de,SMTP,0.0.00,Männlich\n' |
	iconv -f utf-8 -t windows-1252 >de.csv
ok "Outlook in German" crm-import --preset auto --encoding auto de.csv
printf 'Titre;Prénom;Nom;Société;Titre;Ville (bureau);Téléphone (bureau);Adresse de messagerie;Anniversaire\nM.;Jean;Dupont;Dupont SA;Directeur;Paris;+33 1 23 45 67 89;j@d.fr;17/05/1980\n' >fr.csv
ok "Outlook in French, with its two titles" crm-import --preset auto fr.csv
is "are contacts" "$(sql "select contact.salutation, contact.first_name, contact.last_name, contact.title, contact.city, contact.phone, contact.birth_date, contact.gender, account.name from contact join account on account.id = contact.account where contact.email in ('j@x.de', 'j@d.fr') order by contact.id")" "mr|Jörg|Müller|Chef|Köln|+49 221 123456||male|Müller GmbH
mr|Jean|Dupont|Directeur|Paris|+33 1 23 45 67 89|1980-05-17||Dupont SA"
# --- what is no text ---
for bytes in 'PK\003\004\024' '\320\317\021\340\241' '\037\213\010' '%%PDF-1.4' '\357\273\277<html><table><tr><td>name'; do
	printf "$bytes\n" >book.xls
	status 1 "a file that begins with $bytes" crm-import lead book.xls
	has "is told to be no table" 'book.xls: this is' err
done
done_testing
