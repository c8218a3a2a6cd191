package io.millrace.streams.enrich;

import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Reads a language tag (RFC 5646) as browsers and operating systems write it: {@code de-DE}, {@code
 * pt_BR}, {@code zh-Hans-CN}, {@code en-US,en;q=0.9}. Of a list the first counts; script, variants
 * and extensions are left out. Only languages and regions that exist are known, so that nobody can
 * make as many groups of a view as there are texts.
 *
 * <p>Remembers the tags that are written as they should be, of which there are a few dozen in use
 * and never more than the limit. Never throws. For any number of threads.
 */
final class LanguageReader {
  /** Any longer one is none. */
  private static final int LONGEST_TEXT = 100;

  private static final int MOST_REMEMBERED = 2_000;

  /** Languages without a code of two letters that browsers can be set to. */
  private static final Set<String> LONGER_CODES =
      Set.of(
          "ast", "bho", "ceb", "chr", "ckb", "dsb", "fil", "fur", "gsw", "haw", "hmn", "hsb", "kab",
          "kok", "lij", "mai", "mni", "nds", "nso", "sah", "scn", "szl", "tzm", "vec", "yue",
          "zgh");

  /** Codes that were withdrawn, which some systems still send. */
  private static final Map<String, String> RENAMED =
      Map.of("iw", "he", "in", "id", "ji", "yi", "tl", "fil", "mo", "ro");

  private static final Set<String> LANGUAGES = languages();
  private static final Set<String> REGIONS = regions();

  private final Map<String, VisitorLanguage> remembered = new ConcurrentHashMap<>();

  private static Set<String> languages() {
    var known = new HashSet<>(LONGER_CODES);
    known.addAll(Set.of(Locale.getISOLanguages()));
    known.removeAll(RENAMED.keySet());
    known.addAll(RENAMED.values());
    return Set.copyOf(known);
  }

  private static Set<String> regions() {
    var known = new HashSet<>(Set.of(Locale.getISOCountries()));
    // Kosovo, Latin America, Europe, the world.
    known.addAll(Set.of("XK", "419", "150", "001"));
    return Set.copyOf(known);
  }

  /** The language of any text; {@link VisitorLanguage#UNKNOWN} if it begins with none. */
  VisitorLanguage read(String text) {
    if (text.isEmpty() || text.length() > LONGEST_TEXT) {
      return VisitorLanguage.UNKNOWN;
    }
    VisitorLanguage known = remembered.get(text);
    if (known != null) {
      return known;
    }
    VisitorLanguage read = readTag(firstOf(text));
    if (read.locale().equals(text) && remembered.size() < MOST_REMEMBERED) {
      remembered.put(text, read);
    }
    return read;
  }

  private static String firstOf(String list) {
    int end = 0;
    while (end < list.length() && ",;".indexOf(list.charAt(end)) < 0) {
      end++;
    }
    return list.substring(0, end).strip();
  }

  private static VisitorLanguage readTag(String tag) {
    String[] parts = tag.split("[-_]", 6);
    String code = parts[0].toLowerCase(Locale.ROOT);
    String language = RENAMED.getOrDefault(code, code);
    if (!LANGUAGES.contains(language)) {
      return VisitorLanguage.UNKNOWN;
    }
    String region = region(parts);
    return new VisitorLanguage(language, region.isEmpty() ? language : language + '-' + region);
  }

  /** The region stands behind the language and a script; an extension begins with one letter. */
  private static String region(String[] parts) {
    for (int i = 1; i < parts.length && parts[i].length() > 1; i++) {
      String region = parts[i].toUpperCase(Locale.ROOT);
      if (REGIONS.contains(region)) {
        return region;
      }
    }
    return "";
  }
}
