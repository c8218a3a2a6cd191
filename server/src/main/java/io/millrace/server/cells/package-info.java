/**
 * The cells of all instances as one whole: who has which, how they are asked for, and what is said
 * of an answer that lacks some.
 */
@NullMarked
package io.millrace.server.cells;

import org.jspecify.annotations.NullMarked;
