package io.millrace.streams.rollup;

import java.util.Map;
import org.apache.kafka.streams.state.StoreBuilder;

/**
 * Builds a {@link CommitHook}, which has neither a cache nor a changelog to be configured.
 *
 * @param name of the store, by which its processor finds it
 */
public record CommitHookBuilder(String name) implements StoreBuilder<CommitHook> {

  @Override
  public StoreBuilder<CommitHook> withCachingEnabled() {
    return this;
  }

  @Override
  public StoreBuilder<CommitHook> withCachingDisabled() {
    return this;
  }

  @Override
  public StoreBuilder<CommitHook> withLoggingEnabled(Map<String, String> config) {
    throw new UnsupportedOperationException("what is gathered for a commit is never logged");
  }

  @Override
  public StoreBuilder<CommitHook> withLoggingDisabled() {
    return this;
  }

  @Override
  public CommitHook build() {
    return new CommitHook(name);
  }

  @Override
  public Map<String, String> logConfig() {
    return Map.of();
  }

  @Override
  public boolean loggingEnabled() {
    return false;
  }
}
