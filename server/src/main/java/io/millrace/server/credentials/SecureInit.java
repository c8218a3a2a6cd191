package io.millrace.server.credentials;

import io.millrace.server.ServerError;
import io.millrace.server.ServerException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Makes what is missing in a security folder, and what is to be renewed; everything else stays as
 * it is. So it can be run again at any time, also after a run that was cut off. Belongs to one
 * thread.
 */
public final class SecureInit {
  private static final int SECRET_BYTES = 32;
  private static final List<String> LOCAL = List.of("127.0.0.1", "localhost");

  private final SecurityFolder folder;
  private final List<String> hosts;
  private final String servers;
  private final Set<Renewal> renewals;
  private final InstantSource clock;
  private final SecureRandom random = new SecureRandom();
  private final List<Path> written = new ArrayList<>();

  /**
   * Ready to run.
   *
   * @param hosts by which brokers and the HTTP server are reached, beside the loopback
   * @param servers where clients find the brokers: host and port of each, comma-separated
   * @throws IllegalArgumentException naming a host that is none
   */
  public SecureInit(
      SecurityFolder folder,
      List<String> hosts,
      String servers,
      Set<Renewal> renewals,
      InstantSource clock) {
    this.folder = folder;
    var all = new LinkedHashSet<>(LOCAL);
    hosts.stream().map(HostName::require).forEach(all::add);
    this.hosts = List.copyOf(all);
    this.servers = servers;
    this.renewals = Set.copyOf(renewals);
    this.clock = clock;
  }

  /**
   * Makes it.
   *
   * @return the files that were written; none when all was there
   * @throws ServerException when the folder cannot be written, or holds something else
   */
  public List<Path> run() {
    try {
      OwnerFiles.makeFolder(folder.path());
      CertificateAuthority authority = authority();
      broker(authority);
      http(authority);
      if (Files.notExists(folder.clusterSecret())) {
        write(folder.clusterSecret(), newSecret() + "\n");
      }
      for (KafkaUser user : KafkaUser.values()) {
        user(user, authority);
      }
      return List.copyOf(written);
    } catch (IOException | GeneralSecurityException problem) {
      throw new ServerException(
          ServerError.SECURITY,
          "Cannot make certificates and users in %s: %s. Name a folder that you may write to, or move what is in it."
              .formatted(folder.path(), problem.getMessage()),
          problem);
    }
  }

  private CertificateAuthority authority() throws IOException, GeneralSecurityException {
    Path certificate = folder.authority();
    Path key = folder.authorityKey();
    if (Files.exists(certificate)) {
      // Without its key, as on a machine that only runs a part: nothing new can be signed, and a
      // new authority would be one that nobody trusts.
      return new CertificateAuthority(
          PemText.key(Files.readString(key)), PemText.certificate(Files.readString(certificate)));
    }
    CertificateAuthority created = CertificateAuthority.create(clock.instant());
    // First the key: an authority without one could never sign.
    write(key, PemText.of(created.key()));
    write(certificate, PemText.of(created.certificate()));
    return created;
  }

  private void broker(CertificateAuthority authority) throws IOException, GeneralSecurityException {
    if (isDue(folder.broker(), Renewal.CERTIFICATES)) {
      IssuedCertificate issued =
          authority.issue(
              SecurityFolder.BROKER_NAME, CertificatePurpose.PEER, hosts, clock.instant());
      write(folder.broker(), issued.keyStore());
    }
  }

  private void http(CertificateAuthority authority) throws IOException, GeneralSecurityException {
    if (isDue(folder.http(), Renewal.CERTIFICATES) || Files.notExists(folder.httpKey())) {
      IssuedCertificate issued =
          authority.issue("millrace-http", CertificatePurpose.SERVER, hosts, clock.instant());
      write(folder.httpKey(), issued.keyText());
      write(folder.http(), issued.chain());
    }
  }

  private void user(KafkaUser user, CertificateAuthority authority)
      throws IOException, GeneralSecurityException {
    OwnerFiles.makeFolder(folder.userFolder(user));
    if (isDue(folder.certificate(user), Renewal.CERTIFICATES)) {
      IssuedCertificate issued =
          authority.issue(user.userName(), CertificatePurpose.CLIENT, List.of(), clock.instant());
      write(folder.certificate(user), issued.keyStore());
    }
    boolean hasNewPassword = isDue(folder.password(user), Renewal.PASSWORDS);
    if (hasNewPassword) {
      write(folder.password(user), newSecret() + "\n");
    }
    if (hasNewPassword || Files.notExists(folder.properties(user))) {
      write(
          folder.properties(user), text(folder.connection(user, ClientLogin.SCRAM, servers), "="));
    }
    for (ClientLogin login : ClientLogin.values()) {
      if (Files.notExists(folder.yaml(user, login))) {
        write(folder.yaml(user, login), section(user, login));
      }
    }
  }

  private String section(KafkaUser user, ClientLogin login) {
    return switch (login) {
      case SCRAM ->
          KafkaSection.scram(servers, folder.authority(), user.userName(), folder.password(user));
      case CERTIFICATE ->
          KafkaSection.certificate(servers, folder.authority(), folder.certificate(user));
    };
  }

  private boolean isDue(Path file, Renewal renewal) {
    return Files.notExists(file) || renewals.contains(renewal);
  }

  private void write(Path file, String text) throws IOException {
    OwnerFiles.write(file, text);
    written.add(file);
  }

  private String newSecret() {
    byte[] secret = new byte[SECRET_BYTES];
    random.nextBytes(secret);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
  }

  private static String text(Map<String, String> settings, String between) {
    return settings.entrySet().stream()
        .map(setting -> setting.getKey() + between + setting.getValue() + "\n")
        .collect(Collectors.joining());
  }

  /** When the certificate of the brokers ends, as of the last run. */
  public X509Certificate brokerCertificate() {
    try {
      return PemText.certificate(Files.readString(folder.broker()));
    } catch (IOException | GeneralSecurityException problem) {
      throw new ServerException(
          ServerError.SECURITY,
          "Cannot read %s: %s".formatted(folder.broker(), problem.getMessage()),
          problem);
    }
  }
}
