package io.millrace.views.sql;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The statements of the views that every installation has. */
public final class BuiltInSql {
  private static final String FOLDER = "/io/millrace/views/builtin/";

  private BuiltInSql() {}

  /** The statement of a view; empty where it is none of them. */
  public static Optional<String> of(String view) {
    if (!view.matches("[a-z][a-z0-9_]*")) {
      return Optional.empty();
    }
    try (InputStream file = BuiltInSql.class.getResourceAsStream(FOLDER + view + ".sql")) {
      return file == null
          ? Optional.empty()
          : Optional.of(new String(file.readAllBytes(), StandardCharsets.UTF_8).strip());
    } catch (IOException broken) {
      throw new UncheckedIOException("a built-in view cannot be read", broken);
    }
  }
}
