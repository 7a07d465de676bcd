/* The reports that no relation can say. */
#include "report/study.h"

const struct study *const studies[] = {
	&study_clv,	    &study_clv_fit,  &study_clv_holdout, &study_rfm,
	&study_rfm_summary, &study_cohorts,  &study_repeat,	 &study_repeat_customers,
	&study_products,    &study_together, &study_favourites,	 &study_journey,
};
const size_t nstudies = countof(studies);
