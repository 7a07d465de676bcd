/*
 * The search index in SQLite's own terms: an FTS5 table of trigrams beside each large
 * table.  It holds for each three letters the records that have them and nothing else
 * (detail=none), and takes the text from the table itself, so that it costs a sixth
 * of the database and not half.
 */
#include "core/utf8.h"
#include "store/internal.h"
#include "store/search.h"

enum {
	GRAM = 3,	/* letters that are indexed together */
	GRAMS_MAX = 32, /* of one word: more of them hardly narrow it down */
	WORDS_MAX = 64, /* of one question: beyond, reading the records is as good */
	RARE = 2000,	/* records */
	COLLECT =
	    32 << 20, /* bytes, before they are sorted and written: 1 MB takes twice as long */
};

/* -- questions -- */

/* The length of the first GRAM characters of s; 0: there are not so many. */
static size_t gram_length(struct str s)
{
	size_t n = 0;
	for (int i = 0; i < GRAM; i++) {
		size_t step = utf8_char(str_sub(s, n, 4));
		if (!step)
			return 0;
		n += step;
	}
	return n;
}

static void put_gram(struct buf *out, struct str gram)
{
	buf_putc(out, '"');
	for (size_t i = 0; i < gram.n; i++) {
		if (gram.p[i] == '"')
			buf_putc(out, '"');
		buf_putc(out, gram.p[i]);
	}
	buf_putc(out, '"');
}

bool search_word(struct search_words *w, struct str folded)
{
	size_t start = w->text.n, grams = 0;
	if (w->n == WORDS_MAX)
		return false;
	for (size_t n; grams < GRAMS_MAX && (n = gram_length(folded)) != 0; grams++) {
		buf_puts(&w->text, grams ? " AND " : "(");
		put_gram(&w->text, str_sub(folded, 0, n));
		folded = str_sub(folded, utf8_char(folded), folded.n);
	}
	if (w->text.n == start)
		return false;
	buf_putc(&w->text, ')');
	w->n++;
	return true;
}

/* "lead_search", or of its column. */
static void put_table(struct sql *q, const struct entity *e)
{
	sql_add_literal(q, arena_printf(q->arena, "\"%s_search\"", e->name).p);
}

/* cross join: the engine has no figures and would ask the index of each record in turn. */
void search_from(struct sql *q, const struct entity *e)
{
	put_table(q, e);
	sql_add(q, " s cross join ");
	sql_table(q, e);
	sql_add(q, " t0 on t0.id = s.rowid");
}

void search_where(struct sql *q, const struct entity *e, struct str words)
{
	sql_add(q, "s.");
	put_table(q, e);
	sql_add(q, " match ");
	sql_text(q, words);
}

void search_order(struct sql *q)
{
	sql_add(q, "s.rowid");
}

static bool is_searched(const struct entity *e)
{
	for (size_t i = 0; i < e->nfields; i++)
		if (e->fields[i].flags & F_SEARCH)
			return true;
	return false;
}

static bool has_index(struct store *s, const struct entity *e)
{
	struct arena a = { 0 };
	bool has = is_searched(e) &&
		   db_has(s->db, arena_printf(&a, "%s_search", e->name), (struct str){ 0 });
	arena_free(&a);
	return has;
}

bool search_ready(struct store *s, const struct entity *e)
{
	return !s->past && has_index(s, e);
}

bool search_is_rare(struct store *s, const struct entity *e, struct str words)
{
	struct arena a = { 0 };
	struct sql q = { .arena = &a };
	sql_add(&q, "select count(*) from (select 1 from ");
	put_table(&q, e);
	sql_add(&q, " s where ");
	search_where(&q, e, words);
	sql_add(&q, " limit ");
	sql_int(&q, RARE);
	sql_add(&q, ") few");
	bool rare = db_int(s->db, &q, 0) < RARE;
	sql_free(&q);
	arena_free(&a);
	return rare;
}

/* -- the index as a whole -- */

/* What the engine does with the index when a row is named so; false: it is damaged. */
static bool command(struct store *s, const struct entity *e, const char *name, int64_t rank)
{
	struct arena a = { 0 };
	struct sql q = { .arena = &a };
	sql_add(&q, "insert into ");
	put_table(&q, e);
	sql_add(&q, " (");
	put_table(&q, e);
	sql_add(&q, ", rank) values (");
	sql_text(&q, str_of(name));
	sql_add(&q, ", ");
	sql_int(&q, rank);
	sql_add(&q, ")");
	bool sound = db_run_checked(s->db, &q);
	sql_free(&q);
	arena_free(&a);
	return sound;
}

const char search_layout[] = ", content_rowid='id', tokenize='trigram case_sensitive 1',"
			     " detail=none, columnsize=0)";

static void create(struct store *s, const struct entity *e)
{
	struct arena a = { 0 };
	struct sql q = { .arena = &a };
	sql_add(&q, "create virtual table ");
	put_table(&q, e);
	sql_add(&q, " using fts5(search, content=");
	sql_table(&q, e);
	sql_add_literal(&q, search_layout);
	db_run(s->db, &q);
	sql_free(&q);
	arena_free(&a);
}

static void know(struct store *s, const struct entity *e, enum indexed indexed)
{
	if (!s->writer)
		return;
	struct writer_entity *w = store_writer_of(s, e);
	stmt_close(w->search_put);
	stmt_close(w->search_remove);
	w->search_put = w->search_remove = NULL;
	w->indexed = indexed;
}

void search_drop(struct store *s, const struct entity *e)
{
	if (!has_index(s, e))
		return;
	struct arena a = { 0 };
	struct sql q = { .arena = &a };
	know(s, e, INDEXED_NOT);
	sql_add(&q, "drop table ");
	put_table(&q, e);
	db_run(s->db, &q);
	sql_free(&q);
	arena_free(&a);
}

void search_make(struct store *s, const struct entity *e)
{
	search_drop(s, e);
	if (!is_searched(e))
		return;
	create(s, e);
	command(s, e, "hashsize", COLLECT);
	if (!command(s, e, "rebuild", 0))
		die(STATUS_ENV, "the search index of %s cannot be made", e->plural);
	know(s, e, INDEXED);
}

bool search_check(struct store *s, const struct entity *e)
{
	return !has_index(s, e) || command(s, e, "integrity-check", 1);
}

void search_grow(struct store *s, const struct entity *e, int64_t records)
{
	if (records >= SEARCH_ROWS && is_searched(e) && !has_index(s, e))
		search_make(s, e);
}

/* -- one record -- */

/* In what store_as_of shows nothing is looked up, and nothing is written to an index. */
static struct writer_entity *indexed(struct store *s, const struct entity *e)
{
	if (s->past)
		return NULL;
	struct writer_entity *w = store_writer_of(s, e);
	if (w->indexed == INDEXED_UNKNOWN)
		w->indexed = has_index(s, e) ? INDEXED : INDEXED_NOT;
	return w->indexed == INDEXED ? w : NULL;
}

static struct stmt *put_statement(struct store *s, const struct entity *e)
{
	struct arena a = { 0 };
	struct sql q = { .arena = &a };
	sql_add(&q, "insert into ");
	put_table(&q, e);
	sql_add(&q, " (rowid, search) values ($1, $2)");
	struct stmt *stmt = db_prepare(s->db, &q);
	sql_free(&q);
	arena_free(&a);
	return stmt;
}

void search_put(struct store *s, const struct entity *e, int64_t id, struct str text)
{
	struct writer_entity *w = indexed(s, e);
	if (!w)
		return;
	if (!w->search_put)
		w->search_put = put_statement(s, e);
	const struct value values[] = { value_int(id), value_text(text) };
	stmt_bind(w->search_put, 1, &values[0]);
	stmt_bind(w->search_put, 2, &values[1]);
	while (stmt_step(w->search_put))
		;
	stmt_reset(w->search_put);
}

/* The engine finds what to take out by the text that is still in the table. */
static struct stmt *remove_statement(struct store *s, const struct entity *e)
{
	struct arena a = { 0 };
	struct sql q = { .arena = &a };
	sql_add(&q, "insert into ");
	put_table(&q, e);
	sql_add(&q, " (");
	put_table(&q, e);
	sql_add(&q, ", rowid, search) select 'delete', id, search from ");
	sql_table(&q, e);
	sql_add(&q, " where id = $1");
	struct stmt *stmt = db_prepare(s->db, &q);
	sql_free(&q);
	arena_free(&a);
	return stmt;
}

void search_remove(struct store *s, const struct entity *e, int64_t id)
{
	struct writer_entity *w = indexed(s, e);
	if (!w)
		return;
	if (!w->search_remove)
		w->search_remove = remove_statement(s, e);
	stmt_bind(w->search_remove, 1, &(struct value){ .kind = V_INT, .i = id });
	while (stmt_step(w->search_remove))
		;
	stmt_reset(w->search_remove);
}
