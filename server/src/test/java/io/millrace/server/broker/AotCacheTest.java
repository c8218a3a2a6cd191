package io.millrace.server.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AotCacheTest {

  @TempDir private Path folder;

  @Test
  void isUsedOnceItIsComplete() throws IOException {
    var cache = new AotCache(folder.resolve("build/broker.aot"));
    cache.prepare();
    assertThat(cache.useFlags()).isEmpty();

    Path draft = Path.of(cache.makeFlags().getFirst().substring("-XX:AOTCacheOutput=".length()));
    Files.writeString(draft, "classes");
    assertThat(cache.useFlags()).isEmpty();

    cache.complete();
    assertThat(cache.useFlags()).containsExactly("-XX:AOTCache=" + cache.file());
  }

  @Test
  void hasNoPlaceUnlessTheLauncherNamesOne() {
    assertThat(System.getProperty(AotCache.FOLDER)).isNull();
    assertThat(AotCache.ofBroker()).isEmpty();
  }
}
