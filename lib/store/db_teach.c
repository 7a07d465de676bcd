/* What SQLite is taught: functions, and to cut text for the search index. */
#include "core/utf8.h"
#include "store/db_sqlite.h"
#include "store/db_text.h"

/* One scratch arena serves all SQL functions: each result is copied by the engine. */
static struct arena scratch;

/* fold, sort_key, digits, local_day: text to text, local_hour: to a number; null to null. */
static void call_text(sqlite3_context *ctx, int n, sqlite3_value **args)
{
	const struct text_function *f = sqlite3_user_data(ctx);
	int64_t number;
	(void)n;
	if (sqlite3_value_type(args[0]) == SQLITE_NULL)
		return;
	struct str out = f->call(value_str(args[0]), &scratch);
	if (f->number && str_int(out, &number))
		sqlite3_result_int64(ctx, number);
	else
		sqlite3_result_text64(ctx, out.p, out.n, SQLITE_TRANSIENT, SQLITE_UTF8);
	arena_reset(&scratch);
}

/* matches(pattern, text): the compiled pattern stays with the statement. */
static void call_matches(sqlite3_context *ctx, int n, sqlite3_value **args)
{
	void *kept = sqlite3_get_auxdata(ctx, 0), *regex = kept;
	(void)n;
	if (sqlite3_value_type(args[1]) == SQLITE_NULL)
		return;
	if (!kept && !(regex = regex_new(value_str(args[0])))) {
		sqlite3_result_error(ctx, "not a regular expression", -1);
		return;
	}
	sqlite3_result_int(ctx, regex_matches(regex, value_str(args[1]), &scratch));
	if (!kept)
		sqlite3_set_auxdata(ctx, 0, regex, regex_free);
	arena_reset(&scratch);
}

/* A row of db_each. */
static void call_each(sqlite3_context *ctx, int n, sqlite3_value **row)
{
	const struct each *e = &((struct db *)sqlite3_user_data(ctx))->state.each;
	(void)n;
	if (!e->stmt) /* in a user's own SQL */
		return;
	arena_reset(&e->stmt->reals);
	e->stmt->row = row;
	e->take(e->of, e->stmt);
}

void teach_functions(struct db *db)
{
	enum { HOW = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS };
	for (size_t i = 0; i < ntext_functions && !db->state.second; i++)
		db_check(db, sqlite3_create_function_v2(db->handle, text_functions[i].name, 1, HOW,
							(void *)(uintptr_t)&text_functions[i],
							call_text, NULL, NULL, NULL));
	db_check(db, sqlite3_create_function_v2(db->handle, "matches", 2, HOW, NULL, call_matches,
						NULL, NULL, NULL));
	db_check(db, sqlite3_create_function_v2(db->handle, "each", -1, SQLITE_UTF8, db, NULL,
						call_each, sqlite3_result_null, NULL));
}

typedef int gram_taker(void *ctx, int flags, const char *gram, int n, int start, int end);

static int new_trigrams(void *ctx, const char **args, int n, Fts5Tokenizer **out)
{
	static char one; /* that it is there is all that is asked of it */
	(void)ctx, (void)args, (void)n;
	*out = (Fts5Tokenizer *)&one;
	return SQLITE_OK;
}

static void free_trigrams(Fts5Tokenizer *one)
{
	(void)one;
}

static int take_trigrams(Fts5Tokenizer *one, void *ctx, int why, const char *text, int n,
			 gram_taker *take)
{
	struct str rest = { text, (size_t)n };
	int code = SQLITE_OK;
	(void)one, (void)why;
	while (code == SQLITE_OK && rest.n >= GRAM) {
		const char *p = rest.p;
		bool plain = !((p[0] | p[1] | p[2]) & 0x80);
		size_t size = plain ? GRAM : gram_size(rest), first = plain ? 1 : utf8_char(rest);
		if (!size)
			break;
		code = take(ctx, 0, p, (int)size, 0, 0);
		rest = (struct str){ p + first, rest.n - first };
	}
	return code;
}

/* In the place of SQLite's own, which gives the same for text that is valid and folded. */
void teach_trigrams(struct db *db)
{
	fts5_tokenizer trigrams = { new_trigrams, free_trigrams, take_trigrams };
	fts5_api *fts5 = NULL;
	sqlite3_stmt *ask;
	db_check(db, sqlite3_prepare_v2(db->handle, "select fts5(?1)", -1, &ask, NULL));
	db_check(db, sqlite3_bind_pointer(ask, 1, &fts5, "fts5_api_ptr", NULL));
	db_check(db, sqlite3_step(ask));
	db_check(db, sqlite3_finalize(ask));
	db_check(db, fts5->xCreateTokenizer(fts5, "trigram", NULL, &trigrams, NULL));
}
