/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/attest_demands.h"

#include "cli/attest_bytes.h"
#include "cli/file.h"
#include "cli/say.h"
#include "enclave/eif_contents.h"
#include "engine/customer.h"
#include "golang/go_time.h"

#include <limits.h>
#include <time.h>

struct asked {
	struct hs_attest_demands *out;
	struct hs_arena *arena;
	struct hs_session *session;
};

/* ---- Roots and times ---- */

static int
add_root(struct asked *q, const char *file, struct hs_err *err)
{
	struct hs_operand o;
	int rc = hs_file_open(&o, file, &q->session->run, err);

	if (rc < 0)
		return rc;
	rc = hs_attest_roots_add_pem(&q->out->policy.roots, o.blob->bytes, err);
	hs_operand_release(&o);
	/* An argument that is the wrong file, not a document that is damaged. */
	if (rc < 0)
		err->code = HS_EUSAGE;
	return rc < 0 ? hs_fail_in_span(err, hs_span_of(file)) : 0;
}

static int
take_roots(struct asked *q, const struct hs_cli_attest *attest, struct hs_err *err)
{
	const char *partition = attest->partition ? attest->partition : "aws";

	if (attest->n_roots && attest->partition)
		return hs_fail(err, HS_EUSAGE,
		               "--partition names a root that is built in, --root one that is "
		               "not: only one of them can be given");
	for (size_t i = 0; i < attest->n_roots; i++)
		if (add_root(q, attest->roots[i], err) < 0)
			return hs_fail_in(err, "--root");
	return attest->n_roots ? 0 : hs_attest_roots_builtin(&q->out->policy.roots, partition, err);
}

static int
take_time(struct asked *q, const char *at, struct hs_err *err)
{
	struct hs_attest_policy *p = &q->out->policy;
	struct hs_go_time t;

	q->out->at = at ? at : "now";
	p->now = p->at = time(NULL);
	p->at_timestamp = strcmp(q->out->at, "timestamp") == 0;
	if (p->at_timestamp || strcmp(q->out->at, "now") == 0)
		return 0;
	if (!hs_go_time_read(&t, hs_span_of(at)))
		return hs_fail(err, HS_EUSAGE,
		               "--at: '%s' is neither now nor timestamp nor a time such as "
		               "2026-11-23T00:00:00Z",
		               hs_shown(at).text);
	/* Who asks what held then stands there: its age is that of then, too. */
	p->now = p->at = t.seconds;
	return 0;
}

static int
take_max_age(struct asked *q, const char *text, struct hs_err *err)
{
	enum { DIGITS = 12 }; /* 30,000 years */
	int64_t seconds = 0;

	if (!text)
		return 0;
	for (size_t i = 0; text[i]; i++) {
		if (text[i] < '0' || text[i] > '9' || i == DIGITS)
			return hs_fail(err, HS_EUSAGE, "--max-age: '%s' is no number of seconds",
			               hs_shown(text).text);
		seconds = 10 * seconds + (text[i] - '0');
	}
	if (!*text)
		return hs_fail(err, HS_EUSAGE, "--max-age: '' is no number of seconds");
	q->out->policy.has_max_age = true;
	q->out->policy.max_age = seconds;
	return 0;
}

/* ---- Fields ---- */

static int
take_fields(struct asked *q, const struct hs_cli_attest *attest, struct hs_err *err)
{
	struct hs_attest_policy *p = &q->out->policy;

	p->nonce.present = attest->nonce != NULL;
	p->user_data.present = attest->user_data != NULL;
	p->public_key.present = attest->public_key != NULL;
	if (attest->nonce &&
	    hs_attest_bytes_read(&p->nonce.bytes, q->arena, attest->nonce, err) < 0)
		return hs_fail_in(err, "--nonce");
	/* Of a variable that is not set: it would be met by whoever asks for no nonce either. */
	if (attest->nonce && p->nonce.bytes.len == 0)
		return hs_fail(err, HS_EUSAGE, "--nonce: it is empty, and proves nothing");
	if (attest->user_data &&
	    hs_attest_bytes_read(&p->user_data.bytes, q->arena, attest->user_data, err) < 0)
		return hs_fail_in(err, "--user-data");
	if (attest->public_key &&
	    hs_attest_bytes_of_file(&p->public_key.bytes, q->arena, attest->public_key, err) < 0)
		return hs_fail_in(err, "--public-key");
	return 0;
}

/* ---- Measurements ---- */

/* An image that damage or a signature that cannot be read leaves in doubt is no expectation. Takes
 * the operand over. */
static int
expect_eif(struct asked *q, const char *arg, struct hs_operand *o, struct hs_err *err)
{
	struct hs_attest_demands *d = q->out;
	struct hs_eif_contents c;
	int rc = hs_eif_contents_read(&c, q->arena, &q->session->run, o->blob->bytes, err);

	if (rc == 0)
		rc = hs_eif_contents_check(&c, false, err);
	if (rc == 0) {
		for (unsigned i = 0; i < 3; i++)
			hs_eif_expect_put(&d->expect, arg, i, &c.pcrs.pcr[i]);
		if (c.has_pcr8)
			hs_eif_expect_put(&d->expect, arg, 8, &c.pcr8);
		d->eifs[d->n_eifs++] = (struct hs_attest_eif){ arg, *o };
		*o = (struct hs_operand){ .dir = -1 };
	}
	hs_eif_contents_release(&c);
	return rc;
}

/* The ramdisk that eif build makes of it is all that PCR2 covers. */
static int
expect_image(struct asked *q, const char *arg, const struct hs_operand *o, struct hs_err *err)
{
	static const struct hs_sha384 zeros;
	struct hs_customer customer = { 0 };
	int rc = hs_customer_make(&customer, &q->session->run, o, 0, err);

	if (rc == 0) {
		const struct hs_sha384 content =
			hs_sha384_of(customer.ramdisk.list, customer.ramdisk.n);
		const struct hs_span both[] = { { zeros.bytes, HS_SHA384_SIZE },
			                        { content.bytes, HS_SHA384_SIZE } };
		const struct hs_sha384 pcr2 = hs_sha384_of(both, 2);
		struct hs_pcr value = { .size = HS_SHA384_SIZE };

		memcpy(value.bytes, pcr2.bytes, HS_SHA384_SIZE);
		hs_eif_expect_put(&q->out->expect, arg, 2, &value);
	}
	hs_customer_release(&customer);
	return rc;
}

static bool
is_json(struct hs_span s)
{
	while (s.len && strchr(" \t\r\n", s.at[0]) && s.at[0])
		s = hs_span_from(s, 1);
	return s.len && s.at[0] == '{';
}

static int
expect_operand(struct asked *q, const char *arg, struct hs_err *err)
{
	struct hs_operand o;
	int rc = hs_operand_open(&o, arg, &q->session->run, err);

	if (rc < 0)
		return rc;
	if (o.blob && !o.selector.len && hs_eif_is(o.blob->bytes))
		rc = expect_eif(q, arg, &o, err);
	else if (o.blob && !o.selector.len && is_json(o.blob->bytes))
		rc = hs_eif_expect_json(&q->out->expect, arg, o.blob->bytes, err);
	else
		rc = expect_image(q, arg, &o, err);
	hs_operand_release(&o);
	if (rc == HS_EFORMAT)
		err->code = HS_EUSAGE;
	return rc < 0 ? hs_fail_in_span(err, hs_span_of(arg)) : 0;
}

static int
take_expected(struct asked *q, const struct hs_cli_attest *attest, struct hs_err *err)
{
	struct hs_attest_demands *d = q->out;
	struct hs_attest_expected *list;
	int rc = 0;

	d->expect = (struct hs_eif_expect){ .arena = q->arena, .any = true };
	d->eifs = hs_arena_array(q->arena, attest->n_expect, sizeof(*d->eifs));
	for (size_t i = 0; rc == 0 && i < attest->n_expect; i++) {
		const char *arg = attest->expect[i];

		rc = hs_eif_expect_is_inline(arg) ? hs_eif_expect_inline(&d->expect, arg, err)
		                                  : expect_operand(q, arg, err);
	}
	if (rc < 0)
		return hs_fail_in(err, "--expect");
	if (d->expect.n && attest->no_measurements)
		return hs_fail(err, HS_EUSAGE,
		               "--expect asks for measurements, --no-measurements for none: only "
		               "one of them can be given");
	list = hs_arena_array(q->arena, d->expect.n, sizeof(*list));
	for (size_t i = 0; i < d->expect.n; i++) {
		const struct hs_eif_expected *x = &d->expect.list[i];
		const bool is_text = hs_eif_expect_is_inline(x->from);

		list[i] = (struct hs_attest_expected){
			.index = x->index,
			.value = x->value,
			.from = is_text ? "--expect"
			                : hs_arena_printf(q->arena, "%s", hs_shown(x->from).text),
		};
	}
	d->policy.expected = list;
	d->policy.n_expected = d->expect.n;
	return 0;
}

int
hs_attest_demands_read(struct hs_attest_demands *out, struct hs_arena *a, struct hs_session *s,
                       const struct hs_cli_attest *attest, struct hs_err *err)
{
	struct asked q = { out, a, s };

	*out = (struct hs_attest_demands){ 0 };
	out->policy.allow_debug = attest->allow_debug;
	out->policy.no_measurements = attest->no_measurements;
	if (take_time(&q, attest->at, err) < 0 || take_max_age(&q, attest->max_age, err) < 0 ||
	    take_fields(&q, attest, err) < 0 || take_roots(&q, attest, err) < 0)
		return err->code;
	return take_expected(&q, attest, err);
}

void
hs_attest_demands_release(struct hs_attest_demands *d)
{
	hs_attest_roots_release(&d->policy.roots);
	for (size_t i = 0; i < d->n_eifs; i++)
		hs_operand_release(&d->eifs[i].operand);
}
