package io.millrace.server.instance;

import io.millrace.server.DataFolder;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** Runs in a process of its own: notes an address in a data folder, until it is killed. */
final class KafkaAddressHolder {

  private KafkaAddressHolder() {}

  public static void main(String[] arguments) throws Exception {
    try (DataFolder folder = DataFolder.open(Path.of(arguments[0]));
        KafkaAddress _ = KafkaAddress.note(folder.path(), arguments[1])) {
      System.out.println("noted");
      new CountDownLatch(1).await();
    }
  }
}
