/* The same row, imported before: found by an index, told by what a write would change. */
#include "domain/import_same.h"

#include <stdlib.h>

enum { KEPT = 8 };

/* Statements for rows that mention the same fields. */
struct import_twins {
	struct twins {
		unsigned char mentioned[FIELDS_MAX];
		struct stmt *stmt;
	} kept[KEPT];
	size_t next;
	int64_t last; /* found */
};

/* Whether equal rows have equal values of it in the table, to narrow the search by. */
static bool narrows(const struct field *f, const struct value *v)
{
	if (f->flags & (F_SYSTEM | F_DERIVED) || (v->kind != V_TEXT && v->kind != V_INT))
		return false;
	return f->flags & F_MATCH || f->type == &type_ref || f->type == &type_date ||
	       f->type == &type_instant || f->type == &type_pick;
}

/* How few records share a value of it, from 0; -1: no index leads to them. */
static int rank(const struct field *f)
{
	static const char *const shared[] = { "user", "team", "campaign", "segment", "product" };
	bool name = f->type == &type_text && strcmp(f->name, "external_id") != 0;
	if (f->flags & F_UNIQUE || (f->flags & F_MATCH && !name))
		return 0;
	if (f->flags & F_MATCH)
		return 2;
	for (size_t i = 0; f->ref && i < countof(shared); i++)
		if (!strcmp(f->ref, shared[i]))
			return 4;
	return f->type == &type_ref ? 1 : f->flags & F_INDEX ? 3 : -1;
}

/* The field by whose index the records are found, the others are compared. */
static size_t leading(const struct import *im, const unsigned char *mentioned)
{
	size_t best = SIZE_MAX;
	for (size_t i = 0; i < im->entity->nfields; i++) {
		const struct field *f = &im->entity->fields[i];
		if (mentioned[i] && rank(f) >= 0 &&
		    (best == SIZE_MAX || rank(f) < rank(&im->entity->fields[best])))
			best = i;
	}
	return best;
}

/*
 * Of the ids behind $1 and not behind $2.  No index is used for what is "not <>", which is
 * as portable as it is odd.
 */
static struct stmt *prepare(struct import *im, const unsigned char *mentioned, struct arena *a)
{
	struct sql q = { .arena = a };
	size_t lead = leading(im, mentioned);
	sql_add(&q, "select id from ");
	sql_stored(&q, im->entity);
	sql_add(&q, " where id > ");
	sql_int(&q, 0);
	sql_add(&q, " and id <= ");
	sql_int(&q, 0);
	for (size_t i = 0; i < im->entity->nfields; i++) {
		if (!mentioned[i])
			continue;
		sql_add_literal(&q, i == lead ? " and " : " and not ");
		sql_match_column(&q, &im->entity->fields[i]);
		sql_add_literal(&q, i == lead ? " = " : " <> ");
		sql_param(&q, value_null());
	}
	sql_add(&q, " order by id");
	struct stmt *s = db_prepare(im->store->db, &q);
	sql_free(&q);
	return s;
}

static struct stmt *statement(struct import *im, const unsigned char *mentioned, struct arena *a)
{
	struct import_twins *t = im->twins;
	if (!t)
		t = im->twins = xcalloc(1, sizeof *t);
	for (size_t i = 0; i < KEPT; i++)
		if (t->kept[i].stmt && !memcmp(t->kept[i].mentioned, mentioned, FIELDS_MAX))
			return t->kept[i].stmt;
	struct twins *slot = &t->kept[t->next++ % KEPT];
	stmt_close(slot->stmt);
	memcpy(slot->mentioned, mentioned, FIELDS_MAX);
	slot->stmt = prepare(im, mentioned, a);
	return slot->stmt;
}

/* What the search is narrowed by; NULL: nothing of it is indexed. */
static struct stmt *narrow(struct import *im, const struct record *r, struct arena *a)
{
	unsigned char mentioned[FIELDS_MAX] = { 0 };
	struct codec c = store_codec(im->store, a);
	struct value *values = arena_new(a, struct value, r->entity->nfields);
	size_t n = 2; /* the ids */
	for (size_t i = 0; i < r->entity->nfields; i++) {
		const struct field *f = &r->entity->fields[i];
		if (!narrows(f, &r->values[i]))
			continue;
		values[i] = f->flags & F_MATCH ? field_key(f, &r->values[i], &c) : r->values[i];
		mentioned[i] = values[i].kind == V_TEXT || values[i].kind == V_INT;
	}
	if (leading(im, mentioned) == SIZE_MAX)
		return NULL;
	struct stmt *s = statement(im, mentioned, a);
	for (size_t i = 0; i < r->entity->nfields; i++)
		if (mentioned[i])
			stmt_bind(s, ++n, &values[i]);
	return s;
}

/* The first of these ids whose record the row would not change, 0: none. */
static int64_t among(struct import *im, struct stmt *s, const struct record *r, int64_t after,
		     int64_t last, struct arena *a)
{
	const struct value ids[] = { value_int(after), value_int(last) };
	int64_t found = 0;
	for (size_t i = 0; i < countof(ids); i++)
		stmt_bind(s, i + 1, &ids[i]);
	while (!found && stmt_step(s)) {
		int64_t id = stmt_value(s, 0).i;
		if (!import_ids_has(&im->seen, id) && access_reads(im->store, r->entity, id) &&
		    store_same(im->store, r, id, PUT_SEED, a))
			found = id;
	}
	stmt_reset(s);
	return found;
}

/*
 * What comes again comes in the order in which it came: so the search begins behind the
 * record of the row before, or thousands of parts of one whole would each be compared with
 * all those before it.
 */
bool import_same(struct import *im, struct record *r, struct arena *a)
{
	struct stmt *s = im->before ? narrow(im, r, a) : NULL;
	if (!s)
		return false;
	int64_t *last = &im->twins->last;
	r->id = among(im, s, r, *last, im->before, a);
	if (!r->id && *last)
		r->id = among(im, s, r, 0, *last, a);
	if (r->id)
		*last = r->id;
	return r->id != 0;
}

void import_same_free(struct import *im)
{
	for (size_t i = 0; im->twins && i < KEPT; i++)
		stmt_close(im->twins->kept[i].stmt);
	free(im->twins);
	im->twins = NULL;
}
