package io.millrace.server.fault;

import io.millrace.server.ServerException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What a kind of fault needs of the machine, found out by trying it in a corner of its own. */
public enum MachineNeed {
  /** Signals that stop a process and let it go on. */
  SIGNALS(List.of("sh"), "", "a shell"),
  /** Network namespaces with a bridge between them, filters and rates. */
  NETWORK(
      List.of("ip", "tc", "nft", "unshare", "nsenter"),
      """
      name=millrace-trial-$$
      ip netns add $name && ip netns delete $name || exit 1
      unshare --net sh -ec '
      ip link add switch type bridge
      ip link add end1 type veth peer name end2
      tc qdisc add dev end1 root tbf rate 4mbit burst 32kb latency 400ms
      nft add table bridge t
      nft add chain bridge t f "{ type filter hook forward priority 0; }"
      nft add rule bridge t f iifname end1 numgen random mod 100 "<" 10 drop'
      """,
      "the packages iproute2 and nftables, root, and leave to make network namespaces"),
  /** File systems of its own, in files. */
  DISKS(
      List.of("mkfs.ext4", "mount", "umount", "losetup", "unshare"),
      """
      unshare --mount sh -ec '
      folder=$(mktemp -d)
      trap "umount $folder/disk; rm -rf $folder" EXIT
      mkdir $folder/disk
      truncate -s 8M $folder/image
      mkfs.ext4 -q -F $folder/image
      mount -o loop $folder/image $folder/disk'
      """,
      "the packages e2fsprogs and mount, root, and leave to mount files with ext4"),
  /** A clock that is wrong for one process. */
  CLOCK(List.of("sh"), ShiftedClock.PROBE, "the package faketime");

  private static final List<Path> BEYOND_PATH = List.of(Path.of("/usr/sbin"), Path.of("/sbin"));

  private final List<String> tools;
  private final String trial;
  private final String inWords;

  MachineNeed(List<String> tools, String trial, String inWords) {
    this.tools = tools;
    this.trial = trial;
    this.inWords = inWords;
  }

  /** What this machine lacks for it, and what would help; empty when nothing. */
  public Optional<String> missing() {
    if (!System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("linux")) {
      return Optional.of("needs Linux");
    }
    Optional<String> absent = tools.stream().filter(tool -> !isThere(tool)).findFirst();
    if (absent.isPresent()) {
      return Optional.of("needs %s: found no %s".formatted(inWords, absent.get()));
    }
    return trial.isEmpty() ? Optional.empty() : attempt();
  }

  private Optional<String> attempt() {
    try {
      var ending = SystemCommand.of("sh", "-c", trial).end("");
      return ending.exitCode() == 0
          ? Optional.empty()
          : Optional.of("needs %s: %s".formatted(inWords, firstLine(ending.output())));
    } catch (ServerException failure) {
      return Optional.of("needs %s: %s".formatted(inWords, failure.getMessage()));
    }
  }

  private static String firstLine(String output) {
    return output.lines().findFirst().orElse("it was refused");
  }

  private static boolean isThere(String tool) {
    Stream<Path> path =
        Stream.of(Optional.ofNullable(System.getenv("PATH")).orElse("").split(":", -1))
            .filter(folder -> !folder.isEmpty())
            .map(Path::of);
    return Stream.concat(path, BEYOND_PATH.stream())
        .anyMatch(folder -> Files.isExecutable(folder.resolve(tool)));
  }
}
