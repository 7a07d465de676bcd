/* What a custom field may be called, be, and begin with. */
#include "core/buf.h"
#include "core/utf8.h"
#include "store/custom_impl.h"

/* clang-format off */
/* Words of terms and where expressions, columns of files, and what code looks for by name. */
static const char *const reserved[] = {
	"and", "or", "not", "in", "is", "null", "has", "re", "gt", "ge", "lt", "le", "text", "tag",
	"me", "any", "none", "line", "record", "reject_line", "reject_reason", "reject_raw",
	"search", "currency", "owner", "contact_attempts",
};
/* clang-format on */

/* Record types that only the program itself writes. */
static const char *const closed[] = { "stage_change" };

static bool is_among(const char *word, const char *const *words, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (!strcmp(word, words[i]))
			return true;
	return false;
}

/*
 * Names that the field brings along: its companion key, and the columns beside it in
 * the views.  Whether one of them is `name`.
 */
static bool brings(const struct field *f, const char *name)
{
	static const struct {
		const char *suffix;
		const struct type *type; /* NULL: of fields with F_MATCH */
	} columns[] = { { "_key", NULL }, { "_label", &type_pick }, { "_name", &type_ref } };
	size_t n = strlen(f->name);
	if (strncmp(name, f->name, n) != 0)
		return false;
	for (size_t i = 0; i < countof(columns); i++)
		if (!strcmp(name + n, columns[i].suffix) &&
		    (columns[i].type ? f->type == columns[i].type : (f->flags & F_MATCH) != 0))
			return true;
	return false;
}

/* Any text can be matched some day: its key's name is kept free. */
static struct field shape_of(const struct custom_field *c)
{
	const struct custom_type *t = custom_type(c->type);
	return (struct field){ .name = c->name, .type = t->type, .flags = t->flags | t->indexed };
}

static bool check_name(const struct entity *e, const struct custom_field *c, struct diag *d)
{
	struct field own = shape_of(c);
	if (!custom_name_ok(c->name))
		return diag_set(d, "name",
				"%s is no name: small letters, digits and _, a letter first, at "
				"most %d of them",
				quoted(str_of(c->name), &d->arena), CUSTOM_NAME_MAX);
	if (is_among(c->name, reserved, countof(reserved)))
		return diag_set(d, "name", "\"%s\" has a meaning of its own", c->name);
	if (entity_field(e, str_of(c->name)))
		return diag_set(d, "name", "%s has a field \"%s\" already", e->name, c->name);
	for (size_t i = 0; i < e->nfields; i++)
		if (brings(&e->fields[i], c->name) || brings(&own, e->fields[i].name))
			return diag_set(d, "name", "\"%s\" is too near to the field \"%s\"",
					c->name, e->fields[i].name);
	if (e->nfields == FIELDS_MAX)
		return diag_set(d, "name", "%s has %d fields, and no record type has more", e->name,
				FIELDS_MAX);
	return true;
}

/* No header of a file may mean two fields. */
static bool check_header(const struct entity *e, const struct custom_field *c, const char *header,
			 const char *member, struct arena *a, struct diag *d)
{
	struct str folded = header_fold(str_of(header), a);
	for (size_t i = 0; folded.n && i < e->nfields; i++) {
		const struct field *f = &e->fields[i];
		if (strcmp(f->name, c->name) && !(f->flags & F_RETIRED) &&
		    field_is_called(f, folded, a))
			return diag_set(d, member, "%s already means the field \"%s\"",
					quoted(str_of(header), &d->arena), f->name);
	}
	return true;
}

/* Headings and help are printed as they stand: no escapes, no lines. */
static bool check_words(const char *text, const char *member, struct diag *d)
{
	enum { MOST = 200 };
	struct str s = str_of(text);
	bool good = utf8_valid(s) && s.n <= MOST;
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i], next = i ? (unsigned char)s.p[i - 1] : 0;
		good = good && c >= ' ' && c != 0x7f && !(next == 0xc2 && c < 0xa0);
	}
	return good || diag_set(d, member, "%s is not one line of UTF-8 text of at most %d bytes",
				quoted(s, &d->arena), MOST);
}

static bool check_headings(const struct entity *e, const struct custom_field *c, struct diag *d)
{
	const struct {
		const char *text, *member;
		bool header;
	} all[] = { { c->name, "name", true },
		    { c->en, "en", true },
		    { c->vi, "vi", true },
		    { c->help, "help", false } };
	struct arena a = { 0 };
	bool ok = true;
	for (size_t i = 0; ok && i < countof(all); i++)
		ok = !all[i].text || (check_words(all[i].text, all[i].member, d) &&
				      (!all[i].header || c->retired ||
				       check_header(e, c, all[i].text, all[i].member, &a, d)));
	arena_free(&a);
	return ok;
}

static bool check_type(const struct custom_field *c, struct diag *d)
{
	const char *names[32];
	struct buf all = { 0 };
	for (size_t i = 0; i < ncustom_types; i++) {
		names[i] = custom_types[i].name;
		buf_printf(&all, " %s", names[i]);
	}
	const char *near = nearest(str_of(c->type), names, ncustom_types);
	bool ok = custom_type(c->type) != NULL;
	if (!ok && near)
		diag_set(d, "type", "there is no type %s; did you mean %s?",
			 quoted(str_of(c->type), &d->arena), near);
	else if (!ok)
		diag_set(d, "type", "%s is none of:%.*s", quoted(str_of(c->type), &d->arena),
			 (int)all.n, all.p);
	buf_free(&all);
	return ok;
}

static bool check_list(const struct store *s, const char *name, struct diag *d)
{
	size_t n = strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789_.");
	if (!name[n] && s->schema.source->picklist(s->schema.source->ctx, name))
		return true;
	return diag_set(d, "picklist", "there is no picklist %s", quoted(str_of(name), &d->arena));
}

/* What only some types have. */
static bool check_extras(const struct store *s, const struct custom_field *c, struct diag *d)
{
	const struct custom_type *t = custom_type(c->type);
	if (c->picklist && t->type != &type_pick)
		return diag_set(d, "picklist", "a field of type %s has none", t->name);
	if (c->ref && t->type != &type_ref)
		return diag_set(d, "ref", "a field of type %s refers to nothing", t->name);
	if (t->type == &type_ref && !c->ref)
		return diag_set(d, "ref", "to which record type does it refer?");
	if (c->ref && !schema_entity(&s->schema, str_of(c->ref)))
		return diag_set(d, "ref", "there is no record type %s",
				quoted(str_of(c->ref), &d->arena));
	if (c->indexed && !(t->indexed | (t->flags & (F_MATCH | F_INDEX))))
		return diag_set(d, "index", "a field of type %s has no index", t->name);
	return !c->picklist || check_list(s, c->picklist, d);
}

/* It has to be good for every record, whatever that one's currency. */
static bool check_default(struct store *s, const struct custom_field *c, struct diag *d)
{
	const struct custom_type *t = custom_type(c->type);
	struct arena a = { 0 };
	struct codec codec = store_codec(s, &a);
	struct field f = { .name = c->name,
			   .type = t->type,
			   .flags = t->flags,
			   .picklist = c->picklist,
			   .ref = c->ref };
	struct value v = { 0 };
	bool ok = true;
	if (c->def && t->type == &type_ref)
		ok = diag_set(d, "default", "a reference has none");
	else if (c->def &&
		 !field_parse(&f, &v, (struct cell){ CELL_TEXT, str_of(c->def) }, &codec, d))
		ok = diag_set(d, "default", "%s", arena_str(&d->arena, d->message).p);
	else if (c->def && v.kind == V_NULL)
		ok = diag_set(d, "default", "it is empty");
	else if (t->type == &type_money && v.s.n)
		ok = diag_set(d, "default", "it names a currency; a record may have another");
	arena_free(&a);
	return ok;
}

/* What it was made as it stays. */
static bool check_same(const struct custom_field *c, const struct custom_field *was, struct diag *d)
{
	const struct {
		const char *member, *now, *before;
	} all[] = { { "type", c->type, was->type },
		    { "picklist", c->picklist, was->picklist },
		    { "ref", c->ref, was->ref } };
	for (size_t i = 0; i < countof(all); i++)
		if (!str_eq(str_of(all[i].now), str_of(all[i].before)))
			return diag_set(d, all[i].member,
					"it is \"%s\" and stays so; retire the field and make "
					"another",
					all[i].before);
	return true;
}

bool custom_check(struct store *s, const struct entity *e, const struct custom_field *c,
		  const struct custom_field *was, struct diag *d)
{
	if (is_among(e->name, closed, countof(closed)))
		return diag_set(d, NULL, "%s records are the program's own: no field can be added",
				e->name);
	if (!check_type(c, d) || (was ? !check_same(c, was, d) : !check_name(e, c, d)))
		return false;
	return check_extras(s, c, d) && check_headings(e, c, d) && check_default(s, c, d);
}
