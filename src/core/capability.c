/* SPDX-License-Identifier: Apache-2.0 */
/*
 * struct vfs_cap_data (linux/capability.h), little-endian:
 *
 *	4 bytes  revision << 24 | 1 where the effective bit is set
 *	8 bytes  permitted and inheritable sets, bits 0 to 31
 *	8 bytes  the same, bits 32 to 63 (revisions 2 and 3)
 *	4 bytes  uid of the user namespace's root (revision 3)
 */
#include "core/capability.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

/* linux/capability.h, by number; fixed here so that a report does not depend on the machine. */
static const char *const cap_name[] = {
	"chown",
	"dac_override",
	"dac_read_search",
	"fowner",
	"fsetid",
	"kill",
	"setgid",
	"setuid",
	"setpcap",
	"linux_immutable",
	"net_bind_service",
	"net_broadcast",
	"net_admin",
	"net_raw",
	"ipc_lock",
	"ipc_owner",
	"sys_module",
	"sys_rawio",
	"sys_chroot",
	"sys_ptrace",
	"sys_pacct",
	"sys_admin",
	"sys_boot",
	"sys_nice",
	"sys_resource",
	"sys_time",
	"sys_tty_config",
	"mknod",
	"lease",
	"audit_write",
	"audit_control",
	"setfcap",
	"mac_override",
	"mac_admin",
	"syslog",
	"wake_alarm",
	"block_suspend",
	"audit_read",
	"perfmon",
	"bpf",
	"checkpoint_restore",
};

static void
write_set(FILE *out, uint64_t set, const char *flags)
{
	const char *comma = "";

	if (set == 0)
		return;
	if (ftell(out) > 0)
		fputc(' ', out);
	for (unsigned i = 0; i < 64; i++) {
		if (!(set >> i & 1))
			continue;
		if (i < sizeof(cap_name) / sizeof(cap_name[0]))
			fprintf(out, "%scap_%s", comma, cap_name[i]);
		else
			fprintf(out, "%s%u", comma, i);
		comma = ",";
	}
	fprintf(out, "=%s", flags);
}

bool
hs_capability_text(struct hs_span *out, struct hs_arena *a, struct hs_span value)
{
	struct hs_cursor c = { .rest = value };
	const uint64_t magic = hs_take_le(&c, 4);
	const uint64_t revision = magic >> 24;
	uint64_t permitted = hs_take_le(&c, 4), inheritable = hs_take_le(&c, 4), root = 0;
	char *text = NULL;
	size_t len = 0;
	FILE *f;

	if (revision >= 2) {
		permitted |= hs_take_le(&c, 4) << 32;
		inheritable |= hs_take_le(&c, 4) << 32;
	}
	if (revision == 3)
		root = hs_take_le(&c, 4);
	if (c.cut || c.rest.len || revision < 1 || revision > 3 || (magic & 0xfffffe))
		return false;
	f = open_memstream(&text, &len);
	if (!f)
		hs_die_out_of_memory();
	write_set(f, permitted & inheritable, magic & 1 ? "eip" : "ip");
	write_set(f, permitted & ~inheritable, magic & 1 ? "ep" : "p");
	write_set(f, inheritable & ~permitted, magic & 1 ? "ei" : "i");
	if (root)
		fprintf(f, " [rootid=%" PRIu64 "]", root);
	if (fclose(f) != 0)
		hs_die_out_of_memory();
	*out = len ? hs_arena_copy(a, (struct hs_span){ (uint8_t *)text, len }) : HS_SPAN("=");
	free(text);
	return true;
}
