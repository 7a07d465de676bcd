/* Roles: whose records each may read, write and remove, and two rights. */
#include "config/sections.h"
#include "store/access.h"

static const char help[] =
    "whose records a role may read, write and remove: none, own, team or all; whether it may\n"
    "export, and manage users, teams and products; a role that is left out stays as it is";

static void show(const struct config_section *section, struct store *s, struct emit *e,
		 struct arena *a)
{
	size_t n;
	const struct role *roles = roles_list(s, &n, a);
	emit_map(e, 0, str_of(section->name));
	for (size_t i = 0; i < n; i++) {
		emit_item(e, 1, str_of(roles[i].key));
		emit_word(e, "read", scope_words[roles[i].read]);
		emit_word(e, "write", scope_words[roles[i].write]);
		emit_word(e, "remove", scope_words[roles[i].remove]);
		emit_word(e, "export", roles[i].export ? "true" : "false");
		emit_word(e, "manage", roles[i].manage ? "true" : "false");
		emit_end(e);
	}
}

static bool read_scope(struct config *c, const struct config_item *item, const char *name,
		       enum scope *out)
{
	const char *word = NULL;
	if (!config_text_attr(c, item, name, &word))
		return false;
	for (size_t i = 0; word && i < SCOPES; i++)
		if (!strcmp(word, scope_words[i])) {
			*out = (enum scope)i;
			return true;
		}
	return !word || config_mistake(c, config_at(item, name), item->path,
				       "%s is none of: none, own, team, all%s",
				       quoted(str_of(word), c->arena),
				       config_meant(c, str_of(word), scope_words, SCOPES));
}

static bool write_role(struct config *c, void *what, struct diag *d)
{
	return roles_set(c->store, what, d);
}

static bool settle(struct config *c, void *what, struct diag *d)
{
	(void)what;
	(void)d;
	roles_settle(c->store);
	return true;
}

static void differ(struct config *c, const struct role *was, const struct role *now)
{
	const struct {
		const char *name, *was, *now;
	} all[] = {
		{ "read", scope_words[was->read], scope_words[now->read] },
		{ "write", scope_words[was->write], scope_words[now->write] },
		{ "remove", scope_words[was->remove], scope_words[now->remove] },
		{ "export", was->export ? "true" : "false", now->export ? "true" : "false" },
		{ "manage", was->manage ? "true" : "false", now->manage ? "true" : "false" },
	};
	for (size_t i = 0; i < countof(all); i++)
		if (strcmp(all[i].was, all[i].now))
			config_difference(c, "~ roles %s: %s %s → %s", now->key, all[i].name,
					  all[i].was, all[i].now);
}

/* What is not said of a role stays. */
static void plan_one(struct config *c, const struct config_item *item, const struct role *roles,
		     size_t n)
{
	static const char *const attrs[] = { "read", "write", "remove", "export", "manage", NULL };
	const char **keys = arena_new(c->arena, const char *, n + 1);
	const struct role *have = NULL;
	size_t before = c->differences;
	for (size_t i = 0; i < n; i++) {
		keys[i] = roles[i].key;
		if (!strcmp(roles[i].key, item->key))
			have = &roles[i];
	}
	if (!have || item->label) {
		config_mistake(c, item->at, item->path, "%s%s",
			       have ? "a map {…} is due behind it" : "there is no such role",
			       have ? "" : config_meant(c, str_of(item->key), keys, n));
		return;
	}
	struct role *now = arena_new(c->arena, struct role, 1);
	*now = *have;
	bool ok = config_known(c, item->map, item->path, attrs);
	ok &= read_scope(c, item, "read", &now->read);
	ok &= read_scope(c, item, "write", &now->write);
	ok &= read_scope(c, item, "remove", &now->remove);
	ok &= config_bool_attr(c, item, "export", &now->export);
	ok &= config_bool_attr(c, item, "manage", &now->manage);
	if (!ok)
		return;
	differ(c, have, now);
	if (c->differences > before)
		config_do(c, item->at, item->path, write_role, now);
}

static void plan(struct config *c, const struct yaml *y)
{
	struct config_item *items;
	size_t n, nroles, before = c->differences;
	const struct role *roles = roles_list(c->store, &nroles, c->arena);
	config_items(c, y, "roles", false, &items, &n);
	for (size_t i = 0; i < n; i++)
		plan_one(c, &items[i], roles, nroles);
	if (c->differences > before)
		config_do(c, y, "roles", settle, NULL);
}

const struct config_section section_roles = { "roles", help, false, show, plan, NULL };
