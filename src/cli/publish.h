/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_CLI_PUBLISH_H
#define HS_CLI_PUBLISH_H

#include "cli/say.h"
#include "cli/session.h"
#include "core/report.h"

/* Makes the report of a session whose operands are open. */
typedef void hs_report_maker(struct hs_report *out, struct hs_session *s,
                             const struct hs_compare_options *options);

/*
 * A verb that ends in a report: opens the files of -o and the first `n`
 * operands, has the report made and writes it to all outputs, each of which
 * gets its name only when all are complete. Outputs come first: that one
 * cannot be written is said before the work and not after it. Returns how the
 * program ends and has said why, where that is 2 or 3.
 */
enum hs_exit hs_publish(const struct hs_cli *cli, const struct hs_env *env, int n,
                        hs_report_maker *make);

/* The last line of a run that left something out: the first of it, and how much more there is. */
void hs_publish_damage(const struct hs_report *report);

/* HS_EUSAGE where `file` is one of the operands: writing it would destroy what it speaks of. */
int hs_refuse_operand(const struct hs_cli *cli, const char *file, struct hs_err *err);

/* The same for the file that an option names; `file` may be NULL or "-", and `input` NULL. */
int hs_refuse_option(const char *file, const char *option, const char *input, struct hs_err *err);

#endif
