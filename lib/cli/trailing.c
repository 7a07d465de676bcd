/* Verbs whose last operand is a value. */
#include "cli/trailing.h"

#include <stdio.h>

#include "core/buf.h"

static bool assigned(const char *field, int argc, char **argv)
{
	size_t n = strlen(field);
	for (int i = 0; i < argc; i++)
		if (!strncmp(argv[i], field, n) && argv[i][n] == '=')
			return true;
	return false;
}

static _Noreturn void not_there(struct crm *crm, const struct picklist *l, const char *wanted,
				const char *word)
{
	const char **keys = arena_new(&crm->arena, const char *, l->n);
	struct buf all = { 0 };
	size_t n = 0;
	for (size_t i = 0; i < l->n; i++) {
		if (l->picks[i].retired)
			continue;
		keys[n++] = l->picks[i].key;
		buf_printf(&all, " %s", l->picks[i].key);
	}
	struct str list = buf_copy(&all, &crm->arena);
	buf_free(&all);
	const char *near = word ? nearest(str_of(word), keys, n) : NULL;
	if (!word)
		usage(crm, "the %s is missing; one of:%s", wanted, list.p);
	if (near)
		usage(crm, "%s is no %s; did you mean %s?", quoted(str_of(word), &crm->arena),
		      wanted, near);
	usage(crm, "%s is no %s; one of:%s", quoted(str_of(word), &crm->arena), wanted, list.p);
}

/* The last operand that is neither term nor assignment nor -; argc if there is none. */
static int last_word(int argc, char **argv)
{
	for (int i = argc; i-- > 0;)
		if (strcmp(argv[i], "-") != 0 && !strpbrk(argv[i], "=:"))
			return i;
	return argc;
}

char *trailing_value(struct crm *crm, const struct entity *e, const char *field, const char *wanted,
		     int *argc, char **argv)
{
	const struct field *f = entity_field(e, str_of(field));
	const struct picklist *l = schema_picklist(&crm->store->schema, f->picklist);
	int at = last_word(*argc, argv);
	const char *last = at < *argc ? argv[at] : NULL;
	if (assigned(field, *argc, argv))
		return NULL;
	const struct pick *pick = last ? picklist_find(l, str_of(last), &crm->arena) : NULL;
	if (!pick && wanted)
		not_there(crm, l, wanted, last);
	if (!pick)
		return NULL;
	memmove(argv + at, argv + at + 1, (size_t)(*argc - at - 1) * sizeof *argv);
	--*argc;
	size_t n = strlen(field) + strlen(pick->key) + 2;
	char *assignment = arena_alloc(&crm->arena, n);
	snprintf(assignment, n, "%s=%s", field, pick->key);
	return assignment;
}
