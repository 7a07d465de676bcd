/* Looking things up in the schema. */
#include "schema/schema.h"

#include "core/map.h"
#include "core/utf8.h"
#include "schema/fields.h"

static const struct entity *const entities[] = {
	&entity_user,		&entity_team,	    &entity_product,	  &entity_segment,
	&entity_campaign,	&entity_lead,	    &entity_account,	  &entity_contact,
	&entity_deal,		&entity_deal_line,  &entity_deal_contact, &entity_stage_change,
	&entity_quote,		&entity_quote_line, &entity_order,	  &entity_order_line,
	&entity_ticket,		&entity_activity,   &entity_event,	  &entity_campaign_member,
	&entity_segment_member, &entity_relation,   &entity_identity,	  &entity_exchange_rate,
	&entity_target_figure,	&entity_errand,	    &entity_firing,	  &entity_enrolment,
	&entity_assignment,	&entity_absence,    &entity_call_claim,	  &entity_alert,
};

const struct schema shipped_schema = { entities, countof(entities), NULL };

const struct entity *schema_entity(const struct schema *s, struct str name)
{
	for (size_t i = 0; i < s->nentities; i++)
		if (str_is(name, s->entities[i]->name))
			return s->entities[i];
	return NULL;
}

/* Where the field of an entity was found last: its place, for another may come to stand there. */
struct found {
	const struct entity *entity;
	size_t place;
};

static const struct field *found_field(const struct found *at, const struct entity *e,
				       struct str name)
{
	bool is =
	    at->entity == e && at->place < e->nfields && str_is(name, e->fields[at->place].name);
	return is ? &e->fields[at->place] : NULL;
}

/*
 * Fields are looked up by name many times a record.  Two direct-mapped caches make that one
 * comparison: by where the name stands, for most stand in the program, and by what it says,
 * which is a hash; a miss walks the rows.
 */
const struct field *entity_field(const struct entity *e, struct str name)
{
	static struct found by_address[1024], by_name[1024];
	uintptr_t type = (uintptr_t)e >> 4;
	struct found *near = &by_address[((uintptr_t)name.p ^ name.n << 6 ^ type) % 1024];
	const struct field *f = found_field(near, e, name);
	if (f)
		return f;
	struct found *at = &by_name[(str_hash(name) ^ type) % 1024];
	f = found_field(at, e, name);
	for (size_t i = 0; !f && i < e->nfields; i++)
		if (str_is(name, e->fields[i].name))
			f = &e->fields[i];
	if (f)
		*near = *at = (struct found){ e, field_index(e, f) };
	return f;
}

const struct field *entity_key(const struct entity *e)
{
	return e->key ? entity_field(e, str_of(e->key)) : NULL;
}

const struct pipeline *schema_pipelines(const struct schema *s, size_t *n)
{
	if (s->source)
		return s->source->pipelines(s->source->ctx, n);
	*n = ndefault_pipelines;
	return default_pipelines;
}

const struct pipeline *schema_pipeline(const struct schema *s, struct str key)
{
	size_t n;
	const struct pipeline *p = schema_pipelines(s, &n);
	for (size_t i = 0; i < n; i++)
		if (str_is(key, p[i].key))
			return &p[i];
	return NULL;
}

const struct stage *pipeline_stage(const struct pipeline *p, struct str key)
{
	for (size_t i = 0; i < p->n; i++)
		if (str_is(key, p->stages[i].key))
			return &p->stages[i];
	return NULL;
}

/* Without a database: the shipped pipelines' stages, each key once. */
static const struct picklist *default_stages(void)
{
	static struct pick picks[64];
	static struct picklist list = { .name = "deal.stage", .picks = picks };
	for (size_t i = 0; i < ndefault_pipelines && !list.n; i++)
		for (size_t j = 0; j < default_pipelines[i].n; j++) {
			const struct stage *t = &default_pipelines[i].stages[j];
			picks[list.n++] = (struct pick){ t->key, t->en, t->vi, false };
		}
	return &list;
}

static const struct picklist *default_pipeline_names(void)
{
	static struct pick picks[16];
	static struct picklist list = { .name = "deal.pipeline", .picks = picks };
	for (; list.n < ndefault_pipelines; list.n++) {
		const struct pipeline *p = &default_pipelines[list.n];
		picks[list.n] = (struct pick){ p->key, p->en, p->vi, false };
	}
	return &list;
}

/* The shipped list of that name; NULL: none. */
static const struct picklist *default_picklist(const char *name)
{
	const struct picklist *l;
	for (size_t i = 0; (l = default_picklist_at(i)); i++)
		if (!strcmp(l->name, name))
			return l;
	return NULL;
}

const struct picklist *schema_picklist(const struct schema *s, const char *name)
{
	if (s->source) {
		const struct picklist *l = s->source->picklist(s->source->ctx, name);
		if (l)
			return l;
	}
	const struct picklist *shipped = default_picklist(name);
	if (shipped)
		return shipped;
	if (!strcmp(name, "deal.stage"))
		return default_stages();
	if (!strcmp(name, "deal.pipeline"))
		return default_pipeline_names();
	die(STATUS_ENV, "the database has no picklist \"%s\"", name);
}

static bool same_word(struct str folded, const char *text, struct arena *a)
{
	return text && str_eq(folded, header_fold(str_of(text), a));
}

const struct pick *picklist_find(const struct picklist *l, struct str text, struct arena *a)
{
	for (size_t i = 0; i < l->n; i++)
		if (str_is(text, l->picks[i].key))
			return &l->picks[i];
	struct str folded = header_fold(text, a);
	for (size_t i = 0; i < l->n; i++) {
		const struct pick *p = &l->picks[i];
		if (same_word(folded, p->key, a) || same_word(folded, p->en, a) ||
		    same_word(folded, p->vi, a))
			return p;
	}
	return NULL;
}

bool id_parse(struct str text, int64_t *id)
{
	return text.n && text.n <= 9 && text.p[0] >= '1' && text.p[0] <= '9' && str_int(text, id);
}

bool ref_parse(const struct schema *s, struct str text, const struct entity **e, int64_t *id)
{
	ptrdiff_t dash = str_find(text, '-');
	if (dash <= 0 || (size_t)dash + 1 == text.n)
		return false;
	struct str number = str_sub(text, (size_t)dash + 1, text.n);
	*e = schema_entity(s, str_sub(text, 0, (size_t)dash));
	return *e && number.p[0] >= '1' && number.p[0] <= '9' && str_int(number, id) &&
	       *id <= ID_MAX;
}

struct str ref_print(const struct entity *e, int64_t id, struct arena *a)
{
	return arena_printf(a, "%s-%lld", e->name, (long long)id);
}

struct str header_fold(struct str s, struct arena *a)
{
	struct str folded = utf8_fold(s, a);
	char *out = arena_alloc(a, folded.n + 1);
	size_t n = 0;
	for (size_t i = 0; i < folded.n; i++) {
		unsigned char c = (unsigned char)folded.p[i];
		if (c >= 0x80 || is_digit(c) || (c >= 'a' && c <= 'z'))
			out[n++] = (char)c;
	}
	return (struct str){ out, n };
}

bool field_is_called(const struct field *f, struct str folded, struct arena *a)
{
	if (str_eq(folded, header_fold(str_of(f->name), a)) ||
	    (f->label && str_eq(folded, header_fold(str_of(f->label), a))) ||
	    (f->label_vi && str_eq(folded, header_fold(str_of(f->label_vi), a))))
		return true;
	struct str rest = str_of(f->alias), alias;
	while (str_cut(&rest, '|', &alias))
		if (str_eq(folded, header_fold(alias, a)))
			return true;
	return false;
}

const struct field *field_by_header(const struct entity *e, struct str header, struct arena *a)
{
	const struct field *exact = entity_field(e, header);
	if (exact)
		return exact;
	struct str folded = header_fold(header, a);
	for (size_t i = 0; i < e->nfields && folded.n; i++)
		if (!(e->fields[i].flags & F_RETIRED) && field_is_called(&e->fields[i], folded, a))
			return &e->fields[i];
	return NULL;
}

/* Levenshtein's distance, one row at a time; long words are not worth a guess. */
static size_t distance(struct str a, struct str b)
{
	enum { MOST = 64 };
	size_t row[MOST + 1];
	if (a.n > MOST || b.n > MOST)
		return MOST;
	for (size_t j = 0; j <= b.n; j++)
		row[j] = j;
	for (size_t i = 1; i <= a.n; i++) {
		size_t diagonal = row[0];
		row[0] = i;
		for (size_t j = 1; j <= b.n; j++) {
			size_t change = diagonal + (a.p[i - 1] != b.p[j - 1]);
			diagonal = row[j];
			size_t least = row[j] < row[j - 1] ? row[j] + 1 : row[j - 1] + 1;
			row[j] = change < least ? change : least;
		}
	}
	return row[b.n];
}

const char *nearest(struct str text, const char *const *names, size_t n)
{
	const char *best = NULL;
	size_t least = text.n / 3 + 1;
	for (size_t i = 0; i < n; i++) {
		size_t far = distance(text, str_of(names[i]));
		if (far < least || (far == least && !best && far < text.n)) {
			least = far;
			best = names[i];
		}
	}
	return best;
}

const char *nearest_field(const struct entity *e, struct str text)
{
	struct arena a = { 0 };
	const char **names = arena_new(&a, const char *, e->nfields);
	size_t n = 0;
	for (size_t i = 0; i < e->nfields; i++)
		if (!(e->fields[i].flags & F_RETIRED))
			names[n++] = e->fields[i].name;
	const char *best = nearest(text, names, n);
	arena_free(&a);
	return best;
}
