package io.millrace.collector.sender;

import io.millrace.model.SiteId;
import io.millrace.model.VisitorId;
import java.time.LocalDate;
import java.time.ZoneOffset;

/**
 * Names the visitor of an event: by the client's own anonymous id where it has one, and otherwise
 * without a cookie, by network and agent for one day.
 *
 * <p>The day is that of receipt, so one salt is enough however old the event says it is.
 */
public final class VisitorNaming {
  private static final byte[] NO_SALT = {};
  private final DailySalts salts;

  public VisitorNaming(DailySalts salts) {
    this.salts = salts;
  }

  /**
   * The visitor that an event of a sender belongs to.
   *
   * @param anonymousId the client's own id, or empty
   */
  public VisitorId nameOf(SiteId site, String anonymousId, Sender sender) {
    if (!anonymousId.isEmpty()) {
      return VisitorId.hashOf(NO_SALT, site.value(), "client", anonymousId);
    }
    LocalDate day = LocalDate.ofInstant(sender.received(), ZoneOffset.UTC);
    return VisitorId.hashOf(salts.saltOf(day), site.value(), sender.network(), sender.agent());
  }
}
