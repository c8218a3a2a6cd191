package io.millrace.server.config;

import io.millrace.server.report.SafeText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.config.ConfigDef;

/**
 * Makes the settings of clients from what somebody gave, and finds all that is wrong with it. Used
 * by one thread, once.
 */
final class KafkaConnectionReader {
  static final String PLAINTEXT = "PLAINTEXT";
  private static final String SASL_SSL = "SASL_SSL";
  private static final Set<String> PROTOCOLS = Set.of(PLAINTEXT, "SSL", "SASL_PLAINTEXT", SASL_SSL);
  private static final String SCRAM = "SCRAM-SHA-512";
  private static final String PLAIN = "PLAIN";
  private static final Set<String> MECHANISMS = Set.of(SCRAM, "SCRAM-SHA-256", PLAIN);
  private static final String PEM = "PEM";
  private static final Set<String> STORES = Set.of(PEM, "PKCS12", "JKS");
  private static final String MODULES = "org.apache.kafka.common.security.";
  private static final int LONGEST_SHOWN = 80;

  /** Names, IPv4 and bracketed IPv6, each with its port. */
  private static final Pattern SERVER =
      Pattern.compile("([A-Za-z0-9._-]{1,253}|\\[[0-9A-Fa-f:.%]{2,60}]):(\\d{1,5})");

  private static final int HIGHEST_PORT = 65_535;

  private final Map<String, String> given;
  private final Map<String, String> settings = new HashMap<>();
  private final List<String> problems = new ArrayList<>();

  KafkaConnectionReader(Map<String, String> given) {
    this.given = new TreeMap<>(given);
  }

  Map<String, String> read() {
    given.forEach(this::take);
    checkServers();
    checkProtocol();
    checkStore(KafkaSetting.TRUSTSTORE_TYPE, "ssl.truststore.");
    checkStore(KafkaSetting.KEYSTORE_TYPE, "ssl.keystore.");
    checkByKafka();
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(String.join("\n", problems));
    }
    return settings;
  }

  private void take(String key, String text) {
    KafkaSetting.of(key)
        .ifPresentOrElse(
            setting -> {
              if (setting.isKafkas() && !text.isEmpty()) {
                settings.put(key, setting.isSecret() ? text : text.strip());
              }
            },
            () -> problems.add(key + ": " + KafkaSetting.refusal(key)));
  }

  private void checkServers() {
    String servers = settings.getOrDefault(KafkaSetting.BOOTSTRAP_SERVERS.key(), "");
    if (servers.isEmpty()) {
      problem(KafkaSetting.BOOTSTRAP_SERVERS, "expected HOST:PORT of one or more brokers, not set");
      return;
    }
    for (String server : servers.split(",", -1)) {
      var matcher = SERVER.matcher(server.strip());
      if (!matcher.matches() || Integer.parseInt(matcher.group(2)) > HIGHEST_PORT) {
        problem(
            KafkaSetting.BOOTSTRAP_SERVERS,
            "expected HOST:PORT, separated by commas, got " + shown(server.strip()));
      }
    }
  }

  private void checkProtocol() {
    String protocol = oneOf(KafkaSetting.SECURITY_PROTOCOL, PROTOCOLS, PLAINTEXT);
    if (!protocol.startsWith("SASL_")) {
      refuseWithout(protocol, KafkaSetting.SASL_MECHANISM, "SASL_SSL or SASL_PLAINTEXT");
      refuseWithout(protocol, KafkaSetting.USERNAME, "SASL_SSL or SASL_PLAINTEXT");
      refuseWithout(protocol, KafkaSetting.PASSWORD, "SASL_SSL or SASL_PLAINTEXT");
    } else {
      login(protocol);
    }
    if (!protocol.endsWith("SSL")) {
      for (KafkaSetting setting : KafkaSetting.values()) {
        if (setting.key().startsWith("ssl.")) {
          refuseWithout(protocol, setting, "SSL or SASL_SSL");
        }
      }
    }
  }

  private void refuseWithout(String protocol, KafkaSetting setting, String needed) {
    if (!value(setting).isEmpty()) {
      problem(setting, "needs the security.protocol " + needed + ", which is " + protocol);
    }
  }

  private void login(String protocol) {
    String mechanism = oneOf(KafkaSetting.SASL_MECHANISM, MECHANISMS, SCRAM);
    if (mechanism.equals(PLAIN) && !protocol.equals(SASL_SSL)) {
      problem(
          KafkaSetting.SASL_MECHANISM,
          "PLAIN would send the password readable; it needs the security.protocol SASL_SSL");
    }
    String username = value(KafkaSetting.USERNAME);
    String password = value(KafkaSetting.PASSWORD);
    requireText(KafkaSetting.USERNAME, username);
    requireText(KafkaSetting.PASSWORD, password);
    String module = mechanism.equals(PLAIN) ? "plain.PlainLoginModule" : "scram.ScramLoginModule";
    settings.put(KafkaSetting.SASL_MECHANISM.key(), mechanism);
    settings.put(
        "sasl.jaas.config",
        MODULES
            + module
            + " required username="
            + quoted(username)
            + " password="
            + quoted(password)
            + ";");
  }

  private void requireText(KafkaSetting setting, String text) {
    if (text.isEmpty()) {
      problem(setting, "expected, since security.protocol begins with SASL, not set");
    } else if (text.chars().anyMatch(Character::isISOControl)) {
      problem(setting, "expected without control characters or line ends");
    }
  }

  /** As the entry is read again: in quotation marks, with a backslash before what would end it. */
  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  private void checkStore(KafkaSetting type, String prefix) {
    boolean isThere = settings.keySet().stream().anyMatch(key -> key.startsWith(prefix));
    if (!isThere) {
      return;
    }
    String chosen = oneOf(type, STORES, PEM);
    settings.put(type.key(), chosen);
    String password = prefix + "password";
    if (chosen.equals(PEM) && settings.containsKey(password)) {
      problems.add(password + ": a PEM file has none; of its key it is ssl.key.password");
    }
  }

  private String oneOf(KafkaSetting setting, Set<String> known, String usual) {
    String value = value(setting);
    if (value.isEmpty()) {
      return usual;
    }
    if (!known.contains(value)) {
      problem(
          setting,
          "expected one of "
              + String.join(", ", known.stream().sorted().toList())
              + ", got "
              + shown(value));
    }
    return value;
  }

  /** Numbers and other words, by Kafka's own definition, which also knows what each may be. */
  private void checkByKafka() {
    ConfigDef definition = AdminClientConfig.configDef();
    Map<String, String> plain = new HashMap<>();
    settings.forEach(
        (key, value) -> {
          if (KafkaSetting.of(key).filter(setting -> !setting.isSecret()).isPresent()
              && problems.stream().noneMatch(problem -> problem.startsWith(key + ": "))) {
            plain.put(key, value);
          }
        });
    definition
        .validate(plain)
        .forEach(
            checked -> {
              if (plain.containsKey(checked.name()) && !checked.errorMessages().isEmpty()) {
                String value = shown(plain.getOrDefault(checked.name(), ""));
                problems.add(checked.name() + ": Kafka does not accept " + value);
              }
            });
  }

  private String value(KafkaSetting setting) {
    return given.getOrDefault(setting.key(), "").strip();
  }

  private void problem(KafkaSetting setting, String message) {
    problems.add(setting.key() + ": " + message);
  }

  private static String shown(String text) {
    return '"' + SafeText.of(text, LONGEST_SHOWN) + '"';
  }
}
