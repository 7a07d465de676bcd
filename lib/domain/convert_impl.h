/* What the files of a conversion share.  Private to lib/domain/convert*.c. */
#ifndef CRM_DOMAIN_CONVERT_IMPL_H
#define CRM_DOMAIN_CONVERT_IMPL_H

#include "domain/convert.h"
#include "schema/check.h"

/* What is passed around while one lead is converted. */
struct job {
	const struct converter *c;
	struct conversion *v;
	struct record lead; /* as it is to be read: v->lead with what its kind says filled in */
	bool person;	    /* a person without company: an account alone */
	struct arena *a;
	struct diag *d;
};

static inline const struct entity *entity_of(const struct converter *c, enum part p)
{
	return schema_entity(&c->store->schema, str_of(part_names[p]));
}

/* What the lead's account is called. */
static inline struct str name_of(const struct job *j)
{
	return text_of(&j->lead, j->person ? "name" : "company");
}

/*
 * convert_choose.c: who the lead is already, and what is made new (v->parts).  False with
 * diag: several match, one is hidden, or nothing would become of it.
 */
bool convert_choose(struct job *j);

#endif
