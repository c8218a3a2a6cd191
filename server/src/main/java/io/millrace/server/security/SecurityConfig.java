package io.millrace.server.security;

import io.millrace.collector.sender.TrustedProxies;
import io.millrace.server.ServerError;
import io.millrace.server.ServerException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * Who may ask this process. In the configuration the components are written lower-dashed, below
 * {@code security} and {@code http}.
 *
 * @param transport {@code http.tls}: {@code off}, {@code behind-proxy}, or a certificate and a key
 * @param access {@code security.access}: whether those who ask must have a token
 * @param adminToken {@code security.admin-token}: one that may do everything, to make others with
 * @param clusterSecret {@code security.cluster-secret}: with which instances know each other
 */
public record SecurityConfig(
    Transport transport,
    AccessMode access,
    Optional<AdminToken> adminToken,
    Optional<ClusterSecret> clusterSecret) {

  /** Who is let in. */
  public enum AccessMode {
    /** Everybody who reaches the loopback interface. */
    OPEN,
    /** Who has a token. */
    TOKENS
  }

  /** Everything is open, which is refused on all but the loopback interface. */
  public static final SecurityConfig OPEN =
      new SecurityConfig(
          new Transport.Plain(), AccessMode.OPEN, Optional.empty(), Optional.empty());

  /**
   * Whom this process believes to be another instance, where they speak TLS: who has a certificate
   * of the same authority, or the same one. Empty where they do not.
   */
  public Optional<SSLContext> trustAmongInstances() {
    return transport instanceof Transport.Tls files
        ? Optional.of(PemFiles.read(files).trusting())
        : Optional.empty();
  }

  public boolean asksForTokens() {
    return access == AccessMode.TOKENS;
  }

  /** Whether only programs of this machine ask for themselves; a proxy asks for anybody. */
  private boolean isForThisMachine(String host) {
    return InetAddress.ofLiteral(host).isLoopbackAddress()
        && !(transport instanceof Transport.BehindProxy);
  }

  /**
   * What is missing to serve on an address, each with what to do; nothing where nothing is.
   *
   * @param proxies of ours, whose word on their clients is believed
   */
  public List<String> problems(String host, TrustedProxies proxies) {
    var problems = new ArrayList<String>();
    if (!isForThisMachine(host)) {
      if (!transport.isEncrypted()) {
        problems.add(
            "http.tls: outside the loopback interface everything would be readable on its way; name"
                + " a certificate and a key (http.tls.certificate, http.tls.key), or say behind-proxy"
                + " where a proxy of yours speaks TLS");
      }
      if (!asksForTokens()) {
        problems.add(
            "security.access: outside the loopback interface, or through a proxy, everybody could"
                + " read and change everything; set it to tokens");
      }
      if (transport instanceof Transport.BehindProxy && proxies.blocks().isEmpty()) {
        problems.add(
            "collector.trusted-proxies: the limits of each client would hold for the proxy or for"
                + " nobody; name the address from which the proxy comes, such as 127.0.0.1");
      }
    }
    return problems;
  }

  /**
   * Refuses to serve on an address without what is needed there.
   *
   * @param proxies of ours, whose word on their clients is believed
   * @throws ServerException that tells all that is missing
   */
  public void require(String host, TrustedProxies proxies) {
    List<String> problems = problems(host, proxies);
    if (!problems.isEmpty()) {
      throw new ServerException(
          ServerError.SECURITY,
          "This does not serve on " + host + ":\n  " + String.join("\n  ", problems));
    }
  }

  /**
   * Refuses to serve where nobody could ever change anything.
   *
   * @param hasAdmin whether there is a token of an admin among those that were issued
   * @throws ServerException that tells what to do
   */
  public void requireAdmin(boolean hasAdmin) {
    if (asksForTokens() && adminToken.isEmpty() && !hasAdmin) {
      throw new ServerException(
          ServerError.SECURITY,
          "security.admin-token: there is no token of an admin yet. Make one with 'millrace token"
              + " create --role admin', or set this or the environment's MILLRACE_SECURITY_ADMIN_TOKEN");
    }
  }
}
