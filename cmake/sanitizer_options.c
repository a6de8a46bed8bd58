/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Libraries ask for as much memory as an input claims to need, and take a
 * refusal for an answer. The sanitizers refuse as the system does, and do not
 * end the program.
 */
const char *__asan_default_options(void);
const char *__tsan_default_options(void);

const char *
__asan_default_options(void)
{
	return "allocator_may_return_null=1";
}

const char *
__tsan_default_options(void)
{
	return "allocator_may_return_null=1";
}
