package io.millrace.bench.engine;

import io.millrace.model.ClickEvent;
import io.millrace.model.codec.ClickEventCodec;

/** How clicks stand in the input. */
public enum Format {
  /** As in the article, and as most first programs have it; see {@link JsonClick}. */
  JSON {
    @Override
    byte[] encode(ClickEvent event) {
      return Json.write(JsonClick.of(event));
    }
  },
  /** As the collector writes them. */
  AVRO {
    @Override
    byte[] encode(ClickEvent event) {
      return ClickEventCodec.encode(event);
    }
  };

  abstract byte[] encode(ClickEvent event);
}
