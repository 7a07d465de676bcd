/* Headings of tables that are no fields of a record type. */
#include "cli/heading.h"

#include <stdlib.h>

enum language crm_language(const struct crm *crm)
{
	enum language l = ENGLISH;
	if (crm->store)
		return crm->store->settings.language;
	language_parse(str_of(getenv("CRM_LANG")), &l);
	return l;
}

static _Noreturn void no_such_column(struct crm *crm, struct str name, const struct heading *h,
				     size_t n)
{
	const char **names = arena_new(&crm->arena, const char *, n);
	for (size_t i = 0; i < n; i++)
		names[i] = h[i].name;
	const char *near = nearest(name, names, n);
	usage(crm, "-f: no column %s%s%s%s", quoted(name, &crm->arena),
	      near ? "; did you mean " : "", near ? near : "", near ? "?" : "");
}

/* The columns with that name ("*": all) at the end of the chosen ones, each once. */
static bool choose(struct writer_options *o, size_t *chosen, struct str name,
		   const struct heading *h, size_t n)
{
	bool known = false;
	for (size_t i = 0; i < n; i++) {
		size_t k = 0;
		if (!str_is(name, "*") && !str_is(name, h[i].name))
			continue;
		while (k < o->nchosen && chosen[k] != i)
			k++;
		chosen[k] = i;
		o->nchosen += k == o->nchosen;
		known = true;
	}
	return known;
}

static void choose_named(struct crm *crm, const struct heading *h, size_t n,
			 struct writer_options *o)
{
	const char *fields = o->format == FORMAT_REFS ? NULL : option(crm, "fields");
	struct str rest = str_of(fields), name;
	size_t *chosen = arena_new(&crm->arena, size_t, n);
	if (str_starts(rest, "+")) {
		choose(o, chosen, STR("*"), h, n);
		rest = str_sub(rest, 1, rest.n);
	}
	while (fields && str_cut(&rest, ',', &name))
		if (!choose(o, chosen, str_trim(name), h, n))
			no_such_column(crm, str_trim(name), h, n);
	o->chosen = fields ? chosen : NULL;
}

struct writer *list_writer(struct crm *crm, FILE *out, const struct heading *h, size_t n,
			   struct writer_options o)
{
	struct column *c = arena_new(&crm->arena, struct column, n);
	enum language l = crm_language(crm);
	for (size_t i = 0; i < n; i++)
		c[i] = (struct column){ str_of(h[i].name), str_of(label(l, h[i].en, h[i].vi)),
					h[i].right };
	choose_named(crm, h, n, &o);
	return writer_open(out, c, n, &o);
}

struct writer *heading_writer(struct crm *crm, const struct heading *h, size_t n)
{
	return list_writer(crm, stdout, h, n, writer_options(crm, stdout));
}
