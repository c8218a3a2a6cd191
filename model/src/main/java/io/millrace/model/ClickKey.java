package io.millrace.model;

import java.nio.charset.StandardCharsets;

/**
 * The record key of a click: {@code site/visitor} in UTF-8. All events of a visitor share a
 * partition and so an order, while a busy site spreads over all of them.
 */
public record ClickKey(SiteId site, VisitorId visitor) {

  public byte[] toBytes() {
    return toString().getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return site.value() + '/' + visitor.value();
  }
}
