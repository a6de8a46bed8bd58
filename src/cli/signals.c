/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/signals.h"

#include "cli/folder.h"

#include <errno.h>
#include <signal.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* What a handler reads: lock-free atomics, which are safe there. */
static _Atomic(const char *) guarded[HS_MAX_GUARDED];
static _Atomic(const char *) folders[HS_MAX_GUARDED];
static atomic_int child;
static atomic_bool line_there;

/* Puts `to` in the first place that holds `from`. */
static void
swap(_Atomic(const char *) list[HS_MAX_GUARDED], const char *from, const char *to)
{
	for (int i = 0; i < HS_MAX_GUARDED; i++) {
		const char *expected = from;

		if (atomic_compare_exchange_strong(&list[i], &expected, to))
			return;
	}
}

void
hs_signals_guard(const char *path)
{
	swap(guarded, NULL, path);
}

void
hs_signals_unguard(const char *path)
{
	swap(guarded, path, NULL);
}

void
hs_signals_guard_folder(const char *path)
{
	swap(folders, NULL, path);
}

void
hs_signals_unguard_folder(const char *path)
{
	swap(folders, path, NULL);
}

void
hs_signals_set_child(pid_t pid)
{
	atomic_store(&child, pid);
}

void
hs_signals_set_line(bool there)
{
	atomic_store(&line_there, there);
}

/* Only async-signal-safe calls from here on. */
static void
say(const char *text)
{
	/* Where standard error is gone there is nobody left to tell. */
	if (write(STDERR_FILENO, text, strlen(text)) < 0)
		return;
}

/* What the child has open or is about to write would outlive the folder. */
static void
end_child(void)
{
	const pid_t pid = atomic_exchange(&child, 0);

	if (pid > 0 && kill(pid, SIGKILL) == 0)
		waitpid(pid, NULL, 0);
}

static void
leave_nothing(void)
{
	end_child();
	if (atomic_exchange(&line_there, false))
		say("\r\033[K");
	for (int i = 0; i < HS_MAX_GUARDED; i++) {
		const char *path = atomic_exchange(&guarded[i], NULL);

		if (path)
			unlink(path);
	}
	for (int i = 0; i < HS_MAX_GUARDED; i++) {
		const char *path = atomic_exchange(&folders[i], NULL);

		if (path)
			hs_folder_remove(path);
	}
}

static void
end_by_signal(int number)
{
	const int before = errno;

	leave_nothing();
	/* SA_RESETHAND has put the default back; the signal is let through on return. */
	raise(number);
	errno = before;
}

static void
end_by_shrunk_input(int number)
{
	static atomic_flag told = ATOMIC_FLAG_INIT;

	(void)number;
	/* Several threads may read the same input: one of them says it, and ends them all. */
	while (atomic_flag_test_and_set(&told))
		pause();
	leave_nothing();
	say("hashoscope: an input changed while it was read, or its disk failed\n");
	_exit(2);
}

static void
set(int number, void (*handler)(int), int flags)
{
	struct sigaction action = { .sa_handler = handler, .sa_flags = flags };

	sigemptyset(&action.sa_mask);
	sigaction(number, &action, NULL);
}

void
hs_signals_setup(void)
{
	static const int ending[] = { SIGINT, SIGTERM, SIGHUP };

	for (size_t i = 0; i < sizeof(ending) / sizeof(ending[0]); i++) {
		struct sigaction before;

		/* nohup and shells that start a job in the background have it ignored: so it stays.
		 */
		if (sigaction(ending[i], NULL, &before) == 0 && before.sa_handler != SIG_IGN)
			set(ending[i], end_by_signal, (int)SA_RESETHAND);
	}
	/* Some runners have SIGPIPE ignored, which would make a closed pipe look like a full disk.
	 */
	set(SIGPIPE, end_by_signal, (int)SA_RESETHAND);
	set(SIGBUS, end_by_shrunk_input, 0);
}
