/* Templates and a record: what stands in the fields, put into the text. */
#include <stdlib.h>

#include "core/date.h"
#include "core/markup.h"
#include "query/template_impl.h"

/* -- the record -- */

static void reading_open(struct reading *r, struct store *s)
{
	r->what = (struct select){
		.context = &r->context, .paths = r->paths, .npaths = r->what.npaths, .limit = -1
	};
	for (int i = 0; r->what.npaths && i < 2; i++)
		r->cursors[i] = cursor_open_by_id(s, &r->what);
}

static bool reading_seek(struct reading *r, int64_t id)
{
	int64_t found;
	for (int i = 0; i < 2 && r->cursors[i]; i++) {
		cursor_seek(r->cursors[i], id);
		if (!cursor_next(r->cursors[i], i == 0, &r->cells[i], &found))
			return false;
	}
	return true;
}

static size_t count_names(const struct template *const *templates, size_t n)
{
	size_t names = 1;
	for (size_t i = 0; i < n; i++)
		names += templates[i]->n;
	return names;
}

/* All but the reading. */
static void set_up(struct filler *m, const struct query_context *q,
		   const struct template *const *templates, size_t n)
{
	size_t room = count_names(templates, n);
	struct arena *a = &m->arena;
	m->templates = templates;
	m->slots = arena_new(a, struct slot *, n);
	m->record.context = m->line.context = *q;
	m->record.context.arena = m->line.context.arena = a;
	m->line.context.entity =
	    schema_entity(q->schema, arena_printf(a, "%s_line", q->entity->name));
	m->has_lines = m->line.context.entity != NULL;
	m->record.paths = arena_new(a, struct path, room);
	m->line.paths = arena_new(a, struct path, room);
	for (size_t i = 0; i < n; i++)
		m->slots[i] = arena_new(a, struct slot, templates[i]->n + 1);
}

struct filler *filler_open(struct store *s, const struct query_context *q,
			   const struct template *const *templates, size_t n,
			   const struct template_words *words,
			   void (*wrong)(void *ctx, struct diag *d), void *ctx)
{
	struct filler *m = xcalloc(1, sizeof *m);
	m->store = s;
	set_up(m, q, templates, n);
	if (!template_bind(m, n, words, wrong, ctx)) {
		filler_close(m);
		return NULL;
	}
	reading_open(&m->record, s);
	reading_open(&m->line, s);
	return m;
}

bool template_check(const struct query_context *q, const struct template *const *templates,
		    size_t n, const struct template_words *words,
		    void (*wrong)(void *ctx, struct diag *d), void *ctx)
{
	struct filler *m = xcalloc(1, sizeof *m);
	set_up(m, q, templates, n);
	bool ok = template_bind(m, n, words, wrong, ctx);
	filler_close(m);
	return ok;
}

bool filler_seek(struct filler *m, int64_t id)
{
	m->id = id;
	return reading_seek(&m->record, id);
}

void filler_close(struct filler *m)
{
	struct cursor *all[] = { m->record.cursors[0], m->record.cursors[1], m->line.cursors[0],
				 m->line.cursors[1] };
	for (size_t i = 0; i < countof(all); i++)
		if (all[i])
			cursor_close(all[i]);
	arena_free(&m->arena);
	free(m);
}

/* -- into the text -- */

struct putting {
	struct filler *filler;
	const struct template *template;
	const struct slot *slots;
	const struct template_words *words;
	enum template_escape escape;
	struct buf *out;
	struct diag *diag;
};

/* 2026-11-21, --05-17, 2026-11-21 09:30: in the order of the database. */
static struct str date_text(struct str s, enum date_order order, struct arena *a)
{
	bool yearless = str_starts(s, "--");
	size_t day = yearless ? 7 : 10;
	if (order == ORDER_YMD || s.n < day)
		return s;
	struct str y = yearless ? (struct str){ 0 } : str_sub(s, 0, 4);
	struct str m = str_sub(s, day - 5, 2), d = str_sub(s, day - 2, 2);
	struct str one = order == ORDER_DMY ? d : m, two = order == ORDER_DMY ? m : d;
	return arena_printf(a, "%.*s/%.*s%s%.*s%.*s", (int)one.n, one.p, (int)two.n, two.p,
			    yearless ? "" : "/", (int)y.n, y.p, (int)(s.n - day), s.p + day);
}

static struct str field_value(const struct filler *m, const struct reading *r,
			      const struct slot *slot, bool raw, struct arena *a)
{
	const struct cell *c = &r->cells[raw][slot->index];
	const struct field *f = r->paths[slot->index].field;
	if (c->kind == CELL_ABSENT || c->kind == CELL_NULL)
		return (struct str){ 0 };
	if (!raw && (f->type == &type_date || f->type == &type_instant))
		return date_text(c->text, m->store->settings.calendar.order, a);
	return c->text;
}

static struct str value_of(const struct putting *p, const struct slot *slot, bool raw,
			   struct arena *a)
{
	const struct filler *m = p->filler;
	if (slot->from == SLOT_WORD)
		return slot->index < p->words->n ? p->words->values[slot->index]
						 : (struct str){ 0 };
	if (slot->from == SLOT_NONE || slot->from == SLOT_LINES)
		return (struct str){ 0 };
	return field_value(m, slot->from == SLOT_LINE ? &m->line : &m->record, slot,
			   raw || slot->raw, a);
}

static void put_escaped(struct buf *out, struct str s, enum template_escape escape)
{
	if (escape == ESCAPE_HTML)
		markup_put(out, s);
	else if (escape == ESCAPE_URL)
		url_put(out, s);
	else
		buf_put(out, s);
}

static bool put_field(struct putting *p, const struct template_node *node, const struct slot *slot)
{
	struct arena a = { 0 };
	struct str s = value_of(p, slot, false, &a);
	bool ok = s.n || node->has_default;
	if (!ok) {
		const char *name = arena_str(&a, node->text).p;
		diag_set(p->diag, name, "there is none, and %s:%ld:%ld asks for it",
			 p->template->name, node->line, node->column);
	} else {
		put_escaped(p->out, s.n ? s : node->otherwise, node->raw ? ESCAPE_NONE : p->escape);
	}
	arena_free(&a);
	return ok;
}

static bool says_something(const struct putting *p, const struct slot *slot)
{
	struct arena a = { 0 };
	struct str s = value_of(p, slot, true, &a);
	bool yes = s.n && !str_is(s, "false") && !str_is(s, "0");
	arena_free(&a);
	return yes;
}

static int64_t *line_ids(const struct filler *m, size_t *n, struct arena *a)
{
	const struct entity *lines = m->line.context.entity;
	struct sql q = { .arena = a };
	sql_add(&q, "select id from ");
	sql_table(&q, lines);
	sql_add(&q, " where ");
	sql_refers(&q, lines, m->record.context.entity->name, m->id);
	sql_add(&q, " order by position, id");
	int64_t *ids = db_ids(m->store->db, &q, n, a);
	sql_free(&q);
	return ids;
}

static bool put_range(struct putting *p, size_t from, size_t to);

static bool put_lines(struct putting *p, size_t i)
{
	const struct template_node *node = &p->template->nodes[i];
	struct arena a = { 0 };
	size_t n;
	bool ok = true;
	int64_t *ids = line_ids(p->filler, &n, &a);
	if (node->tag == TAG_INVERTED)
		ok = n || put_range(p, i + 1, node->end);
	for (size_t j = 0; ok && node->tag == TAG_SECTION && j < n; j++)
		if (reading_seek(&p->filler->line, ids[j]))
			ok = put_range(p, i + 1, node->end);
	arena_free(&a);
	return ok;
}

static bool put_section(struct putting *p, size_t i)
{
	const struct template_node *node = &p->template->nodes[i];
	if (p->slots[i].from == SLOT_LINES)
		return put_lines(p, i);
	bool shown = says_something(p, &p->slots[i]) == (node->tag == TAG_SECTION);
	return !shown || put_range(p, i + 1, node->end);
}

static bool put_range(struct putting *p, size_t from, size_t to)
{
	bool ok = true;
	for (size_t i = from; ok && i < to; i++) {
		const struct template_node *node = &p->template->nodes[i];
		if (node->tag == TAG_TEXT) {
			buf_put(p->out, node->text);
		} else if (node->tag == TAG_FIELD) {
			ok = put_field(p, node, &p->slots[i]);
		} else {
			ok = put_section(p, i);
			i = node->end - 1;
		}
	}
	return ok;
}

bool filler_put(struct filler *m, size_t which, const struct template_words *words,
		enum template_escape escape, struct buf *out, struct diag *d)
{
	struct putting p = { m, m->templates[which], m->slots[which], words, escape, out, d };
	return put_range(&p, 0, p.template->n);
}
