/* Man pages, from the same tables as --help. */
#include "cli/mdoc.h"

#include <stdio.h>

/* A backslash is an escape; a dot or a quote at the start of a line would make a macro of it. */
static void put_text(const char *s, bool at_start)
{
	if (at_start && (*s == '.' || *s == '\''))
		fputs("\\&", stdout);
	for (; *s; s++) {
		if (*s == '\\')
			fputs("\\e", stdout);
		else
			putchar(*s);
	}
}

/* A word as an argument of a macro: none that mdoc would take for a macro or punctuation. */
static void put_word(const char *s)
{
	bool blank = strchr(s, ' ');
	if (blank)
		putchar('"');
	if (*s && strchr("|[(.,:;)]?!", *s))
		fputs("\\&", stdout);
	put_text(s, false);
	if (blank)
		putchar('"');
}

static void put_words(const char *macro, const char *words, size_t n)
{
	printf(".%s ", macro);
	printf("%.*s\n", (int)n, words);
}

/* "[TERM…] REF FIELD=VALUE…": .Op Ar and .Ar, one a line; what is left behind a "|". */
static const char *put_operands(const char *s)
{
	while (*s && *s != '|') {
		size_t n = strcspn(s, " ");
		if (*s == '[')
			n = strcspn(s, "]") + 1;
		if (*s != '[')
			put_words("Ar", s, n);
		else if (n == 3 && s[1] == '-')
			puts(".Op Fl");
		else
			put_words("Op Ar", s + 1, n - 2);
		s += n + strspn(s + n, " ");
	}
	return s + strspn(s, "| ");
}

/* A verb that can be called in two ways has a line for each. */
static void synopsis(const struct command *c)
{
	for (const struct verb *v = c->verbs; v->name; v++) {
		const char *rest = v->operands;
		do {
			printf(".Nm\n");
			if (v->name[0])
				printf(".Cm %s\n", v->name);
			puts(".Op Ar option ...");
			rest = put_operands(rest);
		} while (*rest);
	}
}

static void verbs(const struct command *c)
{
	puts(".Bl -tag -width Ds");
	for (const struct verb *v = c->verbs; v->name && v->name[0]; v++) {
		printf(".It Ic %s\n", v->name);
		put_text(v->help, true);
		puts(".");
	}
	puts(".El");
}

static void option_item(const struct option_def *o)
{
	printf(".It ");
	if (o->letter)
		printf("Fl %c , ", o->letter);
	printf("Fl -%s", o->name);
	if (o->operand)
		printf(" Ar %s", o->operand);
	putchar('\n');
	put_text(o->help, true);
	puts(".");
}

/* Which verbs of the program know an option: told where not all of them do. */
static void option_verbs(const struct command *c, const struct option_def *o)
{
	size_t all = 0, known = 0;
	for (const struct verb *v = c->verbs; v->name; v++, all++)
		known += option_find(v, str_of(o->name), 0) == o;
	if (known == all || !c->verbs->name[0]) /* there, verbs are but besides */
		return;
	size_t left = known;
	for (const struct verb *v = c->verbs; v->name; v++) {
		if (option_find(v, str_of(o->name), 0) != o)
			continue;
		if (left == known)
			puts(known == 1 ? "Verb:" : "Verbs:");
		printf(".Cm %s%s\n", v->name, --left ? " ," : " .");
	}
}

/* Every option of every verb once, in the order in which --help has them. */
static void options(const struct command *c)
{
	const struct option_def *seen[128];
	size_t nseen = 0;
	puts(".Bl -tag -width Ds");
	for (const struct verb *v = c->verbs; v->name; v++) {
		const struct option_def *tables[8];
		size_t n = option_tables(v, tables);
		for (size_t i = 0; i + 1 < n; i++)
			for (const struct option_def *o = tables[i]; o->name; o++) {
				size_t k = 0;
				while (k < nseen && seen[k] != o)
					k++;
				if (k < nseen || nseen == countof(seen))
					continue;
				seen[nseen++] = o;
				option_item(o);
				option_verbs(c, o);
			}
	}
	const struct option_def *tables[8];
	size_t n = option_tables(NULL, tables);
	for (const struct option_def *o = tables[n - 1]; o->name; o++)
		option_item(o);
	puts(".El");
}

static void put_values(const struct picklist *l)
{
	puts("One of");
	for (size_t i = 0, last = l->n; i < last; i++) {
		printf(".Ql ");
		put_word(l->picks[i].key);
		puts(i + 1 < last ? " ," : " .");
	}
}

static void field_item(const struct field *f)
{
	printf(".It Va %s Pq %s\n", f->name, f->type == &type_ref ? f->ref : f->type->name);
	put_text(f->help, true);
	puts(f->flags & F_REQUIRED ? "; required." : ".");
	if (f->flags & F_SYSTEM)
		puts("Set by the program.");
	else if (f->flags & F_DERIVED)
		puts("Set from other records.");
	if (f->flags & F_UNIQUE)
		puts("No two records share it.");
	if (f->picklist)
		put_values(schema_picklist(&shipped_schema, f->picklist));
	if (f->def)
		printf("Default:\n.Ql %s .\n", f->def);
}

static void fields(const struct entity *e)
{
	puts(".Bl -tag -width Ds");
	for (size_t i = 0; i < e->nfields; i++)
		field_item(&e->fields[i]);
	puts(".El");
}

static void value_types(void)
{
	puts(".Bl -tag -width percentage");
	for (size_t i = 0; i < ntypes; i++) {
		printf(".It %s\n", types[i]->name);
		put_text(types[i]->help, true);
		puts(".");
	}
	puts(".El");
}

static void picklists(void)
{
	puts(".Bl -tag -width Ds");
	const struct picklist *l;
	for (size_t i = 0; (l = default_picklist_at(i)); i++) {
		printf(".It %s\n", l->name);
		for (size_t k = 0; k < l->n; k++) {
			const struct pick *p = &l->picks[k];
			printf(".Ql ");
			put_word(p->key);
			printf("\n");
			put_text(p->en, true);
			printf("%s%s%s\n", strcmp(p->en, p->vi) ? " / " : "",
			       strcmp(p->en, p->vi) ? p->vi : "", k + 1 < l->n ? ";" : ".");
		}
	}
	puts(".El");
}

int mdoc(const struct command *c, int nwords, char **words)
{
	const char *part = nwords > 0 ? words[0] : "";
	const char *what = nwords > 1 ? words[1] : c->entity ? c->entity : c->name;
	const struct entity *e = schema_entity(&shipped_schema, str_of(what));
	if (!strcmp(part, "synopsis"))
		synopsis(c);
	else if (!strcmp(part, "verbs"))
		verbs(c);
	else if (!strcmp(part, "options"))
		options(c);
	else if (!strcmp(part, "fields") && e)
		fields(e);
	else if (!strcmp(part, "types"))
		value_types();
	else if (!strcmp(part, "picklists"))
		picklists();
	else
		die(STATUS_USAGE, "--mdoc: no part %s", part);
	return STATUS_OK;
}
