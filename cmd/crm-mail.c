/* crm-mail: messages to customers, and from them. */
#include "cli/mail.h"

enum { SENDS = NEED_WRITE | TAKES_WHERE | TAKES_LIST | TAKES_INPUT };

static const struct verb verbs[] = {
	{ "send", "[TEMPLATE] [TYPE] [REF…] [TERM…] [-]", "write to people what a template says",
	  SENDS, mail_send_options, mail_send },
	{ "check", "[TEMPLATE…] [TYPE…]", "print the fields that templates ask for",
	  NEED_READ | TAKES_COLUMNS, mail_check_options, mail_check },
	{ "ingest", "[FILE…]", "take in messages: replies, bounces, unsubscriptions",
	  NEED_WRITE | TAKES_LIST | FAILS_FOR_NOW, mail_ingest_options, mail_ingest },
	{ 0 },
};

static const struct command command = { "mail", "writes to customers, and takes in what they write",
					verbs, "activity", NULL };

int main(int argc, char **argv)
{
	return crm_main(&command, argc, argv);
}
