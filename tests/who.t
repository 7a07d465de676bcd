#!/bin/sh
# crm-who, further identities, and how people are related.
. tests/lib.sh

vietnam
crm-account add name='Minh Anh' tax_code=0312345678 -q
crm-contact add name='Trần Lan' account=1 mobile='090 123 4567' email=Lan@Example.vn -q
crm-contact add name='Trần Bé' zalo='(+84) 977 000 111' -q
crm-lead add name='Nguyễn An' phone='0168 123 4567' facebook=an.nguyen -q
crm-lead add company='Xưởng Mộc' phone='0901234567' -q
crm-contact add-identity 1 phone='0987 654 321' note=nhà -q
crm-lead add-identity 1 source=pancake external_id=KH-77 -q

who() { crm-who "$@" -o csv 2>/dev/null | sed 1d | cut -d, -f1,13; }
is 'a mobile, typed otherwise' "$(who +84901234567)" "contact-1,mobile
lead-2,phone"
is 'digits alone' "$(who 84901234567 | head -1)" contact-1,mobile
is 'a number from before 2018' "$(who 0381234567)" lead-1,phone
is 'and the other way round' "$(who 01681234567)" lead-1,phone
is 'e-mail, any case' "$(who LAN@example.VN)" contact-1,email
is 'with a name around it' "$(who 'Lan <lan@example.vn>')" contact-1,email
is 'Zalo by its number' "$(who 0977000111)" contact-2,zalo
is 'Facebook' "$(who AN.Nguyen)" lead-1,facebook
is 'a second number' "$(who 0987654321)" contact-1,identity.phone
is 'a number elsewhere' "$(who kh-77)" lead-1,identity.external_id
ok 'several' crm-who 0901234567 lan@example.vn -o refs
is 'each asked for' "$(cat out)" 'contact-1
lead-2
contact-1'
status 1 'nobody' crm-who 0999999999
is 'says so' "$(cat err)" 'crm-who: nobody is known by "0999999999"'
status 1 'quietly' crm-who -q 0999999999
is 'nothing said' "$(cat out err)" ''
status 1 'one of two' crm-who 0901234567 0999999999 -q -o refs
is 'the known one is printed' "$(head -1 out)" contact-1
printf '0901234567\r\n\n  0987654321\n' >list
ok 'from stdin' sh -c 'crm-who -o refs <list'
is 'line by line' "$(sort -u out | tr '\n' ' ')" 'contact-1 lead-2 '
is 'a number of one system' "$(who pancake:kh-77; who ship:kh-77)" lead-1,identity.external_id
is 'any number of a text' "$(who '0999 999 999 / 0987 654 321')" contact-1,identity.phone
ok 'a cell with two numbers' crm-lead add name='Hai Số' phone='0933 111 222 / 0933 111 333' -o refs
two=$(cat out)
is 'its first' "$(who 0933111222)" "$two,phone"
is 'its second' "$(who +84933111333)" "$two,identity.phone"
is 'is kept as typed' "$(crm-lead show "$two" -f phone -o tsv | tail -1)" '0933 111 222 / 0933 111 333'
ok 'changed' crm-lead set "$two" phone='0933 111 222; 0933 111 444' mobile='0933111333; 0933111444' -q
is 'the new one, too' "$(who 0933111444)" "$two,identity.phone"
is 'once' "$(crm-lead identities "$two" -f phone -o csv | sed 1d | tr '\n' ' ')" '+84933111333 +84933111444 '
crm-lead rm -q "$two"
status 1 'not UTF-8' crm-who "$(printf '\303(')"
status 1 'injection' crm-who "'; drop table lead; --"
is 'nothing dropped' "$(crm-lead count)" 2
status 1 'empty' crm-who ''
ok 'a converted lead' sh -c 'crm-convert lead-1 --deal none -q'
is 'is whom it became' "$(who kh-77 | cut -d- -f1)" account
ok 'cron' env -i PATH="$PATH" CRM_DB="$CRM_DB" crm-who 0901234567 -o refs

# Identities are refused where they are nobody's, or somebody else's.
status 1 'no field' crm-contact add-identity 1 note=x
status 1 'number without a system' crm-contact add-identity 1 external_id=5
status 1 'taken' crm-contact add-identity 1 source=Pancake external_id=kh-77
is 'says by whom' "$(cat err)" 'crm-contact: identity-2 has the same source external_id'
is 'list' "$(crm-contact identities 1 -f kind,phone,note -o csv)" 'kind,phone,note
phone,0987 654 321,nhà'
ok 'said twice' crm-contact add-identity 1 phone='+84 987 654 321' -o refs
is 'is said once' "$(cat out err)" 'identity-1
crm-contact: contact-1 has it already: identity-1'
ok 'a number elsewhere, too' crm-lead add-identity 1 source=Pancake external_id=kh-77 -o refs
is 'is there' "$(cat out)" identity-2
is 'nothing was written' "$(sqlite3 "$CRM_DB" 'select count(*) from identity')" 2
ok 'two may share a number' crm-contact add-identity 2 phone=0987654321 -o refs -n
is 'but it is said who has it' "$(cat err)" 'crm-contact: phone: warning: contact-1 has "0987654321", too (identity.phone)'
ok 'the same number with another system is another' crm-contact add-identity 2 source=ship external_id=KH-77 -n -q
is 'none' "$(crm-contact identities 2 -f kind -o csv)" kind

# Relations: said once, seen from both ends.
ok 'relate' crm-contact relate 1 child 'Trần Bé' note=út -f id,kind -o csv
is 'printed' "$(tail -1 out)" relation-1,child
ok 'the same from the other end' crm-contact relate 2 parent 1 -o refs
is 'is not said twice' "$(cat out) $(crm-export relation -o refs | wc -l | tr -d ' ')" 'relation-1 1'
is 'from the one' "$(crm-contact relations 1 -o csv | sed 1d)" 'contact-1,Trần Lan,child,contact-2,Trần Bé,út,relation-1'
is 'from the other' "$(crm-contact relations 2 -o csv | sed 1d)" 'contact-2,Trần Bé,parent,contact-1,Trần Lan,út,relation-1'
ok 'with an account' crm-contact relate contact-1 former_employer account-1 -q
is 'seen from it' "$(crm-account relations 1 -o csv | sed 1d)" 'account-1,Minh Anh,former_employee,contact-1,Trần Lan,,relation-2'
status 1 'an organisation was in nobody'"'"'s service' crm-contact relate 1 former_employee account-1
is 'is said' "$(cat err)" "crm-contact: to_account: an organisation is nobody's former_employee"
status 1 'and has no family, from its end too' crm-account relate 1 spouse contact-1
status 1 'whoever writes' sh -c "printf 'contact,kind,to_account\n1,friend,1\n' | crm-import relation -q"
ok 'a person account has' crm-account add name='Bà Lan' kind=person -q
ok 'a family' crm-account relate 'Bà Lan' parent contact-1 -q
ok 'and may lose it' crm-account unrelate 'Bà Lan' contact-1 -q
status 1 'with oneself' crm-contact relate 1 spouse 1
is 'refused' "$(cat err)" 'crm-contact: to_contact: nobody is related to himself or herself'
status 2 'no such relation' crm-contact relate 1 boss 2
status 2 'too few' crm-contact relate 1 spouse
status 1 'nobody' crm-contact relate 1 spouse 99
status 1 'import with three ends' sh -c "printf 'contact,account,kind,to_contact\n1,1,spouse,2\n' | crm-import relation -q"
status 1 'unrelate wrongly' crm-contact unrelate 1 parent 2
ok 'dry run' crm-contact unrelate 1 2 -n
is 'still there' "$(crm-contact relations 1 -o csv | sed 1d | wc -l | tr -d ' ')" 2
ok 'unrelate from the other end' crm-contact unrelate 2 parent 1
is 'gone' "$(crm-contact relations 2 -o csv)" 'id,name,kind,other,other_name,note,relation'
done_testing
