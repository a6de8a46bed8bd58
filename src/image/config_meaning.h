/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_IMAGE_CONFIG_MEANING_H
#define HS_IMAGE_CONFIG_MEANING_H

#include "core/span.h"

/*
 * Whether two configurations of an image say the same to whoever runs it, and
 * differ only in what tools drop and add when they write a Docker
 * configuration as an OCI one or back:
 *
 *	- the order of keys, white space, escapes;
 *	- fields that are null, false, 0, "", [] or {} where the other has none,
 *	  and times of the year 1, which is Go's for none;
 *	- how a time is written: zeros at the end of its fraction, +00:00 for Z;
 *	- what Docker notes of the build and nothing reads: id, parent, Size,
 *	  docker_version, container, container_config; inside config Hostname,
 *	  Domainname, Image, MacAddress, NetworkDisabled, Attach*, Tty, OpenStdin,
 *	  StdinOnce.
 *
 * Elsewhere, in labels say, an empty value is a value. False for what is no
 * JSON object, names a field twice, or is past HS_MAX_IMAGE_JSON.
 */
bool hs_config_same_meaning(struct hs_span a, struct hs_span b);

#endif
