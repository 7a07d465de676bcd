/* What another system reports of people: whose it is, and that it is the same when it comes again.
 */
#ifndef CRM_DOMAIN_IMPORT_EVENT_H
#define CRM_DOMAIN_IMPORT_EVENT_H

#include "domain/import.h"

/*
 * Whom an event is about that names nobody, by its address: somebody who is in its campaign,
 * else the first who has it; nobody where nobody has.
 */
void event_find_person(struct store *s, struct record *event, struct arena *a);

/*
 * That; and where its system gave it no number, one made of what it says: without a time, who did
 * what in a campaign is one event.
 */
void import_event(struct import *im, struct record *event, struct arena *a);

#endif
