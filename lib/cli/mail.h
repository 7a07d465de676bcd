/* crm-mail: send, check, ingest. */
#ifndef CRM_CLI_MAIL_H
#define CRM_CLI_MAIL_H

#include <stdio.h>

#include "cli/operands.h"
#include "domain/mail.h"

int mail_send(struct crm *crm, int argc, char **argv);
int mail_check(struct crm *crm, int argc, char **argv);
int mail_ingest(struct crm *crm, int argc, char **argv);

extern const struct option_def mail_send_options[], mail_check_options[], mail_ingest_options[];

/* ---- what is sent: lib/cli/mail_letter.c ---- */

/* Templates and settings of a run. */
struct desk {
	struct crm *crm;
	struct letters *letters; /* configured ones; NULL: none */
	struct letter *own;	 /* from --template, --html, --subject; NULL: none */
	struct mail_settings mail;
	enum language language;
};

/* Reads the configuration and the options; a mistake ends the program. */
void desk_open(struct desk *k, struct crm *crm);

/* What --kind says; a usage error where that is no kind; LETTER_KINDS where it is not given. */
enum letter_kind mail_kind(struct crm *crm);

/* The template of that name; ends the program where there is none. */
const struct letter *desk_letter(struct desk *k, const char *name);

/* The parts that a message of it is made of; how many.  parts[i] is the part of all[i]. */
size_t letter_all(const struct desk *k, const struct letter *l,
		  const struct template *all[LETTER_PARTS], enum letter_part parts[LETTER_PARTS]);

/* ---- to whom: lib/cli/mail_rows.c ---- */

/* One message to make. */
struct mail_row {
	struct target about;
	long line; /* in the stream; 0: it was named or selected */
	const struct letter *letter;
	int64_t errand;	    /* 0: none */
	int64_t campaign;   /* whose member it named; 0: none did */
	struct str *values; /* of struct mail_rows.words, those of the stream; NULL: none */
};

/* An errand of which no message is made. */
struct mail_unsent {
	int64_t errand;
	struct str why;
	bool failed; /* else whom it is for may not be written to */
};

struct mail_rows {
	struct mail_unsent *unsent; /* of rows that make no sense */
	size_t nunsent;
	struct mail_row *all;
	size_t n;
	struct str *words; /* names: LETTER_WORDS of the program, then columns of the stream */
	size_t nwords;
	long passed;	       /* rows of another --kind */
	enum letter_kind kind; /* of the template named, else --kind; LETTER_KINDS: neither is */
};

/* All of the operands and of stdin, read to its end. */
void mail_rows_read(struct desk *k, int argc, char **argv, struct mail_rows *rows);

/* ---- the messages: lib/cli/mail_merge.c ---- */

enum mail_state { MAIL_READY, MAIL_SKIPPED /* sent before, or halfway */, MAIL_LEFT, MAIL_KEPT };

struct mail_item {
	struct mail_out out; /* its texts belong to the run's arena, but for body */
	struct str to;	     /* address or number */
	int64_t errand, activity;
	const struct letter *letter;
	long at;	   /* in the spool: the message, and behind it its text */
	size_t size, text; /* bytes of each */
	enum mail_state state;
};

struct mailing {
	struct desk *desk;
	int64_t campaign; /* 0: none */
	const char *once; /* NULL: without */
	bool automatic;	  /* --automatic */
	bool each;	  /* --each */
	struct mail_item *items;
	size_t n;
	FILE *spool;	    /* nothing is sent before everything is written here */
	long refused_by[2]; /* who said no; whose address bounced */
	size_t waiting;	    /* mail_has_turn; without errands, which wait by themselves */
	struct mail_unsent *unsent;
	size_t nunsent;
};

/* Makes all messages; what cannot be made is complained about. */
void mail_merge(struct mailing *m, const struct mail_rows *rows);

/* Whom it is for may not be written to (struct mail_whom.refusal): counted, its errand is over. */
void mail_refused(struct mailing *m, int64_t errand, const char *refusal);

/*
 * Whether the message may leave now (allowance.h), within a writing transaction; what has to wait
 * is told, and its errand put off.
 */
bool mail_has_turn(struct mailing *m, const struct mail_item *item, struct arena *a,
		   struct diag *d);

/* The bytes of a message and of its text, in `a`. */
void mail_item_read(struct mailing *m, const struct mail_item *item, struct str *message,
		    struct str *text, struct arena *a);

/* ---- on their way: lib/cli/mail_way.c ---- */

enum mail_way { WAY_NONE, WAY_MBOX, WAY_MAILDIR, WAY_COMMAND, WAY_ROWS };

struct way {
	enum mail_way how;
	const char *maildir;
	char **command;
	size_t chunk; /* how many leave between two commits */
	struct arrival {
		const char *tmp, *to;
	} * arriving; /* in a Maildir: written, not there yet */
	size_t narriving;
	struct arena *arena; /* of the run */
	bool broken;	     /* the command cannot be run at all */
};

/*
 * As the options say; a usage error where they do not.  Of LETTER_KINDS there is nothing to send:
 * that needs no way.
 */
void way_open(struct way *w, struct crm *crm, enum letter_kind kind);

/* What became of one; why is in `a`. */
enum mail_end way_deliver(struct way *w, const struct mail_item *item, struct str message,
			  struct str *why, struct arena *a);

/* After each lot: what was delivered is on the disk, and whoever reads there sees it. */
void way_arrive(struct way *w);

/* Rows of text messages, for a gateway. */
void way_rows(struct mailing *m);

#endif
