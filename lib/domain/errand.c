/* Errands: what has to leave the house, sent once and not lost. */
#include "domain/errand.h"

#include "core/date.h"
#include "schema/check.h"

static bool get(struct store *s, int64_t errand, struct record *old, struct record *now,
		struct arena *a, struct diag *d)
{
	const struct entity *e = store_entity(s, "errand");
	if (!store_get(s, e, errand, old, a))
		return diag_set(d, NULL, "there is no errand-%lld", (long long)errand);
	*now = record_new(e, a);
	now->id = errand;
	return true;
}

static bool put(struct store *s, struct record *now, struct arena *a, struct diag *d)
{
	return store_put(s, now, PUT_TRUSTED, a, d) != WROTE_NOTHING;
}

/* What it is now, for people. */
static bool refused(const struct record *old, struct diag *d)
{
	struct str status = text_of(old, "status");
	if (str_is(status, "sending"))
		return diag_set(d, NULL,
				"it is being sent already; if whoever sent it broke off, see"
				" crm-follow stuck");
	return diag_set(d, NULL, "it is %s already", arena_str(&d->arena, status).p);
}

static bool is_open(const struct record *errand)
{
	static const char *const open[] = { "pending", "claimed", NULL };
	return is_one_of(text_of(errand, "status"), open);
}

bool errand_open(struct store *s, int64_t errand, struct arena *a)
{
	struct record r;
	return store_get(s, store_entity(s, "errand"), errand, &r, a) && is_open(&r);
}

bool errand_start(struct store *s, int64_t errand, struct arena *a, struct diag *d)
{
	struct codec c = store_codec(s, a);
	struct record old, now;
	if (!get(s, errand, &old, &now, a, d))
		return false;
	if (!is_open(&old))
		return refused(&old, d);
	set_text(&now, "status", STR("sending"));
	set_now(&now, "claimed_at", &c);
	return put(s, &now, a, d);
}

bool errand_finish(struct store *s, int64_t errand, enum errand_end how, int64_t activity,
		   struct str error, struct arena *a, struct diag *d)
{
	static const char *const words[] = { "done", "failed", "cancelled" };
	static const char *const ended[] = { "done", "cancelled", NULL };
	struct codec c = store_codec(s, a);
	struct record old, now;
	if (!get(s, errand, &old, &now, a, d))
		return false;
	struct str status = text_of(&old, "status");
	if (!str_is(status, words[how]) && is_one_of(status, ended))
		return refused(&old, d);
	set_text(&now, "status", str_of(words[how]));
	if (!str_is(status, words[how]))
		set_now(&now, "done_at", &c);
	if (activity)
		*record_get(&now, "activity") = value_int(activity);
	if (error.n)
		set_text(&now, "error", error);
	else if (how == ERRAND_DONE)
		set_null(&now, "error");
	return put(s, &now, a, d);
}

bool errand_put_off(struct store *s, int64_t errand, int64_t until, struct arena *a, struct diag *d)
{
	struct record old, now;
	if (!get(s, errand, &old, &now, a, d))
		return false;
	if (!is_open(&old))
		return refused(&old, d);
	set_text(&now, "status", STR("pending"));
	set_text(&now, "due_at", instant_print(until, a));
	set_null(&now, "claimed_at");
	return put(s, &now, a, d);
}

bool errand_retry(struct store *s, int64_t errand, struct arena *a, struct diag *d)
{
	static const char *const again[] = { "failed",	"cancelled", "sending",
					     "claimed", "pending",   NULL };
	struct codec c = store_codec(s, a);
	struct record old, now;
	if (!get(s, errand, &old, &now, a, d))
		return false;
	if (!is_one_of(text_of(&old, "status"), again))
		return refused(&old, d);
	set_text(&now, "status", STR("pending"));
	set_now(&now, "due_at", &c);
	set_null(&now, "claimed_at");
	set_null(&now, "done_at");
	set_null(&now, "error");
	return put(s, &now, a, d);
}
