package io.millrace.server.drill.proof;

/**
 * What the client knows of an event that it sent.
 *
 * @param id its own
 * @param allowed how often it may be counted, whatever visitor it is counted for: once, or again
 *     where it was sent when it was no longer known
 * @param sends how often it went out
 * @param sentAt when it did first, in milliseconds since 1970
 * @param acknowledgedAt when the collector first said that it is in the log, in milliseconds since
 *     1970; 0 if it never did
 */
public record LedgerEntry(
    String id, EventContents contents, int allowed, int sends, long sentAt, long acknowledgedAt) {

  public boolean isAcknowledged() {
    return acknowledgedAt != 0;
  }

  /** The same, sent another time. */
  public LedgerEntry again(int nowAllowed) {
    return new LedgerEntry(
        id, contents, Math.max(allowed, nowAllowed), sends + 1, sentAt, acknowledgedAt);
  }

  /** The same with its acknowledgement, of which the first counts. */
  public LedgerEntry acknowledged(long at) {
    return isAcknowledged() ? this : new LedgerEntry(id, contents, allowed, sends, sentAt, at);
  }
}
