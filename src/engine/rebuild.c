/* SPDX-License-Identifier: Apache-2.0 */
#include "engine/rebuild.h"

#include "core/spool.h"
#include "enclave/eif_writer.h"
#include "engine/customer.h"

static int
spool_span(struct hs_spool_writer *w, struct hs_span s, struct hs_err *err)
{
	int rc = 0;

	while (s.len && rc == 0) {
		size_t room;
		uint8_t *at = hs_spool_room(w, &room);
		const size_t n = s.len < room ? s.len : room;

		memcpy(at, s.at, n);
		rc = hs_spool_took(w, n, err);
		s = hs_span_from(s, n);
	}
	return rc;
}

static int
spool(struct hs_blob **out, struct hs_run *run, const struct hs_pieces *p, struct hs_err *err)
{
	struct hs_spool_writer w;
	int rc = 0;

	hs_spool_begin(&w, run->spool);
	for (size_t i = 0; i < p->n && rc == 0; i++) {
		rc = hs_run_check(run, err);
		if (rc == 0)
			rc = spool_span(&w, p->list[i], err);
	}
	if (rc == 0)
		rc = hs_spool_end(&w, out, err);
	if (rc < 0)
		hs_spool_drop(&w);
	return rc;
}

static int
add_given(struct hs_eif_plan *plan, const struct hs_rebuild *r, struct hs_err *err)
{
	int rc = hs_eif_plan_add(plan, HS_EIF_KERNEL, r->kernel, err);

	if (rc == 0)
		rc = hs_eif_plan_add(plan, HS_EIF_CMDLINE, r->cmdline, err);
	if (rc == 0)
		rc = hs_eif_plan_add(plan, HS_EIF_RAMDISK, r->first, err);
	return rc;
}

/* All that is measured of the other in its order, up to its customer ramdisk. */
static int
add_borrowed(struct hs_eif_plan *plan, struct hs_arena *a, struct hs_span file, struct hs_err *err)
{
	struct hs_eif eif;
	int rc = hs_eif_read(&eif, a, file, err);

	for (size_t i = 0; i < eif.n_sections && rc == 0; i++) {
		const struct hs_eif_section *s = &eif.sections[i];
		struct hs_pieces data = { .arena = a };

		if (s->type != HS_EIF_KERNEL && s->type != HS_EIF_CMDLINE &&
		    (s->type != HS_EIF_RAMDISK || s->ordinal > 1))
			continue;
		hs_pieces_add(&data, s->data);
		rc = hs_eif_plan_add(plan, s->type, &data, err);
	}
	if (rc == 0)
		plan->flags = eif.flags;
	return rc;
}

int
hs_rebuild(struct hs_rebuilt *out, struct hs_run *run, const struct hs_rebuild *r,
           struct hs_err *err)
{
	struct hs_arena arena = { 0 };
	struct hs_pieces whole = { .arena = &arena };
	struct hs_customer customer;
	struct hs_eif_plan plan;
	int rc;

	hs_eif_plan_init(&plan, r->arm64);
	rc = hs_customer_make(&customer, run, r->image, r->implied_time, err);
	if (rc == 0)
		rc = r->kernel ? add_given(&plan, r, err)
		               : add_borrowed(&plan, &arena, r->eif, err);
	if (rc == 0)
		rc = hs_eif_plan_add(&plan, HS_EIF_RAMDISK, &customer.ramdisk, err);
	if (rc == 0) {
		hs_eif_plan_make(&whole, &plan);
		rc = spool(&out->file, run, &whole, err);
		out->arch = customer.command.arch;
		out->format = hs_arena_printf(&hs_pool_main(run->pool)->keep, "%s",
		                              customer.image.format);
	}
	hs_customer_release(&customer);
	hs_arena_release(&arena);
	return rc;
}
