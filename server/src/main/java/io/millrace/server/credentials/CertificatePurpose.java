package io.millrace.server.credentials;

/** What a certificate may be used for; each is refused for anything else. */
enum CertificatePurpose {
  /** Serves others over TLS. */
  SERVER,
  /** Tells a server who connects. */
  CLIENT,
  /** Both, as brokers do among themselves. */
  PEER
}
