/*
 * The search index in SQLite's own terms: an FTS5 table of trigrams beside each large
 * table.  It holds for each three letters the records that have them and nothing else
 * (detail=none), and takes the text from the table itself, so that it costs a sixth
 * of the database and not half.
 */
#include "core/utf8.h"
#include "store/internal.h"
#include "store/search.h"

/* clang-format off */
enum {
	GRAM = 3,	    /* letters that are indexed together */
	GRAMS_MAX = 12,	    /* of one word: more of them hardly narrow it down */
	WORDS_MAX = 64,	    /* of one question: beyond, reading the records is as good */
	RARE = 2000,	    /* records */
	COLLECT = 32 << 20, /* bytes, before they are sorted and written: 1 MB takes twice as long */
	QUEUE_MAX = 4 << 20,
	/*
	 * How many pieces of about one size the engine lets be before it merges them at
	 * once.  The whole begins as one that is out of the way (optimize): else the
	 * sixteenth commit would write all of it anew, for seconds.
	 */
	PIECES = 100,
};
/* clang-format on */

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
		n = gram_length(str_sub(folded, at, folded.n));
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

/* "lead_search", which is also what the engine calls the text as a whole. */
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
	if (s->past || (s->writer && s->writer->marking) || !has_index(s, e))
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

/* The engine's word for what it does to the index: a row of that name; false: it is damaged. */
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
	if (s->writer)
		search_flush(s);
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
	command(s, e, "crisismerge", PIECES);
	if (!command(s, e, "rebuild", 0) || !command(s, e, "optimize", 0))
		die(STATUS_ENV, "the search index of %s cannot be made", e->plural);
	know(s, e, INDEXED);
}

bool search_check(struct store *s, const struct entity *e)
{
	search_flush(s);
	return !has_index(s, e) || command(s, e, "integrity-check", 1);
}

void search_grow(struct store *s, const struct entity *e, int64_t records)
{
	if (records >= SEARCH_ROWS && is_searched(e) && !has_index(s, e))
		search_make(s, e);
}

/* -- one record -- */

/*
 * What is to be put in and taken out waits in a queue: at every savepoint (and before a
 * statement that reads and writes) the engine writes the index out as far as it got, and
 * an import sets one for each row.
 */
struct entry { /* its text follows */
	int64_t id;
	size_t n, entity;
	bool out;
};

/* Whether there is an index to keep; store_as_of fills tables that have none, as no writer. */
static bool is_kept(struct store *s, const struct entity *e)
{
	if (!s->writer)
		return false;
	struct writer_entity *w = store_writer_of(s, e);
	if (w->indexed == INDEXED_UNKNOWN)
		w->indexed = has_index(s, e) ? INDEXED : INDEXED_NOT;
	return w->indexed == INDEXED;
}

/* Puts a text in, or takes out what was put in. */
static struct stmt *statement(struct store *s, const struct entity *e, bool out)
{
	struct arena a = { 0 };
	struct sql q = { .arena = &a };
	sql_add(&q, "insert into ");
	put_table(&q, e);
	sql_add(&q, " (rowid, search");
	if (out) {
		sql_add(&q, ", ");
		put_table(&q, e);
	}
	sql_add_literal(&q, out ? ") values ($1, $2, 'delete')" : ") values ($1, $2)");
	struct stmt *stmt = db_prepare(s->db, &q);
	sql_free(&q);
	arena_free(&a);
	return stmt;
}

static void run(struct stmt *stmt, int64_t id, struct str text)
{
	const struct value values[] = { value_int(id), value_text(text) };
	for (size_t i = 0; i < countof(values); i++)
		stmt_bind(stmt, i + 1, &values[i]);
	while (stmt_step(stmt))
		;
	stmt_reset(stmt);
}

static void run_entry(struct store *s, const struct entity *e, const struct entry *entry,
		      struct str text)
{
	struct writer_entity *w = store_writer_of(s, e);
	struct stmt **stmt = entry->out ? &w->search_remove : &w->search_put;
	if (!*stmt)
		*stmt = statement(s, e, entry->out);
	run(*stmt, entry->id, text);
}

void search_flush(struct store *s)
{
	struct str rest = buf_str(&s->writer->queue);
	while (rest.n) {
		struct entry entry;
		memcpy(&entry, rest.p, sizeof entry);
		run_entry(s, s->schema.entities[entry.entity], &entry,
			  str_sub(rest, sizeof entry, entry.n));
		rest = str_sub(rest, sizeof entry + entry.n, rest.n);
	}
	s->writer->queue.n = 0;
}

static void enqueue(struct store *s, const struct entity *e, int64_t id, bool out, struct str text)
{
	struct buf *queue = &s->writer->queue;
	const struct entry entry = { id, text.n, entity_index(s, e), out };
	buf_put(queue, (struct str){ (const char *)&entry, sizeof entry });
	buf_put(queue, text);
	if (queue->n > QUEUE_MAX && !s->writer->marking)
		search_flush(s);
}

void search_put(struct store *s, const struct entity *e, int64_t id, struct str text)
{
	if (is_kept(s, e))
		enqueue(s, e, id, false, text);
}

void search_remove(struct store *s, const struct entity *e, int64_t id)
{
	if (!is_kept(s, e))
		return;
	struct arena a = { 0 };
	struct sql q = { .arena = &a };
	sql_add(&q, "select search from ");
	sql_stored(&q, e);
	sql_add(&q, " where id = ");
	sql_int(&q, id);
	struct value text = store_one(s, &q);
	if (text.kind == V_TEXT)
		enqueue(s, e, id, true, text.s);
	sql_free(&q);
	arena_free(&a);
}
