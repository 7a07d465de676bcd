/* To whom: records that are named, selected, or come in with columns of their own. */
#include <stdlib.h>
#include <unistd.h>

#include "cli/mail.h"
#include "core/buf.h"

struct reading {
	struct desk *desk;
	struct mail_rows *rows;
	size_t room, words_room, unsent_room;
	const struct letter *letter; /* of rows that name none; NULL: they must */
	const struct letter *last;   /* whose columns are among the words */
};

/* A campaign's member stands for the person who is one. */
static int64_t person_behind(struct store *s, struct target *about)
{
	struct arena a = { 0 };
	struct record r;
	int64_t campaign = 0;
	if (!strcmp(about->entity->name, "campaign_member") &&
	    store_get(s, about->entity, about->id, &r, &a)) {
		struct person p = campaign_person(s, about->entity, about->id, &a);
		campaign = record_at(&r, "campaign")->i;
		if (p.entity)
			*about = (struct target){ p.entity, p.id };
	}
	arena_free(&a);
	return campaign;
}

static struct mail_row *add(struct reading *r, struct target about, const struct letter *letter)
{
	struct mail_rows *rows = r->rows;
	int64_t campaign = person_behind(r->desk->crm->store, &about);
	rows->all =
	    arena_grow(&r->desk->crm->arena, rows->all, rows->n, &r->room, sizeof *rows->all);
	rows->all[rows->n] =
	    (struct mail_row){ .about = about, .letter = letter, .campaign = campaign };
	return &rows->all[rows->n++];
}

/* The place of a column among the words; it is made where the template asks for it. */
static bool word_of(struct reading *r, const struct letter *l, struct str name, size_t *place)
{
	struct mail_rows *rows = r->rows;
	const struct template *all[LETTER_PARTS];
	enum letter_part parts[LETTER_PARTS];
	bool asked = false;
	size_t n = letter_all(r->desk, l, all, parts);
	for (size_t i = 0; i < n; i++)
		asked |= template_names(all[i], name);
	for (*place = 0; asked && *place < rows->nwords; ++*place)
		if (str_eq(rows->words[*place], name))
			return *place >= LETTER_WORDS;
	if (!asked || rows->nwords == r->words_room)
		return false;
	rows->words[rows->nwords++] = arena_str(&r->desk->crm->arena, name);
	return true;
}

static struct str column(const struct row *row, const char *name)
{
	const struct cell *cell = row_cell(row, name);
	return cell && cell->kind >= CELL_TEXT ? str_trim(cell->text) : (struct str){ 0 };
}

static bool about_of(struct crm *crm, const struct row *row, struct target *t, struct diag *d)
{
	struct str id = column(row, "id");
	if (!id.n)
		return diag_set(d, "id", "the record has none");
	if (!ref_parse(&crm->store->schema, id, &t->entity, &t->id))
		return diag_set(d, "id", "%s is no reference such as lead-42",
				quoted(id, &d->arena));
	return store_exists(crm->store, t->entity, t->id) ||
	       diag_set(d, "id", "there is no %s", quoted(id, &d->arena));
}

static bool letter_of(struct reading *r, const struct row *row, const struct letter **l,
		      struct diag *d)
{
	struct str name = column(row, "template");
	*l = r->letter;
	if (!r->letter && name.n)
		*l = letter_named(r->desk->letters, arena_str(&d->arena, name).p);
	if (*l)
		return true;
	return name.n ? diag_set(d, "template", "there is no template %s", quoted(name, &d->arena))
		      : diag_set(d, "template", "none is named, here or on the command line");
}

static bool errand_of(struct crm *crm, const struct row *row, int64_t *errand, struct diag *d)
{
	struct str ref = column(row, "errand");
	const struct entity *e;
	*errand = 0;
	return !ref.n ||
	       (ref_parse(&crm->store->schema, ref, &e, errand) && !strcmp(e->name, "errand")) ||
	       diag_set(d, "errand", "%s is no reference such as errand-7", quoted(ref, &d->arena));
}

static void keep_values(struct reading *r, const struct row *row, struct mail_row *to)
{
	struct arena *a = &r->desk->crm->arena;
	to->values = arena_new(a, struct str, r->words_room);
	for (size_t i = 0, place; i < row->n; i++)
		if (row->cells[i].kind >= CELL_TEXT &&
		    word_of(r, to->letter, row->names[i], &place))
			to->values[place] = arena_str(a, row->cells[i].text);
}

/* Rows of another kind of message are somebody else's. */
static bool is_other_kind(struct crm *crm, const struct row *row, const struct letter *l)
{
	const char *kind = option(crm, "kind");
	struct str own = column(row, "errand").n ? column(row, "kind") : (struct str){ 0 };
	return kind &&
	       ((own.n && !str_is(own, kind)) || (l && strcmp(letter_kinds[l->kind], kind)));
}

/* Its errand will fail, and says why. */
static bool refuse_errand(struct reading *r, int64_t errand, const struct diag *d)
{
	struct mail_rows *rows = r->rows;
	struct arena *a = &r->desk->crm->arena;
	if (!errand)
		return false;
	rows->unsent =
	    arena_grow(a, rows->unsent, rows->nunsent, &r->unsent_room, sizeof *rows->unsent);
	rows->unsent[rows->nunsent++] =
	    (struct mail_unsent){ errand, arena_str(a, d->message), true };
	return false;
}

static bool take_row(struct reading *r, const struct row *row, struct diag *d)
{
	struct crm *crm = r->desk->crm;
	const struct letter *letter = NULL;
	struct target about;
	int64_t errand;
	struct diag unknown = { 0 };
	bool known = letter_of(r, row, &letter, &unknown);
	diag_free(&unknown);
	if (is_other_kind(crm, row, known ? letter : NULL)) {
		r->rows->passed++;
		return true;
	}
	if (!errand_of(crm, row, &errand, d))
		return false;
	if (!letter_of(r, row, &letter, d) || !about_of(crm, row, &about, d))
		return refuse_errand(r, errand, d);
	struct mail_row *to = add(r, about, letter);
	to->line = row->line;
	to->errand = errand;
	keep_values(r, row, to);
	return true;
}

static void read_stream(struct reading *r)
{
	struct crm *crm = r->desk->crm;
	struct reader *in = reader_for(crm, "-", false);
	struct arena a = { 0 };
	struct diag d = { 0 };
	struct row row;
	for (enum read_result got; (got = reader_next(in, &row, &a, &d)) != READ_END;) {
		if (got == READ_BAD || !take_row(r, &row, &d))
			complain(crm, &d);
		arena_reset(&a);
	}
	reader_done(crm, in, "<stdin>");
	arena_free(&a);
	diag_free(&d);
}

/* The members of --campaign who wait for their letter. */
static void read_campaign(struct reading *r, int64_t campaign)
{
	size_t n;
	struct person *all = mail_waiting(r->desk->crm->store, campaign, &n, &r->desk->crm->arena);
	for (size_t i = 0; i < n; i++)
		add(r, (struct target){ all[i].entity, all[i].id }, r->letter);
}

/* Whose terms and bare words the operands are: a type that is named, else the template's first. */
static const struct entity *type_of(struct reading *r, int *argc, char ***argv)
{
	const struct schema *s = &r->desk->crm->store->schema;
	const struct entity *e = *argc ? schema_entity(s, str_of((*argv)[0])) : NULL;
	struct str rest = str_of(r->letter && r->letter->of ? r->letter->of : "lead"), first;
	if (e) {
		++*argv;
		--*argc;
		return e;
	}
	str_cut(&rest, ' ', &first);
	return schema_entity(s, first);
}

static void read_operands(struct reading *r, int argc, char **argv)
{
	struct crm *crm = r->desk->crm;
	const struct entity *e = type_of(r, &argc, &argv);
	struct operands o;
	size_t n = 0;
	operands_parse(crm, e, argc, argv, OPERAND_FOREIGN, &o);
	if (o.where && o.ntargets)
		usage(crm, "either records or terms");
	struct target *t = o.where ? targets(crm, e, &o, &n) : o.targets;
	n = o.where ? n : o.ntargets;
	if (n && !r->letter)
		usage(crm, "which template?");
	for (size_t i = 0; i < n; i++) {
		if (store_exists(crm->store, t[i].entity, t[i].id)) {
			add(r, t[i], r->letter);
			continue;
		}
		diag_set(&crm->diag, NULL, "there is no %s",
			 ref_print(t[i].entity, t[i].id, &crm->arena).p);
		complain(crm, &crm->diag);
	}
	if (!o.stdin_named && (o.ntargets || o.where))
		return;
	const char *campaign = option(crm, "campaign");
	if (campaign && !o.stdin_named) {
		int64_t id;
		const struct entity *c = store_entity(crm->store, "campaign");
		if (!r->letter)
			usage(crm, "which template?");
		if (!ref_resolve(&crm->resolver, c, str_of(campaign), &id, NULL, &crm->diag))
			refuse(crm, STATUS_REFUSED);
		read_campaign(r, id);
		return;
	}
	if (!o.stdin_named && isatty(STDIN_FILENO))
		usage(crm, "to whom? Name records or terms, or pipe a record stream in");
	read_stream(r);
}

void mail_rows_read(struct desk *k, int argc, char **argv, struct mail_rows *rows)
{
	enum { COLUMNS_MAX = 200 };
	struct reading r = { .desk = k, .rows = rows, .words_room = LETTER_WORDS + COLUMNS_MAX };
	*rows = (struct mail_rows){ .nwords = LETTER_WORDS };
	rows->words = arena_new(&k->crm->arena, struct str, r.words_room);
	memcpy(rows->words, letter_words, sizeof letter_words);
	r.letter = k->own;
	if (!k->own && argc && strcmp(argv[0], "-") != 0) {
		r.letter = desk_letter(k, argv[0]);
		argv++;
		argc--;
	}
	rows->kind = r.letter ? r.letter->kind : mail_kind(k->crm);
	read_operands(&r, argc, argv);
	for (size_t i = 0; i < rows->n; i++)
		if (!rows->all[i].values)
			rows->all[i].values = arena_new(&k->crm->arena, struct str, rows->nwords);
}
