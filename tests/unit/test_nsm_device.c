/* SPDX-License-Identifier: Apache-2.0 */
#include "attest/nsm_device.h"

#include "build_bytes.h"
#include "unit.h"

#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

/* ---- The device: what the kernel's driver does with its one ioctl ---- */

/* struct nsm_raw of Linux, include/uapi/linux/nsm.h. */
struct raw {
	uint64_t request_at, request_len, response_at, response_len;
};

static struct {
	uint32_t asked; /* the ioctl's number */
	struct hs_build request;
	uint64_t room;
	struct hs_span answer;
	uint64_t claimed; /* length that is written back; 0: the answer's */
	int fails;        /* errno, once */
} driver;

/* POSIX has int, the GNU C library has not. */
#ifdef __GLIBC__
#define ASKED unsigned long
#else
#define ASKED int
#endif

int ioctl(int fd, ASKED asked, ...);

/* In place of the C library's. */
int
ioctl(int fd, ASKED asked, ...)
{
	struct raw *raw;
	va_list args;

	(void)fd;
	va_start(args, asked);
	raw = va_arg(args, struct raw *);
	va_end(args);
	driver.asked = (uint32_t)asked;
	driver.room = raw->response_len;
	errno = driver.fails;
	driver.fails = 0;
	if (errno)
		return -1;
	hs_build_put(&driver.request,
	             (struct hs_span){ (void *)(uintptr_t)raw->request_at, raw->request_len });
	if (driver.answer.len)
		memcpy((void *)(uintptr_t)raw->response_at, driver.answer.at, driver.answer.len);
	raw->response_len = driver.claimed ? driver.claimed : driver.answer.len;
	return 0;
}

static int
ask_device(struct hs_arena *a, struct hs_err *err)
{
	struct hs_nsm nsm;
	int rc = hs_nsm_open(&nsm, "/dev/null", err);

	if (rc == 0)
		rc = hs_nsm_lock(a, &nsm, 16, err);
	hs_nsm_close(&nsm);
	return rc;
}

static void
a_request_is_one_ioctl_with_room_for_the_longest_answer(void **state)
{
	RELEASED struct hs_arena a = { 0 };
	struct hs_err err;

	(void)state;
	driver.answer = HS_SPAN("\x67LockPCR");
	assert_int_equal(ask_device(&a, &err), 0);
	assert_int_equal(driver.asked, 0xc0200a00);
	assert_int_equal(driver.room, 0x3000);
	assert_span(hs_build_span(&driver.request), "\xa1\x67LockPCR\xa1\x65index\x10");
	hs_build_release(&driver.request);
	driver.request = (struct hs_build){ 0 };
}

static void
an_interrupted_ioctl_is_made_again(void **state)
{
	RELEASED struct hs_arena a = { 0 };
	struct hs_err err;

	(void)state;
	driver.fails = EINTR;
	assert_int_equal(ask_device(&a, &err), 0);
	hs_build_release(&driver.request);
	driver.request = (struct hs_build){ 0 };
}

static void
what_the_driver_refuses_or_cuts_is_an_error(void **state)
{
	RELEASED struct hs_arena a = { 0 };
	struct hs_err err;

	(void)state;
	driver.fails = EMSGSIZE;
	assert_int_equal(ask_device(&a, &err), HS_EIO);
	assert_string_equal(err.text, "the security module does not answer: Message too long");
	driver.claimed = 0x3001;
	assert_int_equal(ask_device(&a, &err), HS_EFORMAT);
	assert_string_equal(err.text, "the security module's answer has 12289 bytes, more than "
	                              "any has");
	driver.claimed = 7;
	assert_int_equal(ask_device(&a, &err), HS_EFORMAT);
	driver.claimed = 0;
	hs_build_release(&driver.request);
	driver.request = (struct hs_build){ 0 };
}

/* ---- A socket in its place ---- */

struct server {
	int listening;
	struct hs_span says; /* after the request, byte by byte */
	pthread_t thread;
	char path[64];
};

enum { REQUEST = 4 + 17 };

static void *
serve(void *arg)
{
	const struct server *s = arg;
	const int fd = accept(s->listening, NULL, NULL);
	uint8_t in[REQUEST];
	size_t got = 0;
	ssize_t n;

	while (got < sizeof(in) && (n = read(fd, in + got, sizeof(in) - got)) > 0)
		got += (size_t)n;
	for (size_t i = 0; i < s->says.len; i++)
		if (send(fd, s->says.at + i, 1, MSG_NOSIGNAL) != 1)
			break;
	close(fd);
	return NULL;
}

static int
ask_socket(struct hs_span says, struct hs_err *err)
{
	RELEASED struct hs_arena a = { 0 };
	struct sockaddr_un at = { .sun_family = AF_UNIX };
	char folder[] = "/tmp/hs-nsm-XXXXXX";
	struct server s = { .says = says };
	struct hs_nsm nsm;
	int rc;

	assert_non_null(mkdtemp(folder));
	snprintf(s.path, sizeof(s.path), "%s/socket", folder);
	memcpy(at.sun_path, s.path, strlen(s.path));
	s.listening = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	assert_int_equal(bind(s.listening, (const struct sockaddr *)&at, sizeof(at)), 0);
	assert_int_equal(listen(s.listening, 1), 0);
	assert_int_equal(pthread_create(&s.thread, NULL, serve, &s), 0);
	rc = hs_nsm_open(&nsm, s.path, err);
	if (rc == 0)
		rc = hs_nsm_lock(&a, &nsm, 16, err);
	hs_nsm_close(&nsm);
	pthread_join(s.thread, NULL);
	close(s.listening);
	unlink(s.path);
	rmdir(folder);
	return rc;
}

static void
a_socket_gets_lengths_and_may_answer_in_pieces(void **state)
{
	const struct hs_span whole = HS_SPAN("\0\0\0\x08\x67LockPCR");
	struct hs_err err;

	(void)state;
	assert_int_equal(ask_socket(whole, &err), 0);
	for (size_t len = 0; len < whole.len; len++)
		assert_int_equal(ask_socket(hs_span_head(whole, len), &err), HS_EIO);
	assert_string_equal(err.text, "what stands for the security module does not answer: "
	                              "Connection reset by peer");
	assert_int_equal(ask_socket(HS_SPAN("\0\0\x30\x01"), &err), HS_EFORMAT);
	assert_string_equal(err.text, "the answer has 12289 bytes, more than any has");
}

static void
what_is_no_device_is_told(void **state)
{
	static const struct {
		const char *path;
		int code;
		const char *why;
	} rows[] = {
		{ "/nonexistent", HS_EABSENT,
		  "this is not inside an enclave: there is no /nonexistent" },
		{ "/nonexistent\x1b", HS_EABSENT,
		  "this is not inside an enclave: there is no /nonexistent\\x1b" },
		{ "/dev/null/x", HS_EIO, "/dev/null/x: Not a directory" },
		{ "/", HS_EUSAGE, "/ is no device" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct hs_nsm nsm;
		struct hs_err err;

		assert_int_equal(hs_nsm_open(&nsm, rows[i].path, &err), rows[i].code);
		assert_string_equal(err.text, rows[i].why);
		hs_nsm_close(&nsm);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_request_is_one_ioctl_with_room_for_the_longest_answer),
		cmocka_unit_test(an_interrupted_ioctl_is_made_again),
		cmocka_unit_test(what_the_driver_refuses_or_cuts_is_an_error),
		cmocka_unit_test(a_socket_gets_lengths_and_may_answer_in_pieces),
		cmocka_unit_test(what_is_no_device_is_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
