package io.millrace.views;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Finds one number in a JSON text, without making objects of the rest. Safe for any number of
 * threads.
 */
final class PropertyReader {
  private static final JsonFactory JSON = new JsonFactory();

  /** Beyond it JavaScript's numbers have gaps; and a thousand times it still fits into a sum. */
  private static final BigDecimal GREATEST = BigDecimal.valueOf(1L << 53);

  /** Longer texts are no numbers: reading the digits takes time that grows faster than they. */
  private static final int MOST_CHARACTERS = 100;

  /** Decimal exponents beyond this are rounded to nothing, or too large, whatever the digits. */
  private static final int MOST_PLACES = 400;

  private PropertyReader() {}

  /**
   * A number, or a text that is one, since many clients send amounts as texts. Empty where there is
   * neither or the text is not JSON, or the number is beyond 2^53 units.
   */
  static OptionalLong number(String json, List<String> path, int decimals) {
    try (JsonParser parser = JSON.createParser(json)) {
      return isFound(parser, path) && mayBeNumber(parser)
          ? units(new BigDecimal(parser.getText().strip()), decimals)
          : OptionalLong.empty();
    } catch (IOException | NumberFormatException noNumber) {
      // The latter also for exponents beyond what an int can hold.
      return OptionalLong.empty();
    }
  }

  private static boolean mayBeNumber(JsonParser parser) throws IOException {
    JsonToken token = parser.currentToken();
    return token.isNumeric()
        || (token == JsonToken.VALUE_STRING && parser.getTextLength() <= MOST_CHARACTERS);
  }

  /** A text, a number or a truth value as a text; empty where there is none of them. */
  static Optional<String> text(String json, List<String> path) {
    try (JsonParser parser = JSON.createParser(json)) {
      return isFound(parser, path)
              && parser.currentToken().isScalarValue()
              && parser.currentToken() != JsonToken.VALUE_NULL
          ? Optional.of(parser.getText())
          : Optional.empty();
    } catch (IOException notJson) {
      return Optional.empty();
    }
  }

  /** Goes from the start of an object to the value at a path. */
  private static boolean isFound(JsonParser parser, List<String> path) throws IOException {
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      return false;
    }
    int depth = 0;
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      boolean isOnPath = parser.currentName().equals(path.get(depth));
      JsonToken value = parser.nextToken();
      if (!isOnPath) {
        parser.skipChildren();
      } else if (depth == path.size() - 1) {
        return true;
      } else if (value == JsonToken.START_OBJECT) {
        depth++;
      } else {
        return false;
      }
    }
    return false;
  }

  /** A number in units of 10<sup>-decimals</sup>; empty where that is beyond 2^53 units. */
  static OptionalLong units(BigDecimal number, int decimals) {
    if (Math.abs((long) number.scale() - number.precision()) > MOST_PLACES) {
      return number.scale() > 0 ? OptionalLong.of(0) : OptionalLong.empty();
    }
    BigDecimal units = number.scaleByPowerOfTen(decimals).setScale(0, RoundingMode.HALF_EVEN);
    return units.abs().compareTo(GREATEST) > 0
        ? OptionalLong.empty()
        : OptionalLong.of(units.longValueExact());
  }
}
