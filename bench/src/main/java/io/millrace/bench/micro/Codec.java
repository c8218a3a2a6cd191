package io.millrace.bench.micro;

import io.millrace.model.ClickEvent;
import io.millrace.model.EnrichedClick;
import io.millrace.model.Enrichment;
import io.millrace.model.codec.ClickEventCodec;
import io.millrace.model.codec.Decoded;
import io.millrace.model.codec.EnrichedClickCodec;
import io.millrace.streams.enrich.Enricher;
import io.millrace.streams.enrich.EnrichmentSources;
import java.util.List;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * Clicks to Avro and back: the collector writes one, stage 1 reads it and writes an enriched one.
 */
@State(Scope.Thread)
public class Codec {
  private List<ClickEvent> clicks = List.of();
  private List<byte[]> written = List.of();
  private List<byte[]> writtenEnriched = List.of();
  private List<Enrichment> enrichments = List.of();
  private int next;

  @Setup
  public void prepare() {
    var enricher = new Enricher(EnrichmentSources.load());
    clicks = ClickSample.clicks();
    enrichments = clicks.stream().map(enricher::enrich).toList();
    written = clicks.stream().map(ClickEventCodec::encode).toList();
    writtenEnriched =
        IntStream.range(0, ClickSample.SIZE)
            .mapToObj(i -> EnrichedClickCodec.encode(written.get(i), enrichments.get(i)))
            .toList();
  }

  @Benchmark
  public byte[] writeClick() {
    return ClickEventCodec.encode(clicks.get(nextNumber()));
  }

  @Benchmark
  public Decoded<ClickEvent> readClick() {
    return ClickEventCodec.decode(written.get(nextNumber()));
  }

  @Benchmark
  public byte[] writeEnrichedClick() {
    int number = nextNumber();
    return EnrichedClickCodec.encode(written.get(number), enrichments.get(number));
  }

  @Benchmark
  public Decoded<EnrichedClick> readEnrichedClick() {
    return EnrichedClickCodec.decode(writtenEnriched.get(nextNumber()));
  }

  private int nextNumber() {
    next = (next + 1) % ClickSample.SIZE;
    return next;
  }
}
