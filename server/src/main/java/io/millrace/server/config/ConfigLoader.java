package io.millrace.server.config;

import io.millrace.server.config.EffectiveConfig.EffectiveSetting;
import io.millrace.server.report.SafeText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the configuration of an instance from a file, the environment and the command line, each
 * stronger than the one before. All problems of all of them are found at once. Used by one thread,
 * once.
 */
public final class ConfigLoader {
  /** Stands for the connection where defaults are asked for; no instance ever has it. */
  private static final KafkaConnection NOWHERE = KafkaConnection.to("127.0.0.1:9092");

  private final MillraceConfig defaults = MillraceConfig.defaults(NOWHERE);
  private final SectionShape shape = SectionShape.of("", defaults);
  private final List<Setting> settings = shape.settings();
  private final GivenValues given = new GivenValues(settings);
  private final List<ConfigProblem> problems = new ArrayList<>();

  private ConfigLoader() {}

  /**
   * Reads everything there is.
   *
   * @param file in YAML, if there is one
   * @param environment of which the variables that begin with {@code MILLRACE_} are read
   * @param flags from the command line
   */
  public static ConfigResult load(
      Optional<Path> file, Map<String, String> environment, List<GivenValue> flags) {
    var loader = new ConfigLoader();
    file.ifPresent(loader::readFile);
    return loader.finish(environment, flags);
  }

  /**
   * The same of a file's text.
   *
   * @param name of the file, for messages
   */
  public static ConfigResult parse(
      String name, String text, Map<String, String> environment, List<GivenValue> flags) {
    var loader = new ConfigLoader();
    loader.readText(name, text);
    return loader.finish(environment, flags);
  }

  /** Every setting there is, with its default, in the order of the documentation. */
  public static List<EffectiveSetting> defaults() {
    return new ConfigLoader().effective();
  }

  private void readFile(Path file) {
    String name = SafeText.of(file.toString());
    try {
      SmallFile.read(file)
          .ifPresentOrElse(
              text -> readText(name, text),
              () ->
                  problems.add(
                      new ConfigProblem(
                          "", name + ": expected " + SmallFile.LIMIT, Optional.empty())));
    } catch (IOException unreadable) {
      problems.add(
          new ConfigProblem(
              "",
              "cannot read " + name + ": " + unreadable.getClass().getSimpleName(),
              Optional.empty()));
    }
  }

  private void readText(String name, String text) {
    YamlSettings yaml = new YamlSettings(name).read(text);
    problems.addAll(yaml.problems());
    given.add(yaml.values());
  }

  private ConfigResult finish(Map<String, String> environment, List<GivenValue> flags) {
    EnvironmentSettings variables = new EnvironmentSettings(settings).read(environment);
    problems.addAll(variables.problems());
    given.add(variables.values());
    given.add(flags);
    var binder = new ConfigBinder(given);
    var config = (MillraceConfig) binder.bind(shape, defaults);
    problems.addAll(given.problems());
    problems.addAll(binder.problems());
    return problems.isEmpty()
        ? new ConfigResult.Valid(new EffectiveConfig(config, effective()))
        : new ConfigResult.Invalid(problems);
  }

  private List<EffectiveSetting> effective() {
    return settings.stream().map(this::effective).toList();
  }

  private EffectiveSetting effective(Setting setting) {
    return given
        .get(setting.key())
        .map(
            value ->
                new EffectiveSetting(
                    setting.key(), shown(setting, value.text().strip()), value.origin()))
        .orElseGet(
            () ->
                new EffectiveSetting(
                    setting.key(), shown(setting, setting.standard()), Origin.DEFAULT));
  }

  private static String shown(Setting setting, String text) {
    return setting.isSecret() && !text.isEmpty() ? Secret.MASK : text;
  }
}
