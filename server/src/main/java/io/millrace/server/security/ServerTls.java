package io.millrace.server.security;

import io.helidon.common.tls.Tls;
import io.millrace.server.ServerException;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * TLS with a certificate that is taken anew from its files when these change, so that it is renewed
 * without a restart: connections that there are keep theirs. Files that cannot be used are told of
 * once, and the certificate that was good stays.
 *
 * <p>Safe for any number of threads; one of its own looks at the files.
 */
public final class ServerTls implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ServerTls.class);
  private static final int SECONDS_BETWEEN_LOOKS = 10;

  private final Transport.Tls files;
  private final Tls tls;
  private final ScheduledExecutorService watch =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("millrace-tls").daemon().factory());
  private volatile Taken current;
  private volatile Taken previous;
  private List<FileTime> seen;

  /** What was in the files when they were read for the so-manieth time. */
  private record Taken(int number, PemFiles files) {
    String alias() {
      return "millrace-" + number;
    }
  }

  private ServerTls(Transport.Tls files) {
    this.files = files;
    seen = times();
    current = new Taken(0, PemFiles.read(files));
    previous = current;
    tls =
        Tls.builder().sslContext(context()).enabledProtocols(List.of("TLSv1.3", "TLSv1.2")).build();
  }

  /**
   * Reads the files.
   *
   * @throws ServerException where they cannot be used
   */
  public static ServerTls load(Transport.Tls files) {
    return new ServerTls(files);
  }

  public Tls tls() {
    return tls;
  }

  /** Begins to look after the files. */
  public void watch() {
    var _ =
        watch.scheduleWithFixedDelay(
            this::look, SECONDS_BETWEEN_LOOKS, SECONDS_BETWEEN_LOOKS, TimeUnit.SECONDS);
  }

  /** Takes the files anew if they have changed. */
  synchronized void look() {
    List<FileTime> now = times();
    if (now.equals(seen)) {
      return;
    }
    try {
      var taken = new Taken(current.number() + 1, PemFiles.read(files));
      previous = current;
      current = taken;
      seen = now;
      log.info("The certificate was taken anew from its files");
    } catch (ServerException unusable) {
      // They may be half written; the next look tells.
      log.atWarn().addKeyValue("reason", unusable.getMessage()).log("A certificate is kept");
    }
  }

  private List<FileTime> times() {
    return List.of(time(files.certificate()), time(files.key()));
  }

  private static FileTime time(Path file) {
    try {
      return Files.getLastModifiedTime(file);
    } catch (IOException unknown) {
      return FileTime.fromMillis(0);
    }
  }

  private SSLContext context() {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(new KeyManager[] {new Current()}, null, null);
      return context;
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("every Java runtime has TLS", impossible);
    }
  }

  @Override
  public void close() {
    watch.shutdownNow();
  }

  /** Hands out what is current to each new connection. */
  private final class Current extends X509ExtendedKeyManager {

    @Override
    public @Nullable String chooseEngineServerAlias(
        String keyType, Principal @Nullable [] issuers, SSLEngine engine) {
      return choose(keyType);
    }

    @Override
    public @Nullable String chooseServerAlias(
        String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
      return choose(keyType);
    }

    private @Nullable String choose(String keyType) {
      Taken chosen = current;
      return keyType.startsWith(chosen.files().key().getAlgorithm()) ? chosen.alias() : null;
    }

    /** A handshake that has begun with the former ends with it. */
    private PemFiles of(String alias) {
      Taken former = previous;
      return former.alias().equals(alias) ? former.files() : current.files();
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
      return of(alias).chain().toArray(new X509Certificate[0]);
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
      return of(alias).key();
    }

    @Override
    public String[] getServerAliases(String keyType, Principal @Nullable [] issuers) {
      return new String[] {current.alias()};
    }

    @Override
    public String[] getClientAliases(String keyType, Principal @Nullable [] issuers) {
      return new String[0];
    }

    @Override
    public @Nullable String chooseClientAlias(
        String[] keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
      return null;
    }
  }
}
