/* crm-score: how promising leads and deals are, with reasons; tiers of customers. */
#include "cli/score.h"

#define SCORE_OF                                                                    \
	{                                                                           \
		"of", 0, OPTION_TEXT, "TYPE", "lead (default) or deal", "lead deal" \
	}

static const struct option_def of_options[] = { SCORE_OF, { 0 } };

static const struct option_def explain_options[] = {
	SCORE_OF,
	{ "all", 0, OPTION_FLAG, NULL, "also the rules that gave nothing", NULL },
	{ 0 },
};

static const struct option_def rank_options[] = {
	SCORE_OF,
	{ "limit", 'l', OPTION_INT, "N", "the first N", NULL },
	{ 0 },
};

static const struct option_def learn_options[] = {
	SCORE_OF,
	{ "check", 0, OPTION_FLAG, NULL, "how good it is: each record guessed by all others",
	  NULL },
	{ 0 },
};

static const struct option_def tier_options[] = {
	{ "currency", 0, OPTION_TEXT, "CODE", "amounts in it, by the rate of each day", NULL },
	{ "explain", 0, OPTION_FLAG, NULL, "print what they go by, and write nothing", NULL },
	{ 0 },
};

static const struct verb verbs[] = {
	{ "run", "[REF…] [TERM…] [-]",
	  "score all that are open, or these; print those that changed",
	  NEED_WRITE | TAKES_WHERE | TAKES_INPUT | TAKES_FIELDS | TAKES_COLUMNS | DEFAULT_VERB,
	  of_options, score_run },
	{ "explain", "REF… [TERM…] [-]", "say what each rule and history give",
	  NEED_READ | TAKES_WHERE | TAKES_INPUT | TAKES_FIELDS | TAKES_COLUMNS, explain_options,
	  score_explain },
	{ "rank", "[REF…] [TERM…] [-]", "list the best first, as they score now, and why",
	  NEED_READ | TAKES_WHERE | TAKES_INPUT | TAKES_FIELDS | TAKES_COLUMNS, rank_options,
	  score_rank },
	{ "learn", "", "show what history says of each value", NEED_READ | TAKES_COLUMNS,
	  learn_options, score_learn },
	{ "rules", "", "print the scoring in force, for crm-config", NEED_READ, NULL, score_rules },
	{ "tiers", "", "give customers their tiers, by what they buy", NEED_WRITE | TAKES_COLUMNS,
	  tier_options, score_tiers },
	{ 0 },
};

static const struct command command = { "score", "how promising leads and deals are", verbs, "lead",
					NULL };

int main(int argc, char **argv)
{
	return crm_main(&command, argc, argv);
}
