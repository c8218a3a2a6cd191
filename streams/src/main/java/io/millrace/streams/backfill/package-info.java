/** The past of views that are defined while the program runs, from what stage 1 wrote before. */
@NullMarked
package io.millrace.streams.backfill;

import org.jspecify.annotations.NullMarked;
