/**
 * The client of a drill: sends events that are known beforehand, keeps a ledger of what became of
 * each, and sends again what has no answer.
 */
@NullMarked
package io.millrace.server.drill.load;

import org.jspecify.annotations.NullMarked;
