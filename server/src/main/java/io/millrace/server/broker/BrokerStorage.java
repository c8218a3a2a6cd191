package io.millrace.server.broker;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
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
    force(Path.of(folder));
  }

  /**
   * Kafka leaves it to the system when what it has just formatted reaches the disk. A broker whose
   * power fails before would find its file of first records empty, and never start again.
   */
  private static void force(Path folder) throws IOException {
    List<Path> written;
    try (Stream<Path> files = Files.list(folder)) {
      written = files.filter(Files::isRegularFile).toList();
    }
    for (Path file : written) {
      forceOne(file);
    }
    forceOne(folder);
    Path parent = folder.toAbsolutePath().getParent();
    if (parent != null) {
      forceOne(parent);
    }
  }

  private static void forceOne(Path fileOrFolder) throws IOException {
    try (FileChannel channel = FileChannel.open(fileOrFolder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
