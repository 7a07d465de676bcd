/* Reading everybody: columns through a selection, further numbers from the identities. */
#include "domain/dedupe_impl.h"
#include "query/select.h"

/* A selection of these paths on one type; what is no path of it is left out. */
struct stream {
	struct query_context context;
	struct select what;
	struct path paths[SLOTS];
	size_t at[SLOTS]; /* which slot a path fills */
	struct cursor *rows;
	struct arena arena;
};

static void add_path(struct stream *t, const char *path, size_t slot)
{
	struct diag d = { 0 };
	struct path *p = &t->paths[t->what.npaths];
	if (!path)
		return;
	if (!path_parse(str_of(path), t->context.schema, t->context.entity, p, &t->arena, &d))
		die(STATUS_ENV, "%.*s", (int)d.message.n, d.message.p);
	t->at[t->what.npaths++] = slot;
	diag_free(&d);
}

static void stream_open(struct stream *t, struct store *s, const struct entity *e)
{
	*t = (struct stream){ .context = {
				  .schema = &s->schema, .settings = &s->settings, .entity = e } };
	t->context.arena = &t->arena;
	t->what = (struct select){ .context = &t->context, .paths = t->paths, .limit = -1 };
}

static void stream_close(struct stream *t)
{
	cursor_close(t->rows);
	arena_free(&t->arena);
}

static void load_type(struct people *p, struct store *s, const struct entity *e, size_t type)
{
	struct stream t;
	const struct cell *cells;
	struct arena scratch = { 0 };
	int64_t id;
	stream_open(&t, s, e);
	for (enum slot i = 0; i < SLOTS; i++)
		add_path(&t, slot_path(e, i), i);
	t.rows = cursor_open(s, &t.what);
	while (cursor_next(t.rows, false, &cells, &id)) {
		struct str slots[SLOTS] = { 0 };
		for (size_t i = 0; i < t.what.npaths; i++)
			if (cells[i].kind >= CELL_TEXT)
				slots[t.at[i]] = cells[i].text;
		struct person *who = people_add(p, &s->settings, e, slots, &scratch);
		who->id = id;
		who->type = (uint8_t)type;
		arena_reset(&scratch);
	}
	arena_free(&scratch);
	stream_close(&t);
}

size_t person_index(const struct people *p, size_t type, int64_t id)
{
	size_t from = 0, to = p->n;
	while (from < to) {
		size_t middle = from + (to - from) / 2;
		const struct person *who = &p->all[middle];
		if (who->type < type || (who->type == type && who->id < id))
			from = middle + 1;
		else
			to = middle;
	}
	bool found = from < p->n && p->all[from].type == type && p->all[from].id == id;
	return found ? from : p->n;
}

enum identity { IDENTITY_PHONE, IDENTITY_ZALO, IDENTITY_EMAIL, IDENTITY_FACEBOOK, IDENTITY_OF };

static void add_identity(struct people *p, struct store *s, const struct cell *cells,
			 const struct entity *const *of, size_t nof, struct arena *scratch)
{
	for (size_t i = 0; i < nof; i++) {
		const struct cell *whose = &cells[IDENTITY_OF + i];
		const struct entity *e;
		int64_t id;
		if (whose->kind != CELL_TEXT || !ref_parse(&s->schema, whose->text, &e, &id))
			continue;
		size_t at = person_index(p, i, id);
		if (at == p->n || e != of[i])
			continue;
		struct person *who = &p->all[at];
		for (size_t j = 0; j < IDENTITY_OF; j++) {
			if (cells[j].kind < CELL_TEXT)
				continue;
			if (j <= IDENTITY_ZALO)
				person_add_phone(p, who, cells[j].text, &s->settings, scratch);
			else
				person_add_email(p, who, cells[j].text, scratch);
		}
	}
}

static void load_identities(struct people *p, struct store *s, const struct entity *const *of,
			    size_t nof)
{
	struct stream t;
	const struct cell *cells;
	struct arena scratch = { 0 };
	int64_t id;
	stream_open(&t, s, schema_entity(&s->schema, STR("identity")));
	add_path(&t, "phone", IDENTITY_PHONE);
	add_path(&t, "zalo", IDENTITY_ZALO);
	add_path(&t, "email", IDENTITY_EMAIL);
	add_path(&t, "facebook", IDENTITY_FACEBOOK);
	for (size_t i = 0; i < nof; i++)
		add_path(&t, of[i]->name, IDENTITY_OF + i);
	t.rows = cursor_open(s, &t.what);
	while (cursor_next(t.rows, false, &cells, &id)) {
		add_identity(p, s, cells, of, nof, &scratch);
		arena_reset(&scratch);
	}
	arena_free(&scratch);
	stream_close(&t);
}

void people_load(struct people *p, struct store *s, const struct entity *const *of, size_t nof)
{
	for (size_t i = 0; i < nof; i++)
		load_type(p, s, of[i], i);
	load_identities(p, s, of, nof);
	people_count(p);
}
