package io.millrace.streams.enrich;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A geo database of any bytes. */
public final class GeoBytes {
  private GeoBytes() {}

  /** Opens it as a user's own, and asks it for places. */
  public static void eat(byte[] bytes) throws IOException {
    // One that is mapped must never be written to again.
    Path file = Files.createTempFile("geo-bytes", ".mmdb");
    try {
      Files.write(file, bytes);
      ask(GeoDatabase.map(file));
    } catch (IOException refused) {
      // As it is said to be.
    } finally {
      Files.delete(file);
    }
  }

  private static void ask(GeoDatabase database) {
    for (String address : new String[] {"83.149.9.0", "2001:4860::", "1.1.1.0"}) {
      try {
        database.place(address);
      } catch (RuntimeException damaged) {
        // A step of enrichment may fail in any way; it is counted, and its fields are marked.
      }
    }
  }
}
