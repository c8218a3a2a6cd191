package io.millrace.server.broker;

import java.nio.file.Path;

/**
 * Where a broker's files are.
 *
 * @param data the folder of its data
 * @param settings its settings, written anew at each start
 * @param log its log
 * @param output what the process writes to its standard output and error
 * @param crash what the JVM writes when it crashes
 */
record BrokerFiles(Path data, Path settings, Path log, Path output, Path crash) {

  static BrokerFiles of(LocalKafkaConfig config, BrokerPlace place, int broker) {
    String name = "broker-" + broker;
    Path data = config.dataFolder();
    Path logs = config.logFolder();
    return new BrokerFiles(
        place.dataFolder().orElse(data.resolve(name)),
        data.resolve(name + ".properties"),
        logs.resolve(name + ".log"),
        logs.resolve(name + ".out"),
        logs.resolve(name + "-crash-%p.log"));
  }

  Path lock() {
    return BrokerMain.lockFile(settings);
  }
}
