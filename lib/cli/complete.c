/* Completion: candidates for the last word, one a line, from the same tables. */
#include <stdio.h>
#include <stdlib.h>

#include "cli/command.h"

static void offer(const char *prefix, const char *head, const char *word, const char *tail)
{
	struct arena a = { 0 };
	struct str s = arena_printf(&a, "%s%s%s", head, word, tail);
	if (!strncmp(s.p, prefix, strlen(prefix)))
		puts(s.p);
	arena_free(&a);
}

static void offer_options(const struct verb *v, const char *prefix)
{
	const struct option_def *tables[8];
	size_t n = option_tables(v, tables);
	for (size_t i = 0; i < n; i++)
		for (const struct option_def *o = tables[i]; o->name; o++)
			offer(prefix, "--", o->name, "");
}

static void offer_words(const char *words, const char *prefix)
{
	struct arena a = { 0 };
	struct str rest = str_of(words), word;
	while (str_cut(&rest, ' ', &word))
		offer(prefix, "", arena_str(&a, word).p, "");
	arena_free(&a);
}

/* The database, if there is one; completion is silent where there is none. */
static struct store *quiet_store(struct arena *a)
{
	const char *db = getenv("CRM_DB"), *data = getenv("XDG_DATA_HOME"), *home = getenv("HOME");
	struct diag d = { 0 };
	if (!db || !*db)
		db = data && *data ? arena_printf(a, "%s/crm/crm.db", data).p
				   : arena_printf(a, "%s/.local/share/crm/crm.db",
						  home ? home : "").p;
	struct store *s = store_open(db, DB_READ, &d);
	diag_free(&d);
	return s;
}

static void offer_keys(struct store *s, const struct entity *to, const char *head,
		       const char *prefix, struct arena *a)
{
	const struct field *key = entity_key(to);
	struct sql q = { .arena = a };
	if (!key)
		return;
	sql_add(&q, "select ");
	sql_column(&q, key);
	sql_add(&q, " from ");
	sql_table(&q, to);
	sql_add(&q, " order by 1");
	struct stmt *rows = db_query(s->db, &q);
	while (stmt_step(rows))
		offer(prefix, head, arena_str(a, stmt_value(rows, 0).s).p, "");
	stmt_close(rows);
	sql_free(&q);
}

/* Values of `field:` or `field=`. */
static void offer_values(const struct field *f, const char *head, const char *prefix)
{
	struct arena a = { 0 };
	struct store *s = quiet_store(&a);
	const struct schema *schema = s ? &s->schema : &shipped_schema;
	if (f->type == &type_pick) {
		const struct picklist *l = schema_picklist(schema, f->picklist);
		for (size_t i = 0; i < l->n; i++)
			if (!l->picks[i].retired)
				offer(prefix, head, l->picks[i].key, "");
	} else if (f->type == &type_ref && s) {
		offer_keys(s, schema_entity(schema, str_of(f->ref)), head, prefix, &a);
	} else if (f->type == &type_bool) {
		offer(prefix, head, "true", "");
		offer(prefix, head, "false", "");
	}
	store_close(s);
	arena_free(&a);
}

static void offer_fields(const struct entity *e, const struct verb *v, const char *prefix)
{
	size_t n = strcspn(prefix, ":=");
	const struct field *f = entity_field(e, (struct str){ prefix, n });
	bool assigns = v->need & NEED_WRITE, selects = v->need & TAKES_WHERE;
	if (f && prefix[n]) {
		struct arena a = { 0 };
		offer_values(f, arena_str(&a, (struct str){ prefix, n + 1 }).p, prefix);
		arena_free(&a);
		return;
	}
	for (size_t i = 0; i < e->nfields; i++) {
		if (selects)
			offer(prefix, "", e->fields[i].name, ":");
		if (assigns && !(e->fields[i].flags & F_SYSTEM))
			offer(prefix, "", e->fields[i].name, "=");
	}
}

/* A value for the option before it, if that one wants one. */
static bool offer_option_value(const struct command *c, const struct entity *e,
			       const struct verb *v, const char *before, const char *prefix)
{
	const struct option_def *o = NULL;
	(void)c;
	if (!strncmp(before, "--", 2))
		o = option_find(v, str_of(before + 2), 0);
	else if (before[0] == '-' && before[1] && !before[2])
		o = option_find(v, (struct str){ 0 }, before[1]);
	if (!o || o->kind == OPTION_FLAG)
		return false;
	if (o->values)
		offer_words(o->values, prefix);
	else if (e && (!strcmp(o->name, "fields") || !strcmp(o->name, "sort")))
		for (size_t i = 0; i < e->nfields; i++)
			offer(prefix, "", e->fields[i].name, "");
	return true;
}

int complete(const struct command *command, int nwords, char **words)
{
	const struct entity *e = schema_entity(
	    &shipped_schema, str_of(command->entity ? command->entity : command->name));
	const struct verb *v = command->verbs->name[0] ? NULL : command->verbs;
	const char *prefix = nwords > 0 ? words[nwords - 1] : "";
	for (int i = 0; !v && i < nwords - 1; i++)
		for (const struct verb *x = command->verbs; x->name && !v; x++)
			if (!strcmp(x->name, words[i]))
				v = x;
	if (nwords > 1 && offer_option_value(command, e, v, words[nwords - 2], prefix))
		return STATUS_OK;
	if (prefix[0] == '-')
		offer_options(v, prefix);
	else if (!v)
		for (const struct verb *x = command->verbs; x->name; x++)
			offer(prefix, "", x->name, "");
	else if (e && v->need & TAKES_FIELDS)
		offer_fields(e, v, prefix);
	return STATUS_OK;
}
