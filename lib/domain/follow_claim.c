/* Handing errands out: each to one, again only where nobody began. */
#include "core/date.h"
#include "domain/errand.h"
#include "domain/follow_impl.h"
#include "schema/check.h"

static int64_t *due(struct store *s, int64_t lease, struct str kinds, size_t *n, struct arena *a)
{
	struct str kind;
	struct sql q = { .arena = a };
	int64_t now = s->settings.calendar.now;
	sql_add(&q, "select id from errand where ((status = 'pending' and due_at <= ");
	sql_text(&q, instant_print(now, a));
	sql_add(&q, ") or (status = 'claimed' and due_at <= ");
	sql_text(&q, instant_print(now, a));
	sql_add(&q, " and claimed_at <= ");
	sql_text(&q, instant_print(now - lease, a));
	sql_add(&q, "))");
	for (const char *before = " and kind in ("; kinds.n && str_cut(&kinds, ',', &kind);
	     before = ", ") {
		sql_add_literal(&q, before);
		sql_text(&q, kind);
		if (!kinds.p)
			sql_add(&q, ")");
	}
	sql_add(&q, " order by id");
	int64_t *ids = db_ids(s->db, &q, n, a);
	sql_free(&q);
	return ids;
}

/* What the other record of a merge asks for as well goes out once. */
static int64_t twin(struct store *s, const struct record *errand, struct str record,
		    struct arena *a)
{
	const struct value *step = record_at(errand, "step");
	struct sql q = { .arena = a };
	sql_add(&q, "select id from errand where record = ");
	sql_text(&q, record);
	sql_add(&q, " and id <> ");
	sql_int(&q, errand->id);
	sql_add(&q, " and kind = ");
	sql_text(&q, text_of(errand, "kind"));
	sql_add(&q, " and coalesce(template, '') = ");
	sql_text(&q, text_of(errand, "template"));
	sql_add(&q, " and rule = ");
	sql_text(&q, text_of(errand, "rule"));
	sql_add(&q, " and (status in ('pending', 'claimed') or status in ('sending', 'done') and "
		    "(occasion = ");
	sql_text(&q, text_of(errand, "occasion"));
	sql_add(&q, " or step = ");
	sql_int(&q, step->kind == V_INT ? step->i : -1);
	sql_add(&q, ")) limit 1");
	int64_t id = db_int(s->db, &q, 0);
	sql_free(&q);
	return id;
}

/* Why it goes to nobody: there is nobody, they said no, or get it already; empty: it goes. */
static struct str hindered(struct store *s, const struct record *errand, const struct entity *e,
			   int64_t id, int64_t now, struct arena *a)
{
	if (!now)
		return STR("the record is there no more");
	int64_t other = now != id ? twin(s, errand, ref_print(e, now, a), a) : 0;
	return other ? arena_printf(a, "merged, and errand-%lld is the same", (long long)other)
		     : follow_refusal(s, text_of(errand, "kind"), e, now, a);
}

/* Somebody may have said no since the rule fired. */
static bool claim_one(struct store *s, const struct record *errand, struct arena *a, struct diag *d)
{
	struct codec c = store_codec(s, a);
	struct record r = record_new(errand->entity, a);
	const struct entity *e = NULL;
	int64_t id = 0;
	struct str refusal = { 0 };
	if (ref_parse(&s->schema, text_of(errand, "record"), &e, &id)) {
		int64_t now = match_survivor(s, e, id);
		refusal = hindered(s, errand, e, id, now, a);
		if (now != id)
			set_text(&r, "record", ref_print(e, now, a));
	}
	if (refusal.n) {
		errand_finish(s, errand->id, ERRAND_CANCELLED, 0, refusal, a, d);
		return false;
	}
	/* At night, also one that waited too long or comes again, until the next morning. */
	int64_t at = s->settings.calendar.now, until = follow_hour(s, errand, at);
	if (until > at) {
		errand_put_off(s, errand->id, until, a, d);
		return false;
	}
	r.id = errand->id;
	set_text(&r, "status", STR("claimed"));
	set_now(&r, "claimed_at", &c);
	return store_put(s, &r, PUT_TRUSTED, a, d) != WROTE_NOTHING;
}

int64_t *follow_claim(struct store *s, int64_t lease, struct str kinds, size_t *n, struct arena *a,
		      struct diag *d)
{
	size_t found, kept = 0;
	struct arena scratch = { 0 };
	int64_t *ids = due(s, lease, kinds, &found, a);
	for (size_t i = 0; i < found; i++) {
		struct record r;
		if (store_get(s, store_entity(s, "errand"), ids[i], &r, &scratch) &&
		    claim_one(s, &r, &scratch, d))
			ids[kept++] = ids[i];
		arena_reset(&scratch);
	}
	arena_free(&scratch);
	*n = kept;
	return ids;
}
