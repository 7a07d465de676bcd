/* crm-follow's verbs. */
#ifndef CRM_CLI_FOLLOW_H
#define CRM_CLI_FOLLOW_H

#include "cli/command.h"
#include "domain/follow.h"

/* follow_run.c */
int follow_run(struct crm *crm, int argc, char **argv);
extern const struct option_def follow_run_options[];

/* follow_errands.c: what becomes of errands, and those that wait or are stuck. */
int follow_done(struct crm *crm, int argc, char **argv);
int follow_fail(struct crm *crm, int argc, char **argv);
int follow_cancel(struct crm *crm, int argc, char **argv);
int follow_retry(struct crm *crm, int argc, char **argv);
int follow_pending(struct crm *crm, int argc, char **argv);
int follow_stuck(struct crm *crm, int argc, char **argv);
extern const struct option_def follow_end_options[];

/* follow_show.c */
int follow_rules(struct crm *crm, int argc, char **argv);
int follow_explain(struct crm *crm, int argc, char **argv);

/* follow_people.c: into a sequence, and out of it, by hand. */
int follow_enter(struct crm *crm, int argc, char **argv);
int follow_stop(struct crm *crm, int argc, char **argv);
extern const struct option_def follow_stop_options[];

/*
 * An engine for this run, its rules read; those that are wrong are told and left out.  `a` is
 * its own until follow_close.
 */
void follow_open(struct crm *crm, struct follow *f, struct arena *a);

#endif
