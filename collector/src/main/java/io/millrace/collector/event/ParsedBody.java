package io.millrace.collector.event;

import java.util.List;

/** What came of reading a request's body. */
public sealed interface ParsedBody {
  /** Drafts in the order they came, at least one, each with or without a problem of its own. */
  record Drafts(List<EventDraft> drafts) implements ParsedBody {
    public Drafts {
      drafts = List.copyOf(drafts);
    }
  }

  /** The body as a whole cannot be taken; none of its events is. */
  record Unusable(Refusal refusal) implements ParsedBody {}
}
