#!/bin/sh
# Full names in parts: real Vietnamese names through crm-import, whatever order is set.
. tests/lib.sh

[ -e "$data/vietnam/vi.json" ] || skip_all "$data/vietnam/vi.json is not there"

# Family, middle and given name of each; expected figures from the parts that it is made of.
python3 - "$data/vietnam/vi.json" <<'X'
import json, sys, unicodedata
person = json.load(open(sys.argv[1]))["person"]
families = person["last_name"]["generic"]
rows = []
for sex, middles in ("female", ["Thị", "Ngọc", "Thanh", "Thị Kim", ""]), ("male", ["Văn", "Đức", ""]):
    for i, given in enumerate(person["first_name"][sex]):
        family, middle = families[i % len(families)], middles[i % len(middles)]
        before = [family, *middle.split(), *given.split()[:-1]]
        rows.append((" ".join(before), given.split()[-1]))

def bare(text):
    text = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(c for c in text if not unicodedata.combining(c))

def write(name, rows):
    with open(name + ".csv", "w") as names, open(name + ".parts", "w") as parts:
        print("full", file=names)
        for last, first in rows:
            full = f"{last} {first}"
            print(unicodedata.normalize("NFD", full) if len(full) % 2 else full, file=names)
            print(last, first, sep="|", file=parts)

write("all", rows)
write("accented", [row for row in rows if not "".join(row).isascii()])
write("bare", [(bare(last), bare(first)) for last, first in rows])
X
echo 'columns: {full: [name, {split: {as: name, into: [last_name, first_name]}}]}' >map.yaml
fresh() { # REGION: names are family first in VN
	rm -f "$CRM_DB"
	crm-init --region "$1" -q
}
parts() {
	sqlite3 -separator '|' "$CRM_DB" 'select last_name, first_name from lead order by id'
}
splits() { # REGION FILE WHAT
	fresh "$1"
	ok "$3 are taken" crm-import lead "$2.csv" --map map.yaml -q
	parts >got
	ok 'and split as they were made' cmp "$2.parts" got
	[ "$code" = 0 ] || diff "$2.parts" got | head -20 | sed 's/^/# /'
}
fresh US
printf 'Full name\nDr. Jo Doe\nRev. Al King\nThầy Nguyễn Văn An\n' >titles.csv
echo 'columns: {Full name: {split: {as: name, into: [salutation, first_name, last_name]}}}' >titles.yaml
ok 'a title that is no salutation here loses no row' crm-import lead titles.csv --map titles.yaml -q
is 'it stays before the name' \
	"$(sqlite3 "$CRM_DB" 'select name, salutation, first_name, last_name from lead order by id')" 'Jo Doe|dr|Jo|Doe
Rev. Al King||Rev. Al|King
An Thầy Nguyễn Văn||An|Thầy Nguyễn Văn'
fresh US
echo 'columns: {Full name: {split: {as: name, into: [first_name, last_name]}}}' >titles.yaml
ok 'where no field takes the titles' crm-import lead titles.csv --map titles.yaml -q
is 'those that are salutations here are taken off all the same' "$(parts)" 'Doe|Jo
King|Rev. Al
Thầy Nguyễn Văn|An'
splits VN all 'names with and without accents, composed and decomposed,'
splits US accented 'those with accents where the given name is first'
splits VN bare 'those without accents'
done_testing
