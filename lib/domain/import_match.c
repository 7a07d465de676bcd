/* Which record is it?  What the row says it is, what it made before, or who is known. */
#include "domain/import_match.h"

#include "core/buf.h"
#include "core/utf8.h"
#include "domain/import_difference.h"
#include "domain/import_same.h"
#include "store/counter.h"
#include "store/unseen.h"

/* Candidates that are looked at, and how many a message names. */
enum { CANDIDATES = 64, NAMED = 6 };

/* --- --match --- */

static bool no_match(const struct entity *e, const struct field *f, struct diag *d)
{
	struct buf all = { 0 };
	for (size_t i = 0; i < e->nfields; i++)
		if ((e->fields[i].flags & (F_MATCH | F_RETIRED)) == F_MATCH)
			buf_printf(&all, " %s", e->fields[i].name);
	if (all.n)
		diag_set(d, NULL, "records are not matched by %s; one can by:%.*s", f->name,
			 (int)all.n, all.p);
	else
		diag_set(d, NULL, "records of type %s are not matched by fields; leave --match out",
			 e->name);
	buf_free(&all);
	return false;
}

bool import_match_add(struct import *im, struct str name, struct diag *d)
{
	const struct field *f;
	bool external = str_is(name, "external");
	if (!import_field(im->entity, external ? STR("external_id") : name, &f, d))
		return false;
	if (!(f->flags & F_MATCH))
		return no_match(im->entity, f, d);
	if (im->nmatch == IMPORT_MATCH_MAX)
		return diag_set(d, NULL, "more than %d fields to match by", IMPORT_MATCH_MAX);
	im->match[im->nmatch++] = f;
	return true;
}

static bool several(const struct entity *e, const struct field *f, struct str text,
		    const int64_t *ids, size_t n, struct diag *d)
{
	struct buf list = { 0 };
	for (size_t i = 0; i < n && i < NAMED; i++)
		buf_printf(&list, " %s-%lld", e->name, (long long)ids[i]);
	diag_set(d, f->name, "%s is that of%.*s; which one is meant?", quoted(text, &d->arena),
		 (int)list.n, list.p);
	buf_free(&list);
	return false;
}

/* Those of the row's type who go by it as a further number, address or id; how many. */
static size_t find_identities(struct import *im, const struct field *f, struct str key,
			      int64_t *ids, size_t room)
{
	enum match_by sign = match_sign(f);
	struct matched found[CANDIDATES];
	const struct entity *identity = schema_entity(&im->store->schema, STR("identity"));
	size_t n = 0;
	if (sign != MATCH_NOTHING && store_next_id(im->store, identity) > 1)
		n = match_key(im->store, im->entity, sign == MATCH_EXTERNAL ? MATCH_SYSTEM : sign,
			      key, MATCH_HIDDEN | MATCH_FURTHER, found,
			      room < countof(found) ? room : countof(found));
	for (size_t i = 0; i < n; i++)
		ids[i] = found[i].id;
	return n;
}

/* What the record is a part of, such as the contact of an identity; NULL: nothing. */
static const struct field *whole_of(const struct import *im, const struct record *r)
{
	for (size_t i = 0; i < im->nwires; i++) {
		const struct field *f = im->wires[i].field;
		if (f->flags & F_PART && r->values[field_index(r->entity, f)].kind == V_INT)
			return f;
	}
	return NULL;
}

/* Those who have it among the parts of the same whole: others may have it, too. */
static size_t find_parts(struct import *im, const struct record *r, const struct field *whole,
			 const struct field *f, struct str key, int64_t *ids, size_t room,
			 struct arena *a)
{
	struct sql q = { .arena = a };
	size_t n = 0;
	sql_add(&q, "select id from ");
	sql_stored(&q, r->entity);
	sql_add(&q, " where ");
	sql_column(&q, whole);
	sql_add(&q, " = ");
	sql_param(&q, r->values[field_index(r->entity, whole)]);
	sql_add(&q, " and not ");
	sql_key_column(&q, f);
	sql_add(&q, " <> ");
	sql_text(&q, key);
	sql_add(&q, " order by id");
	struct stmt *rows = db_query(im->store->db, &q);
	while (n < room && stmt_step(rows))
		ids[n++] = stmt_value(rows, 0).i;
	stmt_close(rows);
	sql_free(&q);
	return n;
}

/* The records of the row's type that have that key in the field. */
static size_t find_by(struct import *im, const struct record *r, const struct field *f,
		      struct str key, int64_t *ids, size_t room, struct arena *a)
{
	const struct field *whole = whole_of(im, r);
	if (whole)
		return find_parts(im, r, whole, f, key, ids, room, a);
	size_t n = store_find_twins(im->store, r->entity, f, key, ids, room);
	return n ? n : find_identities(im, f, key, ids, room);
}

/* Whether another system's number, or a field that must agree, says that it is somebody else. */
static bool differs(const struct import *im, const struct field *f, const struct value *a,
		    const struct value *b, struct arena *scratch)
{
	bool text = a->kind == V_TEXT && b->kind == V_TEXT;
	if (!text && (a->kind != V_INT || b->kind != V_INT))
		return false;
	if (text && !strcmp(f->name, "external_id")) {
		ptrdiff_t x = str_find(a->s, ':'), y = str_find(b->s, ':');
		return x > 0 && x == y && !memcmp(a->s.p, b->s.p, (size_t)x) && !str_eq(a->s, b->s);
	}
	for (size_t i = 0; i < im->map.nagree; i++)
		if (im->map.agree[i] == f)
			return text ? !str_eq(utf8_fold(a->s, scratch), utf8_fold(b->s, scratch))
				    : !value_eq(a, b);
	return false;
}

static bool is_likely(const struct import *im, const struct record *r, int64_t id, struct arena *a)
{
	struct record old;
	bool likely = store_get(im->store, r->entity, id, &old, a);
	for (size_t i = 0; likely && i < r->entity->nfields; i++)
		likely = !differs(im, &r->entity->fields[i], &r->values[i], &old.values[i], a);
	return likely;
}

/* Leaves those of ids who may be meant; how many. */
static size_t keep_likely(const struct import *im, const struct record *r, int64_t *ids, size_t n,
			  struct arena *a)
{
	size_t kept = 0;
	for (size_t i = 0; i < n; i++)
		if (is_likely(im, r, ids[i], a))
			ids[kept++] = ids[i];
	return kept;
}

/* Of several those whose name is not another than the parts of a name make. */
static size_t keep_named(const struct import *im, const struct record *r, int64_t *ids, size_t n,
			 struct arena *a)
{
	struct record draft;
	int64_t *named = arena_new(a, int64_t, n + 1);
	if (n < 2 || !im->map.nagree || !store_draft(im->store, r, PUT_SEED, &draft, a))
		return n;
	memcpy(named, ids, n * sizeof *ids);
	size_t kept = keep_likely(im, &draft, named, n, a);
	if (!kept)
		return n;
	memcpy(ids, named, kept * sizeof *ids);
	return kept;
}

/* Whether the record has another key than the row in one of the first n match fields. */
static bool contradicts(const struct import *im, const struct record *r, size_t n, int64_t id,
			struct codec *c)
{
	struct record old;
	bool there = store_get(im->store, r->entity, id, &old, c->arena);
	for (size_t i = 0; there && i < n; i++) {
		size_t at = field_index(r->entity, im->match[i]);
		struct value x = field_key(im->match[i], &r->values[at], c);
		struct value y = field_key(im->match[i], &old.values[at], c);
		if (x.kind == V_TEXT && y.kind == V_TEXT && !str_eq(x.s, y.s))
			return true;
	}
	return false;
}

/*
 * Of a further record that is only filled: whose address is another one is somebody else of that
 * name, or the row's would be lost; of those who are left the oldest.
 */
static size_t keep_fillable(const struct import *im, const struct record *r, size_t field,
			    int64_t *ids, size_t n, struct codec *c)
{
	if (!im->is_part || im->on_match != IMPORT_FILL)
		return n;
	for (size_t i = 0; i < n; i++)
		if (!contradicts(im, r, field, ids[i], c)) {
			ids[0] = ids[i];
			return 1;
		}
	return 0;
}

/* The record that shares the first match field that has one; several are refused. */
static enum found find_match(struct import *im, struct record *r, struct arena *a, struct diag *d)
{
	struct codec c = store_codec(im->store, a);
	for (size_t i = 0; i < im->nmatch; i++) {
		const struct field *f = im->match[i];
		const struct value *v = &r->values[field_index(r->entity, f)];
		struct value key = field_key(f, v, &c);
		int64_t ids[CANDIDATES];
		if (key.kind != V_TEXT)
			continue;
		size_t n = find_by(im, r, f, key.s, ids, countof(ids), a);
		if (im->map.nagree || im->map.system.n)
			n = keep_named(im, r, ids, keep_likely(im, r, ids, n, a), a);
		n = keep_fillable(im, r, i, ids, n, &c);
		if (!n)
			continue;
		if (n > 1 ? !several(r->entity, f, v->s, ids, n, d)
			  : !access_reads(im->store, r->entity, ids[0]) &&
				!access_refuse_hidden(im->store, r->entity, ids[0], f->name, d))
			return FOUND_WRONG;
		r->id = ids[0];
		return FOUND_MATCH;
	}
	return FOUND_NOBODY;
}

/* --- who is known --- */

/* Nobody is asked of thousands of rows for a mere count: that is made when all are in. */
bool import_match_asks(const struct import *im)
{
	return !im->bulk || im->on_duplicate != IMPORT_CREATE;
}

static bool find_known(struct import *im, struct record *r, struct diag *d)
{
	struct match who;
	if (!import_match_asks(im))
		return false;
	match_find(im->store, im->entity, r, &who);
	if (who.by == MATCH_NOTHING)
		return false;
	if (im->on_duplicate == IMPORT_CREATE) {
		im->known[who.by]++;
		return false;
	}
	diag_set(d, NULL, "we know%s by this %s", match_refs(&who, r->entity, &d->arena).p,
		 match_names[who.by]);
	r->id = who.ids[0];
	return true;
}

enum found import_find(struct import *im, struct record *r, struct arena *a, struct diag *d)
{
	if ((r->id = import_line_find(im, r, a)))
		return FOUND_MATCH;
	enum found found = find_match(im, r, a, d);
	if (found != FOUND_NOBODY)
		return found;
	if (import_same(im, r, a))
		return FOUND_SAME;
	return find_known(im, r, d) ? FOUND_KNOWN : FOUND_NOBODY;
}

/* An empty cell where the program filled in something of its own: so it did when it was made. */
static void keep_given(struct import *im, struct record *r, struct arena *a)
{
	struct record draft, fresh = record_copy(r, a);
	fresh.id = 0;
	if (!store_draft(im->store, &fresh, PUT_SEED, &draft, a))
		return;
	for (size_t i = 0; i < r->entity->nfields; i++) {
		bool given =
		    value_set(&draft.values[i]) || number_fills(r->entity, &r->entity->fields[i]);
		if (given && r->values[i].kind == V_NULL)
			r->values[i] = (struct value){ .kind = V_NONE };
	}
}

void import_keep_given(struct import *im, struct record *r, struct arena *a)
{
	struct record old;
	size_t n = r->entity->nfields, i = 0;
	while (i < n && r->values[i].kind != V_NULL)
		i++;
	if (i == n || !store_get(im->store, r->entity, r->id, &old, a))
		return;
	while (i < n && (r->values[i].kind != V_NULL || !value_set(&old.values[i])))
		i++;
	if (i < n)
		keep_given(im, r, a);
}

void import_fill_only(struct import *im, struct record *r, struct arena *a)
{
	struct record old;
	if (!store_get(im->store, r->entity, r->id, &old, a))
		return;
	for (size_t i = 0; i < r->entity->nfields; i++)
		if (old.values[i].kind != V_NULL && r->entity->fields[i].type != &type_id)
			r->values[i] = (struct value){ .kind = V_NONE };
}

/* --- before and after all rows --- */

void import_match_start(struct import *im, int64_t rows)
{
	im->before = counter_largest(im->store, im->entity);
	for (size_t i = 0; i < im->entity->nfields; i++)
		if (import_match_needs(im, &im->entity->fields[i]))
			unseen_begin(im->store, im->entity, &im->entity->fields[i], rows);
}

bool import_match_needs(const struct import *im, const struct field *f)
{
	for (size_t i = 0; i < im->nmatch; i++)
		if (im->match[i] == f)
			return true;
	return f->flags & F_MATCH &&
	       (im->names_itself || im->before || im->on_duplicate != IMPORT_CREATE);
}

/*
 * Counts those made by this import whose key an older one has, but for those of `counted`.
 * The keys come in order out of the indexes: the engine would keep a table for each.
 */
static void count_shared(struct import *im, enum match_by sign, struct idset *counted)
{
	struct arena a = { 0 };
	struct sql q = { .arena = &a };
	struct buf last = { 0 };
	int64_t oldest = 0;
	sql_add(&q, "select key, id from (");
	bool any = match_all_sql(&q, im->store, im->entity, sign, MATCH_HIDDEN);
	sql_add(&q, ") a order by key, id");
	struct stmt *rows = any ? db_query(im->store->db, &q) : NULL;
	while (rows && stmt_step(rows)) {
		struct str key = stmt_value(rows, 0).s;
		int64_t id = stmt_value(rows, 1).i;
		if (!oldest || !str_eq(key, buf_str(&last))) {
			oldest = id;
			last.n = 0;
			buf_put(&last, key);
		} else if (id > oldest && id > im->before && !idset_has(counted, id)) {
			idset_add(counted, id);
			im->known[sign]++;
		}
	}
	stmt_close(rows);
	buf_free(&last);
	sql_free(&q);
	arena_free(&a);
}

/* Each counts once, by the first sign that gives it away, as match_find has it. */
void import_match_count(struct import *im)
{
	struct idset counted = { 0 };
	for (enum match_by sign = MATCH_PHONE; sign <= MATCH_TAX_CODE; sign++)
		count_shared(im, sign, &counted);
	idset_free(&counted);
}

void import_match_free(struct import *im)
{
	import_same_free(im);
}
