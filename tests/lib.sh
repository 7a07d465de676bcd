# shellcheck shell=sh
# What every test file begins with: `. tests/lib.sh`, from the project's root.
#
#   ok NAME COMMAND…            COMMAND succeeds
#   status N NAME COMMAND…      COMMAND ends with status N; its output is in out, err
#   is NAME GOT WANTED          two texts are the same (the difference is shown)
#   same NAME FILE FILE         two files are the same
#   has NAME TEXT FILE          FILE contains TEXT
#   skip_all REASON             nothing to test here
#   done_testing                at the end
#
# Each file works in a folder of its own ($work, the current one) with a fixed
# clock and an empty environment as cron has it; data nobody here wrote is in $data.

root=$(pwd)
PATH=${BUILD:-$root/build}:$PATH
case $PATH in /*) ;; *) PATH=$root/$PATH ;; esac
data=${CRM_TEST_DATA:-$root/../shared/data}
work=$(mktemp -d "${TMPDIR:-/tmp}/crm-test.XXXXXX") || exit 1
trap 'cd /; rm -rf "$work"' EXIT
trap 'exit 1' INT TERM
cd "$work" || exit 1
unset CRM_USER CRM_OUTPUT NO_COLOR TZ LANG LC_ALL
export CRM_DB="$work/crm.db" CRM_NOW=2026-11-21T02:30:00Z HOME="$work"
export XDG_CONFIG_HOME="$work/config" XDG_DATA_HOME="$work/share"
tests=0

result() { # STATUS NAME
	tests=$((tests + 1))
	if [ "$1" -eq 0 ]; then
		echo "ok $tests - $2"
	else
		echo "not ok $tests - $2"
	fi
}

show() { # FILE: as TAP comments, so that a failure explains itself
	sed 's/^/#   /' "$1" | head -40
}

ok() {
	name=$1
	shift
	"$@" >out 2>err
	code=$?
	result $code "$name"
	[ $code -eq 0 ] || { echo "# status $code: $*"; show err; show out; }
}

status() {
	wanted=$1 name=$2
	shift 2
	"$@" >out 2>err
	code=$?
	[ $code -eq "$wanted" ]
	result $? "$name"
	[ $code -eq "$wanted" ] || { echo "# status $code, not $wanted: $*"; show err; show out; }
}

is() {
	[ "$2" = "$3" ]
	result $? "$1"
	[ "$2" = "$3" ] || {
		printf '%s\n' "$2" >.got
		printf '%s\n' "$3" >.wanted
		diff -u .wanted .got | sed 's/^/# /' | head -40
	}
}

same() {
	cmp -s "$2" "$3"
	result $? "$1"
	cmp -s "$2" "$3" || diff -u "$3" "$2" | sed 's/^/# /' | head -40
}

has() {
	grep -qF -- "$2" "$3"
	result $? "$1"
	grep -qF -- "$2" "$3" || { echo "# wanted: $2"; show "$3"; }
}

skip_all() {
	echo "1..0 # SKIP $1"
	exit 0
}

done_testing() {
	echo "1..$tests"
}

# generated TYPE COUNT…: so many made-up records of each type, nothing wrong with any.
generated() {
	while [ $# -gt 1 ]; do
		case $1 in activity) many=activities ;; *) many=${1}s ;; esac
		"${PATH%%:*}/tests/gen" --clean $many "$2" | crm-import "$1" -q || return
		shift 2
	done
}

# A database as a Vietnamese company has it, with a few people in it.
vietnam() {
	crm-init --currency VND --timezone Asia/Ho_Chi_Minh --region VN -q &&
		crm-team add name=hanoi department=sales -q &&
		crm-user add login=lan name='Lê Thị Lan' team=hanoi -q &&
		crm-user add login=mai name='Nguyễn Thị Mai' team=hanoi -q
}
