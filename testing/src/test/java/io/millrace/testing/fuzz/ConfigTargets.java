package io.millrace.testing.fuzz;

import io.millrace.server.config.ConfigLoader;
import io.millrace.server.config.ConfigResult;
import io.millrace.server.config.ConfigText;
import io.millrace.server.config.EffectiveConfig;
import io.millrace.server.config.EffectiveConfig.EffectiveSetting;
import io.millrace.server.config.Secret;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Configuration, by file and by environment: whatever stands there, it is a configuration or a list
 * of problems, each in a line that a person can read. One that holds is printed as a file that
 * means the same.
 */
final class ConfigTargets {
  private static final int LONGEST_PROBLEM = 1_000;

  private ConfigTargets() {}

  static List<FuzzTarget> all() {
    return List.of(
        FuzzTarget.ofText(
                "config",
                text -> check(ConfigLoader.parse("millrace.yaml", text, Map.of(), List.of())),
                """
                roles: [collector, query]
                namespace: teamA
                kafka:
                  bootstrap.servers: 127.0.0.1:9092
                  security.protocol: SASL_SSL
                  username: millrace
                  password: 'a "secret"'
                collector.max-events: 7
                judge:
                  allowed-lateness: 24h
                http: {port: 0, host: 127.0.0.1}
                """,
                "kafka.bootstrap.servers: 127.0.0.1:9092\nprocessing.threads: 2 # two\n")
            .withWords(
                "&a ",
                "*a",
                "<<: *a",
                "!!java.lang.String ",
                "!!binary ",
                "? ",
                "- ",
                "{",
                "[[[[[[[[[[[[",
                "---\n",
                "...\n",
                "|\n  ",
                "%YAML 9.9\n",
                "%TAG ! tag:x,2000:\n",
                "9999999999999999999",
                "1e9",
                "\"\\u0000\"",
                "\u0085",
                "\uFEFF",
                "\t"),
        FuzzTarget.ofText(
                "config-environment",
                text ->
                    check(ConfigLoader.parse("millrace.yaml", "", environment(text), List.of())),
                """
                MILLRACE_KAFKA_BOOTSTRAP_SERVERS=127.0.0.1:9092,[::1]:9093
                MILLRACE_KAFKA_SECURITY_PROTOCOL=SASL_SSL
                MILLRACE_KAFKA_USERNAME=millrace
                MILLRACE_KAFKA_PASSWORD=a "secret"
                MILLRACE_ROLES=collector,query
                MILLRACE_HTTP_PORT=0
                """,
                """
                MILLRACE_KAFKA_BOOTSTRAP_SERVERS=127.0.0.1:9092
                MILLRACE_NAMESPACE=teamA
                MILLRACE_JUDGE_ALLOWED_LATENESS=24h
                MILLRACE_COLLECTOR_MAX_EVENTS=7
                MILLRACE_DATA=/var/lib/millrace
                """)
            .withWords(
                "MILLRACE_",
                "MILLRACE_NOTHING=",
                "MILLRACE_KAFKA_SASL_JAAS_CONFIG=",
                "MILLRACE_KAFKA_SSL_KEYSTORE_TYPE=",
                "MILLRACE_PROCESSING_THREADS=",
                "=",
                ",",
                "-1",
                "9999999999999999999",
                "PT0S",
                "1ms",
                "\u0000",
                "\u001b[31m",
                "\r"));
  }

  /** A line for each variable. Files that one names belong to this machine, and are left alone. */
  private static Map<String, String> environment(String text) {
    Map<String, String> variables = new HashMap<>();
    text.lines()
        .filter(line -> line.indexOf('=') > 0)
        .forEach(
            line ->
                variables.put(
                    line.substring(0, line.indexOf('=')), line.substring(line.indexOf('=') + 1)));
    variables.keySet().removeIf(name -> name.endsWith("_FILE"));
    return variables;
  }

  private static void check(ConfigResult result) {
    switch (result) {
      case ConfigResult.Valid(EffectiveConfig effective) -> printsTheSame(effective);
      case ConfigResult.Invalid invalid -> {
        Require.that(!invalid.problems().isEmpty(), "a reason");
        invalid.problems().forEach(problem -> isReadable(problem.text()));
      }
    }
  }

  private static void isReadable(String problem) {
    Require.that(
        !problem.isEmpty() && problem.length() < LONGEST_PROBLEM,
        "a short problem, not one of " + problem.length() + " characters");
    Require.that(problem.chars().noneMatch(Character::isISOControl), "one line: " + problem);
  }

  private static void printsTheSame(EffectiveConfig effective) {
    String printed = ConfigText.of(effective.settings());
    switch (ConfigLoader.parse("printed.yaml", printed, Map.of(), List.of())) {
      case ConfigResult.Valid(EffectiveConfig again) ->
          Require.same(values(effective), values(again), "what is printed");
      // A secret is not printed, and may be needed.
      case ConfigResult.Invalid invalid ->
          Require.that(
              effective.settings().stream().anyMatch(ConfigTargets::isMasked),
              "what is printed holds: " + invalid.text());
    }
  }

  private static boolean isMasked(EffectiveSetting setting) {
    return setting.text().equals(Secret.MASK);
  }

  private static Map<String, String> values(EffectiveConfig effective) {
    Map<String, String> values = new HashMap<>();
    effective.settings().stream()
        .filter(setting -> !isMasked(setting))
        .forEach(setting -> values.put(setting.key(), setting.text()));
    return values;
  }
}
