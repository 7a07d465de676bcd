/* How far members of campaigns came, as every report that counts it has it. */
#ifndef CRM_REPORT_WENT_H
#define CRM_REPORT_WENT_H

/* By the status, or by the first time of one that they have passed; only imports lack these. */
#define WENT(status) "status = " status " or " status "_at is not null"

/* Who came further has passed what lies before, whether or not that was told. */
#define REPLIED WENT("replied")
#define CLICKED WENT("clicked")
#define OPENED CLICKED " or " WENT("opened")
#define DELIVERED OPENED " or " REPLIED " or " WENT("delivered")
#define SENT DELIVERED " or " WENT("bounced") " or " WENT("sent")

#endif
