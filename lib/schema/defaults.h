/* The shipped picklists, by what they are about; each array ends with a row without name. */
#ifndef CRM_SCHEMA_DEFAULTS_H
#define CRM_SCHEMA_DEFAULTS_H

#include "schema/schema.h"

extern const struct picklist sales_picklists[], service_picklists[];

#define LIST(name, array) FIXED(name, array, NULL)
#define FIXED(name, array, keys) /* struct picklist.fixed */ \
	{                                                    \
		name, array, countof(array), keys            \
	}

#endif
