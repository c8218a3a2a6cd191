package io.millrace.collector;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.millrace.collector.event.Judgement;
import io.millrace.collector.event.Refusal;
import io.millrace.collector.event.StrictJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * Puts a receipt into JSON:
 *
 * <pre>{@code
 * {"accepted":0,"refused":1,
 *  "results":[{"index":0,"id":"b","status":"refused","field":"url","reason":"is missing"}],
 *  "error":{"code":"invalid","message":"url: is missing","field":"url"}}
 * }</pre>
 *
 * <p>{@code results} lists the refused events, in their order; every event where the client asks
 * for it with {@code ?verbose=true}. {@code error} stands there only where nothing was accepted,
 * and speaks of the first refusal. {@code field} is absent where none is at fault. Safe for any
 * number of threads.
 */
final class AnswerWriter {
  private final JsonFactory json = StrictJson.factory(Integer.MAX_VALUE);

  byte[] write(Receipt receipt, boolean verbose) {
    var bytes = new ByteArrayOutputStream(256);
    try (JsonGenerator out = json.createGenerator(bytes)) {
      out.writeStartObject();
      switch (receipt) {
        case Receipt.Judged judged -> writeJudged(judged, verbose, out);
        case Receipt.TurnedAway(AnswerCode code, String message) -> {
          writeCounts(0, 0, out);
          out.writeArrayFieldStart("results");
          out.writeEndArray();
          writeError(code, message, "", out);
        }
      }
      out.writeEndObject();
    } catch (IOException impossible) {
      throw new UncheckedIOException("writing to memory failed", impossible);
    }
    return bytes.toByteArray();
  }

  private static void writeJudged(Receipt.Judged judged, boolean verbose, JsonGenerator out)
      throws IOException {
    List<Refusal> refusals = judged.refusals();
    writeCounts(judged.accepted(), refusals.size(), out);
    out.writeArrayFieldStart("results");
    for (int index = 0; index < judged.judgements().size(); index++) {
      writeResult(index, judged.judgements().get(index), verbose, out);
    }
    out.writeEndArray();
    if (judged.accepted() == 0) {
      Refusal first = refusals.getFirst();
      String message =
          first.field().isEmpty() ? first.reason() : first.field() + ": " + first.reason();
      writeError(judged.code(), message, first.field(), out);
    }
  }

  private static void writeCounts(int accepted, int refused, JsonGenerator out) throws IOException {
    out.writeNumberField("accepted", accepted);
    out.writeNumberField("refused", refused);
  }

  private static void writeResult(
      int index, Judgement judgement, boolean verbose, JsonGenerator out) throws IOException {
    switch (judgement) {
      case Judgement.Accepted accepted -> {
        if (verbose) {
          writeResultStart(index, accepted.id(), "accepted", out);
          out.writeEndObject();
        }
      }
      case Judgement.Refused(String id, Refusal refusal) -> {
        writeResultStart(index, id, "refused", out);
        writeField(refusal.field(), out);
        out.writeStringField("reason", refusal.reason());
        out.writeEndObject();
      }
    }
  }

  private static void writeResultStart(int index, String id, String status, JsonGenerator out)
      throws IOException {
    out.writeStartObject();
    out.writeNumberField("index", index);
    out.writeStringField("id", id);
    out.writeStringField("status", status);
  }

  private static void writeError(AnswerCode code, String message, String field, JsonGenerator out)
      throws IOException {
    out.writeObjectFieldStart("error");
    out.writeStringField("code", code.label());
    out.writeStringField("message", message);
    writeField(field, out);
    out.writeEndObject();
  }

  private static void writeField(String field, JsonGenerator out) throws IOException {
    if (!field.isEmpty()) {
      out.writeStringField("field", field);
    }
  }
}
