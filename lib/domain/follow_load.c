/* The rules and sequences as they are now, and those that cannot be followed for now. */
#include "config/assignment.h"
#include "domain/follow_impl.h"

/* A sequence's `enter` is a rule that enrols. */
static struct rule enter_rule(const struct sequence *q, struct arena *a)
{
	struct deed *deed = arena_new(a, struct deed, 1);
	*deed = (struct deed){ .kind = DO_SEQUENCE, .name = q->key };
	return (struct rule){ .key = q->key,
			      .when = { .kind = WHEN_STATE,
					.text = STR("enter"),
					.entity = q->entity,
					.state = q->enter },
			      .from = INT64_MAX,
			      .deeds = deed,
			      .ndeeds = 1,
			      .sequence = q->key };
}

static void hold(struct follow *f, const char *section, struct str name, struct str what)
{
	const char *place = arena_printf(f->arena, "%s.%.*s", section, (int)name.n, name.p).p;
	f->held[f->nheld++] = (struct follow_held){ name, place, what };
}

static size_t count_wrong(const struct document_wrong *w)
{
	size_t n = 0;
	while (w[n].name.p)
		n++;
	return n;
}

static void hold_wrong(struct follow *f, const char *section, const struct document_wrong *w)
{
	for (; w->name.p; w++)
		hold(f, section, w->name, w->what);
}

/* What lacks something, told as document_wrong tells it: with its place. */
static void hold_lacking(struct follow *f, const char *section, const char *key, struct str what)
{
	what = arena_printf(f->arena, "%s.%s: %.*s", section, key, (int)what.n, what.p);
	hold(f, section, str_of(key), what);
}

/* What the deeds cannot do without and is not right; empty: nothing. */
static struct str lacks(struct follow *f, const struct deed *deeds, size_t n, struct str assignment)
{
	for (size_t i = 0; i < n; i++) {
		if (deeds[i].kind == DO_ASSIGN && assignment.n)
			return assignment;
		if (deeds[i].kind == DO_SEQUENCE && !follow_sequence(f, str_of(deeds[i].name)))
			return arena_printf(f->arena, "sequence %s is not right", deeds[i].name);
	}
	return (struct str){ 0 };
}

/* Which of a sequence's steps lacks something; empty: none. */
static struct str step_lacks(struct follow *f, const struct sequence *q, struct str assignment)
{
	struct str what = { 0 };
	for (size_t i = 0; i < q->nsteps && !what.n; i++)
		what = lacks(f, q->steps[i].deeds, q->steps[i].ndeeds, assignment);
	return what;
}

static size_t count_sequences(const struct follow *f)
{
	size_t n = 0;
	while (f->sequences[n].key)
		n++;
	return n;
}

/*
 * Takes out the sequences that cannot be followed; true: there was one, which others may need
 * that could be followed until now.
 */
static bool hold_sequences(struct follow *f, struct str assignment)
{
	size_t kept = 0, n = count_sequences(f);
	for (size_t i = 0; i < n; i++) {
		struct sequence q = f->sequences[i];
		struct str what = step_lacks(f, &q, assignment);
		if (what.n)
			hold_lacking(f, "sequences", q.key, what);
		else
			f->sequences[kept++] = q;
	}
	f->sequences[kept] = (struct sequence){ 0 };
	return kept < n;
}

static size_t count_rules(const struct rule *rules)
{
	size_t n = 0;
	while (rules[n].key)
		n++;
	return n;
}

static void add_rules(struct follow *f, const struct rule *rules, struct str assignment)
{
	for (; rules->key; rules++) {
		struct str what = lacks(f, rules->deeds, rules->ndeeds, assignment);
		if (what.n)
			hold_lacking(f, "rules", rules->key, what);
		else
			f->rules[f->nrules++] = *rules;
	}
	for (const struct sequence *q = f->sequences; q->key; q++)
		if (q->enter)
			f->rules[f->nrules++] = enter_rule(q, f->arena);
}

/* Why leads cannot be dealt out; empty: they can. */
static struct str assignment_wrong(struct follow *f)
{
	struct diag d = { 0 };
	assignment_stored(f->store, f->arena, &d);
	struct str what = d.message.n ? diag_text(&d, f->arena) : (struct str){ 0 };
	diag_free(&d);
	return what;
}

void follow_load(struct follow *f)
{
	struct arena *a = f->arena;
	struct document_wrong *rules_wrong, *sequences_wrong;
	struct rule *rules = rules_stored(f->store, a, &rules_wrong);
	struct str assignment = assignment_wrong(f);
	f->sequences = sequences_stored(f->store, a, &sequences_wrong);
	f->resolver.store = f->store;
	size_t n = count_rules(rules) + count_sequences(f);
	size_t wrong = count_wrong(rules_wrong) + count_wrong(sequences_wrong);
	f->nrules = f->nheld = 0;
	f->rules = arena_new(a, struct rule, n + 1);
	f->states = arena_new(a, struct node *, n + 1);
	f->held = arena_new(a, struct follow_held, n + wrong + 1);
	hold_wrong(f, "rules", rules_wrong);
	hold_wrong(f, "sequences", sequences_wrong);
	while (hold_sequences(f, assignment))
		;
	add_rules(f, rules, assignment);
}

void held_sql(const struct follow *f, struct sql *q, const char *column)
{
	if (!f->nheld)
		return;
	sql_add(q, " and ");
	sql_add_literal(q, column);
	sql_add(q, " not in (");
	for (size_t i = 0; i < f->nheld; i++) {
		sql_add_literal(q, i ? ", " : "");
		sql_text(q, f->held[i].name);
	}
	sql_add(q, ")");
}
