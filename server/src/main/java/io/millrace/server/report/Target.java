package io.millrace.server.report;

import io.millrace.server.ServerError;
import io.millrace.server.ServerException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;

/**
 * A Millrace that is asked, and how those who ask get in.
 *
 * @param url of its API, such as {@code http://127.0.0.1:8080}
 * @param token that is shown, if any
 * @param trust whose certificates are believed; empty for those that Java believes
 */
public record Target(URI url, Optional<String> token, Optional<SSLContext> trust) {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

  /** A token is shown to nobody who could be anybody, nor where others read along. */
  public Target {
    if (token.isPresent() && !"https".equals(url.getScheme()) && !isOfThisMachine(url)) {
      throw new ServerException(
          ServerError.SECURITY,
          url
              + ": a token is sent over https alone, except to this machine; others could read it on"
              + " its way");
    }
  }

  /** By number or as localhost: any other name may be somebody else's tomorrow. */
  private static boolean isOfThisMachine(URI url) {
    String host = url.getHost();
    if (host == null) {
      return false;
    }
    if (host.equals("localhost")) {
      return true;
    }
    try {
      return InetAddress.ofLiteral(host.replace("[", "").replace("]", "")).isLoopbackAddress();
    } catch (IllegalArgumentException name) {
      return false;
    }
  }

  /** One that asks nobody who they are. */
  public static Target open(URI url) {
    return new Target(url, Optional.empty(), Optional.empty());
  }

  /** A client of its own, to be closed by who asked for it. */
  public HttpClient client() {
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_TIMEOUT);
    trust.ifPresent(builder::sslContext);
    return builder.build();
  }

  /** The beginning of a request that says who asks. */
  public HttpRequest.Builder request(String path) {
    HttpRequest.Builder request = HttpRequest.newBuilder(url.resolve(path));
    token.ifPresent(shown -> request.header("Authorization", "Bearer " + shown));
    return request;
  }

  /** Why nobody answered, in few words. */
  public static String reason(IOException failure) {
    return failure instanceof SSLHandshakeException
        ? "TLS: " + failure.getMessage() + "; --ca names whose certificates to believe"
        : failure.getClass().getSimpleName();
  }

  /** Without the token, which is a secret. */
  @Override
  public String toString() {
    return "Target[" + url + ']';
  }
}
