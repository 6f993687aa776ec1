#ifndef COpenSSL_shim_h
#define COpenSSL_shim_h

#include <openssl/bio.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/objects.h>
#include <openssl/pem.h>
#include <openssl/provider.h>
#include <openssl/rsa.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <openssl/x509_vfy.h>
#include <openssl/x509v3.h>

// Swift cannot see macros and variadic functions: each one needed gets a prefixed inline function.

static inline long COpenSSL_BIO_get_mem_data(BIO *bio, char **data) { return BIO_get_mem_data(bio, data); }

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
static inline int COpenSSL_SSL_set_host_name(SSL *ssl, const char *name) { return (int)SSL_set_tlsext_host_name(ssl, name); }

#endif
