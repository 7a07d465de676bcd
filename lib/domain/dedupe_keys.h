/* What records of one person have in common: the keys of each blocking pass. */
#ifndef CRM_DOMAIN_DEDUPE_KEYS_H
#define CRM_DOMAIN_DEDUPE_KEYS_H

#include "domain/dedupe_impl.h"

struct block_entry {
	uint64_t key;
	uint32_t rank, who; /* place by name; index among the people */
};

struct block_list {
	struct block_entry *all;
	size_t n, room;
};

/* One row a pass: its keys are made of a fixed part and one of a person's words. */
struct block_pass {
	const char *name; /* for messages: "telephone" */
	void (*keys)(const struct block_pass *, const struct people *, const struct person *,
		     void (*put)(void *ctx, uint64_t key), void *ctx);
	enum trait a, b; /* traits of the fixed part; TRAITS: none */
};

extern const struct block_pass block_passes[];
extern const size_t nblock_passes;

/* Appends the keys of one person. */
void block_keys(const struct block_pass *pass, const struct people *p, uint32_t who, uint32_t rank,
		struct block_list *out);

/*
 * The place of everybody by family, given and middle name, or (reversed) by given name
 * first; organisations by theirs.  `list` comes back in that order.  To be freed.
 */
uint32_t *name_ranks(const struct people *p, bool reversed, struct block_list *list);

#endif
