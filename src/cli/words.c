/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/words.h"

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n';
}

/* Copies one word, which is never longer than what it was quoted as; false for a quote without an
 * end. */
static bool
take_word(char *out, const char **line)
{
	const char *p = *line;
	char quote = 0;

	for (; *p && (quote || !is_blank(*p)); p++) {
		if (quote ? *p == quote : *p == '\'' || *p == '"') {
			quote = quote ? 0 : *p;
			continue;
		}
		if (*p == '\\' && quote != '\'' && p[1] && (!quote || p[1] == '"' || p[1] == '\\'))
			p++;
		*out++ = *p;
	}
	*out = 0;
	*line = p;
	return quote == 0;
}

int
hs_words_split(char ***out, struct hs_arena *arena, const char *line, struct hs_err *err)
{
	const size_t len = strlen(line);
	/* Words and the blanks between them take turns. */
	char **words = hs_arena_array(arena, len / 2 + 3, sizeof(*words));
	char *text = hs_arena_alloc(arena, len + 1);
	size_t n = 0;

	words[n++] = text + len;
	for (;;) {
		while (is_blank(*line))
			line++;
		if (!*line)
			break;
		words[n++] = text;
		if (!take_word(text, &line))
			return hs_fail(err, HS_EUSAGE, "a quote has no end");
		text += strlen(text) + 1;
	}
	words[n] = NULL;
	*out = words;
	return 0;
}

bool
hs_words_hold(const char *list, const char *word)
{
	const size_t len = strlen(word);

	while (*list) {
		const size_t n = strcspn(list, " ");

		if (n == len && memcmp(list, word, n) == 0)
			return true;
		list += n;
		list += *list == ' ';
	}
	return false;
}
