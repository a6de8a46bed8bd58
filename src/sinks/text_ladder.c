/* SPDX-License-Identifier: Apache-2.0 */
/*
 * How far two images are the same, below the verdict: the rung, what differs
 * above it, what would make the two equal, and what each canonical form says.
 */
#include "sinks/text.h"

#include <inttypes.h>

/* Pairs of images told at the top; all of them are in the other reports. */
enum { MAX_PAIRS = 6 };

static const char *
rung_words(enum hs_rung rung)
{
	static const char *const words[HS_N_RUNGS] = {
		[HS_RUNG_ARCHIVE] = "the same archive",
		[HS_RUNG_MANIFEST] = "the same manifest digest",
		[HS_RUNG_IMAGE_ID] = "the same image ID",
		[HS_RUNG_DIFF_IDS] = "the same diffIDs",
		[HS_RUNG_CANONICAL] = "the same layers in canonical form",
		[HS_RUNG_ROOTFS] = "the same root file system",
		[HS_RUNG_CONTENT] = "files differ; no canonical form makes them equal",
	};

	return words[rung];
}

static const char *
cause_words(const char *cause)
{
	static const struct {
		const char *cause, *words;
	} rows[] = {
		{ "packing", "only the archive around it differs" },
		{ "compression", "the compression of layers differs" },
		{ "annotations", "annotations or media types differ" },
		{ "re-serialised", "the configuration says the same, written otherwise" },
		{ "configuration", "the configuration differs" },
		{ "timestamps", "times differ" },
		{ "tar-headers", "tar headers differ" },
		{ "hidden-entries", "entries hidden behind the end of a layer differ" },
		{ "layering", "how it is split into layers differs" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (strcmp(rows[i].cause, cause) == 0)
			return rows[i].words;
	return "";
}

/* Whether the form comes to what the one before it comes to, so that both stand in one line. */
static bool
same_result(const struct hs_form_result *x, const struct hs_form_result *y)
{
	return x->same == HS_ANSWER_NO && y->same == HS_ANSWER_NO &&
	       strcmp(x->still, y->still) == 0;
}

static void
put_form_name(struct hs_text *t, const struct hs_form_result *f)
{
	fputs(f->like, t->out);
	if (f->has_time)
		fprintf(t->out, " %" PRId64, f->time);
}

static void
put_form_result(struct hs_text *t, const struct hs_form_result *f)
{
	char hex[HS_SHA256_HEX];

	if (f->same == HS_ANSWER_YES) {
		fprintf(t->out, "one image, sha256:%s", hs_sha256_hex(hex, &f->image_id));
	} else {
		hs_text_clean(t, f->still ? f->still : "");
		if (f->same == HS_ANSWER_NO)
			fputs(" still differs", t->out);
	}
	putc('\n', t->out);
}

/* Whether all forms leave another configuration: one that says something else, times aside. */
static bool
config_differs(const struct hs_image_ladder *l)
{
	bool differs = false;

	for (size_t i = 0; i < l->n_forms; i++) {
		if (l->forms[i].same == HS_ANSWER_YES)
			return false;
		differs = differs || (l->forms[i].still &&
		                      strcmp(l->forms[i].still, "the configuration") == 0);
	}
	return differs && l->rung == HS_RUNG_CANONICAL;
}

/* A no of each form says no more than the lines above; a yes and a refusal do. */
static bool
is_worth(const struct hs_image_ladder *l)
{
	for (size_t i = 0; i < l->n_forms; i++)
		if (l->forms[i].same != HS_ANSWER_NO)
			return true;
	return false;
}

static void
put_forms(struct hs_text *t, const struct hs_image_ladder *l)
{
	if (!t->verbose && !is_worth(l))
		return;
	for (size_t i = 0; i < l->n_forms; i++) {
		fputs("     like ", t->out);
		put_form_name(t, &l->forms[i]);
		while (i + 1 < l->n_forms && same_result(&l->forms[i], &l->forms[i + 1])) {
			i++;
			fputs(", ", t->out);
			put_form_name(t, &l->forms[i]);
		}
		fputs(": ", t->out);
		put_form_result(t, &l->forms[i]);
	}
}

/* The digests of each rung, for -v. */
static void
put_rungs(struct hs_text *t, const struct hs_image_ladder *l)
{
	static const char *const answers[] = {
		[HS_ANSWER_SKIPPED] = "-",
		[HS_ANSWER_YES] = "same",
		[HS_ANSWER_NO] = "differs",
		[HS_ANSWER_UNKNOWN] = "unknown",
	};

	for (int i = HS_RUNG_MANIFEST; i < HS_RUNG_CONTENT; i++) {
		const struct hs_rung_result *r = &l->rungs[i];

		if (r->same == HS_ANSWER_SKIPPED)
			continue;
		fprintf(t->out, "     %-10s %-8s", hs_rung_name((enum hs_rung)i), answers[r->same]);
		if (r->a.len) {
			putc(' ', t->out);
			hs_text_value(t, r->a, r->b);
		}
		if (r->b.len && r->same != HS_ANSWER_YES) {
			fprintf(t->out, "\n%*s", 25, "");
			hs_text_value(t, r->b, r->a);
		}
		putc('\n', t->out);
	}
}

static void
put_name(struct hs_text *t, const struct hs_image_ladder *l)
{
	hs_text_role_begin(t, HS_TEXT_NAME);
	if (l->ref.len)
		hs_text_value(t, l->ref, (struct hs_span){ 0 });
	if (l->ref.len && l->platform.len)
		putc(' ', t->out);
	if (l->platform.len)
		hs_text_value(t, l->platform, (struct hs_span){ 0 });
	hs_text_role_end(t, HS_TEXT_NAME);
	if (l->ref.len || l->platform.len)
		fputs(": ", t->out);
}

static void
put_image(struct hs_text *t, const struct hs_image_ladder *l)
{
	const char *why = cause_words(l->cause);

	/* The signs of the members below: the same, or the content differs. */
	fputs(l->rung == HS_RUNG_CONTENT ? "  ~  " : "  =  ", t->out);
	if (t->report->ladder->n > 1)
		put_name(t, l);
	fputs(rung_words(l->rung), t->out);
	fprintf(t->out, "%s%s%s%s\n", *why ? "; " : "", why,
	        config_differs(l) ? ", and so does the configuration" : "",
	        l->certain ? "" : " (a rung above could not be checked)");
	if (l->rung != HS_RUNG_CONTENT)
		hs_text_sentence(t, 5, 5, l->remedy);
	put_forms(t, l);
	if (t->verbose)
		put_rungs(t, l);
}

/* Where all that is compared is the same, how it is packed is no news. */
static bool
is_no_news(const struct hs_report *r)
{
	for (const struct hs_image_ladder *l = r->ladder->first; l; l = l->next)
		if (strcmp(l->cause, "packing") != 0)
			return false;
	return r->same;
}

void
hs_text_ladder(struct hs_text *t)
{
	const struct hs_ladder *ladder = t->report->ladder;
	size_t n = 0;

	if (!ladder || is_no_news(t->report))
		return;
	for (const struct hs_image_ladder *l = ladder->first; l; l = l->next)
		if (n++ < MAX_PAIRS || t->verbose)
			put_image(t, l);
	if (n > MAX_PAIRS && !t->verbose)
		fprintf(t->out, "     and %zu more pairs of images, shown with -v\n",
		        n - MAX_PAIRS);
	if (ladder->only_a || ladder->only_b)
		fprintf(t->out,
		        "     images without a partner: %" PRIu64 " of a, %" PRIu64 " of b\n",
		        ladder->only_a, ladder->only_b);
}
