/* What the files of the matcher share; for nobody else. */
#ifndef CRM_DOMAIN_DEDUPE_IMPL_H
#define CRM_DOMAIN_DEDUPE_IMPL_H

#include "domain/dedupe.h"
#include "domain/dedupe_em.h"

/* Texts that are kept once each, with how many records have them.  0 is the empty text. */
struct pool {
	char *bytes;
	size_t nbytes, room;
	uint32_t *start; /* of text i; start[n] is nbytes */
	uint32_t *count;
	uint32_t n, nroom;
	uint32_t *slots; /* open addressing */
	uint32_t nslots;
};

uint32_t pool_add(struct pool *p, struct str s); /* does not count it */
struct str pool_text(const struct pool *p, uint32_t i);
void pool_free(struct pool *p);

/* What of a record is compared, in the order of trait_defs. */
enum trait {
	TRAIT_GIVEN,
	TRAIT_MIDDLE,
	TRAIT_FAMILY,
	TRAIT_FIRM,
	TRAIT_BIRTH,
	TRAIT_PHONE,
	TRAIT_EMAIL,
	TRAIT_TAX,
	TRAIT_COMPANY,
	TRAIT_STREET,
	TRAIT_NUMBER,
	TRAIT_WARD,
	TRAIT_DISTRICT,
	TRAIT_CITY,
	TRAIT_REGION,
	TRAIT_POSTCODE,
	TRAITS
};

struct trait_def {
	const char *name, *en, *vi;
	enum trait pool; /* whose texts it shares */
	enum place { NO_PLACE, PLACE, PLACE_NESTED /* a city is within its region */ } place;
	double m[LEVELS], u[LEVELS]; /* before anything is known; u[LEVEL_SAME]: of a rare text */
	double shared;		     /* how often relatives and colleagues have it in common */
	enum trait leans;	     /* strangers who agree in that agree in this more often */
};

extern const struct trait_def trait_defs[TRAITS];
extern const char *const level_names[LEVELS];

/* Further telephone numbers and addresses of one record. */
enum { FURTHER = 3 };

/* People are compared with people, organisations with organisations. */
enum person_kind { KIND_UNKNOWN, KIND_PERSON, KIND_ORG };

struct person {
	int64_t id;
	uint8_t type; /* of dedupe.types */
	uint8_t kind;
	uint8_t generation; /* 1 of Sr, 2 of Jr and II, 3 of III …; 0: the name does not say */
	bool branch;	    /* an organisation's, as its name says */
	bool asked;
	uint32_t word[TRAITS]; /* in the trait's pool; 0: not known */
	uint32_t phone[FURTHER], email[FURTHER];
};

struct people {
	struct person *all; /* by type, then id */
	size_t n, room;
	struct pool pools[TRAITS];
	uint32_t born[13][32], ndates; /* how many on a month and day; dates with a year in all */
};

/* What of a record's fields is looked at. */
enum slot {
	SLOT_NAME,
	SLOT_FIRST,
	SLOT_LAST,
	SLOT_COMPANY,
	SLOT_KIND,
	SLOT_EMAIL,
	SLOT_EMAIL2,
	SLOT_PHONE,
	SLOT_MOBILE,
	SLOT_ZALO,
	SLOT_FACEBOOK,
	SLOT_STREET,
	SLOT_WARD,
	SLOT_DISTRICT,
	SLOT_CITY,
	SLOT_REGION,
	SLOT_POSTCODE,
	SLOT_BIRTH,
	SLOT_TAX,
	SLOTS
};

/* dedupe_person.c: from fields to what is compared. */
const char *slot_path(const struct entity *e, enum slot slot); /* NULL: it has none */
struct person *people_add(struct people *p, const struct settings *s, const struct entity *e,
			  const struct str slots[SLOTS], struct arena *scratch);
void person_add_phone(struct people *p, struct person *who, struct str text,
		      const struct settings *s, struct arena *scratch);
void person_add_email(struct people *p, struct person *who, struct str text, struct arena *scratch);
/*
 * Fills the pools' counts: of people, not of records; those of one name and one number,
 * mailbox, code or birth date count once, so that a hundred copies make no hotline of it.
 */
void people_count(struct people *p);
void people_free(struct people *p);

/* dedupe_blank.c: n/a, unknown, 1900-01-01, 0900000000, test@test.com. */
bool says_nothing(enum slot slot, struct str text, struct arena *scratch);
bool phone_is_blank(struct str key);
bool email_is_blank(struct str key);

/* dedupe_load.c */
void people_load(struct people *p, struct store *s, const struct entity *const *of, size_t nof);

/* Whether two differ in what one person, or one organisation, hardly does. */
enum apart {
	NOT_APART,
	NAMES_APART,  /* other given names, and no telephone or mailbox in common */
	BORN_APART,   /* of one house, a generation between them: father and son, or a wrong date */
	HOUSE_APART,  /* likewise, and nothing in common but what a household shares */
	FAMILY_APART, /* likewise by their family names, of one given name */
	APART,
};

/* dedupe_compare.c: how much each trait agrees. */
struct agreement {
	uint8_t level[TRAITS];
	uint32_t holders[TRAITS]; /* LEVEL_SAME: how many records have the text */
	bool
	    swapped; /* the given name was compared with the family name, and the other way round */
	enum apart apart;
};
void agreement_of(const struct people *p, const struct person *a, const struct person *b,
		  struct agreement *out);
bool comparable(const struct person *a, const struct person *b);

/* dedupe_born.c */
void born_count(struct people *p, struct str date);
/* Whether the dates differ in the year and have a day that stands for any: 1 January. */
bool born_on_any_day(const struct people *p, struct str a, struct str b);

/* dedupe_apart.c; the levels of *g must be known. */
enum apart people_apart(const struct people *p, const struct person *a, const struct person *b,
			const struct agreement *g);
/* Codes (their letters and digits) of a company and its branch, or of two branches. */
bool tax_codes_apart(struct str a, struct str b);

/* dedupe_score.c */
struct chance {
	double
	    at[TRAITS]; /* chance that a stranger agrees as much; in the same text, at LEVEL_SAME */
	double crowd;	/* how many share what the two share, at least 1 */
	bool household; /* so few that no two of them are called the same */
};
struct model {
	double m[TRAITS][LEVELS];
	double u[TRAITS][LEVELS]; /* u[LEVEL_SAME]: of any text; each has its own */
	double lift[TRAITS]
		   [LEVELS];   /* how much more often, of those who agree in trait_defs[].leans */
	double match, related; /* how many of all pairs are one person; are close to each other */
	double mates;	       /* records of the same person that a record has on average */
	double n;	       /* records; 0: not known */
	bool families;	       /* relatives are among them: see families_seen */
};
void model_start(struct model *m, double records);
void chance_of(const struct model *m, const struct agreement *g, struct chance *out);
/* The likelihoods of an agreement, by class. */
struct likelihood {
	double match, related, other; /* densities, without how frequent each class is */
	double stayed; /* of one person: that the address is the same one, not a new one */
};
struct likelihood likelihood_of(const struct model *m, const uint8_t *level,
				const struct chance *c);
/* How likely a pair is of each class. */
struct shares {
	double match, related, other;
};
struct shares shares_of(const struct model *m, const struct likelihood *l, double crowd);
/* The probability; *uncapped is before the limits of what a name alone may prove, and of
 * those who are apart. */
double score_of(const struct model *m, const struct agreement *g, double *uncapped);
/* Whether more agrees than the name and the town: these alone only suggest. */
bool more_than_name(const uint8_t *level);
/* Whether the two are apart, as far as these records go. */
bool kept_apart(const struct model *m, const struct agreement *g);
double score_pair(const struct model *m, const struct people *p, const struct person *a,
		  const struct person *b);

/* dedupe_block.c: pairs that may be one person. */
struct blocking {
	const struct people *people;
	void *ctx;
	void (*pair)(void *ctx, uint32_t a, uint32_t b); /* a < b; a pair may come several times */
	size_t all_below;	     /* so few records are compared each with each */
	struct dedupe_limits limits; /* what was not looked through in full */
};
void blocks_visit(struct blocking *b);

/* dedupe_train.c */
void model_train(struct model *m, const struct people *p);

struct link {
	uint32_t a, b; /* a < b */
	float score;
};

struct dedupe {
	struct store *store;
	const struct entity *types[DEDUPE_TYPES];
	size_t ntypes;
	struct people people;
	struct model model;
	struct link *links; /* strongest first */
	size_t nlinks, room;
	bool any_asked;
	double review;
};

/* Index of a record, or people.n. */
size_t person_index(const struct people *p, size_t type, int64_t id);

#endif
