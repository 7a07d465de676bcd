/* Every section is a row here and in sections.c, and a section_*.c. */
#ifndef CRM_CONFIG_SECTIONS_H
#define CRM_CONFIG_SECTIONS_H

#include "config/config.h"

extern const struct config_section section_currency, section_fields, section_timezone,
    section_region, section_date_order, section_digits, section_names, section_language,
    section_picklists, section_pipelines, section_roles, section_strangers, section_crm_user,
    section_teams, section_users;

#endif
