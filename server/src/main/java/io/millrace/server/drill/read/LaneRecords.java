package io.millrace.server.drill.read;

import io.millrace.model.ClickEvent;
import io.millrace.model.EnrichedClick;
import io.millrace.model.Outcome;
import io.millrace.model.RejectedClick;
import io.millrace.model.SourceOffset;
import io.millrace.model.codec.ClickEventCodec;
import io.millrace.model.codec.Decoded;
import io.millrace.model.codec.EnrichedClickCodec;
import io.millrace.model.codec.RejectedClickCodec;
import io.millrace.server.drill.proof.EventContents;
import io.millrace.server.drill.proof.LaneEntry;
import io.millrace.server.drill.proof.LoggedEvent;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** What records of click-events and of the lanes say. Pure. */
final class LaneRecords {
  private LaneRecords() {}

  static LoggedEvent logged(ConsumerRecord<byte[], byte[]> record) {
    var place = new SourceOffset(record.partition(), record.offset());
    return switch (decoded(record.value())) {
      case Decoded.Value<ClickEvent>(ClickEvent event) ->
          new LoggedEvent(place, event.id(), EventContents.of(event));
      default -> LoggedEvent.unreadable(place);
    };
  }

  static LaneEntry enriched(ConsumerRecord<byte[], byte[]> record) {
    EnrichedClick enriched = EnrichedClickCodec.decode(record.value()).orThrow();
    Header header = record.headers().lastHeader(SourceOffset.HEADER);
    SourceOffset source =
        Optional.ofNullable(header)
            .flatMap(found -> SourceOffset.parse(found.value()))
            .orElseThrow(
                () -> new IllegalStateException("a counted event does not say where it is from"));
    return entry(source, Outcome.COUNTED, Optional.of(enriched.click()));
  }

  static LaneEntry rejected(ConsumerRecord<byte[], byte[]> record) {
    RejectedClick rejected = RejectedClickCodec.decode(record.value()).orThrow();
    Optional<ClickEvent> event =
        decoded(rejected.payload()) instanceof Decoded.Value<ClickEvent>(ClickEvent found)
            ? Optional.of(found)
            : Optional.empty();
    return entry(
        new SourceOffset(rejected.partition(), rejected.offset()), rejected.outcome(), event);
  }

  private static LaneEntry entry(SourceOffset source, Outcome outcome, Optional<ClickEvent> event) {
    return event
        .map(known -> new LaneEntry(source, outcome, known.id(), EventContents.of(known)))
        .orElseGet(() -> new LaneEntry(source, outcome, "", EventContents.NONE));
  }

  private static Decoded<ClickEvent> decoded(byte @Nullable [] value) {
    return value == null ? new Decoded.Malformed<>("no value") : ClickEventCodec.decode(value);
  }
}
