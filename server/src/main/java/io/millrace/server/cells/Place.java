package io.millrace.server.cells;

import io.millrace.model.instance.InstanceDirectory.Member;
import io.millrace.views.Completeness.Lag;

/** Where a partition of cells can be read. */
sealed interface Place {

  /** In this process, which works on it. */
  record Here() implements Place {}

  /** In this process, which has a copy. */
  record CopyHere(Lag lag) implements Place {}

  /** With another instance, which works on it. */
  record There(Member member) implements Place {}

  /** With another instance, which has a copy. */
  record CopyThere(Member member) implements Place {}
}
