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

struct column *heading_columns(struct crm *crm, const struct heading *h, size_t n)
{
	struct column *c = arena_new(&crm->arena, struct column, n);
	enum language l = crm_language(crm);
	for (size_t i = 0; i < n; i++)
		c[i] = (struct column){ str_of(h[i].name), str_of(label(l, h[i].en, h[i].vi)),
					h[i].right };
	return c;
}

struct writer *heading_writer(struct crm *crm, const struct heading *h, size_t n)
{
	return writer_for(crm, stdout, heading_columns(crm, h, n), n);
}
