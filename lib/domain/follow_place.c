/* How far each rule has come, and where a new one begins. */
#include "config/yaml.h"
#include "core/date.h"
#include "domain/follow_impl.h"

const char *place_name(const struct rule *r, struct arena *a)
{
	return arena_printf(a, "%s.%s", r->sequence ? "sequences" : "rules", r->key).p;
}

/* Looking for the change of the configuration that brought the rule. */
struct search {
	const struct rule *rule;
	int64_t change, at;
};

static bool has_item(const struct yaml *section, const char *key)
{
	for (size_t i = 0; section && i < section->n; i++) {
		const struct yaml *item = &section->items[i];
		const struct yaml *name = section->kind == YAML_MAP ? &section->keys[i]
					  : item->kind == YAML_MAP  ? &item->keys[0]
								    : item;
		if (str_is(name->text, key))
			return true;
	}
	return false;
}

/* The latest change before which there was no such rule. */
static bool seen(void *ctx, int64_t change, int64_t at, struct str text)
{
	struct search *s = ctx;
	struct arena a = { 0 };
	struct diag d = { 0 };
	const struct yaml *y = yaml_parse(text, "history", &a, &d);
	const struct yaml *section = y && y->kind == YAML_MAP
					 ? yaml_get(y, s->rule->sequence ? "sequences" : "rules")
					 : NULL;
	bool had = has_item(section, s->rule->key);
	if (!had) {
		s->change = change;
		s->at = at;
	}
	diag_free(&d);
	arena_free(&a);
	return had;
}

/* What was there before the rule is the past, unless it says from when on it counts. */
void place_get(struct follow *f, const struct rule *r, struct rule_place *out)
{
	bool days = r->when.kind == WHEN_DATE && r->when.field->type == &type_date;
	struct store *s = f->store;
	*out = (struct rule_place){ 0 };
	if (followed_get(s, place_name(r, f->arena), &out->followed, f->arena))
		return;
	struct search search = { r, 0, s->settings.calendar.now };
	followed_config(s, seen, &search);
	out->fresh = true;
	out->followed = (struct followed){ search.change, search.at };
	if (r->from < search.at)
		out->followed = (struct followed){ followed_before(s, r->from), r->from };
	else if (days) /* the day on which it came counts, too */
		out->followed.at -= DAY_SECONDS;
}
