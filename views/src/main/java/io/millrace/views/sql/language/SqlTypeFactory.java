package io.millrace.views.sql.language;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.apache.calcite.jdbc.JavaTypeFactoryImpl;

/** Types whose texts may have any character; Calcite's own are of ISO 8859-1. */
public final class SqlTypeFactory extends JavaTypeFactoryImpl {
  /** Makes a factory for one statement. */
  public SqlTypeFactory() {
    super(SqlTypes.SYSTEM);
  }

  @Override
  public Charset getDefaultCharset() {
    return StandardCharsets.UTF_8;
  }
}
