package io.millrace.query.access;

import io.millrace.query.error.QueryErrorCode;
import io.millrace.query.error.QueryException;
import java.util.Set;

/**
 * Who asks.
 *
 * @param id tells callers apart; no secret
 * @param name for people; several may have the same
 */
public record Caller(String id, String name, Set<Right> rights, SiteScope sites) {

  /** Anyone, where nobody is asked who they are. */
  public static final Caller ANYONE =
      new Caller("", "anyone", Set.of(Right.values()), SiteScope.every());

  /** The id of the token of the configuration; no other token has such a short one. */
  private static final String ADMIN = "admin";

  public Caller {
    rights = Set.copyOf(rights);
  }

  /**
   * As the history of changes names them: a token by its id too, since several tokens may have one
   * name, and that may be anything, such as what another who changes things is called.
   */
  public String author() {
    return id.isEmpty() || id.equals(ADMIN) ? name : "token " + id + " (" + name + ")";
  }

  public boolean may(Right right) {
    return rights.contains(right);
  }

  /**
   * Refuses what the caller may not do.
   *
   * @throws QueryException that it is forbidden
   */
  public Caller require(Right right) {
    if (!may(right)) {
      throw new QueryException(
          QueryErrorCode.FORBIDDEN, "this needs a token with the right to " + right.label());
    }
    return this;
  }

  /** That the caller sees all sites. */
  public Caller requireEverySite() {
    sites.require("");
    return this;
  }
}
