/* crm-order: what customers bought, from draft to payment. */
#include "cli/lines.h"
#include "cli/payments.h"

static int confirm(struct crm *crm, int argc, char **argv)
{
	static const char *const fixed[] = { "status=confirmed", NULL };
	return set_with(crm, argc, argv, fixed);
}

static int deliver(struct crm *crm, int argc, char **argv)
{
	static const char *const fixed[] = { "status=delivered", NULL };
	return set_with(crm, argc, argv, fixed);
}

static int cancel(struct crm *crm, int argc, char **argv)
{
	static const char *const fixed[] = { "status=cancelled", NULL };
	return set_with(crm, argc, argv, fixed);
}

enum { CHANGES = NEED_WRITE | TAKES_WHERE | TAKES_LIST | TAKES_INPUT | TAKES_FIELDS };

static const struct verb verbs[] = {
	ADD_WITH_LINES,
	CRUD_VERBS_BUT_ADD,
	LINE_VERBS,
	{ "confirm", "[REF…] [TERM…] [FIELD=VALUE…] [-]", "say that orders are firm", CHANGES, NULL,
	  confirm },
	{ "deliver", "[REF…] [TERM…] [FIELD=VALUE…] [-]",
	  "say that orders were delivered (carrier=… tracking=…)", CHANGES, NULL, deliver },
	{ "pay", "[REF…] [TERM…] [FIELD=VALUE…] [-] [AMOUNT] [METHOD]",
	  "note a payment of what is due, or of AMOUNT", CHANGES, payment_options, payments_pay },
	{ "refund", "[REF…] [TERM…] [FIELD=VALUE…] [-] [AMOUNT] [METHOD]",
	  "note what was paid back", CHANGES, payment_options, payments_refund },
	{ "return", "[REF…] [TERM…] [LINE=QUANTITY…] [FIELD=VALUE…] [-] [REASON]",
	  "take back all, or so many of a line (order_line-7=2, SKU=2)", CHANGES, NULL,
	  payments_return },
	{ "cancel", "[REF…] [TERM…] [FIELD=VALUE…] [-]", "call orders off", CHANGES, NULL, cancel },
	{ 0 },
};

static const struct command command = { "order", "what customers bought, from draft to payment",
					verbs, NULL, NULL };

int main(int argc, char **argv)
{
	return crm_main(&command, argc, argv);
}
