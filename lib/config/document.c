/* Sections kept as their own text. */
#include "config/document.h"

#include "config/yaml_put.h"
#include "store/configure.h"

static const char *text_of(const struct yaml *y, const char *name, struct arena *a)
{
	struct buf b = { 0 };
	yaml_put_section(&b, name, y);
	const char *text = buf_copy(&b, a).p;
	buf_free(&b);
	return text;
}

static const struct yaml *stored(const struct config_section *section, struct store *s,
				 struct arena *a)
{
	struct diag d = { 0 };
	const char *text = store_setting(s, section->name, a);
	const struct yaml *root = text ? yaml_parse(str_of(text), section->name, a, &d) : NULL;
	if (text && !root)
		die(STATUS_ENV, "what is configured as %s is damaged: %.*s", section->name,
		    (int)d.message.n, d.message.p);
	diag_free(&d);
	return root ? yaml_get(root, section->name) : NULL;
}

void document_show(const struct config_section *section, struct store *s, struct emit *e,
		   struct arena *a)
{
	const struct yaml *y = stored(section, s, a);
	buf_puts(&e->text, text_of(y ? y : &(struct yaml){ .kind = YAML_LIST }, section->name, a));
}

/* The i-th item's name. */
static struct str name_at(const struct yaml *y, size_t i)
{
	const struct yaml *item = y->kind == YAML_MAP ? &y->keys[i] : &y->items[i];
	if (item->kind == YAML_MAP && item->n)
		item = &item->keys[0];
	return item->text;
}

static const struct yaml *item_named(const struct yaml *y, struct str name)
{
	for (size_t i = 0; y && i < y->n; i++)
		if (str_eq(name_at(y, i), name))
			return &y->items[i];
	return NULL;
}

static bool same(const struct yaml *x, const struct yaml *y)
{
	struct buf a = { 0 }, b = { 0 };
	yaml_put_flow(&a, x);
	yaml_put_flow(&b, y);
	bool equal = str_eq(buf_str(&a), buf_str(&b));
	buf_free(&a);
	buf_free(&b);
	return equal;
}

static void differ(struct config *c, const char *name, const struct yaml *was,
		   const struct yaml *now)
{
	size_t before = c->differences;
	for (size_t i = 0; i < now->n; i++) {
		struct str key = name_at(now, i);
		const struct yaml *old = item_named(was, key);
		if (!old)
			config_difference(c, "+ %s: %.*s", name, (int)key.n, key.p);
		else if (!same(old, &now->items[i]))
			config_difference(c, "~ %s %.*s", name, (int)key.n, key.p);
	}
	for (size_t i = 0; was && i < was->n; i++) {
		struct str key = name_at(was, i);
		if (!item_named(now, key))
			config_difference(c, "- %s: %.*s", name, (int)key.n, key.p);
	}
	if (c->differences == before)
		config_difference(c, "~ %s: order", name);
}

static bool write_text(struct config *c, void *what, struct diag *d)
{
	struct arena *a = c->arena;
	struct str rest = str_of(what), name;
	(void)d;
	str_cut(&rest, ':', &name);
	store_set(c->store, arena_str(a, name).p, what);
	return true;
}

/* What is to be read again. */
struct again {
	const struct config_section *section;
	const struct yaml *y;
};

static bool read_again(struct config *c, void *what, struct diag *d)
{
	const struct again *again = what;
	struct config last = *c;
	(void)d;
	last.root = &(struct yaml){ .kind = YAML_MAP };
	last.section = again->section;
	bool ok = again->section->read(&last, again->y) != NULL;
	c->mistakes = last.mistakes;
	return ok;
}

static void again_at_the_end(struct config *c, const struct yaml *y)
{
	struct again *again = arena_new(c->arena, struct again, 1);
	*again = (struct again){ c->section, y };
	config_do_later(c, y, c->section->name, read_again, again);
}

void document_plan(struct config *c, const struct yaml *y)
{
	const struct config_section *section = c->section;
	const struct yaml *was = stored(section, c->store, c->arena);
	if (y->kind == YAML_SCALAR) {
		config_mistake(c, y, section->name, "%s where a list or map is due", yaml_what(y));
		return;
	}
	c->deferred = false;
	if (y->n && !section->read(c, y))
		return;
	if (c->deferred)
		again_at_the_end(c, y);
	const char *text = text_of(y, section->name, c->arena);
	const struct yaml *none = &(struct yaml){ .kind = YAML_LIST };
	if (!strcmp(text, text_of(was ? was : none, section->name, c->arena)))
		return;
	differ(c, section->name, was, y);
	size_t size = strlen(text) + 1;
	config_do(c, y, section->name, write_text, memcpy(arena_alloc(c->arena, size), text, size));
}

/* The first of them is told. */
static void keep_mistake(void *ctx, struct diag *d)
{
	struct diag *first = ctx;
	if (!first->message.n)
		diag_set(first, d->field, "%.*s", (int)d->message.n, d->message.p);
}

/* What the reader makes of y; NULL with the first mistake. */
static void *read_section(const struct config_section *section, const struct yaml *y,
			  struct store *s, struct arena *a, struct diag *d)
{
	struct yaml root = { .kind = YAML_MAP };
	struct diag own = { 0 };
	const struct config_report report = { .mistake = keep_mistake, .ctx = d };
	struct config c = { .store = s, .arena = a, .root = &root, .section = section };
	c.report = &report;
	c.diag = &own;
	c.last = &c.steps;
	c.latest = &c.later;
	void *made = y && y->n ? section->read(&c, y) : NULL;
	diag_free(&own);
	return made;
}

void *document_stored(const struct config_section *section, struct store *s, struct arena *a,
		      struct diag *d)
{
	return read_section(section, stored(section, s, a), s, a, d);
}

/* The items that can be read by themselves; the others into `wrong`. */
static struct yaml right_items(const struct config_section *section, const struct yaml *y,
			       struct store *s, struct arena *a, struct document_wrong *wrong)
{
	struct yaml right = *y;
	right.items = arena_new(a, struct yaml, y->n);
	right.n = 0;
	for (size_t i = 0; i < y->n; i++) {
		struct yaml one = *y;
		struct diag d = { 0 };
		one.n = 1;
		one.items = &y->items[i];
		if (read_section(section, &one, s, a, &d))
			right.items[right.n++] = y->items[i];
		else
			*wrong++ = (struct document_wrong){ name_at(y, i), diag_text(&d, a) };
		diag_free(&d);
	}
	return right;
}

void *document_usable(const struct config_section *section, struct store *s, struct arena *a,
		      struct document_wrong **wrong)
{
	const struct yaml *y = stored(section, s, a);
	struct diag d = { 0 };
	*wrong = arena_new(a, struct document_wrong, (y ? y->n : 0) + 1);
	void *made = read_section(section, y, s, a, &d);
	if (y && y->n && !made) {
		struct yaml right = right_items(section, y, s, a, *wrong);
		made = read_section(section, &right, s, a, &d);
	}
	diag_free(&d);
	return made;
}

void documents_warn(struct config *c)
{
	for (size_t i = 0; i < nconfig_sections; i++) {
		struct diag d = { 0 };
		if (config_sections[i]->read)
			document_stored(config_sections[i], c->store, c->arena, &d);
		if (d.message.n)
			diag_warn(&(struct diag){ 0 }, d.field, "%.*s; change it there, too",
				  (int)d.message.n, d.message.p);
		diag_free(&d);
	}
}
