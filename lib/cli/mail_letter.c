/* What is sent: templates of the configuration, or of files; and what they ask for. */
#include <stdlib.h>

#include "cli/heading.h"
#include "cli/mail.h"
#include "config/document.h"
#include "config/sections.h"
#include "schema/label.h"

const struct option_def mail_check_options[] = {
	{ 0 },
};

static void refuse_configured(struct crm *crm)
{
	if (crm->diag.message.n)
		refuse(crm, STATUS_REFUSED);
}

/* A file's text, as a template has it. */
static void read_part(struct crm *crm, const char *option_name, enum letter_part part,
		      struct letter *l)
{
	const char *file = option(crm, option_name);
	struct str text;
	if (!file)
		return;
	if (part == LETTER_SUBJECT)
		text = str_of(file);
	else if (!yaml_text(file, &crm->arena, &text, &crm->diag))
		refuse(crm, STATUS_ENV);
	const char *name = part == LETTER_SUBJECT ? "--subject" : file;
	if (!template_parse(text, name, &l->parts[0][part], &crm->arena, &crm->diag))
		refuse(crm, STATUS_REFUSED);
}

enum letter_kind mail_kind(struct crm *crm)
{
	const char *kind = option(crm, "kind");
	enum letter_kind k = LETTER_EMAIL;
	while (k < LETTER_KINDS && (!kind || strcmp(letter_kinds[k], kind) != 0))
		k++;
	if (kind && k == LETTER_KINDS)
		usage(crm, "--kind: %s is none of email, sms, zalo", kind);
	return k;
}

/* --template, --html and --subject make one. */
static struct letter *own_letter(struct crm *crm)
{
	const char *text = option(crm, "template"), *html = option(crm, "html");
	if (!text && !html) {
		if (option(crm, "subject"))
			usage(crm, "--subject goes with --template or --html");
		return NULL;
	}
	struct letter *l = arena_new(&crm->arena, struct letter, 1);
	l->key = "letter";
	l->kind = option(crm, "kind") ? mail_kind(crm) : LETTER_EMAIL;
	l->unsubscribe = true;
	read_part(crm, "subject", LETTER_SUBJECT, l);
	read_part(crm, "template", LETTER_TEXT, l);
	read_part(crm, "html", LETTER_HTML, l);
	bool mail = l->kind == LETTER_EMAIL;
	if (mail && !l->parts[0][LETTER_SUBJECT].name)
		usage(crm, "a letter needs a --subject");
	if (!mail && (html || option(crm, "subject")))
		usage(crm, "a message by %s has neither a subject nor html", letter_kinds[l->kind]);
	return l;
}

void desk_open(struct desk *k, struct crm *crm)
{
	struct store *s = crm->store;
	*k = (struct desk){ .crm = crm, .language = s->settings.language };
	k->letters = document_stored(&section_templates, s, &crm->arena, &crm->diag);
	refuse_configured(crm);
	struct mail_settings *m = document_stored(&section_mail, s, &crm->arena, &crm->diag);
	refuse_configured(crm);
	if (m)
		k->mail = *m;
	const char *language = option(crm, "lang");
	if (language && !language_parse(str_of(language), &k->language))
		usage(crm, "--lang: %s is neither en nor vi", language);
	s->settings.language = k->language; /* values are printed in it, too */
	k->own = own_letter(crm);
}

const struct letter *desk_letter(struct desk *k, const char *name)
{
	const struct letter *l = letter_named(k->letters, name);
	const char **names =
	    arena_new(&k->crm->arena, const char *, k->letters ? k->letters->n : 0);
	size_t n = 0;
	if (l)
		return l;
	for (; k->letters && n < k->letters->n; n++)
		names[n] = k->letters->all[n].key;
	const char *near = nearest(str_of(name), names, n);
	usage(k->crm, "no template %s%s%s%s", quoted(str_of(name), &k->crm->arena),
	      near ? "; did you mean " : "", near ? near : "", near ? "?" : "");
}

size_t letter_all(const struct desk *k, const struct letter *l,
		  const struct template *all[LETTER_PARTS], enum letter_part parts[LETTER_PARTS])
{
	size_t n = 0;
	for (enum letter_part p = 0; p < LETTER_PARTS; p++) {
		all[n] = letter_part_in(l, p, k->language);
		parts[n] = p;
		n += all[n] != NULL;
	}
	return n;
}

/* -- check -- */

static const struct heading columns[] = {
	{ "template", "Template", "Mẫu", false },
	{ "part", "Part", "Phần", false },
	{ "line", "Line", "Dòng", true },
	{ "column", "Column", "Cột", true },
	{ "name", "Name", "Tên", false },
	{ "of", "Of", "Thuộc", false },
	{ "default", "Default", "Mặc định", false },
};

static void put_names(struct writer *w, const struct letter *l, enum letter_part part,
		      const struct template *t, const struct entity *e)
{
	struct arena a = { 0 };
	for (size_t i = 0; i < t->n; i++) {
		const struct template_node *node = &t->nodes[i];
		if (node->tag == TAG_TEXT)
			continue;
		const struct cell cells[countof(columns)] = {
			cell_text(str_of(l->key)),
			cell_text(str_of(letter_parts[part])),
			cell_int(node->line, &a),
			cell_int(node->column, &a),
			{ CELL_TEXT, node->text },
			cell_text(str_of(e->name)),
			{ node->has_default ? CELL_TEXT : CELL_NULL, node->otherwise },
		};
		writer_row(w, cells);
		arena_reset(&a);
	}
	arena_free(&a);
}

static void tell(void *ctx, struct diag *d)
{
	complain(ctx, d);
}

static struct template_words words_for(struct crm *crm, const struct letter *l)
{
	struct str rest = str_of(l->columns), one;
	struct str *names = arena_new(&crm->arena, struct str, LETTER_WORDS + rest.n + 1);
	size_t n = LETTER_WORDS;
	memcpy(names, letter_words, sizeof letter_words);
	while (rest.p && str_cut(&rest, ' ', &one))
		names[n++] = one;
	return (struct template_words){ names, NULL, n };
}

static void check_one(struct desk *k, struct writer *w, const struct letter *l,
		      const struct entity *e)
{
	struct query_context q = query_context(k->crm, e);
	struct template_words words = words_for(k->crm, l);
	for (size_t i = 0; i < 3; i++)
		for (enum letter_part p = 0; p < LETTER_PARTS; p++) {
			const struct template *t = &l->parts[i][p];
			if (!t->name)
				continue;
			template_check(&q, &t, 1, &words, tell, k->crm);
			put_names(w, l, p, t, e);
		}
}

/* With the kinds that were named, those that it is for, or else leads. */
static void check_types(struct desk *k, struct writer *w, const struct letter *l,
			const struct entity *const *kinds, size_t n)
{
	const struct schema *schema = &k->crm->store->schema;
	struct str rest = str_of(l->of ? l->of : "lead"), one;
	for (size_t i = 0; i < n; i++)
		check_one(k, w, l, kinds[i]);
	while (!n && str_cut(&rest, ' ', &one))
		check_one(k, w, l, schema_entity(schema, one));
}

int mail_check(struct crm *crm, int argc, char **argv)
{
	struct desk k;
	desk_open(&k, crm);
	const struct letter **letters =
	    arena_new(&crm->arena, const struct letter *, (size_t)argc + 1);
	const struct entity **kinds =
	    arena_new(&crm->arena, const struct entity *, (size_t)argc + 1);
	size_t nletters = 0, nkinds = 0;
	for (int i = 0; i < argc; i++) {
		const struct entity *e = store_entity(crm->store, argv[i]);
		if (e && !letter_named(k.letters, argv[i]))
			kinds[nkinds++] = e;
		else
			letters[nletters++] = desk_letter(&k, argv[i]);
	}
	struct writer *w = heading_writer(crm, columns, countof(columns));
	if (k.own)
		check_types(&k, w, k.own, kinds, nkinds);
	for (size_t i = 0; i < nletters; i++)
		check_types(&k, w, letters[i], kinds, nkinds);
	for (size_t i = 0; !k.own && !nletters && k.letters && i < k.letters->n; i++)
		check_types(&k, w, &k.letters->all[i], kinds, nkinds);
	writer_close(w);
	return STATUS_OK;
}
