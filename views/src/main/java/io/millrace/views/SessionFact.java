package io.millrace.views;

import io.millrace.model.Session;

/** A session as views count it: in the windows that it started in. */
public record SessionFact(Session session) implements Fact {

  @Override
  public String site() {
    return session.site().value();
  }

  @Override
  public long time() {
    return session.start();
  }
}
