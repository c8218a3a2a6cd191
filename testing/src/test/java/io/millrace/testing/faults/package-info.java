/**
 * What each fault of a machine costs a cluster of three brokers and the producers that write to it,
 * measured: an acknowledged record is never lost and never doubled, and no partition stalls for
 * long. They take minutes and are left out of the usual build; see {@code
 * docs/design/0023-faults.md}.
 */
@NullMarked
package io.millrace.testing.faults;

import org.jspecify.annotations.NullMarked;
