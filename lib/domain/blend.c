/* How the values of two records that become one are laid together. */
#include "domain/blend.h"

#include "schema/check.h"

bool blend_alike(const struct store *s, const struct field *f, const struct value *x,
		 const struct value *y, struct arena *a)
{
	struct codec codec = store_codec(s, a);
	if (value_eq(x, y))
		return true;
	if (!(f->flags & F_MATCH))
		return false;
	struct value kx = field_key(f, x, &codec), ky = field_key(f, y, &codec);
	return kx.kind == V_TEXT && value_eq(&kx, &ky);
}

const struct field *blend_consent(const struct field *f, const struct entity *e)
{
	static const char *const suffixes[] = { "", "_at", "_source", "_by" };
	struct str name = str_of(f->name);
	if (!str_starts(name, "do_not_"))
		return NULL;
	for (size_t i = 0; i < countof(suffixes); i++) {
		size_t n = strlen(suffixes[i]);
		if (name.n <= n || strcmp(f->name + name.n - n, suffixes[i]))
			continue;
		const struct field *flag = entity_field(e, str_sub(name, 0, name.n - n));
		if (flag && flag->type == &type_bool)
			return flag;
	}
	return NULL;
}

bool blend_stricter(const struct record *other, const struct record *have, const struct field *flag)
{
	if (is_true(other, flag->name))
		return !is_true(have, flag->name);
	return is_set(other, flag->name) && !is_set(have, flag->name);
}

struct value blend_lists(const struct value *x, const struct value *y, const struct field *f,
			 const struct codec *codec)
{
	struct diag d = { 0 };
	struct value out = *x;
	struct str both =
	    arena_printf(codec->arena, "%.*s;%.*s", (int)x->s.n, x->s.p, (int)y->s.n, y->s.p);
	field_parse(f, &out, (struct cell){ CELL_LIST, both }, codec, &d); /* good twice is good */
	diag_free(&d);
	return out;
}
