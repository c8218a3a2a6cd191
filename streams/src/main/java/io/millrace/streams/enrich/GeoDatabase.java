package io.millrace.streams.enrich;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.maxmind.db.CHMCache;
import com.maxmind.db.InvalidNetworkException;
import com.maxmind.db.Networks;
import com.maxmind.db.Reader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/**
 * Tells the place of a network, from a MaxMind DB file. Shared by all threads.
 *
 * <p>The file is looked up only where its answer means something: not for private and reserved
 * networks, and not for an IPv6 address where the file holds IPv4 alone, which would answer with
 * the place of an unrelated address.
 *
 * <p>There is nothing to close: what a replaced database holds is given back when the last look-up
 * in it has ended, which nobody but the garbage collector knows.
 */
public final class GeoDatabase {
  private static final String BUNDLED = "iptoasn-country.mmdb.gz";
  private static final int NETWORKS_REMEMBERED = 10_000;
  private static final int NETWORKS_TRIED = 1_000;

  private final Reader reader;
  private final boolean holdsIpv6;
  private final Cache<String, Place> remembered =
      Caffeine.newBuilder().maximumSize(NETWORKS_REMEMBERED).executor(Runnable::run).build();

  private GeoDatabase(Reader reader) {
    this.reader = reader;
    this.holdsIpv6 = reader.getMetadata().ipVersion() == 6;
  }

  /** The file that is shipped with the program, held in memory. */
  public static GeoDatabase bundled() {
    try (InputStream in = new GZIPInputStream(Resource.open(BUNDLED), 1 << 16)) {
      return new GeoDatabase(new Reader(in, new CHMCache()));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(BUNDLED + " cannot be read", unreadable);
    }
  }

  /**
   * Another file, mapped into memory: one with cities is larger than all the rest of the program.
   * It must never be written to any more; it may be deleted.
   *
   * @throws IOException if it is no MaxMind DB file, or damaged as far as that can be seen, or has
   *     no countries
   */
  static GeoDatabase map(Path file) throws IOException {
    var database = new GeoDatabase(open(file));
    database.requireCountries();
    return database;
  }

  /** What is damaged fails in many ways, of which one is to go deeper than any thread can. */
  private static Reader open(Path file) throws IOException {
    try {
      return new Reader(file.toFile(), Reader.FileMode.MEMORY_MAPPED, new CHMCache());
    } catch (RuntimeException | StackOverflowError damaged) {
      throw new IOException("the metadata cannot be read", damaged);
    }
  }

  /** When its publisher made it. */
  public Instant built() {
    return reader.getMetadata().buildTime();
  }

  /**
   * The place of an address; {@link Place#NONE} if there is no such address or it belongs to no
   * country.
   *
   * @throws UncheckedIOException if the database is damaged at this place
   */
  Place place(String address) {
    return address.isEmpty() ? Place.NONE : remembered.get(address, this::lookUp);
  }

  private Place lookUp(String text) {
    InetAddress address = NetworkAddress.parse(text);
    if (address == null || !NetworkAddress.isPublic(address)) {
      return Place.NONE;
    }
    if (address instanceof Inet6Address && !holdsIpv6) {
      return Place.NONE;
    }
    try {
      Map<?, ?> network = reader.get(address, Map.class);
      return network == null ? Place.NONE : Place.of(network);
    } catch (IOException damaged) {
      throw new UncheckedIOException("the geo database cannot be read", damaged);
    }
  }

  @SuppressWarnings("rawtypes") // The reader can be asked for nothing else.
  private Networks<Map> networks() throws InvalidNetworkException, IOException {
    return reader.networks(Map.class);
  }

  /** A database of anything else has the same format, and so has one with a damaged tree. */
  private void requireCountries() throws IOException {
    try {
      var networks = networks();
      for (int tried = 0; tried < NETWORKS_TRIED && networks.hasNext(); tried++) {
        Map<?, ?> network = networks.next().data();
        if (network != null && !Place.of(network).country().isEmpty()) {
          return;
        }
      }
    } catch (InvalidNetworkException | RuntimeException | StackOverflowError damaged) {
      throw new IOException("the networks cannot be read", damaged);
    }
    throw new IOException("none of its first " + NETWORKS_TRIED + " networks has a country");
  }
}
