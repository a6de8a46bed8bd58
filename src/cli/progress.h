/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_CLI_PROGRESS_H
#define HS_CLI_PROGRESS_H

#include "cli/env.h"
#include "core/run.h"

#include <pthread.h>

/*
 * Says on standard error how far a run has come: a thread looks at the run's
 * counters ten times a second and touches nothing else.
 *
 *	bar    one line that is drawn again and again, and erased at the end
 *	plain  "hashoscope: STAGE" for each stage
 *	json   an event a line: {"event":"stage"|"progress"|"end", counters ...}
 */
struct hs_progress {
	struct hs_run *run;
	enum hs_progress_how how; /* never AUTO once started */
	unsigned width;
	bool running;
	bool stopping; /* under `lock` */
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t wake;
	const char *stage; /* the last one that was told */
	uint64_t started_ns;
	uint64_t next_event_ns;
};

/* AUTO is a bar on a terminal and nothing elsewhere. Nothing happens, at no cost, for NONE. */
void hs_progress_start(struct hs_progress *p, struct hs_run *run, enum hs_progress_how how,
                       const struct hs_env *env);

/* Ends the thread and erases the line. May be called again, and for what is all zero. */
void hs_progress_stop(struct hs_progress *p);

/* A moment of a run, for the functions that only make text. */
struct hs_progress_state {
	const char *stage;
	uint64_t bytes_done, bytes_known, entries_done, entries_known;
	double elapsed_s;
};

/* The line of a bar, `width` - 1 columns at most; parts that do not fit are left out from the end.
 */
void hs_progress_line(char *out, size_t size, const struct hs_progress_state *s, unsigned width);

/* A line of JSON, without its line end. */
void hs_progress_event(char *out, size_t size, const char *event,
                       const struct hs_progress_state *s);

#endif
