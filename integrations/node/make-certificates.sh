#!/usr/bin/env bash
# Makes the certificates of the example and its test in a folder: ca, server, good, admin, expired, foreign.
# Usage: make-certificates.sh FOLDER      Needs openssl 3; for loopback only, the keys are not protected.
set -euo pipefail
folder=${1:?usage: make-certificates.sh FOLDER}
mkdir -p "$folder"
cd "$folder"
umask 077

cat > openssl.cnf <<'CONF'
[ca]
default_ca = plain
[plain]
new_certs_dir = .
database = index.txt
rand_serial = yes
default_md = sha256
policy = any
copy_extensions = none
unique_subject = no
[any]
organizationName = optional
organizationalUnitName = optional
commonName = supplied
[req]
distinguished_name = none
[none]
[authority]
basicConstraints = critical,CA:TRUE
keyUsage = critical,keyCertSign,cRLSign
subjectKeyIdentifier = hash
[server]
basicConstraints = critical,CA:FALSE
extendedKeyUsage = serverAuth
subjectAltName = DNS:localhost,IP:127.0.0.1
[client]
basicConstraints = critical,CA:FALSE
keyUsage = critical,digitalSignature
extendedKeyUsage = clientAuth
CONF
: > index.txt

key() { openssl genpkey -quiet -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out "$1.key"; }
authority() { # NAME SUBJECT
    key "$1"
    openssl req -config openssl.cnf -x509 -new -key "$1.key" -subj "$2" -days 3650 -extensions authority -out "$1.pem"
}
leaf() { # NAME SUBJECT EXTENSIONS AUTHORITY START END
    key "$1"
    openssl req -config openssl.cnf -new -key "$1.key" -subj "$2" -out "$1.csr"
    openssl ca -config openssl.cnf -batch -notext -cert "$4.pem" -keyfile "$4.key" -in "$1.csr" -out "$1.pem" \
        -extensions "$3" -startdate "$5" -enddate "$6" 2> "$1.log" || { cat "$1.log" >&2; exit 1; }
    rm -f "$1.csr" "$1.log"
}

past=20200101000000Z future=20991231235959Z
authority ca '/O=Example/CN=Example Clients CA'
authority foreign-ca '/O=Elsewhere/CN=Foreign CA'
leaf server '/CN=localhost' server ca "$past" "$future"
leaf good '/O=Example/OU=Services/CN=svc-good' client ca "$past" "$future"
leaf admin '/O=Example/OU=Admins/CN=svc-admin' client ca "$past" "$future"
leaf expired '/O=Example/OU=Services/CN=svc-expired' client ca "$past" 20210101000000Z
leaf foreign '/O=Elsewhere/CN=svc-foreign' client foreign-ca "$past" "$future"
rm -f openssl.cnf index.txt* [0-9A-F]*.pem
