/**
 * Bringing events to a collector over HTTP: packed into requests, in order, and sent again with the
 * same ids until they are acknowledged.
 */
@NullMarked
package io.millrace.server.sender;

import org.jspecify.annotations.NullMarked;
