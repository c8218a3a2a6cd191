package io.millrace.streams.enrich;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.maxmind.db.CHMCache;
import com.maxmind.db.Reader;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Tells the country of a network, from a MaxMind DB file held in memory. Shared by all threads.
 *
 * <p>The file is looked up only where its answer means something: not for private and reserved
 * networks, and not for an IPv6 address where the file holds IPv4 alone, which would answer with
 * the country of an unrelated address.
 */
public final class GeoDatabase {
  private static final String BUNDLED = "iptoasn-country.mmdb.gz";
  private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());
  private static final int NETWORKS_REMEMBERED = 10_000;

  private final Reader reader;
  private final boolean holdsIpv6;
  private final Cache<String, String> remembered =
      Caffeine.newBuilder().maximumSize(NETWORKS_REMEMBERED).executor(Runnable::run).build();

  private GeoDatabase(Reader reader) {
    this.reader = reader;
    this.holdsIpv6 = reader.getMetadata().ipVersion() == 6;
  }

  /** The file that is shipped with the program. */
  public static GeoDatabase bundled() {
    try (InputStream in = new GZIPInputStream(Resource.open(BUNDLED), 1 << 16)) {
      return read(in);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(BUNDLED + " cannot be read", unreadable);
    }
  }

  /**
   * A user's own file: {@code country_code} or {@code country.iso_code} of each network is used.
   */
  public static GeoDatabase open(Path file) {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      return read(in);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(file + " is no readable MaxMind DB file", unreadable);
    }
  }

  private static GeoDatabase read(InputStream in) throws IOException {
    return new GeoDatabase(new Reader(in, new CHMCache()));
  }

  /**
   * The country of an address, as ISO 3166-1 alpha-2; empty if there is no such address or it
   * belongs to no country.
   */
  public String country(String address) {
    return address.isEmpty() ? "" : remembered.get(address, this::lookUp);
  }

  private String lookUp(String text) {
    InetAddress address = NetworkAddress.parse(text);
    if (address == null || !NetworkAddress.isPublic(address)) {
      return "";
    }
    if (address instanceof Inet6Address && !holdsIpv6) {
      return "";
    }
    try {
      return countryCode(reader.get(address, Map.class));
    } catch (IOException damaged) {
      throw new UncheckedIOException("the geo database cannot be read", damaged);
    }
  }

  private static String countryCode(@Nullable Map<?, ?> network) {
    if (network == null) {
      return "";
    }
    Object code = network.get("country_code");
    if (code == null && network.get("country") instanceof Map<?, ?> country) {
      code = country.get("iso_code");
    }
    return code instanceof String text && isCountry(text) ? text : "";
  }

  /** Registries also write regions, such as AP; Kosovo has a code in use that ISO has not given. */
  private static boolean isCountry(String code) {
    return COUNTRIES.contains(code) || code.equals("XK");
  }
}
