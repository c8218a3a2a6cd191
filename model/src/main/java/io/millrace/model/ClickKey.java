package io.millrace.model;

import java.nio.charset.StandardCharsets;

/**
 * The record key of a click: {@code site/visitor} in UTF-8. All events of a visitor share a
 * partition and so an order, while a busy site spreads over all of them.
 */
public record ClickKey(SiteId site, VisitorId visitor) {

  /**
   * Reads what {@link #toBytes} wrote.
   *
   * @throws IllegalArgumentException for any other bytes
   */
  public static ClickKey parse(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    int slash = text.indexOf('/');
    if (slash < 0) {
      throw new IllegalArgumentException("bytes: a click's key without a slash");
    }
    return new ClickKey(
        new SiteId(text.substring(0, slash)), new VisitorId(text.substring(slash + 1)));
  }

  public byte[] toBytes() {
    return toString().getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return site.value() + '/' + visitor.value();
  }
}
