/**
 * What an instance is told by its file, its environment and its command line, read into the records
 * of the modules and checked as a whole.
 */
@NullMarked
package io.millrace.server.config;

import org.jspecify.annotations.NullMarked;
