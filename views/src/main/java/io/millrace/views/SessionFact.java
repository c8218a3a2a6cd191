package io.millrace.views;

import io.millrace.model.Session;

/** A session as views count it: in the windows that it started in. */
public record SessionFact(Session session, ComputedValues remembered) implements Fact {

  public SessionFact(Session session) {
    this(session, new ComputedValues());
  }

  @Override
  public String site() {
    return session.site().value();
  }

  @Override
  public long time() {
    return session.start();
  }
}
