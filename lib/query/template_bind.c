/* Templates: what their names mean in records of one type. */
#include "query/template_impl.h"

struct binder {
	struct filler *filler;
	const struct template_words *words;
	const struct template *template;
	struct str within[TEMPLATE_DEPTH]; /* references whose sections are open */
	size_t depth;
	bool in_lines;
	void (*wrong)(void *ctx, struct diag *d);
	void *ctx;
	bool ok;
};

static bool take_path(struct reading *r, struct str text, bool section, size_t *index,
		      struct diag *d)
{
	struct path p;
	struct arena *a = r->context.arena;
	if (!path_parse(text, r->context.schema, r->context.entity, &p, a, d))
		return false;
	const struct entity *to = p.field->type == &type_ref
				      ? schema_entity(r->context.schema, str_of(p.field->ref))
				      : NULL;
	if (to && !section && strcmp(to->title, "id")) /* people want its name */
		path_parse(arena_printf(a, "%.*s.%s", (int)text.n, text.p, to->title),
			   r->context.schema, r->context.entity, &p, a, d);
	for (*index = 0; *index < r->what.npaths; ++*index)
		if (str_eq(r->paths[*index].text, p.text))
			return true;
	r->paths[r->what.npaths++] = p;
	return true;
}

/* Looked for where the sections around it are about, then in the record. */
static bool take_name(struct binder *b, struct str name, bool section, struct slot *slot,
		      struct diag *d)
{
	struct filler *m = b->filler;
	if (b->in_lines && take_path(&m->line, name, section, &slot->index, d)) {
		slot->from = SLOT_LINE;
		return true;
	}
	for (size_t i = b->depth + 1; i-- > 0;) {
		struct str within = i ? b->within[i - 1] : (struct str){ 0 };
		struct str text = within.n ? arena_printf(&m->arena, "%.*s.%.*s", (int)within.n,
							  within.p, (int)name.n, name.p)
					   : name;
		diag_clear(d);
		if (i && !within.n)
			continue;
		if (take_path(&m->record, text, section, &slot->index, d)) {
			slot->from = SLOT_FIELD;
			return true;
		}
	}
	return false;
}

static bool take_word(struct binder *b, struct str name, struct slot *slot)
{
	for (size_t i = 0; b->words && i < b->words->n; i++)
		if (str_eq(b->words->names[i], name)) {
			*slot = (struct slot){ SLOT_WORD, false, i };
			return true;
		}
	return false;
}

static bool bind_name(struct binder *b, struct str name, bool section, struct slot *slot,
		      struct diag *d)
{
	static const char raw[] = ".raw";
	size_t n = sizeof raw - 1;
	struct diag inner = { 0 };
	bool suffixed = name.n > n && !memcmp(name.p + name.n - n, raw, n);
	bool ok = take_name(b, name, section, slot, d) || take_word(b, name, slot);
	if (!ok && suffixed) {
		ok = take_name(b, str_sub(name, 0, name.n - n), true, slot, &inner);
		slot->raw = ok;
	}
	diag_free(&inner);
	return ok;
}

static void bind_node(struct binder *b, const struct template_node *node, struct slot *slot)
{
	struct diag d = { 0 };
	struct filler *m = b->filler;
	bool section = node->tag != TAG_FIELD;
	if (section && m->has_lines && str_is(node->text, "lines") && !b->in_lines)
		slot->from = SLOT_LINES;
	else if (!bind_name(b, node->text, section, slot, &d)) {
		b->ok = false;
		d.source = str_of(b->template->name);
		d.line = node->line;
		d.column = node->column;
		b->wrong(b->ctx, &d);
	}
	diag_free(&d);
}

/* What a reference's section is about, for the names in it. */
static struct str section_path(const struct binder *b, const struct slot *slot)
{
	const struct reading *r = &b->filler->record;
	if (slot->from != SLOT_FIELD || r->paths[slot->index].field->type != &type_ref)
		return (struct str){ 0 };
	return r->paths[slot->index].text;
}

static void bind_range(struct binder *b, size_t from, size_t to, struct slot *slots)
{
	for (size_t i = from; i < to; i++) {
		const struct template_node *node = &b->template->nodes[i];
		if (node->tag == TAG_TEXT)
			continue;
		bind_node(b, node, &slots[i]);
		if (node->tag == TAG_FIELD)
			continue;
		bool lines = slots[i].from == SLOT_LINES;
		if (node->tag == TAG_SECTION)
			b->within[b->depth] = section_path(b, &slots[i]);
		else
			b->within[b->depth] = (struct str){ 0 };
		b->depth++;
		b->in_lines |= lines;
		bind_range(b, i + 1, node->end, slots);
		b->in_lines &= !lines;
		b->depth--;
		i = node->end - 1;
	}
}

bool template_bind(struct filler *m, size_t n, const struct template_words *words,
		   void (*wrong)(void *ctx, struct diag *d), void *ctx)
{
	struct binder b = { .filler = m, .words = words, .wrong = wrong, .ctx = ctx, .ok = true };
	for (size_t i = 0; i < n; i++) {
		b.template = m->templates[i];
		bind_range(&b, 0, b.template->n, m->slots[i]);
	}
	return b.ok;
}
