/*
 * What is kept of a lead that changes hands by hand: who had it and who has it.  What deals
 * leads out writes as the product itself, and keeps its own reasons.
 */
#include "schema/check.h"
#include "store/derive.h"

bool derive_owner(struct change *ch)
{
	struct store *s = ch->s;
	if (!ch->old || !ch->now || ch->flags & (PUT_TRUSTED | PUT_SILENT) ||
	    !changed(ch->now, ch->old, "owner"))
		return true;
	struct record r = record_new(entity_named(s, "assignment"), ch->a);
	int64_t to = id_at(ch->now, "owner");
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
