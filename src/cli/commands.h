/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_CLI_COMMANDS_H
#define HS_CLI_COMMANDS_H

#include "cli/env.h"
#include "cli/parse.h"
#include "cli/say.h"

/* The verbs, one a file. Each says what went wrong itself and returns how the program ends. */
typedef enum hs_exit hs_command(const struct hs_cli *cli, const struct hs_env *env);

hs_command hs_cmd_diff, hs_cmd_inspect, hs_cmd_ls, hs_cmd_cat, hs_cmd_canonicalize, hs_cmd_pack,
	hs_cmd_explain, hs_cmd_eif_describe, hs_cmd_eif_pcr, hs_cmd_eif_ramdisk_bootstrap,
	hs_cmd_eif_ramdisk_customer, hs_cmd_eif_build, hs_cmd_eif_assemble, hs_cmd_eif_sign,
	hs_cmd_eif_verify, hs_cmd_eif_extract, hs_cmd_attest_show, hs_cmd_attest_verify,
	hs_cmd_attest_policy, hs_cmd_attest_request, hs_cmd_attest_nsm_describe,
	hs_cmd_attest_nsm_pcr, hs_cmd_attest_nsm_extend, hs_cmd_attest_nsm_lock,
	hs_cmd_attest_nsm_random, hs_cmd_schema, hs_cmd_completion, hs_cmd_help;

#endif
