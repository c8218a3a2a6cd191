package io.millrace.testing.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Whoever makes a client of Kafka makes it from the one map of connection settings. A class that
 * writes the address itself has dropped how to log in and whom to trust, and would only be found
 * out on a secured cluster.
 */
class ConnectionSettingsTest {
  private static final Path ROOT = Path.of(System.getProperty("basedir", "."), "..").normalize();
  private static final List<String> MODULES = List.of("collector", "streams", "ops", "server");
  private static final Pattern MAKES_CLIENT =
      Pattern.compile("new Kafka(Producer|Consumer|Streams|ShareConsumer)\\b|Admin\\.create\\(");
  private static final Pattern WRITES_ADDRESS =
      Pattern.compile("\"bootstrap\\.|BOOTSTRAP_(SERVERS|CONTROLLERS)_CONFIG");

  /** Clients of brokers that these classes, or the drill that runs them, have just started. */
  private static final Set<String> OF_OWN_BROKERS =
      Set.of("BrokerTraining.java", "CarelessProcessor.java", "FormerRegistration.java");

  @Test
  void noClassThatMakesAClientWritesTheAddressItself() {
    List<Path> makers = makers();

    assertThat(makers).as("the pattern finds those that there are").hasSizeGreaterThan(14);
    assertThat(makers)
        .filteredOn(file -> !OF_OWN_BROKERS.contains(file.getFileName().toString()))
        .noneMatch(file -> WRITES_ADDRESS.matcher(text(file)).find());
  }

  /** Commands have it from one option; a map of a command's own would drop the rest of it. */
  @Test
  void noCommandButThatOptionWritesTheAddress() {
    assertThat(sources("server"))
        .filteredOn(file -> file.toString().contains("/commands/"))
        .filteredOn(file -> WRITES_ADDRESS.matcher(text(file)).find())
        .extracting(file -> file.getFileName().toString())
        .containsExactly("KafkaOption.java");
  }

  /** The control: those that do write it are found. */
  @Test
  void aClassThatWritesTheAddressIsFound() {
    assertThat(makers())
        .filteredOn(file -> WRITES_ADDRESS.matcher(text(file)).find())
        .extracting(file -> file.getFileName().toString())
        .containsExactlyInAnyOrderElementsOf(OF_OWN_BROKERS);
  }

  private static List<Path> makers() {
    return MODULES.stream()
        .flatMap(module -> sources(module).stream())
        .filter(file -> MAKES_CLIENT.matcher(text(file)).find())
        .toList();
  }

  private static List<Path> sources(String module) {
    try (Stream<Path> files = Files.walk(ROOT.resolve(module).resolve("src/main/java"))) {
      return files.filter(file -> file.toString().endsWith(".java")).toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
