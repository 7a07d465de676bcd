/* What is typed in a hurry: an outcome, and whom a call was with. */
#include "core/buf.h"
#include "core/utf8.h"
#include "domain/call.h"
#include "domain/portrait.h"
#include "schema/check.h"

static const char *const further[][2] = { { "cb", "callback" }, { "vm", "voicemail" } };

/* "no_answer" is "na". */
static bool is_initials(struct str word, const char *key)
{
	size_t n = 0;
	bool first = true, several = false;
	for (const char *p = key; *p; first = *p == '_', p++) {
		several |= *p == '_';
		if (first && *p != '_' && (n == word.n || word.p[n++] != *p))
			return false;
	}
	return several && n == word.n;
}

static bool is_short(struct str word, const char *key)
{
	for (size_t i = 0; i < countof(further); i++)
		if (str_is(word, further[i][0]) && !strcmp(key, further[i][1]))
			return true;
	return is_initials(word, key);
}

static bool begins(struct str word, const char *key)
{
	return word.n <= strlen(key) && !memcmp(word.p, key, word.n);
}

const struct pick *call_outcome(const struct store *s, struct str word, struct arena *a,
				struct diag *d)
{
	const struct picklist *l = schema_picklist(&s->schema, "activity.outcome");
	const struct pick *exact = picklist_find(l, word, a), *found = NULL;
	struct buf all = { 0 };
	if (exact && !exact->retired)
		return exact;
	for (size_t i = 0; i < l->n; i++)
		if (!l->picks[i].retired && is_short(word, l->picks[i].key))
			return &l->picks[i];
	size_t n = 0;
	for (size_t i = 0; word.n && i < l->n; i++) {
		if (l->picks[i].retired || !begins(word, l->picks[i].key))
			continue;
		buf_printf(&all, "%s%s", n++ ? ", " : "", l->picks[i].key);
		found = &l->picks[i];
	}
	if (n > 1)
		diag_set(d, "outcome", "%s may be any of %s", quoted(word, a), buf_copy(&all, a).p);
	buf_free(&all);
	return n == 1 ? found : NULL;
}

static const char *const about[] = {
	"lead", "contact", "account", "deal", "ticket", "order", NULL
};

/* "contact-3 Nguyễn Lan, lead-7 Trần Lan" */
static void list_candidates(struct resolver *r, struct str text, const struct candidates *among,
			    struct arena *a, struct diag *d)
{
	struct buf all = { 0 };
	for (size_t i = 0; i < among->n; i++) {
		struct record who;
		struct str name = { 0 };
		if (store_get(r->store, among->all[i].entity, among->all[i].id, &who, a))
			name = text_of(&who, "name");
		buf_printf(&all, "%s%s %.*s", i ? ", " : "",
			   ref_print(among->all[i].entity, among->all[i].id, a).p, (int)name.n,
			   name.p);
	}
	diag_set(d, NULL, "%s may be any of %s%s", quoted(text, a), buf_copy(&all, a).p,
		 among->more ? " and others" : "");
	buf_free(&all);
}

bool call_find(struct resolver *r, struct str text, struct call_about *out, struct arena *a,
	       struct diag *d)
{
	const struct schema *s = &r->store->schema;
	struct candidates among;
	struct customer who;
	*out = (struct call_about){ 0 };
	text = utf8_trim(utf8_nfc(text, a));
	if (id_parse(text, &out->id))
		out->entity = schema_entity(s, STR("lead"));
	else
		ref_parse(s, text, &out->entity, &out->id);
	if (out->entity && !is_one_of(str_of(out->entity->name), about))
		return diag_set(d, NULL,
				"%.*s: calls are about leads, contacts, accounts, deals, "
				"tickets and orders",
				(int)text.n, text.p);
	if (out->entity)
		return store_exists(r->store, out->entity, out->id) ||
		       diag_set(d, NULL, "there is no %s", ref_print(out->entity, out->id, a).p);
	if (portrait_find(r, text, &who, &among, a, d)) {
		*out = (struct call_about){ who.entity, who.id };
		return true;
	}
	if (among.n)
		list_candidates(r, text, &among, a, d);
	return false;
}
