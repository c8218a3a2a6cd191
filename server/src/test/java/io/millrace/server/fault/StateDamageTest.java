package io.millrace.server.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StateDamageTest {

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "FLIPPED_TABLES, 1",
    "FLIPPED_MANIFESTS, 2",
    "CUT_SHORT, 2",
    "CHECKPOINTS, 1",
    "DELETED, 6"
  })
  void changesTheFilesOfItsKindAndTellsHowMany(StateDamage damage, int files) throws IOException {
    Path store = Files.createDirectories(folder.resolve("state/1_0/rocksdb/cells"));
    Files.write(store.resolve("000012.sst"), new byte[5_000]);
    Files.write(store.resolve("000013.log"), new byte[5_000]);
    Files.writeString(store.resolve("MANIFEST-000004"), "a list of tables");
    Files.writeString(store.resolve("CURRENT"), "MANIFEST-000004\n");
    Files.writeString(store.resolve("OPTIONS-000007"), "options");
    Files.writeString(folder.resolve("state/1_0/.checkpoint"), "0\n0\n");

    assertThat(damage.doTo(folder.resolve("state"), new Random(7))).isEqualTo(files);
  }

  @Test
  void findsNothingToDoWhereThereIsNoState() throws IOException {
    assertThat(
            StateDamage.FLIPPED_TABLES.doTo(
                Files.createDirectory(folder.resolve("a")), new Random(7)))
        .isZero();
  }
}
