#!/bin/sh
# crm-dedupe: who is in the database twice, and who only looks like it.
. tests/lib.sh
vietnam

# A few people, some of them twice; households and offices that are not.
cat >people.csv <<'END'
external_id,name,birth_date,phone,email,street,city,company
1-0,Trần Thị Minh,1985-05-17,090 123 4567,minh@example.vn,12 Lê Lợi,Đà Nẵng,
1-1,TRAN THI MINH,,+84901234567,,,Đà Nẵng,
2-0,Nguyễn Văn Đức,1979-02-03,0912345678,duc.nguyen@example.vn,5 Trần Phú,Hà Nội,
2-1,Duc Nguyen Van,1979-03-02,0912 345 678,,5 Tran Phu,Ha Noi,
3-0,Phạm Quang Huy,1990-04-05,0987000111,,7 Bà Triệu,Hà Nội,
4-0,Lê Thị Mai,1991-06-07,0987000111,,7 Bà Triệu,Hà Nội,
5-0,Võ Minh Châu,2001-08-09,0905111222,,9 Hùng Vương,Huế,
6-0,Võ Minh Khuê,2001-08-09,0905111222,,9 Hùng Vương,Huế,
7-0,Đỗ Văn Lâm,1955-01-20,0388777666,,31 Nguyễn Huệ,Cần Thơ,
8-0,Đỗ Văn Lâm,1983-11-02,0388777666,,31 Nguyễn Huệ,Cần Thơ,
9-0,Hoàng Thu Trang,,02438251234,,100 Láng Hạ,Hà Nội,Công ty TNHH Sao Mai
10-0,Bùi Đức Thắng,,02438251234,,100 Láng Hạ,Hà Nội,Công ty TNHH Sao Mai
11-0,Hoàng Văn Bách,,02438251234,,100 Láng Hạ,Hà Nội,Công ty TNHH Sao Mai
12-0,Phan Anh Tú,,,tu.phan@example.vn,,,
END
ok 'people in' crm-import lead people.csv -q
same_ids() { crm-dedupe find -o csv "$@" | awk -F, '$4 == "same" { printf "%s%s", sep, $2; sep = " " }'; }
is 'copies are found, relatives and colleagues are not' "$(same_ids)" 'lead-1 lead-2 lead-3 lead-4'
is 'nothing chains' "$(crm-dedupe find -o csv | awk -F, '$4 == "same" { print $1 }' | uniq -c | awk '{ print $1 }' | tr '\n' ' ')" '2 2 '
ok 'spouses are not even worth a look' sh -c "! crm-dedupe find -o csv | grep -E ',lead-(5|6),'"
ok 'nor are colleagues' sh -c "! crm-dedupe find -o csv | grep -E ',lead-(11|12|13),'"
is 'the same again' "$(crm-dedupe find -o csv)" "$(crm-dedupe find -o csv)"
is 'pairs' "$(crm-dedupe find --pairs -o csv | awk -F, '$4 == "same" { print $1, $2 }' | sort)" 'lead-1 lead-2
lead-3 lead-4'
ok 'JSON Lines' crm-dedupe find lead-1
is 'has four columns' "$(sed 's/"score":[0-9.]*/"score":S/' out)" '{"cluster":1,"id":"lead-1","score":S,"verdict":"same"}
{"cluster":1,"id":"lead-2","score":S,"verdict":"same"}'
ok 'a table' crm-dedupe find lead-1 -o table
has 'says who' 'TRAN THI MINH' out
ok 'pairs in a table' crm-dedupe find --pairs lead-1 -o table
has 'say who' 'Trần Thị Minh TRAN THI MINH' out
is 'members feed the next program' "$(crm-dedupe find lead-1 | crm-lead list - -o csv -f id | tr '\n' ' ')" 'id lead-1 lead-2 '

# One side at least is among what terms, references and streams choose.
is 'a term' "$(same_ids lead name:duc)" ''
is 'a term on another side' "$(same_ids lead phone:0912345678)" 'lead-3 lead-4'
is 'an expression' "$(same_ids -w 'name ~ minh and birth_date is null')" 'lead-1 lead-2'
is 'a stream' "$(echo lead-4 | same_ids -)" 'lead-3 lead-4'
is 'an empty stream' "$(same_ids - </dev/null)" ''
is 'of another type' "$(same_ids contact)" ''
status 1 'nobody' crm-dedupe find lead-99
is 'says so' "$(cat err)" 'crm-dedupe: there is no lead-99'
status 1 'of a type that is not looked at' crm-dedupe find contact lead-1
status 2 'no field of all types' crm-dedupe find budget:5
status 2 'no probability' crm-dedupe find --same 2
status 2 'no number' crm-dedupe find --review x
status 2 'the wrong way round' crm-dedupe find --same 0.5 --review 0.9
status 2 'no such verb' crm-dedupe look
status 3 'a full disk' sh -c 'crm-dedupe find -o csv >/dev/full'

# Across types; further numbers; a company is no person.
crm-contact add -q name='Phan Tú' mobile=0977123456
crm-contact add-identity 1 email=tu.phan@example.vn -q
crm-account add -q name='CÔNG TY TNHH ÁNH DƯƠNG' kind=org tax_code=0312345678 phone=02838123456
crm-account add -q name='Cty Ánh Dương' kind=org tax_code=0312345678
crm-account add -q name='Ánh Dương 2' kind=org phone=02838123456
crm-lead add -q company='Ánh Dương JSC' phone='028 3812 3456'
crm-contact add -q name='Lý Ánh Dương' account=1 phone=02838123456
is 'an identity counts' "$(same_ids contact-1)" 'lead-14 contact-1'
crm-account add -q name='Một Tên'
for n in tam lam anh oanh minh mai; do echo "$n,$n@mottenco.vn,Một Tên"; done | sed '1i name,email,account' | crm-contact add -q
is 'colleagues of one name each are two' "$(crm-dedupe find contact account:'Một Tên' -o refs)" ''
is 'companies across types' "$(same_ids account-1)" 'lead-15 account-1 account-2' 
status 1 'a person and a company' crm-dedupe explain contact-2 account-1
has 'are not compared' 'a person and an organisation' err

# Why: the rows add up, and give the probability.
ok 'explain' crm-dedupe explain lead-1 lead-2 -o csv
awk -F, 'NR > 1 { v[$1] = $7 }
	NR > 1 && $1 != "sum" && $1 != "probability" { sum += $7 }
	END {
		p = 1 / (1 + 2 ^ -v["sum"])
		print (sum - v["sum"] < .1 && v["sum"] - sum < .1) (p - v["probability"] < .001 && v["probability"] - p < .001)
	}' out >got
is 'adds up' "$(cat got)" 11
is 'weights are log2(m/u)' "$(awk -F, '$1 == "phone" { d = log($5 / $6) / log(2) - $7; print (d < .1 && d > -.1) }' out)" 1
is 'as find scores it' "$(awk -F, '$1 == "probability" { print $7 }' out)" "$(crm-dedupe find --pairs lead-2 -o csv | awk -F, '$2 == "lead-2" { print $3 }')"
status 1 'with itself' crm-dedupe explain lead-1 lead-1
status 1 'with nobody' crm-dedupe explain lead-1 lead-99
status 2 'with a user' crm-dedupe explain lead-1 user-1
status 2 'with one' crm-dedupe explain lead-1

# What is typed once more is said, and made all the same.
ok 'add' crm-contact add name='Tran Minh' mobile='84 901 234 567' -o refs
is 'is made' "$(cat out)" contact-9
is 'with a word' "$(head -1 err)" 'crm-contact: it may be lead-1 (Trần Thị Minh, same phone)'
ok 'quietly' crm-lead add name='Tran Thi Minh' phone=0901234567 -q
is 'no word' "$(cat err)" ''
ok 'a second number' crm-lead add name='Tran Minh' phone='0999 888 777, 0901234567' -o refs
has 'is asked, too' 'it may be lead-1 (Trần Thị Minh, same phone)' err
crm-lead rm -q <out
crm-lead add -q name='Vũ Trọng Phụng' phone=0966000111 company='Số Đỏ'
crm-convert -q name:'Vũ Trọng Phụng' --deal none
account=$(crm-account list name:'Số Đỏ' -o refs)
ok 'a colleague' crm-contact add name='Vũ Trọng Phụng' phone=0966000111 account="$account"
is 'one word: of the contact, not of the lead it was, nor of the account' \
	"$(grep -c 'it may be' err) $(grep -o 'it may be [a-z]*' err)" '1 it may be contact'
crm-contact rm -q "$(crm-contact list account="$account" -o refs | head -1)" 2>/dev/null
ok 'a stranger' crm-lead add name='Đinh Công Tráng' phone=0966554433
is 'no word of strangers' "$(cat err)" ''
ok 'a spouse' crm-lead add name='Kiều Oanh' phone=0912345678
is 'no word of relatives' "$(cat err)" ''
printf 'name,phone\nTran Thi Minh,0901234567\n' >again.csv
ok 'a stream' sh -c 'crm-lead add <again.csv'
ok 'an import' crm-import lead again.csv -q
is 'no word of streams and imports' "$(cat err)" ''

# Whom one may not read one does not hear of.
rm -f "$CRM_DB"*
vietnam
crm-user add -q login=tu name='Tú' role=rep
crm-config show | sed 's/- rep: {read: all/- rep: {read: own/' >own.yaml
ok 'reps read their own' crm-config apply own.yaml -q
for owner in mai mai tu; do
	crm-lead add -q name='Trần Thị Minh' phone=0901234567 owner=$owner
done
is 'an admin sees all' "$(same_ids)" 'lead-1 lead-2 lead-3'
CRM_USER=mai
export CRM_USER
is 'a rep sees her own' "$(same_ids)" 'lead-1 lead-2'
status 1 'and cannot ask why of others' crm-dedupe explain lead-1 lead-3
ok 'nor hears of them' crm-lead add name='Trần Thị Minh' phone=0901234567 -o refs
is 'two of three' "$(grep -c 'it may be lead-[12] ' err) $(grep -c lead-3 err)" '2 0'
unset CRM_USER

# Groups that are too large are searched by neighbours, and that is said.
rm -f "$CRM_DB"*
vietnam
awk 'BEGIN { print "name,phone"
	for (i = 0; i < 1600; i++)
		printf "%c%c%c %c%c%c,%s\n", 97 + i % 26, 97 + i / 26 % 26, 97 + i % 7, 97 + i % 11, 97 + i % 13, 97 + i % 17,
			i < 100 ? "02838123456" : sprintf("09%08d", 10000000 + i * 7919 % 9000000) }' >many.csv
crm-import lead many.csv -q
ok 'a hotline of a hundred' crm-dedupe find -o csv
has 'is said' '(100 share a telephone): only neighbours by name were' err
ok 'quietly' crm-dedupe find -q -o csv
is 'not said' "$(cat err)" ''

# Two who share nearly everything, and what forms hold where nothing is known.
rm -f "$CRM_DB"*
vietnam
cat >apart.csv <<'END'
external_id,name,birth_date,phone,email,street,city
twin,Trần Minh Khoa,1999-05-06,0903111222,nha.tran@gmail.com,5 Lê Lợi,Huế
twin,Trần Minh Tuấn,1999-05-06,0903111222,nha.tran@gmail.com,5 Lê Lợi,Huế
spouse,Robert King,1970-02-03,0903111333,kings@example.com,7 Oak Street,Huế
spouse,Sandra King,1972-09-03,0903111333,kings@example.com,7 Oak Street,Huế
father,Đỗ Văn Lâm,1955-01-20,0903111444,lam@example.vn,9 Hùng Vương,Huế
son,Đỗ Văn Lâm,1983-01-20,0903111444,lam@example.vn,9 Hùng Vương,Huế
bob,William Stone,,0903111555,stone@example.com,,
bob,Bill Stone,,0903111555,stone@example.com,,
blank,Bùi Công Danh,1900-01-01,0900000000,test@test.com,n/a,Huế
blank,Ngô Thị Sáu,1900-01-01,0900000000,test@test.com,n/a,Huế
blank,Lý Sáu,1900-01-01,0900000000,no@email.com,unknown,Huế
blank,Hồ Sáu,1900-01-01,000000000,no@email.com,unknown,Huế
END
crm-import lead apart.csv -q --rejects bad.csv 2>err
is 'all are in' "$(crm-lead list -o csv -f id | wc -l | tr -d ' ')" 13
is 'twins, spouses, father and son are two, Bill is William' "$(same_ids -q)" 'lead-7 lead-8'
ok 'the twins, why' crm-dedupe explain lead-1 lead-2 -o csv
is 'they are apart' "$(cut -d, -f1 out | grep -c '^apart$')" 1
is 'what is no number says nothing' "$(crm-dedupe explain lead-9 lead-10 -o csv | grep -E '^(phone|email|birth_date|street),' | cut -d, -f4 | sort -u)" missing
for i in 1 2; do
	crm-account add -q name='Công ty Ánh Dương' kind=org tax_code=0312345678-00$i phone=02838123456
done
crm-account add -q name='Mary Crane East' kind=org phone=02838555666
crm-account add -q name='Mary Crane West' kind=org phone=02838555666
crm-account add -q name='Công ty Sao Mai' kind=org phone=02838777888
crm-account add -q name='Công ty Sao Mai - Chi nhánh Huế' kind=org phone=02838777888
crm-account add -q name='Kim Long JSC' kind=org phone=02838999888 tax_code=0311111111
crm-account add -q name='Kim Long JSC' kind=org phone=02838999888 tax_code=0399999999
crm-account add -q name='Gia Lộc Ltd' kind=org phone=02838999777 billing_street='12 Lê Lợi' billing_city=Huế
crm-account add -q name='Gia Lộc Ltd' kind=org phone=02838999777 billing_street='345 Hùng Vương' billing_city=Huế
is 'branches and sites are not one' "$(same_ids -q account)" ''

# Twins of whom some have the names the wrong way round, without telephone: a weak link joins
# no two of them.
cat >twins.csv <<'END'
first_name,last_name,birth_date,street,city,postal_code
Klaus,Reikal,1994-06-18,211 Mozartplatz,Bremen,50271
Klaus,Reikal,1994-06-18,,Bremen,50271
Reikal,Klaus,1994-06-18,211 Mozartplatz,Bremen,50271
Horst,Reikal,1994-06-18,211 Mozartplatz,Bremen,50271
Horst,Reikal,1994-06-18,211 Mozartplatz,Bremen,
Reikal,Horst,1994-06-18,,Bremen,50271
END
for name in Klaus Horst; do
	for last in Abel Bach Cohn Dorn; do echo "$name,$last,,,,"; done
done >>twins.csv
CRM_DB=$PWD/twins.db
vietnam
crm-import lead twins.csv -q
is 'two clusters' "$(crm-dedupe find -q -o csv | awk -F, '$4 == "same" { print $1, $2 }' | tr '\n' ' ')" '1 lead-1 1 lead-2 1 lead-3 2 lead-4 2 lead-5 2 lead-6 '

# Father and son by what stands behind the name; numbers without their area.
CRM_DB=$PWD/further.db
vietnam
cat >further.csv <<'END'
name,phone,street
Robert Hale Sr.,0903111444,9 Elm Street
"Robert Hale, Jr.",0903111444,9 Elm Street
Robert Hale II,0903111444,9 Elm Street
Vera Falkenberg,382-4567,
Vera Falkenberg,3824567,
END
crm-import lead further.csv -q 2>err
is 'Sr is not Jr, who is II; a number without area is one' "$(same_ids -q)" 'lead-2 lead-3 lead-4 lead-5'

# Families with birth dates and no telephone: twins of two names and father and son of one name
# are two, in whatever list; who is written twice is one.
rm -f "$CRM_DB"*
vietnam
awk 'BEGIN {
	print "external_id,first_name,last_name,birth_date,street,postal_code"
	split("Ruth Tom Ida Karl Vera Hugo Lena Otto Emma Paul", given)
	split("Abel Bach Cohn Dorn Esch Falk Gans Hahn Igel Jahn Kern Lutz", family)
	for (house = 0; house < 120; house++) {
		place = sprintf("%d %s street,%05d", house % 40 + 1, family[int(house / 40) + 1], 10000 + int(house / 20))
		for (k = 0; k < 4; k++) {
			who = given[(house + 3 * k) % 10 + 1] "," family[house % 12 + 1]
			day = sprintf("%02d-%02d", (house * 7 + k * 5) % 12 + 1, (house * 11 + k * 3) % 28 + 1)
			born = sprintf("%d-%s", 1950 + house % 20 + 9 * k, day)
			printf "%d-0,%s,%s,%s\n", house * 9 + k, who, born, place
			if (k == 0 && house % 3 == 0) # written twice
				printf "%d-1,%s,%s,%s\n", house * 9 + k, who, born, place
			if (k == 1 && house % 4) # a twin
				printf "%d-0,%s,%s,%s\n", house * 9 + 5, given[(house + 3 * k + 5) % 10 + 1] "," family[house % 12 + 1], born, place
			if (k == 2 && house % 2) # a son
				printf "%d-0,%s,%s-03-30,%s\n", house * 9 + 6, who, 1995 + house % 20, place
		}
	}
}' >families.csv
crm-import lead families.csv -q
crm-dedupe find -q -o csv >found.csv
crm-export lead -o csv -f id,external_id >ids.csv
is 'twins, father and son among families' "$(awk -F, 'NR == FNR { sub(/-.*/, "", $2); who[$1] = $2; next }
	FNR > 1 && $4 == "same" { n++; if ($1 in of && of[$1] != who[$2]) bad++; of[$1] = who[$2] }
	END { print n, bad + 0 }' ids.csv found.csv)" '80 0'

# Colleagues who are called the same in other companies have the same before the @; a whole name
# and an address that few share are one person's, but not in a block; dates of which only the
# year is known.
rm -f "$CRM_DB"*
vietnam
awk 'BEGIN {
	print "name,email,street,city,birth_date"
	split("Hương Nam Lan Hùng Mai Dũng Linh Sơn Thảo Kiên Vân Bình Hà", given)
	split("Nguyễn Trần Lê Phạm Hoàng Bùi Đỗ", family); split("Văn Đức Thị Ngọc Thu", middle)
	for (i = 0; i < 160; i++)
		for (k = 0; k < 2; k++)
			printf "%s %s %s,,%s,Huế,\n", family[i % 7 + 1], middle[(int(i / 7) + k) % 5 + 1],
				given[(int(i / 3) + 5 * k) % 13 + 1], i % 16 < 4 ? "Chung cư Sao Mai" : i " Lê Lợi"
	print "Nguyễn Thị Lan,,17 Lê Lợi,Huế,\nNguyễn Thị Lan,,17 Lê Lợi,Huế,"
	for (i = 0; i < 40; i++)
		printf "Karl %c%corf,,,,19%d-01-01\n", 65 + i % 26, 97 + i % 7, 30 + i
	print "Vera Falkenberg,vera.falkenberg@abel.example,,,\nVera Falkenberg,vera.falkenberg@bach.example,,,"
	print "Ahmed Alfarsi,,,Hà Nội,1961-01-01\nAhmed Alfarsi,,,Hà Nội,1967-01-01"
}' >alike.csv
crm-import lead alike.csv -q
is 'one name at one house is one' "$(same_ids -q)" 'lead-321 lead-322'
is 'the name before another @ says nothing' "$(crm-dedupe explain lead-363 lead-364 -o csv | grep ^email, | cut -d, -f4)" missing
is '1 January is any day' "$(crm-dedupe explain lead-365 lead-366 -o csv | grep ^birth_date, | cut -d, -f4)" other

# Families, each person twice, without birth dates: no two people in one cluster.
rm -f "$CRM_DB"*
vietnam
awk 'BEGIN {
	print "external_id,first_name,last_name,street,postal_code"
	split("Ruth Tom Ida Karl Vera Hugo Lena Otto Emma Paul", given)
	split("Abel Bach Cohn Dorn Esch Falk Gans Hahn Igel Jahn Kern Lutz", family)
	for (copy = 0; copy < 2; copy++)
		for (house = 0; house < 200; house++)
			for (k = 0; k < 4; k++)
				printf "%d-%d,%s,%s,%d %s street,%05d\n", house * 4 + k, copy,
					given[(house + 3 * k) % 10 + 1], family[house % 12 + 1], house % 40 + 1,
					family[int(house / 40) + 1], 10000 + int(house / 20)
}' >houses.csv
crm-import lead houses.csv -q
crm-dedupe find -q -o csv >found.csv
crm-export lead -o csv -f id,external_id >ids.csv
is 'families are not thrown together' "$(awk -F, 'NR == FNR { sub(/-.*/, "", $2); who[$1] = $2; next }
	FNR > 1 { n++; if ($1 in of && of[$1] != who[$2]) bad++; of[$1] = who[$2] }
	END { print n, bad + 0 }' ids.csv found.csv)" '1600 0'

# Companies of which nothing but the name is known: too little to be sure, worth a look.
rm -f "$CRM_DB"*
vietnam
awk 'BEGIN {
	print "name"
	for (seed = 7; n++ < 1500;) {
		for (word = ""; length(word) < 7; word = word sprintf("%c", 97 + int(seed / 65536) % 26))
			seed = (seed * 1103515245 + 12345) % 2147483648
		if (n == 300)
			print word " Inc"
		print word " Ltd"
	}
}' | crm-import account -q -
is 'one name, two companies?' "$(crm-dedupe find account -q -o csv | cut -d, -f2,4 | tr '\n' ' ')" \
	'id,verdict account-300,review account-301,review '
CRM_DB=$PWD/twins.db

# A form sent a hundred times is one person, and no hotline.
rm -f "$CRM_DB"*
vietnam
{ echo name,phone; yes 'Nguyễn Văn An,0901234567' | head -100; } >form.csv
crm-import lead form.csv -q
is 'a hundred copies are one' "$(same_ids -q | wc -w | tr -d ' ')" 100
CRM_DB=$PWD/crm.db

# A record without birth date links no father with his son.
crm-lead add -q name='Đỗ Văn Lâm' phone=0903111444 street='9 Hùng Vương' city=Huế
is 'they stay apart' "$(crm-dedupe find -q -o csv lead | awk -F, '$4 == "same" && ($2 == "lead-5" || $2 == "lead-6") { print $1 }' | sort | uniq -d)" ''

# A list without copies, but with many namesakes: learning must not take these for copies.
rm -f "$CRM_DB"*
vietnam
"${PATH%%:*}/tests/gen" --clean leads 20000 | crm-import lead - -q
is 'namesakes are not copies' "$(same_ids -q)" ''

# How many are `same`, and how many of them stand with another person.
same_and_wrong() { # CSV
	rm -f "$CRM_DB"*
	vietnam
	crm-import lead "$1" -q
	crm-dedupe find -q -o csv >found.csv
	crm-export lead -o csv -f id,external_id >ids.csv
	awk -F, 'NR == FNR { sub(/-.*/, "", $2); who[$1] = $2; next }
		FNR > 1 && $4 == "same" { n++; if ($1 in of && of[$1] != who[$2]) wrong++; of[$1] = who[$2] }
		END { print n + 0, wrong + 0 }' ids.csv found.csv
}

# Twins where nothing but names and birth dates is known: no house in which relatives are seen.
awk 'BEGIN {
	print "external_id,name,birth_date"
	split("Hương Nam Loan Hùng Mai Dũng Quy Sơn Thảo Kiên Yến Phúc Hà", given)
	split("Nguyễn Trần Lê Phạm Hoàng Bùi Đỗ Hồ Lý Đinh Tô", family); split("Văn Đức Thị Ngọc Thu", middle)
	for (i = 0; i < 1600; i++) {
		who = family[i % 11 + 1] " " middle[i % 5 + 1] " "
		born = sprintf("%d-%02d-%02d", 1950 + i * 7 % 53, i * 5 % 12 + 1, i * 11 % 28 + 1)
		for (copy = 0; copy <= (i % 20 == 0); copy++)
			printf "%d-%d,%s,%s\n", i * 2, copy, who given[i % 13 + 1], born
		if (i % 60 == 7)
			printf "%d-0,%s,%s\n", i * 2 + 1, who given[(i + 5) % 13 + 1], born
	}
}' >twins.csv
is 'twins of no house are two' "$(same_and_wrong twins.csv)" '160 0'

# Brothers whose family name stands first, where it is not known that it does.
awk 'BEGIN {
	print "external_id,name,street,city"
	split("Wang Li Zhang Liu Chen Yang Huang Zhao Wu Zhou Xu Sun Ma Zhu Hu", family)
	n = split("Weimin Xiuying Guofang Jianhua Lihong Zhiqiang Meiling Shaobo Tingyu Ruihan Yonggang Qingshan Peng Dongxu Chunlan Fuxing Kai Haoran Bowen", given)
	split("Lake Mill Park Oak Elm Church Station Bridge", street); split("Dover Salem Oxford Milton", town)
	for (house = 0; house < 240; house++) {
		place = house + 1 " " street[house % 8 + 1] " Road," town[house * 3 % 4 + 1]
		for (k = 0; k < 2; k++)
			for (copy = 0; copy <= (k == 0 && house % 8 == 0); copy++)
				printf "%d-%d,%s %s,%s\n", house * 2 + k, copy, family[house % 15 + 1], given[(house + k * 7) % n + 1], place
	}
}' >brothers.csv
is 'nor are brothers one by their family name' "$(same_and_wrong brothers.csv)" '60 0'

# A nation of few names, nearly of one age: namesakes do not teach that birth dates change.
awk 'function r(n) { seed = (seed * 16807) % 2147483647; return int(seed / 2147483647 * n) }
BEGIN {
	seed = 7
	print "external_id,first_name,last_name,birth_date,city"
	ng = split("Rahul Amit Vijay Sanjay Arjun Rohan Suresh Ramesh Anil Deepak Priya Anjali Pooja Neha Sunita Kavita Lakshmi Divya Meena Rekha", given)
	nf = split("Sharma Patel Singh Kumar Gupta Reddy Nair Iyer Das Khan Joshi Mehta", family)
	nc = split("Pune Delhi Surat Kochi Agra Patna Indore Nagpur", city)
	for (i = 0; i < 6000; i++) {
		who = given[r(ng) + 1] "," family[r(nf) + 1]
		born = sprintf("%d-%02d-%02d", 1980 + r(6), r(12) + 1, r(28) + 1)
		town = city[r(nc) + 1]
		printf "%d-0,%s,%s,%s\n", i, who, born, town
		if (i % 5 == 0)
			printf "%d-1,%s,%s,%s\n", i, who, i % 3 ? born : "", r(4) ? town : ""
	}
}' >namesakes.csv
is 'namesakes of a town are not copies' "$(same_and_wrong namesakes.csv | awk '{ print ($1 >= 1500), ($2 <= $1 / 100) }')" '1 1'

# Known answers: precision and recall of what `find` prints by default.
python=$(command -v python3)
tool=$root/tests/dedupe_data.py
found() { # KIND PAIRS: precision, recall and F1 of `same`, then with `review`
	crm-dedupe find -q -o csv >found.csv
	crm-export lead -o csv -f id,external_id >lead.csv
	crm-export contact -o csv -f id,external_id >contact.csv
	"$python" "$tool" figures "$1" "$2" found.csv lead.csv contact.csv
}
floor() { # NAME PRECISION RECALL: of the first line of the figures
	awk -v p="$2" -v r="$3" 'NR == 1 { exit !($1 >= p && $2 >= r) }' figures
	code=$?
	result $code "$1: precision $2, recall $3"
	[ $code -eq 0 ] || show figures
}
fresh() {
	rm -f "$CRM_DB"*
	vietnam
}
if [ -n "$python" ]; then
	fresh
	"$python" "$root/tests/dedupe_people.py" 1500 7 >made.csv
	crm-import lead made.csv -q
	found made 0 >figures
	floor 'made-up people' .99 .93
fi
if [ -n "$python" ] && [ -d "$data/febrl" ]; then
	for tax in '' tax; do
		fresh
		# shellcheck disable=SC2086
		"$python" "$tool" febrl "$data/febrl/dataset1.csv" $tax | crm-import lead - -q
		found febrl 500 >figures
		floor "Febrl 1 ${tax:-without tax codes}" .99 .95
		fresh
		# shellcheck disable=SC2086
		for part in a b; do
			"$python" "$tool" febrl "$data/febrl/dataset4$part.csv" $tax |
				crm-import lead - -q --rejects bad.csv 2>/dev/null
		done
		found febrl 5000 >figures
		floor "Febrl 4 ${tax:-without tax codes}" .99 .95
	done
	fresh
	"$python" "$tool" febrl "$data/febrl/dataset4a.csv" | crm-import lead - -q --rejects bad.csv 2>/dev/null
	"$python" "$tool" febrl "$data/febrl/dataset4b.csv" | crm-import contact - -q --rejects bad.csv 2>/dev/null
	found febrl 5000 >figures
	floor 'Febrl 4, leads and contacts' .99 .95
else
	echo '# ../shared/data/febrl or python3 is not here: nothing measured on it'
fi
if [ -n "$python" ] && [ -d "$data/splink" ]; then
	fresh
	"$python" "$tool" splink "$data/splink/fake_1000.csv" | crm-import lead - -q --rejects bad.csv 2>/dev/null
	found splink 2031 >figures
	floor 'splink fake_1000' .99 .85
else
	echo '# ../shared/data/splink or python3 is not here: nothing measured on it'
fi
fresh
crm-lead add -q first_name=Lan last_name=Trần email=lan@example.vn
crm-lead add -q first_name=Trần last_name=Lan email=lan@example.vn
is 'swapped names stand beside what they were compared with' \
	"$(crm-dedupe explain lead-1 lead-2 -o csv | grep -E '^(given|family)_name' | cut -d, -f1-4)" \
	'given_name,lan,lan,same
family_name,tran,tran,same'
done_testing
