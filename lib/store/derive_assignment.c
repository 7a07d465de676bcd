/*
 * What follows where a lead changes hands: what is planned with it goes along, and who had it
 * and who has it is kept.  What deals leads out writes as the product itself, and keeps its
 * own reasons.
 */
#include "schema/check.h"
#include "store/derive.h"

/* What is planned with the lead goes along, if it was theirs who had it, or nobody's. */
static bool hand_over(struct change *ch)
{
	const struct entity *activity = entity_named(ch->s, "activity");
	int64_t from = int_of(ch->old, "owner");
	struct sql q = { .arena = ch->a };
	size_t n;
	sql_add(&q, "select id from main.activity where lead = ");
	sql_int(&q, ch->now->id);
	sql_add(&q, " and status = 'planned' and coalesce(owner, ");
	sql_int(&q, from);
	sql_add(&q, ") = ");
	sql_int(&q, from);
	sql_add(&q, " order by id");
	int64_t *ids = store_ids(ch->s, &q, &n, ch->a);
	sql_free(&q);
	for (size_t i = 0; i < n; i++) {
		struct record r = record_new(activity, ch->a);
		r.id = ids[i];
		*record_get(&r, "owner") = *record_at(ch->now, "owner");
		if (!follow(ch, &r))
			return false;
	}
	return true;
}

static bool note_change(struct change *ch)
{
	struct store *s = ch->s;
	struct record r = record_new(entity_named(s, "assignment"), ch->a);
	int64_t to = int_of(ch->now, "owner");
	struct str why = !to			  ? STR("released")
			 : to == s->settings.user ? STR("taken")
						  : STR("moved");
	*record_get(&r, "at") = value_text(instant_print(s->settings.calendar.now, ch->a));
	*record_get(&r, "lead") = value_int(ch->now->id);
	*record_get(&r, "user") = *record_at(ch->now, "owner");
	*record_get(&r, "previous") = *record_at(ch->old, "owner");
	*record_get(&r, "why") = value_text(why);
	if (s->writer->info.reason)
		*record_get(&r, "note") = value_text(str_of(s->writer->info.reason));
	return follow(ch, &r);
}

bool derive_owner(struct change *ch)
{
	if (!ch->old || !ch->now || ch->flags & PUT_SILENT || !changed(ch->now, ch->old, "owner"))
		return true;
	return hand_over(ch) && (ch->flags & PUT_TRUSTED || note_change(ch));
}
