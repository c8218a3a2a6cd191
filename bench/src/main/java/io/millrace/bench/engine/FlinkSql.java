package io.millrace.bench.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The job in Flink SQL, on a JDK 17 and with libraries of its own; see {@code FlinkJob} in {@code
 * bench/flink}.
 *
 * @param build the folder {@code bench/flink/target}
 * @param views 1, or 10, the first of {@link BenchViews}
 * @param checkpointInterval how often Flink commits, such as {@code 1 s}
 * @param state where it keeps its state: {@code hashmap}, on the heap, or {@code rocksdb}
 */
public record FlinkSql(Path build, int views, String checkpointInterval, String state)
    implements Contender {
  /** State on the heap, the faster of Flink's two as long as it has room there. */
  public static final String ON_HEAP = "hashmap";

  private static final Path USUAL_JDKS = Path.of("/usr/lib/jvm");
  private static final String VERSION_17 = "JAVA_VERSION=\"17";

  /** What the visitors of ten views take, who are counted exactly, is more than others have. */
  private static final int GIGABYTES_OF_TEN_VIEWS = 10;

  /** Flink reaches into the JDK. */
  private static final List<String> OPENED =
      List.of(
          "java.lang",
          "java.net",
          "java.io",
          "java.nio",
          "sun.nio.ch",
          "java.lang.reflect",
          "java.text",
          "java.time",
          "java.util",
          "java.util.concurrent",
          "java.util.concurrent.atomic",
          "java.util.concurrent.locks");

  @Override
  public String name() {
    String what = "Flink SQL, " + views + (views == 1 ? " view" : " views");
    return state.equals(ON_HEAP) ? what : what + ", " + state;
  }

  @Override
  public Format format() {
    return Format.JSON;
  }

  @Override
  public List<String> command(Job job) {
    return JavaCommand.of(
        java17().orElseThrow(),
        views == 1 ? JavaCommand.GIGABYTES : GIGABYTES_OF_TEN_VIEWS,
        OPENED.stream().map(opened -> "--add-opens=java.base/" + opened + "=ALL-UNNAMED").toList(),
        build.resolve("classes") + ":" + build.resolve("lib") + "/*",
        "io.millrace.bench.flink.FlinkJob",
        job.with(Integer.toString(views), checkpointInterval, state));
  }

  @Override
  public List<String> furtherTopics() {
    return views == 1
        ? List.of()
        : List.of(
            "visits",
            "visits_path",
            "visits_referrerHost",
            "visits_country",
            "visits_device",
            "visits_browser",
            "visits_device_browser",
            "visits_country_device",
            "visits_path_device");
  }

  @Override
  public Optional<String> obstacle() {
    if (!Files.isDirectory(build.resolve("lib"))) {
      return Optional.of("bench/flink is not built");
    }
    return java17().isPresent() ? Optional.empty() : Optional.of("there is no JDK 17 here");
  }

  private static Optional<Path> java17() {
    try (Stream<Path> installed =
        Files.isDirectory(USUAL_JDKS) ? Files.list(USUAL_JDKS) : Stream.of()) {
      var homes = new ArrayList<Path>();
      Stream.of("JAVA_HOME_17", "JAVA_HOME")
          .map(System::getenv)
          .filter(Objects::nonNull)
          .map(Path::of)
          .forEach(homes::add);
      installed.sorted().forEach(homes::add);
      return homes.stream()
          .filter(FlinkSql::isJava17)
          .map(home -> home.resolve("bin/java"))
          .filter(Files::isExecutable)
          .findFirst();
    } catch (IOException unreadable) {
      return Optional.empty();
    }
  }

  private static boolean isJava17(Path home) {
    try {
      return Files.readString(home.resolve("release")).contains(VERSION_17);
    } catch (IOException none) {
      return false;
    }
  }
}
