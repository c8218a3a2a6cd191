package io.millrace.views;

import io.millrace.model.Session;
import org.jspecify.annotations.Nullable;

/** A session as views count it: in the windows that it started in. Belongs to one thread. */
public final class SessionFact implements Fact {
  private final Session session;

  /** Made for the first who asks: most facts are not computed with. */
  private @Nullable ComputedValues remembered;

  public SessionFact(Session session) {
    this.session = session;
  }

  public Session session() {
    return session;
  }

  @Override
  public String site() {
    return session.site().value();
  }

  @Override
  public long time() {
    return session.start();
  }

  @Override
  public ComputedValues remembered() {
    ComputedValues known = remembered;
    if (known == null) {
      known = new ComputedValues();
      remembered = known;
    }
    return known;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof SessionFact same && session.equals(same.session);
  }

  @Override
  public int hashCode() {
    return session.hashCode();
  }

  @Override
  public String toString() {
    return session.toString();
  }
}
