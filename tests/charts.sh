# shellcheck shell=sh
# Descriptions of charts for tests/chart.c: `. tests/charts.sh`, then `sample KIND`.

# line WORD…: parted by tabs
line() {
	first=$1
	shift
	printf '%s' "$first"
	[ $# -eq 0 ] || printf '\t%s' "$@"
	echo
}

kinds='bar lying stacked line funnel heat pareto empty gaps'

sample() {
	case $1 in
	bar)
		line kind bar
		line ordered
		line title 'Deals won & lost by <quarter>'
		line categories 2025-Q4 2026-Q1 2026-Q2 2026-Q3
		line category Quarter
		line value Deals
		line series 'Hà Nội' 12 18 9 21
		line series 'Đà Nẵng' 8 '' 11 15
		line reference Target 15 18 20 22
		;;
	lying)
		line kind bar
		line language vi
		line unit money
		line currency VND
		line title 'Doanh thu theo nhân viên'
		line subtitle 'Đơn đã xác nhận, trừ trả lại'
		line note 'Tính đến 21/11/2026 09:30 · amount > 0 and stage != "<lost>"'
		line categories 'Nguyễn Thị Hoàng Oanh Phượng' ']]></script>' \
			'Trần Thị Bích Thủy – Phòng Kinh doanh Khu vực Miền Trung và Tây Nguyên' \
			'株式会社東京' 'Đỗ "Đức"'
		line category 'Nhân viên'
		line value 'Doanh thu'
		line series '' 1250000000 455000000 -120000000 '' 0
		;;
	stacked)
		line kind stacked
		line title 'Activities by person'
		line categories Lan Mai 'Nguyễn Văn Đức' Hùng
		line series Calls 30 20 10 5
		line series E-mails 12 22 8 0
		line series Visits 4 6 '' 1
		line series Undone -3 0 -1 ''
		;;
	line)
		line kind line
		line language vi
		line unit money
		line title 'Doanh thu theo tháng'
		line categories 07/2026 08/2026 09/2026 10/2026 11/2026 12/2026
		line series 'Năm nay' 1.2e9 '' 1.1e9 1.9e9 2.1e9 ''
		line low '' '' '' '' 1.8e9 1.7e9
		line high '' '' '' '' 2.4e9 2.9e9
		line series 'Năm ngoái' 1e9 1.1e9 0.9e9 1.3e9 1.6e9 1.7e9
		line reference 'Mục tiêu' 2e9 2e9 2e9 2e9 2e9 2e9
		;;
	funnel)
		line kind funnel
		line title Funnel
		line categories Target Lead 'Qualified, with a confirmed need' Deal Won
		line series '' 1200 860 410 140 38
		;;
	heat)
		line kind heat
		line unit share
		line title Retention
		line category 'Months since the first purchase'
		line rows Cohort
		line categories 0 1 2 3
		line series 2026-08 1 .456 .3 .25
		line series 2026-09 1 .5 .4
		line series 2026-10 1 .41
		line series 2026-11 1
		;;
	pareto)
		line kind pareto
		line unit money
		line currency USD
		line title 'Largest customers'
		line categories 'Công ty TNHH Minh Anh' Vinamilk FPT Others
		line series Revenue 500.10 300.20 150 50
		;;
	empty)
		line kind bar
		line title Nothing
		;;
	gaps)
		line kind line
		line title Gaps
		line categories a b c
		line series x '' nan 1e300
		;;
	esac
}

# The program that draws them.
chart() {
	case ${BUILD:-$root/build} in
	/*) "${BUILD:-$root/build}/tests/chart" "$@" ;;
	*) "$root/$BUILD/tests/chart" "$@" ;;
	esac
}
