/* What part of the history crm-log is asked for. */
#include "cli/log_options.h"

static bool read_time(struct crm *crm, const char *name, int64_t *at)
{
	const char *text = option(crm, name);
	struct when w;
	if (!text)
		return false;
	if (!when_parse(str_of(text), &crm->store->settings.calendar, &w, &crm->diag)) {
		crm->diag.source = arena_printf(&crm->arena, "--%s", name);
		refuse(crm, STATUS_USAGE);
	}
	*at = w.is_instant ? w.from : zone_instant(w.from, 0);
	return true;
}

static const struct entity *read_type(struct crm *crm)
{
	const char *names[64], *name = option(crm, "type");
	const struct schema *s = &crm->store->schema;
	const struct entity *e = name ? schema_entity(s, str_of(name)) : NULL;
	size_t n = 0;
	if (!name || e)
		return e;
	for (; n < s->nentities && n < countof(names); n++)
		names[n] = s->entities[n]->name;
	const char *near = nearest(str_of(name), names, n);
	usage(crm, "--type: no record type %s%s%s%s", quoted(str_of(name), &crm->arena),
	      near ? "; did you mean " : "", near ? near : "", near ? "?" : "");
}

/* `crm import` is how one may have run crm-import. */
static const char *read_program(struct crm *crm)
{
	const char *name = option(crm, "program");
	bool whole = !name || str_starts(str_of(name), "crm");
	return whole ? name : arena_printf(&crm->arena, "crm-%s", name).p;
}

static bool is_logged(struct crm *crm, const struct log_filter *f)
{
	struct log_set ignored;
	struct log *l = log_sets(crm->store, f);
	bool any = log_next_set(l, &ignored, &crm->arena);
	log_close(l);
	return any;
}

/* A user as one names them anywhere, or a login of one who has gone or is called otherwise now. */
static const char *read_login(struct crm *crm)
{
	const char *name = option(crm, "user");
	const struct entity *users = store_entity(crm->store, "user");
	struct record user;
	int64_t id;
	if (name && !strcmp(name, "me"))
		return arena_str(&crm->arena, crm->store->settings.login).p;
	if (!name || is_logged(crm, &(struct log_filter){ .login = name }))
		return name;
	if (ref_resolve(&crm->resolver, users, str_of(name), &id, NULL, &crm->diag) &&
	    store_get(crm->store, users, id, &user, &crm->arena))
		return arena_str(&crm->arena, record_at(&user, "login")->s).p;
	crm->diag.source = STR("--user");
	refuse(crm, STATUS_USAGE);
}

/* One that never wrote anything is more likely a slip than a question. */
static void check_program(struct crm *crm, const struct log_filter *f)
{
	if (!f->program || is_logged(crm, &(struct log_filter){ .program = f->program }))
		return;
	diag_set(&crm->diag, NULL, "no change set was made by %s",
		 quoted(str_of(f->program), &crm->arena));
	complain(crm, &crm->diag);
}

void log_options_read(struct crm *crm, struct log_filter *f)
{
	if (option(crm, "as-of"))
		usage(crm, "--as-of: the history is not what it was; write --to");
	*f = (struct log_filter){
		.set = option_int(crm, "set", 0),
		.after = option_int(crm, "after", 0),
		.login = read_login(crm),
		.program = read_program(crm),
		.entity = read_type(crm),
	};
	f->has_from = read_time(crm, "from", &f->from);
	f->has_to = read_time(crm, "to", &f->to);
	if (!option_on(crm, "follow"))
		check_program(crm, f);
}
