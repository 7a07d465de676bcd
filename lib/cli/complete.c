/* Completion: candidates for the last word, one a line, from the same tables. */
#include <stdio.h>
#include <stdlib.h>

#include "cli/command.h"
#include "config/config.h"
#include "config/preset.h"

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

/* The newest records whose typed reference begins so. */
static void offer_newest(struct store *s, const struct entity *e, const char *head,
			 const char *prefix, struct arena *a)
{
	enum { MANY = 100 };
	struct sql q = { .arena = a };
	int left = MANY;
	sql_add(&q, "select ");
	sql_column(&q, &e->fields[FIELD_ID]);
	sql_add(&q, " from ");
	sql_table(&q, e);
	sql_add(&q, " order by 1 desc");
	struct stmt *rows = db_query(s->db, &q);
	while (left > 0 && stmt_step(rows)) {
		struct str ref = ref_print(e, stmt_value(rows, 0).i, a);
		if (str_starts(arena_printf(a, "%s%s", head, ref.p), prefix)) {
			printf("%s%s\n", head, ref.p);
			left--;
		}
	}
	stmt_close(rows);
	sql_free(&q);
}

/* Record types as the database has them, or as they ship. */
static const struct schema *schema_of(const struct store *s)
{
	return s ? &s->schema : &shipped_schema;
}

/* Values of `field:` or `field=`. */
static void offer_values(struct store *s, const struct field *f, const char *head,
			 const char *prefix)
{
	struct arena a = { 0 };
	const struct schema *schema = schema_of(s);
	const struct entity *to =
	    f->type == &type_ref ? schema_entity(schema, str_of(f->ref)) : NULL;
	if (f->type == &type_pick) {
		const struct picklist *l = schema_picklist(schema, f->picklist);
		for (size_t i = 0; i < l->n; i++)
			if (!l->picks[i].retired)
				offer(prefix, head, l->picks[i].key, "");
	} else if (to && to->key && s) {
		offer_keys(s, to, head, prefix, &a);
	} else if (to && s) {
		offer_newest(s, to, head, prefix, &a);
	} else if (f->type == &type_bool) {
		offer(prefix, head, "true", "");
		offer(prefix, head, "false", "");
	}
	arena_free(&a);
}

/* The end of the dotted path in `name`: the record type whose fields come next. */
static const struct entity *follow(const struct store *s, const struct entity *e, struct str *name)
{
	for (ptrdiff_t dot; e && (dot = str_find(*name, '.')) >= 0;) {
		const struct field *f = entity_field(e, str_sub(*name, 0, (size_t)dot));
		e = f && f->type == &type_ref ? schema_entity(schema_of(s), str_of(f->ref)) : NULL;
		*name = str_sub(*name, (size_t)dot + 1, name->n);
	}
	return e;
}

/* field: field= field+= path.field: and, behind them, values; after a comma the next one. */
static void offer_terms(struct store *s, const struct entity *e, const struct verb *v,
			const char *prefix)
{
	struct arena a = { 0 };
	size_t n = strcspn(prefix, ":=");
	struct str name = { prefix, n };
	if (prefix[n] == '=' && n && strchr("+-", prefix[n - 1]))
		name.n--;
	const struct entity *last = follow(s, e, &name);
	const struct field *f = last ? entity_field(last, name) : NULL;
	size_t path = (size_t)(name.p - prefix);
	if (f && prefix[n]) {
		const char *comma = strrchr(prefix + n, ',');
		size_t head = comma ? (size_t)(comma - prefix) + 1 : n + 1;
		offer_values(s, f, arena_str(&a, (struct str){ prefix, head }).p, prefix);
	} else if (last && !prefix[n]) {
		const char *head = arena_str(&a, (struct str){ prefix, path }).p;
		for (size_t i = 0; i < last->nfields; i++) {
			if (last->fields[i].flags & F_RETIRED)
				continue;
			if (v->need & TAKES_WHERE)
				offer(prefix, head, last->fields[i].name, ":");
			if (v->need & NEED_WRITE && !path && !(last->fields[i].flags & F_SYSTEM))
				offer(prefix, "", last->fields[i].name, "=");
		}
	}
	arena_free(&a);
}

/* One more name of a list such as -score,name or +owner. */
static void offer_names(const struct entity *e, const char *prefix)
{
	struct arena a = { 0 };
	const char *comma = strrchr(prefix, ',');
	size_t head = comma ? (size_t)(comma - prefix) + 1 : 0;
	head += prefix[head] == '-' || prefix[head] == '+';
	const char *before = arena_str(&a, (struct str){ prefix, head }).p;
	for (size_t i = 0; i < e->nfields; i++)
		if (!(e->fields[i].flags & F_RETIRED))
			offer(prefix, before, e->fields[i].name, "");
	arena_free(&a);
}

/* What an operand of a verb may be that is a value of a field: STAGE, REASON, KIND. */
static void offer_bare_values(struct store *s, const struct entity *e, const struct verb *v,
			      const char *prefix)
{
	static const struct {
		const char *operand, *entity; /* of a verb of that record type */
		const char *of, *field;
	} rows[] = {
		{ "STAGE", "deal", "deal", "stage" },
		{ "REASON", "deal", "deal", "lost_reason" },
		{ "ROLE", "deal", "deal_contact", "role" },
		{ "REASON", "lead", "lead", "disqualify_reason" },
		{ "KIND", "contact", "relation", "kind" },
		{ "KIND", "account", "relation", "kind" },
		{ "OUTCOME", "activity", "activity", "outcome" },
	};
	for (size_t i = 0; i < countof(rows); i++) {
		const struct entity *of = schema_entity(schema_of(s), str_of(rows[i].of));
		if (strstr(v->operands, rows[i].operand) && !strcmp(e->name, rows[i].entity))
			offer_values(s, entity_field(of, str_of(rows[i].field)), "", prefix);
	}
}

static void offer_presets(enum preset_kind kind, const char *prefix)
{
	struct arena a = { 0 };
	size_t n;
	const struct preset *all = presets(kind, &n, &a);
	for (size_t i = 0; i < n; i++)
		offer(prefix, "", all[i].name, "");
	arena_free(&a);
}

static void offer_types(const char *prefix)
{
	for (size_t i = 0; i < shipped_schema.nentities; i++)
		offer(prefix, "", shipped_schema.entities[i]->name, "");
}

static void offer_logins(struct store *s, const char *prefix)
{
	struct arena a = { 0 };
	if (s)
		offer_keys(s, store_entity(s, "user"), "", prefix, &a);
	arena_free(&a);
}

/* A value for the option before it, if that one wants one. */
static bool offer_option_value(struct store *s, const struct entity *e, const struct verb *v,
			       const char *before, const char *prefix)
{
	const struct option_def *o = NULL;
	if (!strncmp(before, "--", 2))
		o = option_find(v, str_of(before + 2), 0);
	else if (before[0] == '-' && before[1] && !before[2])
		o = option_find(v, (struct str){ 0 }, before[1]);
	if (!o || o->kind == OPTION_FLAG)
		return false;
	if (o->values)
		offer_words(o->values, prefix);
	else if (!strcmp(o->name, "preset"))
		offer_presets(strstr(o->operand, "auto") ? PRESET_IMPORT : PRESET_CONFIG, prefix);
	else if (!strcmp(o->operand, "LOGIN"))
		offer_logins(s, prefix);
	else if (!strcmp(o->operand, "TYPE"))
		offer_types(prefix);
	else if (e && v->need & TAKES_LIST &&
		 (!strcmp(o->name, "fields") || !strcmp(o->name, "sort")))
		offer_names(e, prefix);
	return true;
}

static void offer_sections(const char *prefix)
{
	for (const char *const *name = config_names(); *name; name++)
		offer(prefix, "", *name, "");
}

static void offer_operands(struct store *s, const struct entity *e, const struct verb *v,
			   const char *prefix)
{
	struct arena a = { 0 };
	bool typed = str_starts(str_of(prefix), arena_printf(&a, "%s-", e->name).p);
	if (typed && s) {
		offer_newest(s, e, "", prefix, &a);
	} else if (!typed) {
		offer_bare_values(s, e, v, prefix);
		if (s && !str_starts(str_of(v->operands), "[FIELD")) /* those who are there */
			offer_keys(s, e, "", prefix, &a);
		if (v->need & (TAKES_FIELDS | TAKES_WHERE))
			offer_terms(s, e, v, prefix);
	}
	arena_free(&a);
}

static void offer_verbs(const struct command *command, const char *prefix)
{
	for (const struct verb *v = command->verbs; v->name; v++)
		if (v->name[0])
			offer(prefix, "", v->name, "");
}

static void offer_for(struct store *s, const struct command *command, int nwords, char **words)
{
	const struct entity *e =
	    schema_entity(schema_of(s), str_of(command->entity ? command->entity : command->name));
	const struct verb *v = command->verbs->name[0] ? NULL : command->verbs;
	const char *prefix = nwords > 0 ? words[nwords - 1] : "";
	bool typed = v && str_starts(str_of(v->operands), "TYPE");
	for (int i = 0; !v && i < nwords - 1; i++)
		for (const struct verb *x = command->verbs; x->name && !v; x++)
			if (!strcmp(x->name, words[i]))
				v = x;
	for (int i = 0; typed && !e && i < nwords - 1; i++)
		e = schema_entity(schema_of(s), str_of(words[i]));
	if (nwords > 1 && offer_option_value(s, e, v, words[nwords - 2], prefix))
		return;
	bool nameless = v && !v->name[0]; /* it may have named ones beside it */
	if (prefix[0] != '-' && (!v || (nameless && nwords <= 1)))
		offer_verbs(command, prefix);
	if (prefix[0] == '-')
		offer_options(v, prefix);
	else if (!v)
		return;
	else if (typed && !e)
		offer_types(prefix);
	else if (str_starts(str_of(v->operands), "[SECTION"))
		offer_sections(prefix);
	else if (e)
		offer_operands(s, e, v, prefix);
}

/* From the database, if there is one; completion is silent where there is none. */
int complete(const struct command *command, int nwords, char **words)
{
	struct crm nothing = { 0 };
	struct store *s = store_quiet(&nothing);
	offer_for(s, command, nwords, words);
	store_close(s);
	arena_free(&nothing.arena);
	return STATUS_OK;
}
