/* A query cut along its plan. */
#include "core/date.h"
#include "core/money.h"
#include "schema/schema.h"
#include "store/db_beside.h"

/* Pieces come in pairs; who has the first of two has more to do with each row, see db_beside.c. */
enum { PAIRS = 64, FIRST = 3, PAIR = FIRST + 4 };

/* What the first line of the plan goes along: the name of an index; empty: the ids. */
static bool way_of(struct db *db, const struct sql *q, const char *verb, struct str *way,
		   struct arena *a)
{
	static const char *const by[] = { " USING COVERING INDEX ", " USING INDEX ",
					  " USING INTEGER PRIMARY KEY" };
	struct str plan = db_plan(db, q, a), line;
	struct str begins = arena_printf(a, "%s %s", verb, q->pieces.as);
	if (!str_cut(&plan, '\n', &line) || !str_starts(line, begins.p))
		return false;
	line = str_sub(line, begins.n, line.n);
	*way = (struct str){ 0 };
	for (size_t i = 0; i < countof(by); i++) {
		if (!str_starts(line, by[i]))
			continue;
		line = str_sub(line, strlen(by[i]), line.n);
		return i == countof(by) - 1 || str_cut(&line, ' ', way);
	}
	return !line.n;
}

/* By what it is in order when it goes along there; NULL: by no field. */
static const struct field *key_of(struct db *db, const struct sql *q, struct str way,
				  struct arena *a)
{
	struct sql ask = { .arena = a };
	struct str name = STR("id");
	if (way.n) {
		sql_add(&ask, "select name from pragma_index_info(");
		sql_text(&ask, way);
		sql_add(&ask, ") where seqno = 0");
		struct stmt *s = db_query(db, &ask);
		name = stmt_step(s) ? arena_str(a, stmt_value(s, 0).s) : STR("");
		stmt_close(s);
		sql_free(&ask);
	}
	return entity_field(q->pieces.of, name);
}

static void put_key(struct sql *q, const char *as, const struct field *key)
{
	sql_add_literal(q, as);
	sql_add(q, ".");
	sql_column(q, key);
}

static void begin_condition(struct sql *out, const struct sql *q, const struct field *key)
{
	sql_append(out, q);
	out->pieces = q->pieces;
	sql_add_literal(out, q->pieces.where ? " and " : " where ");
	put_key(out, q->pieces.as, key);
}

static void put_pieces(struct pieces *p, const struct sql *q, const struct field *key)
{
	begin_condition(&p->one, q, key);
	sql_add(&p->one, " >= ");
	sql_param(&p->one, value_null());
	sql_add(&p->one, " and ");
	put_key(&p->one, q->pieces.as, key);
	sql_add(&p->one, " < ");
	sql_param(&p->one, value_null());
	begin_condition(&p->none, q, key);
	sql_add(&p->none, " is null");
}

static void put_end(struct sql *ask, const struct sql *q, const char *which,
		    const struct field *key)
{
	sql_add(ask, "(select ");
	sql_add_literal(ask, which);
	sql_add(ask, "(");
	sql_column(ask, key);
	sql_add(ask, ") from ");
	sql_stored(ask, q->pieces.of);
	sql_add(ask, ")");
}

/* The smallest and the largest key: both numbers, or both instants. */
static bool read_ends(struct db *db, const struct sql *q, const struct field *key, int64_t ends[2],
		      bool *instants)
{
	struct arena a = { 0 };
	struct sql ask = { .arena = &a };
	bool good = true;
	sql_add(&ask, "select ");
	put_end(&ask, q, "min", key);
	sql_add(&ask, ", ");
	put_end(&ask, q, "max", key);
	struct stmt *s = db_query(db, &ask);
	stmt_step(s);
	for (size_t i = 0; i < 2; i++) {
		struct value v = stmt_value(s, i);
		*instants = v.kind == V_TEXT;
		ends[i] = v.i;
		good = good && v.kind != V_NULL && (!*instants || instant_scan(v.s, &ends[i]));
	}
	stmt_close(s);
	sql_free(&ask);
	arena_free(&a);
	return good && ends[0] < ends[1] && ends[1] < INT64_MAX;
}

/* Spread evenly, as keys mostly are: one that is not makes pieces of other sizes, no more. */
static void put_bounds(struct pieces *p, const int64_t ends[2], bool instants, struct arena *a)
{
	wide span = (wide)ends[1] - ends[0] + 1;
	p->n = 2 * (size_t)PAIRS;
	p->bounds = arena_new(a, struct value, p->n + 1);
	for (size_t i = 0; i <= p->n; i++) {
		wide part = i / 2 * PAIR + i % 2 * FIRST;
		int64_t at = (int64_t)(ends[0] + span * part / (PAIRS * PAIR));
		p->bounds[i] = instants ? value_text(instant_print(at, a)) : value_int(at);
	}
	if (instants) { /* before and behind any text */
		p->bounds[0] = value_text(STR(""));
		p->bounds[p->n] = value_text(STR("\xff"));
	}
}

bool pieces_of(struct db *db, const struct sql *q, struct pieces *out, struct arena *a)
{
	struct str way, again;
	int64_t ends[2];
	bool instants;
	*out = (struct pieces){ .one = { .arena = a }, .none = { .arena = a } };
	const struct field *key = way_of(db, q, "SCAN", &way, a) ? key_of(db, q, way, a) : NULL;
	if (!key || !read_ends(db, q, key, ends, &instants))
		return false;
	put_pieces(out, q, key);
	put_bounds(out, ends, instants, a);
	if (!way_of(db, &out->one, "SEARCH", &again, a) || !str_eq(way, again))
		return false;
	if (!way.n)
		sql_free(&out->none);
	return !way.n || (way_of(db, &out->none, "SEARCH", &again, a) && str_eq(way, again));
}

void pieces_free(struct pieces *p)
{
	sql_free(&p->one);
	sql_free(&p->none);
}
