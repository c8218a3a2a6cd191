package io.millrace.query.sql;

import io.millrace.views.ViewCatalog;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The code of queries that were asked before, those asked last. It is kept by the shape of a query,
 * that is its text without literals, and the literals that are part of its plan; so it is found
 * again with other times and other values to compare with.
 *
 * <p>Bounded in number and in what the code is estimated to take. Views that change make it empty,
 * since names may mean something else. Safe for any number of threads.
 */
final class PlanCache {
  static final int MOST_PLANS = 500;
  private static final long MOST_BYTES = 32L << 20;

  /** About what the classes of one step take; see docs/design/0014-sql.md. */
  private static final long BYTES_OF_A_STEP = 4 << 10;

  private final Map<Key, CompiledQuery> plans = new LinkedHashMap<>(16, 0.75f, true);
  private final Map<String, Shape> shapes = new LinkedHashMap<>();
  private Optional<ViewCatalog> catalog = Optional.empty();
  private long bytes;

  /** The literals of a shape that are parameters, and how many plans there are of it. */
  private record Shape(List<LiteralParameters.Parameter> parameters, int plans) {}

  /** What a plan is good for. */
  private record Key(String shape, List<String> literals) {
    static Key of(SqlText text, List<LiteralParameters.Parameter> parameters) {
      return new Key(text.shape(), LiteralParameters.others(text, parameters));
    }

    long bytes() {
      return 2L * (shape.length() + literals.stream().mapToLong(String::length).sum());
    }
  }

  /** The code for a query, where it is known. */
  synchronized Optional<CompiledQuery> find(SqlText text, ViewCatalog current) {
    requireCatalog(current);
    Shape shape = shapes.get(text.shape());
    if (shape == null || LiteralParameters.values(text, shape.parameters()).isEmpty()) {
      return Optional.empty();
    }
    return Optional.ofNullable(plans.get(Key.of(text, shape.parameters())));
  }

  /** Keeps the code of a query that was planned over a catalog. */
  synchronized void keep(SqlText text, CompiledQuery query, ViewCatalog planned) {
    requireCatalog(planned);
    Shape shape = shapes.getOrDefault(text.shape(), new Shape(query.literals(), 0));
    Key key = Key.of(text, query.literals());
    if (!shape.parameters().equals(query.literals()) || plans.containsKey(key)) {
      // Another thread was faster, or this text has a literal that is no value of its type.
      return;
    }
    shapes.put(text.shape(), new Shape(shape.parameters(), shape.plans() + 1));
    plans.put(key, query);
    bytes += bytes(key, query);
    while (plans.size() > MOST_PLANS || (bytes > MOST_BYTES && plans.size() > 1)) {
      dropEldest();
    }
  }

  /** Drops the code of a query. */
  synchronized void forget(SqlText text) {
    Shape shape = shapes.get(text.shape());
    if (shape != null) {
      Key key = Key.of(text, shape.parameters());
      CompiledQuery query = plans.get(key);
      if (query != null) {
        drop(key, query);
      }
    }
  }

  synchronized int size() {
    return plans.size();
  }

  synchronized long bytes() {
    return bytes;
  }

  private void requireCatalog(ViewCatalog current) {
    if (catalog.isEmpty() || !catalog.get().equals(current)) {
      catalog = Optional.of(current);
      plans.clear();
      shapes.clear();
      bytes = 0;
    }
  }

  private void dropEldest() {
    Map.Entry<Key, CompiledQuery> eldest = plans.entrySet().iterator().next();
    drop(eldest.getKey(), eldest.getValue());
  }

  private void drop(Key key, CompiledQuery query) {
    plans.remove(key);
    bytes -= bytes(key, query);
    shapes.computeIfPresent(
        key.shape(),
        (none, shape) ->
            shape.plans() == 1 ? null : new Shape(shape.parameters(), shape.plans() - 1));
  }

  private static long bytes(Key key, CompiledQuery query) {
    return key.bytes() + BYTES_OF_A_STEP * query.steps();
  }
}
