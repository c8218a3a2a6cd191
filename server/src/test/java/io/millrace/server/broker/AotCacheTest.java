package io.millrace.server.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AotCacheTest {

  @TempDir private Path home;
  private Path libraries;

  @BeforeEach
  void makeLibraries() throws IOException {
    libraries = Files.createDirectory(home.resolve("lib"));
  }

  @Test
  void liesBesideTheLibrariesAndIsUsedOnceItIsThere() throws IOException {
    AotCache cache = AotCache.of(program(jar("millrace-server.jar", "one"))).orElseThrow();

    assertThat(cache.file()).hasParentRaw(home.resolve("cache"));
    assertThat(cache.useFlags()).isEmpty();

    cache.clearFolder();
    Files.writeString(cache.file(), "classes");
    assertThat(cache.useFlags()).containsExactly("-XX:AOTCache=" + cache.file());
  }

  @Test
  void isAnotherForAnotherBuildOfTheSameSize() throws IOException {
    Path before = AotCache.of(program(jar("millrace-server.jar", "one"))).orElseThrow().file();
    Path after = AotCache.of(program(jar("millrace-server.jar", "two"))).orElseThrow().file();

    assertThat(after).isNotEqualTo(before);
  }

  @Test
  void makesWayForTheNextOne() throws IOException {
    AotCache before = AotCache.of(program(jar("millrace-server.jar", "one"))).orElseThrow();
    before.clearFolder();
    Files.writeString(before.file(), "classes");

    AotCache.of(program(jar("millrace-server.jar", "two"))).orElseThrow().clearFolder();

    assertThat(before.exists()).isFalse();
  }

  @Test
  void existsForJarsInALibraryFolderOnly() throws IOException {
    Path elsewhere = Files.writeString(home.resolve("a.jar"), "");

    assertThat(AotCache.of(program(elsewhere))).isEmpty();
    assertThat(AotCache.of(program(jar("a.jar", ""), home))).isEmpty();
    assertThat(AotCache.of(program())).isEmpty();
  }

  private Path jar(String name, String content) throws IOException {
    return Files.writeString(libraries.resolve(name), content);
  }

  private static JavaProgram program(Path... classPath) {
    return new JavaProgram(Path.of("java"), List.of(classPath));
  }
}
