#!/bin/sh
# The architecture's rules, as far as grep and awk can see them.
. tests/lib.sh
cd "$root" || exit 1

# none NAME: the file found is empty; what is in it is shown
none() {
	[ ! -s "$work/found" ]
	code=$?
	result $code "$1"
	[ $code -eq 0 ] || show "$work/found"
}
found=$work/found

for header in sqlite3 csv jansson yaml utf8proc libsmartcols libical/ical nlopt gmime/gmime pthread; do
	grep -rlE "#include <($header|libsmartcols/$header)\.h>" lib cmd | sed 1d >"$found"
	none "<$header.h> is included by one file"
done

grep -rl '"store/db_sqlite.h"' lib cmd | grep -vx -e lib/store/db_sqlite.c -e lib/store/db_teach.c >"$found"
none 'and none sees it through db_sqlite.h but the two that know SQLite'

grep -rnE '"[^"]*\b(select|insert into|update|delete from) [a-z_%*]+ (set|from|values)\b' cmd >"$found"
none 'no SQL in cmd/'
# Readers see what the role may read (temporary views of the tables' names); what the
# store derives, checks and writes is about the stored tables, main.deal.
sed -n 's/^\t\.name = "\([a-z_]*\)",$/\1/p' lib/schema/entity_*.c | grep -vx -e user -e team >"$work/types"
echo change >>"$work/types"
readers='ddl|keys|ddl_view|ddl_index|as_of|scope|row_read|search_sqlite|sql|store|store_read'
for file in lib/store/*.c; do
	[ "$file" = lib/store/log.c ] && continue # the history, as far as the role may read it
	[ "$file" = lib/store/rates.c ] && continue # everybody's, and with --as-of those of then
	echo "$file" | grep -qE "/($readers)\.c$" || grep -nHE 'sql_table\(&?q,|store_get\(' "$file"
	grep -nHE "\\b(from|join|into|update) (\\\\\")?($(paste -sd'|' "$work/types"))\\b" "$file" |
		grep '"'
done >"$found"
none 'the store works on the stored tables'
grep -rnE '\b(free|malloc|calloc|realloc|strdup)\(' cmd >"$found"
none 'memory in cmd/ is an arena'"'"'s'
grep -rnE '\b(strcpy|strcat|sprintf|gets|strtok|atoi|atof|system|popen)\(' lib cmd >"$found"
none 'no call that cannot be made safe'
grep -rnE '\bTODO|FIXME|\bXXX\b' lib cmd man tests --include='*.[ch]' --include='*.in' --include='*.awk' >"$found"
none 'nothing is left to do later'
grep -nE 'utf8_(fold|sort_key)\(' lib/stream/reader.c lib/stream/source.c lib/stream/format_[ct]sv.c \
	lib/stream/table_row.c lib/stream/csv_formula.c lib/stream/ahead.c >"$found"
none 'what reads rows, in a thread of its own, keeps nothing from call to call'
wc -l lib/*/*.c | awk '$2 != "total" && $1 > 400' >"$found"
none 'library files: 400 lines at most'
wc -l cmd/*.c | awk '$2 != "total" && $1 > 200' >"$found"
none 'programs: 200 lines at most'

awk '
	FNR == 1 { start = 0 }
	/^\{/ { start = FNR }
	/^}/ && start {
		if (FNR - start > 60)
			print FILENAME ":" start ": " FNR - start " lines"
		start = 0
	}
' lib/*/*.c cmd/*.c >"$found"
none 'functions: 60 lines at most'

# Layers, the lowest first; a file may include its own and lower ones.  The schema
# and the streams share the cell, and the command line may use everything.
grep -rnE '#include "[a-z]+/' lib | awk -F'[:/"]' '
	BEGIN {
		n = split("core stream schema store query config domain report cli", order, " ")
		for (i = 1; i <= n; i++)
			rank[order[i]] = i
		peers["stream schema"] = 1
	}
	{
		from = $2
		to = $6
		if (!(to in rank))
			next
		if (rank[to] > rank[from] && !((from " " to) in peers))
			print $0
	}
' >"$found"
none 'includes point one way'

find . -maxdepth 1 ! -name '.*' ! -name 'build*' | sed 's|^\./||' |
	grep -vxE 'Makefile|README\.md|LICENSE|cmd|lib|man|tests|completions' >"$found"
none 'nothing at the top level but what the architecture names'

for program in cmd/*.c; do
	page=man/$(basename "$program" .c).1.in
	[ -e "$page" ] || echo "$page"
done >"$found"
none 'every program has a man page'

done_testing
