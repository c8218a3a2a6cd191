/**
 * What an event, an outcome, a cell and a site are, and how they are written as bytes.
 *
 * <p>Depends on nothing of ours, so that every other module can share it.
 */
@NullMarked
package io.millrace.model;

import org.jspecify.annotations.NullMarked;
