package io.millrace.server;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** Runs in a process of its own: holds a data folder until it is killed. */
final class FolderHolder {

  private FolderHolder() {}

  public static void main(String[] arguments) throws InterruptedException {
    DataFolder folder = DataFolder.open(Path.of(arguments[0]));
    folder.publish(arguments[1]);
    System.out.println("held");
    new CountDownLatch(1).await();
    folder.close();
  }
}
