/* The streams that come in. */
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "cli/command.h"
#include "core/buf.h"

static char delimiter(struct crm *crm)
{
	const char *text = option(crm, "delimiter");
	if (!text)
		return 0;
	if (!strcmp(text, "tab") || !strcmp(text, "\\t"))
		return '\t';
	if (strlen(text) != 1 || strchr("\"\r\n", text[0]))
		usage(crm, "--delimiter: %s is not one character",
		      quoted(str_of(text), &crm->arena));
	return text[0];
}

/* What the record type cannot hold of a card is kept in its notes. */
static bool takes(void *context, const char *name, struct str text)
{
	struct crm *crm = context;
	const struct field *f = crm->entity ? entity_field(crm->entity, str_of(name)) : NULL;
	if (!f || f->flags & (F_SYSTEM | F_DERIVED | F_RETIRED))
		return false;
	if (!text.p || f->type == &type_phone || f->type == &type_ref)
		return true;
	struct arena a = { 0 };
	struct diag d = { 0 };
	struct codec c = store_codec(crm->store, &a);
	struct value v;
	bool good = field_parse(f, &v, (struct cell){ CELL_TEXT, text }, &c, &d);
	diag_free(&d);
	arena_free(&a);
	return good;
}

static struct reader *reader_with(struct crm *crm, int fd, const char *source,
				  struct reader_options o)
{
	const char *name = option(crm, "input");
	const struct format_def *format = name ? format_by_name(str_of(name)) : NULL;
	if (name && (!format || !format->read))
		usage(crm, "-i: no format %s can be read", quoted(str_of(name), &crm->arena));
	o.format = format ? format->format : FORMAT_AUTO;
	o.delimiter = delimiter(crm);
	o.encoding = option(crm, "encoding");
	o.takes = takes;
	o.takes_context = crm;
	struct reader *r = reader_open(fd, source, &o, &crm->diag);
	if (!r)
		refuse(crm, STATUS_REFUSED);
	return r;
}

struct reader *reader_on(struct crm *crm, int fd, const char *source, bool want_raw)
{
	return reader_with(crm, fd, source, (struct reader_options){ .want_raw = want_raw });
}

struct reader *reader_for_table(struct crm *crm, const char *file, const struct reader_options *o)
{
	if (!strcmp(file, "-"))
		return reader_with(crm, STDIN_FILENO, "<stdin>", *o);
	int fd = open(file, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		die(STATUS_ENV, "cannot read %s:", file);
	return reader_with(crm, fd, file, *o);
}

struct reader *reader_for(struct crm *crm, const char *file, bool want_raw)
{
	return reader_for_table(crm, file, &(struct reader_options){ .want_raw = want_raw });
}

void reader_done(struct crm *crm, struct reader *in, const char *source)
{
	struct str remark = reader_remark(in, &crm->arena);
	if (remark.n && !option_on(crm, "quiet"))
		warn("%s: %s", source, remark.p);
	reader_close(in);
}
