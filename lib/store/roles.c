/* Roles as configuration: the shipped ones, and the table that holds an installation's. */
#include "store/internal.h"

const char *const scope_words[] = { "none", "own", "team", "all" };

/* clang-format off */
const struct role default_roles[] = {
	/* key       read       write       remove      export manage */
	{ "admin",   SCOPE_ALL, SCOPE_ALL,  SCOPE_ALL,  true,  true },
	{ "manager", SCOPE_ALL, SCOPE_ALL,  SCOPE_ALL,  true,  true },
	{ "rep",     SCOPE_ALL, SCOPE_OWN,  SCOPE_OWN,  false, false },
	{ "viewer",  SCOPE_ALL, SCOPE_NONE, SCOPE_NONE, false, false },
};
/* clang-format on */
const size_t ndefault_roles = countof(default_roles);

static enum scope scope_of(struct str word)
{
	for (size_t i = 0; i < SCOPES; i++)
		if (str_is(word, scope_words[i]))
			return (enum scope)i;
	return SCOPE_NONE;
}

struct role role_row(struct stmt *row, size_t at, struct arena *a)
{
	return (struct role){
		.key = arena_str(a, stmt_value(row, at).s).p,
		.read = scope_of(stmt_value(row, at + 1).s),
		.write = scope_of(stmt_value(row, at + 2).s),
		.remove = scope_of(stmt_value(row, at + 3).s),
		.export = stmt_value(row, at + 4).i != 0,
		.manage = stmt_value(row, at + 5).i != 0,
	};
}

struct role *roles_list(struct store *s, size_t *n, struct arena *a)
{
	struct sql count = { .arena = a }, q = { .arena = a };
	sql_add(&count, "select count(*) from role");
	size_t room = (size_t)db_int(s->db, &count, 0);
	struct role *roles = arena_new(a, struct role, room);
	sql_add(&q, "select key, read, write, remove, export, manage from role order by key");
	struct stmt *rows = db_query(s->db, &q);
	for (*n = 0; *n < room && stmt_step(rows); ++*n)
		roles[*n] = role_row(rows, 0, a);
	stmt_close(rows);
	sql_free(&count);
	sql_free(&q);
	return roles;
}

static void insert_role(struct sql *q, const struct role *r)
{
	const char *const words[] = { r->key, scope_words[r->read], scope_words[r->write],
				      scope_words[r->remove] };
	sql_add(q, "insert into role (key, read, write, remove, export, manage) values (");
	for (size_t i = 0; i < countof(words); i++) {
		sql_text(q, str_of(words[i]));
		sql_add(q, ", ");
	}
	sql_int(q, r->export);
	sql_add(q, ", ");
	sql_int(q, r->manage);
	sql_add(q, ") on conflict ");
}

void roles_defaults(struct store *s)
{
	struct arena a = { 0 };
	for (size_t i = 0; i < ndefault_roles; i++) {
		struct sql q = { .arena = &a };
		insert_role(&q, &default_roles[i]);
		sql_add(&q, "do nothing");
		db_run(s->db, &q);
		sql_free(&q);
	}
	arena_free(&a);
}

static bool check_role(const struct role *r, struct diag *d)
{
	const struct role *admin = &default_roles[0];
	if (!strcmp(r->key, admin->key) && (r->read != admin->read || r->write != admin->write ||
					    r->remove != admin->remove || !r->export || !r->manage))
		return diag_set(d, NULL, "an admin may do everything; that stays");
	if (r->read == SCOPE_NONE)
		return diag_set(d, "read",
				"a role that reads nothing is none; use own, team or all");
	if (r->write > r->read)
		return diag_set(d, "write", "%s is more than the role may read (%s)",
				scope_words[r->write], scope_words[r->read]);
	if (r->remove > r->write)
		return diag_set(d, "remove", "%s is more than the role may write (%s)",
				scope_words[r->remove], scope_words[r->write]);
	if (r->manage && !r->write)
		return diag_set(d, "manage", "a role that writes nothing cannot manage users");
	return true;
}

bool roles_set(struct store *s, const struct role *r, struct diag *d)
{
	struct arena a = { 0 };
	struct sql q = { .arena = &a };
	if (!check_role(r, d))
		return false;
	insert_role(&q, r);
	sql_add(&q, "(key) do update set read = excluded.read, write = excluded.write,"
		    " remove = excluded.remove, export = excluded.export,"
		    " manage = excluded.manage");
	db_run(s->db, &q);
	sql_free(&q);
	arena_free(&a);
	return true;
}

void roles_settle(struct store *s)
{
	struct arena a = { 0 };
	size_t n;
	struct role *roles = roles_list(s, &n, &a);
	bool narrow = false;
	for (size_t i = 0; i < n; i++)
		narrow |= roles[i].read != SCOPE_ALL;
	for (size_t i = 0; i < s->schema.nentities; i++)
		scope_index(s, s->schema.entities[i], narrow);
	arena_free(&a);
}
