/* fetch_settings: see the header. Pure. */
#include "daemon/config/fetch_settings.h"

#include <stdio.h>

#include "daemon/config/options.h"

void fetch_settings(const struct config *config, char user_agent[USER_AGENT_BYTES],
                    struct fetch_options *ret_options, struct host_policy *ret_policy)
{
    (void)snprintf(user_agent, USER_AGENT_BYTES, "newsd/%s%s%s%s", NEWSD_VERSION,
                   config->contact ? " (+" : "", config->contact ? config->contact : "",
                   config->contact ? ")" : ""); /* cut off is fine */
    fetch_options_default(ret_options);
    ret_options->transfers_max = config->transfers_max;
    ret_options->connect_timeout_ms = (int32_t)config->connect_timeout_ms;
    ret_options->total_timeout_ms = (int32_t)config->timeout_ms;
    ret_options->body_bytes_max = config->body_bytes_max;
    ret_options->redirects_max = config->redirects_max;
    ret_options->allow_private_addresses = config->allow_private_addresses;
    ret_options->user_agent = user_agent;
    ret_options->ca_file = config->ca_file;
    *ret_policy = (struct host_policy){
        .transfers_max = config->host_transfers_max,
        .gap_ms = (int32_t)config->host_gap_ms,
        .queue_max = 100000,
        .retry_after_max_ms = 24 * 3600 * 1000,
    };
    struct error unused; /* the text was read when the option was set */
    (void)option_host_gaps(config->host_gaps, ret_policy, &unused);
}

const char *fetch_contact_advice(const struct config *config)
{
    return config->contact
               ? NULL
               : "no contact: the User-Agent tells a site nobody to write to before it blocks newsd; set "
                 "[newsd] contact = a URL or mail address of yours";
}
