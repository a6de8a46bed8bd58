/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/progress.h"

#include "cli/signals.h"
#include "cli/size.h"

#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

enum { LINE_SIZE = 512, BAR_CELLS = 20 };

static const uint64_t tick_ns = 100 * 1000 * 1000;
static const uint64_t event_ns = 1000 * 1000 * 1000;

static uint64_t
now_ns(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (uint64_t)t.tv_sec * 1000000000 + (uint64_t)t.tv_nsec;
}

/* Between 0 and 1, of bytes where they are counted, else of entries; below 0 where neither is. */
static double
share_done(const struct hs_progress_state *s)
{
	const uint64_t done = s->bytes_done ? s->bytes_done : s->entries_done;
	const uint64_t known = s->bytes_done ? s->bytes_known : s->entries_known;

	if (done == 0 || known == 0)
		return -1;
	return done < known ? (double)done / (double)known : 1;
}

static void
print_time_left(char *out, size_t size, double seconds)
{
	if (seconds < 100)
		snprintf(out, size, "%.0f s left", seconds);
	else if (seconds < 100 * 60)
		snprintf(out, size, "%.0f min left", seconds / 60);
	else
		snprintf(out, size, "%.0f h left", seconds / 3600);
}

/* Adds "  part" where the whole of it fits. */
static void
add_part(char *line, size_t room, const char *part)
{
	const size_t len = strlen(line);

	if (*part && len + 2 + strlen(part) <= room)
		snprintf(line + len, room + 1 - len, "  %s", part);
}

void
hs_progress_line(char *out, size_t size, const struct hs_progress_state *s, unsigned width)
{
	const size_t room = width - 1 < size - 1 ? width - 1 : size - 1;
	const double share = share_done(s);
	char part[80], done[24], known[24];

	snprintf(out, room + 1, "%s", s->stage);
	if (share >= 0) {
		const int cells = (int)(share * BAR_CELLS);

		snprintf(part, sizeof(part), "[%.*s%.*s] %3.0f%%", cells, "####################",
		         BAR_CELLS - cells, "....................", share * 100);
		add_part(out, room, part);
	}
	hs_size_show(known, sizeof(known), s->bytes_known);
	hs_size_show(done, sizeof(done), s->bytes_done);
	if (s->bytes_done > 0) {
		snprintf(part, sizeof(part), "%s of %s", done, known);
		add_part(out, room, part);
	} else if (s->bytes_known > 0) {
		add_part(out, room, known);
	}
	if (s->entries_known > 0) {
		snprintf(part, sizeof(part), "%" PRIu64 " of %" PRIu64 " entries", s->entries_done,
		         s->entries_known);
		add_part(out, room, part);
	}
	/* Before that the guess would jump about. */
	if (share > 0.02 && s->elapsed_s >= 2) {
		print_time_left(part, sizeof(part), s->elapsed_s * (1 - share) / share);
		add_part(out, room, part);
	}
}

void
hs_progress_event(char *out, size_t size, const char *event, const struct hs_progress_state *s)
{
	snprintf(out, size,
	         "{\"event\":\"%s\",\"stage\":\"%s\",\"bytes_done\":%" PRIu64
	         ",\"bytes_known\":%" PRIu64 ",\"entries_done\":%" PRIu64
	         ",\"entries_known\":%" PRIu64 "}",
	         event, s->stage, s->bytes_done, s->bytes_known, s->entries_done, s->entries_known);
}

static struct hs_progress_state
look(const struct hs_progress *p)
{
	struct hs_run *run = p->run;

	return (struct hs_progress_state){
		.stage = atomic_load(&run->stage),
		.bytes_done = atomic_load_explicit(&run->bytes_done, memory_order_relaxed),
		.bytes_known = atomic_load_explicit(&run->bytes_known, memory_order_relaxed),
		.entries_done = atomic_load_explicit(&run->entries_done, memory_order_relaxed),
		.entries_known = atomic_load_explicit(&run->entries_known, memory_order_relaxed),
		.elapsed_s = (double)(now_ns() - p->started_ns) / 1e9,
	};
}

/* One write a line: nothing else on standard error gets into the middle of it. */
static void
print(const char *before, const char *line, const char *after)
{
	char text[LINE_SIZE + 32];
	const int n = snprintf(text, sizeof(text), "%s%s%s", before, line, after);

	if (n > 0 && write(STDERR_FILENO, text, (size_t)n) < 0)
		return;
}

static void
print_event(const char *event, const struct hs_progress_state *s)
{
	char line[LINE_SIZE];

	hs_progress_event(line, sizeof(line), event, s);
	print("", line, "\n");
}

/* A stage that has not been told yet: stages are literals, so the pointer tells them apart. */
static bool
is_new_stage(struct hs_progress *p, const struct hs_progress_state *s)
{
	if (p->stage && strcmp(p->stage, s->stage) == 0)
		return false;
	p->stage = s->stage;
	return true;
}

static void
tell(struct hs_progress *p)
{
	const struct hs_progress_state s = look(p);
	char line[LINE_SIZE];

	switch (p->how) {
	case HS_PROGRESS_BAR:
		hs_progress_line(line, sizeof(line), &s, p->width);
		hs_signals_set_line(true);
		print("\r", line, "\033[K");
		break;
	case HS_PROGRESS_PLAIN:
		if (is_new_stage(p, &s))
			print("hashoscope: ", s.stage, "\n");
		break;
	default:
		if (is_new_stage(p, &s)) {
			print_event("stage", &s);
		} else if (now_ns() >= p->next_event_ns) {
			print_event("progress", &s);
			p->next_event_ns += event_ns;
		}
	}
}

static void *
watch(void *ctx)
{
	struct hs_progress *p = ctx;

	pthread_mutex_lock(&p->lock);
	while (!p->stopping) {
		const uint64_t until = now_ns() + tick_ns;
		const struct timespec t = {
			.tv_sec = (time_t)(until / 1000000000),
			.tv_nsec = (long)(until % 1000000000),
		};

		pthread_cond_timedwait(&p->wake, &p->lock, &t);
		if (!p->stopping)
			tell(p);
	}
	pthread_mutex_unlock(&p->lock);
	return NULL;
}

/* Signals go to the threads that work: this one could be in the middle of a line. */
static bool
start_thread(struct hs_progress *p)
{
	pthread_condattr_t attr;
	sigset_t all, before;
	bool started;

	pthread_mutex_init(&p->lock, NULL);
	pthread_condattr_init(&attr);
	pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
	pthread_cond_init(&p->wake, &attr);
	pthread_condattr_destroy(&attr);
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	started = pthread_create(&p->thread, NULL, watch, p) == 0;
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	return started;
}

void
hs_progress_start(struct hs_progress *p, struct hs_run *run, enum hs_progress_how how,
                  const struct hs_env *env)
{
	*p = (struct hs_progress){ .run = run, .how = how };
	if (how == HS_PROGRESS_AUTO)
		p->how =
			hs_env_is_terminal(env, STDERR_FILENO) ? HS_PROGRESS_BAR : HS_PROGRESS_NONE;
	if (p->how == HS_PROGRESS_NONE)
		return;
	p->width = hs_env_width(env, STDERR_FILENO);
	p->started_ns = now_ns();
	p->next_event_ns = p->started_ns + event_ns;
	/* The bar waits for the first tick: most runs are over by then. */
	if (p->how != HS_PROGRESS_BAR)
		tell(p);
	/* Without a thread there is no progress, and the comparison is as good. */
	p->running = start_thread(p);
}

void
hs_progress_stop(struct hs_progress *p)
{
	struct hs_progress_state s;

	if (!p->running)
		return;
	pthread_mutex_lock(&p->lock);
	p->stopping = true;
	pthread_cond_signal(&p->wake);
	pthread_mutex_unlock(&p->lock);
	pthread_join(p->thread, NULL);
	pthread_cond_destroy(&p->wake);
	pthread_mutex_destroy(&p->lock);
	p->running = false;
	if (p->how == HS_PROGRESS_BAR) {
		print("\r", "", "\033[K");
		hs_signals_set_line(false);
		return;
	}
	tell(p);
	if (p->how == HS_PROGRESS_JSON) {
		s = look(p);
		print_event("end", &s);
	}
}
