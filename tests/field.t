#!/bin/sh
# A new field is one line in one file: it is added to a copy of the tree, and seen everywhere.
. tests/lib.sh

[ -z "$SAN" ] || skip_all 'the same without sanitizers'
vietnam
crm-lead add name='Trần Thị Minh' -q
build=${BUILD:-$root/build}
case $build in /*) build=${build#"$root"/} ;; esac
mkdir tree && (cd "$root" && tar cf - --exclude=.git --exclude='build*' . "$build/lib" "$build/cmd" \
	"$build/flags" "$build/deps.mk" "$build/libcrm.a") | (cd tree && tar xf -)
sed -i '/^	{ "notes"/i\
	{ "shoe_size", \&type_int, F_INDEX, "size of their shoes", .label_vi = "Cỡ giày",\
	  .converts = "-" },' tree/lib/schema/entity_lead.c
ok 'it builds' make -C tree BUILD="$build" "$build/crm-init" "$build/crm-lead" "$build/man/crm-fields.7"
PATH=$work/tree/$build:$PATH
status 3 'the database is of the old version' crm-lead list
has 'which the message says' 'crm-init to upgrade' err
ok 'crm-init upgrades it' crm-init
is 'column' "$(sqlite3 "$CRM_DB" "select type from pragma_table_info('lead') where name = 'shoe_size'")" INTEGER
is 'index' "$(sqlite3 "$CRM_DB" "select count(*) from sqlite_schema where name = 'lead.shoe_size'")" 1
is 'data stayed' "$(crm-lead list -f name,shoe_size -o csv | tail -1)" 'Trần Thị Minh,'
is 'assignment, CSV' "$(crm-lead set 1 shoe_size=37 -f shoe_size -o csv | tr '\n' ' ')" 'shoe_size 37 '
is 'JSON' "$(crm-lead list -f shoe_size -o jsonl)" '{"shoe_size":37}'
is 'term' "$(crm-lead count shoe_size:36..40)" 1
is 'label of another language as a header' \
	"$(printf 'Họ và tên,Cỡ giày\nX,40\n' | crm-lead add -f shoe_size -o csv | tail -1)" 40
status 1 'validation' crm-lead set 1 shoe_size=big
crm-lead --help >out
has 'help' 'size of their shoes' out
has 'man page' 'size of their shoes' "tree/$build/man/crm-fields.7"
is 'completion' "$(crm-lead --complete set shoe_)" 'shoe_size:
shoe_size='
is 'history' "$(sqlite3 "$CRM_DB" "select before ->> 'shoe_size' is null from change order by id limit 1 offset 4")" 1
is 'view' "$(sqlite3 "$CRM_DB" 'select shoe_size from v_lead where id = 1')" 37
done_testing
