/** Definitions as events: the commands of the topic control, and what they add up to. */
@NullMarked
package io.millrace.model.control;

import org.jspecify.annotations.NullMarked;
