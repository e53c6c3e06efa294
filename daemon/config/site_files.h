/* site_files: the operator's rules for single sites: every *.conf of a folder, in the order of their names,
 * one section for each host (site_rules.h has keys and grammar). */
#ifndef NEWSD_DAEMON_CONFIG_SITE_FILES_H
#define NEWSD_DAEMON_CONFIG_SITE_FILES_H

#include "daemon/config/config.h"
#include "processors/html/site_rules.h"

/* Reads them all. What is wrong is a warning with file and line, and passed over; a folder that is not there
 * has no rules. The caller's; NULL without rules or memory. */
struct site_rules *site_files_load(const char *directory, config_report *report, void *context);

#endif
