/* crm-convert: leads become accounts, contacts and deals. */
#include <stdio.h>

#include "cli/writes.h"
#include "core/buf.h"
#include "domain/convert.h"

static const struct option_def options[] = {
	{ "account", 0, OPTION_TEXT, "HOW", "new, match (default), none, or the account to use",
	  "new match none" },
	{ "contact", 0, OPTION_TEXT, "HOW", "new, match (default), none, or the contact to use",
	  "new match none" },
	{ "deal", 0, OPTION_TEXT, "HOW", "new (default), none, or the deal to use", "new none" },
	{ "overwrite", 0, OPTION_TEXT, "FIELDS", "what wins over a record's own values", NULL },
	{ "name", 0, OPTION_TEXT, "TEXT", "name of the new deal (else account, interest)", NULL },
	{ "pipeline", 0, OPTION_TEXT, "KEY", "pipeline of the new deal", NULL },
	{ "stage", 0, OPTION_TEXT, "KEY", "stage of the new deal (else the first)", NULL },
	{ "amount", 0, OPTION_TEXT, "MONEY", "what it is worth (else the lead's budget)", NULL },
	{ "expected-close", 0, OPTION_TEXT, "DAY", "its day (else the quarter's end)", NULL },
	{ 0 },
};

/* Options that say something of the new deal: its fields, as a header may write them. */
static const char *const deal_options[] = { "name", "pipeline", "stage", "amount",
					    "expected-close" };

static void read_choice(struct crm *crm, struct converter *c, enum part p)
{
	static const char *const words[] = { "match", "new", "none" };
	const char *text = option(crm, part_names[p]);
	size_t how = 0;
	if (!text)
		return;
	while (how < countof(words) && strcmp(text, words[how]))
		how++;
	c->want[p].how = (enum convert_how)how;
	if (p == PART_DEAL && how == HOW_MATCH)
		usage(crm, "--deal: new, none, or a deal; deals are not matched");
	const struct entity *e = store_entity(crm->store, part_names[p]);
	if (how < HOW_REF ||
	    ref_resolve(&crm->resolver, e, str_of(text), &c->want[p].id, NULL, &crm->diag))
		return;
	diag_set(&crm->diag, arena_printf(&crm->arena, "--%s", part_names[p]).p, "%s",
		 arena_str(&crm->arena, crm->diag.message).p);
	refuse(crm, STATUS_REFUSED);
}

static void read_deal(struct crm *crm, struct converter *c)
{
	struct codec codec = store_codec(crm->store, &crm->arena);
	codec.currency = ""; /* of each lead: not known yet */
	for (size_t i = 0; i < countof(deal_options); i++) {
		const char *text = option(crm, deal_options[i]);
		const struct field *f =
		    field_by_header(c->deal.entity, str_of(deal_options[i]), &crm->arena);
		struct cell cell = { CELL_TEXT, str_of(text) };
		if (!text)
			continue;
		if (c->want[PART_DEAL].how != HOW_NEW)
			usage(crm, "--%s is for new deals", deal_options[i]);
		if (!field_parse(f, record_get(&c->deal, f->name), cell, &codec, &crm->diag))
			refuse(crm, STATUS_REFUSED);
	}
}

static void read_options(struct crm *crm, struct converter *c)
{
	const char *overwrite = option(crm, "overwrite"), *output = option(crm, "output");
	for (enum part p = 0; p < PARTS; p++)
		read_choice(crm, c, p);
	if (c->want[PART_ACCOUNT].how == HOW_NONE && c->want[PART_CONTACT].how == HOW_NONE)
		usage(crm, "neither account nor contact: nothing would become of the leads");
	read_deal(crm, c);
	if (overwrite && !converter_overwrite(c, str_of(overwrite), &crm->diag))
		refuse(crm, STATUS_USAGE);
	if (option_on(crm, "dry-run") && output && strcmp(output, "jsonl"))
		usage(crm, "the plan of -n is printed as jsonl");
}

/* What was not taken over, and who might be the same. */
static void report(const struct converter *c, const struct conversion *v, struct diag *d,
		   struct arena *a)
{
	struct str source = d->source;
	for (enum part p = 0; p < PARTS; p++) {
		const struct converted *part = &v->parts[p];
		const struct entity *e = part->record.entity;
		struct str ref =
		    part->record.id ? ref_print(e, part->record.id, a) : str_of(e->name);
		d->source = arena_printf(a, "%.*s: %s", (int)source.n, source.p, ref.p);
		for (size_t i = 0; i < part->ndifferences; i++) {
			const struct difference *x = &part->differences[i];
			diag_set(d, x->field->name, "%s stays; the lead says %s",
				 quoted(convert_cell(c, x->field, &x->has, a).text, a),
				 quoted(convert_cell(c, x->field, &x->lead, a).text, a));
			diag_report(d);
		}
		for (size_t i = 0; i < part->nsuggest; i++)
			diag_warn(d, NULL, "it may be %s; --%s REF would link to it",
				  dedupe_candidate_print(&part->suggest[i], a).p, e->name);
		if (part->alike.n)
			diag_warn(d, NULL, "the same name have:%s; --%s REF would link to one",
				  match_refs(&part->alike, e, a).p, e->name);
		if (part->shared.n && part->action != ACTION_LINK)
			diag_warn(d, NULL, "the same phone have:%s; --%s REF would link to one",
				  match_refs(&part->shared, e, a).p, e->name);
	}
	diag_clear(d);
}

static void convert_one(struct writes *w, struct converter *c, int64_t id, struct buf *plan,
			struct arena *a, struct diag *d)
{
	struct crm *crm = w->crm;
	struct conversion v;
	d->source = ref_print(crm->entity, id, a);
	if (!convert_lead(c, id, &v, a, d) ||
	    writes_put(w, &v.after, PUT_TRUSTED, a, d) == WROTE_NOTHING) {
		buf_printf(plan, "{\"lead\":\"lead-%lld\",\"error\":", (long long)id);
		json_put_string(plan, d->message);
		buf_puts(plan, "}\n");
		complain(crm, d);
		return;
	}
	report(c, &v, d, a);
	buf_put(plan, conversion_json(c, &v, a));
	buf_putc(plan, '\n');
}

/* What comes out of leads that were converted: their deals. */
static void leads_to_deals(struct writes *w)
{
	struct crm *crm = w->crm;
	const struct entity *deal = store_entity(crm->store, "deal");
	struct arena a = { 0 };
	size_t kept = 0;
	for (size_t i = 0; i < w->n; i++) {
		struct record lead;
		if (store_get(crm->store, crm->entity, w->items[i].id, &lead, &a) &&
		    record_at(&lead, "deal")->kind == V_INT)
			w->items[kept++] = (struct target){ deal, record_at(&lead, "deal")->i };
		arena_reset(&a);
	}
	w->n = kept;
	arena_free(&a);
}

/* Prints the deals (the leads, where there are none); with -n a plan a lead, refused ones too. */
static int run(struct crm *crm, int argc, char **argv)
{
	struct converter c;
	struct operands o;
	struct writes w;
	struct buf plan = { 0 };
	struct arena a = { 0 };
	struct diag d = { 0 };
	size_t n;
	bool dry = option_on(crm, "dry-run");
	operands_parse(crm, crm->entity, argc, argv, 0, &o);
	converter_open(&c, crm->store, &crm->arena);
	read_options(crm, &c);
	targets_read(crm, crm->entity, 0, &o);
	if (c.want[PART_DEAL].how != HOW_NONE)
		crm->printed = c.deal.entity;
	if (writes_begin(&w, crm)) {
		struct target *t = targets(crm, crm->entity, &o, &n);
		for (size_t i = 0; i < n; i++) {
			convert_one(&w, &c, t[i].id, &plan, &a, &d);
			if (!dry)
				plan.n = 0;
			arena_reset(&a);
		}
	}
	if (dry)
		w.n = 0; /* the plan says more than the records would */
	if (c.want[PART_DEAL].how != HOW_NONE)
		leads_to_deals(&w);
	int status = writes_end(&w);
	if (dry && !option_on(crm, "quiet"))
		fwrite(plan.p, 1, plan.n, stdout);
	buf_free(&plan);
	arena_free(&a);
	diag_free(&d);
	return status;
}

static const struct verb verbs[] = {
	{ "", "[REF…] [TERM…] [-]", "make accounts, contacts and deals of leads",
	  NEED_WRITE | TAKES_WHERE | TAKES_LIST | TAKES_INPUT | TAKES_FIELDS, options, run },
	{ 0 },
};

static const struct command command = { "convert", "leads become accounts, contacts and deals",
					verbs, "lead", NULL };

int main(int argc, char **argv)
{
	return crm_main(&command, argc, argv);
}
