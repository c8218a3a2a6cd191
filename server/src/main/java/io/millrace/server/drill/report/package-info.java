/** What drills have shown, as a table, as a page and as JSON. Pure. */
@NullMarked
package io.millrace.server.drill.report;

import org.jspecify.annotations.NullMarked;
