/* crm-who: whose number, address or account is this? */
#include <unistd.h>

#include "cli/heading.h"
#include "core/buf.h"
#include "core/utf8.h"
#include "domain/identify.h"
#include "schema/check.h"

static const struct heading columns[] = {
	{ "id", "ID", "Mã", false },
	{ "name", "Name", "Tên", false },
	{ "company", "Company", "Công ty", false },
	{ "title", "Title", "Chức danh", false },
	{ "phone", "Phone", "Điện thoại", false },
	{ "email", "E-mail", "Email", false },
	{ "status", "Status", "Trạng thái", false },
	{ "owner", "Owner", "Người phụ trách", false },
	{ "tags", "Tags", "Nhãn", false },
	{ "last_contacted_at", "Last contact", "Liên hệ gần nhất", false },
	{ "next_contact_at", "Next contact", "Liên hệ tiếp theo", false },
	{ "asked", "Asked", "Được hỏi", false },
	{ "found_by", "Found by", "Tìm thấy theo", false },
};

struct answer {
	struct crm *crm;
	struct writer *out;
	struct codec codec;
};

/* The first of these fields that the type has and the record fills. */
static struct cell first(const struct answer *w, const struct record *r, const char *names)
{
	struct str rest = str_of(names), name;
	while (str_cut(&rest, ' ', &name)) {
		const struct field *f = entity_field(r->entity, name);
		const struct value *v = f ? &r->values[field_index(r->entity, f)] : NULL;
		struct record to;
		if (!v || (v->kind != V_INT && v->kind != V_TEXT))
			continue;
		if (f->type != &type_ref)
			return field_print(f, v, &w->codec);
		const struct entity *e = schema_entity(w->codec.schema, str_of(f->ref));
		if (store_get(w->crm->store, e, v->i, &to, w->codec.arena))
			return (struct cell){ CELL_TEXT, text_of(&to, e->key ? e->key : e->title) };
	}
	return cell_null();
}

static void put(const struct answer *w, const struct identified *who, struct str asked)
{
	struct record r;
	if (!store_get(w->crm->store, who->entity, who->id, &r, w->codec.arena))
		return;
	const struct cell cells[countof(columns)] = {
		{ CELL_TEXT, ref_print(who->entity, who->id, w->codec.arena) },
		first(w, &r, "name company"),
		first(w, &r, strcmp(who->entity->name, "lead") ? "account" : "company"),
		first(w, &r, "title"),
		first(w, &r, "mobile phone"),
		first(w, &r, "email"),
		first(w, &r, "status lifecycle role"),
		first(w, &r, "owner"),
		first(w, &r, "tags"),
		first(w, &r, "last_contacted_at"),
		first(w, &r, "next_contact_at"),
		{ CELL_TEXT, asked },
		{ CELL_TEXT, str_of(who->by) },
	};
	writer_row(w->out, cells);
}

static void answer(struct answer *w, struct str asked, struct arena *a)
{
	struct identified who[IDENTIFIED_MAX];
	struct diag d = { 0 };
	bool more = false, valid = utf8_valid(asked);
	w->codec.arena = a;
	asked = valid ? utf8_trim(utf8_nfc(asked, a)) : asked;
	size_t n = valid ? identify(w->crm->store, asked, who, &more, a) : 0;
	for (size_t i = 0; i < n; i++)
		put(w, &who[i], asked);
	if (!n) {
		w->crm->refused++;
		if (!option_on(w->crm, "quiet"))
			warn("nobody is known by %s", quoted(asked, a));
	}
	if (more) {
		diag_set(&d, NULL, "more than %d people have %s", IDENTIFIED_MAX, quoted(asked, a));
		complain(w->crm, &d);
	}
	diag_free(&d);
	arena_reset(a);
}

/* One a line, for those who pipe a list of numbers in. */
static void answer_lines(struct answer *w, struct arena *a)
{
	static char *line; /* as long as the process: getline lets it grow */
	static size_t room;
	ssize_t n;
	while ((n = getline(&line, &room, stdin)) >= 0) {
		struct str asked = str_trim((struct str){ line, (size_t)n });
		if (asked.n)
			answer(w, asked, a);
	}
	if (ferror(stdin))
		die(STATUS_ENV, "cannot read <stdin>:");
}

static int run(struct crm *crm, int argc, char **argv)
{
	struct answer w = { .crm = crm, .codec = store_codec(crm->store, NULL) };
	struct arena a = { 0 };
	if (!argc && isatty(STDIN_FILENO))
		usage(crm, "who has what? Name a number, an address or an account");
	w.out = heading_writer(crm, columns, countof(columns));
	w.codec.human = writer_human(w.out);
	for (int i = 0; i < argc; i++)
		if (strcmp(argv[i], "-"))
			answer(&w, str_of(argv[i]), &a);
		else
			answer_lines(&w, &a);
	if (!argc)
		answer_lines(&w, &a);
	writer_close(w.out);
	arena_free(&a);
	return STATUS_OK;
}

static const struct verb verbs[] = {
	{ "", "[PHONE|EMAIL|ZALO|FACEBOOK|NUMBER…] [-]",
	  "print whose number, address or account that is", NEED_READ | TAKES_COLUMNS, NULL, run },
	{ 0 },
};

static const struct command command = { "who", "whose number, address or account is this?", verbs,
					NULL, NULL };

int main(int argc, char **argv)
{
	return crm_main(&command, argc, argv);
}
