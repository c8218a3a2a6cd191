/** The commands that a person types. */
@NullMarked
package io.millrace.server.commands;

import org.jspecify.annotations.NullMarked;
