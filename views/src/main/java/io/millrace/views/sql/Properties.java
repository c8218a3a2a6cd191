package io.millrace.views.sql;

import io.millrace.views.JudgedClick;
import java.util.AbstractMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The properties of an event as expressions take them: by path, such as {@code order.total}, each
 * as a text. Nothing is read of the event before it is asked for.
 */
final class Properties extends AbstractMap<String, String> {
  private final JudgedClick click;

  Properties(JudgedClick click) {
    this.click = click;
  }

  @Override
  public @Nullable String get(@Nullable Object path) {
    return path instanceof String names ? click.property(names).orElse(null) : null;
  }

  @Override
  public boolean containsKey(@Nullable Object path) {
    return get(path) != null;
  }

  /** Nobody asks an event for all of its properties: an expression names the one that it means. */
  @Override
  public Set<Entry<String, String>> entrySet() {
    return Set.of();
  }
}
