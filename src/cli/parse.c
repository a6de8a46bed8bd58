/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/parse.h"

#include "cli/choose.h"
#include "cli/parse_argument.h"
#include "cli/parse_attest.h"
#include "cli/parse_eif.h"
#include "cli/parse_image.h"
#include "cli/say.h"
#include "cli/suggest.h"
#include "cli/words.h"

#include <getopt.h>
#include <stdio.h>
#include <unistd.h>

enum {
	OPERAND = 1, /* what getopt_long() calls a word that is no option */
	LONG_BASE = 256,
	MAX_JOBS = 1024,
};

/* One -o as it was given. */
struct raw_output {
	const char *arg;
	bool defaults;
};

/* Arguments of an option that adds up. */
struct list {
	enum hs_option_id id;
	const char **words;
	size_t *n;
};
enum { N_LISTS = 6 };

/* What is needed while parsing and not after. */
struct parser {
	struct hs_cli *cli;
	struct hs_arena *arena;
	const char **operands;
	struct list lists[N_LISTS];
	const struct hs_verb *guess; /* whose options are meant where two share a name; or NULL */
	struct raw_output *raw;      /* of -o, until the verb is known */
	size_t n_raw;
	struct option longs[HS_N_OPTIONS + 1];
	char shorts[3 + 2 * HS_N_OPTIONS];
	bool given[HS_N_OPTIONS]; /* on the command line: a verb must take these */
	bool defaults;            /* reading HASHOSCOPE_OPTS */
	bool from_defaults;       /* the outputs so far are of HASHOSCOPE_OPTS */
	int n_plain;              /* operands before "--": only these may be a verb */
};

/* Of the rows of one name: that of the verb, else the first. */
static bool
is_shadowed(const struct parser *p, const struct hs_option *o)
{
	const bool fits = p->guess && hs_option_fits(o, p->guess->id);

	for (size_t i = 0; i < HS_N_OPTIONS; i++) {
		const struct hs_option *other = &hs_options[i];
		const bool other_fits = p->guess && hs_option_fits(other, p->guess->id);

		if (other != o && strcmp(other->name, o->name) == 0 &&
		    (other_fits > fits || (other_fits == fits && other < o)))
			return true;
	}
	return false;
}

static void
fill_getopt_tables(struct parser *p)
{
	char *s = p->shorts;
	size_t n = 0;

	/* "-": operands come in turn, in their order; ":": a missing argument is told from an
	 * unknown option. */
	*s++ = '-';
	*s++ = ':';
	for (int i = 0; i < HS_N_OPTIONS; i++) {
		const struct hs_option *o = &hs_options[i];

		/* What -o means is known once the verb is: see take_outputs(). */
		if (o->letter == 'o' ? i != HS_OPT_OUTPUT : is_shadowed(p, o))
			continue;
		p->longs[n++] = (struct option){
			.name = o->name,
			.has_arg = o->arg ? required_argument : no_argument,
			.val = LONG_BASE + i,
		};
		if (o->letter) {
			*s++ = o->letter;
			if (o->arg)
				*s++ = ':';
		}
	}
	*s = 0;
}

static const struct hs_option *
option_of_letter(int letter)
{
	for (size_t i = 0; i < HS_N_OPTIONS; i++)
		if (hs_options[i].letter == letter)
			return &hs_options[i];
	return NULL;
}

static int
fail_unknown_option(const char *word, struct hs_err *err)
{
	const struct hs_shown shown = hs_shown(word);
	char name[64];
	struct hs_suggest s = { .typed = name };

	snprintf(name, sizeof(name), "%.*s", (int)strcspn(word + 2, "="), word + 2);
	for (size_t i = 0; i < HS_N_OPTIONS; i++)
		if (!hs_options[i].hidden)
			hs_suggest_try(&s, hs_options[i].name);
	if (hs_words_hold(hs_options[HS_OPT_OUTPUT].words, name))
		return hs_fail(err, HS_EUSAGE, "unknown option %s; did you mean -o %s?", shown.text,
		               name);
	if (s.best)
		return hs_fail(err, HS_EUSAGE, "unknown option %s; did you mean --%s?", shown.text,
		               s.best);
	return hs_fail(err, HS_EUSAGE, "unknown option %s; see hashoscope --help", shown.text);
}

static int
fail_unknown_letter(int letter, struct hs_err *err)
{
	const char word[] = { '-', (char)letter, 0 };

	return hs_fail(err, HS_EUSAGE, "unknown option %s; see hashoscope -h", hs_shown(word).text);
}

static int
add_output(struct parser *p, const struct raw_output *raw, struct hs_err *err)
{
	const char *arg = raw->arg;
	const struct hs_option *o = &hs_options[HS_OPT_OUTPUT];
	const size_t len = strcspn(arg, "=");
	struct hs_cli *cli = p->cli;
	struct hs_output_choice choice = { 0 };

	choice.format =
		(const char *)hs_arena_copy(p->arena, (struct hs_span){ (const uint8_t *)arg, len })
			.at;
	if (len == 0 || !hs_words_hold(o->words, choice.format))
		return hs_fail(err, HS_EUSAGE, "-o: '%s' is not one of: %s",
		               hs_shown(choice.format).text, o->words);
	if (arg[len] == '=') {
		choice.file = arg + len + 1;
		if (!*choice.file)
			return hs_fail(err, HS_EUSAGE, "-o %s=: no file is named", choice.format);
		if (strcmp(choice.file, "-") == 0)
			choice.file = NULL;
	}
	/* What the command line says replaces what HASHOSCOPE_OPTS says; it adds only to itself. */
	if (!raw->defaults && p->from_defaults)
		cli->n_outputs = 0;
	p->from_defaults = raw->defaults;
	if (cli->n_outputs == HS_MAX_OUTPUTS)
		return hs_fail(err, HS_EUSAGE, "more than %d -o", HS_MAX_OUTPUTS);
	cli->outputs[cli->n_outputs++] = choice;
	return 0;
}

/* The one -o of a verb: the file that it makes, or the format of what it prints. */
static int
take_single_output(struct parser *p, const char **out, struct hs_err *err)
{
	for (size_t i = 0; i < p->n_raw; i++) {
		/* HASHOSCOPE_OPTS speaks of reports. */
		if (p->raw[i].defaults)
			continue;
		if (*out)
			return hs_fail(err, HS_EUSAGE, "more than one -o");
		*out = p->raw[i].arg;
	}
	return 0;
}

/* What -o means is known once the verb is. */
static int
take_outputs(struct parser *p, struct hs_err *err)
{
	struct hs_cli *cli = p->cli;
	const bool listed = cli->list_formats || !cli->verb;
	const enum hs_verb_id verb = listed ? HS_VERB_DIFF : cli->verb->id;
	int rc = 0;

	if (hs_option_fits(&hs_options[HS_OPT_OUT_FILE], verb))
		return take_single_output(p, &cli->out_file, err);
	if (hs_option_fits(&hs_options[HS_OPT_FORMAT], verb)) {
		rc = take_single_output(p, &cli->eif.format, err);
		return rc == 0 ? hs_cli_check_format(cli, err) : rc;
	}
	if (hs_option_fits(&hs_options[HS_OPT_ATTEST_FORMAT], verb)) {
		rc = take_single_output(p, &cli->attest.format, err);
		return rc == 0 ? hs_cli_check_attest_format(cli, err) : rc;
	}
	for (size_t i = 0; i < p->n_raw && rc == 0; i++)
		rc = add_output(p, &p->raw[i], err);
	return rc == 0 ? hs_cli_settle_outputs(cli, err) : rc;
}

static void
take_flag(struct hs_cli *cli, enum hs_option_id id)
{
	switch (id) {
	case HS_OPT_QUIET:
		cli->quiet = true;
		break;
	case HS_OPT_VERBOSE:
		cli->verbose++;
		break;
	case HS_OPT_LONG:
		cli->long_form = true;
		break;
	case HS_OPT_NULL:
		cli->null_ended = true;
		break;
	case HS_OPT_LIST_FORMATS:
		cli->list_formats = true;
		break;
	case HS_OPT_MAN:
		cli->man = true;
		break;
	case HS_OPT_HELP:
		cli->help = true;
		break;
	default:
		cli->version = true;
		break;
	}
}

static bool
is_listed(struct parser *p, enum hs_option_id id, const char *arg)
{
	for (size_t i = 0; i < N_LISTS; i++)
		if (p->lists[i].id == id) {
			p->lists[i].words[(*p->lists[i].n)++] = arg;
			return true;
		}
	return false;
}

static int
take_option(struct parser *p, const struct hs_option *o, const char *arg, struct hs_err *err)
{
	struct hs_cli *cli = p->cli;
	unsigned n = 0;
	int rc;

	if (is_listed(p, o->id, arg))
		return 0;
	switch (o->id) {
	case HS_OPT_OUTPUT:
		p->raw[p->n_raw++] = (struct raw_output){ arg, p->defaults };
		return 0;
	case HS_OPT_JSON:
		p->raw[p->n_raw++] = (struct raw_output){ "json", p->defaults };
		return 0;
	case HS_OPT_CONTEXT:
		return hs_cli_set_unsigned(&cli->listing.context, o, arg, err);
	case HS_OPT_MAX_LINES:
		rc = hs_cli_set_number(&cli->listing.max_lines, o, arg, err);
		if (rc == 0 && cli->listing.max_lines == 0)
			cli->listing.max_lines = UINT64_MAX;
		return rc;
	case HS_OPT_JOBS:
		rc = hs_cli_set_unsigned(&cli->jobs, o, arg, err);
		return rc == 0 && cli->jobs > MAX_JOBS
		               ? hs_fail(err, HS_EUSAGE, "--jobs: more than %d", MAX_JOBS)
		               : rc;
	case HS_OPT_COLOR:
		rc = hs_cli_set_word(&n, o, arg, err);
		cli->color = HS_WHEN_AUTO + n;
		return rc;
	case HS_OPT_PROGRESS:
		rc = hs_cli_set_word(&n, o, arg, err);
		cli->progress = n;
		return rc;
	default:
		if (o->group == HS_GROUP_IMAGE || o->group == HS_GROUP_IGNORE)
			return hs_cli_take_image(cli, o, arg, err);
		if (o->group == HS_GROUP_ENCLAVE || o->group == HS_GROUP_SIGNING)
			return hs_cli_take_eif(&cli->eif, o, arg, err);
		if (o->group == HS_GROUP_ATTEST)
			return hs_cli_take_attest(&cli->attest, o, arg, err);
		if (o->arg)
			return hs_cli_take_limit(&cli->limits, o, arg, err);
		take_flag(cli, o->id);
		return 0;
	}
}

/* Of the rows of its name, that of the verb which seems to be meant. */
static const struct hs_option *
meant_by(const struct parser *p, const struct hs_option *o)
{
	for (size_t i = 0; p->guess && i < HS_N_OPTIONS; i++)
		if (strcmp(hs_options[i].name, o->name) == 0 &&
		    hs_option_fits(&hs_options[i], p->guess->id))
			return &hs_options[i];
	return o;
}

/* What getopt_long() complains about. */
static int
fail_getopt(const struct parser *p, int got, char **argv, struct hs_err *err)
{
	const struct hs_option *o =
		optopt >= LONG_BASE ? &hs_options[optopt - LONG_BASE] : option_of_letter(optopt);

	if (optopt == 0)
		return fail_unknown_option(argv[optind - 1], err);
	if (!o)
		return fail_unknown_letter(optopt, err);
	o = meant_by(p, o);
	if (got == ':')
		return hs_fail(err, HS_EUSAGE, "--%s needs an argument: %s", o->name, o->arg);
	return hs_fail(err, HS_EUSAGE, "--%s takes no argument", o->name);
}

/* The word that held the option which getopt_long() has just given. */
static const char *
option_word(char **argv)
{
	const bool apart = optarg && optarg == argv[optind - 1];

	return argv[optind - (apart ? 2 : 1)];
}

/* getopt_long() takes any beginning of a name; a script that used one would break with the next
 * option. */
static bool
is_abbreviated(const char *word, const struct hs_option *o)
{
	const size_t len = strlen(o->name);

	return strncmp(word + 2, o->name, len) != 0 || (word[2 + len] && word[2 + len] != '=');
}

static int
take_words(struct parser *p, int argc, char **argv, struct hs_err *err)
{
	struct hs_cli *cli = p->cli;
	int got;

	optind = 0;
	opterr = 0;
	while ((got = getopt_long(argc, argv, p->shorts, p->longs, NULL)) != -1) {
		const struct hs_option *o;
		int rc;

		if (got == OPERAND) {
			p->operands[cli->n_operands++] = optarg;
			p->n_plain++;
			continue;
		}
		if (got == '?' || got == ':')
			return fail_getopt(p, got, argv, err);
		o = got >= LONG_BASE ? &hs_options[got - LONG_BASE] : option_of_letter(got);
		if (got >= LONG_BASE && is_abbreviated(option_word(argv), o))
			return fail_unknown_option(option_word(argv), err);
		rc = take_option(p, o, optarg, err);
		if (rc)
			return rc;
		if (got == 'h')
			cli->short_help = true;
		if (!p->defaults)
			p->given[o->id] = true;
	}
	while (optind < argc)
		p->operands[cli->n_operands++] = argv[optind++];
	return 0;
}

static int
count_words(char **argv)
{
	int n = 0;

	while (argv[n])
		n++;
	return n;
}

static int
take_defaults(struct parser *p, int n, char **words, struct hs_err *err)
{
	int rc;

	p->defaults = true;
	rc = take_words(p, n, words, err);
	p->defaults = false;
	if (rc == 0 && p->cli->n_operands > 0)
		rc = hs_fail(err, HS_EUSAGE, "'%s' is not an option",
		             hs_shown(p->operands[0]).text);
	return rc ? hs_fail_in(err, "HASHOSCOPE_OPTS") : 0;
}

static void
make_lists(struct parser *p, size_t room)
{
	struct hs_cli *cli = p->cli;
	const struct {
		enum hs_option_id id;
		const char *const **place;
		size_t *n;
	} rows[N_LISTS] = {
		{ HS_OPT_EXCLUDE, &cli->exclude, &cli->n_exclude },
		{ HS_OPT_IGNORE_PATH, &cli->ignore_paths, &cli->n_ignore_paths },
		{ HS_OPT_RAMDISK, &cli->eif.ramdisks, &cli->eif.n_ramdisks },
		{ HS_OPT_EXPECT, &cli->eif.expect, &cli->eif.n_expect },
		{ HS_OPT_ATTEST_EXPECT, &cli->attest.expect, &cli->attest.n_expect },
		{ HS_OPT_ROOT, &cli->attest.roots, &cli->attest.n_roots },
	};

	for (size_t i = 0; i < N_LISTS; i++) {
		const char **words = hs_arena_array(p->arena, room, sizeof(*words));

		*rows[i].place = words;
		p->lists[i] = (struct list){ rows[i].id, words, rows[i].n };
	}
}

int
hs_cli_parse(struct hs_cli *out, struct hs_arena *arena, char **argv, const char *defaults,
             struct hs_err *err)
{
	struct parser p = { .cli = out, .arena = arena };
	const int argc = count_words(argv);
	char **words = NULL;
	size_t room;
	int n_words, rc;

	*out = (struct hs_cli){
		.limits = HS_LIMITS_DEFAULT,
		.listing = { HS_DEFAULT_CONTEXT, HS_DEFAULT_MAX_LINES },
	};
	rc = hs_words_split(&words, arena, defaults ? defaults : "", err);
	if (rc)
		return hs_fail_in(err, "HASHOSCOPE_OPTS");
	n_words = count_words(words);
	room = (size_t)argc + (size_t)n_words + 1;
	p.operands = hs_arena_array(arena, room, sizeof(*p.operands));
	out->operands = p.operands;
	make_lists(&p, room);
	p.guess = hs_cli_guess_verb(argc, argv);
	p.raw = hs_arena_array(arena, room, sizeof(*p.raw));
	fill_getopt_tables(&p);
	rc = take_defaults(&p, n_words, words, err);
	if (rc == 0)
		rc = take_words(&p, argc, argv, err);
	if (rc == 0)
		rc = hs_cli_choose(out, p.given, p.n_plain, err);
	if (rc == 0)
		rc = take_outputs(&p, err);
	return rc ? rc : hs_cli_check_operands(out, err);
}
