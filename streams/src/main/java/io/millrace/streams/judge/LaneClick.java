package io.millrace.streams.judge;

import io.millrace.model.ClickEvent;
import io.millrace.model.EnrichedClick;
import io.millrace.model.Outcome;
import io.millrace.model.RejectedClick;
import io.millrace.model.SourceOffset;
import io.millrace.model.codec.ClickEventCodec;
import io.millrace.model.codec.Decoded;
import io.millrace.model.codec.EnrichedClickCodec;
import io.millrace.model.codec.RejectedClickCodec;
import io.millrace.views.JudgedClick;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * A record of click-events as views had it when it was judged, read back from what stage 1 wrote
 * then: so what was decided need not be decided again.
 *
 * @param source where it stood in click-events; empty of clicks that were counted by a program that
 *     did not say so, which knew no definitions of views
 */
public record LaneClick(JudgedClick click, Optional<SourceOffset> source) {

  /** From a record of enriched-clicks; empty for one that nobody can read. */
  public static Optional<LaneClick> counted(ConsumerRecord<byte[], byte[]> record) {
    byte @Nullable [] value = record.value();
    if (value == null
        || !(EnrichedClickCodec.decode(value)
            instanceof Decoded.Value<EnrichedClick>(EnrichedClick click))) {
      return Optional.empty();
    }
    Header header = record.headers().lastHeader(SourceOffset.HEADER);
    Optional<SourceOffset> source =
        header == null ? Optional.empty() : SourceOffset.parse(header.value());
    SourceOffset place = source.orElse(new SourceOffset(record.partition(), record.offset()));
    return Optional.of(
        new LaneClick(
            JudgedClick.counted(click, place.partition(), place.offset(), record.timestamp()),
            source));
  }

  /** From a record of rejected-clicks; empty for one that nobody can read. */
  public static Optional<LaneClick> rejected(ConsumerRecord<byte[], byte[]> record) {
    byte @Nullable [] value = record.value();
    if (value == null
        || !(RejectedClickCodec.decode(value)
            instanceof Decoded.Value<RejectedClick>(RejectedClick rejected))) {
      return Optional.empty();
    }
    var source = new SourceOffset(rejected.partition(), rejected.offset());
    return Optional.of(new LaneClick(judged(rejected), Optional.of(source)));
  }

  private static JudgedClick judged(RejectedClick rejected) {
    if (rejected.payload().length <= ClickProcessor.MOST_BYTES
        && ClickEventCodec.decode(rejected.payload())
            instanceof Decoded.Value<ClickEvent>(ClickEvent event)) {
      return JudgedClick.rejected(
          rejected.outcome(),
          shortReason(rejected),
          event,
          rejected.partition(),
          rejected.offset(),
          rejected.timestamp());
    }
    return JudgedClick.undecodable(
        ClickProcessor.NOT_AN_EVENT, rejected.partition(), rejected.offset(), rejected.timestamp());
  }

  /** The lane has more words for a bot's event than the views. */
  private static String shortReason(RejectedClick rejected) {
    if (rejected.outcome() == Outcome.BOT) {
      for (BotRule rule : BotRule.values()) {
        if (new BotFinding(rule, "").isOfRule(rejected.reason())) {
          return rule.label();
        }
      }
    }
    return rejected.reason();
  }
}
