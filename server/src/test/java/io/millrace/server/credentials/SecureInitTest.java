package io.millrace.server.credentials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.server.ServerException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecureInitTest {
  private static final String SERVERS = "127.0.0.1:9092";
  private static final String SERVER_USE = "1.3.6.1.5.5.7.3.1";
  private static final String CLIENT_USE = "1.3.6.1.5.5.7.3.2";

  @TempDir private Path temporary;
  private SecurityFolder folder;

  @BeforeEach
  void nameFolder() {
    folder = new SecurityFolder(temporary.resolve("data/security"));
  }

  private List<Path> run(Renewal... renewals) {
    return run(List.of(), renewals);
  }

  private List<Path> run(List<String> hosts, Renewal... renewals) {
    return new SecureInit(folder, hosts, SERVERS, Set.of(renewals), InstantSource.system()).run();
  }

  @Test
  void everyFileIsForItsOwnerAlone() throws IOException {
    assertThat(run()).hasSize(6 + 5 * KafkaUser.values().length);

    try (Stream<Path> all = Files.walk(folder.path())) {
      assertThat(all)
          .allSatisfy(
              path ->
                  assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                      .isEqualTo(Files.isDirectory(path) ? "rwx------" : "rw-------"));
    }
  }

  @Test
  void aSecondRunChangesNothing() {
    run();
    Map<String, String> before = contents();

    assertThat(run(List.of("kafka1.example"))).isEmpty();

    assertThat(contents()).isEqualTo(before);
  }

  @Test
  void aRunThatWasCutOffIsGoneOnWith() throws IOException {
    run();
    Map<String, String> before = contents();
    Files.delete(folder.http());
    Files.delete(folder.yaml(KafkaUser.QUERY, ClientLogin.SCRAM));

    assertThat(run())
        .contains(folder.http(), folder.yaml(KafkaUser.QUERY, ClientLogin.SCRAM))
        .hasSize(3);

    assertThat(contents())
        .containsOnlyKeys(before.keySet())
        .containsEntry("users/query/kafka.yaml", before.get("users/query/kafka.yaml"))
        .containsEntry("ca.pem", before.get("ca.pem"));
  }

  @Test
  void theAuthorityVouchesForEachCertificateAndItsUse() throws Exception {
    run(List.of("kafka1.example", "10.0.0.7", "::1"));

    X509Certificate broker = certificate(folder.broker());
    requireSignedByAuthority(broker);
    assertThat(broker.getSubjectX500Principal().getName()).isEqualTo("CN=millrace-broker");
    assertThat(broker.getExtendedKeyUsage()).containsExactlyInAnyOrder(SERVER_USE, CLIENT_USE);
    assertThat(names(broker))
        .containsExactlyInAnyOrder(
            "127.0.0.1", "localhost", "kafka1.example", "10.0.0.7", "0:0:0:0:0:0:0:1");

    X509Certificate http = certificate(folder.http());
    requireSignedByAuthority(http);
    assertThat(http.getExtendedKeyUsage()).containsExactly(SERVER_USE);
    assertThat(names(http)).contains("kafka1.example");

    X509Certificate collector = certificate(folder.certificate(KafkaUser.COLLECTOR));
    requireSignedByAuthority(collector);
    assertThat(collector.getSubjectX500Principal().getName()).isEqualTo("CN=collector");
    assertThat(collector.getExtendedKeyUsage()).containsExactly(CLIENT_USE);
    assertThat(collector.getBasicConstraints()).as("signs nothing").isEqualTo(-1);
    assertThat(collector.getNotAfter().toInstant())
        .isBetween(
            Instant.now().plus(CertificateAuthority.ISSUED_LIFE).minusSeconds(600),
            Instant.now().plus(CertificateAuthority.ISSUED_LIFE));
  }

  @Test
  void theKeyInAFileBelongsToItsCertificate() throws Exception {
    run();
    byte[] text = {1, 2, 3};

    Signature signing = Signature.getInstance("SHA256withECDSA");
    signing.initSign(PemText.key(Files.readString(folder.httpKey())));
    signing.update(text);
    Signature checking = Signature.getInstance("SHA256withECDSA");
    checking.initVerify(certificate(folder.http()));
    checking.update(text);

    assertThat(checking.verify(signing.sign())).isTrue();
  }

  @Test
  void certificatesAreRenewedByTheSameAuthority() throws Exception {
    run();
    Map<String, String> before = contents();

    run(Renewal.CERTIFICATES);

    Map<String, String> after = contents();
    assertThat(after.get("broker.pem")).isNotEqualTo(before.get("broker.pem"));
    assertThat(after.get("http.key")).isNotEqualTo(before.get("http.key"));
    assertThat(after)
        .containsEntry("ca.pem", before.get("ca.pem"))
        .containsEntry("users/query/password", before.get("users/query/password"))
        .containsEntry("cluster-secret", before.get("cluster-secret"));
    requireSignedByAuthority(certificate(folder.broker()));
    requireSignedByAuthority(certificate(folder.certificate(KafkaUser.QUERY)));
  }

  @Test
  void renewedPasswordsStandInTheSettingsToo() {
    run();
    Map<KafkaUser, String> before = folder.passwords();

    run(Renewal.PASSWORDS);

    Map<KafkaUser, String> after = folder.passwords();
    Map<String, String> files = contents();
    for (KafkaUser user : KafkaUser.values()) {
      String password = after.getOrDefault(user, "");
      assertThat(password).isNotEqualTo(before.get(user)).hasSize(43);
      assertThat(files.get("users/" + user.userName() + "/kafka.properties")).contains(password);
    }
    assertThat(Set.copyOf(after.values())).hasSize(KafkaUser.values().length);
  }

  @Test
  void refusesWhatIsNoHost() {
    for (String bad : List.of("a b", "", "-x", "1.2.3", "300.1.1.1", "a\nb", "fe80::1%eth0", "*")) {
      assertThatThrownBy(() -> run(List.of(bad)))
          .as(bad)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("host: expected a name or an address");
    }
    assertThat(folder.path()).doesNotExist();
  }

  @Test
  void signsNothingWithAnAuthorityWhoseKeyIsElsewhere() throws IOException {
    run();
    Files.delete(folder.authorityKey());

    assertThatThrownBy(() -> run(Renewal.CERTIFICATES))
        .isInstanceOf(ServerException.class)
        .hasMessageContaining("ca.key");
  }

  @Test
  void noSecretIsShownByWhatHoldsIt() throws GeneralSecurityException {
    CertificateAuthority authority = CertificateAuthority.create(Instant.now());
    IssuedCertificate issued =
        authority.issue("someone", CertificatePurpose.CLIENT, List.of(), Instant.now());

    assertThat(authority.toString()).isEqualTo("CertificateAuthority[CN=Millrace cluster CA]");
    assertThat(issued.toString()).isEqualTo("IssuedCertificate[CN=someone]");
  }

  private void requireSignedByAuthority(X509Certificate certificate) throws Exception {
    var trust = new PKIXParameters(Set.of(new TrustAnchor(certificate(folder.authority()), null)));
    trust.setRevocationEnabled(false);
    var path = CertificateFactory.getInstance("X.509").generateCertPath(List.of(certificate));
    assertThat(CertPathValidator.getInstance("PKIX").validate(path, trust)).isNotNull();
  }

  private static X509Certificate certificate(Path file)
      throws IOException, GeneralSecurityException {
    return PemText.certificate(Files.readString(file));
  }

  private static List<String> names(X509Certificate certificate) throws Exception {
    Collection<List<?>> names = certificate.getSubjectAlternativeNames();
    return names.stream().map(name -> name.get(1).toString()).toList();
  }

  private Map<String, String> contents() {
    try (Stream<Path> all = Files.walk(folder.path())) {
      var contents = new TreeMap<String, String>();
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        contents.put(folder.path().relativize(file).toString(), Files.readString(file));
      }
      return contents;
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
