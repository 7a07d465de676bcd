/* Learning the weights of levels. */
#include "domain/dedupe_em.h"

void level_estimate(const double seen[LEVELS], const double prior[LEVELS], double strength,
		    double out[LEVELS])
{
	double total = strength;
	for (size_t l = LEVEL_SAME; l < LEVELS; l++)
		total += seen[l];
	for (size_t l = LEVEL_SAME; l < LEVELS; l++)
		out[l] = total > 0 ? (seen[l] + strength * prior[l]) / total : prior[l];
	out[LEVEL_MISSING] = 1;
}
