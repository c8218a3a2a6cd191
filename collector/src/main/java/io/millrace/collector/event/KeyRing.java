package io.millrace.collector.event;

import io.millrace.model.control.SiteDirectory;
import io.millrace.model.control.WriteKey;
import java.util.Optional;

/**
 * Finds the write key of each event of one request. A batch nearly always uses one key, so the last
 * one found is remembered and its hash computed once. Not for use by two threads.
 */
public final class KeyRing {
  private final SiteDirectory sites;
  private final String requestSecret;
  private String lastSecret = "";
  private Optional<WriteKey> lastKey = Optional.empty();

  /**
   * The keys for the events of one request.
   *
   * @param requestSecret the secret for events that name none themselves, or empty
   */
  public KeyRing(SiteDirectory sites, String requestSecret) {
    this.sites = sites;
    this.requestSecret = requestSecret;
  }

  /** The event's own key, else that of the request; empty where no site has it. */
  Optional<WriteKey> keyOf(EventDraft draft) {
    String own = draft.text(EventField.WRITE_KEY);
    String secret = own.isEmpty() ? requestSecret : own;
    if (!secret.equals(lastSecret)) {
      lastSecret = secret;
      lastKey = secret.isEmpty() ? Optional.empty() : sites.keyOf(secret);
    }
    return lastKey;
  }
}
