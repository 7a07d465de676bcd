/* Text messages: how many parts a text is sent in, which is what it costs. */
#ifndef CRM_CORE_SMS_H
#define CRM_CORE_SMS_H

#include "core/base.h"

struct sms_size {
	bool unicode;	   /* UCS-2, as nearly all Vietnamese with accents; else GSM 03.38 */
	size_t characters; /* as counted: GSM's € [ ] { } \ ^ ~ | are two, so is what is beyond
			    * U+FFFF in UCS-2 */
	size_t parts;	   /* 160 or 70 in one; 153 or 67 in each of several; 0: nothing */
};

/* text is UTF-8.  3GPP TS 23.038 and 23.040. */
struct sms_size sms_measure(struct str text);

#endif
