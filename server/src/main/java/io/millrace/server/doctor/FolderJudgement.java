package io.millrace.server.doctor;

import io.millrace.ops.doctor.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Whether a data folder can be one. Pure. */
final class FolderJudgement {
  private static final long GIBIBYTE = 1L << 30;
  private static final long TOO_LITTLE = GIBIBYTE;
  private static final long LITTLE = 10 * GIBIBYTE;
  private static final Set<String> IN_MEMORY = Set.of("tmpfs", "ramfs");
  private static final Set<String> REMOTE =
      Set.of("nfs", "nfs4", "cifs", "smb3", "9p", "fuse.sshfs");

  private FolderJudgement() {}

  static List<Finding> of(FolderFacts facts) {
    var findings = new ArrayList<Finding>();
    String name = "data folder " + facts.path();
    if (!facts.writable()) {
      findings.add(
          Finding.problem(name + " cannot be written", "let this user write there, or set data"));
    }
    if (facts.temporary()) {
      findings.add(
          Finding.problem(
              name + " is below a temporary folder",
              "set data to a folder that nobody cleans up; else state is lost while it is in use"));
    }
    if (IN_MEMORY.contains(facts.fileSystem())) {
      findings.add(
          Finding.warning(
              name + " is in memory (" + facts.fileSystem() + ")",
              "set data to a folder on a disk; else all state is read again after a restart of the"
                  + " machine, and takes its memory"));
    }
    if (REMOTE.contains(facts.fileSystem())) {
      findings.add(
          Finding.warning(
              name + " is on another machine (" + facts.fileSystem() + ")",
              "set data to a folder on a disk of this machine"));
    }
    space(name, facts.freeBytes(), findings);
    if (findings.isEmpty()) {
      findings.add(Finding.ok(name + ", " + gibibytes(facts.freeBytes()) + " free"));
    }
    return findings;
  }

  private static void space(String name, long free, List<Finding> findings) {
    String what = name + " has " + gibibytes(free) + " free";
    if (free < TOO_LITTLE) {
      findings.add(Finding.problem(what, "make room; a processor whose disk is full stops"));
    } else if (free < LITTLE) {
      findings.add(Finding.warning(what, "make room, or watch it: state grows with the views"));
    }
  }

  private static String gibibytes(long bytes) {
    return bytes == Long.MAX_VALUE
        ? "an unknown space"
        : String.format(Locale.ROOT, "%.1f GiB", (double) bytes / GIBIBYTE);
  }
}
