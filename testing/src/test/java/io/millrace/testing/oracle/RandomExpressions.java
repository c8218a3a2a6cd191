package io.millrace.testing.oracle;

import java.util.List;

/** Expressions over the columns of a table, which mean the same in both languages. */
final class RandomExpressions {
  private static final Twin PLAN = new Twin("properties['plan']", "plan");
  private static final Twin TOTAL =
      new Twin("CAST(properties['order.total'] AS DECIMAL(12, 2))", "total");
  private static final Twin SIZE = new Twin("CAST(properties['size'] AS BIGINT)", "size");

  private final Chance chance;
  private final boolean isOfSessions;
  private final List<String> texts;

  /**
   * Expressions over a table.
   *
   * @param isOfSessions whether the table is that of sessions
   * @param texts its columns of texts
   */
  RandomExpressions(Chance chance, boolean isOfSessions, List<String> texts) {
    this.chance = chance;
    this.isOfSessions = isOfSessions;
    this.texts = texts;
  }

  /** A column or something longer; perhaps null. */
  Twin text(int depth) {
    if (depth == 0 || chance.onceIn(3)) {
      return !isOfSessions && chance.onceIn(4) ? PLAN : Twin.same(chance.oneOf(texts));
    }
    return switch (chance.below(8)) {
      case 0 -> Twin.of("UPPER(%s)", text(depth - 1));
      case 1 -> Twin.of("LOWER(%s)", text(depth - 1));
      case 2 -> Twin.of("%s || '-' || %s", text(depth - 1), text(depth - 1));
      case 3 -> Twin.of("COALESCE(%s, 'none')", text(depth - 1));
      case 4 -> Twin.of("SUBSTRING(%s FROM 1 FOR 2)", plain());
      case 5 -> Twin.of("CAST(%s AS VARCHAR)", whole(depth - 1));
      default ->
          Twin.of(
              "CASE WHEN %s THEN %s ELSE %s END",
              condition(depth - 1), text(depth - 1), Twin.same(literal()));
    };
  }

  /** A column in which each character is one UTF-16 unit: lengths are the same on both sides. */
  private Twin plain() {
    return Twin.same(isOfSessions ? "entry_page" : chance.oneOf("path", "country", "visitor"));
  }

  /** A whole number; perhaps null. */
  Twin whole(int depth) {
    if (depth == 0 || chance.onceIn(3)) {
      if (isOfSessions) {
        return Twin.same(chance.oneOf("page_views", "duration_ms", "bounces"));
      }
      return chance.onceIn(3) ? Twin.of("CHAR_LENGTH(%s)", plain()) : SIZE;
    }
    return switch (chance.below(5)) {
      case 0 -> Twin.of("%s + %s", whole(0), whole(0));
      case 1 -> Twin.of("(%s - 3) * 2", whole(0));
      case 2 -> Twin.of("COALESCE(%s, 0)", whole(depth - 1));
      case 3 -> Twin.same("EXTRACT(HOUR FROM event_time)");
      default -> Twin.of("CASE WHEN %s THEN %s ELSE 0 END", condition(depth - 1), whole(depth - 1));
    };
  }

  /** A number, perhaps one with decimals. */
  Twin number() {
    if (isOfSessions || chance.onceIn(2)) {
      return whole(2);
    }
    return switch (chance.below(4)) {
      case 0, 1 -> TOTAL;
      case 2 -> Twin.of("%s * 2", TOTAL);
      default -> Twin.of("CASE WHEN %s THEN %s ELSE 0.5 END", condition(1), TOTAL);
    };
  }

  Twin condition(int depth) {
    if (depth > 0 && chance.onceIn(3)) {
      Twin left = condition(depth - 1);
      return switch (chance.below(3)) {
        case 0 -> Twin.of("(%s AND %s)", left, condition(depth - 1));
        case 1 -> Twin.of("(%s OR %s)", left, condition(depth - 1));
        default -> Twin.of("NOT (%s)", left);
      };
    }
    Twin text = text(Math.max(0, depth - 1));
    return switch (chance.below(9)) {
      case 0, 1 -> Twin.of("%s = %s", Twin.same(chance.oneOf(texts)), Twin.same(literal()));
      case 2 -> Twin.of("%s <> %s", text, Twin.same(literal()));
      case 3 -> Twin.of("%s IN (%s, %s)", text, Twin.same(literal()), Twin.same(literal()));
      // %% is one that stays.
      case 4 -> Twin.of("%s LIKE " + chance.oneOf("'/%%'", "'%%a%%'", "'%%日%%'", "'b%%'"), text);
      case 5 -> Twin.of("%s IS " + chance.oneOf("NULL", "NOT NULL"), text(0));
      case 6 -> Twin.of("%s " + chance.oneOf(">", "<=", "=", "<>") + " 5", whole(depth));
      case 7 -> Twin.of("%s BETWEEN 2 AND 40", whole(0));
      default -> isOfSessions ? Twin.same("bounces = 1") : Twin.of("%s > 12.5", TOTAL);
    };
  }

  private String literal() {
    return chance.oneOf(
        "'page'", "'track'", "'/a'", "'/'", "''", "'SE'", "'日本'", "'buy'", "'🛒'", "'gold'",
        "'it''s'");
  }
}
