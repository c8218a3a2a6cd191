package io.millrace.server.instance;

import io.helidon.webserver.WebServer;
import io.helidon.webserver.WebServerConfig;
import io.helidon.webserver.http.HttpRouting;
import io.millrace.collector.sender.TrustedProxies;
import io.millrace.server.ServerError;
import io.millrace.server.ServerException;
import io.millrace.server.config.HttpConfig;
import io.millrace.server.security.Hardening;
import io.millrace.server.security.ServerTls;
import io.millrace.server.security.StrictTransport;
import io.millrace.server.security.Transport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The one HTTP server of a process, started. */
final class HttpServer implements AutoCloseable {
  private final WebServer server;
  private final Optional<ServerTls> tls;

  private HttpServer(WebServer server, Optional<ServerTls> tls) {
    this.server = server;
    this.tls = tls;
  }

  static HttpServer start(
      HttpConfig config,
      Transport transport,
      TrustedProxies proxies,
      Consumer<HttpRouting.Builder> routes) {
    int port = config.port();
    WebServerConfig.Builder builder = WebServer.builder();
    builder.address(InetAddress.ofLiteral(config.host())).port(port).shutdownHook(false);
    config.limits().applyTo(builder, proxies);
    Optional<ServerTls> tls =
        transport instanceof Transport.Tls files
            ? Optional.of(ServerTls.load(files))
            : Optional.empty();
    tls.ifPresent(loaded -> builder.tls(loaded.tls()));
    builder.routing(
        routing -> {
          Hardening.begin(routing);
          if (transport.isEncrypted()) {
            routing.addFilter(new StrictTransport());
          }
          routes.accept(routing);
          Hardening.end(routing);
        });
    try {
      WebServer server = builder.build().start();
      // A listener that could not be opened is logged by the server, not thrown.
      if (!server.isRunning() || server.port() <= 0) {
        throw portTaken(port, null);
      }
      tls.ifPresent(ServerTls::watch);
      return new HttpServer(server, tls);
    } catch (RuntimeException failure) {
      if (isPortTaken(failure)) {
        throw portTaken(port, failure);
      }
      throw failure;
    }
  }

  /** Fails where {@link #start} would, so that nothing need be started in vain. */
  static void requireFree(HttpConfig config) {
    int port = config.port();
    try (var probe = new ServerSocket()) {
      // A server that has just ended leaves connections behind that keep nobody from listening.
      probe.setReuseAddress(true);
      probe.bind(new InetSocketAddress(InetAddress.ofLiteral(config.host()), port));
    } catch (BindException refused) {
      throw isForbidden(refused) ? portForbidden(port, refused) : portTaken(port, refused);
    } catch (IOException failure) {
      throw new UncheckedIOException("cannot listen on port " + port, failure);
    }
  }

  /** Java has one exception for both, and only the system's words tell them apart. */
  private static boolean isForbidden(BindException refused) {
    return String.valueOf(refused.getMessage()).contains("Permission denied");
  }

  private static ServerException portForbidden(int port, Throwable cause) {
    return new ServerException(
        ServerError.PORT_TAKEN,
        "Port " + port + " is not for ordinary users. Choose one above 1023 with --port.",
        cause);
  }

  private static ServerException portTaken(int port, @Nullable Throwable cause) {
    String message =
        "Port " + port + " is in use. Stop what uses it, or choose another with --port.";
    return cause == null
        ? new ServerException(ServerError.PORT_TAKEN, message)
        : new ServerException(ServerError.PORT_TAKEN, message, cause);
  }

  private static boolean isPortTaken(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof BindException) {
        return true;
      }
    }
    return false;
  }

  int port() {
    return server.port();
  }

  String scheme() {
    return tls.isPresent() ? "https" : "http";
  }

  @Override
  public void close() {
    tls.ifPresent(ServerTls::close);
    server.stop();
  }
}
