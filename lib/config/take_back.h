/* Undo of a change of the configuration: for struct undo_job.configure. */
#ifndef CRM_CONFIG_TAKE_BACK_H
#define CRM_CONFIG_TAKE_BACK_H

#include "store/undo.h"

/*
 * Gives the sections that the change set touched the text that they had before.  Where a
 * later change that stands touched one of them, that is an obstacle, unless the undo is
 * forced.  Called twice: the first time everything that there was comes back, so that
 * the records' values are values again; then (restored) what there was not goes, or
 * retires where records hold it.  False: obstacles were reported.
 */
bool config_take_back(const struct undo_job *job, const struct undo_config *c, bool restored);

#endif
