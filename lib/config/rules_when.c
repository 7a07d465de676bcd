/* `when`: on what occasion a rule fires. */
#include "config/condition.h"
#include "config/rules.h"

/* What rules may be about; of an event and of an activity, they act on whom it is about. */
static const char *const subjects[] = {
	"lead",	 "account", "contact",	"deal",	 "ticket",
	"order", "quote",   "activity", "event", "campaign_member"
};

struct reading {
	struct config *c;
	const struct yaml *y;
	const char *path;
	struct occasion *w;
};

static bool find_entity(struct reading *g, struct str name)
{
	struct config *c = g->c;
	const char *near = nearest(name, subjects, countof(subjects));
	for (size_t i = 0; i < countof(subjects); i++)
		if (str_is(name, subjects[i]))
			g->w->entity = schema_entity(&c->store->schema, name);
	return g->w->entity || config_mistake(c, g->y, g->path, "there are no rules about %s%s%s%s",
					      quoted(name, c->arena), near ? "; did you mean " : "",
					      near ? near : "", near ? "?" : "");
}

/* One of the values that a field may become. */
static bool add_value(struct reading *g, const struct field *f, struct str text)
{
	struct config *c = g->c;
	struct codec codec = store_codec(c->store, c->arena);
	struct diag d = { 0 };
	struct value *v = &g->w->values[g->w->nvalues];
	bool ok = field_parse(f, v, (struct cell){ CELL_TEXT, str_trim(text) }, &codec, &d);
	if (ok)
		g->w->nvalues++;
	else
		ok = config_unknown(g->c, g->y, g->path, "%.*s", (int)d.message.n, d.message.p);
	diag_free(&d);
	return ok;
}

/* "won", or "won, lost". */
static bool read_values(struct reading *g, struct str text)
{
	struct str one;
	bool ok = true;
	size_t n = 1;
	for (size_t i = 0; i < text.n; i++)
		n += text.p[i] == ',';
	if (g->w->field->type == &type_ref)
		return config_mistake(g->c, g->y, g->path, "say whose it became in `if`: %s = …",
				      g->w->field->name);
	g->w->values = arena_new(g->c->arena, struct value, n);
	while (str_cut(&text, ',', &one))
		ok &= add_value(g, g->w->field, one);
	return ok;
}

/* deal.won: every pipeline's stages of that kind. */
static bool read_stage_kind(struct reading *g, struct str word)
{
	enum stage_kind kind = str_is(word, "won") ? STAGE_WON : STAGE_LOST;
	size_t n, stages = 0;
	const struct pipeline *p = schema_pipelines(&g->c->store->schema, &n);
	g->w->kind = WHEN_CHANGED;
	g->w->field = entity_field(g->w->entity, STR("stage"));
	for (size_t i = 0; i < n; i++)
		stages += p[i].n;
	g->w->values = arena_new(g->c->arena, struct value, stages);
	for (size_t i = 0; i < n; i++)
		for (size_t j = 0; j < p[i].n; j++)
			if (p[i].stages[j].kind == kind)
				g->w->values[g->w->nvalues++] =
				    value_text(str_of(p[i].stages[j].key));
	return true;
}

/* order.confirmed, activity.done, event.email_click: what it says of its status or kind. */
static bool read_word(struct reading *g, struct str word)
{
	struct config *c = g->c;
	const struct entity *e = g->w->entity;
	bool event = !strcmp(e->name, "event");
	const struct field *f = entity_field(e, event ? STR("kind") : STR("status"));
	if (!strcmp(e->name, "deal") && (str_is(word, "won") || str_is(word, "lost")))
		return read_stage_kind(g, word);
	const struct picklist *l =
	    f && f->picklist ? schema_picklist(&c->store->schema, f->picklist) : NULL;
	for (size_t i = 0; l && i < l->n; i++) {
		if (!str_is(word, l->picks[i].key))
			continue;
		g->w->kind = event ? WHEN_CREATED : WHEN_CHANGED;
		g->w->field = f;
		g->w->values = arena_new(c->arena, struct value, 1);
		return add_value(g, f, word);
	}
	const char *near = nearest_field(e, word);
	return config_unknown(g->c, g->y, g->path,
			      "%s has neither a field nor a status %s%s%s%s; say %s.created, "
			      "%s.FIELD, or %s while CONDITION",
			      e->name, quoted(word, c->arena), near ? "; did you mean " : "",
			      near ? near : "", near ? "?" : "", e->name, e->name, e->name);
}

/* Both of a ticket's clocks; they stand while it waits for the customer. */
static void read_promises(struct reading *g)
{
	struct occasion *w = g->w, *also = arena_new(g->c->arena, struct occasion, 1);
	w->kind = WHEN_DATE;
	*also = *w;
	w->field = entity_field(w->entity, STR("response_due"));
	w->guard = "first_response_at is null and status in (new, open)";
	also->field = entity_field(w->entity, STR("resolution_due"));
	also->guard = "resolved_at is null and status in (new, open)";
	w->also = also;
}

/* What stands behind a date: -30d, +1w, yearly. */
static bool read_offset(struct reading *g, struct str word)
{
	struct occasion *w = g->w;
	struct str amount = str_trim(str_sub(word, 1, word.n));
	bool sign = word.n > 1 && (word.p[0] == '-' || word.p[0] == '+');
	if (str_is(word, "yearly") && w->field && w->field->type == &type_date) {
		w->yearly = true;
		return true;
	}
	if (!sign || !delay_parse(amount, word.p[0] == '-' ? &w->before : &w->after))
		return config_mistake(g->c, g->y, g->path, "%s is no time such as -30d, -1h or +1w",
				      quoted(word, g->c->arena));
	if (w->field->type == &type_date && w->before.seconds)
		return config_mistake(g->c, g->y, g->path, "%s is a day: say how many days before",
				      w->field->name);
	if (w->also)
		w->also->before = w->before;
	return true;
}

static bool read_offsets(struct reading *g, struct str rest)
{
	struct str word;
	bool ok = true, sign = false;
	struct buf joined = { 0 };
	while (ok && str_cut(&rest, ' ', &word)) {
		if (!word.n)
			continue;
		buf_put(&joined, word);
		sign = word.n == 1 && (word.p[0] == '-' || word.p[0] == '+');
		if (!sign) {
			ok = read_offset(g, buf_copy(&joined, g->c->arena));
			joined.n = 0;
		}
	}
	buf_free(&joined);
	return ok && (!sign || config_mistake(g->c, g->y, g->path, "how long before or after?"));
}

static bool is_day_or_instant(const struct field *f)
{
	return f->type == &type_date || f->type == &type_instant;
}

static bool read_field(struct reading *g, const struct field *f, struct str rest)
{
	struct occasion *w = g->w;
	w->field = f;
	w->kind = WHEN_CHANGED;
	if (rest.n && rest.p[0] == '=')
		return read_values(g, str_sub(rest, 1, rest.n));
	if (str_is(rest, "changed") || (!is_day_or_instant(f) && !rest.n))
		return true;
	if (!is_day_or_instant(f))
		return config_mistake(g->c, g->y, g->path, "%s.%s, or with a value: %s.%s = VALUE",
				      w->entity->name, f->name, w->entity->name, f->name);
	w->kind = WHEN_DATE;
	w->yearly = f->flags & F_PARTIAL;
	return read_offsets(g, rest);
}

static bool read_dotted(struct reading *g, struct str name, struct str rest)
{
	struct occasion *w = g->w;
	const struct field *f = entity_field(w->entity, name);
	bool ticket = !strcmp(w->entity->name, "ticket");
	if (str_is(name, "created") && !rest.n) {
		w->kind = WHEN_CREATED;
		return true;
	}
	if (ticket && (str_is(name, "due") || (str_is(name, "breached") && !rest.n))) {
		read_promises(g);
		return read_offsets(g, rest);
	}
	if (f && !(f->flags & F_RETIRED) && f->type != &type_id)
		return read_field(g, f, rest);
	if (rest.n)
		return config_unknown(g->c, g->y, g->path, "%s has no field %s", w->entity->name,
				      quoted(name, g->c->arena));
	return read_word(g, name);
}

static bool read_text(struct reading *g, struct str text)
{
	static const char marks[] = "while ";
	struct config *c = g->c;
	struct str rest = text, word, entity;
	str_cut(&rest, ' ', &word);
	rest = str_trim(rest);
	if (str_starts(rest, marks)) {
		struct yaml y = *g->y;
		y.kind = YAML_SCALAR;
		y.text = str_sub(rest, sizeof marks - 1, rest.n);
		g->w->kind = WHEN_STATE;
		return find_entity(g, word) &&
		       config_condition(g->c, &y, g->path, g->w->entity, &g->w->state, NULL);
	}
	str_cut(&word, '.', &entity);
	if (!word.n)
		return config_mistake(c, g->y, g->path,
				      "%s: such as lead.created, deal.won, order.ends_on -30d, "
				      "or lead while status = new",
				      quoted(text, c->arena));
	return find_entity(g, entity) && read_dotted(g, word, rest);
}

bool rules_when(struct config *c, const struct yaml *y, const char *path, struct occasion *w)
{
	struct reading g = { c, y, path, w };
	struct str text = y->text;
	*w = (struct occasion){ 0 };
	if (y->kind == YAML_MAP && y->n == 1 && y->items[0].kind == YAML_SCALAR) {
		struct str key = y->keys[0].text, value = y->items[0].text;
		text =
		    arena_printf(c->arena, "%.*s = %.*s", (int)key.n, key.p, (int)value.n, value.p);
	} else if (y->kind != YAML_SCALAR) {
		return config_mistake(c, y, path, "%s where an occasion is due", yaml_what(y));
	}
	w->text = arena_str(c->arena, str_trim(text));
	if (!w->text.n)
		return config_mistake(c, y, path, "on what occasion? when: lead.created");
	return read_text(&g, w->text);
}
