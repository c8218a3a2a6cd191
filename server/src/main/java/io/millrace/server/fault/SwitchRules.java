package io.millrace.server.fault;

import java.util.List;
import java.util.stream.Collectors;

/**
 * What the switch between hosts does not let through, as the text of a table of nftables.
 *
 * @param drops in no particular order
 */
record SwitchRules(List<Drop> drops) {

  /** The most that can be lost: everything. */
  static final int ALL = 100;

  private static final String TABLE = "millrace";

  /**
   * Some or all of what goes one way between two ports of the switch.
   *
   * @param from the port that it comes in by
   * @param to the port that it would leave by
   * @param percent how much of it is lost, by chance, from 1 to 100
   */
  record Drop(String from, String to, int percent) {
    Drop {
      if (percent < 1 || percent > ALL) {
        throw new IllegalArgumentException(
            "percent is %d; it must be from 1 to 100".formatted(percent));
      }
    }

    private String rule() {
      String chance = percent == ALL ? "" : " numgen random mod 100 < " + percent;
      return "    iifname \"%s\" oifname \"%s\"%s drop%n".formatted(from, to, chance);
    }
  }

  SwitchRules {
    drops = List.copyOf(drops);
  }

  /** For {@code nft -f}: takes the place of what was there before, at once. */
  String text() {
    String rules = drops.stream().map(Drop::rule).collect(Collectors.joining());
    return """
    table bridge %1$s
    delete table bridge %1$s
    table bridge %1$s {
      chain forward {
        type filter hook forward priority 0; policy accept;
    %2$s  }
    }
    """
        .formatted(TABLE, rules);
  }
}
