package io.millrace.query.sql;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.apache.calcite.jdbc.JavaTypeFactoryImpl;

/** Types whose texts may have any character; Calcite's own are of ISO 8859-1. */
final class SqlTypeFactory extends JavaTypeFactoryImpl {
  SqlTypeFactory() {
    super(SqlTypes.SYSTEM);
  }

  @Override
  public Charset getDefaultCharset() {
    return StandardCharsets.UTF_8;
  }
}
