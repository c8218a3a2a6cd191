/**
 * Reading the access log of a web server and turning its requests into events, so that the same
 * line is the same event however often it is imported.
 */
@NullMarked
package io.millrace.server.accesslog;

import org.jspecify.annotations.NullMarked;
