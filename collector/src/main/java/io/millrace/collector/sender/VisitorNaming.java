package io.millrace.collector.sender;

import io.millrace.model.SiteId;
import io.millrace.model.VisitorId;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/**
 * Names the visitor of an event: by the client's own anonymous id where it has one, and otherwise
 * without a cookie, by network and agent for one day.
 *
 * <p>The day is that of the event where that is today or yesterday, and today else, since older
 * salts are forgotten. So an event that is sent again after midnight still has its visitor, by
 * whose events it is recognised.
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
   * @param happened when the event did
   */
  public VisitorId nameOf(SiteId site, String anonymousId, Sender sender, Instant happened) {
    if (!anonymousId.isEmpty()) {
      return VisitorId.hashOf(NO_SALT, site.value(), "client", anonymousId);
    }
    LocalDate today = LocalDate.ofInstant(sender.received(), ZoneOffset.UTC);
    LocalDate day = LocalDate.ofInstant(happened, ZoneOffset.UTC);
    LocalDate salted = day.equals(today.minusDays(1)) ? day : today;
    return VisitorId.hashOf(salts.saltOf(salted), site.value(), sender.network(), sender.agent());
  }
}
