/* When users are away. */
#include "cli/absences.h"

#include "core/date.h"

/* What follows is about absences; the users are named before. */
static void turn_to_absences(struct crm *crm)
{
	crm->entity = crm->printed = crm->again = store_entity(crm->store, "absence");
}

static int64_t user_named(struct crm *crm, const char *word)
{
	const struct entity *user = store_entity(crm->store, "user");
	int64_t id;
	if (!ref_resolve(&crm->resolver, user, str_of(word), &id, NULL, &crm->diag))
		refuse(crm, STATUS_REFUSED);
	return id;
}

/* Days count from midnight to midnight. */
static bool read_when(struct crm *crm, const char *word, int64_t *from, int64_t *to)
{
	struct when w;
	if (!when_parse(str_of(word), &crm->store->settings.calendar, &w, &crm->diag))
		return false;
	*from = w.is_instant ? w.from : zone_instant(w.from, 0);
	*to = w.is_instant ? w.from : zone_instant(w.to, 0);
	return true;
}

static void set_instant(struct crm *crm, struct record *r, const char *name, int64_t at)
{
	*record_get(r, name) = value_text(instant_print(at, &crm->arena));
}

/* `TO` is the last day of it, or the instant at which it ends. */
static struct record read_absence(struct crm *crm, int argc, char **argv)
{
	int64_t from, to, last;
	int64_t user = user_named(crm, argv[0]);
	turn_to_absences(crm);
	struct record r = record_new(crm->entity, &crm->arena);
	if (!read_when(crm, argv[1], &from, &to))
		refuse(crm, STATUS_USAGE);
	bool dated = argc > 2 && read_when(crm, argv[2], &last, &to);
	if (argc > 3 && !dated)
		refuse(crm, STATUS_USAGE);
	diag_clear(&crm->diag);
	if (!dated && from == to)
		usage(crm, "until when is that? Write %s %s and a day or time", argv[0], argv[1]);
	if (argc > 2 + dated)
		*record_get(&r, "reason") = value_text(str_of(argv[2 + dated]));
	*record_get(&r, "user") = value_int(user);
	set_instant(crm, &r, "from_at", from);
	set_instant(crm, &r, "to_at", to);
	return r;
}

int absence_add(struct crm *crm, int argc, char **argv)
{
	struct writes w;
	if (argc < 2 || argc > 4)
		usage(crm, "who is away, and when? Write lan 2026-11-23 2026-11-25 leave");
	struct record r = read_absence(crm, argc, argv);
	if (writes_begin(&w, crm) &&
	    writes_put(&w, &r, 0, &crm->arena, &crm->diag) == WROTE_NOTHING)
		complain(crm, &crm->diag);
	return writes_end(&w);
}

/* Of that user, at this hour. */
static int64_t *going_on(struct crm *crm, int64_t user, size_t *n)
{
	struct query_context q = query_context(crm, crm->entity);
	struct select what = { .context = &q, .limit = -1 };
	what.where = where_parse(arena_printf(&crm->arena,
					      "user = user-%lld and from_at <= now and to_at > now",
					      (long long)user),
				 &q, &crm->diag);
	if (!what.where)
		refuse(crm, STATUS_ENV);
	return select_ids(crm->store, &what, n, &crm->arena);
}

/* One that would have no length any more goes. */
static bool end_one(struct writes *w, int64_t id, struct diag *d)
{
	struct crm *crm = w->crm;
	struct target t = { crm->entity, id };
	struct record old, r = record_new(crm->entity, &crm->arena);
	int64_t from, now = crm->store->settings.calendar.now;
	r.id = id;
	set_instant(crm, &r, "to_at", now);
	if (store_get(crm->store, crm->entity, id, &old, &crm->arena) &&
	    instant_scan(record_at(&old, "from_at")->s, &from) && from == now)
		return writes_remove(w, &t, &crm->arena, d);
	return writes_put(w, &r, 0, &crm->arena, d) != WROTE_NOTHING;
}

int absence_end(struct crm *crm, int argc, char **argv)
{
	struct writes w;
	int64_t *users = arena_new(&crm->arena, int64_t, (size_t)argc + 1);
	if (!argc)
		usage(crm, "who is back? Write a login");
	for (int i = 0; i < argc; i++)
		users[i] = user_named(crm, argv[i]);
	turn_to_absences(crm);
	if (writes_begin(&w, crm))
		for (int i = 0; i < argc; i++) {
			size_t n;
			int64_t *ids = going_on(crm, users[i], &n);
			crm->diag.source = arena_str(&crm->arena, str_of(argv[i]));
			if (!n)
				diag_set(&crm->diag, NULL, "is not away");
			for (size_t j = 0; j < n; j++)
				if (!end_one(&w, ids[j], &crm->diag))
					break;
			if (crm->diag.message.n)
				complain(crm, &crm->diag);
		}
	return writes_end(&w);
}

int absence_list(struct crm *crm, int argc, char **argv)
{
	turn_to_absences(crm);
	return crud_list(crm, argc, argv);
}

int absence_rm(struct crm *crm, int argc, char **argv)
{
	turn_to_absences(crm);
	return crud_rm(crm, argc, argv);
}
