package io.millrace.testing.hostile;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Bodies that are made to break what reads them. None is an event. */
final class HostileJson {
  private static final String PAGE = "{\"url\":\"http://shop.example/\",\"properties\":{\"a\":%s}}";

  private HostileJson() {}

  static Map<String, String> all() {
    var bodies = new LinkedHashMap<String, String>();
    bodies.put("arrays 10,000 deep", "[".repeat(10_000) + "]".repeat(10_000));
    bodies.put("objects 10,000 deep", "{\"a\":".repeat(10_000) + "1" + "}".repeat(10_000));
    bodies.put("properties 10,000 deep", PAGE.formatted("[".repeat(10_000) + "]".repeat(10_000)));
    bodies.put("a million keys", keys(1_000_000));
    bodies.put("30,000 keys", keys(30_000));
    bodies.put("a key twice", "{\"url\":\"http://a.example/\",\"url\":\"http://b.example/\"}");
    bodies.put("a key twice in properties", PAGE.formatted("{\"b\":1,\"b\":2}"));
    bodies.put("a lone surrogate", PAGE.formatted("\"\\ud800\""));
    bodies.put("a lone surrogate as key", PAGE.formatted("{\"\\udfff\":1}"));
    bodies.put("an escaped NUL", PAGE.formatted("\"\\u0000\""));
    bodies.put("a NUL", PAGE.formatted("\"\u0000\""));
    bodies.put("an exponent without end", PAGE.formatted("1e999999999"));
    bodies.put("100,000 digits", PAGE.formatted("9".repeat(100_000)));
    bodies.put("a time without end", "{\"url\":\"http://a.example/\",\"timestamp\":1e400}");
    bodies.put("no number", PAGE.formatted("NaN"));
    bodies.put("nothing", "");
    bodies.put("half of it", "{\"url\":\"http://shop.example/");
    bodies.put("a long text", PAGE.formatted("\"" + "x".repeat(400_000) + "\""));
    return bodies;
  }

  private static String keys(int number) {
    return IntStream.range(0, number)
        .mapToObj(i -> "\"k" + i + "\":" + i)
        .collect(Collectors.joining(",", "{", "}"));
  }
}
