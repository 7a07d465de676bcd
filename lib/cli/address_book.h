/* Contacts as CSV with the headers of somebody else's address book. */
#ifndef CRM_CLI_ADDRESS_BOOK_H
#define CRM_CLI_ADDRESS_BOOK_H

#include "cli/command.h"

/*
 * Prints what `what` selects (of a type that cards are of; its fields are set here) as CSV
 * that the address book of that name imports: google or outlook.  Numbers and addresses that
 * have no column left go to its notes.  A usage error where there is no such name.
 */
void address_book_write(struct crm *crm, const char *name, struct select *what);

#endif
