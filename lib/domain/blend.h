/* How the values of two records that become one are laid together. */
#ifndef CRM_DOMAIN_BLEND_H
#define CRM_DOMAIN_BLEND_H

#include "store/store.h"

/* The same number, address or name in another spelling is the same. */
bool blend_alike(const struct store *s, const struct field *f, const struct value *x,
		 const struct value *y, struct arena *a);

/* do_not_call_at → do_not_call; NULL for what is no consent. */
const struct field *blend_consent(const struct field *f, const struct entity *e);

/* Whether `other` is the stricter of the two: a refusal beats a permission, either silence. */
bool blend_stricter(const struct record *other, const struct record *have,
		    const struct field *flag);

/* Both lists as one: tags.  In the codec's arena. */
struct value blend_lists(const struct value *x, const struct value *y, const struct field *f,
			 const struct codec *codec);

#endif
