package io.millrace.server.broker;

import io.millrace.server.ServerError;
import io.millrace.server.ServerException;
import io.millrace.server.credentials.KafkaUser;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialAlteration;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;

/**
 * Gives the users of a cluster the passwords of a folder, at each start of its brokers. So a folder
 * of data that was made without security has its users too, and new passwords need nothing but a
 * start. (Kafka can be told of users when a folder is formatted, which is once.)
 */
final class ScramUsers {
  private static final int REQUEST_MILLISECONDS = 30_000;
  private static final int ITERATIONS = 4_096;

  private ScramUsers() {}

  static void set(OwnClient client, Map<KafkaUser, String> passwords) {
    var mechanism = new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, ITERATIONS);
    List<UserScramCredentialAlteration> users =
        passwords.entrySet().stream()
            .<UserScramCredentialAlteration>map(
                user ->
                    new UserScramCredentialUpsertion(
                        user.getKey().userName(), mechanism, user.getValue()))
            .toList();
    Admin admin = client.open(REQUEST_MILLISECONDS);
    try {
      admin.alterUserScramCredentials(users).all().get(REQUEST_MILLISECONDS, TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException problem) {
      throw new ServerException(
          ServerError.BROKER_NOT_READY,
          "Kafka did not take its users: %s. Try again.".formatted(problem.getMessage()),
          problem);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while making users", stop);
    } finally {
      OwnClient.close(admin);
    }
  }
}
