/*
 * One noun in every pipe: operands or stdin become references.
 *
 *   lead-42 42 'Trần Thị Minh'   records
 *   status:new -w 'score > 5'    a selection
 *   status=nurturing tags+=vip   assignments
 *   -, or nothing at all         a record stream on stdin
 */
#ifndef CRM_CLI_OPERANDS_H
#define CRM_CLI_OPERANDS_H

#include "cli/command.h"

enum assign_op { ASSIGN_SET, ASSIGN_ADD, ASSIGN_REMOVE };

struct assignment {
	const struct field *field;
	enum assign_op op;
	struct str text; /* empty: clear */
};

/* A record named on the command line or on stdin. */
struct target {
	const struct entity *entity;
	int64_t id;
};

struct operands {
	struct assignment *assignments;
	size_t nassignments;
	struct target *targets; /* named ones, in the order in which they were named */
	size_t ntargets;
	struct node *where; /* terms and -w, or NULL */
	bool stdin_named;   /* "-" was among them */
};

enum operand_flags {
	OPERAND_ASSIGN = 1,  /* name=value assigns */
	OPERAND_SEARCH = 2,  /* a bare word searches (lists); else it names a record */
	OPERAND_FOREIGN = 4, /* references to other record types are welcome */
};

/*
 * Sorts operands into the above.  A wrong one is reported and ends the program; a record that
 * is not there ends it where the verb writes, or where it was the only one.
 */
void operands_parse(struct crm *crm, const struct entity *e, int argc, char **argv, unsigned flags,
		    struct operands *out);

/*
 * Words such as order.due_on=+30d, which say something of another record than the command is
 * about, out of argv into o (assignments alone, to fields of e).  A wrong one is a usage error.
 */
void operands_of_other(struct crm *crm, const struct entity *e, int *argc, char **argv,
		       struct operands *o);

/*
 * -s, -l and --offset into `what`, whose context is set; whether any was given.  A
 * wrong one ends the program.
 */
bool selection_options(struct crm *crm, struct select *what);

/*
 * The records to work on: the named ones, those selected (within the current
 * transaction), or those of stdin, which must have been read before
 * (targets_read).  Of type e alone; in order, each once.
 */
struct target *targets(struct crm *crm, const struct entity *e, const struct operands *o,
		       size_t *n);

/*
 * Reads the references of a record stream on stdin into o->targets, if the operands
 * say that it is to be read: "-", or neither records nor a selection named.
 * Usage error if stdin is a terminal.  A record without a good reference is
 * complained about.
 */
void targets_read(struct crm *crm, const struct entity *e, unsigned flags, struct operands *o);

/* The condition that a record is one of these, or is about one of them. */
struct node *named_node(struct crm *crm, const struct entity *e, const int64_t *ids, size_t n);

/* Applies assignments to a record (`old`: as it is, for += and -=; or NULL). False with diag. */
bool assign(struct crm *crm, const struct operands *o, struct record *r, const struct record *old,
	    struct arena *a, struct diag *d);

#endif
