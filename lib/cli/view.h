/* crm-view: how a portrait is printed.  One file a format. */
#ifndef CRM_CLI_VIEW_H
#define CRM_CLI_VIEW_H

#include "cli/command.h"
#include "core/buf.h"
#include "domain/portrait.h"

extern const struct option_def view_options[];
int view_run(struct crm *crm, int argc, char **argv);

/* What the printers share. */
struct view {
	enum language language;
	bool colour;
	int width;	/* columns of the terminal; 0: do not cut */
	size_t printed; /* portraits so far */
	FILE *out;
	struct arena *arena; /* of one portrait */
};

/* Before the first, one portrait, after the last; NULL: nothing to do. */
struct view_format {
	const char *name;
	bool human;
	void (*begin)(struct view *);
	void (*put)(struct view *, const struct portrait *);
	void (*end)(struct view *);
};
extern const struct view_format view_text, view_json, view_jsonl, view_html;

bool view_filled(const struct cell *c);

/* Which rows of a part: the own ones, those of what is around it, or all in their order. */
enum view_rows { ROWS_AROUND, ROWS_OWN, ROWS_ALL };
bool view_among(const struct portrait_row *row, enum view_rows which);
/* How many there are; `left_out`: that the part does not have. */
size_t view_count(const struct portrait_part *part, enum view_rows which, int64_t *left_out);
/* Whether one of them says something in that column. */
bool view_column(const struct portrait_part *part, enum view_rows which, size_t column);

/* Flushes what was put into b, checked, and empties it. */
void view_write(struct view *v, struct buf *b);

#endif
