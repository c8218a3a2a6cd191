/** What the SQL of views and that of queries have in common: types, operators and functions. */
@NullMarked
package io.millrace.views.sql.language;

import org.jspecify.annotations.NullMarked;
