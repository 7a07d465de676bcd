/* The scoring that is in force, and the one that ships. */
#include "config/scoring.h"

#include "config/document.h"
#include "config/scoring_impl.h"
#include "config/sections.h"
#include "config/yaml_put.h"
#include "store/configure.h"

/* What is no matter of taste: who says more of themselves, comes back or talks with us is nearer.
 */
static const char scoring_shipped[] =
    "grades: {hot: 70, warm: 40, cold: 0}\n"
    "rules:\n"
    "  - referred: {if: 'source in (referral, partner, existing_customer)', points: 15}\n"
    "  - reachable: {if: 'email is not null and (phone is not null or mobile is not null)',"
    " points: 10}\n"
    "  - company_known: {if: 'company is not null', points: 5}\n"
    "  - need_known: {if: 'need is not null or interest is not null', points: 10}\n"
    "  - budget_known: {if: 'budget is not null', points: 10}\n"
    "  - nurtured: {if: 'status = nurturing', points: 5}\n"
    "  - qualified: {if: 'status = qualified', points: 20}\n"
    "  - interested: {of: activity, if: 'outcome in (interested, meeting_set)', points: 20,"
    " cap: 40, half_life: 30d}\n"
    "  - spoken: {of: activity, if: 'outcome in (connected, callback)', points: 5, cap: 15,"
    " half_life: 30d}\n"
    "  - wrote: {of: activity, if: 'direction = \"in\"', points: 10, cap: 20, half_life: 30d}\n"
    "  - declined: {of: activity, if: 'outcome = not_interested', points: -20, cap: -40,"
    " half_life: 90d}\n"
    "  - wrong_number: {of: activity, if: 'outcome = wrong_number', points: -10, cap: -20}\n"
    "  - form: {of: event, if: 'kind in (form, interest, chat)', points: 15, cap: 30,"
    " half_life: 30d}\n"
    "  - clicked: {of: event, if: 'kind = email_click', points: 5, cap: 15, half_life: 14d}\n"
    "  - opened: {of: event, if: 'kind = email_open', points: 2, cap: 10, half_life: 14d}\n"
    "  - visited: {of: event, if: 'kind in (page_view, visit)', points: 1, cap: 10,"
    " half_life: 14d}\n"
    "  - left: {of: event, if: 'kind in (unsubscribe, bounce)', points: -15, cap: -30}\n"
    "lead: {fields: [source, industry, region, kind], filled: [email, phone], weight: 50,"
    " after: 50}\n"
    "deal: {fields: [source, type, account.industry]}\n"
    "tiers:\n"
    "  - vip: {top: 5}\n"
    "  - gold: {top: 20}\n"
    "  - silver: {segments: [champions, loyal, potential_loyalist]}\n"
    "  - normal: {}\n";

static const struct yaml *shipped(struct arena *a)
{
	struct diag d = { 0 };
	const struct yaml *y = yaml_parse(str_of(scoring_shipped), "shipped", a, &d);
	if (!y)
		die(STATUS_ENV, "the shipped scoring: %.*s", (int)d.message.n, d.message.p);
	diag_free(&d);
	return y;
}

static void ignore(void *ctx, struct diag *d)
{
	(void)ctx;
	(void)d;
}

/* What names a value that this database lacks is left out, without a word. */
void score_complete(struct config *c, const struct yaml *y, struct scoring *s)
{
	const struct yaml root = { .kind = YAML_MAP };
	const struct config_report report = { .mistake = ignore };
	struct config own = { .store = c->store, .arena = c->arena, .root = &root };
	struct diag d = { 0 };
	own.report = &report;
	own.diag = &d;
	own.last = &own.steps;
	own.latest = &own.later;
	score_read_parts(&own, shipped(c->arena), y, s);
	diag_free(&d);
}

struct scoring *scoring_get(struct store *s, struct arena *a, struct diag *d)
{
	const struct yaml none = { .kind = YAML_MAP };
	struct config c = { .store = s, .arena = a };
	struct scoring *made = document_stored(&section_scoring, s, a, d);
	if (made || d->message.n)
		return made;
	made = arena_new(a, struct scoring, 1);
	score_complete(&c, &none, made);
	return made;
}

/* The pairs of x and, behind them, those of y that x has not. */
static struct yaml joined(const struct yaml *x, const struct yaml *y, struct arena *a)
{
	struct yaml all = { .kind = YAML_MAP };
	all.keys = arena_new(a, struct yaml, x->n + y->n);
	all.items = arena_new(a, struct yaml, x->n + y->n);
	for (size_t k = 0; k < 2; k++) {
		const struct yaml *of = k ? y : x;
		for (size_t i = 0; i < of->n; i++) {
			if (k && yaml_get(x, arena_str(a, of->keys[i].text).p))
				continue;
			all.keys[all.n] = of->keys[i];
			all.items[all.n++] = of->items[i];
		}
	}
	return all;
}

struct str scoring_text(struct store *s, struct arena *a)
{
	struct diag d = { 0 };
	struct buf b = { 0 };
	const struct yaml none = { .kind = YAML_MAP };
	const char *text = store_setting(s, section_scoring.name, a);
	const struct yaml *root = text ? yaml_parse(str_of(text), "scoring", a, &d) : NULL;
	const struct yaml *own = root ? yaml_get(root, section_scoring.name) : NULL;
	struct yaml all = joined(own && own->keys ? own : &none, shipped(a), a);
	yaml_put_section(&b, section_scoring.name, &all);
	struct str out = buf_copy(&b, a);
	buf_free(&b);
	diag_free(&d);
	return out;
}
