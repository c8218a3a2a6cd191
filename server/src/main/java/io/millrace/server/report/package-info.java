/**
 * What the command line shows of imports, demos and the books: asking the query API, and texts and
 * tables that stay pleasant and harmless whatever the data.
 */
@NullMarked
package io.millrace.server.report;

import org.jspecify.annotations.NullMarked;
