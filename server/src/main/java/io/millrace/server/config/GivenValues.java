package io.millrace.server.config;

import io.millrace.server.report.SafeText;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Of all values that are given, the strongest for each setting; what is no setting is a problem.
 * Used by one thread, once.
 */
final class GivenValues {
  private static final String KAFKA = "kafka.";
  private static final int LONGEST_SHOWN = 60;

  private final Map<String, Setting> known;
  private final Set<String> names = new HashSet<>();
  private final Map<String, Setting> byFileKey = new HashMap<>();
  private final Map<String, GivenValue> strongest = new LinkedHashMap<>();
  private final List<ConfigProblem> problems = new ArrayList<>();

  GivenValues(Collection<Setting> settings) {
    known = settings.stream().collect(Collectors.toMap(Setting::key, Function.identity()));
    for (Setting setting : settings) {
      names.add(setting.key());
      if (setting.isSecret()) {
        names.add(setting.fileKey());
        byFileKey.put(setting.fileKey(), setting);
      }
    }
  }

  /** Takes values in, in any order. */
  void add(Collection<GivenValue> values) {
    for (GivenValue value : values) {
      Setting ofFile = byFileKey.get(value.key());
      if (known.containsKey(value.key())) {
        offer(value);
      } else if (ofFile != null) {
        readFile(ofFile, value);
      } else {
        problems.add(unknown(value));
      }
    }
  }

  Optional<GivenValue> get(String key) {
    return Optional.ofNullable(strongest.get(key));
  }

  List<ConfigProblem> problems() {
    return problems;
  }

  private void offer(GivenValue value) {
    GivenValue other = strongest.get(value.key());
    if (other == null || other.origin().level().compareTo(value.origin().level()) < 0) {
      strongest.put(value.key(), value);
    } else if (other.origin().level() == value.origin().level()) {
      problems.add(ConfigProblem.at(value, "set before, at " + other.origin().text()));
    }
  }

  private void readFile(Setting setting, GivenValue value) {
    try {
      Path file = Path.of(value.text());
      SmallFile.read(file)
          .ifPresentOrElse(
              content ->
                  offer(new GivenValue(setting.key(), content.strip(), value.origin().by(file))),
              () -> problems.add(ConfigProblem.at(value, "expected a file of " + SmallFile.LIMIT)));
    } catch (IOException | InvalidPathException unreadable) {
      problems.add(
          ConfigProblem.at(
              value, "cannot read the file \"" + SafeText.of(value.text(), LONGEST_SHOWN) + '"'));
    }
  }

  private ConfigProblem unknown(GivenValue value) {
    String key = value.key();
    if (names.stream().anyMatch(name -> name.startsWith(key + '.'))) {
      return shown(value, "is a section; expected settings below it");
    }
    if (key.startsWith(KAFKA)) {
      return shown(value, KafkaSetting.refusal(key.substring(KAFKA.length())));
    }
    return shown(
        value,
        "no such setting"
            + NearestKey.to(key, names).map(near -> "; did you mean " + near + "?").orElse(""));
  }

  private static ConfigProblem shown(GivenValue value, String message) {
    return ConfigProblem.at(value.origin(), SafeText.of(value.key(), LONGEST_SHOWN), message);
  }
}
