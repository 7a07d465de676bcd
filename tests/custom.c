/*
 * custom: the interface to custom fields, by hand.
 *
 *   custom list TYPE              name, type, flags, default, picklist, ref, en, vi
 *   custom [-n] put TYPE NAME [type=T] [en=L] [vi=L] [help=L] [default=V] [picklist=P]
 *          [ref=TYPE] [required=0|1] [index=0|1] [retired=0|1]
 *   custom pick LIST KEY EN VI
 *
 * What is not mentioned stays as it is.  -n rolls back and lists the type, which must
 * be as it was.  Status 1, with "member: message", where the store refuses.
 */
#include <stdio.h>
#include <stdlib.h>

#include "store/custom.h"

static struct arena arena;

static _Noreturn void fail(const struct diag *d)
{
	fprintf(stderr, "%s\n", diag_text(d, &arena).p);
	exit(STATUS_REFUSED);
}

static const char *shown(const char *text)
{
	return text ? text : "-";
}

static void list(struct store *s, const char *type)
{
	size_t n;
	const struct entity *e = schema_entity(&s->schema, str_of(type));
	const struct custom_field *all = custom_fields(s, e, &n, &arena);
	for (size_t i = 0; i < n; i++)
		printf("%s\t%s\t%s%s%s.\t%s\t%s\t%s\t%s\t%s\n", all[i].name, all[i].type,
		       all[i].required ? "required " : "", all[i].indexed ? "index " : "",
		       all[i].retired ? "retired " : "", shown(all[i].def), shown(all[i].picklist),
		       shown(all[i].ref), shown(all[i].en), shown(all[i].vi));
}

static void set(struct custom_field *f, const char *word)
{
	const struct {
		const char *name, **text;
		bool *flag;
	} members[] = {
		{ "type", &f->type, NULL },	{ "en", &f->en, NULL },
		{ "vi", &f->vi, NULL },		{ "help", &f->help, NULL },
		{ "default", &f->def, NULL },	{ "picklist", &f->picklist, NULL },
		{ "ref", &f->ref, NULL },	{ "required", NULL, &f->required },
		{ "index", NULL, &f->indexed }, { "retired", NULL, &f->retired },
	};
	size_t n = strcspn(word, "=");
	for (size_t i = 0; i < countof(members); i++) {
		if (strlen(members[i].name) != n || strncmp(word, members[i].name, n) != 0)
			continue;
		if (members[i].flag)
			*members[i].flag = !strcmp(word + n, "=1");
		else
			*members[i].text = word + n + 1;
		return;
	}
	die(STATUS_USAGE, "what is %s?", word);
}

static void put(struct store *s, int argc, char **argv, bool dry)
{
	struct diag d = { 0 };
	struct custom_field f = { .entity = argv[0], .name = argv[1], .type = "text" };
	const struct entity *e = schema_entity(&s->schema, str_of(f.entity));
	size_t n = 0;
	const struct custom_field *all = e ? custom_fields(s, e, &n, &arena) : NULL;
	for (size_t i = 0; i < n; i++)
		if (!strcmp(all[i].name, f.name))
			f = all[i];
	for (int i = 2; i < argc; i++)
		set(&f, argv[i]);
	store_begin(s, &(struct change_info){ "custom", "custom", NULL, NULL }, 10);
	enum wrote wrote = custom_put(s, &f, &d);
	if (wrote == WROTE_NOTHING || dry)
		store_rollback(s);
	else
		store_commit(s);
	if (wrote == WROTE_NOTHING)
		fail(&d);
	puts(wrote == WROTE_CREATED ? "created" : wrote == WROTE_UPDATED ? "updated" : "same");
	if (dry)
		list(s, argv[0]);
}

static void pick(struct store *s, char **argv)
{
	struct sql q = { .arena = &arena };
	sql_add(&q, "insert into picklist (list, pos, key, en, vi) values (");
	for (size_t i = 0; i < 4; i++) {
		sql_text(&q, str_of(argv[i]));
		sql_add_literal(&q, i ? ", " : ", (select count(*) from picklist), ");
	}
	q.text.n -= 2;
	sql_add(&q, ")");
	store_begin(s, &(struct change_info){ "custom", "custom", NULL, NULL }, 10);
	db_run(s->db, &q);
	store_commit(s);
	sql_free(&q);
}

int main(int argc, char **argv)
{
	struct diag d = { 0 };
	program_name = "custom";
	bool dry = argc > 1 && !strcmp(argv[1], "-n");
	argc -= 2 + dry;
	argv += 2 + dry;
	if (argc < 1)
		die(STATUS_USAGE, "list, put or pick what?");
	struct store *s = store_open(getenv("CRM_DB"), DB_WRITE, &d);
	if (!s)
		fail(&d);
	if (!strcmp(argv[-1], "list"))
		list(s, argv[0]);
	else if (!strcmp(argv[-1], "put") && argc > 1)
		put(s, argc, argv, dry);
	else if (!strcmp(argv[-1], "pick") && argc == 4)
		pick(s, argv);
	else
		die(STATUS_USAGE, "list, put or pick what?");
	store_close(s);
	arena_free(&arena);
	return STATUS_OK;
}
