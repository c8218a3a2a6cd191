/**
 * {@code millrace sql}: statements found in a text, asked over HTTP, and answers as tables; at a
 * terminal with a line editor, history and completion.
 */
@NullMarked
package io.millrace.server.sql;

import org.jspecify.annotations.NullMarked;
