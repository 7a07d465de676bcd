/* --help, from the tables. */
#include <stdio.h>

#include "cli/command.h"

static void print_options(const struct verb *v, FILE *out)
{
	const struct option_def *tables[8];
	size_t n = option_tables(v, tables);
	fputs("\nOptions:\n", out);
	for (size_t i = 0; i < n; i++)
		for (const struct option_def *o = tables[i]; o->name; o++) {
			char left[64];
			snprintf(left, sizeof left, "--%s%s%s", o->name, o->operand ? " " : "",
				 o->operand ? o->operand : "");
			if (o->letter)
				fprintf(out, "  -%c, %-22s %s\n", o->letter, left, o->help);
			else
				fprintf(out, "      %-22s %s\n", left, o->help);
		}
}

static void print_fields(const struct field *f, size_t n, FILE *out)
{
	for (; n > 0; f++, n--)
		if (!(f->flags & F_RETIRED))
			fprintf(out, "  %-20s %-10s %s%s\n", f->name,
				f->type == &type_ref ? f->ref : f->type->name, f->help,
				f->flags & F_SYSTEM ? " (set by the program)" : "");
}

/* The shipped fields, then those of the database: there may be none, or one that is damaged. */
static void print_all_fields(struct crm *crm, FILE *out)
{
	const struct entity *e = crm->entity;
	fprintf(out, "\nFields of %s:\n", e->plural);
	print_fields(e->fields, e->nfields, out);
	crm->store = store_quiet(crm);
	if (!crm->store)
		return;
	const struct entity *own = store_entity(crm->store, e->name);
	print_fields(own->fields + e->nfields, own->nfields - e->nfields, out);
}

static void print_verbs(const char *title, const struct verb *v, FILE *out)
{
	fprintf(out, "\n%s:\n", title);
	for (; v->name; v++)
		fprintf(out, "  %-13s %s\n", v->name, v->help);
}

static void print_verb(struct crm *crm, const struct verb *v, FILE *out)
{
	fprintf(out, "usage: %s%s%s %s\n\n%s\n", program_name, v->name[0] ? " " : "", v->name,
		v->operands, v->name[0] ? v->help : crm->command->help);
	if (!v->name[0] && v[1].name)
		print_verbs("Verbs, as the first word", v + 1, out);
	print_options(v, out);
	if (v->need & TAKES_FIELDS && crm->entity)
		print_all_fields(crm, out);
}

void help_print(struct crm *crm, FILE *out)
{
	const struct command *c = crm->command;
	if (crm->verb) {
		print_verb(crm, crm->verb, out);
	} else {
		fprintf(out, "usage: %s VERB …\n\n%s\n", program_name, c->help);
		print_verbs("Verbs", c->verbs, out);
		print_options(NULL, out);
		if (crm->entity)
			print_all_fields(crm, out);
	}
	if (c->note)
		fprintf(out, "\n%s\n", c->note);
	fprintf(out, "\nThe manual: man %s, man 7 crm\n", program_name);
}
