/* Work-lists: who it is, how they are reached, what there is to say. */
#include <stdlib.h>

#include "domain/remind.h"
#include "schema/label.h"

enum { READINGS_MAX = 8, PEOPLE_MAX = 3, WORDS_MAX = 8 };

/* Of whoever a record is about. */
enum person_fact {
	NAME,
	COMPANY,
	PHONE,
	MOBILE,
	EMAIL,
	ZALO,
	NO_CALL,
	NO_EMAIL,
	NO_ZALO,
	PERSON_FACTS
};

static const char *const fact_paths[PERSON_FACTS] = {
	[NAME] = "name",	   [COMPANY] = "company",	[PHONE] = "phone",
	[MOBILE] = "mobile",	   [EMAIL] = "email",		[ZALO] = "zalo",
	[NO_CALL] = "do_not_call", [NO_EMAIL] = "do_not_email", [NO_ZALO] = "do_not_zalo",
};

/* The cursor of one source, and which of its cells is what: NOT_THERE for none. */
enum { NOT_THERE = -1 };
struct reading {
	const struct remind_source *source;
	struct query_context context;
	struct select what;
	struct cursor *cursor;
	int owner, created, updated, rev, about[WORDS_MAX], subject[WORDS_MAX],
	    person[PEOPLE_MAX][PERSON_FACTS];
	size_t nabout, nsubject, npeople;
};

struct remind_reader {
	struct store *store;
	struct remind_window window;
	struct query_context (*context)(void *ctx, const struct entity *);
	void *ctx;
	struct reading reading[READINGS_MAX];
	size_t n;
	struct arena arena, row;
};

struct remind_reader *remind_open(struct store *s, const struct remind_window *w,
				  struct query_context (*context)(void *ctx, const struct entity *),
				  void *ctx)
{
	struct remind_reader *r = xcalloc(1, sizeof *r);
	*r = (struct remind_reader){ .store = s, .window = *w, .context = context, .ctx = ctx };
	return r;
}

void remind_close(struct remind_reader *r)
{
	for (size_t i = 0; i < r->n; i++)
		cursor_close(r->reading[i].cursor);
	arena_free(&r->row);
	arena_free(&r->arena);
	free(r);
}

/* -- which paths are read -- */

static int add_path(struct reading *g, struct path *paths, struct str text)
{
	struct diag d = { 0 };
	bool there = path_resolve(text, &g->context, &paths[g->what.npaths], &d);
	diag_free(&d);
	return there ? (int)g->what.npaths++ : NOT_THERE;
}

static size_t add_words(struct reading *g, struct path *paths, const char *words, int *at)
{
	struct str rest = str_of(words), word;
	size_t n = 0;
	while (n < WORDS_MAX && str_cut(&rest, ' ', &word))
		at[n++] = add_path(g, paths, word);
	return n;
}

/* An account's own name is its company's; a contact's company is its account. */
static struct str fact_path(const struct reading *g, const char *person, size_t fact,
			    struct arena *a)
{
	bool contact = !strcmp(*person ? person : g->source->entity, "contact");
	const char *name = fact == COMPANY && contact ? "account.name" : fact_paths[fact];
	return arena_printf(a, "%s%s%s", person, *person ? "." : "", name);
}

static void add_people(struct reading *g, struct path *paths, struct arena *a)
{
	static const char *const refs[PEOPLE_MAX] = { "lead", "contact", "account" };
	const struct entity *e = g->context.entity;
	bool own = false;
	for (size_t i = 0; i < countof(refs); i++)
		own |= !strcmp(e->name, refs[i]);
	for (size_t i = 0; i < countof(refs); i++) {
		const char *person = own ? "" : refs[i];
		bool there = own ? !i : entity_field(e, str_of(refs[i])) != NULL;
		/* The lead of a deal is where it came from, and no longer whom one rings. */
		if (!there || (!strcmp(e->name, "deal") && !i))
			continue;
		for (size_t k = 0; k < PERSON_FACTS; k++)
			g->person[g->npeople][k] = add_path(g, paths, fact_path(g, person, k, a));
		g->npeople++;
	}
}

static struct reading *reading_of(struct remind_reader *r, const struct remind_source *source)
{
	for (size_t i = 0; i < r->n; i++)
		if (r->reading[i].source == source)
			return &r->reading[i];
	if (r->n == READINGS_MAX)
		die(STATUS_ENV, "a list has no more than %d sources", READINGS_MAX);
	struct reading *g = &r->reading[r->n++];
	struct path *paths =
	    arena_new(&r->arena, struct path, 4 + 2 * WORDS_MAX + PEOPLE_MAX * PERSON_FACTS);
	*g = (struct reading){ .source = source };
	g->context = r->context(r->ctx, store_entity(r->store, source->entity));
	g->owner = add_path(g, paths, STR("owner"));
	g->created = add_path(g, paths, STR("created_at"));
	g->updated = add_path(g, paths, STR("updated_at"));
	g->rev = add_path(g, paths, STR("rev"));
	g->nabout = add_words(g, paths, source->about, g->about);
	g->nsubject = add_words(g, paths, source->subject, g->subject);
	add_people(g, paths, &r->arena);
	g->what.context = &g->context;
	g->what.paths = paths;
	g->what.limit = -1;
	g->cursor = cursor_open_by_id(r->store, &g->what);
	return g;
}

/* -- what they say -- */

static struct str text_at(const struct cell *cells, int at)
{
	return at == NOT_THERE || cells[at].kind < CELL_TEXT ? (struct str){ 0 } : cells[at].text;
}

static struct str first_of(const struct cell *cells, const int *at, size_t n)
{
	struct str s = { 0 };
	for (size_t i = 0; i < n && !s.n; i++)
		s = text_at(cells, at[i]);
	return s;
}

/* Who does not want it is not gone round by way of the next one, such as their company. */
static struct str reached(const struct reading *g, const struct cell *cells, enum person_fact how,
			  enum person_fact refused)
{
	struct str s = { 0 };
	for (size_t i = 0; i < g->npeople && !s.n; i++) {
		const int *p = g->person[i];
		if (str_is(text_at(cells, p[refused]), "true"))
			return (struct str){ 0 };
		s = text_at(cells, p[how]);
		if (!s.n && how == PHONE)
			s = text_at(cells, p[MOBILE]);
	}
	return s;
}

static void put_people(const struct reading *g, const struct cell *cells, struct remind_row *out)
{
	for (size_t i = 0; i < g->npeople; i++) {
		struct str name = text_at(cells, g->person[i][NAME]);
		struct str company = text_at(cells, g->person[i][COMPANY]);
		if (!out->name.n)
			out->name = name.n ? name : company;
		else if (!out->company.n && !str_eq(name, out->name))
			out->company = name;
		if (!out->company.n && !str_eq(company, out->name))
			out->company = company;
	}
	out->phone = reached(g, cells, PHONE, NO_CALL);
	out->email = reached(g, cells, EMAIL, NO_EMAIL);
	out->zalo = reached(g, cells, ZALO, NO_ZALO);
}

/* Of the source's two phrases, the one with the figure where it is known. */
static struct str phrase(const struct remind_reader *r, const struct remind_item *item,
			 struct arena *a)
{
	const struct remind_source *s = item->source;
	enum language l = r->store->settings.language;
	const char *one = item->figure == 1 && s->one_en ? s->one_en : s->say_en;
	const char *say = label(l, one, s->say_vi);
	const char *bare = label(l, s->bare_en, s->bare_vi);
	if (!say || item->figure < 0)
		return str_of(bare ? bare : "");
	const char *hole = strstr(say, "%d");
	if (!hole)
		return str_of(say);
	return arena_printf(a, "%.*s%d%s", (int)(hole - say), say, (int)item->figure, hole + 2);
}

static const char *kind_of(const struct remind_reader *r, const struct remind_item *item)
{
	bool late = item->timed && item->at < r->window.now;
	return late && !strcmp(item->source->kind, "due") ? "overdue" : item->source->kind;
}

bool remind_describe(struct remind_reader *r, const struct remind_item *item,
		     struct remind_row *out)
{
	struct reading *g = reading_of(r, item->source);
	const struct cell *cells;
	int64_t id;
	arena_reset(&r->row);
	cursor_seek(g->cursor, item->id);
	if (!cursor_next(g->cursor, false, &cells, &id))
		return false;
	*out = (struct remind_row){ .kind = kind_of(r, item) };
	out->record = ref_print(g->context.entity, item->id, &r->row);
	out->id = first_of(cells, g->about, g->nabout);
	if (!out->id.n)
		out->id = out->record;
	out->owner = text_at(cells, g->owner);
	out->created_at = text_at(cells, g->created);
	out->updated_at = text_at(cells, g->updated);
	out->rev = text_at(cells, g->rev);
	put_people(g, cells, out);
	out->subject = first_of(cells, g->subject, g->nsubject);
	if (!out->subject.n)
		out->subject = phrase(r, item, &r->row);
	int64_t day = item->timed ? zone_day(item->at) : item->at;
	out->days = day - zone_day(r->window.now);
	return true;
}
