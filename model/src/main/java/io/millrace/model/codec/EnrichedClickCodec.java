package io.millrace.model.codec;

import io.millrace.model.ClickEvent;
import io.millrace.model.EnrichedClick;
import io.millrace.model.Enrichment;
import org.apache.avro.Schema;

/**
 * {@link EnrichedClick} as an Avro single object of the schema {@code enriched-click.avsc}. Safe
 * for any number of threads.
 *
 * <p>The click stands first in the datum and unchanged, so its bytes are copied from the record of
 * click-events instead of being encoded again. Reads clicks of the schema before as well; of those
 * the fields that came later are empty.
 */
public final class EnrichedClickCodec {
  private static final SingleObject FRAME =
      SingleObject.ofResources("click-event.avsc", "enriched-click.avsc")
          .andBefore("click-event-1.avsc", "enriched-click-1.avsc");

  private EnrichedClickCodec() {}

  public static Schema schema() {
    return FRAME.schema();
  }

  /**
   * The record of a click that is already encoded.
   *
   * @param click an encoded {@link ClickEvent}, as {@link ClickEventCodec} writes it or has written
   *     it before
   */
  public static byte[] encode(byte[] click, Enrichment enrichment) {
    var out = new ByteWriter(click.length + 256);
    FRAME.writeHeader(out);
    ClickEventCodec.copyBody(click, out);
    write(enrichment, out);
    return out.toBytes();
  }

  public static Decoded<EnrichedClick> decode(byte[] bytes) {
    try {
      var in = new ByteReader(bytes);
      boolean isCurrent = FRAME.readHeader(in) == SingleObject.CURRENT;
      ClickEvent click = ClickEventCodec.readBody(in, isCurrent);
      return new Decoded.Value<>(new EnrichedClick(click, read(in, isCurrent)));
    } catch (MalformedBytesException | IllegalArgumentException malformed) {
      return new Decoded.Malformed<>(String.valueOf(malformed.getMessage()));
    }
  }

  private static void write(Enrichment enrichment, ByteWriter out) {
    out.writeString(enrichment.host());
    out.writeString(enrichment.path());
    out.writeString(enrichment.country());
    out.writeString(enrichment.device());
    out.writeString(enrichment.browser());
    out.writeString(enrichment.operatingSystem());
    out.writeString(enrichment.referrerHost());
    out.writeString(enrichment.referrerMedium());
    out.writeString(enrichment.referrerSource());
    out.writeString(enrichment.utmSource());
    out.writeString(enrichment.utmMedium());
    out.writeString(enrichment.utmCampaign());
    out.writeString(enrichment.utmTerm());
    out.writeString(enrichment.utmContent());
    out.writeString(enrichment.region());
    out.writeString(enrichment.city());
    out.writeString(enrichment.browserVersion());
    out.writeString(enrichment.operatingSystemVersion());
    out.writeString(enrichment.language());
    out.writeString(enrichment.locale());
    out.writeString(enrichment.screenClass());
    out.writeString(enrichment.clickIdentifier());
    out.writeString(enrichment.failedSteps());
  }

  private static Enrichment read(ByteReader in, boolean hasLaterFields) {
    return new Enrichment(
        in.readString(),
        in.readString(),
        in.readString(),
        in.readString(),
        in.readString(),
        in.readString(),
        in.readString(),
        in.readString(),
        in.readString(),
        in.readString(),
        in.readString(),
        in.readString(),
        in.readString(),
        in.readString(),
        later(in, hasLaterFields),
        later(in, hasLaterFields),
        later(in, hasLaterFields),
        later(in, hasLaterFields),
        later(in, hasLaterFields),
        later(in, hasLaterFields),
        later(in, hasLaterFields),
        later(in, hasLaterFields),
        later(in, hasLaterFields));
  }

  private static String later(ByteReader in, boolean isThere) {
    return isThere ? in.readString() : "";
  }
}
