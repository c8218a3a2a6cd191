package io.millrace.collector;

import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/**
 * {@code GET /millrace.js}: the browser tracker, prepared once, plain and gzip.
 *
 * <p>The script posts to {@code /v1/events} of the origin it came from. Where the events path is
 * configured otherwise, that literal is replaced in the script. Safe for any number of threads.
 */
final class ScriptHandler implements Handler {
  private static final Header TYPE =
      HeaderValues.createCached("Content-Type", "text/javascript; charset=utf-8");
  private static final Header CACHED =
      HeaderValues.createCached(HeaderNames.CACHE_CONTROL, "public, max-age=3600");
  private static final Header VARY = HeaderValues.createCached(HeaderNames.VARY, "Accept-Encoding");
  private static final Header GZIP =
      HeaderValues.createCached(HeaderNames.CONTENT_ENCODING, "gzip");

  private final byte[] plain;
  private final byte[] compressed;
  private final String plainTag;
  private final String compressedTag;

  ScriptHandler(byte[] script, String eventsPath) {
    plain = addressed(script, eventsPath);
    compressed = compress(plain);
    plainTag = '"' + digest(plain) + '"';
    compressedTag = '"' + digest(plain) + "-gzip\"";
  }

  @Override
  public void handle(ServerRequest request, ServerResponse response) {
    boolean gzip = acceptsGzip(request);
    CrossOrigin.allow(response);
    response.header(CACHED).header(VARY).header(HeaderNames.ETAG, gzip ? compressedTag : plainTag);
    if (isKnown(request)) {
      response.status(Status.NOT_MODIFIED_304).send();
      return;
    }
    response.header(TYPE);
    if (gzip) {
      response.header(GZIP);
    }
    Body.send(request, response, gzip ? compressed : plain);
  }

  private boolean isKnown(ServerRequest request) {
    List<String> known = listed(request.headers().all(HeaderNames.IF_NONE_MATCH, List::of));
    return known.stream()
        .map(tag -> tag.startsWith("W/") ? tag.substring(2) : tag)
        .anyMatch(tag -> tag.equals("*") || tag.equals(plainTag) || tag.equals(compressedTag));
  }

  private static boolean acceptsGzip(ServerRequest request) {
    return listed(request.headers().all(HeaderNames.ACCEPT_ENCODING, List::of)).stream()
        .map(coding -> coding.replace(" ", ""))
        .anyMatch(
            coding ->
                coding.equals("gzip")
                    || (coding.startsWith("gzip;q=") && !coding.matches("gzip;q=0(\\.0*)?")));
  }

  private static List<String> listed(List<String> values) {
    return Arrays.stream(String.join(",", values).split(",", -1)).map(String::strip).toList();
  }

  private static byte[] addressed(byte[] script, String eventsPath) {
    return new String(script, StandardCharsets.UTF_8)
        .replace(CollectorConfig.DEFAULTS.eventsPath(), eventsPath)
        .getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] compress(byte[] bytes) {
    var out = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    } catch (IOException impossible) {
      throw new UncheckedIOException("writing to memory failed", impossible);
    }
    return out.toByteArray();
  }

  private static String digest(byte[] bytes) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
      return HexFormat.of().formatHex(digest, 0, 8);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java runtime has SHA-256", impossible);
    }
  }
}
