/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What linuxkit 1.5.2 with AWS's patches writes for the YAML files of
 * nitro-cli:
 *
 *	bootstrap  dev, init, nsm.ko
 *	customer   rootfs; what the image exports, below rootfs/; those of the
 *	           special names that it lacks; rootfs and six directories (once
 *	           more); cmd, env
 *
 * Of two entries of one name the later counts when the kernel unpacks them.
 * All that linuxkit makes itself is root's and of 2017-04-18 16:30:00 UTC.
 */
#include "enclave/ramdisk.h"

#include "core/escape.h"
#include "golang/go_path.h"

#include <inttypes.h>
#include <stdio.h>
#include <sys/stat.h>

#define DEFAULT_TIME INT64_C(1492533000)

/* Eight digits in hex. */
#define MAX_FIELD INT64_C(0xffffffff)

static const char hosts[] = "127.0.0.1       localhost\n"
			    "::1     localhost ip6-localhost ip6-loopback\n"
			    "fe00::0 ip6-localnet\n"
			    "ff00::0 ip6-mcastprefix\n"
			    "ff02::1 ip6-allnodes\n"
			    "ff02::2 ip6-allrouters\n";
static const char resolv_conf[] = "/run/resolvconf/resolv.conf";
static const char mtab[] = "/proc/mounts";

/* Names that must be there in the end, sorted; `name` is how an export has them. */
static const struct special {
	const char *name, *made; /* without the prefix */
	uint32_t type, permissions;
	const char *data;
} specials[] = {
	{ "dev/", "rootfs/dev", S_IFDIR, 0755, "" },
	{ "dev/pts/", "rootfs/dev/pts", S_IFDIR, 0755, "" },
	{ "dev/shm/", "rootfs/dev/shm", S_IFDIR, 0755, "" },
	{ "etc/", "rootfs/etc", S_IFDIR, 0755, "" },
	{ "etc/hosts", "rootfs/etc/hosts", S_IFREG, 0644, hosts },
	{ "etc/mtab", "rootfs/etc/mtab", S_IFLNK, 0755, mtab },
	{ "etc/resolv.conf", "rootfs/etc/resolv.conf", S_IFLNK, 0644, resolv_conf },
	{ "proc/", "rootfs/proc", S_IFDIR, 0755, "" },
	{ "sys/", "rootfs/sys", S_IFDIR, 0755, "" },
};

enum { N_SPECIALS = sizeof(specials) / sizeof(specials[0]) };

struct making {
	struct hs_newc_writer w;
	struct hs_arena *arena;
	struct hs_ramdisk_remarks *remarks;
	bool found[N_SPECIALS];
};

static void
add_own(struct hs_newc_writer *w, const char *name, uint32_t type, uint32_t permissions,
        struct hs_span data)
{
	hs_newc_add(w, &(struct hs_newc_entry){
			       .name = hs_span_of(name),
			       .type = type,
			       .permissions = permissions,
			       .mtime = DEFAULT_TIME,
			       .data = data,
		       });
}

static void
add_directory(struct hs_newc_writer *w, const char *name)
{
	add_own(w, name, S_IFDIR, 0755, (struct hs_span){ 0 });
}

void
hs_ramdisk_bootstrap(struct hs_pieces *out, struct hs_span init, struct hs_span nsm)
{
	struct hs_newc_writer w;

	hs_newc_begin(&w, out);
	add_directory(&w, "dev");
	add_own(&w, "init", S_IFREG, 0755, init);
	add_own(&w, "nsm.ko", S_IFREG, 0755, nsm);
	hs_newc_end(&w);
}

bool
hs_ramdisk_drops(struct hs_span name)
{
	static const char *const dropped[] = { ".dockerenv", "Dockerfile", "dev/console",
		                               "dev/pts",    "dev/shm",    "etc/hostname" };

	for (size_t i = 0; i < sizeof(dropped) / sizeof(dropped[0]); i++)
		if (hs_span_is(name, dropped[i]))
			return true;
	return false;
}

bool
hs_ramdisk_is_dated_anew(struct hs_span path)
{
	for (size_t i = 0; i < N_SPECIALS; i++)
		if (specials[i].type == S_IFDIR &&
		    hs_span_is(path, specials[i].made + strlen("rootfs/")))
			return true;
	return false;
}

static uint32_t
type_of(enum hs_kind kind)
{
	switch (kind) {
	case HS_KIND_FILE:
		return S_IFREG;
	case HS_KIND_DIR:
		return S_IFDIR;
	case HS_KIND_SYMLINK:
	case HS_KIND_HARDLINK:
		return S_IFLNK;
	case HS_KIND_CHARDEV:
		return S_IFCHR;
	case HS_KIND_BLOCKDEV:
		return S_IFBLK;
	case HS_KIND_FIFO:
		return S_IFIFO;
	default:
		return 0;
	}
}

/* ---- Remarks ---- */

static void
remark_overflow(struct making *m, const struct hs_export_entry *x, const struct hs_newc_entry *e)
{
	const struct {
		const char *what;
		int64_t value;
	} fields[] = { { "its time", e->mtime },
		       { "its user", e->uid },
		       { "its group", e->gid },
		       { "its size", (int64_t)e->data.len } };

	for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++) {
		const int64_t v = fields[i].value;
		char text[160];

		if (v >= 0 && v <= MAX_FIELD)
			continue;
		if (v < 0 && -(v + 1) < INT64_C(0xfffffff))
			snprintf(text, sizeof(text),
			         "has %" PRId64
			         " as %s, which is written with a minus: the kernel reads "
			         "another number",
			         v, fields[i].what);
		else
			snprintf(text, sizeof(text),
			         "has %" PRId64
			         " as %s, which takes more than eight digits: the kernel cannot "
			         "read the archive from there on",
			         v, fields[i].what);
		hs_ramdisk_remark_path(m->remarks, HS_RAMDISK_OVERFLOW, x->name, text);
	}
}

/* Docker's own are empty files: of anything else there is something to lose. */
static bool
is_dockers_own(const struct hs_export_entry *x)
{
	return x->kind == HS_KIND_FILE && x->bytes.len == 0;
}

/* What stands where init mounts something at run time. */
static void
remark_place(struct making *m, const struct hs_export_entry *x)
{
	static const char *const mounted[] = { "dev/", "proc/", "run/", "sys/", "tmp/" };

	if (x->kind == HS_KIND_DIR)
		return;
	for (size_t i = 0; i < sizeof(mounted) / sizeof(mounted[0]); i++)
		if (hs_span_starts(x->name, hs_span_of(mounted[i])))
			hs_ramdisk_remark_path(m->remarks, HS_RAMDISK_MOUNTED_OVER, x->name,
			                       "is hidden at run time: init mounts a file system "
			                       "over its folder");
}

/* The six directories are there once more, with the mode and the owner that linuxkit gives them. */
static void
remark_mode(struct making *m, const struct hs_export_entry *x)
{
	static const char *const again[] = { "dev/", "run/", "sys/", "var/", "proc/", "tmp/" };
	char text[160];

	for (size_t i = 0; i < sizeof(again) / sizeof(again[0]); i++) {
		if (!hs_span_is(x->name, again[i]) ||
		    (x->mode == 0755 && x->uid == 0 && x->gid == 0))
			continue;
		snprintf(text, sizeof(text),
		         "has mode %04" PRIo32 " and owner %" PRId64 ":%" PRId64
		         ", and becomes 0755 and 0:0",
		         x->mode, x->uid, x->gid);
		hs_ramdisk_remark_path(m->remarks, HS_RAMDISK_MODE, x->name, text);
	}
}

/* ---- Entries ---- */

static const struct special *
special_of(struct hs_span name)
{
	for (size_t i = 0; i < N_SPECIALS; i++)
		if (hs_span_is(name, specials[i].name))
			return &specials[i];
	return NULL;
}

static int
refuse(const struct hs_export_entry *x, const char *why, struct hs_err *err)
{
	hs_fail(err, HS_EFORMAT, "linuxkit refuses it: %s", why);
	return hs_fail_in_span(err, x->name);
}

/* A hard link becomes a symbolic one: the way from its folder to the first name. */
static struct hs_span
way_to_first(const struct making *m, const struct hs_export_entry *x, struct hs_span name)
{
	const struct hs_span target = hs_arena_join(m->arena, HS_SPAN("rootfs/"), x->link);
	struct hs_span way;

	if (!hs_go_path_rel(&way, m->arena, hs_go_path_dir(m->arena, name), target))
		way = hs_arena_join(m->arena, HS_SPAN("/"), target);
	return way;
}

/* Takes the place of the image's own file. */
static int
replace(struct hs_newc_entry *e, const struct hs_export_entry *x, struct hs_err *err)
{
	if (hs_span_is(x->name, "etc/resolv.conf")) {
		e->type = S_IFLNK;
		e->data = hs_span_of(resolv_conf);
		return 0;
	}
	if (x->kind != HS_KIND_FILE)
		return refuse(x, "it is no file, and gets the content of one", err);
	e->data = hs_span_of(hosts);
	return 0;
}

static void
remark_link(struct making *m, const struct hs_newc_entry *e, const struct hs_export_entry *x)
{
	char target[160];

	hs_escape_short(target, sizeof(target), e->data);
	hs_ramdisk_remark_path(m->remarks, HS_RAMDISK_HARD_LINK, x->name,
	                       hs_arena_printf(m->arena,
	                                       "is a hard link, and becomes a symbolic link to %s",
	                                       target));
}

static int
add_exported(struct making *m, const struct hs_export_entry *x, struct hs_err *err)
{
	const struct special *s = special_of(x->name);
	struct hs_newc_entry e = {
		.name = hs_arena_join(m->arena, HS_SPAN("rootfs/"), x->name),
		.type = type_of(x->kind),
		.permissions = x->mode,
		.uid = x->uid,
		.gid = x->gid,
		.mtime = s ? DEFAULT_TIME : x->mtime,
		.rdev_major = x->dev_major,
		.rdev_minor = x->dev_minor,
		.data = x->kind == HS_KIND_SYMLINK ? x->link : x->bytes,
	};

	if (x->refused)
		return refuse(x, x->refused, err);
	if (s)
		m->found[s - specials] = true;
	if (s && (s->data == hosts || s->data == resolv_conf)) {
		if (replace(&e, x, err) < 0)
			return err->code;
		if (!is_dockers_own(x))
			hs_ramdisk_remark_path(m->remarks, HS_RAMDISK_REPLACED, x->name,
			                       "is replaced by linuxkit's own");
	} else if (x->kind == HS_KIND_HARDLINK) {
		e.data = way_to_first(m, x, e.name);
		remark_link(m, &e, x);
	}
	if (e.type == 0)
		return refuse(x, "its type has none of cpio's", err);
	hs_newc_add(&m->w, &e);
	remark_overflow(m, x, &e);
	remark_place(m, x);
	remark_mode(m, x);
	return 0;
}

static void
add_missing(struct making *m)
{
	for (size_t i = 0; i < N_SPECIALS; i++)
		if (!m->found[i])
			add_own(&m->w, specials[i].made, specials[i].type, specials[i].permissions,
			        hs_span_of(specials[i].data));
}

int
hs_ramdisk_customer(struct hs_pieces *out, const struct hs_ramdisk_customer *c, struct hs_err *err)
{
	static const char *const again[] = { "rootfs",     "rootfs/dev", "rootfs/run",
		                             "rootfs/sys", "rootfs/var", "rootfs/proc",
		                             "rootfs/tmp" };
	struct making m = { .arena = out->arena, .remarks = &c->rootfs->remarks };

	hs_newc_begin(&m.w, out);
	add_directory(&m.w, "rootfs");
	for (size_t i = 0; i < c->rootfs->n; i++) {
		const struct hs_export_entry *x = &c->rootfs->entries[i];

		if (!hs_ramdisk_drops(x->name)) {
			if (add_exported(&m, x, err) < 0)
				return err->code;
		} else if (!is_dockers_own(x)) {
			hs_ramdisk_remark_path(m.remarks, HS_RAMDISK_DROPPED, x->name,
			                       "is left out by linuxkit");
		}
	}
	add_missing(&m);
	for (size_t i = 0; i < sizeof(again) / sizeof(again[0]); i++)
		add_directory(&m.w, again[i]);
	add_own(&m.w, "cmd", S_IFREG, 0644, c->cmd);
	add_own(&m.w, "env", S_IFREG, 0644, c->env);
	hs_newc_end(&m.w);
	return 0;
}
