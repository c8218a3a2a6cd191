package io.millrace.bench.engine;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;

/**
 * The article's enrichment from bytes to bytes: what {@link JsonClick#enriched} makes of a click,
 * written as it would be, without a click being made.
 *
 * <pre>
 *   {"id":…,"url":…,"agent":…,"language":…,"time":…}
 *                                                  └ ,"path":…,"country":…,"device":…,"browser":…,"referrerHost":…
 * </pre>
 *
 * <p>The fields that are added stand behind those that were there, so the click's own bytes are
 * copied. A streaming parser finds the four texts that the rules look at, and what the rules find
 * is kept as the bytes to be written, for as many texts as a {@link TextTable} has places. Belongs
 * to one thread.
 *
 * @param <T> what the caller wants to know of a click's URL
 */
final class JsonEnricher<T> {
  private static final int MANY = 1 << 14;
  private static final int FEW = 1 << 10;

  private final JsonFactory json = new JsonFactory();
  private final TextTable<Page<T>> pages;
  private final TextTable<byte[]> agents =
      new TextTable<>(
          FEW,
          agent ->
              bytes(
                  field("device", SimpleRules.device(agent))
                      + field("browser", SimpleRules.browser(agent))));
  private final TextTable<byte[]> countries =
      new TextTable<>(FEW, language -> bytes(field("country", SimpleRules.country(language))));
  private final TextTable<byte[]> referrers =
      new TextTable<>(
          MANY, referrer -> bytes(field("referrerHost", SimpleRules.host(referrer)) + "}"));

  private record Page<T>(T known, byte[] path) {}

  /**
   * What is wanted of a click.
   *
   * @param page what the caller knows of its URL
   */
  record Enriched<T>(T page, byte[] json) {}

  JsonEnricher(Function<String, T> aboutUrl) {
    pages =
        new TextTable<>(
            MANY,
            url -> new Page<>(aboutUrl.apply(url), bytes(field("path", SimpleRules.path(url)))));
  }

  private static String field(String name, String value) {
    return ",\"" + name + "\":" + new String(Json.write(value), StandardCharsets.UTF_8);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Reads a click and writes it enriched. */
  Enriched<T> enrich(byte[] click) {
    try (JsonParser in = json.createParser(click)) {
      return enrich(click, in);
    } catch (IOException malformed) {
      throw new UncheckedIOException("not a click", malformed);
    }
  }

  private Enriched<T> enrich(byte[] click, JsonParser in) throws IOException {
    Page<T> page = null;
    byte[] country = {};
    byte[] agent = {};
    byte[] referrer = {};
    in.nextToken();
    for (String name = in.nextFieldName(); name != null; name = in.nextFieldName()) {
      JsonToken value = in.nextToken();
      if (value != JsonToken.VALUE_STRING) {
        continue;
      }
      switch (name) {
        case "url" -> page = found(pages, in);
        case "language" -> country = found(countries, in);
        case "agent" -> agent = found(agents, in);
        case "referrer" -> referrer = found(referrers, in);
        default -> {
          // Copied with the rest, and skipped by the parser without being decoded.
        }
      }
    }
    if (page == null || country.length == 0 || agent.length == 0 || referrer.length == 0) {
      throw new IOException("a click without url, language, agent or referrer");
    }
    return new Enriched<>(page.known, joined(click, page.path, country, agent, referrer));
  }

  private static <T> T found(TextTable<T> table, JsonParser in) throws IOException {
    return table.of(in.getTextCharacters(), in.getTextOffset(), in.getTextLength());
  }

  /** The click without its last brace, and what was found out. */
  private static byte[] joined(
      byte[] click, byte[] path, byte[] country, byte[] agent, byte[] referrer) {
    int end = click.length - 1;
    while (click[end] != '}') {
      end--;
    }
    byte[] all = new byte[end + path.length + country.length + agent.length + referrer.length];
    System.arraycopy(click, 0, all, 0, end);
    int length = append(path, all, end);
    length = append(country, all, length);
    length = append(agent, all, length);
    append(referrer, all, length);
    return all;
  }

  private static int append(byte[] part, byte[] all, int length) {
    System.arraycopy(part, 0, all, length, part.length);
    return length + part.length;
  }
}
