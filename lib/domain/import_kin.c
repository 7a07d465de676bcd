/* Relatives and assistants that the notes of a row name become relations. */
#include "domain/import_kin.h"

#include "core/utf8.h"
#include "domain/import.h"
#include "schema/check.h"
#include "store/sql.h"
#include "stream/vcard.h"

/* Where cards and the relations here have different words. */
static const char *const words[][2] = {
	{ "kin", "relative" },
	{ "co-worker", "colleague" },
	{ "referred-by", "referred_by" },
	{ "former-employee", "former_employee" },
	{ "former-employer", "former_employer" },
};

static const struct entity *relation_entity(const struct import *im)
{
	return schema_entity(&im->store->schema, STR("relation"));
}

/* The kind of relation that the word is; p NULL: none. */
static struct str kind_of(const struct import *im, struct str word, struct arena *a)
{
	word = utf8_fold(word, a);
	for (size_t i = 0; i < countof(words); i++)
		if (str_is(word, words[i][0]))
			word = str_of(words[i][1]);
	const struct pick *p =
	    picklist_find(schema_picklist(&im->store->schema, "relation.kind"), word, a);
	return p && !p->retired && str_is(word, p->key) ? str_of(p->key) : (struct str){ 0 };
}

/* X-SPOUSE:Nam, RELATED;TYPE=child:urn:uuid:…; false: the line is about something else. */
static bool parse(const struct import *im, struct str line, struct kinship *k, struct arena *a)
{
	struct vcard_line l;
	struct diag ignored = { 0 };
	unsigned preferred;
	bool good = card_kept_line(line) && vcard_parse(line, true, &l, a, &ignored);
	diag_free(&ignored);
	if (!good || (!str_starts(l.name, "X-") && !str_is(l.name, "RELATED")))
		return false;
	bool related = str_is(l.name, "RELATED");
	*k = (struct kinship){ .line = line };
	k->kind =
	    kind_of(im, related ? vcard_types(&l, &preferred, a) : str_sub(l.name, 2, l.name.n), a);
	k->name = utf8_trim(vcard_unescape(l.value, VCARD_30, a));
	if (str_starts(k->name, "mailto:"))
		k->name = str_sub(k->name, strlen("mailto:"), k->name.n);
	return k->kind.p && k->name.n;
}

/* A bare number would be taken for an id. */
static bool is_number(struct str s)
{
	int64_t n;
	return str_int(s, &n);
}

static bool is_contact(const struct entity *e)
{
	return !strcmp(e->name, "contact");
}

void import_kin_read(struct import *im, const struct record *r)
{
	struct kinship k;
	struct str rest, line;
	struct arena scratch = { 0 };
	if (im->kin.named || !is_contact(r->entity))
		return;
	rest = text_of(r, "description");
	for (; !im->kin.named && rest.n && str_cut(&rest, '\n', &line); arena_reset(&scratch))
		im->kin.named = parse(im, line, &k, &scratch);
	arena_free(&scratch);
}

/* Whom the record's notes ask for. */
static void ask(struct import *im, const struct record *r, struct arena *a)
{
	struct kinship k;
	struct str rest = text_of(r, "description"), line;
	while (rest.n && str_cut(&rest, '\n', &line))
		if (parse(im, line, &k, a))
			map_at(&im->kin.names, utf8_fold(k.name, a));
}

/* What the record will be known by, as far as that is asked for: its name, whichever way round its
 * parts are joined, too. */
static void learn(struct import_kin *k, const struct record *r, struct arena *a)
{
	struct str first = text_of(r, "first_name"), last = text_of(r, "last_name");
	struct str names[] = {
		text_of(r, "name"),
		arena_printf(a, "%.*s %.*s", (int)first.n, first.p, (int)last.n, last.p),
		arena_printf(a, "%.*s %.*s", (int)last.n, last.p, (int)first.n, first.p),
		text_of(r, "email"),
		text_of(r, "external_id"),
	};
	for (size_t i = 0; i < countof(names); i++) {
		bool again = false;
		names[i] = utf8_fold(utf8_trim(names[i]), a);
		for (size_t j = 0; j < i; j++)
			again |= str_eq(names[i], names[j]);
		int64_t *times = again ? NULL : map_find(&k->names, names[i]);
		if (times)
			++*times;
	}
}

void import_kin_start(struct import *im)
{
	struct spooled item;
	struct arena a = { 0 };
	if (!im->kin.named)
		return;
	for (spool_rewind(&im->spool); spool_get_item(&im->spool, &item, &a); arena_reset(&a))
		ask(im, &item.record, &a);
	for (spool_rewind(&im->spool); spool_get_item(&im->spool, &item, &a); arena_reset(&a))
		if (!item.refused.n && !item.absent)
			learn(&im->kin, &item.record, &a);
	arena_free(&a);
}

/* Whether it is known who is meant, or will be. */
static bool is_found(struct import *im, struct kinship *k, const struct record *r, struct arena *a)
{
	struct diag d = { 0 };
	bool missing = false;
	struct str own = utf8_fold(text_of(r, "name"), a);
	if (str_eq(own, utf8_fold(k->name, a)))
		return false; /* nobody is his or her own */
	bool found = !is_number(k->name) &&
		     ref_resolve(im->resolver, r->entity, k->name, &k->other, &missing, &d);
	const int64_t *times = missing ? map_find(&im->kin.names, utf8_fold(k->name, a)) : NULL;
	diag_free(&d);
	return found || (times && *times == 1);
}

void import_kin_take(struct import *im, struct record *r, struct arena *a)
{
	struct str rest, line;
	struct kinship one;
	struct buf left = { 0 };
	struct arena scratch = { 0 }; /* notes may have very many lines */
	im->kin.row = NULL;
	if (!im->kin.named || !is_contact(r->entity))
		return;
	rest = text_of(r, "description");
	im->kin.notes = *record_at(r, "description");
	for (; rest.n && str_cut(&rest, '\n', &line); arena_reset(&scratch)) {
		if (parse(im, line, &one, &scratch) && is_found(im, &one, r, &scratch)) {
			struct kinship *k = arena_new(a, struct kinship, 1);
			*k = one;
			k->name = arena_str(a, one.name);
			k->next = im->kin.row;
			im->kin.row = k;
		} else {
			buf_line(&left, line);
		}
	}
	if (im->kin.row)
		*record_get(r, "description") =
		    left.n ? value_text(buf_copy(&left, a)) : (struct value){ .kind = V_NONE };
	buf_free(&left);
	arena_free(&scratch);
}

void import_kin_undo(struct import *im, struct record *r)
{
	if (im->kin.row)
		*record_get(r, "description") = im->kin.notes;
}

static bool is_taken(const struct import_kin *kin, struct str line)
{
	const struct kinship *k = kin->row;
	while (k && !str_eq(k->line, line))
		k = k->next;
	return k != NULL;
}

bool import_kin_same(struct import *im, int64_t id, struct str left, struct arena *a)
{
	struct record r;
	struct buf own = { 0 };
	struct str rest = { 0 }, line;
	if (store_get(im->store, im->entity, id, &r, a))
		rest = text_of(&r, "description");
	while (rest.n && str_cut(&rest, '\n', &line))
		if (!is_taken(&im->kin, line))
			buf_line(&own, line);
	bool same = str_eq(buf_str(&own), left);
	buf_free(&own);
	return same;
}

static bool is_said(struct import *im, int64_t whose, const char *kind, int64_t other,
		    struct arena *a)
{
	const struct entity *e = relation_entity(im);
	struct sql q = { .arena = a };
	sql_add(&q, "select id from ");
	sql_table(&q, e);
	sql_add(&q, " where ");
	sql_refers(&q, e, "contact", whose);
	sql_add(&q, " and ");
	sql_refers(&q, e, "to_contact", other);
	sql_add(&q, " and ");
	sql_column(&q, entity_field(e, STR("kind")));
	sql_add(&q, " = ");
	sql_text(&q, str_of(kind));
	struct stmt *rows = db_query(im->store->db, &q);
	bool said = stmt_step(rows);
	stmt_close(rows);
	sql_free(&q);
	return said;
}

/* Says it, unless one of the two has said it. */
static bool relate(struct import *im, const struct kinship *k, long *made, struct arena *a,
		   struct diag *d)
{
	struct record r = record_new(relation_entity(im), a);
	const char *kind = arena_str(a, k->kind).p;
	if (is_said(im, k->whose, kind, k->other, a) ||
	    is_said(im, k->other, relation_inverse(kind), k->whose, a))
		return true;
	*record_get(&r, "contact") = value_int(k->whose);
	*record_get(&r, "to_contact") = value_int(k->other);
	set_text(&r, "kind", k->kind);
	if (store_put(im->store, &r, PUT_SEED, a, d) == WROTE_NOTHING)
		return false;
	++*made;
	return true;
}

static void wait_for(struct import_kin *kin, const struct kinship *k)
{
	struct kinship *copy = arena_new(&kin->arena, struct kinship, 1);
	*copy = *k;
	copy->name = arena_str(&kin->arena, k->name);
	copy->line = arena_str(&kin->arena, k->line);
	copy->next = kin->waiting;
	kin->waiting = copy;
}

bool import_kin_put(struct import *im, const struct record *r, long *made, struct arena *a,
		    struct diag *d)
{
	for (struct kinship *k = im->kin.row; k; k = k->next) {
		k->whose = r->id;
		if (!k->other)
			wait_for(&im->kin, k);
		else if (k->other != r->id && !relate(im, k, made, a, d))
			return false;
	}
	im->kin.row = NULL;
	return true;
}

/* Who was to come did not, or is another one by now. */
static void note_again(struct import *im, const struct kinship *k, struct arena *a, struct diag *d)
{
	struct record r;
	if (!store_get(im->store, im->entity, k->whose, &r, a))
		return;
	struct str own = text_of(&r, "description");
	struct record changed = record_new(im->entity, a);
	changed.id = k->whose;
	set_text(&changed, "description",
		 arena_printf(a, "%.*s%s%.*s", (int)own.n, own.p ? own.p : "", own.n ? "\n" : "",
			      (int)k->line.n, k->line.p));
	store_put(im->store, &changed, 0, a, d);
}

void import_kin_finish(struct import *im)
{
	struct arena a = { 0 };
	struct diag d = { 0 };
	if (im->kin.waiting)
		resolver_free(im->resolver);
	for (struct kinship *k = im->kin.waiting; k; k = k->next) {
		if (!ref_resolve(im->resolver, im->entity, k->name, &k->other, NULL, &d) ||
		    k->other == k->whose || !relate(im, k, &im->made, &a, &d))
			note_again(im, k, &a, &d);
		diag_clear(&d);
		arena_reset(&a);
	}
	diag_free(&d);
	arena_free(&a);
}

void import_kin_free(struct import_kin *k)
{
	map_free(&k->names);
	arena_free(&k->arena);
}
