/*
 * Sums after an undo in the middle: of what they are made of the undone set had one part and
 * later sets another, so neither what was there before nor what is there now is their sum.
 */
#include "schema/line.h"
#include "store/undo_impl.h"

bool sum_of_lines(struct undo *u, const struct entity *e, int64_t id, const struct field *f)
{
	return !strcmp(e->name, "deal") && !strcmp(f->name, "amount") &&
	       lines_exist(u->s, e, id, false);
}

/* Lines are in the currency of their document, which an undo may not change under them. */
static bool keeps_currency(struct undo *u, const struct record *have, const struct record *now,
			   struct diag *d)
{
	if (!line_entity(&u->s->schema, now->entity) ||
	    value_eq(record_at(now, "currency"), record_at(have, "currency")) ||
	    !lines_exist(u->s, now->entity, now->id, false))
		return true;
	return diag_set(d, "currency", "the %s has lines in another currency since",
			now->entity->name);
}

void undo_sum_again(struct undo *u, const struct record *have, struct record *now,
		    const struct codec *c)
{
	struct codec trusted = *c;
	struct diag d = { 0 };
	trusted.trusted = true;
	bool ok = keeps_currency(u, have, now, &d);
	if (ok && line_whole(&u->s->schema, now->entity))
		ok = check_line(now, have, &trusted, &d);
	else if (ok && entity_field(now->entity, STR("subtotal")))
		ok = header_amounts(now, have, &trusted, &d);
	if (!ok)
		undo_obstacle(u, now->entity, now->id, d.field, "%.*s", (int)d.message.n,
			      d.message.p);
	diag_free(&d);
}
