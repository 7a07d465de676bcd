/* crm-import: records of any type, from any stream, with an account of every row. */
#include "cli/import.h"

static const struct option_def options[] = {
	{ "map", 0, OPTION_TEXT, "MAP", "columns: 'Họ tên=name,SĐT=phone', or a YAML file", NULL },
	{ "preset", 0, OPTION_TEXT, "NAME|FILE|auto",
	  "columns of another system: hubspot-deals, or hubspot for any", NULL },
	{ "set", 0, OPTION_TEXT, "FIELD=VALUE", "fill the field of every record; may be repeated",
	  NULL },
	{ "match", 0, OPTION_TEXT, "FIELDS",
	  "the record that has the same: email,phone, or external", NULL },
	{ "on-match", 0, OPTION_TEXT, "WHAT", "update it, fill it, skip the row, or error",
	  "update fill skip error" },
	{ "on-duplicate", 0, OPTION_TEXT, "WHAT",
	  "known by phone or e-mail: create, skip, update, fill, reject",
	  "create skip update fill reject" },
	{ "system", 0, OPTION_TEXT, "NAME", "where external_id is a number, such as hubspot",
	  NULL },
	{ "create-missing", 0, OPTION_TEXT, "TYPES",
	  "make the accounts … that references name and that are not there", NULL },
	{ "date-order", 0, OPTION_TEXT, "ORDER",
	  "what 3/4/2026 means in the input: dmy, mdy or ymd", "dmy mdy ymd" },
	{ "header-line", 0, OPTION_INT, "N", "the header is in line N (else found out)", NULL },
	{ "rejects", 0, OPTION_TEXT, "FILE", "put wrong rows there, the others in", NULL },
	{ "summary", 0, OPTION_TEXT, "FILE", "write the accounting there as JSON", NULL },
	{ "batch", 0, OPTION_INT, "N", "commit after N rows, or fewer in busy times", NULL },
	{ 0 },
};

static const struct verb verbs[] = {
	{ "", "[TYPE|all] [FILE…]", "bring records in", NEED_WRITE | TAKES_INPUT, options,
	  import_run },
	{ "presets", "", "list the presets, and by what headers they are recognised", 0, NULL,
	  import_list_presets },
	{ 0 },
};

static const char note[] =
    "Memory: up to 128 MB however long the input is, and up to 25 times its longest row,\n"
    "which may have 64 MB.  Lines of over 500,000 documents take 64 bytes more for each of\n"
    "these.  What was read waits in a file in $TMPDIR.";

static const struct command command = { "import", "brings records in, from any format", verbs, NULL,
					note };

int main(int argc, char **argv)
{
	return crm_main(&command, argc, argv);
}
