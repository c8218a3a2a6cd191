package io.millrace.query.sql.jdbc;

/**
 * The connections of one caller among all there are.
 *
 * @param caller the caller's id
 */
record CallersConnections(JdbcConnections all, String caller) {

  void open(String name) {
    all.open(own(name));
  }

  JdbcConnection get(String name) {
    return all.get(own(name));
  }

  void close(String name) {
    all.close(own(name));
  }

  void requireRoom(long bytes) {
    all.requireRoom(bytes);
  }

  private JdbcConnections.Key own(String name) {
    return new JdbcConnections.Key(caller, name);
  }
}
