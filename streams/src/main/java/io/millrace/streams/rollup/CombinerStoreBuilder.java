package io.millrace.streams.rollup;

import java.util.Map;
import org.apache.kafka.streams.state.StoreBuilder;

/** Builds a {@link CombinerStore}, which has neither a cache nor a changelog to be configured. */
public final class CombinerStoreBuilder implements StoreBuilder<CombinerStore> {

  @Override
  public StoreBuilder<CombinerStore> withCachingEnabled() {
    return this;
  }

  @Override
  public StoreBuilder<CombinerStore> withCachingDisabled() {
    return this;
  }

  @Override
  public StoreBuilder<CombinerStore> withLoggingEnabled(Map<String, String> config) {
    throw new UnsupportedOperationException("a combiner is never logged");
  }

  @Override
  public StoreBuilder<CombinerStore> withLoggingDisabled() {
    return this;
  }

  @Override
  public CombinerStore build() {
    return new CombinerStore(name());
  }

  @Override
  public Map<String, String> logConfig() {
    return Map.of();
  }

  @Override
  public boolean loggingEnabled() {
    return false;
  }

  @Override
  public String name() {
    return Combiner.STORE;
  }
}
