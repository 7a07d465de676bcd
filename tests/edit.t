#!/bin/sh
# crm-X edit: records in the user's editor.
. tests/lib.sh

vietnam
mkdir 'my tmp'
export TMPDIR="$work/my tmp"

editor() { # SCRIPT…: the editor is sh -c SCRIPT with the file as $1
	printf '%s\n' "$@" >editor.sh
	export VISUAL='' EDITOR="sh $work/editor.sh"
}
left() { # how many files were left behind; forgets them
	find "$TMPDIR" -type f | wc -l | tr -d ' '
	rm -rf "${TMPDIR:?}"/*
}
change_sets() {
	sqlite3 "$CRM_DB" 'select count(*) from change_set'
}

crm-lead add name='Trần Thị Minh' company='Minh Anh' phone='090 123 4567' source=zalo owner=lan budget=15tr \
	notes='dòng một
  dòng hai' -q
crm-lead add name='Lê Văn An' email=an@a.example -q

# -- what the editor is shown --

editor 'cp "$1" shown' 'ls -ld "$1" "${1%/*}" | cut -c1-10 >modes' 'echo "${1##*/}" >named'
ok 'nothing changed' crm-lead edit lead-1
is 'prints nothing' "$(cat out err)" ''
is 'and leaves nothing behind' "$(left)" 0
is 'only its user could read it' "$(tr '\n' ' ' <modes)" 'drwx------ -rw------- '
is 'it is named after the record' "$(cat named)" lead-1.yaml
sed '/^#/d' shown | grep -E '^ |: [^ ]|^(title|salutation|rating|email):' | sed 's/  # website.*/  # …/' >got
cat >wanted <<'END'
id: lead-1
name: Trần Thị Minh
salutation:  # mr ms mrs dr prof anh chị em cô dì chú bác ông bà
title:
company: Minh Anh
kind: org  # org person
email:
phone: 090 123 4567
budget: 15000000
currency: VND
source: zalo  # …
status: new  # target new contacted nurturing qualified disqualified converted
rating:  # hot warm cold
owner: lan
do_not_call: false  # true false
do_not_email: false  # true false
do_not_sms: false  # true false
do_not_zalo: false  # true false
notes: |-
  dòng một
    dòng hai
END
grep -q '^currency: VND' got || sed -i '/^currency/d' wanted
same 'one line a field, choices behind them, long text as a block' got wanted
has 'what the program sets is a comment' '# created_by: ' shown
ok 'Vietnamese' env CRM_LANG=vi crm-lead edit lead-1
has 'is how it is introduced' 'Lưu và thoát' shown
sed '/^#/d' shown >vietnamese
CRM_LANG=en crm-lead edit lead-1
sed '/^#/d' shown >english
same 'the rest is no label' vietnamese english

# -- changing --

before=$(change_sets)
editor 'sed -i "s/^status: new/status: contacted/; s/^company:.*/company:/; /^phone/d; s/^tags:.*/tags: [vip, a]/
	s/^title:.*/title: \"a # b: c\"/" "$1"'
ok 'changed' crm-lead edit lead-1 --reason 'gặp rồi' -o csv -f id,name,status,company,phone,tags,title,notes
cat >wanted <<'END'
id,name,status,company,phone,tags,title,notes
lead-1,Trần Thị Minh,contacted,,090 123 4567,a;vip,a # b: c,"dòng một
  dòng hai"
END
same 'an emptied line clears, a deleted one does not' out wanted
is 'one change set' "$(($(change_sets) - before))" 1
is 'with its reason' "$(sqlite3 "$CRM_DB" 'select reason from change_set order by id desc limit 1')" 'gặp rồi'
is 'in which only what changed is remembered' "$(sqlite3 "$CRM_DB" "select group_concat(key, ' ') from
	(select key from change, json_each(before) where change_set = (select max(id) from change_set)
	and key not in ('rev', 'updated_at', 'updated_by') order by key)" | sed 's/ *company_key//')" \
	'company status tags title'
is 'nothing is left' "$(left)" 0

rev=$(crm-lead show lead-1 -f rev -o csv | tail -1)
editor 'sed -i "s/^name:.*/name:   \"Trần Thị Minh\"   /; s/^source: zalo/source: '"'zalo'"'/; /^#/d" "$1"; echo >>"$1"'
before=$(change_sets)
ok 'the same said in other words' crm-lead edit lead-1
is 'is no change' "$(crm-lead show lead-1 -f rev -o csv | tail -1) $(change_sets)" "$rev $before"
editor ': >"$1"'
ok 'an empty file' crm-lead edit lead-1
is 'is no change' "$(change_sets)" "$before"
editor 'rm "$1"'
ok 'a removed one' crm-lead edit lead-1
is 'is none either' "$(change_sets)" "$before"
editor 'sed -i "s/$/\r/" "$1"; sed -i "1s/^/\xef\xbb\xbf/; s/^score:/score: 8/" "$1"'
ok 'a BOM and CRLF' crm-lead edit lead-1 -q
is 'do no harm' "$(crm-lead show lead-1 -f score,notes,status -o jsonl)" \
	'{"score":8,"notes":"dòng một\n  dòng hai","status":"contacted"}'

# -- refused: the text is kept, nothing is written --

before=$(crm-lead list -o csv)
refused() { # NAME WANTED-IN-STDERR SED…: the edit is refused so, and the text is kept
	name=$1 wanted=$2
	editor "sed -i '$3' \"\$1\""
	status 1 "$name: status" crm-lead edit lead-1
	has "$name: message" "$wanted" err
	has "$name: where the text is" "crm-lead: the text is kept in $TMPDIR/crm-lead." err
	[ -s out ] && result 1 "$name: stdout is silent"
	is "$name: it is there" "$(left)" 1
}
refused 'a wrong value' ':12:8: email: "x@@y" is not an e-mail address' 's/^email:.*/email: x@@y/'
refused 'a wrong choice' 'status: "odd" is none of: target new' 's/^status:.*/status: odd/'
refused 'an unknown field' ':8:1: no field "compny" on lead; did you mean '"'company'"'?' 's/^company:/compny:/'
refused 'what a check says points at its line' ': disqualify_reason: a disqualified lead needs a reason' \
	's/^status:.*/status: disqualified/'
refused 'a reference to nobody' 'owner: there is no user "nobody"' 's/^owner:.*/owner: nobody/'
refused 'what only the program sets' 'created_by: it is set by the program' 's/^# created_by:.*/created_by: mai/'
refused 'a lost comment' 'company: # begins a comment; put the value into quotes if "1 shop" belongs to it' \
	's/^company:.*/company: No #1 shop  # 1 shop/'
refused 'a value that is all comment' 'company: # begins a comment' 's/^company:.*/company: #1/'
refused 'a comment behind an unchanged value' 'name: # begins a comment' 's/^name: .*/& # x/'
refused 'no YAML' ':8:16: not YAML: ' 's/^company:.*/company: a: b: c/'
refused 'a line twice' ' stands in line 5 already' 's/^title:.*/name: X/'
refused 'a list for a text' 'company: it is a list, not a text' 's/^company:.*/company: [a]/'
refused 'another record' 'lead-2 was not opened' 's/^id:.*/id: lead-2/'
refused 'an alias' 'anchors (&) and aliases (*) are not taken' 's/^company:.*/company: *x/'
is 'nothing of all that was written' "$(crm-lead list -o csv)" "$before"

editor 'sed -i "s/^email:.*/email: x@@y/; s/^status:.*/status: odd/" "$1"'
status 1 'several mistakes' crm-lead edit lead-1 --errors jsonl
is 'are told at once' "$(grep -c '^{"program":"crm-lead","file":' err)" 2
left >/dev/null

editor 'sed -i "s/^company:.*/company: Lost/" "$1"; exit 3'
status 1 'an editor that fails' crm-lead edit lead-1
has 'changes nothing' 'crm-lead: the editor ended with status 3; nothing was changed' err
is 'but what was typed is kept' "$(left)" 1
editor 'exit 1'
status 1 'one that fails with nothing typed' crm-lead edit lead-1
is 'leaves nothing' "$(left)" 0
editor 'kill -9 $$'
status 1 'one that is killed' crm-lead edit lead-1
has 'says so' 'nothing was changed' err
EDITOR=/no/such/editor
status 1 'none at all' crm-lead edit lead-1
status 1 'none named, and no terminal for vi' setsid -w env -u EDITOR -u VISUAL crm-lead edit lead-1
has 'says what to set' 'no terminal to edit on, and neither VISUAL nor EDITOR is set' err
editor 'sed -i "s/^score:.*/score: $1/" "$2"'
VISUAL="$EDITOR 9" EDITOR=false
ok 'VISUAL comes first, and may have arguments' crm-lead edit lead-1 -q
is 'it was run' "$(crm-lead show lead-1 -f score -o csv | tail -1)" 9
editor 'sed -i "s/^score:.*/score: 10/" "$1"'
status 3 'no place for the file' env TMPDIR=/nowhere crm-lead edit lead-1
status 1 'no such record' crm-lead edit lead-99
is 'no editor was opened' "$(crm-lead show lead-1 -f score -o csv | tail -1)" 9

# -- somebody else, meanwhile: no lock is held --

editor 'crm-lead set lead-1 title=Giám\ đốc -q --wait 0 || exit 9' 'sed -i "s/^company:.*/company: Mine/" "$1"'
status 1 'changed meanwhile' crm-lead edit lead-1
has 'is said' 'lead-1 was changed meanwhile: its rev is' err
is 'the other change stays, and nothing else is written' \
	"$(crm-lead show lead-1 -f title,company -o csv | tail -1)" 'Giám đốc,'
is 'the text is kept' "$(left)" 1
crm-lead add name=Gone -q
editor 'crm-lead rm lead-3 -q' 'sed -i "s/^company:.*/company: Mine/" "$1"'
status 1 'removed meanwhile' crm-lead edit lead-3
has 'is said, too' 'lead-3 was removed meanwhile' err
left >/dev/null
editor 'crm-lead set lead-2 title=x -q' 'sed -i "s/^company:.*/company: Mine/" "$1"'
ok 'another record may change' crm-lead edit lead-1 -q
editor 'sed -i "s/^company:.*/company: Theirs/" "$1"'
status 1 'and --if-rev holds' crm-lead edit lead-1 --if-rev 1
left >/dev/null

# -- options --

editor 'sed -i "s/^company:.*/company: Dry/" "$1"'
ok 'a dry run' crm-lead edit lead-1 -n -o csv -f company
is 'shows' "$(tail -1 out)" Dry
is 'and writes nothing' "$(crm-lead show lead-1 -f company -o csv | tail -1)" Mine
has 'the text is not lost' 'the text is kept in' err
is 'really' "$(left)" 1
status 1 '--max' crm-lead edit lead-1 --max 0
has 'its end says where the text is' 'the text is kept in' err
is 'also there' "$(left)" 1
editor 'sqlite3 "$CRM_DB" "begin immediate; select 1" ".system sleep 1.5" >/dev/null 2>&1 &' 'sleep 0.5' \
	'sed -i "s/^company:.*/company: Busy/" "$1"'
status 75 'a lock that others hold' crm-lead edit lead-1 --wait 0
is 'the text is kept then, too' "$(left)" 1
sleep 1.5
editor 'sed -i "s/^company:.*/company: Full/" "$1"'
[ -w /dev/full ] && {
	crm-lead edit lead-1 >/dev/full 2>err
	is 'a full disk is noticed' $? 3
	is 'after the commit' "$(crm-lead show lead-1 -f company -o csv | tail -1)" Full
	left >/dev/null
}

# -- several --

editor 'cp "$1" shown; echo "${1##*/}" >named' 'sed -i "s/^industry:.*/industry: retail/" "$1"'
before=$(change_sets)
ok 'several, from a pipe' sh -c 'crm-lead list -s -id -o refs | crm-lead edit -f id,industry -o csv'
cat >wanted <<'END'
id,industry
lead-2,retail
lead-1,retail
END
same 'in the order in which they came' out wanted
is 'are one file' "$(cat named) $(grep -c '^---$' shown)" 'leads.yaml 2'
is 'and one change set' "$(($(change_sets) - before))" 1
editor 'awk "/^---/ { n++ } n == 2" "$1" >new; sed "s/^industry:.*/industry: media/" new >"$1"'
ok 'a document less' crm-lead edit lead-1 lead-2 -o csv -f id,industry
is 'is a record left alone' "$(tail -n +2 out)" lead-2,media
editor 'awk "BEGIN { RS = \"---\n\" } NR == 2 { a = \$0 } NR == 3 { print \$0 \"---\n\" a }" "$1" >new
	sed "s/^industry:.*/industry: finance/" new >"$1"'
ok 'in another order' crm-lead edit lead-1 lead-2 -o refs
is 'each is still itself' "$(crm-lead list -o csv -f id,name,industry)" 'id,name,industry
lead-1,Trần Thị Minh,finance
lead-2,Lê Văn An,finance'
editor 'sed -i "s/^id: lead-2/id: lead-1/" "$1"'
status 1 'the same twice' crm-lead edit lead-1 lead-2
has 'is refused' 'lead-1 is there twice' err
editor 'sed -i "/^id:/d" "$1"'
status 1 'one without its id' crm-lead edit lead-1 lead-2
has 'is refused, too' 'which record is this?' err
editor 'sed -i "/^id:/d; s/^industry:.*/industry: retail/" "$1"'
ok 'a single one needs none' crm-lead edit lead-2 -q
editor 'sed -i "s/^name: Lê.*/name: \"\"/; s/^email:.*/email:/; s/^industry:.*/industry: energy/" "$1"'
status 1 'all or nothing' crm-lead edit status:new,contacted
is 'none was written' "$(crm-lead count industry:energy)" 0
left >/dev/null
: >none
ok 'an empty stream' sh -c 'crm-lead edit - <none'
is 'opens nothing' "$(left)" 0

# -- other record types --

crm-account add name='Đức Phát' currency=EUR annual_revenue=1234.5 -q
crm-deal add name=Van account='Đức Phát' currency=EUR amount=1999.99 stage=proposal -q
editor 'cp "$1" shown; sed -i "s/^amount:.*/amount: 1.500,25/" "$1"'
ok 'an amount' crm-deal edit deal-1 -o csv -f amount,currency,account,stage
has 'was shown as it is' 'amount: 1999.99' shown
is 'and is read as people here write it' "$(tail -1 out)" '1500.25,EUR,account-1,proposal'
editor 'sed -i "s/^currency:.*/currency: VND/; s/^amount:.*/amount: 2tr/" "$1"'
ok 'with another currency' crm-deal edit deal-1 -o csv -f amount,currency
is 'in that' "$(tail -1 out)" '2000000,VND'
crm-activity add kind=note account=account-1 body='một' -q
crm-contact add name='Đức' account=account-1 -q
crm-ticket add subject='Hỏng' account=account-1 -q
for type in account contact deal activity user team ticket; do
	editor 'sed -i "s/^tags:.*/tags: seen/" "$1"'
	ok "crm-$type edit" crm-$type edit 1 -o csv -f tags
	is 'does' "$(tail -1 out)" seen
done

# -- every text comes through, and nothing that was not touched is touched --

texts=$data/blns/blns.json
[ -e "$texts" ] || texts=/dev/null
python3 - "$texts" >texts.jsonl <<'END'
import json, sys
texts = json.load(open(sys.argv[1], encoding="utf-8")) if sys.argv[1] != "/dev/null" else []
texts += ["---", "a\n---\nb", "x # y", "a: b", "- a", "? a", "|", ">-", "'", '"', "\\", "null", "~", "true",
	"a\n b\n\n\n  c\n\td", "a\tb", "a\r\nb", "a\rb", "x\u0001\u001b[31m\u007f\u0085y", "a\u2028b\u2029c",
	"\ufeffx", "\u202ex", "a\nstatus: converted", "x\nid: lead-1", "...", "%YAML", "{a", "[a", "*a", "&a", "!a", "@a",
	"`a", "#", "a #", "Nguye\u0302\u0303n", "a" * 5000, "\n".join("dòng %d: # '" % i for i in range(60000))]
for t in texts:
    try:
        t.encode("utf-8")
    except UnicodeEncodeError:
        continue
    print(json.dumps({"name": "n", "company": t.replace("\n", " "), "notes": t, "need": t, "title": t}))
END
while IFS= read -r line; do # what the store refuses (NUL …) is no record
	printf '%s\n' "$line"
done <texts.jsonl | crm-import lead - -i jsonl -q --rejects rejected.jsonl 2>/dev/null
count=$(crm-lead count name:n)
ok "hostile records ($count)" test "$count" -gt 30
ok 'one of them of a megabyte' test "$(sqlite3 "$CRM_DB" 'select max(length(cast(notes as blob))) from lead')" -gt 1000000
crm-lead list name:n -o jsonl -f '*,rev' >before
editor 'echo >>"$1"'
ok 'nothing changed in any of them' crm-lead edit name:n
crm-lead list name:n -o jsonl -f '*,rev' >after
same 'so they are as they were' after before
editor 'cp "$1" shown; sed -i "s/^employees:.*/employees: 7/" "$1"'
ok 'one field changed in all of them' crm-lead edit name:n -q
crm-lead list name:n -o jsonl -f '*,rev' >after
python3 - >out <<'END'
import json
def rows(path):
    for line in open(path, encoding="utf-8"):
        r = json.loads(line)
        yield r.pop("employees"), r.pop("rev"), {k: v for k, v in r.items() if k != "updated_at"}
old, new = list(rows("before")), list(rows("after"))
print(len(old) == len(new), all(a[2] == b[2] and b[0] == 7 and b[1] == a[1] + 1 for a, b in zip(old, new)))
END
is 'and no other' "$(cat out)" 'True True'
is 'no control character was in the text' "$(LC_ALL=C tr -d '\t\n' <shown | LC_ALL=C tr -cd '\001-\037\177' | wc -c | tr -d ' ')" 0
if python3 -c 'import yaml' 2>/dev/null; then
	python3 - >out <<'END'
import json, yaml
docs = [d for d in yaml.load_all(open("shown", encoding="utf-8"), Loader=yaml.BaseLoader)]
rows = [json.loads(l) for l in open("before", encoding="utf-8")]
print(len(docs) == len(rows), all((d[k] or "") == (r[k] or "") for d, r in zip(docs, rows)
	for k in ("id", "company", "notes", "need", "title")))
END
	is 'another YAML reader sees the same in it' "$(cat out)" 'True True'
fi

# -- on a terminal it asks, and opens the text again --

editor 'if grep -q "^email: x@@y" "$1"; then sed -i "s/^email:.*/email: x@y.example/" "$1"
	else sed -i "s/^email:.*/email: x@@y/" "$1"; fi; [ -t 0 ] && [ -t 1 ] && echo yes >>terminal'
terminal() { # ANSWER: crm-lead edit lead-1 on a terminal of its own; its status
	python3 - "$1" <<'END'
import os, pty, sys
pid, fd = pty.fork()
if pid == 0:
    os.execvp("crm-lead", ["crm-lead", "edit", "lead-1", "-q"])
seen = b""
while True:
    try:
        got = os.read(fd, 4096)
    except OSError:
        break
    if not got:
        break
    seen += got
    if b"Edit again?" in seen and not seen.endswith(b"done"):
        os.write(fd, sys.argv[1].encode() + b"\n")
        seen = b"done"
sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
END
}
terminal y
is 'asked, told yes, corrected' "$? $(crm-lead show lead-1 -f email -o csv | tail -1)" '0 x@y.example'
is 'the editor had the terminal' "$(cat terminal)" 'yes
yes'
is 'nothing is left' "$(left)" 0
crm-lead set lead-1 email= -q
terminal n
is 'told no' "$? $(crm-lead show lead-1 -f email -o csv | tail -1)" '1 '
is 'the text is kept' "$(left)" 1

done_testing
