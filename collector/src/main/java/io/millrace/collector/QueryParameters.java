package io.millrace.collector;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The parameters of a URL, decoded; of one that is repeated, the first counts. */
record QueryParameters(Map<String, String> values) {
  static final QueryParameters NONE = new QueryParameters(Map.of());

  QueryParameters {
    values = Map.copyOf(values);
  }

  /** Empty where a percent sign is not followed by two digits of hexadecimal. */
  static Optional<QueryParameters> parse(String rawQuery) {
    var values = new HashMap<String, String>();
    try {
      for (String pair : rawQuery.split("&", -1)) {
        int equals = pair.indexOf('=');
        if (equals > 0) {
          values.putIfAbsent(decode(pair.substring(0, equals)), decode(pair.substring(equals + 1)));
        }
      }
    } catch (IllegalArgumentException malformed) {
      return Optional.empty();
    }
    return Optional.of(new QueryParameters(values));
  }

  /** The value, or empty. */
  String value(String name) {
    return values.getOrDefault(name, "");
  }

  private static String decode(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
