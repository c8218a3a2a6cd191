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
  private final String origin;
  private String lastSecret = "";
  private Optional<WriteKey> lastKey = Optional.empty();

  /**
   * The keys for the events of one request.
   *
   * @param requestSecret the secret for events that name none themselves, or empty
   */
  public KeyRing(SiteDirectory sites, String requestSecret) {
    this(sites, requestSecret, "");
  }

  /**
   * The keys for the events of one request of a browser.
   *
   * @param origin of the page that sends them; empty where none was told
   */
  public KeyRing(SiteDirectory sites, String requestSecret, String origin) {
    this.sites = sites;
    this.origin = origin;
    this.requestSecret = requestSecret;
  }

  /** Whether a key may be used on the page that has sent the request. */
  boolean isAtHome(WriteKey key) {
    return key.mayBeUsedOn(origin);
  }

  /** The hash of the key of an event, which tells keys apart; empty where no site has it. */
  public Optional<String> hashOf(EventDraft draft) {
    return keyOf(draft).map(key -> WriteKey.hash(lastSecret));
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
