/* What users and teams are to reach. */
#include "cli/target_figures.h"

#include "core/buf.h"
#include "schema/check.h"

static const struct entity *figures(struct crm *crm)
{
	return store_entity(crm->store, "target_figure");
}

/* The figures of these users or teams; of all of them where there are none. */
static struct node *theirs(struct crm *crm, const struct query_context *q, const struct target *t,
			   size_t n)
{
	struct buf b = { 0 };
	buf_puts(&b, crm->entity->name);
	buf_puts(&b, n ? " in (" : " is not null");
	for (size_t i = 0; i < n; i++)
		buf_printf(&b, "%s%s-%lld", i ? ", " : "", t[i].entity->name, (long long)t[i].id);
	buf_puts(&b, n ? ")" : "");
	struct node *out = where_parse(buf_copy(&b, &crm->arena), q, &crm->diag);
	buf_free(&b);
	if (!out)
		refuse(crm, STATUS_ENV);
	return out;
}

int target_figures_list(struct crm *crm, int argc, char **argv)
{
	struct query_context *q = arena_new(&crm->arena, struct query_context, 1);
	struct target *named = arena_new(&crm->arena, struct target, (size_t)argc + 1);
	size_t n = 0;
	int kept = 0;
	*q = query_context(crm, figures(crm));
	for (int i = 0; i < argc; i++) {
		if (term_is(str_of(argv[i]), q)) {
			argv[kept++] = argv[i];
			continue;
		}
		named[n].entity = crm->entity;
		if (ref_resolve(&crm->resolver, crm->entity, str_of(argv[i]), &named[n].id, NULL,
				&crm->diag))
			n++;
		else
			complain(crm, &crm->diag);
	}
	if (crm->refused && !n)
		return STATUS_REFUSED;
	crm->within = theirs(crm, q, named, n);
	crm->entity = crm->printed = q->entity;
	return crud_list(crm, kept, argv);
}

/* MEASURE FIGURE PERIOD, as they are held: one figure for nobody yet. */
static struct record read_figure(struct crm *crm, char **words)
{
	struct record r = record_new(figures(crm), &crm->arena);
	struct codec c = store_codec(crm->store, &crm->arena);
	const struct field *measure = entity_field(r.entity, STR("measure"));
	struct cell cell = { CELL_TEXT, str_of(words[0]) };
	struct when when;
	if (!field_parse(measure, record_get(&r, "measure"), cell, &c, &crm->diag))
		refuse(crm, STATUS_USAGE);
	const char *name = target_in_money(text_of(&r, "measure")) ? "value" : "number";
	cell.text = str_of(words[1]);
	if (!field_parse(entity_field(r.entity, str_of(name)), record_get(&r, name), cell, &c,
			 &crm->diag))
		refuse(crm, STATUS_USAGE);
	if (!when_parse(str_of(words[2]), &crm->store->settings.calendar, &when, &crm->diag))
		refuse(crm, STATUS_USAGE);
	if (when.is_instant)
		usage(crm, "a target is for days: a month such as 2026-11, a quarter such as"
			   " 2026-Q4, a year");
	set_text(&r, "from_day", day_print(when.from, &crm->arena));
	set_text(&r, "to_day", day_print(when.to - 1, &crm->arena));
	return r;
}

/* The figure of the same user or team, measure and period; 0: it is to be made. */
static int64_t figure_there(struct crm *crm, const struct record *r, const struct target *whose)
{
	struct query_context q = query_context(crm, r->entity);
	struct str measure = text_of(r, "measure"), from = text_of(r, "from_day");
	struct str to = text_of(r, "to_day");
	struct str text =
	    arena_printf(&crm->arena, "measure = %.*s and from_day = %.*s and to_day = %.*s",
			 (int)measure.n, measure.p, (int)from.n, from.p, (int)to.n, to.p);
	struct select what = { .context = &q, .limit = 1 };
	size_t n;
	struct node *where = where_parse(text, &q, &crm->diag);
	if (!where)
		refuse(crm, STATUS_ENV);
	what.where = node_and(where, theirs(crm, &q, whose, 1), &crm->arena);
	int64_t *ids = select_ids(crm->store, &what, &n, &crm->arena);
	return n ? ids[0] : 0;
}

int target_figures_set(struct crm *crm, int argc, char **argv)
{
	struct operands o;
	struct writes w;
	size_t n;
	if (argc < 3)
		usage(crm, "what, how much and when? Write %s revenue 500000000 2026-Q4",
		      strcmp(crm->entity->name, "user") ? "hanoi" : "lan");
	struct record figure = read_figure(crm, argv + argc - 3);
	operands_parse(crm, crm->entity, argc - 3, argv, 0, &o);
	targets_read(crm, crm->entity, 0, &o);
	crm->printed = crm->again = figure.entity;
	if (writes_begin(&w, crm)) {
		struct target *t = targets(crm, crm->entity, &o, &n);
		for (size_t i = 0; i < n; i++) {
			struct record r = record_new(figure.entity, &crm->arena);
			memcpy(r.values, figure.values, r.entity->nfields * sizeof *r.values);
			r.id = figure_there(crm, &r, &t[i]);
			*record_get(&r, crm->entity->name) = value_int(t[i].id);
			if (writes_put(&w, &r, 0, &crm->arena, &crm->diag) != WROTE_NOTHING)
				continue;
			crm->diag.source = ref_print(t[i].entity, t[i].id, &crm->arena);
			complain(crm, &crm->diag);
		}
	}
	return writes_end(&w);
}

/* Those of users, or of teams: terms do not reach the others'. */
int target_figures_rm(struct crm *crm, int argc, char **argv)
{
	struct query_context *q = arena_new(&crm->arena, struct query_context, 1);
	*q = query_context(crm, figures(crm));
	if (!argc && !option(crm, "where"))
		usage(crm, "which? Name target figures or terms, or pipe them in with -");
	crm->within = theirs(crm, q, NULL, 0);
	crm->entity = q->entity;
	return crud_rm(crm, argc, argv);
}
