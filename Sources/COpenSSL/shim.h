#ifndef COpenSSL_shim_h
#define COpenSSL_shim_h

#include <openssl/bio.h>
#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/objects.h>
#include <openssl/pem.h>
#include <openssl/provider.h>
#include <openssl/rsa.h>
#include <openssl/sha.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <openssl/x509_vfy.h>
#include <openssl/x509v3.h>

// Swift cannot see macros and variadic functions: each one needed gets a prefixed inline function.

static inline long COpenSSL_BIO_get_mem_data(BIO *bio, char **data) { return BIO_get_mem_data(bio, data); }
static inline void COpenSSL_free(void *memory) { OPENSSL_free(memory); }

// Stacks: the typed functions are macros.
static inline int COpenSSL_GENERAL_NAMES_count(const GENERAL_NAMES *names) { return sk_GENERAL_NAME_num(names); }
static inline GENERAL_NAME *COpenSSL_GENERAL_NAMES_at(const GENERAL_NAMES *names, int index) {
    return sk_GENERAL_NAME_value(names, index);
}
static inline int COpenSSL_INFO_ACCESS_count(const AUTHORITY_INFO_ACCESS *list) {
    return sk_ACCESS_DESCRIPTION_num(list);
}
static inline ACCESS_DESCRIPTION *COpenSSL_INFO_ACCESS_at(const AUTHORITY_INFO_ACCESS *list, int index) {
    return sk_ACCESS_DESCRIPTION_value(list, index);
}
static inline int COpenSSL_OBJECTS_count(const EXTENDED_KEY_USAGE *objects) { return sk_ASN1_OBJECT_num(objects); }
static inline ASN1_OBJECT *COpenSSL_OBJECTS_at(const EXTENDED_KEY_USAGE *objects, int index) {
    return sk_ASN1_OBJECT_value(objects, index);
}
static inline STACK_OF(X509) *COpenSSL_X509_stack(void) { return sk_X509_new_null(); }
static inline int COpenSSL_X509_stack_push(STACK_OF(X509) *stack, X509 *certificate) {
    return sk_X509_push(stack, certificate);
}
static inline int COpenSSL_X509_stack_count(const STACK_OF(X509) *stack) { return sk_X509_num(stack); }
static inline X509 *COpenSSL_X509_stack_at(const STACK_OF(X509) *stack, int index) {
    return sk_X509_value(stack, index);
}
// Frees the stack, not the certificates in it.
static inline void COpenSSL_X509_stack_free(STACK_OF(X509) *stack) { sk_X509_free(stack); }
static inline int COpenSSL_X509_CRL_stack_count(const STACK_OF(X509_CRL) *stack) { return sk_X509_CRL_num(stack); }
static inline X509_CRL *COpenSSL_X509_CRL_stack_at(const STACK_OF(X509_CRL) *stack, int index) {
    return sk_X509_CRL_value(stack, index);
}
static inline X509_CRL *COpenSSL_X509_CRL_stack_remove(STACK_OF(X509_CRL) *stack, int index) {
    return sk_X509_CRL_delete(stack, index);
}

// Unions and flag sets that the importer leaves out.
static inline const ASN1_STRING *COpenSSL_GENERAL_NAME_string(const GENERAL_NAME *name) { return name->d.ia5; }
static inline const ASN1_OBJECT *COpenSSL_GENERAL_NAME_object(const GENERAL_NAME *name) { return name->d.rid; }
static inline const X509_NAME *COpenSSL_GENERAL_NAME_directory(const GENERAL_NAME *name) { return name->d.dirn; }
static inline const ASN1_OBJECT *COpenSSL_OTHERNAME_type(const GENERAL_NAME *name) {
    return name->d.otherName->type_id;
}
static inline int COpenSSL_OTHERNAME_value_type(const GENERAL_NAME *name) {
    return name->d.otherName->value == NULL ? -1 : name->d.otherName->value->type;
}
static inline const ASN1_STRING *COpenSSL_OTHERNAME_string(const GENERAL_NAME *name) {
    return name->d.otherName->value->value.asn1_string;
}
// RFC 2253 text with UTF-8 kept, with and without control characters escaped.
static const unsigned long COpenSSL_RFC2253_UTF8 = XN_FLAG_RFC2253 & ~ASN1_STRFLGS_ESC_MSB;
static const unsigned long COpenSSL_RFC2253_UTF8_RAW = XN_FLAG_RFC2253 & ~ASN1_STRFLGS_ESC_MSB & ~ASN1_STRFLGS_ESC_CTRL;

// Deprecated since 3.0 without a replacement that answers as Node does.
static inline const RSA *COpenSSL_rsa(EVP_PKEY *key) { return EVP_PKEY_get0_RSA(key); }
static inline const EC_KEY *COpenSSL_ec(EVP_PKEY *key) { return EVP_PKEY_get0_EC_KEY(key); }
static inline const BIGNUM *COpenSSL_rsa_modulus(const RSA *rsa) { return RSA_get0_n(rsa); }
static inline const BIGNUM *COpenSSL_rsa_exponent(const RSA *rsa) { return RSA_get0_e(rsa); }
static inline int COpenSSL_ec_order_bits(const EC_KEY *key) { return EC_GROUP_order_bits(EC_KEY_get0_group(key)); }
static inline int COpenSSL_ec_curve(const EC_KEY *key) { return EC_GROUP_get_curve_name(EC_KEY_get0_group(key)); }
// Writes the public point in the key's own form; with no buffer, answers the length only.
static inline size_t COpenSSL_ec_point(const EC_KEY *key, unsigned char *buffer, size_t size) {
    const EC_POINT *point = EC_KEY_get0_public_key(key);
    if (point == NULL) return 0;
    return EC_POINT_point2oct(EC_KEY_get0_group(key), point, EC_KEY_get_conv_form(key), buffer, size, NULL);
}

// SHA-256 of one buffer without the envelope interface, which costs more than the digest of a short record: 0.05 µs
// against 0.35 µs for 64 bytes. Deprecated since 3.0, and there in every 3.x.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wdeprecated-declarations"
static inline void COpenSSL_sha256(const void *data, size_t size, unsigned char *digest) {
    SHA256_CTX context;
    SHA256_Init(&context);
    SHA256_Update(&context, data, size);
    SHA256_Final(digest, &context);
}
#pragma GCC diagnostic pop

// For making certificates and speaking TLS: key generation is variadic, the others are macros.
static inline EVP_PKEY *COpenSSL_generate_ec_key(const char *curve) { return EVP_EC_gen(curve); }
static inline EVP_PKEY *COpenSSL_generate_rsa_key(unsigned int bits) { return EVP_RSA_gen(bits); }
static inline EVP_PKEY *COpenSSL_generate_key(const char *type) { return EVP_PKEY_Q_keygen(NULL, NULL, type); }
static inline int COpenSSL_GENERAL_NAMES_push(GENERAL_NAMES *names, GENERAL_NAME *name) { return sk_GENERAL_NAME_push(names, name); }
static inline STACK_OF(X509) *COpenSSL_X509_list_new(void) { return sk_X509_new_null(); }
static inline int COpenSSL_X509_list_push(STACK_OF(X509) *list, X509 *certificate) { return sk_X509_push(list, certificate); }
static inline void COpenSSL_X509_list_free(STACK_OF(X509) *list) { sk_X509_free(list); }
static inline int COpenSSL_X509_list_count(const STACK_OF(X509) *list) { return sk_X509_num(list); }
static inline X509 *COpenSSL_X509_list_at(const STACK_OF(X509) *list, int index) { return sk_X509_value(list, index); }
static inline int COpenSSL_SSL_CTX_set_versions(SSL_CTX *context, int lowest, int highest) {
    return SSL_CTX_set_min_proto_version(context, lowest) && SSL_CTX_set_max_proto_version(context, highest);
}
static inline int COpenSSL_SSL_set_versions(SSL *ssl, int lowest, int highest) {
    return SSL_set_min_proto_version(ssl, lowest) && SSL_set_max_proto_version(ssl, highest);
}
static inline void COpenSSL_SSL_CTX_set_host_name_callback(SSL_CTX *context, int (*callback)(SSL *, int *, void *)) {
    SSL_CTX_set_tlsext_servername_callback(context, callback);
}
static inline int COpenSSL_SSL_set_host_name(SSL *ssl, const char *name) { return (int)SSL_set_tlsext_host_name(ssl, name); }

#endif
