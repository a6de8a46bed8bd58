/* SPDX-License-Identifier: Apache-2.0 */
#include "sinks/sink.h"

#include <errno.h>

static const struct hs_sink_ops *const table[] = {
	&hs_sink_text,
	&hs_sink_json,
};

const struct hs_sink_ops *
hs_sink_at(size_t i)
{
	return i < sizeof(table) / sizeof(table[0]) ? table[i] : NULL;
}

const struct hs_sink_ops *
hs_sink_for(const char *name)
{
	const struct hs_sink_ops *ops;

	for (size_t i = 0; (ops = hs_sink_at(i)); i++)
		if (strcmp(ops->name, name) == 0)
			return ops;
	return NULL;
}

int
hs_sink_finish(struct hs_sink *s, struct hs_err *err)
{
	/* The errno of a write that failed earlier is gone; that it failed is not. */
	errno = 0;
	if (fflush(s->out) == 0 && !ferror(s->out))
		return 0;
	if (errno)
		return hs_fail_errno(err, errno, "the %s report cannot be written", s->ops->name);
	return hs_fail(err, HS_EIO, "the %s report cannot be written", s->ops->name);
}
