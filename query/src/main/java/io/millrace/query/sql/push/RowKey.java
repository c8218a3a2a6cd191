package io.millrace.query.sql.push;

import java.util.List;

/**
 * What a row is told from others by.
 *
 * @param values of the columns that tell rows apart; of all, where none do
 * @param copy how many equal ones come before it
 */
record RowKey(List<Object> values, int copy) {}
