/* What a report answers as a page or as a picture: -o html, svg, chart, vegalite. */
#ifndef CRM_CLI_REPORT_DRAW_H
#define CRM_CLI_REPORT_DRAW_H

#include "cli/report_print.h"

/* Ends the program with STATUS_USAGE where a picture is asked for and there is none of it. */
void report_draw(struct crm *crm, const struct report_print *what, enum format format);

/* The command line of this run, as a shell reads it; in the arena. */
struct str report_command(struct crm *crm);

/* Columns of what people look at: of the terminal, else $COLUMNS, else 80; at least 40. */
size_t report_width(void);

bool report_terminal(void); /* whether stdout is one */

/* Whether stdout is a terminal that may be written to in colour. */
bool report_colour(void);

#endif
