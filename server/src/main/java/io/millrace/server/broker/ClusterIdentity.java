package io.millrace.server.broker;

import io.millrace.server.ServerError;
import io.millrace.server.ServerException;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Properties;
import org.apache.kafka.common.Uuid;

/**
 * What a data folder has been since its first start: the id of its cluster and the number of its
 * brokers. Kept beside the brokers' own data, so that a broker whose data was lost comes back into
 * the same cluster.
 *
 * @param id Kafka's cluster id
 * @param brokers how many brokers the cluster has
 */
record ClusterIdentity(String id, int brokers) {

  private static final String FILE = "cluster.properties";

  /** Reads the folder's identity, or gives it a new one. */
  static ClusterIdentity of(Path dataFolder, int brokers) {
    Path file = dataFolder.resolve(FILE);
    try {
      ClusterIdentity identity = Files.exists(file) ? read(file) : create(file, brokers);
      if (identity.brokers() != brokers) {
        throw new ServerException(
            ServerError.DATA_FOLDER_UNUSABLE,
            "The data folder %s holds a Kafka with brokers: %d. Asked for were %d. Ask for as many, or name another folder."
                .formatted(dataFolder, identity.brokers(), brokers));
      }
      return identity;
    } catch (IOException | IllegalArgumentException problem) {
      throw new ServerException(
          ServerError.DATA_FOLDER_UNUSABLE,
          "Cannot read or write %s: %s. Name another data folder."
              .formatted(file, problem.getMessage()),
          problem);
    }
  }

  private static ClusterIdentity read(Path file) throws IOException {
    var properties = new Properties();
    properties.load(new StringReader(Files.readString(file)));
    String id = properties.getProperty("cluster.id", "");
    if (id.isEmpty()) {
      throw new IllegalArgumentException("cluster.id is missing");
    }
    return new ClusterIdentity(id, Integer.parseInt(properties.getProperty("brokers", "")));
  }

  private static ClusterIdentity create(Path file, int brokers) throws IOException {
    var identity = new ClusterIdentity(Uuid.randomUuid().toString(), brokers);
    Path draft = file.resolveSibling(FILE + ".draft");
    Files.writeString(draft, "cluster.id=%s%nbrokers=%d%n".formatted(identity.id(), brokers));
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    return identity;
  }
}
