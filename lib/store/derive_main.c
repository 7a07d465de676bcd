/* One main contact an account: the one that was chosen, else the oldest. */
#include "schema/check.h"
#include "store/derive.h"

/*
 * Of which accounts the writer knows that they have one, or each of an import's contacts would
 * ask the table.  Until something but a new contact is written: what is known is forgotten then.
 */
static struct sides *known(struct store *s)
{
	return sides_known(s, &s->writer->mains, "contact", 0);
}

void mains_forget(struct store *s)
{
	sides_forget(&s->writer->mains);
}

/* Kept, for an import asks of each of its contacts; to be reset. */
static struct stmt *contacts_of(struct store *s, int64_t account, const char *literal,
				struct arena *a)
{
	struct sql q = { .arena = a };
	sql_add(&q, "select id from main.contact where account = ");
	sql_int(&q, account);
	sql_add_literal(&q, literal);
	struct stmt *rows = store_kept(s, &q);
	sql_free(&q);
	return rows;
}

static bool set_primary(struct change *ch, int64_t id, bool primary)
{
	struct record r = record_new(entity_named(ch->s, "contact"), ch->a);
	r.id = id;
	*record_get(&r, "is_primary") = value_int(primary);
	return follow(ch, &r);
}

bool one_primary(struct change *ch, int64_t account, int64_t chosen)
{
	struct stmt *rows = contacts_of(ch->s, account, " and is_primary = 1 order by id", ch->a);
	bool have = chosen != 0, ok = true;
	int64_t *extra = arena_new(ch->a, int64_t, 64);
	size_t n = 0;
	while (n < 64 && stmt_step(rows)) {
		int64_t id = stmt_value(rows, 0).i;
		if (chosen ? id != chosen : have)
			extra[n++] = id;
		have = true;
	}
	stmt_reset(rows);
	for (size_t i = 0; ok && i < n; i++)
		ok = set_primary(ch, extra[i], false);
	if (!ok || have)
		return ok;
	rows = contacts_of(ch->s, account, " order by id limit 1", ch->a);
	int64_t oldest = stmt_step(rows) ? stmt_value(rows, 0).i : 0;
	stmt_reset(rows);
	return !oldest || set_primary(ch, oldest, true);
}

bool derive_primary(struct store *s, int64_t account, struct arena *a, struct diag *d)
{
	struct change ch = { .s = s, .a = a, .d = d, .flags = PUT_SILENT };
	return one_primary(&ch, account, 0);
}

void main_fill(struct store *s, struct record *r, const struct record *old, const struct codec *c)
{
	int64_t account = !old && !strcmp(r->entity->name, "contact") ? int_of(r, "account") : 0;
	if (!account || c->restoring || is_true(r, "is_primary"))
		return;
	const struct sides *m = known(s);
	if (idset_has(&m->accounts, account))
		return;
	struct stmt *rows = m->all ? NULL : contacts_of(s, account, " limit 1", c->arena);
	if (!rows || !stmt_step(rows))
		*record_get(r, "is_primary") = value_int(true);
	if (rows)
		stmt_reset(rows);
}

static bool derive_made(struct change *ch, int64_t account)
{
	bool primary = is_true(ch->now, "is_primary");
	struct sides *m = known(ch->s);
	bool have = idset_has(&m->accounts, account);
	bool settled = primary ? m->all && !have : have;
	if (!settled && !one_primary(ch, account, primary ? ch->now->id : 0))
		return false;
	idset_add(&m->accounts, account);
	return true;
}

bool derive_contact(struct change *ch)
{
	int64_t was = int_of(ch->old, "account"), is = int_of(ch->now, "account");
	if (!ch->old)
		return !is || derive_made(ch, is);
	bool moved = was != is || !ch->now || changed(ch->now, ch->old, "is_primary");
	bool primary = ch->now && is_true(ch->now, "is_primary");
	bool chosen = primary && (!is_true(ch->old, "is_primary") || was != is);
	if (moved)
		mains_forget(ch->s);
	if (was && was != is && !one_primary(ch, was, 0))
		return false;
	if (is && !was && !follow_contact(ch, is))
		return false;
	return !is || !moved || one_primary(ch, is, chosen ? ch->now->id : 0);
}
