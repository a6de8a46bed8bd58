/* SPDX-License-Identifier: Apache-2.0 */
#include "comparators/package/file_name.h"

bool
hs_name_ends(struct hs_span name, const char *path)
{
	const struct hs_span end = hs_span_of(path);

	if (!hs_span_ends(name, end))
		return false;
	return name.len == end.len || name.at[name.len - end.len - 1] == '/';
}

struct hs_span
hs_name_base(struct hs_span name)
{
	for (size_t i = name.len; i > 0; i--)
		if (name.at[i - 1] == '/')
			return hs_span_from(name, i);
	return name;
}

bool
hs_name_is_in(struct hs_span name, const char *folder)
{
	return hs_name_ends(hs_span_head(name, name.len - hs_name_base(name).len), folder);
}
