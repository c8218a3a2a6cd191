package io.millrace.query.answer;

import io.millrace.query.error.QueryErrorCode;
import io.millrace.query.error.QueryException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The parameters of a request, decoded here rather than by the server, so that every malformed one
 * is refused with the same words.
 */
public record QueryString(Map<String, List<String>> values) {
  private static final int MOST_PARAMETERS = 200;
  private static final int LONGEST_VALUE_SHOWN = 80;

  public QueryString {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  /** Reads what follows the question mark. */
  public static QueryString parse(String raw) {
    var values = new LinkedHashMap<String, List<String>>();
    String[] pairs = raw.isEmpty() ? new String[0] : raw.split("&", -1);
    if (pairs.length > MOST_PARAMETERS) {
      throw new QueryException(
          QueryErrorCode.BAD_PARAMETER,
          "expected at most " + MOST_PARAMETERS + " parameters, got " + pairs.length);
    }
    for (String pair : pairs) {
      if (!pair.isEmpty()) {
        int equals = pair.indexOf('=');
        String name = decode(equals < 0 ? pair : pair.substring(0, equals), "");
        String value = equals < 0 ? "" : decode(pair.substring(equals + 1), name);
        values.computeIfAbsent(name, absent -> new ArrayList<>()).add(value);
      }
    }
    return new QueryString(values);
  }

  private static String decode(String text, String field) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException malformed) {
      throw QueryException.badParameter(
          field, "a per cent sign must be followed by two hexadecimal digits");
    }
  }

  /**
   * Refuses a parameter that nothing here would look at, which is more likely a slip of the pen.
   */
  public void requireKnown(Collection<String> known) {
    for (String name : values.keySet()) {
      if (!known.contains(name)) {
        throw new QueryException(
            QueryErrorCode.UNKNOWN_PARAMETER,
            shortened(name),
            "there is no parameter \""
                + shortened(name)
                + "\" here; known are "
                + String.join(", ", known));
      }
    }
  }

  /** The value of a parameter that may be given once. */
  public Optional<String> single(String name) {
    List<String> all = all(name);
    if (all.size() > 1) {
      throw QueryException.badParameter(
          name, name + " may be given once, not " + all.size() + " times");
    }
    return all.stream().findFirst();
  }

  /** The value of a parameter that must be given. */
  public String required(String name) {
    return single(name)
        .filter(value -> !value.isEmpty())
        .orElseThrow(
            () -> new QueryException(QueryErrorCode.MISSING_PARAMETER, name, name + " is missing"));
  }

  /** A whole number within bounds. */
  public Optional<Integer> number(String name, int least, int most) {
    return single(name).map(text -> number(name, text, least, most));
  }

  private static int number(String name, String text, int least, int most) {
    String expected = name + " must be a whole number from " + least + " to " + most;
    try {
      int number = Integer.parseInt(text);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException malformed) {
      // said below
    }
    throw QueryException.badParameter(name, expected + ", not \"" + shortened(text) + "\"");
  }

  public List<String> all(String name) {
    return values.getOrDefault(name, List.of());
  }

  /** A text of a request as messages repeat it. */
  public static String shortened(String text) {
    return text.length() <= LONGEST_VALUE_SHOWN
        ? text
        : text.substring(0, LONGEST_VALUE_SHOWN) + "…";
  }
}
