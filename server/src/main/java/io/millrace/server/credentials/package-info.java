/**
 * Certificates, users and secrets of one cluster, as plain files: made by {@code millrace secure
 * init}, read by whoever listens or logs in.
 *
 * <p>Bouncy Castle is known in {@link io.millrace.server.credentials.CertificateAuthority} alone.
 */
@NullMarked
package io.millrace.server.credentials;

import org.jspecify.annotations.NullMarked;
