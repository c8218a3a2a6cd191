package io.millrace.server.config;

import io.millrace.server.config.EffectiveConfig.EffectiveSetting;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Writes settings as a file in YAML that is read as the same, but for secrets, which it does not
 * have. Pure.
 */
public final class ConfigText {

  /** What YAML reads as it stands; everything else is put in quotation marks. */
  private static final Pattern PLAIN =
      Pattern.compile("[A-Za-z0-9/]([A-Za-z0-9_./:@,+-]*[A-Za-z0-9_/])?");

  private static final int COLUMN = 44;

  private ConfigText() {}

  /** The text, with where each setting comes from behind it. */
  public static String of(List<EffectiveSetting> settings) {
    var text = new StringBuilder();
    String current = "";
    for (EffectiveSetting setting : settings) {
      int dot = setting.key().indexOf('.');
      String section = dot < 0 ? "" : setting.key().substring(0, dot);
      if (!section.equals(current)) {
        text.append('\n').append(section).append(":\n");
        current = section;
      }
      text.append(line(section, setting)).append('\n');
    }
    return text.toString();
  }

  private static String line(String section, EffectiveSetting setting) {
    String name = section.isEmpty() ? setting.key() : setting.key().substring(section.length() + 1);
    // A mask is no value; whoever copies the text must not set it.
    boolean isValue = !setting.text().isEmpty() && !setting.text().equals(Secret.MASK);
    String value = isValue ? quoted(setting.text()) : setting.text();
    String line =
        (section.isEmpty() ? "" : "  ") + (isValue ? "" : "# ") + (name + ": " + value).strip();
    String origin = setting.text().isEmpty() ? "not set" : setting.origin().text();
    return String.format(Locale.ROOT, "%-" + COLUMN + "s # %s", line, origin);
  }

  private static String quoted(String text) {
    if (PLAIN.matcher(text).matches() && !text.equalsIgnoreCase("null")) {
      return text;
    }
    var quoted = new StringBuilder("\"");
    text.chars()
        .forEach(
            each -> {
              switch (each) {
                case '"', '\\' -> quoted.append('\\').append((char) each);
                default -> {
                  if (each >= ' ' && each < 0x7f) {
                    quoted.append((char) each);
                  } else {
                    quoted.append(String.format(Locale.ROOT, "\\u%04X", each));
                  }
                }
              }
            });
    return quoted.append('"').toString();
  }
}
