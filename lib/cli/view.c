/* crm-view: the portrait of a customer, in one of several formats. */
#include "cli/view.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#include "cli/heading.h"
#include "core/utf8.h"
#include "schema/check.h"
#include "stream/reader.h"

enum { TERMINAL_TIMELINE = 20, TERMINAL_ROWS = 10 };

static const struct view_format *const formats_of_view[] = { &view_text, &view_json, &view_jsonl,
							     &view_html };

const struct option_def view_options[] = {
	{ "output", 'o', OPTION_TEXT, "FORMAT", "table, json, jsonl or html",
	  "table json jsonl html" },
	{ "timeline", 0, OPTION_INT, "N",
	  "the newest N moments of the timeline (20 in a table, else all)", NULL },
	{ "rows", 0, OPTION_INT, "N",
	  "at most N rows in every other part (10 in a table, else all)", NULL },
	{ 0 },
};

static const struct view_format *format_named(const char *name)
{
	for (size_t i = 0; name && i < countof(formats_of_view); i++)
		if (!strcmp(formats_of_view[i]->name, name))
			return formats_of_view[i];
	return NULL;
}

static const struct view_format *format_of(struct crm *crm, bool terminal)
{
	const struct view_format *f = format_named(option(crm, "output"));
	if (!f && terminal)
		f = format_named(getenv("CRM_OUTPUT"));
	return f ? f : terminal ? &view_text : &view_jsonl;
}

bool view_filled(const struct cell *c)
{
	return c->kind > CELL_NULL && c->text.n;
}

bool view_among(const struct portrait_row *row, enum view_rows which)
{
	return which == ROWS_ALL || row->own == (which == ROWS_OWN);
}

size_t view_count(const struct portrait_part *part, enum view_rows which, int64_t *left_out)
{
	size_t n = 0;
	for (size_t i = 0; i < part->n; i++)
		n += view_among(&part->rows[i], which);
	*left_out = which == ROWS_OWN	   ? part->more
		    : which == ROWS_AROUND ? part->more_around
					   : part->more + part->more_around;
	return n;
}

bool view_column(const struct portrait_part *part, enum view_rows which, size_t column)
{
	for (size_t i = 0; i < part->n; i++)
		if (view_among(&part->rows[i], which) && view_filled(&part->rows[i].cells[column]))
			return true;
	return false;
}

void view_write(struct view *v, struct buf *b)
{
	if (b->n && fwrite(b->p, 1, b->n, v->out) != b->n) {
		if (errno == EPIPE)
			exit(STATUS_OK);
		die(STATUS_ENV, "cannot write the output:");
	}
	b->n = 0;
}

/* One line for each who may be meant: whom to ask for instead. */
static void list_candidates(struct crm *crm, const struct candidates *among, struct arena *a)
{
	for (size_t i = 0; i < among->n; i++) {
		static const char *const says[] = { "name",  "company", "title",
						    "phone", "mobile",	"email" };
		const struct customer *c = &among->all[i];
		struct diag d = { .source = ref_print(c->entity, c->id, a) };
		struct buf b = { 0 };
		struct record r;
		if (!store_get(crm->store, c->entity, c->id, &r, a))
			continue;
		for (size_t j = 0; j < countof(says); j++) {
			if (!entity_field(c->entity, str_of(says[j])) || !is_set(&r, says[j]))
				continue;
			buf_puts(&b, b.n ? ", " : "");
			buf_escape(&b, text_of(&r, says[j]));
		}
		diag_set(&d, NULL, "%.*s", (int)b.n, b.p);
		diag_report(&d);
		diag_free(&d);
		buf_free(&b);
	}
}

struct viewer {
	struct crm *crm;
	struct view view;
	const struct view_format *format;
	struct portrait_wish wish;
	struct arena arena;
};

static void show(struct viewer *v, const struct customer *who)
{
	struct portrait p;
	portrait_make(&v->crm->resolver, who, &v->wish, &p, &v->arena);
	v->format->put(&v->view, &p);
	v->view.printed++;
}

static void view_one(struct viewer *v, struct str text)
{
	struct customer who;
	struct candidates among = { 0 };
	struct diag d = { 0 };
	bool found = false;
	if (!utf8_valid(text))
		diag_set(&d, NULL, "%s is no UTF-8", quoted(text, &d.arena));
	else
		found = portrait_find(&v->crm->resolver, utf8_trim(utf8_nfc(text, &v->arena)), &who,
				      &among, &v->arena, &d);
	if (found) {
		show(v, &who);
	} else {
		complain(v->crm, &d);
		list_candidates(v->crm, &among, &v->arena);
	}
	diag_free(&d);
	arena_reset(&v->arena);
}

/* A record stream: whom its `id`s name. */
static void view_stream(struct viewer *v)
{
	struct reader *in = reader_for(v->crm, "-", false);
	struct row row;
	struct arena a = { 0 };
	struct diag d = { 0 };
	enum read_result got;
	while ((got = reader_next(in, &row, &a, &d)) != READ_END) {
		const struct cell *id = got == READ_ROW ? row_cell(&row, "id") : NULL;
		if (id && id->kind == CELL_TEXT) {
			view_one(v, id->text);
		} else {
			if (got == READ_ROW)
				diag_set(&d, "id", "there is none");
			complain(v->crm, &d);
		}
		diag_clear(&d);
		arena_reset(&a);
	}
	reader_close(in);
	diag_free(&d);
	arena_free(&a);
}

static void prepare(struct viewer *v)
{
	struct crm *crm = v->crm;
	struct writer_options o = { 0 };
	v->format = format_of(crm, isatty(STDOUT_FILENO));
	if (!strcmp(v->format->name, "table"))
		o = writer_options(crm, stdout);
	v->view = (struct view){
		.language = crm_language(crm),
		.colour = o.colour,
		.width = o.width,
		.out = stdout,
		.arena = &v->arena,
	};
	bool brief = !strcmp(v->format->name, "table");
	v->wish.human = v->format->human;
	v->wish.brief = brief;
	v->wish.timeline = option_int(crm, "timeline", brief ? TERMINAL_TIMELINE : -1);
	v->wish.most = option_int(crm, "rows", brief ? TERMINAL_ROWS : -1);
}

int view_run(struct crm *crm, int argc, char **argv)
{
	struct viewer v = { .crm = crm };
	if (!argc && isatty(STDIN_FILENO))
		usage(crm, "whose portrait? Name a reference, a number, an address or a name");
	db_begin_read(crm->store->db); /* one snapshot for all of it */
	prepare(&v);
	if (v.format->begin)
		v.format->begin(&v.view);
	for (int i = 0; i < argc; i++)
		if (strcmp(argv[i], "-"))
			view_one(&v, str_of(argv[i]));
		else
			view_stream(&v);
	if (!argc)
		view_stream(&v);
	if (v.format->end)
		v.format->end(&v.view);
	arena_free(&v.arena);
	return STATUS_OK;
}
