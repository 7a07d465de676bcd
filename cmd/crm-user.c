/* crm-user: people who work here, who is acting, and who leaves. */
#include <stdio.h>

#include "cli/absences.h"
#include "cli/crud.h"
#include "cli/heading.h"
#include "cli/target_figures.h"
#include "core/buf.h"
#include "domain/retire.h"

/* Who gets what somebody leaves: a user's id, 0 for the pool. */
static int64_t successor(struct crm *crm)
{
	const char *to = option(crm, "to");
	struct record user;
	int64_t id = 0;
	if (!to)
		usage(crm, "who gets their open records? Write --to LOGIN, or --to pool");
	if (!strcmp(to, "pool"))
		return 0;
	if (!ref_resolve(&crm->resolver, crm->entity, str_of(to), &id, NULL, &crm->diag)) {
		crm->diag.source = STR("--to");
		refuse(crm, STATUS_REFUSED);
	}
	if (!store_get(crm->store, crm->entity, id, &user, &crm->arena) ||
	    !record_at(&user, "active")->i)
		die(STATUS_REFUSED, "--to: %s is not active", to);
	return id;
}

/* "lan: 12 leads, 1 deal handed over", to be said after the commit. */
static void note(struct buf *said, const struct record *user, const struct handed *h, size_t n)
{
	struct str login = record_at(user, "login")->s;
	for (size_t i = 0; i < n; i++) {
		buf_printf(said, "%.*s", i ? 0 : (int)login.n, login.p);
		buf_printf(said, "%s%ld %s%s", i ? ", " : ": ", h[i].n,
			   h[i].shares ? "shared " : "",
			   h[i].n == 1 ? h[i].entity->name : h[i].entity->plural);
	}
	buf_puts(said, n ? " handed over\n" : "");
}

static bool retire_one(struct writes *w, int64_t id, int64_t to, struct buf *said, struct arena *a,
		       struct diag *d)
{
	struct crm *crm = w->crm;
	struct handed *handed;
	size_t n;
	struct record r = record_new(crm->entity, a);
	r.id = id;
	*record_get(&r, "active") = *record_get(&r, "on_duty") = value_int(false);
	if (id == to)
		return diag_set(d, NULL, "who leaves cannot take over from themselves");
	if (!retire_hand_over(crm->store, id, to, &handed, &n, a, d))
		return false;
	for (size_t i = 0; i < n; i++)
		for (long j = 0; j < handed[i].n; j++)
			writes_count(w);
	if (writes_put(w, &r, 0, a, d) == WROTE_NOTHING)
		return false;
	note(said, &r, handed, n);
	return true;
}

static int retire(struct crm *crm, int argc, char **argv)
{
	struct operands o;
	struct writes w;
	struct arena a = { 0 };
	struct diag d = { 0 };
	struct buf said = { 0 };
	size_t n;
	operands_parse(crm, crm->entity, argc, argv, 0, &o);
	targets_read(crm, crm->entity, 0, &o);
	int64_t to = successor(crm);
	if (!access_require(crm->store, RIGHT_MANAGE, &crm->diag))
		refuse(crm, STATUS_ENV);
	if (writes_begin(&w, crm)) {
		struct target *t = targets(crm, crm->entity, &o, &n);
		for (size_t i = 0; i < n; i++) {
			if (!retire_one(&w, t[i].id, to, &said, &a, &d)) {
				if (!d.source.n)
					d.source = ref_print(crm->entity, t[i].id, &d.arena);
				complain(crm, &d);
				d.source = (struct str){ 0 };
			}
			arena_reset(&a);
		}
	}
	arena_free(&a);
	diag_free(&d);
	int status = writes_end(&w);
	if (!status && said.n && !option_on(crm, "quiet"))
		fwrite(said.p, 1, said.n, stderr);
	buf_free(&said);
	return status;
}

/* -- whoami -- */

static int whoami(struct crm *crm, int argc, char **argv)
{
	static const struct heading headings[] = {
		{ "login", "Login", "Tên đăng nhập", false },
		{ "user", "User", "Người dùng", false },
		{ "role", "Role", "Vai trò", false },
		{ "read", "Reads", "Đọc", false },
		{ "write", "Writes", "Ghi", false },
		{ "remove", "Removes", "Xoá", false },
		{ "export", "Exports", "Xuất", false },
		{ "manage", "Manages", "Quản trị", false },
	};
	const struct settings *me = &crm->store->settings;
	const struct role *role = &crm->store->access.role;
	struct cell cells[countof(headings)];
	(void)argv;
	if (argc)
		usage(crm, "whoami takes no operands");
	const struct str words[] = {
		me->login,
		me->user ? ref_print(crm->entity, me->user, &crm->arena) : STR(""),
		str_of(role->key),
		str_of(scope_words[role->read]),
		str_of(scope_words[role->write]),
		str_of(scope_words[role->remove]),
	};
	const bool rights[] = { role->export, role->manage };
	for (size_t i = 0; i < countof(words); i++)
		cells[i] = cell_text(words[i]);
	for (size_t i = 0; i < countof(rights); i++)
		cells[countof(words) + i] =
		    (struct cell){ CELL_BOOL, rights[i] ? STR("true") : STR("false") };
	struct writer *w = heading_writer(crm, headings, countof(headings));
	writer_row(w, cells);
	writer_close(w);
	return STATUS_OK;
}

static const struct option_def retire_options[] = {
	{ "to", 0, OPTION_TEXT, "LOGIN", "who gets what is open, or pool for nobody", NULL },
	{ 0 },
};

static const struct verb verbs[] = {
	CRUD_VERBS,
	TARGET_VERBS,
	ABSENCE_VERBS,
	{ "retire", "[REF…] [TERM…] [-] --to LOGIN|pool",
	  "make users inactive and hand over what they have open",
	  NEED_WRITE | TAKES_WHERE | TAKES_LIST | TAKES_INPUT | TAKES_FIELDS, retire_options,
	  retire },
	{ "whoami", "", "print who acts, and what their role lets them do",
	  NEED_READ | TAKES_COLUMNS, NULL, whoami },
	{ 0 },
};

static const struct command command = { "user", "people who work here", verbs, NULL, NULL };

int main(int argc, char **argv)
{
	return crm_main(&command, argc, argv);
}
