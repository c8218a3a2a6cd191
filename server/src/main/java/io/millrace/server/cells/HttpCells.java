package io.millrace.server.cells;

import io.millrace.model.instance.InstanceDirectory.Member;
import io.millrace.server.security.ClusterSecret;
import io.millrace.server.security.InternalAccess;
import io.millrace.server.security.InternalRequest;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;

/** Asks other instances by HTTP. Safe for any number of threads. */
final class HttpCells implements RemoteCells, AutoCloseable {
  private static final int OK = 200;
  private static final int UNAUTHORIZED = 401;
  private static final int BUSY = 503;

  private final HttpClient client;
  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
  private final Optional<ClusterSecret> secret;
  private final List<String> schemes;
  private final InstantSource clock;
  private final CellsConfig config;

  /**
   * A client.
   *
   * @param secret by which instances know each other, if they do
   * @param tls whom to trust, and then everybody is asked over TLS; empty for the certificates that
   *     Java trusts
   */
  HttpCells(
      CellsConfig config,
      Optional<ClusterSecret> secret,
      Optional<SSLContext> tls,
      InstantSource clock) {
    this.config = config;
    this.secret = secret;
    this.clock = clock;
    schemes = tls.isPresent() ? List.of("https") : List.of("https", "http");
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .executor(executor)
            .connectTimeout(config.connectTimeout());
    tls.ifPresent(builder::sslContext);
    client = builder.build();
  }

  @Override
  public Answer ask(Member member, CellRequest request) throws IOException, InterruptedException {
    URI uri = uri(member);
    Sent sent = send(uri, request, clock.instant());
    if (sent.response().statusCode() == UNAUTHORIZED && secret.isPresent()) {
      // Clocks may differ; what is signed is of no use at another address, whatever time it says.
      OptionalLong time = sent.response().headers().firstValueAsLong(InternalAccess.TIME);
      if (time.isPresent()) {
        sent.response().body().close();
        sent = send(uri, request, Instant.ofEpochMilli(time.getAsLong()));
      }
    }
    HttpResponse<InputStream> response = sent.response();
    if (response.statusCode() != OK) {
      response.body().close();
      String what =
          "the instance at " + member.announcement().url() + " answers " + response.statusCode();
      throw response.statusCode() == BUSY ? new BusyException(what) : new IOException(what);
    }
    if (!isOfTheCluster(sent)) {
      response.body().close();
      throw new IOException(
          "what answers at " + member.announcement().url() + " does not know the cluster secret");
    }
    return new Streamed(response.body());
  }

  /** A request and what came back. */
  private record Sent(Optional<String> authorization, HttpResponse<InputStream> response) {}

  private Sent send(URI uri, CellRequest request, Instant time)
      throws IOException, InterruptedException {
    HttpRequest.Builder post =
        HttpRequest.newBuilder(uri)
            .timeout(config.silenceTimeout())
            .header("Content-Type", CellsService.TYPE)
            .POST(BodyPublishers.ofByteArray(request.toBytes()));
    var signed = new InternalRequest("POST", uri, uri.getRawPath());
    Optional<String> authorization = secret.map(known -> known.authorization(signed, time));
    authorization.ifPresent(value -> post.header("Authorization", value));
    return new Sent(authorization, client.send(post.build(), BodyHandlers.ofInputStream()));
  }

  private boolean isOfTheCluster(Sent sent) {
    String answer = sent.response().headers().firstValue(InternalAccess.ANSWER).orElse("");
    return secret.isEmpty()
        || sent.authorization()
            .filter(request -> secret.get().isAnsweredBy(request, answer))
            .isPresent();
  }

  /** Addresses are what others say of themselves. */
  private URI uri(Member member) throws IOException {
    URI uri;
    try {
      uri = URI.create(member.announcement().url()).resolve(CellsService.PATH);
    } catch (IllegalArgumentException malformed) {
      throw new IOException("the instance has announced no address", malformed);
    }
    if (uri.getHost() == null || !schemes.contains(uri.getScheme())) {
      throw new IOException(
          "the instance has announced " + uri + ", which is not asked: expected " + schemes);
    }
    return uri;
  }

  /** The body of an answer. */
  private static final class Streamed implements Answer {
    private final InputStream body;
    private final FrameReader frames;

    Streamed(InputStream body) {
      this.body = body;
      frames = new FrameReader(new BufferedInputStream(body, 64 << 10));
    }

    @Override
    public CellFrame next() throws IOException {
      return frames.next();
    }

    @Override
    public void close() {
      try {
        body.close();
      } catch (IOException gone) {
        // It is not read any longer either way.
      }
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
    executor.shutdownNow();
  }
}
