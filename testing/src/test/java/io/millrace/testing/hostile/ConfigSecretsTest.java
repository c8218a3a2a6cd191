package io.millrace.testing.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.server.config.ConfigLoader;
import io.millrace.server.config.ConfigResult;
import io.millrace.server.config.EffectiveConfig;
import io.millrace.server.config.GivenValue;
import io.millrace.testing.harness.Canary;
import io.millrace.testing.harness.SecretScan;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * A secret in the configuration is shown by nothing that comes of it, right or wrong. Every setting
 * that sounds like a secret is tried, also one that is there only from tomorrow on.
 */
class ConfigSecretsTest {
  private static final String BROKERS = "kafka.bootstrap.servers: 127.0.0.1:9092\n";
  private static final Pattern SOUNDS_SECRET =
      Pattern.compile("(?i).*(secret|password|passphrase|token|jaas|keystore\\.key|credential).*");

  /**
   * Where a secret is read from, how long one is, or whether there are any: none of them is one.
   */
  private static final Pattern SOUNDS_OTHERWISE =
      Pattern.compile(".*(-file|-location|\\.type|-lifetime|-overlap|-hashes)$");

  @Test
  void noSettingThatSoundsSecretIsShown() {
    List<String> keys = secretKeys();
    assertThat(keys)
        .contains("kafka.password", "kafka.ssl.key.password", "security.cluster-secret");
    var canaries = keys.stream().map(Canary::of).toList();
    var scan = new SecretScan(canaries);
    for (Canary canary : canaries) {
      String line = canary.place() + ": '" + canary.value() + "'\n";
      show(scan, canary.place(), BROKERS + line);
      show(scan, canary.place() + " twice", BROKERS + line + line);
      show(
          scan,
          canary.place() + " misplaced",
          BROKERS + canary.place() + ": ['" + canary.value() + "', {b: c}]\n");
      show(
          scan,
          canary.place() + " half",
          BROKERS + canary.place() + ": '" + canary.value() + "\n x: [");
      show(scan, canary.place() + " beside a mistake", BROKERS + line + "nonsense: 1\n");
      show(
          scan,
          canary.place() + " misspelt",
          BROKERS + canary.place() + "s: '" + canary.value() + "'\n");
    }
    showOtherWays(scan, canaries);

    assertThat(scan.scanned()).isGreaterThan(5_000);
    assertThat(scan.hits()).isEmpty();
  }

  @Test
  void logInsOfKafkaAreShownNowhere() {
    Canary password = Canary.of("kafka.password");
    var scan = new SecretScan(List.of(password));
    String text =
        "kafka:\n  bootstrap.servers: 127.0.0.1:9092\n  security.protocol: SASL_PLAINTEXT\n  username: u\n  password: '"
            + password.value()
            + "'\n";
    ConfigResult result = ConfigLoader.parse("m.yaml", text, Map.of(), List.of());
    assertThat(result).isInstanceOf(ConfigResult.Valid.class);
    show(scan, "a log-in", text);
    show(
        scan,
        "a forbidden setting",
        text + "  sasl.jaas.config: 'x password=\"" + password.value() + "\";'\n");

    assertThat(scan.hits()).isEmpty();
  }

  /** Environment and flags have ways of their own to tell what is wrong. */
  private static void showOtherWays(SecretScan scan, List<Canary> canaries) {
    for (Canary canary : canaries) {
      String variable =
          "MILLRACE_" + canary.place().toUpperCase(Locale.ROOT).replaceAll("[.-]", "_");
      scan.text(
          variable,
          told(ConfigLoader.parse("m.yaml", "", Map.of(variable, canary.value()), List.of())));
      scan.text(
          "a flag for " + canary.place(),
          told(
              ConfigLoader.parse(
                  "m.yaml",
                  "",
                  Map.of(),
                  List.of(GivenValue.flag("--x", canary.place(), canary.value())))));
    }
  }

  private static List<String> secretKeys() {
    var keys = new ArrayList<String>();
    for (EffectiveConfig.EffectiveSetting setting : ConfigLoader.defaults()) {
      if (SOUNDS_SECRET.matcher(setting.key()).matches()
          && !SOUNDS_OTHERWISE.matcher(setting.key()).matches()) {
        keys.add(setting.key());
      }
    }
    return keys;
  }

  private static void show(SecretScan scan, String what, String text) {
    scan.text(what, told(ConfigLoader.parse("m.yaml", text, Map.of(), List.of())));
  }

  private static String told(ConfigResult result) {
    return switch (result) {
      case ConfigResult.Valid valid ->
          valid + valid.effective().settings().toString() + valid.effective().config();
      case ConfigResult.Invalid invalid -> invalid + invalid.text() + invalid.problems();
    };
  }
}
