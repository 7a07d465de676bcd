/* Whether a record is what a row made: told without writing. */
#include "store/counter.h"
#include "store/internal.h"

bool store_draft(struct store *s, const struct record *r, unsigned flags, struct record *draft,
		 struct arena *a)
{
	struct codec c = store_codec(s, a);
	struct diag d = { 0 };
	c.seeding = flags & PUT_SEED;
	*draft = record_copy(r, a);
	bool made =
	    record_lay_over(s, draft, NULL, flags, &c, &d) && record_fill(s, draft, NULL, &c, &d);
	diag_free(&d);
	return made;
}

/* What was left empty and filled by the clock is of another day by now. */
static bool is_of_the_clock(struct store *s, const struct field *f, const struct value *said,
			    const struct value *drafted, struct arena *a)
{
	if (said->kind != V_NULL || drafted->kind != V_TEXT)
		return false;
	struct str now = instant_print(s->settings.calendar.now, a);
	return f->type == &type_instant ? str_eq(drafted->s, now) : f->type == &type_date;
}

/* -1: a field that r mentions is not as r would make it. */
static int distance(struct store *s, const struct record *r, const struct record *draft,
		    const struct record *old, struct arena *a)
{
	const struct value *made = draft->values, *is = old->values;
	size_t n = r->entity->nfields;
	int apart = 0;
	for (size_t i = 0; i < n; i++) {
		if (value_eq(&made[i], &is[i]))
			continue;
		const struct field *f = &r->entity->fields[i];
		const struct value *said = &r->values[i];
		if (f->type == &type_id)
			continue;
		bool given = f->flags & F_SYSTEM || number_fills(r->entity, f);
		bool kept = said->kind == V_NONE || (said->kind == V_NULL && given);
		if (kept)
			apart += !given;
		else if (!is_of_the_clock(s, f, said, &made[i], a))
			return -1;
	}
	return apart;
}

/* Whether writing r over it would change nothing. */
static bool changes_nothing(struct store *s, const struct record *r, const struct record *old,
			    unsigned flags, struct arena *a)
{
	struct record copy = record_copy(r, a);
	struct codec c = store_codec(s, a);
	struct diag d = { 0 };
	copy.id = old->id;
	c.seeding = flags & PUT_SEED;
	bool nothing = record_lay_over(s, &copy, old, flags, &c, &d) && record_same(&copy, old);
	diag_free(&d);
	return nothing;
}

int64_t store_unique_twin(struct store *s, const struct record *r, struct arena *a)
{
	struct codec c = store_codec(s, a);
	return unique_twin(s, r, &c);
}

int store_distance(struct store *s, const struct record *r, const struct record *draft, int64_t id,
		   unsigned flags, struct arena *a)
{
	struct record old;
	if (!record_read(s, r->entity, id, &old, a))
		return -1;
	int apart = distance(s, r, draft, &old, a);
	if (apart < 0 && changes_nothing(s, r, &old, flags, a))
		apart = (int)r->entity->nfields; /* behind those that are as they were made */
	return apart;
}

bool store_is_made(struct store *s, const struct record *r, const struct record *draft, int64_t id,
		   struct value *keys, struct arena *a)
{
	struct record old;
	struct row_reader *k = &store_writer_of(s, r->entity)->read;
	return row_read(s, k, r->entity, id, ROW_LENT, &old, keys, a) &&
	       !distance(s, r, draft, &old, a);
}
