/* What the readers of `rules` and `sequences` share. */
#include "config/rules.h"

#include "store/configure.h"

bool rules_has_sequence(struct config *c, const char *name)
{
	const char *section = "sequences";
	struct diag d = { 0 };
	struct config stored = *c;
	if (c->root->kind == YAML_MAP && yaml_get(c->root, section))
		return config_mentions(c, section, NULL, str_of(name));
	const char *text = store_setting(c->store, section, c->arena);
	stored.root = text ? yaml_parse(str_of(text), section, c->arena, &d) : NULL;
	diag_free(&d);
	return stored.root && config_mentions(&stored, section, NULL, str_of(name));
}
