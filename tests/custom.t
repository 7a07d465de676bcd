#!/bin/sh
# Fields that an admin adds are columns like the others, wherever fields are asked for.
. tests/lib.sh

vietnam
PATH=$PATH:${BUILD:-$root/build}/tests:$root/${BUILD:-build}/tests
put() { custom put "$@" >.put 2>&1 || cat .put; }
sql() { sqlite3 "$CRM_DB" "$@"; }
csv() { # PROGRAM ARGUMENT…
	program=crm-$1
	shift
	"$program" "$@" -o csv | tail -n +2
}

crm-lead add name='Trần Thị Minh' phone='0912 345 678' -q
before=$(sql "select count(*) from pragma_table_info('lead')")
custom list lead >out
is 'none at first' "$(cat out)" ''
custom pick lead.floor low Low Thấp
custom pick lead.floor high High Cao
CRM_NOW=2026-11-21T03:00:00Z
put lead floor_area type=number en='Floor area' vi='Diện tích' index=1
put lead contract type=code vi='Số hợp đồng'
put lead wish type=text index=1 help='what they dream of'
put lead story type=long_text
put lead second_mail type=email
put lead second_phone type=phone vi='Điện thoại 2'
put lead page type=url
put lead rooms type=int default=1
put lead done_percent type=percent
put lead deposit type=money
put lead moving_on type=date index=1
put lead rang_at type=instant
put lead garden type=bool default=no
put lead floor type=picklist index=1 vi='Tầng'
put lead seller type=reference ref=account vi='Bên bán'
put lead extras type=tags
is 'what is there' "$(custom list lead | cut -f1,2,5,6 | tail -n 3 | tr '\n\t' ' ')" \
	'floor picklist lead.floor - seller reference - account extras tags - - '
is 'columns, keys of the texts that are matched' \
	"$(($(sql "select count(*) from pragma_table_info('lead')") - before))" 20
is 'typed' "$(sql "select name || ' ' || type from pragma_table_info('lead') where name in
	('floor_area', 'contract', 'contract_key', 'garden') order by 1" | tr '\n' ' ')" \
	'contract TEXT contract_key TEXT floor_area INTEGER garden INTEGER '

# set, add, show, list
crm-account add name='Công ty Bán Nhà' -q
CRM_NOW=2026-11-21T04:00:00Z
ok 'set' crm-lead set 1 floor_area=120,5 contract='HĐ-0012/25' wish='Sân vườn' \
	story='một
hai' second_mail=MINH@Example.COM second_phone='0987 654 321' page=https://nha.vn \
	rooms=4 done_percent='30%' deposit=15tr moving_on=2027-02-01 rang_at=2026-11-20T10:00 \
	garden=có floor=Cao seller='Công ty Bán Nhà' extras='sân;bếp' -q
is 'list' "$(csv lead list -f floor_area,contract,second_mail,rooms,done_percent,deposit,moving_on,garden,floor,seller,extras)" \
	'120.5,HĐ-0012/25,minh@example.com,4,30,15000000,2027-02-01,true,high,account-1,bếp;sân'
is 'as it is stored' "$(sql 'select floor_area, contract_key, wish_key, second_phone_key, deposit,
	moving_on, rang_at, garden, floor, seller, extras from lead' | tr '|' ' ')" \
	'120500000 hd001225 san vuon +84987654321 15000000 2027-02-01 2026-11-20T03:00:00Z 1 high 1 ;bếp;sân;'
is 'show has them' "$(crm-lead show 1 -o json | python3 -c '
import json, sys
r = json.load(sys.stdin)
r = r[0] if isinstance(r, list) else r
print(r["floor_area"], r["rooms"], r["garden"], r["story"].replace("\n", "/"))')" '120.5 4 True một/hai'
crm-lead add name='Lê Văn An' -q
is 'defaults of a new record' "$(csv lead show 2 -f rooms,garden,floor)" '1,false,'
crm-lead set 2 'floor_area+=7.25' extras+=vip 'rooms-=1' -q
is '+= and -=' "$(csv lead show 2 -f floor_area,extras,rooms)" '7.25,vip,0'
for bad in floor_area=big floor_area=1.2345678 floor=cellar moving_on=2026-02-30 second_mail=nobody \
	garden=perhaps seller=Nobody page='java script' done_percent=101; do
	status 1 "refused: $bad" crm-lead set 2 "$bad"
	has "which names ${bad%%=*}" "${bad%%=*}: " err
done

# terms, where, sort, search, references
for term in floor_area:100..200 floor_area.gt:7.25 contract:hd001225 contract:'HĐ 0012-25' \
	wish:'san vuon' wish.has:vuon 'story.re:^một' second_mail:minh@example.com \
	second_phone:+84987654321 rooms:4 deposit:15tr moving_on:2027-02 rang_at:2026-11-20 \
	garden:yes floor:Cao floor:high,low seller:account-1 seller:any extras:sân tag:none; do
	wanted=1
	[ "$term" = tag:none ] && wanted=2
	is "term $term" "$(crm-lead count "$term")" $wanted
done
is 'where' "$(crm-lead count -w "floor_area > 100 and floor in (high, low) and seller.name ~ 'ban nha' and not garden = false")" 1
is 'sorted' "$(crm-lead list -s -floor_area -o refs | tr '\n' ' ')" 'lead-1 lead-2 '
is 'sorted by text, as a dictionary has it' "$(crm-lead list -s wish,-rooms -o refs | tr '\n' ' ')" 'lead-1 lead-2 '
is 'bare words find their text' "$(crm-lead list 'sân' -o refs)" lead-1
is 'and any part of a number' "$(crm-lead list 7654321 -o refs)" lead-1
is 'a record is found by its other number' "$(csv lead show 0987654321 -f id)" lead-1
is 'leads about an account' "$(crm-lead list account-1 -o refs)" lead-1
put lead partner type=reference ref=lead
crm-lead set 1 partner=lead-2 -q && crm-lead set 2 partner=lead-1 -q
is 'two may name each other' "$(csv lead list partner:any -f id,partner | tr '\n' ' ')" 'lead-1,lead-2 lead-2,lead-1 '
crm-lead set lead-1 lead-2 partner= -q
is 'who calls' "$(crm-who 0987654321 -o refs)" lead-1
put lead telegram type=handle
crm-lead set 2 telegram=@an.le -q
is 'a handle finds its owner' "$(crm-who @an.le -o refs)" lead-2
crm-lead set 2 telegram= -q
status 1 'what is referred to stays' crm-account rm 1
has 'which says by whom' 'lead-1' err
status 2 'a slip of the finger' crm-lead list flor_area:1
has 'is understood' 'floor_area' err
put account size type=int en='Head count'
crm-account set 1 size=12 -q
is 'through a reference' "$(csv lead list seller.size:10.. -f id,seller.size)" lead-1,12
is 'where, through a reference' "$(crm-lead count -w 'seller.size = 12')" 1
is 'sorted through a reference' "$(crm-lead list -s seller.size -o refs | tr '\n' ' ')" 'lead-1 lead-2 '

# views, history, the past
is 'view' "$(sql "select floor_area, floor, floor_label, seller, seller_name, deposit from v_lead where id = 1")" \
	'120.5|high|High|1|Công ty Bán Nhà|15000000'
is 'crm-query' "$(crm-query "select floor_area from v_lead where floor = 'high'" -o csv | tail -1)" 120.5
is 'history' "$(sql "select json_extract(before, '$.rooms') from change where entity = 'lead'
	and record = 2 and op = 'u'")" 1
crm-lead set 1 floor_area=130 -q
CRM_NOW=2026-11-21T05:00:00Z
crm-lead set 1 floor_area=140 wish='Hồ Tây' -q
is 'as of a change' "$(csv lead list --as-of 2026-11-21T04:30:00Z lead-1 -f floor_area,wish)" '130,Sân vườn'
is 'matched by what was said then' "$(crm-lead count --as-of 2026-11-21T04:30:00Z wish:'san vuon')" 1
is 'before the field was there it is empty' \
	"$(csv lead list --as-of 2026-11-21T02:30:00Z lead-1 -f name,floor_area,wish,rooms)" 'Trần Thị Minh,,,'
is 'the past has views too' \
	"$(crm-query 'select count(*) as n from v_lead where floor_area is null' --as-of 2026-11-21T02:30:00Z -o csv | tail -1)" 1

# completion, help
is 'completion of a name' "$(crm-lead --complete set floor_)" 'floor_area:
floor_area='
is 'of a value' "$(crm-lead --complete set floor=)" 'floor=low
floor=high'
is 'of a list of fields' "$(crm-lead --complete list -f name,floor_)" name,floor_area
is 'through a reference' "$(crm-lead --complete list seller.siz)" seller.size:
crm-lead --help >out
has 'help' 'what they dream of' out
CRM_DB=$work/none crm-lead --help >out 2>err
is 'without a database: as it ships' "$(grep -c -e floor_area -e 'birth_date' out)$(cat err)" 1

printf 'SQLite format 3\0damaged' >broken
CRM_DB=$work/broken crm-lead --help >out 2>err
has 'nor does a damaged one take the help away' 'birth_date' out
CRM_DB=$work/broken crm-lead --complete set birth_ >out 2>err
is 'completion neither' "$(tail -n 1 out)" 'birth_date='

# import, export
printf 'Tên khách hàng,Diện tích,Floor,Số hợp đồng,Điện thoại 2,seller\n%s\n%s\n' \
	'Nguyễn Hà,"1.234,5",Thấp,HĐ-7,0977 000 111,Công ty Bán Nhà' 'Đỗ Nam,x,low,,,' >in.csv
crm-import lead in.csv --rejects rejects.csv -q >out 2>err
is 'a rejected row keeps its text' "$(sed -n 's/.*\(Đỗ Nam,x\).*/\1/p' rejects.csv)" 'Đỗ Nam,x'
is 'a label heads a column, whatever the language' \
	"$(csv lead list name:'nguyen ha' -f floor_area,floor,contract,second_phone,seller)" \
	'1234.5,low,HĐ-7,0977 000 111,account-1'
has 'a bad value has its reason' 'floor_area: ""x"" is not a number' rejects.csv
printf 'name,contract,rooms\nNguyễn Hà,hđ 7,9\n' >again.csv
ok 'matched by a custom code' crm-import lead again.csv --match contract -q
is 'which is one record' "$(csv lead list contract:hđ7 -f name,rooms)" 'Nguyễn Hà,9'
for type in user team account lead; do
	crm-export $type
done >all.jsonl
grep -c . all.jsonl >/dev/null
crm-export lead >leads.jsonl
has 'export has them' '"floor_area":1234.5' leads.jsonl
crm-export lead -o csv >leads.csv

# what comes back into a new database with the same fields
restore() {
	rm -f copy.db
	CRM_DB=$work/copy.db
	vietnam
	custom pick lead.floor low Low Thấp
	custom pick lead.floor high High Cao
	custom list account >none
	CRM_DB=$work/crm.db custom list lead >fields
	while read -r name type rest; do
		set -- lead "$name" "type=$type"
		[ "$name" = partner ] && set -- "$@" ref=lead
		[ "$name" = seller ] && set -- "$@" ref=account
		[ "$name" = rooms ] && set -- "$@" default=1
		put "$@"
	done <fields
	put account size type=int
	CRM_DB=$work/crm.db crm-export account >accounts.jsonl
	crm-import account accounts.jsonl -q && crm-import lead leads.jsonl -q && crm-export lead
}
(restore) >back.jsonl 2>err
same 'export, import, export' back.jsonl leads.jsonl

# conversion
put account floor_area type=number
put contact wish type=text
put deal floor_area type=int
put deal deposit type=money
put contact deposit type=money
put account floor type=picklist picklist=lead.rating
export CRM_NOW=2026-11-21T06:00:00Z
crm-lead add company='Công ty Hoà' name='Bùi Thị Hoà' floor_area=88 wish=Ao deposit=5tr floor=low \
	budget=1tr -q
crm-convert 'Công ty Hoà' -q >out 2>err || cat err
is 'the same name and type is carried over' \
	"$(csv account list name:'cong ty hoa' -f floor_area)/$(csv contact list -f wish,deposit)/$(csv deal list -f deposit,floor_area)" \
	'88/Ao,/5000000,'
is 'another list is another meaning' "$(csv account list name:'cong ty hoa' -f floor)" ''
is 'what has no place stays on the lead' "$(csv lead show 1 -f contract,seller)" 'HĐ-0012/25,account-1'

crm-lead add company='Công ty Hoà' name='Bùi Văn Hải' floor_area=99 -q
crm-lead list name:'bui van hai' -o refs | crm-convert - --account account-2 -n >plan 2>err
has 'what differs is told' '"conflicts":[{"field":"floor_area"' plan
crm-lead list name:'bui van hai' -o refs | crm-convert - --account account-2 --overwrite floor_area -q >out 2>err
is 'and overwritten where that is asked for' "$(csv account list name:'cong ty hoa' -f floor_area)" 99
put deal site_visit type=date vi='Ngày khảo sát'
sql "update stage set require = 'site_visit' where key = 'proposal'"
status 1 'a stage may need it' crm-deal set 1 stage=proposal
has 'which is said' 'site_visit: stage "proposal" needs it' err
ok 'and then has it' crm-deal set 1 stage=proposal site_visit=2026-11-20 -q
is 'a report groups by it' "$(crm-report leads --by floor -o csv | sed -n 's/^high,\([0-9]*\),.*/\1/p')" \
	"$(sql "select count(*) from lead where floor = 'high'")"

# money where no field says in which currency
ok 'in the one of the database' crm-contact set 1 deposit=2tr -q
is 'as it should be' "$(sql 'select deposit from contact where id = 1')" 2000000
status 1 'not in another' crm-contact set 1 deposit='250 USD'
has 'which it says' 'deposit: it is in USD, the record in VND' err
printf '{"id":"contact-1","deposit":"3tr"}\n' | crm-import contact - -q
is 'from a stream too' "$(csv contact show 1 -f deposit)" 3000000

# retired
custom put lead wish retired=1 >out
is 'retired' "$(cat out)" updated
status 1 'nothing new goes into it' crm-lead set 2 wish=Sông
has 'which it says' 'wish: the field is retired' err
is 'what is there stays' "$(csv lead show 1 -f wish)" 'Hồ Tây'
crm-lead show 1 -o json >out
is 'unless asked for it is not shown' "$(grep -c wish out)" 0
is 'nor exported' "$(crm-export lead | grep -c wish)" 0
is 'nor offered' "$(crm-lead --complete set wis; crm-lead --help | grep -c 'dream')" 0
is 'nor in the view' "$(sql "select count(*) from pragma_table_info('v_lead') where name = 'wish'")" 0
is 'nor searched' "$(crm-lead count 'hồ tây')" 0
is 'the past still knows' "$(csv lead list --as-of 2026-11-21T04:30:00Z lead-1 -f wish)" 'Sân vườn'
ok 'it can be emptied' crm-lead set 2 wish= -q
custom put lead wish retired=0 >out
is 'and back' "$(crm-lead count 'hồ tây')$(crm-lead count wish:'ho tay')" 11
put lead wish index=0
is 'without its index' "$(sql "select count(*) from sqlite_schema where name = 'lead.custom.wish_key'")" 0
crm-lead set 2 wish=Sông -q
is 'it is still found' "$(crm-lead count wish:song)" 1
put lead wish index=1
is 'with one again, what came meanwhile too' \
	"$(crm-lead count wish:song)$(sql "select count(*) from lead where wish_key = 'song'")" 11

# a retired reference holds nobody
put contact patron type=reference ref=account
crm-contact add name=Khách -q
guest=$(crm-contact list Khách -o refs)
crm-account add name=Chỗ -q
chair=$(crm-account list Chỗ -o refs)
made=$(sql 'select max(id) from change_set')
crm-contact set "$guest" patron="$chair" -q
status 1 'a reference in use holds' crm-account rm "$chair"
has 'and the way out is said' "$guest still refers to it (patron); remove that first, or let it name another" err
put contact patron retired=1
ok 'one out of use does not' crm-account rm "$chair" -q
is 'and is empty' "$(sql 'select count(patron) from contact')" 0
is 'no reference leads nowhere' "$(sql 'pragma foreign_key_check')" ''
ok 'undone' crm-undo -q
is 'both are back' "$(sql 'select count(*) from contact c join account a on a.id = c.patron')" 1
ok 'an undo of its making' crm-undo "$made" -q
is 'lets go, too' "$(sql 'select count(patron) from contact')$(sql 'pragma foreign_key_check')" 0
ok 'and brought back' crm-undo "$(sql 'select max(id) from change_set')" -q
is 'it is named again' "$(sql 'select count(*) from contact c join account a on a.id = c.patron')" 1

# required
status 1 'not where records lack it' custom put lead contract required=1
lack=$(sql 'select count(*) from lead where contract is null')
has 'how many do' "$lack lead" err
sets=$(sql 'select max(id) from change_set')
ok 'unless a default fills them' custom put lead contract required=1 default=chưa
is 'it did' "$(sql "select count(*) from lead where contract is null")$(crm-lead count contract:chua)" "0$lack"
is 'as one change set, with what was before' "$(sql "select count(distinct change_set), count(*), min(op) from change
	where change_set > $sets and json_extract(before, '$.contract') is null")" "1|$lack|u"
status 1 'no record without it' crm-lead set 2 contract=
has 'says the store' 'contract: must not be empty' err
status 1 'a new required field wants a default' custom put lead colour required=1
ok 'with one it is filled at once' custom put lead colour required=1 default=blue
is 'in every record' "$(crm-lead count colour:blue)" "$(crm-lead count)"
custom put lead colour retired=1 >out
crm-lead add name=Without -q
custom put lead colour retired=0 >out
is 'what came while it was retired is filled when it returns' "$(crm-lead count colour:blue)" "$(crm-lead count)"

# what cannot be
refuse() { # NAME MESSAGE ARGUMENT…
	status 1 "refused: $1" custom put "$3" "$4" type=text ${5:+"$5"} ${6:+"$6"}
	has "  it says $2" "$2" err
}
refuse 'a shipped name' 'has a field "phone" already' lead phone
refuse 'capitals' 'is no name' lead Floor
refuse 'SQL' 'is no name' lead 'x"; drop table lead; --'
refuse 'a digit first' 'is no name' lead 9th
refuse '41 letters' 'is no name' lead "$(printf '%041d' 0 | tr 0 a)"
refuse 'a word of where' 'a meaning of its own' lead not
refuse 'the currency of amounts' 'a meaning of its own' contact currency
refuse 'whose a record is' 'a meaning of its own' product owner
refuse 'the companion of another' 'too near' lead phone_key
refuse 'a column of the view' 'too near' lead status_label
refuse 'a name that is another header' 'already means' lead phonenumber
refuse 'an alias as a label' 'already means the field "phone"' lead hotline 'vi=Số điện thoại'
refuse 'a label twice' 'already means the field "floor_area"' lead other_area 'en=FLOOR AREA'
refuse 'a terminal escape' 'en: ' lead bell "en=$(printf '\033[31mred')"
refuse 'broken UTF-8' 'vi: ' lead bytes "vi=$(printf '\303')"
refuse 'no such type' 'did you mean number' lead n type=numbr
refuse 'no such list' 'no picklist' lead n type=picklist
refuse 'no such record type' 'no record type' lead n type=reference ref=house
refuse 'a reference to nothing' 'refer' lead n type=reference
refuse 'a default that is no value' 'default: ' lead n type=int default=x
refuse 'a default of another currency' 'currency' lead n type=money 'default=5 USD'
refuse 'an index on long text' 'no index' lead n type=long_text index=1
refuse 'a type that the program writes' "the program's own" stage_change n
refuse 'another type' 'stays so' lead rooms type=text
refuse 'another list' 'stays so' lead floor type=picklist picklist=lead.rating
refuse 'a record type that is none' 'no record type' house n
is 'nothing of it stayed' "$(custom list lead | cut -f1 | grep -cx -e n -e bell -e hotline)" 0
before=$(custom list lead)
custom -n put lead fleeting type=int >out
is 'a roll-back leaves nothing' "$(tail -n +2 out)$(sql "select count(*) from pragma_table_info('lead') where name = 'fleeting'")" "${before}0"
is 'twice is nothing' "$(custom put lead rooms)" same

# many
n=$(crm-lead --help | sed -n '/^Fields of/,/^$/p' | grep -c '^  ')
while [ "$n" -lt 256 ]; do
	custom put lead "many_$n" type=text || break
	n=$((n + 1))
done >out 2>err
is 'up to 256 fields' "$(cat err)" ''
status 1 'and not one more' custom put lead one_more
has 'which it says' '256 fields' err
crm-lead add name=Full many_255=last many_200=before -q
printf 'name,many_255,many_254\nPiped,end,\n' | crm-lead add -q
is 'the last one is as good as the first' "$(csv lead list many_255:any -f many_255,many_254,many_200)" 'last,,before
end,,'
printf 'id,many_255\nlead-2,x\n' | crm-import lead - -q
is 'in a stream too' "$(csv lead list -w "many_255 = 'x'" -f id)" lead-2

# crm-init on a database that has some
ok 'crm-init again' crm-init
is 'they are there' "$(csv lead show 2 -f many_255,wish)" x,Sông
is 'in the view too' "$(sql 'select many_255 from v_lead where id = 2')" x
# a later version ships a field of that name: the same kind of field goes on …
sql "insert into custom_field (entity, pos, name, type, required, indexed, retired)
	values ('lead', 0, 'city', 'text', 0, 0, 0)"
ok 'a shipped one of that name takes over' crm-init
is 'and is custom no more' "$(custom list lead | grep -c '^city')" 0
# … and another kind is not mixed with it
sql "insert into custom_field (entity, pos, name, type, required, indexed, retired)
	values ('lead', 0, 'city', 'int', 0, 0, 0)"
status 3 'of another type it does not' crm-lead list
has 'which is explained' 'this version has a field of its own' err
sql "delete from custom_field where name = 'city'"
ok 'all is well' crm-lead count

# what is configured while others write
late() { # INPUT COMMAND…: a writer that read the configuration before COMMAND changed it
	text=$1
	shift
	rm -f input
	mkfifo input
	exec 3<>input
	crm-lead add - -i csv <input >late.out 2>late.err 3>&- &
	pid=$!
	i=0
	while [ $i -lt 100 ] && ! find /proc/$pid/fd -lname '*crm.db*' 2>/dev/null | grep -q .; do
		sleep 0.05
		i=$((i + 1))
	done
	sleep 0.5
	"$@" >/dev/null
	printf '%b' "$text" >&3
	exec 3>&-
	wait $pid
}
late 'name\nLate\n' custom put account meanwhile type=int
is 'a writer that began before does not write by the old fields' "$?" 75
has 'it says so' 'try again' late.err
echo 'picklists: {lead.rating: [{frozen: {was: cold}}, hot, warm]}' >rename.yaml
late 'name,rating\nLate,cold\n' crm-config apply rename.yaml
is 'nor a value that was renamed since' "$?" 75
has 'it says so, too' 'the configuration was changed meanwhile; try again' late.err
is 'nothing came in' "$(sql "select count(*) from lead where name = 'Late' or rating = 'cold'")" 0
late 'name,rating\nLate,hot\n' crm-config apply rename.yaml
is 'what changes nothing is in nobody'"'"'s way' "$? $(cat late.err)" '0 '
is 'the database is sound' "$(sql 'pragma integrity_check; pragma foreign_key_check')" ok
done_testing
