/* SPDX-License-Identifier: Apache-2.0 */
#include "attest/nsm_device.h"

#include "core/arena.h"
#include "core/escape.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

/* Linux, include/uapi/linux/nsm.h, which older headers lack. */
struct nsm_iovec {
	uint64_t addr, len;
};

struct nsm_raw {
	struct nsm_iovec request, response;
};

#define NSM_IOCTL_RAW _IOWR(0x0a, 0x0, struct nsm_raw)

/* What stands before a message on a socket: its length. */
enum { LENGTH = 4 };

struct device {
	int fd;
};

static int
by_ioctl(void *ctx, uint8_t *response, size_t *n, struct hs_span request, struct hs_err *err)
{
	const struct device *d = ctx;
	struct nsm_raw raw = {
		.request = { (uint64_t)(uintptr_t)request.at, request.len },
		.response = { (uint64_t)(uintptr_t)response, *n },
	};
	int rc;

	do
		rc = ioctl(d->fd, NSM_IOCTL_RAW, &raw);
	while (rc < 0 && errno == EINTR);
	if (rc < 0)
		return hs_fail_errno(err, errno, "the security module does not answer");
	/* The kernel cuts what does not fit and tells the length that there was. */
	if (raw.response.len > *n)
		return hs_fail(err, HS_EFORMAT,
		               "the security module's answer has %" PRIu64
		               " bytes, more than any has",
		               raw.response.len);
	*n = raw.response.len;
	return 0;
}

static int
fail_socket(struct hs_err *err)
{
	return hs_fail_errno(err, errno ? errno : ECONNRESET,
	                     "what stands for the security module does not answer");
}

static int
send_all(int fd, struct hs_span bytes, struct hs_err *err)
{
	while (bytes.len) {
		const ssize_t n = send(fd, bytes.at, bytes.len, MSG_NOSIGNAL);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return fail_socket(err);
		bytes = hs_span_from(bytes, (uint64_t)n);
	}
	return 0;
}

static int
receive_all(int fd, uint8_t *at, size_t len, struct hs_err *err)
{
	while (len) {
		const ssize_t n = recv(fd, at, len, 0);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0) {
			errno = n < 0 ? errno : 0;
			return fail_socket(err);
		}
		at += n;
		len -= (size_t)n;
	}
	return 0;
}

/* The same messages with their lengths before them: how a program stands for the device. */
static int
by_socket(void *ctx, uint8_t *response, size_t *n, struct hs_span request, struct hs_err *err)
{
	const struct device *d = ctx;
	const uint8_t out[LENGTH] = { (uint8_t)(request.len >> 24), (uint8_t)(request.len >> 16),
		                      (uint8_t)(request.len >> 8), (uint8_t)request.len };
	uint8_t in[LENGTH];
	struct hs_cursor c = { .rest = { in, sizeof(in) } };
	uint64_t len;
	int rc = send_all(d->fd, (struct hs_span){ out, sizeof(out) }, err);

	if (rc == 0)
		rc = send_all(d->fd, request, err);
	if (rc == 0)
		rc = receive_all(d->fd, in, sizeof(in), err);
	if (rc < 0)
		return rc;
	len = hs_take_be(&c, sizeof(in));
	if (len > *n)
		return hs_fail(err, HS_EFORMAT,
		               "the answer has %" PRIu64 " bytes, more than any has", len);
	*n = len;
	return receive_all(d->fd, response, len, err);
}

static int
connect_to(const char *path, struct hs_err *err)
{
	struct sockaddr_un to = { .sun_family = AF_UNIX };
	const size_t len = strlen(path);
	int fd;

	if (len >= sizeof(to.sun_path))
		return hs_fail(err, HS_EUSAGE, "its path is too long for a socket");
	memcpy(to.sun_path, path, len);
	fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (fd >= 0 && connect(fd, (const struct sockaddr *)&to, sizeof(to)) == 0)
		return fd;
	hs_fail_errno(err, errno, "it takes no connection");
	if (fd >= 0)
		close(fd);
	return err->code;
}

int
hs_nsm_open(struct hs_nsm *out, const char *path, struct hs_err *err)
{
	struct device *d;
	char shown[200];
	struct stat st;
	bool socket;
	int fd;

	*out = (struct hs_nsm){ .exchange = NULL };
	hs_escape_short(shown, sizeof(shown), hs_span_of(path));
	if (stat(path, &st) < 0) {
		if (errno == ENOENT)
			return hs_fail(err, HS_EABSENT,
			               "this is not inside an enclave: there is no %s", shown);
		return hs_fail_errno(err, errno, "%s", shown);
	}
	socket = S_ISSOCK(st.st_mode);
	if (!socket && !S_ISCHR(st.st_mode))
		return hs_fail(err, HS_EUSAGE, "%s is no device", shown);
	fd = socket ? connect_to(path, err) : open(path, O_RDWR | O_CLOEXEC);
	if (fd < 0)
		return socket ? hs_fail_in(err, "%s", shown)
		              : hs_fail_errno(err, errno, "%s cannot be opened", shown);
	d = hs_alloc(sizeof(*d));
	d->fd = fd;
	*out = (struct hs_nsm){ socket ? by_socket : by_ioctl, d };
	return 0;
}

void
hs_nsm_close(struct hs_nsm *nsm)
{
	struct device *d = nsm->ctx;

	if (d)
		close(d->fd);
	free(d);
	*nsm = (struct hs_nsm){ .exchange = NULL };
}
