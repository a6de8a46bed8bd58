/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/eif_signing.h"

#include "cli/publish.h"
#include "cli/say.h"
#include "core/limits.h"
#include "enclave/curve.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <openssl/crypto.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

/* All of a small file, by read() and not by the spool: a key has no business on the disk. */
static int
read_all(struct hs_span *out, int fd, struct hs_err *err)
{
	uint8_t *at = hs_alloc(HS_MAX_PEM + 1);
	size_t len = 0;
	ssize_t n;

	do {
		n = read(fd, at + len, HS_MAX_PEM + 1 - len);
		if (n > 0)
			len += (size_t)n;
	} while ((n > 0 && len <= HS_MAX_PEM) || (n < 0 && errno == EINTR));
	*out = (struct hs_span){ at, len };
	if (n < 0)
		return hs_fail_errno(err, errno, "it cannot be read");
	if (len > HS_MAX_PEM)
		return hs_fail(err, HS_EUSAGE, "it has more than %" PRIu64 " bytes (HS_MAX_PEM)",
		               HS_MAX_PEM);
	return 0;
}

static int
read_pem(struct hs_span *out, const char *file, struct hs_err *err)
{
	const int fd = open(file, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	int rc;

	if (fd < 0)
		return hs_fail_errno(err, errno, "it cannot be opened");
	rc = read_all(out, fd, err);
	close(fd);
	return rc;
}

/* Clears what may be a key. */
static void
let_go(struct hs_span *s)
{
	void *const at = (void *)(uintptr_t)s->at;

	if (at)
		OPENSSL_cleanse(at, s->len);
	free(at);
	*s = (struct hs_span){ NULL, 0 };
}

int
hs_eif_certificate_open(struct hs_certificate *out, struct hs_span *pem, const char *file,
                        struct hs_err *err)
{
	int rc;

	*out = (struct hs_certificate){ 0 };
	*pem = (struct hs_span){ NULL, 0 };
	rc = read_pem(pem, file, err);
	if (rc == 0 && hs_certificate_of_pem(out, *pem, err) < 0)
		rc = err->code = HS_EUSAGE;
	if (rc < 0) {
		let_go(pem);
		hs_fail_in_span(err, hs_span_of(file));
		return hs_fail_in(err, "--certificate");
	}
	return 0;
}

/* Whether the options make sense together. */
static int
check_options(const struct hs_cli_eif *eif, struct hs_err *err)
{
	if (eif->private_key && eif->signer)
		return hs_fail(err, HS_EUSAGE, "--private-key and --signer exclude each other");
	if (eif->deterministic && !eif->private_key)
		return hs_fail(err, HS_EUSAGE,
		               "--deterministic needs --private-key: what --signer "
		               "does is its own matter");
	if ((eif->private_key || eif->signer) && !eif->certificate)
		return hs_fail(err, HS_EUSAGE, "%s needs --certificate",
		               eif->signer ? "--signer" : "--private-key");
	if (eif->certificate && !eif->private_key && !eif->signer)
		return hs_fail(err, HS_EUSAGE,
		               "--certificate needs --private-key or --signer to sign with");
	return 0;
}

/* What a reader should know before an enclave refuses to start. */
static void
say_oddities(const struct hs_certificate *c, const char *file)
{
	const int64_t now = time(NULL);
	int64_t from, until;

	if (c->n_in_file > 1)
		hs_say_trouble("%s: of %zu certificates the first signs; PCR8 does not cover the "
		               "others",
		               hs_shown(file).text, c->n_in_file);
	if (!hs_certificate_dates(c, &from, &until))
		hs_say_trouble("%s: the certificate's dates make no sense", hs_shown(file).text);
	else if (now < from)
		hs_say_trouble("%s: the certificate is not valid yet: no enclave starts that is "
		               "signed with it",
		               hs_shown(file).text);
	else if (now > until)
		hs_say_trouble("%s: the certificate has expired: no enclave starts that is signed "
		               "with it",
		               hs_shown(file).text);
}

static int
signer_sign(void *ctx, struct hs_span *der, struct hs_arena *a, struct hs_span digest,
            struct hs_err *err)
{
	return hs_eif_signer_run(ctx, der, a, digest, err);
}

static int
open_signer(struct hs_eif_signing *s, const char *command, struct hs_run *run, struct hs_err *err)
{
	char kind[HS_KEY_KIND];

	if (!hs_certificate_curve(&s->certificate))
		return hs_fail(err, HS_EUSAGE,
		               "--certificate: its key is %s, and only P-256, P-384 and P-521 sign "
		               "here",
		               hs_key_kind(kind, s->certificate.key));
	s->signer = (struct hs_eif_signer){ command, run };
	s->by.signer = (struct hs_cose_signer){ signer_sign, &s->signer, s->certificate.key };
	return 0;
}

static int
open_key(struct hs_eif_signing *s, const struct hs_cli_eif *eif, struct hs_err *err)
{
	const char *const file = eif->private_key;
	int rc;

	if (strncmp(file, "arn:", 4) == 0 && access(file, F_OK) != 0)
		return hs_fail(
			err, HS_EUSAGE,
			"--private-key takes a file; a key of AWS KMS signs through --signer "
			"with the program aws, as hashoscope-eif(1) shows");
	rc = read_pem(&s->key_pem, file, err);
	if (rc == 0)
		rc = hs_signing_key_of_pem(&s->key, s->key_pem, &s->certificate, err);
	let_go(&s->key_pem);
	if (rc < 0) {
		hs_fail_in_span(err, hs_span_of(file));
		return hs_fail_in(err, "--private-key");
	}
	s->key.deterministic = eif->deterministic;
	s->by.signer = hs_signing_key_signer(&s->key);
	return 0;
}

int
hs_eif_signing_open(struct hs_eif_signing *s, const struct hs_cli *cli, struct hs_run *run,
                    struct hs_err *err)
{
	const struct hs_cli_eif *const eif = &cli->eif;
	int rc;

	*s = (struct hs_eif_signing){ .wanted = eif->certificate != NULL };
	rc = check_options(eif, err);
	if (rc == 0)
		rc = hs_refuse_option(cli->out_file, "--certificate", eif->certificate, err);
	if (rc == 0)
		rc = hs_refuse_option(cli->out_file, "--private-key", eif->private_key, err);
	if (rc < 0 || !s->wanted)
		return rc;
	rc = hs_eif_certificate_open(&s->certificate, &s->by.pem, eif->certificate, err);
	if (rc == 0 && eif->signer)
		rc = open_signer(s, eif->signer, run, err);
	else if (rc == 0)
		rc = open_key(s, eif, err);
	if (rc == 0)
		say_oddities(&s->certificate, eif->certificate);
	return rc;
}

void
hs_eif_signing_release(struct hs_eif_signing *s)
{
	hs_certificate_release(&s->certificate);
	hs_signing_key_release(&s->key);
	let_go(&s->key_pem);
	let_go(&s->by.pem);
}
