/*
 * The search index in SQLite's own terms: an FTS5 table of trigrams beside each large
 * table.  It holds for each three letters the records that have them and nothing else
 * (detail=none), and takes the text from the table itself, so that it costs a sixth
 * of the database and not half.
 */
#include "store/db_text.h"
#include "store/search_impl.h"

/* clang-format off */
enum {
	GRAMS_MAX = 12,	    /* of one word: more of them hardly narrow it down */
	WORDS_MAX = 64,	    /* of one question: beyond, reading the records is as good */
	RARE = 2000,	    /* records */
	COLLECT = 32 << 20, /* bytes, before they are sorted and written: 1 MB takes twice as long */
	/*
	 * How many pieces of about one size the engine lets be before it merges them at
	 * once.  The whole begins as one that is out of the way (optimize): else the
	 * sixteenth commit would write all of it anew, for seconds.
	 */
	PIECES = 100,
};
/* clang-format on */

/* -- questions -- */

/* Where the last GRAM characters of s begin. */
static size_t last_gram(struct str s)
{
	size_t at = s.n;
	for (int i = 0; i < GRAM && at; i++)
		while (--at && ((unsigned char)s.p[at] & 0xc0) == 0x80)
			;
	return at;
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

/* One beside the other, and the last: those between them would hardly narrow it down. */
bool search_word(struct search_words *w, struct str folded)
{
	size_t grams = 0, last = last_gram(folded);
	if (w->n == WORDS_MAX)
		return false;
	for (size_t at = 0, n; grams < GRAMS_MAX && at < folded.n; at += n) {
		if (at > last)
			at = last;
		n = gram_size(str_sub(folded, at, folded.n));
		if (!n)
			break;
		buf_puts(&w->text, grams++ ? " AND " : "(");
		put_gram(&w->text, str_sub(folded, at, n));
	}
	if (!grams)
		return false;
	buf_putc(&w->text, ')');
	w->n++;
	return true;
}

void search_table(struct sql *q, const struct entity *e)
{
	sql_add_literal(q, arena_printf(q->arena, "\"%s_search\"", e->name).p);
}

/* cross join: the engine has no figures and would ask the index of each record in turn. */
void search_from(struct sql *q, const struct entity *e)
{
	search_table(q, e);
	sql_add(q, " s cross join ");
	sql_table(q, e);
	sql_add(q, " t0 on t0.id = s.rowid");
}

void search_where(struct sql *q, const struct entity *e, struct str words)
{
	sql_add(q, "s.");
	search_table(q, e);
	sql_add(q, " match ");
	sql_text(q, words);
}

void search_order(struct sql *q)
{
	sql_add(q, "s.rowid");
}

bool search_has_text(const struct entity *e)
{
	for (size_t i = 0; i < e->nfields; i++)
		if (e->fields[i].flags & F_SEARCH)
			return true;
	return false;
}

bool search_has_index(struct store *s, const struct entity *e)
{
	struct arena a = { 0 };
	bool has = search_has_text(e) &&
		   db_has(s->db, arena_printf(&a, "%s_search", e->name), (struct str){ 0 });
	arena_free(&a);
	return has;
}

bool search_ready(struct store *s, const struct entity *e)
{
	if (s->past || (s->writer && s->writer->marking) || !search_has_index(s, e))
		return false;
	if (s->writer)
		search_flush(s);
	return true;
}

bool search_is_rare(struct store *s, const struct entity *e, struct str words)
{
	struct arena a = { 0 };
	struct sql q = { .arena = &a };
	sql_add(&q, "select count(*) from (select 1 from ");
	search_table(&q, e);
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

struct stmt *search_command(struct db *db, const struct entity *e, const char *name, int64_t rank)
{
	struct arena a = { 0 };
	struct sql q = { .arena = &a };
	sql_add(&q, "insert into ");
	search_table(&q, e);
	sql_add(&q, " (");
	search_table(&q, e);
	sql_add(&q, ", rank) values ('");
	sql_add_literal(&q, name);
	sql_add_literal(&q, arena_printf(&a, "', %lld)", (long long)rank).p);
	struct stmt *stmt = db_prepare(db, &q);
	sql_free(&q);
	arena_free(&a);
	return stmt;
}

/* False: it is damaged. */
static bool command(struct db *db, const struct entity *e, const char *name, int64_t rank)
{
	struct stmt *stmt = search_command(db, e, name, rank);
	bool sound = stmt_try(stmt) == STEP_END;
	stmt_close(stmt);
	return sound;
}

const char search_layout[] = ", content_rowid='id', tokenize='trigram case_sensitive 1',"
			     " detail=none, columnsize=0)";

void search_create(struct db *db, const struct entity *e)
{
	struct arena a = { 0 };
	struct sql q = { .arena = &a };
	sql_add(&q, "create virtual table ");
	search_table(&q, e);
	sql_add(&q, " using fts5(search, content=");
	sql_table(&q, e);
	sql_add_literal(&q, search_layout);
	db_run(db, &q);
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
	if (!search_has_index(s, e))
		return;
	struct arena a = { 0 };
	struct sql q = { .arena = &a };
	if (s->writer)
		search_flush(s);
	know(s, e, INDEXED_NOT);
	row_readers_rest(s);
	sql_add(&q, "drop table ");
	search_table(&q, e);
	db_run(s->db, &q);
	sql_free(&q);
	arena_free(&a);
}

bool search_prepare(struct db *db, const struct entity *e)
{
	return command(db, e, "hashsize", COLLECT) && command(db, e, "crisismerge", PIECES);
}

static bool fill(struct db *db, const struct entity *e)
{
	return search_prepare(db, e) && command(db, e, "rebuild", 0) &&
	       command(db, e, "optimize", 0);
}

void search_make(struct store *s, const struct entity *e)
{
	search_drop(s, e);
	if (!search_has_text(e))
		return;
	search_create(s->db, e);
	if (!search_ahead_take_over(s, e) && !fill(s->db, e))
		die(STATUS_ENV, "the search index of %s cannot be made", e->plural);
	know(s, e, INDEXED);
}

bool search_check(struct store *s, const struct entity *e)
{
	search_flush(s);
	return !search_has_index(s, e) || command(s->db, e, "integrity-check", 1);
}

void search_grow(struct store *s, const struct entity *e, int64_t records)
{
	if (records >= SEARCH_ROWS && search_has_text(e) && !search_has_index(s, e))
		search_make(s, e);
}
