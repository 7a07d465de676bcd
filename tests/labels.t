#!/bin/sh
# Labels in English and Vietnamese: what people see; what programs read stays as it is.
. tests/lib.sh

in_vi() { env CRM_LANG=vi "$@"; }
in_en() { env CRM_LANG=en "$@"; }

vietnam
crm-account add name='Minh Anh' industry=retail type=customer -q
crm-lead add name='Trần Thị Minh' phone='090 123 4567' source=zalo status=qualified owner=lan -q
crm-lead add company='日本株式会社' source=card score=7 -q
crm-deal add name=Bơm account='Minh Anh' amount=15tr owner=lan expected_close=2026-12-01 -q
crm-deal add name=Van account='Minh Anh' amount=2tr stage=negotiation -q
crm-pipeline win deal-2 -q
crm-activity add kind=call lead=lead-1 subject='Gọi lại' due_at=tomorrow -q
crm-contact add name='Lan Anh' account='Minh Anh' is_primary=true -q

# -- tables --

crm-lead list -o table -f id,name,source,status,owner.team,do_not_call >out
cat >wanted <<'END'
ID     Name          Source        Status    Owner: Team Do not call
lead-1 Trần Thị Minh Zalo          Qualified hanoi       no
lead-2               Business card New                   no
END
same 'English is what nobody has chosen' out wanted
in_vi crm-lead list -o table -f id,name,source,status,owner.team,do_not_call >out
cat >wanted <<'END'
Mã     Họ và tên     Nguồn      Trạng thái     Người phụ trách: Nhóm Không gọi
lead-1 Trần Thị Minh Zalo       Đạt tiêu chuẩn hanoi                 không
lead-2               Danh thiếp Mới                                  không
END
same 'Vietnamese: headings, picklist values, truth' out wanted
in_vi crm-lead show lead-2 -o table -f company,kind,status >out
cat >wanted <<'END'
Trường     Giá trị
Công ty    日本株式会社
Loại       Tổ chức
Trạng thái Mới
END
same 'a sheet' out wanted
in_vi crm-pipeline show -o table >out
cat >wanted <<'END'
Bước                        Cơ hội   Khách hàng    Giá trị Theo xác suất Tiền tệ Dự kiến chốt Người phụ trách
Tìm hiểu nhu cầu            1 cơ hội            15.000.000     1.500.000 VND
└─ deal-1                   Bơm      Minh Anh   15.000.000               VND     2026-12-01   lan
Đề xuất giải pháp / báo giá 0 cơ hội                     0             0 VND
Thương lượng đàm phán       0 cơ hội                     0             0 VND
END
same 'the board' out wanted
in_vi crm-pipeline stages -o table >out
has 'the stages: headings' 'Quy trình' out
has 'and kinds' 'thắng' out

in_vi crm-report pipeline --from som --period month --compare year -w 'owner = lan' -o table >out
for words in 'Cơ hội đang mở' 'tính đến: 2026-11-21 09:30 Asia/Ho_Chi_Minh' 'kỳ: từ ' \
	'theo tháng so với năm trước' 'lọc: owner = lan' 'Số cơ hội' 'Tìm hiểu nhu cầu' 'Thay đổi %' \
	'tổng cộng'; do
	has "a report says: $words" "$words" out
done
in_vi crm-report funnel -o table >out
has 'steps and parts of a report have labels' 'Đầu mối   Khách hàng thô' out
has 'and so have stages' 'Cơ hội    Chốt thắng' out
in_vi crm-report sales --by team,account.industry -o table >out
has 'a dimension by its path' 'Khách hàng: Ngành nghề' out
has 'and its values' 'Bán lẻ' out
crm-ticket add subject='Máy hỏng' account=account-1 -q
in_vi crm-ticket sla -o table -q >out
has 'the clocks of tickets' 'Hạn phản hồi' out
in_vi crm-who 0901234567 -o table >out
has 'who calls' 'Liên hệ gần nhất' out
in_vi crm-report list -o table >out
has 'the list of reports' 'Bán hàng' out

# -- what chooses --

status 2 'an unknown language is refused' crm-init --lang fr fr.db
is 'and named' "$(cat err)" 'crm-init: lang: "fr" is neither en nor vi'
status 3 'in the environment too' env CRM_LANG=fr crm-lead list
is 'and named there' "$(cat err)" 'crm-lead: CRM_LANG: "fr" is neither en nor vi'
crm-lead list -o table >english
in_vi crm-lead list -o table >vietnamese
ok 'the database chooses' crm-init --lang vi -q
crm-lead list -o table >out
same 'without CRM_LANG' out vietnamese
CRM_LANG='' crm-lead list -o table >out
same 'or with an empty one' out vietnamese
in_en crm-lead list -o table >out
same 'CRM_LANG overrules it' out english
CRM_LANG=en_GB.UTF-8 crm-lead list -o table >out
same 'also as locales are written' out english
ok 'an upgrade' crm-init -q
crm-lead list -o table >out
same 'keeps the language' out vietnamese
ok 'LANG is the terminal'"'"'s' env LANG=en_US.UTF-8 LC_ALL=en_US.UTF-8 crm-lead list -o table
same 'not ours' out vietnamese

# -- labels are values --

ok 'a label is taken for its key' in_vi crm-lead set lead-2 status='Đã liên hệ' -q
is 'in any language' "$(in_en crm-lead list status:'Đã liên hệ' -o csv -f id,status | tail -1)" lead-2,contacted
sqlite3 "$CRM_DB" "update picklist set vi = 'Quen qua danh thiếp' where key = 'card';
	update picklist set vi = '' where key = 'zalo'; update picklist set vi = '', en = '' where key = 'qualified'"
in_vi crm-lead list -o table -f id,source,status >out
cat >wanted <<'END'
Mã     Nguồn               Trạng thái
lead-1 Zalo                qualified
lead-2 Quen qua danh thiếp Đã liên hệ
END
same 'labels are those of the database; the other language or the key stands in' out wanted

# A label may be wide, decomposed or hostile: columns stay where they are.
sqlite3 "$CRM_DB" "update picklist set vi = '名刺交換' where key = 'card';
	update picklist set vi = 'Za' || char(0x0302, 0x0301) || 'lo' where key = 'zalo';
	update picklist set vi = 'M' || char(27) || '[31mới' where key = 'contacted'"
in_vi crm-lead list -o table -f source,status,id >table
python3 - >out <<'END'
import unicodedata
def width(s):
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in s)
lines = open("table", encoding="utf-8").read().splitlines()
print(len(lines), len({width(l[:l.rindex("Mã" if i == 0 else "lead-")]) for i, l in enumerate(lines)}))
END
is 'wide and combining labels are aligned' "$(cat out)" '3 1'
is 'no escape reaches the terminal' "$(tr -cd '\033' <table | wc -c | tr -d ' ')" 0

# -- what programs read --

both() { # COMMAND…: whether it prints the same bytes in both languages
	in_en "$@" >one 2>one.err
	code=$?
	in_vi "$@" >two 2>two.err
	[ $code -eq $? ] && cmp one two && cmp one.err two.err
}
runs=0 wrong=''
both_ways() {
	for f in csv tsv json jsonl refs; do
		runs=$((runs + 1))
		both "$@" -o $f >/dev/null 2>&1 || wrong="$wrong; $* -o $f"
	done
}
for source in "$root"/cmd/crm-*.c; do
	program=$(basename "$source" .c)
	$program --help >help
	grep -q '^  list ' help && both_ways "$program" list
	! grep -q '^  show ' help || [ $program = crm-pipeline ] || both_ways "$program" show 1
	both "$program" --help >/dev/null 2>&1 || wrong="$wrong; $program --help"
	for verb in $(sed -n '/^Verbs:/,/^$/s/^  \([a-z]*\) .*/\1/p' help); do
		both "$program" "$verb" --help >/dev/null 2>&1 || wrong="$wrong; $program $verb --help"
	done
done
for report in $(crm-report list -o tsv | tail -n +2 | cut -f1 | sort -u); do
	both_ways crm-report "$report"
	both_ways crm-report "$report" --by source --period month --compare year
	both_ways crm-report "$report" --rows
	both crm-report "$report" --explain >/dev/null 2>&1 || wrong="$wrong; $report --explain"
done
both_ways crm-pipeline show --closed
both_ways crm-pipeline stages
both_ways crm-pipeline history
both_ways crm-pipeline stale --days 0
both_ways crm-ticket sla --all
both_ways crm-user whoami
both_ways crm-who 0901234567
both_ways crm-contact relations 1
both crm-pipeline show -o csv
is 'lists, reports and help are the same bytes in both' "$wrong" ''
ok "that was looked at ($runs runs)" test $runs -gt 100
ok 'and they said something' test -s one
in_vi crm-lead list -o csv -f id,source,status >out
cat >wanted <<'END'
id,source,status
lead-1,zalo,qualified
lead-2,card,contacted
END
same 'keys and names' out wanted
in_vi crm-lead list -o jsonl >exported
ok 'an export from one comes back in the other' in_en crm-import lead exported -q

# A program killed by a full disk says so in every language.
[ -w /dev/full ] && {
	in_vi crm-lead list -o table >/dev/full 2>err
	is 'a full disk' $? 3
}

done_testing
