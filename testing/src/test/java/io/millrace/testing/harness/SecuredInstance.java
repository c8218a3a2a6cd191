package io.millrace.testing.harness;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.model.SiteId;
import io.millrace.model.control.Permission;
import io.millrace.server.instance.InstanceConfig;
import io.millrace.server.instance.LocalInstance;
import io.millrace.server.security.AdminToken;
import io.millrace.server.security.ClusterSecret;
import io.millrace.server.security.SecurityConfig;
import io.millrace.server.security.SecurityConfig.AccessMode;
import io.millrace.server.security.Transport;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A whole Millrace that asks for tokens, and those who ask it with one or without. */
public final class SecuredInstance implements AutoCloseable {
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Path folder;
  private final LocalInstance instance;

  private SecuredInstance(Path folder, LocalInstance instance) {
    this.folder = folder;
    this.instance = instance;
  }

  /** Starts one on the loopback interface. */
  public static SecuredInstance start(Path folder, String adminToken, String clusterSecret) {
    var security =
        new SecurityConfig(
            new Transport.Plain(),
            AccessMode.TOKENS,
            Optional.of(AdminToken.of(adminToken)),
            Optional.of(ClusterSecret.of(clusterSecret)));
    return new SecuredInstance(
        folder,
        LocalInstance.start(InstanceConfig.local(folder, 0).withSecurity(security), step -> {}));
  }

  public void admit(SiteId site, String name, String key, Set<Permission> permissions) {
    instance.admit(site, name, key, permissions);
  }

  public Path folder() {
    return folder;
  }

  public URI url() {
    return instance.url();
  }

  public String bootstrapServers() {
    return instance.bootstrapServers();
  }

  /** The answer to a request with one more header, as it comes. */
  public String raw(String request, String header) throws IOException {
    return RawHttp.first(
        url().getPort(),
        request
            + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
            + header
            + "\r\nContent-Length: 0\r\n\r\n");
  }

  /** Asks with a token. */
  public HttpResponse<String> get(String path, String token) throws Exception {
    return client.send(
        HttpRequest.newBuilder(url().resolve(path))
            .header("Authorization", "Bearer " + token)
            .build(),
        BodyHandlers.ofString());
  }

  /** Asks in SQL with a token. */
  public HttpResponse<String> sql(String statement, String token) throws Exception {
    return client.send(
        HttpRequest.newBuilder(url().resolve("/api/v1/sql"))
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/sql")
            .POST(BodyPublishers.ofString(statement))
            .build(),
        BodyHandlers.ofString());
  }

  /** What {@code millrace token …} prints. */
  public String token(String... arguments) {
    var command = new ArrayList<>(List.of("token"));
    command.addAll(List.of(arguments));
    command.addAll(List.of("--data", folder.toString()));
    return output(command.toArray(String[]::new)).strip();
  }

  /** What a command of the program prints that ends well. */
  public static String output(String... arguments) {
    try (ChildJvm command = ChildJvm.millrace(arguments)) {
      assertThat(command.awaitExit(Duration.ofMinutes(2)))
          .as(command.output() + command.errors())
          .isZero();
      return command.output();
    }
  }

  @Override
  public void close() {
    client.close();
    instance.close();
  }
}
