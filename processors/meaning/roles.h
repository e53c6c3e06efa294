/* roles: what an article says that its people are. English.
 *
 * "Deputy Secretary of State Ana Ruiz", "Ana Ruiz, head of the agency,", "the agency's head, Ana Ruiz,",
 * "Ana Ruiz is the head of the agency": read off tags and names, without the tree, which is often wrong just
 * there. */
#ifndef NEWSD_PROCESSORS_MEANING_ROLES_H
#define NEWSD_PROCESSORS_MEANING_ROLES_H

#include "processors/pipeline.h"

/* The stage "roles": fills `role` of the article's people. */
extern const struct stage stage_roles;

#endif
