/* The sections, in the order in which they are shown and carried out. */
#include "config/sections.h"

#include "core/base.h"

/* clang-format off */
const struct config_section *const config_sections[] = {
	&section_currency, &section_timezone, &section_region, &section_date_order,
	&section_digits, &section_names, &section_language,
	&section_picklists, &section_fields, &section_pipelines,
	&section_roles, &section_strangers, &section_crm_user,
	&section_hours, &section_holidays, &section_sla,
	&section_dashboard,
	&section_teams, &section_users,
	&section_assignment,
	&section_scoring, &section_calls, &section_alerts, &section_mail, &section_templates,
	&section_rules, &section_sequences,
};
/* clang-format on */
const size_t nconfig_sections = countof(config_sections);
