#!/bin/sh
# What the build, the tests and the lint need, and how each system calls it.
#
#   sh tests/deps.sh install build test    installs what is missing, else as check
#   sh tests/deps.sh check build           status 1 and the line to type if something is missing
#
# Installs only on Debian and its kin, and only as root or with a sudo that asks nothing.
set -u

# group  probe  what  Debian  Fedora  Alpine  Arch  macOS (Homebrew); -: comes with another
needs() {
	cat <<'END'
build tool cc          gcc             gcc              build-base     gcc         gcc
build tool make        make            make             make           make        make
build tool pkg-config  pkg-config      pkgconf          pkgconf        pkgconf     pkgconf
build lib  sqlite3     libsqlite3-dev  sqlite-devel     sqlite-dev     sqlite      sqlite
build lib  jansson     libjansson-dev  jansson-devel    jansson-dev    jansson     jansson
build lib  yaml-0.1    libyaml-dev     libyaml-devel    yaml-dev       libyaml     libyaml
build lib  libutf8proc libutf8proc-dev utf8proc-devel   utf8proc-dev   libutf8proc utf8proc
build lib  smartcols   libsmartcols-dev libsmartcols-devel util-linux-dev util-linux-libs util-linux
build lib  libical      libical-dev     libical-devel    libical-dev    libical     libical
build lib  nlopt       libnlopt-dev    NLopt-devel      nlopt-dev      nlopt       nlopt
build lib  gmime-3.0   libgmime-3.0-dev gmime30-devel  gmime-dev      gmime3      gmime
build head csv.h       libcsv-dev      libcsv-devel     libcsv-dev     libcsv      libcsv
build zone Asia/Ho_Chi_Minh tzdata     tzdata           tzdata         tzdata      -
test  lib  cmocka      libcmocka-dev   libcmocka-devel  cmocka-dev     cmocka      cmocka
test  tool prove       perl            perl-Test-Harness perl-utils    perl        perl
test  tool sqlite3     sqlite3         sqlite           sqlite         sqlite      sqlite
test  tool msmtp       msmtp           msmtp            msmtp          msmtp       msmtp
test  tool python3     python3         python3          python3        python      python
lint  tool shellcheck  shellcheck      ShellCheck       shellcheck     shellcheck  shellcheck
lint  tool mandoc      mandoc          mandoc           mandoc         mandoc      mandoc
lint  tool clang-format clang-format   clang-tools-extra clang-extra-tools clang   clang-format
END
}

there() { # PROBE WHAT
	case $1 in
	tool) command -v "$2" ;;
	lib) "${PKG_CONFIG:-pkg-config}" --exists "$2" ;;
	head) echo "#include <$2>" | "${CC:-cc}" -E - ;;
	zone) [ -e "/usr/share/zoneinfo/$2" ] ;;
	esac >/dev/null 2>&1
}

missing() { # GROUP…: rows of what is not there
	needs | while read -r group probe what packages; do
		case " $* " in *" $group "*) ;; *) continue ;; esac
		there "$probe" "$what" || echo "$what $packages"
	done
}

# COLUMN: the package names in it, of the rows on stdin
packages() {
	awk -v column="$1" '$column != "-" && !seen[$column]++ { printf " %s", $column }'
}

line() { # SYSTEM COMMAND COLUMN
	printf '  %-8s %s%s\n' "$1" "$2" "$(echo "$rows" | packages "$3")"
}

advise() {
	{
		echo "missing:$(echo "$rows" | packages 1)"
		echo "install with one of:"
		line Debian 'apt-get install' 2
		line Fedora 'dnf install' 3
		line Alpine 'apk add' 4
		line Arch 'pacman -S' 5
		line macOS 'brew install' 6
	} >&2
	exit 1
}

as_root() {
	if [ "$(id -u)" -eq 0 ]; then
		"$@"
	else
		sudo -n "$@"
	fi
}

install_debian() {
	command -v apt-get >/dev/null && as_root true 2>/dev/null || return 1
	export DEBIAN_FRONTEND=noninteractive
	wanted=$(echo "$rows" | packages 2)
	echo "installing:$wanted" >&2
	# shellcheck disable=SC2086 # one word a package
	{
		as_root apt-get -qq update ||
			echo "could not refresh the package lists; going on with those that are here" >&2
		as_root apt-get -qq -y --no-install-recommends install $wanted </dev/null
	} >/dev/null
}

action=$1
shift
rows=$(missing "$@")
[ -n "$rows" ] || exit 0
[ "$action" = install ] && install_debian && rows=$(missing "$@")
[ -z "$rows" ] || advise
