package io.millrace.server.accesslog;

import io.millrace.server.sender.EventJson;
import io.millrace.server.sender.OutgoingEvent;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/**
 * Turns requests of an access log into events.
 *
 * <p>A log knows no visitors, so one is assumed to be all requests from a network with an agent on
 * a UTC day. The day is that of the request, not of the import: importing again next week gives the
 * same visitors, or the ids would not be recognised. The address itself goes no further than this
 * class: events carry the network ({@link ClientNetwork}), and a hash stands for the visitor.
 *
 * <p>For one thread.
 */
final class LogEvents {
  private static final int VISITOR_BYTES = 16;

  /** Known to the classifier of agents as a library that reports for others. */
  private static final String IMPORTER = "millrace-import";

  private static final String ABSENT = "-";

  private final LogFormat format;
  private final String host;
  private final boolean all;
  private final LineIds ids;
  private final MessageDigest digest = Sha256.newDigest();

  /**
   * @param format of the log, as it was given or detected
   * @param host of the site, with a port where it has one
   * @param all whether requests that are no page requests become events too
   */
  LogEvents(LogFormat format, String host, boolean all, LineIds ids) {
    this.format = format;
    this.host = host;
    this.all = all;
    this.ids = ids;
  }

  /** The event of a line, or empty if only pages are wanted and this is none. */
  Optional<OutgoingEvent> eventOf(RawLine line, LogLine.Request request) {
    boolean page = PageRule.isPage(request);
    if (!page && !all) {
      return Optional.empty();
    }
    Optional<ClientNetwork> network = ClientNetwork.of(request.address());
    var json =
        EventJson.event(ids.of(line), page ? "page" : "track")
            .text("name", page ? "" : "request")
            .text("url", RequestUrl.of(host, request.target()))
            .text("referrer", request.referrer())
            .number("timestamp", request.time().toEpochMilli())
            .text("anonymous_id", visitor(network, request))
            .text("ip", network.map(ClientNetwork::address).orElse(""))
            .text("user_agent", agent(request));
    return Optional.of(withProperties(json, request).end());
  }

  /**
   * A log of the format common has no agents, which says nothing about who sent its requests; one
   * of the format combined that has none for a request says that there was none.
   */
  private String agent(LogLine.Request request) {
    if (!request.agent().isEmpty()) {
      return request.agent();
    }
    return format == LogFormat.COMMON ? IMPORTER : ABSENT;
  }

  private static EventJson withProperties(EventJson json, LogLine.Request request) {
    json.properties().number("status", request.status()).text("method", request.method());
    if (!RequestUrl.hasUrl(request.target())) {
      json.text("target", request.target());
    }
    return json.number("bytes", request.bytes()).endProperties();
  }

  private String visitor(Optional<ClientNetwork> network, LogLine.Request request) {
    String from = network.map(ClientNetwork::address).orElse(request.address());
    String day = request.time().atOffset(ZoneOffset.UTC).toLocalDate().toString();
    for (String part : new String[] {from, request.agent(), day}) {
      digest.update(part.getBytes(StandardCharsets.UTF_8));
      digest.update((byte) 0);
    }
    byte[] kept = Arrays.copyOf(digest.digest(), VISITOR_BYTES);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(kept);
  }
}
