/* fetch_settings: the configuration's words on transfers, as the fetcher and the hosts' table want them. */
#ifndef NEWSD_DAEMON_CONFIG_FETCH_SETTINGS_H
#define NEWSD_DAEMON_CONFIG_FETCH_SETTINGS_H

#include "daemon/config/config.h"
#include "feeds/http/fetch.h"
#include "feeds/poll/host.h"

enum { USER_AGENT_BYTES = 512 };

/* Fills both; *ret_options points into `config` and to `user_agent`, which the caller keeps. */
void fetch_settings(const struct config *config, char user_agent[USER_AGENT_BYTES],
                    struct fetch_options *ret_options, struct host_policy *ret_policy);

/* What to say of a configuration without contact, with the remedy; NULL when there is one. */
const char *fetch_contact_advice(const struct config *config);

#endif
