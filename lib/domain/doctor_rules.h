/* The checks that are more than a condition.  Private to doctor_*.c. */
#ifndef CRM_DOMAIN_DOCTOR_RULES_H
#define CRM_DOMAIN_DOCTOR_RULES_H

#include "core/buf.h"
#include "domain/doctor.h"

/* For `each`. */
bool rule_orphan(const struct doctor *d, const struct entity *e, const struct field *f,
		 struct sql *out);
bool rule_picklist(const struct doctor *d, const struct entity *e, const struct field *f,
		   struct sql *out);
bool rule_required(const struct doctor *d, const struct entity *e, const struct field *f,
		   struct sql *out);
bool rule_future(const struct doctor *d, const struct entity *e, const struct field *f,
		 struct sql *out);
bool rule_before(const struct doctor *d, const struct entity *e, const struct field *f,
		 struct sql *out);
bool rule_complete(const struct doctor *d, const struct entity *e, const struct field *f,
		   struct sql *out);

/* For `run`. */
void rule_integrity(struct doctor *d, const struct check *c);
void rule_pending(struct doctor *d, const struct check *c);
void rule_counter(struct doctor *d, const struct check *c);
void rule_keys(struct doctor *d, const struct check *c);
void rule_value(struct doctor *d, const struct check *c);
void rule_duplicate(struct doctor *d, const struct check *c);
void rule_contacted(struct doctor *d, const struct check *c);
void rule_next_contact(struct doctor *d, const struct check *c);
void rule_amounts(struct doctor *d, const struct check *c);
void rule_condition(struct doctor *d, const struct check *c);
void rule_rate(struct doctor *d, const struct check *c);

/* For `run`: records that are found wrong one by one. */
struct audited {
	struct doctor *doctor;
	const struct entity *entity;
	int64_t n;
	struct buf first; /* of their references */
};

void audited_add(void *audited, int64_t id); /* as store_audit tells it */
/* Tells of them, if there are any, and gives them back. */
void audited_tell(struct audited *x, const struct check *c);

#endif
