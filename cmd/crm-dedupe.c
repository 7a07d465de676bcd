/* crm-dedupe: records that are the same person, or the same organisation. */
#include "cli/dedupe.h"

static const struct verb verbs[] = {
	{ "find", "[TYPE…] [REF…] [TERM…] [-]",
	  "print records that are the same person or organisation (a million take 350 MB)",
	  NEED_READ | TAKES_WHERE, dedupe_find_options, dedupe_run_find },
	{ "explain", "REF REF", "say why two records are the same, or are not", NEED_READ, NULL,
	  dedupe_run_explain },
	{ "merge", "REF REF… | [-]", "make one record of those that are the same",
	  NEED_WRITE | TAKES_INPUT, dedupe_merge_options, dedupe_run_merge },
	{ "unmerge", "SET…|REF…", "take merges back", NEED_WRITE, dedupe_unmerge_options,
	  dedupe_run_unmerge },
	{ 0 },
};

static const struct command command = {
	"dedupe", "finds duplicates among people and companies, and merges them, and deals", verbs,
	NULL, NULL
};

int main(int argc, char **argv)
{
	return crm_main(&command, argc, argv);
}
