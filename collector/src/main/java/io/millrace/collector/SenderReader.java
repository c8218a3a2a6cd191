package io.millrace.collector;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import io.millrace.collector.event.EventField;
import io.millrace.collector.sender.AcceptLanguage;
import io.millrace.collector.sender.AddressTruncation;
import io.millrace.collector.sender.Sender;
import io.millrace.collector.sender.TrustedProxies;
import io.millrace.model.ClientHints;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Reads who sent a request. The whole address does not leave this class. */
final class SenderReader {
  private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cntrl}\\p{Cs}]");

  /** What browsers call an origin that they do not tell. */
  private static final String UNTOLD = "null";

  private static final HeaderName FETCH_SITE = HeaderNames.create("Sec-Fetch-Site");
  private static final HeaderName BRANDS = HeaderNames.create("Sec-CH-UA");
  private static final HeaderName FULL_VERSIONS = HeaderNames.create("Sec-CH-UA-Full-Version-List");
  private static final HeaderName MOBILE = HeaderNames.create("Sec-CH-UA-Mobile");
  private static final HeaderName PLATFORM = HeaderNames.create("Sec-CH-UA-Platform");
  private static final HeaderName PLATFORM_VERSION =
      HeaderNames.create("Sec-CH-UA-Platform-Version");
  private static final HeaderName MODEL = HeaderNames.create("Sec-CH-UA-Model");

  private final TrustedProxies proxies;
  private final InstantSource clock;

  SenderReader(TrustedProxies proxies, InstantSource clock) {
    this.proxies = proxies;
    this.clock = clock;
  }

  /** To be called when the request is complete: its time of receipt is now. */
  Sender read(ServerRequest request) {
    return new Sender(
        networkOf(request),
        agentOf(request),
        hintsOf(request),
        AcceptLanguage.preferred(header(request, HeaderNames.ACCEPT_LANGUAGE)),
        Instant.ofEpochMilli(clock.millis()));
  }

  /**
   * The origin of the page that a browser sends this for, in lower case; empty where none was told,
   * as by servers. An image is loaded without it, and its page told by the Referer; a page can keep
   * a browser from that, but not from saying that it is one, and is nobody's page then.
   */
  static String originOf(ServerRequest request) {
    String origin = header(request, HeaderNames.ORIGIN);
    String page = origin.isEmpty() ? header(request, HeaderNames.REFERER) : origin;
    if (page.isEmpty() && request.headers().contains(FETCH_SITE)) {
      return UNTOLD;
    }
    int end = page.indexOf('/', page.indexOf("://") + 3);
    return (end < 0 ? page : page.substring(0, end)).toLowerCase(Locale.ROOT);
  }

  private String networkOf(ServerRequest request) {
    if (!(request.remotePeer().address() instanceof InetSocketAddress peer)) {
      return "";
    }
    InetAddress address = peer.getAddress();
    if (address == null) {
      return "";
    }
    List<String> forwardedFor = request.headers().all(HeaderNames.X_FORWARDED_FOR, List::of);
    return AddressTruncation.networkOf(proxies.clientOf(address, forwardedFor));
  }

  /** A client has no say in how long its browser's name is, so a long one is cut, not refused. */
  private static String agentOf(ServerRequest request) {
    String agent = header(request, HeaderNames.USER_AGENT);
    int kept = Math.min(agent.length(), EventField.USER_AGENT.maxLength());
    return UNPRINTABLE.matcher(agent.substring(0, kept)).replaceAll(" ");
  }

  /** A hint that no browser would send is left out: a client has no say in its headers. */
  private static ClientHints hintsOf(ServerRequest request) {
    return new ClientHints(
            header(request, BRANDS),
            header(request, FULL_VERSIONS),
            header(request, MOBILE),
            header(request, PLATFORM),
            header(request, PLATFORM_VERSION),
            header(request, MODEL))
        .plausible();
  }

  private static String header(ServerRequest request, HeaderName name) {
    return request.headers().first(name).orElse("");
  }
}
