package io.millrace.server.config;

import io.millrace.server.report.SafeText;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Finds settings among the variables of an environment: {@code MILLRACE_HTTP_PORT} is {@code
 * http.port}. One that begins so and is no setting is a problem, since whoever set it expects it to
 * do something. Used by one thread, once.
 */
final class EnvironmentSettings {
  private static final String PREFIX = "MILLRACE_";
  private static final int LONGEST_SHOWN = 60;

  /** What the launcher and other commands read. */
  static final Set<String> OTHERS =
      Set.of(
          "MILLRACE_OPTS",
          "MILLRACE_JAVA_HOME",
          "MILLRACE_NO_BUILD",
          "MILLRACE_NO_CACHE",
          "MILLRACE_KEY",
          "MILLRACE_TOKEN",
          "MILLRACE_CONFIG");

  private final Map<String, String> keys = new HashMap<>();
  private final List<GivenValue> values = new ArrayList<>();
  private final List<ConfigProblem> problems = new ArrayList<>();

  EnvironmentSettings(Collection<Setting> settings) {
    for (Setting setting : settings) {
      keys.put(Setting.variable(setting.key()), setting.key());
      if (setting.isSecret()) {
        keys.put(Setting.variable(setting.fileKey()), setting.fileKey());
      }
    }
  }

  EnvironmentSettings read(Map<String, String> environment) {
    new TreeMap<>(environment).forEach(this::take);
    return this;
  }

  private void take(String variable, String text) {
    String key = keys.get(variable);
    if (key != null) {
      values.add(new GivenValue(key, text, Origin.environment(variable)));
    } else if (variable.startsWith(PREFIX) && !OTHERS.contains(variable)) {
      String near =
          NearestKey.to(variable, keys.keySet())
              .map(name -> "; did you mean " + name + "?")
              .orElse("");
      problems.add(
          ConfigProblem.at(
              Origin.environment(SafeText.of(variable, LONGEST_SHOWN)),
              "",
              "no such setting" + near));
    }
  }

  List<GivenValue> values() {
    return values;
  }

  List<ConfigProblem> problems() {
    return problems;
  }
}
