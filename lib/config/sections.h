/* Every section is a row here and in sections.c, and a section_*.c. */
#ifndef CRM_CONFIG_SECTIONS_H
#define CRM_CONFIG_SECTIONS_H

#include "config/config.h"

extern const struct config_section section_currency, section_fields, section_timezone,
    section_region, section_date_order, section_digits, section_names, section_language,
    section_picklists, section_pipelines, section_roles, section_strangers, section_crm_user,
    section_hours, section_holidays, section_sla, section_dashboard, section_teams, section_users,
    section_assignment, section_scoring, section_calls, section_alerts, section_rules,
    section_sequences, section_templates, section_mail;

/* section_sla.c: a value of a picklist got another name, which the policies follow. */
void sla_rename_value(struct store *s, const char *list, const char *was, const char *now);

#endif
