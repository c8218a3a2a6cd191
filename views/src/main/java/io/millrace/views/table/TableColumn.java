package io.millrace.views.table;

/**
 * A column of a reference table.
 *
 * @param name that of the field of the record that has its value, too
 */
public record TableColumn(String name, ColumnType type) {}
