package io.millrace.streams.enrich;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GeoFileTest {
  private static final Instant BUILT = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant BUILT_LATER = Instant.parse("2026-02-01T00:00:00Z");
  private static final Instant OPENED = Instant.parse("2026-03-01T12:00:00Z");
  private static final String ADDRESS = "8.8.8.0";
  private static final Map<String, ?> GERMANY = Map.of("country_code", "DE");
  private static final Map<String, ?> FRANCE = Map.of("country_code", "FR");

  @TempDir private Path folder;
  private Path file = Path.of("");
  private Path copies = Path.of("");
  private Instant now = OPENED;
  private long changes;

  @BeforeEach
  void aFileOfOneCountry() throws IOException {
    file = folder.resolve("geo.mmdb");
    copies = folder.resolve("copies");
    write(BUILT, GERMANY);
  }

  @Test
  void theLayoutOfMaxMindHasCountryRegionAndCity() throws IOException {
    write(
        BUILT,
        Map.of(
            "country", Map.of("iso_code", "DE", "names", Map.of("de", "Deutschland")),
            "subdivisions",
                List.of(
                    Map.of("iso_code", "BY", "names", Map.of("de", "Bayern", "en", "Bavaria")),
                    Map.of("iso_code", "X")),
            "city", Map.of("names", Map.of("de", "Nürnberg", "en", "Nuremberg"))));

    assertThat(place(open())).isEqualTo(new Place("DE", "Bavaria", "Nuremberg"));
  }

  @Test
  void theLayoutOfIpLocationDbHasThemToo() throws IOException {
    write(
        BUILT,
        Map.of("country_code", "DE", "state1", "Bavaria", "state2", "", "city", "Nuremberg"));

    assertThat(place(open())).isEqualTo(new Place("DE", "Bavaria", "Nuremberg"));
  }

  @Test
  void whatAFileDoesNotSayIsEmpty() throws IOException {
    write(
        BUILT,
        Map.of(
            "country", Map.of("iso_code", "FR"),
            "subdivisions", List.of(Map.of("iso_code", "IDF")),
            "city", Map.of("names", Map.of("de", "Paris"))));

    assertThat(place(open())).isEqualTo(new Place("FR", "IDF", ""));
  }

  @Test
  void aNameIsCutWhereItIsWhole() throws IOException {
    write(BUILT, Map.of("country_code", "FR", "city", "a".repeat(99) + "\uD83C\uDF4E"));

    assertThat(place(open()).city()).isEqualTo("a".repeat(99));
  }

  @Test
  void ipv6IsFoundInTheSameFile() {
    new MmdbWriter(BUILT).with("8.8.8.0", 24, FRANCE).with("2a01:4f8::", 32, GERMANY).writeTo(file);

    GeoInUse geo = open().inUse();

    assertThat(geo.database().place("2a01:4f8:1::").country()).isEqualTo("DE");
    assertThat(geo.database().place("2a01:4f9::")).isEqualTo(Place.NONE);
    assertThat(geo.database().place(ADDRESS).country()).isEqualTo("FR");
  }

  @Test
  void aFileMovedOverTheOldOneIsTakenAtTheSecondLook() throws IOException {
    GeoFile geo = open();
    Path other = folder.resolve("other.mmdb");
    MmdbWriter.write(other, BUILT_LATER, ADDRESS, 24, FRANCE);
    changed(other);
    Files.move(other, file, StandardCopyOption.REPLACE_EXISTING);
    now = OPENED.plusSeconds(60);

    geo.check();
    assertThat(place(geo).country()).isEqualTo("DE");
    geo.check();

    assertThat(place(geo).country()).isEqualTo("FR");
    assertThat(geo.inUse().built()).isEqualTo(BUILT_LATER);
    assertThat(geo.inUse().since()).isEqualTo(now);
    assertThat(geo.inUse().replacements()).isEqualTo(1);
  }

  @Test
  void aFileThatIsWrittenOverInPlaceHarmsNobody() throws IOException {
    GeoFile geo = open();
    GeoDatabase before = geo.inUse().database();
    Files.write(file, new byte[0], StandardOpenOption.TRUNCATE_EXISTING);

    // Not yet looked up, so it is read from what the mapped file was.
    assertThat(before.place(ADDRESS).country()).isEqualTo("DE");
    write(BUILT_LATER, FRANCE);
    lookTwice(geo);

    assertThat(place(geo).country()).isEqualTo("FR");
    assertThat(before.place("8.8.8.8").country()).isEqualTo("DE");
  }

  @Test
  void aFileThatIsStillGrowingIsWaitedFor() throws IOException {
    GeoFile geo = open();
    for (int part = 1; part < 5; part++) {
      Files.write(file, new byte[part]);
      changed(file);
      geo.check();
    }
    write(BUILT_LATER, FRANCE);
    lookTwice(geo);

    assertThat(place(geo).country()).isEqualTo("FR");
    assertThat(geo.inUse().refusals()).isZero();
  }

  @Test
  void aBrokenFileIsRefusedOnceAndTheOldOneStays() throws IOException {
    GeoFile geo = open();
    Files.writeString(file, "no database");
    changed(file);

    lookTwice(geo);
    lookTwice(geo);

    assertThat(place(geo).country()).isEqualTo("DE");
    assertThat(geo.inUse().built()).isEqualTo(BUILT);
    assertThat(geo.inUse().since()).isEqualTo(OPENED);
    assertThat(geo.inUse().refusals()).isEqualTo(1);
    assertThat(geo.inUse().replacements()).isZero();
  }

  @Test
  void aFileWhoseTreeIsDamagedIsRefused() throws IOException {
    GeoFile geo = open();
    byte[] bytes = Files.readAllBytes(file);
    for (int i = 0; i < 900; i++) {
      bytes[i] = (byte) 0xFF;
    }
    Files.write(file, bytes);
    changed(file);

    lookTwice(geo);

    assertThat(place(geo).country()).isEqualTo("DE");
    assertThat(geo.inUse().refusals()).isEqualTo(1);
  }

  @Test
  void aDatabaseWithoutCountriesIsRefused() throws IOException {
    GeoFile geo = open();
    write(BUILT_LATER, Map.of("autonomous_system_organization", "Somebody"));

    lookTwice(geo);

    assertThat(geo.inUse().refusals()).isEqualTo(1);
  }

  @Test
  void afterABrokenFileAWholeOneIsTaken() throws IOException {
    GeoFile geo = open();
    Files.writeString(file, "no database");
    changed(file);
    lookTwice(geo);
    write(BUILT_LATER, FRANCE);
    lookTwice(geo);

    assertThat(place(geo).country()).isEqualTo("FR");
  }

  @Test
  void aFileThatIsGoneLeavesTheDatabaseInUse() throws IOException {
    GeoFile geo = open();
    Files.delete(file);

    lookTwice(geo);

    assertThat(place(geo).country()).isEqualTo("DE");
    assertThat(geo.inUse().refusals()).isZero();
  }

  @Test
  void theFirstFileMustBeUsable() throws IOException {
    Files.writeString(file, "no database");

    assertThatThrownBy(this::open)
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("geo.mmdb");
  }

  @Test
  void noCopyStays() throws IOException {
    Files.createDirectories(copies);
    Files.writeString(copies.resolve("geo-left.mmdb"), "by a killed process");
    GeoFile geo = open();
    write(BUILT_LATER, FRANCE);
    lookTwice(geo);

    assertThat(copies).isEmptyDirectory();
  }

  private GeoFile open() {
    return GeoFile.open(file, copies, () -> now);
  }

  private static Place place(GeoFile geo) {
    return geo.inUse().database().place(ADDRESS);
  }

  private static void lookTwice(GeoFile geo) {
    geo.check();
    geo.check();
  }

  private void write(Instant built, Map<String, ?> record) throws IOException {
    MmdbWriter.write(file, built, ADDRESS, 24, record);
    changed(file);
  }

  /** File systems differ in how fine their times are. */
  private void changed(Path changed) throws IOException {
    changes++;
    Files.setLastModifiedTime(changed, FileTime.from(BUILT.plusSeconds(changes)));
  }
}
