/* Who is to be rung, printed: a row for programs, a line a fact for people. */
#ifndef CRM_CLI_CALL_CARD_H
#define CRM_CLI_CALL_CARD_H

#include "cli/heading.h"
#include "domain/call_card.h"

/* To be opened before anything is written, so that a wrong -f is. */
struct writer *call_card_writer(struct crm *crm);
void call_card_print(struct crm *crm, struct writer *out, const struct call_card *card);

#endif
