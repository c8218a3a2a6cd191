package io.millrace.server.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.helidon.webserver.WebServer;
import io.helidon.webserver.WebServerConfig;
import io.millrace.collector.HttpLimits;
import io.millrace.collector.sender.TrustedProxies;
import io.millrace.server.ServerException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class ServerTlsTest {

  private static final HttpLimits LIMITS =
      new HttpLimits(1_024, 1_024, 1_024, Duration.ofSeconds(1), Duration.ofSeconds(1), 100, 0);

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({"EC,TLSv1.3", "EC,TLSv1.2", "RSA,TLSv1.3", "RSA,TLSv1.2", "EdDSA,TLSv1.3"})
  void serves(String kind, String protocol) throws Exception {
    try (ServerTls tls = ServerTls.load(files(kind, "first"))) {
      assertThat(nameSeen(tls, protocol)).isEqualTo("CN=first");
    }
  }

  @Test
  void speaksNothingOlder() throws Exception {
    try (ServerTls tls = ServerTls.load(files("EC", "first"))) {
      assertThatThrownBy(() -> nameSeen(tls, "TLSv1.1"))
          .isInstanceOfAny(SSLHandshakeException.class, IllegalArgumentException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "16030100c8", "160301"})
  void cutsOffWhoNeverEndsTheHandshake(String beginning) throws Exception {
    try (ServerTls tls = ServerTls.load(files("EC", "first"))) {
      WebServer server = start(tls);
      try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
        socket.setSoTimeout(50_000);
        socket.getOutputStream().write(HexFormat.of().parseHex(beginning));

        assertThat(socket.getInputStream().read()).isEqualTo(-1);
        assertThat(nameSeen(server.port(), "TLSv1.3")).isEqualTo("CN=first");
      } finally {
        server.stop();
      }
    }
  }

  @Test
  void takesANewCertificateWithoutARestartAndKeepsTheOldOneForABadOne() throws Exception {
    Transport.Tls files = files("EC", "first");
    try (ServerTls tls = ServerTls.load(files)) {
      WebServer server = start(tls);
      try {
        assertThat(nameSeen(server.port(), "TLSv1.3")).isEqualTo("CN=first");
        files("EC", "second");
        touch(files, 1);
        tls.look();
        assertThat(nameSeen(server.port(), "TLSv1.3")).isEqualTo("CN=second");

        Files.writeString(files.key(), "half of a");
        touch(files, 2);
        tls.look();
        assertThat(nameSeen(server.port(), "TLSv1.3")).isEqualTo("CN=second");

        String key = Files.readString(files("EC", "of another").key());
        files("EC", "second and a half");
        Files.writeString(files.key(), key);
        touch(files, 3);
        tls.look();
        assertThat(nameSeen(server.port(), "TLSv1.3")).isEqualTo("CN=second");

        files("RSA", "third");
        touch(files, 4);
        tls.look();
        assertThat(nameSeen(server.port(), "TLSv1.3")).isEqualTo("CN=third");
      } finally {
        server.stop();
      }
    }
  }

  @Test
  void saysWhichFileCannotBeUsedAndShowsNothingOfIt() throws Exception {
    Transport.Tls files = files("EC", "first");
    Files.writeString(files.key(), "-----BEGIN EC PRIVATE KEY-----\nc2VjcmV0\n");

    assertThatThrownBy(() -> ServerTls.load(files))
        .isInstanceOf(ServerException.class)
        .hasMessageContaining(files.key().toString())
        .hasMessageContaining("openssl pkcs8")
        .hasMessageNotContaining("c2VjcmV0");
    Files.delete(files.certificate());
    assertThatThrownBy(() -> ServerTls.load(files))
        .hasMessageContaining(files.certificate().toString());
  }

  @Test
  void refusesAKeyOfTheSameKindThatIsNotOfTheCertificate() throws Exception {
    for (String kind : List.of("EC", "RSA", "EdDSA")) {
      String key = Files.readString(files(kind, "first").key());
      Transport.Tls files = files(kind, "other");
      Files.writeString(files.key(), key);

      assertThatThrownBy(() -> ServerTls.load(files))
          .as(kind)
          .isInstanceOf(ServerException.class)
          .hasMessageContaining(files.key().toString())
          .hasMessageContaining("is not that of the certificate");
    }
  }

  private static void touch(Transport.Tls files, int times) throws IOException {
    FileTime later = FileTime.fromMillis(2_000_000_000_000L + times * 1_000L);
    Files.setLastModifiedTime(files.certificate(), later);
    Files.setLastModifiedTime(files.key(), later);
  }

  /** A key and a certificate of it for a name, as PEM. */
  private Transport.Tls files(String kind, String name) throws Exception {
    Path store = folder.resolve(name + kind + ".p12");
    String algorithm = kind.equals("EdDSA") ? "Ed25519" : kind;
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "a",
                "-keyalg",
                algorithm,
                "-dname",
                "CN=" + name,
                "-keystore",
                store.toString(),
                "-storepass",
                "changeit")
            .inheritIO()
            .start();
    assertThat(keytool.waitFor()).isZero();
    var keys = java.security.KeyStore.getInstance(store.toFile(), "changeit".toCharArray());
    var files = new Transport.Tls(folder.resolve("certificate.pem"), folder.resolve("key.pem"));
    Files.writeString(
        files.certificate(), pem("CERTIFICATE", keys.getCertificate("a").getEncoded()));
    Files.writeString(
        files.key(), pem("PRIVATE KEY", keys.getKey("a", "changeit".toCharArray()).getEncoded()));
    return files;
  }

  private static String pem(String what, byte[] bytes) {
    return "-----BEGIN "
        + what
        + "-----\n"
        + Base64.getMimeEncoder().encodeToString(bytes)
        + "\n-----END "
        + what
        + "-----\n";
  }

  private static WebServer start(ServerTls tls) {
    WebServerConfig.Builder builder = WebServer.builder();
    LIMITS.applyTo(builder, TrustedProxies.NONE);
    return builder
        .port(0)
        .shutdownHook(false)
        .tls(tls.tls())
        .routing(routing -> routing.get("/", (request, response) -> response.send("here")))
        .build()
        .start();
  }

  private static String nameSeen(ServerTls tls, String protocol) throws Exception {
    WebServer server = start(tls);
    try {
      return nameSeen(server.port(), protocol);
    } finally {
      server.stop();
    }
  }

  private static String nameSeen(int port, String protocol) throws Exception {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, new TrustManager[] {new AnyCertificate()}, null);
    try (SSLSocket socket =
        (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", port)) {
      socket.setEnabledProtocols(new String[] {protocol});
      socket.startHandshake();
      assertThat(socket.getSession().getProtocol()).isEqualTo(protocol);
      return ((X509Certificate) socket.getSession().getPeerCertificates()[0])
          .getSubjectX500Principal()
          .getName();
    }
  }

  /** The test looks at the certificate itself. */
  private static final class AnyCertificate implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
