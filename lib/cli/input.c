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

struct reader *reader_on(struct crm *crm, int fd, const char *source, bool want_raw)
{
	const char *name = option(crm, "input");
	const struct format_def *format = name ? format_by_name(str_of(name)) : NULL;
	if (name && (!format || !format->read))
		usage(crm, "-i: no format %s can be read", quoted(str_of(name), &crm->arena));
	struct reader_options o = {
		.format = format ? format->format : FORMAT_AUTO,
		.delimiter = delimiter(crm),
		.encoding = option(crm, "encoding"),
		.want_raw = want_raw,
		.takes = takes,
		.takes_context = crm,
	};
	struct reader *r = reader_open(fd, source, &o, &crm->diag);
	if (!r)
		refuse(crm, STATUS_REFUSED);
	return r;
}

struct reader *reader_for(struct crm *crm, const char *file, bool want_raw)
{
	if (!strcmp(file, "-"))
		return reader_on(crm, STDIN_FILENO, "<stdin>", want_raw);
	int fd = open(file, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		die(STATUS_ENV, "cannot read %s:", file);
	return reader_on(crm, fd, file, want_raw);
}

void reader_done(struct crm *crm, struct reader *in, const char *source)
{
	struct str remark = reader_remark(in, &crm->arena);
	if (remark.n && !option_on(crm, "quiet"))
		warn("%s: %s", source, remark.p);
	reader_close(in);
}
