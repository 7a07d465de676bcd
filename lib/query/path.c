/* Dotted paths, and the lists of them behind -f and -s. */
#include "query/parse.h"

int shown(struct str s)
{
	enum { MOST = 60 };
	if (s.n <= MOST)
		return (int)s.n;
	size_t n = MOST;
	while (n && ((unsigned char)s.p[n] & 0xc0) == 0x80)
		n--;
	return (int)n;
}

static bool no_field(struct str name, const struct entity *e, struct arena *a, struct diag *d)
{
	if (!name.n)
		return diag_set(d, NULL, "a field's name is missing");
	const struct field *known = field_by_header(e, name, a); /* another word for it */
	const char *near = known ? known->name : nearest_field(e, name);
	if (near)
		return diag_set(d, NULL, "no field '%.*s' on %s; did you mean '%s'?", shown(name),
				name.p, e->name, near);
	return diag_set(d, NULL, "no field '%.*s' on %s", shown(name), name.p, e->name);
}

/* Goes from p->field, a reference, to the record type that it names. */
static bool follow(struct path *p, const struct schema *s, struct diag *d)
{
	const struct field *f = p->field;
	const struct entity *to = f->type == &type_ref ? schema_entity(s, str_of(f->ref)) : NULL;
	if (!to)
		return diag_set(d, NULL, "'%s' on %s is no reference: nothing can follow it",
				f->name, p->entity->name);
	if (p->nsteps == countof(p->steps))
		return diag_set(d, NULL, "a path follows at most %zu references",
				countof(p->steps));
	p->steps[p->nsteps++] = f;
	p->entity = to;
	return true;
}

/* Goes on along the words of `rest`, which is the end of p->text if that has a column. */
static bool walk(struct path *p, struct str rest, const struct schema *s, struct arena *a,
		 struct diag *d)
{
	long base = d->column;
	struct str name;
	while (str_cut(&rest, '.', &name)) {
		if (base)
			d->column =
			    base +
			    text_columns((struct str){ p->text.p, (size_t)(name.p - p->text.p) });
		if (p->field && !follow(p, s, d))
			return false;
		p->field = entity_field(p->entity, name);
		if (!p->field)
			return no_field(name, p->entity, a, d);
	}
	d->column = base;
	return true;
}

bool path_parse(struct str text, const struct schema *s, const struct entity *e, struct path *out,
		struct arena *a, struct diag *d)
{
	*out = (struct path){ .text = arena_str(a, text), .entity = e };
	return walk(out, out->text, s, a, d);
}

/* The path that the word stands for, which is the schema's own. */
static bool begin_alias(struct path *p, const struct alias *known, const struct query_context *q,
			struct diag *d)
{
	long base = d->column;
	if (!known->path)
		return diag_set(d, NULL, "there is no '%s' on %s", known->name, q->entity->name);
	d->column = 0;
	bool ok = walk(p, str_of(known->path), q->schema, q->arena, d);
	d->column = base;
	return ok;
}

bool path_resolve(struct str text, const struct query_context *q, struct path *out, struct diag *d)
{
	*out = (struct path){ .text = arena_str(q->arena, text), .entity = q->entity };
	struct str rest = out->text, first;
	str_cut(&rest, '.', &first);
	for (const struct alias *known = q->aliases; known && known->name; known++)
		if (str_is(first, known->name))
			return begin_alias(out, known, q, d) &&
			       (!rest.p || walk(out, rest, q->schema, q->arena, d));
	return walk(out, out->text, q->schema, q->arena, d);
}

static bool same_path(const struct path *a, const struct path *b)
{
	return a->field == b->field && a->nsteps == b->nsteps &&
	       memcmp(a->steps, b->steps, a->nsteps * sizeof *a->steps) == 0;
}

/* Paths without doubles: a JSON object names a key once. */
struct path_list {
	struct path *at;
	size_t n;
};

static void path_add(struct path_list *l, const struct path *p)
{
	for (size_t i = 0; i < l->n; i++)
		if (same_path(&l->at[i], p))
			return;
	l->at[l->n++] = *p;
}

static void path_add_all(struct path_list *l, const struct entity *e)
{
	for (const struct field *f = e->fields; f < e->fields + e->nfields; f++)
		if (!(f->flags & F_HIDDEN))
			path_add(
			    l, &(struct path){ .text = str_of(f->name), .entity = e, .field = f });
}

/* How many names the list has at most. False with diag where they are too many. */
static bool count_names(struct str text, size_t *n, struct diag *d)
{
	*n = 1;
	for (size_t i = 0; i < text.n; i++)
		*n += text.p[i] == ',';
	if (*n > NAMES_MAX)
		return diag_set(d, NULL, "a list of more than %d fields", NAMES_MAX);
	return text_check(text, d);
}

bool fields_parse(struct str text, const struct query_context *q, const struct path *base,
		  size_t nbase, struct path **paths, size_t *n, struct diag *d)
{
	size_t names;
	if (!count_names(text, &names, d))
		return false;
	struct path_list list = {
		.at = arena_new(q->arena, struct path, nbase + names + q->entity->nfields),
	};
	if (str_starts(text, "+")) {
		text = str_sub(text, 1, text.n);
		for (size_t i = 0; i < nbase; i++)
			path_add(&list, &base[i]);
	}
	struct str rest = text.p ? text : STR(""), name;
	while (str_cut(&rest, ',', &name)) {
		struct path p;
		name = str_trim(name);
		if (str_is(name, "*")) {
			path_add_all(&list, q->entity);
			continue;
		}
		if (!path_parse(name, q->schema, q->entity, &p, q->arena, d))
			return false;
		path_add(&list, &p);
	}
	*paths = list.at;
	*n = list.n;
	return true;
}

static bool has_key(const struct sort_key *keys, size_t n, const struct path *p)
{
	for (size_t i = 0; i < n; i++)
		if (same_path(&keys[i].path, p))
			return true;
	return false;
}

bool sort_parse(struct str text, const struct query_context *q, struct sort_key **keys, size_t *n,
		struct diag *d)
{
	size_t names;
	if (!count_names(text, &names, d))
		return false;
	struct sort_key *list = arena_new(q->arena, struct sort_key, names);
	size_t used = 0;
	struct str rest = text.p ? text : STR(""), name;
	while (str_cut(&rest, ',', &name)) {
		struct sort_key k = { 0 };
		name = str_trim(name);
		k.descending = str_starts(name, "-");
		if (k.descending || str_starts(name, "+"))
			name = str_sub(name, 1, name.n);
		if (!path_parse(name, q->schema, q->entity, &k.path, q->arena, d))
			return false;
		if (!has_key(list, used, &k.path)) /* a second time it sorts nothing */
			list[used++] = k;
	}
	*keys = list;
	*n = used;
	return true;
}
