#!/bin/sh
# The manual: each page is clean mdoc, and each example does what the page shows.
#
# Each page's examples (see tests/examples.sh) run in order in one folder, on a fresh copy
# of the database that prepare() makes.
. tests/lib.sh
. "$root"/tests/examples.sh
pages=${PATH%%:*}/man

prepare() {
	vietnam &&
		crm-lead add -q name='Trần Thị Minh' phone='090 123 4567' source=zalo \
			city='Đà Nẵng' score=80 owner=lan &&
		crm-lead add -q name='Nguyễn Văn Đức' company='Công ty Sao Mai' source=facebook \
			email=duc@example.vn city='Hà Nội' score=40 &&
		crm-lead add -q name='Amina Okafor' company=Northwind source=website owner=mai \
			email=amina@example.com phone='+49 30 1234567' status=qualified score=65 &&
		crm-account add -q name='Công ty TNHH Minh Anh' kind=org tier=vip &&
		crm-contact add -q name='Phạm Văn Hùng' account=account-1 role=director &&
		crm-deal add -q name='CRM Pro' account=account-1 amount=250tr \
			expected_close=2026-12-15 owner=lan
}

ok 'the database for the examples' prepare
mv "$CRM_DB" prepared.db

for page in "$pages"/*.[17]; do
	name=${page##*/}
	mkdir "$name" && cd "$name" || exit 1
	cp ../prepared.db ../crm.db
	rm -f ../crm.db-*
	examples "$page"
	sh script >got 2>&1
	same "$name: examples" got wanted
	# mandoc looks for other pages where they are installed; here they are beside it.
	if command -v mandoc >/dev/null; then
		mandoc -Tlint -Wstyle "$page" | grep -v 'referenced manual not found' >lint
		is "$name: clean mdoc" "$(cat lint)" ''
	fi
	awk '$1 == ".Xr" && $2 ~ /^crm/ { print $2 "." $3 }' "$page" | sort -u |
		while read -r other; do [ -e "$pages/$other" ] || echo "$other"; done >lost
	is "$name: the pages it names exist" "$(cat lost)" ''
	cd ..
done

done_testing
