package io.millrace.query.sql.push;

/**
 * A column of a push query.
 *
 * @param type the name of the SQL type
 * @param isKey whether it tells rows apart: of all that have the same values in such columns, only
 *     the latest is there
 */
public record PushColumn(String name, String type, boolean isKey) {}
