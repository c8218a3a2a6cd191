package io.millrace.server.broker;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import kafka.server.KafkaConfig;
import org.apache.kafka.metadata.storage.Formatter;

/** Makes a broker's folder what Kafka expects at its first start. */
final class BrokerStorage {

  private BrokerStorage() {}

  /** Formats the folder unless that was done before; a format that was cut off is done again. */
  static void formatOnce(KafkaConfig config, String clusterId) throws Exception {
    String folder = config.metadataLogDir();
    if (Files.exists(Path.of(folder, "meta.properties"))) {
      return;
    }
    new Formatter()
        .setPrintStream(
            new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
        .setNodeId(config.nodeId())
        .setClusterId(clusterId)
        .addDirectory(folder)
        .setMetadataLogDirectory(folder)
        .setControllerListenerName("CONTROLLER")
        .setHasDynamicQuorum(false)
        .run();
  }
}
