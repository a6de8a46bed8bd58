/* SPDX-License-Identifier: Apache-2.0 */
/*
 * nitro-cli's structs as serde writes them: members in the order of their
 * declaration, maps sorted, two blanks a level. What is odd and kept:
 * HashAlgorithm is what Rust's Debug says of the hasher; names of an issuer are
 * written as for Debug and lose their quotes, but not the backslashes before
 * them; the members of CustomMetadata stand among those of the build.
 */
#include "enclave/nitro_json.h"

#include "enclave/rust_debug.h"

#include <inttypes.h>
#include <openssl/asn1.h>
#include <openssl/bio.h>
#include <openssl/objects.h>
#include <stdlib.h>

/* An object that is being written, at a level. */
struct object {
	FILE *out;
	unsigned level;
	bool first;
};

static struct object
open_object(FILE *out, unsigned level)
{
	fputc('{', out);
	return (struct object){ out, level, true };
}

static void
close_object(struct object *o)
{
	if (!o->first)
		fprintf(o->out, "\n%*s", (int)(2 * o->level), "");
	fputc('}', o->out);
}

static void
write_key(struct object *o, struct hs_span key)
{
	fprintf(o->out, "%s\n%*s", o->first ? "" : ",", (int)(2 * o->level + 2), "");
	o->first = false;
	hs_serde_write_string(o->out, key);
	fputs(": ", o->out);
}

static void
write_text(struct object *o, const char *key, struct hs_span text)
{
	write_key(o, hs_span_of(key));
	hs_serde_write_string(o->out, text);
}

static void
write_bool(struct object *o, const char *key, bool value)
{
	write_key(o, hs_span_of(key));
	fputs(value ? "true" : "false", o->out);
}

static void
write_pcr(struct object *o, const char *key, const struct hs_pcr *pcr)
{
	char hex[HS_PCR_HEX];

	write_text(o, key, hs_span_of(hs_pcr_hex(hex, pcr)));
}

/* What Rust's sha2 0.10 calls its hashers. */
static const char *
name_of(enum hs_pcr_algo algo)
{
	switch (algo) {
	case HS_PCR_SHA256:
		return "Sha256_32 { .. }";
	case HS_PCR_SHA512:
		return "Sha512_64 { .. }";
	default:
		return "Sha512_48 { .. }";
	}
}

static void
write_measurements(FILE *out, const struct hs_nitro_measurements *m, unsigned level)
{
	struct object o = open_object(out, level);

	write_text(&o, "HashAlgorithm", hs_span_of(name_of(m->algo)));
	write_pcr(&o, "PCR0", &m->pcrs->pcr[0]);
	write_pcr(&o, "PCR1", &m->pcrs->pcr[1]);
	write_pcr(&o, "PCR2", &m->pcrs->pcr[2]);
	if (m->pcr8)
		write_pcr(&o, "PCR8", m->pcr8);
	close_object(&o);
}

void
hs_nitro_print_measurements(FILE *out, const struct hs_nitro_measurements *m)
{
	struct object o = open_object(out, 0);

	write_key(&o, HS_SPAN("Measurements"));
	write_measurements(out, m, 1);
	close_object(&o);
	fputc('\n', out);
}

void
hs_nitro_print_bare(FILE *out, const struct hs_nitro_measurements *m)
{
	write_measurements(out, m, 0);
	fputc('\n', out);
}

void
hs_nitro_print_pcr(FILE *out, const char *name, const struct hs_pcr *pcr)
{
	struct object o = open_object(out, 0);

	write_pcr(&o, name, pcr);
	close_object(&o);
	fputc('\n', out);
}

/* Its name, or its numbers; the openssl crate has room for 80 bytes and cuts what is longer. */
static struct hs_span
object_name(struct hs_arena *a, const ASN1_OBJECT *object)
{
	char name[80] = "";
	const int len = OBJ_obj2txt(name, sizeof(name), object, 0);

	if (len <= 0)
		return HS_SPAN("OBJ_obj2txt error");
	if (len > (int)sizeof(name))
		return hs_arena_span(a, "%s...", name);
	return hs_arena_copy(a, (struct hs_span){ (const uint8_t *)name, (size_t)len });
}

/* As the openssl crate has it: up to the first NUL, then for Debug, then without quotes. */
static struct hs_span
issuer_value(struct hs_arena *a, const ASN1_STRING *value)
{
	unsigned char *utf8 = NULL;
	const int len = ASN1_STRING_to_UTF8(&utf8, value);
	struct hs_span text;

	if (len < 0)
		return HS_SPAN("error");
	text = hs_arena_copy(a, hs_span_of((const char *)utf8));
	OPENSSL_free(utf8);
	return hs_rust_debug_unquoted(a, text);
}

/* One attribute of a name. */
struct attribute {
	struct hs_span key, value;
	int order;
};

static int
by_key(const void *a, const void *b)
{
	const struct attribute *x = a, *y = b;
	const int d = hs_span_order(x->key, y->key);

	return d ? d : (x->order > y->order) - (x->order < y->order);
}

/* Sorted; of two attributes of one name the last counts. */
static void
write_issuer(FILE *out, struct hs_arena *a, const X509_NAME *name, unsigned level)
{
	const int n = X509_NAME_entry_count(name);
	struct attribute *list = hs_arena_array(a, (size_t)n, sizeof(*list));
	struct object o = open_object(out, level);

	for (int i = 0; i < n; i++) {
		const X509_NAME_ENTRY *entry = X509_NAME_get_entry(name, i);

		list[i] = (struct attribute){
			object_name(a, X509_NAME_ENTRY_get_object(entry)),
			issuer_value(a, X509_NAME_ENTRY_get_data(entry)),
			i,
		};
	}
	if (n > 0)
		qsort(list, (size_t)n, sizeof(*list), by_key);
	for (int i = 0; i < n; i++) {
		if (i + 1 < n && hs_span_equal(list[i].key, list[i + 1].key))
			continue;
		write_key(&o, list[i].key);
		hs_serde_write_string(out, list[i].value);
	}
	close_object(&o);
}

static void
write_time(struct object *o, struct hs_arena *a, const char *key, const ASN1_TIME *time)
{
	BIO *bio = BIO_new(BIO_s_mem());
	struct hs_span text = HS_SPAN("error");
	char *bytes = NULL;

	if (!bio)
		hs_die_out_of_memory();
	if (ASN1_TIME_print(bio, time) == 1) {
		const long len = BIO_get_mem_data(bio, &bytes);

		text = hs_arena_copy(a, (struct hs_span){ (const uint8_t *)bytes, (size_t)len });
	}
	BIO_free(bio);
	write_text(o, key, text);
}

static void
write_signature(struct object *o, const X509 *x509)
{
	const ASN1_BIT_STRING *signature;
	const uint8_t *bytes;
	int n;

	X509_get0_signature(&signature, NULL, x509);
	bytes = ASN1_STRING_get0_data(signature);
	n = ASN1_STRING_length(signature);
	write_key(o, HS_SPAN("Signature"));
	fputc('"', o->out);
	for (int i = 0; i < n; i++)
		fprintf(o->out, "%s%02X", i ? ":" : "", bytes[i]);
	fputc('"', o->out);
}

static void
write_certificate(FILE *out, struct hs_arena *a, const X509 *x509, unsigned level)
{
	struct object o = open_object(out, level);
	const ASN1_OBJECT *algorithm;
	const X509_ALGOR *algor;

	X509_get0_signature(NULL, &algor, x509);
	X509_ALGOR_get0(&algorithm, NULL, NULL, algor);
	write_key(&o, HS_SPAN("IssuerName"));
	write_issuer(out, a, X509_get_issuer_name(x509), level + 1);
	write_text(&o, "Algorithm", object_name(a, algorithm));
	write_time(&o, a, "NotBefore", X509_get0_notBefore(x509));
	write_time(&o, a, "NotAfter", X509_get0_notAfter(x509));
	write_signature(&o, x509);
	close_object(&o);
}

static void
write_metadata(FILE *out, const struct hs_metadata *m, unsigned level)
{
	const struct hs_serde null = { .kind = HS_SERDE_NULL };
	const struct hs_serde *custom = m->custom_metadata;
	struct object o = open_object(out, level);

	write_text(&o, "BuildTime", m->build_time);
	write_text(&o, "BuildTool", m->build_tool);
	write_text(&o, "BuildToolVersion", m->build_tool_version);
	write_text(&o, "OperatingSystem", m->operating_system);
	write_text(&o, "KernelVersion", m->kernel_version);
	write_key(&o, HS_SPAN("DockerInfo"));
	hs_serde_write_pretty(out, m->docker_info ? m->docker_info : &null, level + 1);
	for (size_t i = 0; custom && i < custom->of.n; i++) {
		write_key(&o, custom->of.keys[i]);
		hs_serde_write_pretty(out, &custom->of.list[i], level + 1);
	}
	close_object(&o);
}

int
hs_nitro_print_description(FILE *out, struct hs_arena *a, const struct hs_nitro_description *d,
                           struct hs_err *err)
{
	const struct hs_metadata *m = d->metadata && !d->metadata->none ? d->metadata : NULL;
	struct object o;

	if (m && m->custom_metadata && m->custom_metadata->kind != HS_SERDE_OBJECT)
		return hs_fail(err, HS_EFORMAT,
		               "CustomMetadata is no object, which nitro-cli cannot describe");
	o = open_object(out, 0);
	write_key(&o, HS_SPAN("EifVersion"));
	fprintf(out, "%" PRIu16, d->version);
	write_key(&o, HS_SPAN("Measurements"));
	write_measurements(out, &d->measurements, 1);
	write_bool(&o, "IsSigned", d->signature != NULL);
	if (d->signature) {
		write_key(&o, HS_SPAN("SigningCertificate"));
		write_certificate(out, a, d->signature->certificate.x509, 1);
	}
	write_bool(&o, "CheckCRC", d->crc_check);
	if (d->signature)
		write_bool(&o, "SignatureCheck", d->signature_check);
	if (m) {
		write_text(&o, "ImageName", m->image_name);
		write_text(&o, "ImageVersion", m->image_version);
		write_key(&o, HS_SPAN("Metadata"));
		write_metadata(out, m, 1);
	}
	close_object(&o);
	fputc('\n', out);
	return 0;
}
