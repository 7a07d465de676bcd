/* From status to status. */
#include "schema/status.h"

#include "schema/check.h"

const char *const lead_closed[] = { "disqualified", "converted", NULL };

static bool in_list(const char *list, struct str key)
{
	struct str rest = str_of(list), word;
	while (str_cut(&rest, ' ', &word))
		if (word.n && str_eq(word, key))
			return true;
	return false;
}

static const struct transition *row_of(const struct transition *table, struct str from)
{
	for (; table->from; table++)
		if (str_is(from, table->from))
			return table;
	return NULL;
}

bool status_follows(const struct transition *table, const struct record *r,
		    const struct record *old, const struct codec *c, struct diag *d)
{
	struct str from = old ? text_of(old, "status") : (struct str){ 0 };
	struct str to = text_of(r, "status");
	if (!old || str_eq(from, to) || c->restoring || c->seeding || c->trusted)
		return true;
	const struct transition *t = row_of(table, from);
	if (!t || in_list(t->to, to)) /* one that was added to the list is free */
		return true;
	const char *of = arena_str(&d->arena, from).p, *wish = arena_str(&d->arena, to).p;
	bool possible = in_list(t->excused, to);
	if (possible && c->excused)
		return true;
	if (possible)
		return diag_set(d, "status", "it is %s; to make it %s, say why with --reason", of,
				wish);
	return diag_set(d, "status", "what is %s cannot become %s; it can become: %s%s%s", of, wish,
			t->to, *t->to && t->excused ? " " : "", t->excused ? t->excused : "");
}

bool status_enters(const struct record *r, const struct record *old, const char *status)
{
	return str_is(text_of(r, "status"), status) &&
	       (!old || !str_is(text_of(old, "status"), status));
}

struct str today(const struct codec *c)
{
	return day_print(zone_day(c->settings->calendar.now), c->arena);
}
