package io.millrace.server.instance;

import io.helidon.webserver.WebServer;
import io.helidon.webserver.WebServerConfig;
import io.helidon.webserver.http.HttpRouting;
import io.millrace.collector.HttpLimits;
import io.millrace.server.ServerError;
import io.millrace.server.ServerException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The one HTTP server of a process, started. */
final class HttpServer implements AutoCloseable {
  private final WebServer server;

  private HttpServer(WebServer server) {
    this.server = server;
  }

  static HttpServer start(String host, int port, Consumer<HttpRouting.Builder> routes) {
    WebServerConfig.Builder builder = WebServer.builder();
    builder.address(InetAddress.ofLiteral(host)).port(port).shutdownHook(false);
    HttpLimits.DEFAULTS.applyTo(builder);
    builder.routing(routes);
    try {
      WebServer server = builder.build().start();
      // A listener that could not be opened is logged by the server, not thrown.
      if (!server.isRunning() || server.port() <= 0) {
        throw portTaken(port, null);
      }
      return new HttpServer(server);
    } catch (RuntimeException failure) {
      if (isPortTaken(failure)) {
        throw portTaken(port, failure);
      }
      throw failure;
    }
  }

  /** Fails where {@link #start} would, so that nothing need be started in vain. */
  static void requireFree(String host, int port) {
    try (var probe = new ServerSocket()) {
      // A server that has just ended leaves connections behind that keep nobody from listening.
      probe.setReuseAddress(true);
      probe.bind(new InetSocketAddress(InetAddress.ofLiteral(host), port));
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

  @Override
  public void close() {
    server.stop();
  }
}
