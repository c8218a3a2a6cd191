/**
 * Who may ask what over HTTP: secrets, tokens, certificates, and what keeps strangers out. Nothing
 * here knows of Kafka but through what is handed in.
 */
@NullMarked
package io.millrace.server.security;

import org.jspecify.annotations.NullMarked;
