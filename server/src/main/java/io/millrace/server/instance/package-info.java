/**
 * One running Millrace: its parts, built and started in order, and what it tells operators about
 * itself.
 */
@NullMarked
package io.millrace.server.instance;

import org.jspecify.annotations.NullMarked;
