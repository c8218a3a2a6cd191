package io.millrace.server.security;

import io.helidon.webserver.http.ServerRequest;
import io.millrace.collector.ClientAddress;
import io.millrace.collector.limit.RateLimit;
import io.millrace.collector.sender.TrustedProxies;
import io.millrace.model.SiteId;
import io.millrace.model.control.AccessToken;
import io.millrace.model.control.TokenDirectory;
import io.millrace.model.control.TokenRole;
import io.millrace.query.access.Access;
import io.millrace.query.access.Caller;
import io.millrace.query.access.Right;
import io.millrace.query.access.SiteScope;
import io.millrace.query.error.QueryErrorCode;
import io.millrace.query.error.QueryException;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets in who has a token: as a bearer, as a password, or as the cookie that the login sets. Safe
 * for any number of threads.
 *
 * <p>A cookie counts for requests of our own pages alone, since browsers send it unasked. Who sends
 * wrong tokens is soon told to wait; who has a right one never is, or anybody behind the same
 * address could lock them out. That costs nothing: 32 random bytes are not guessed at any rate.
 */
public final class TokenAccess implements Access {
  private static final Logger log = LoggerFactory.getLogger(TokenAccess.class);

  /** Wrong tokens of an address: so many at once, then one a second. */
  private static final int FAILURES_AT_ONCE = 20;

  private static final int MOST_ADDRESSES = 10_000;

  private final TokenDirectory tokens;
  private final Optional<AdminToken> admin;
  private final String cookie;
  private final SameOrigin sameOrigin;
  private final ClientAddress addresses;
  private final InstantSource clock;
  private final RateLimit failures = new RateLimit(1, FAILURES_AT_ONCE, MOST_ADDRESSES);

  /**
   * Makes what knows these tokens.
   *
   * @param isEncrypted whether browsers see https
   * @param proxies of ours, which say whom they speak for
   */
  public TokenAccess(
      TokenDirectory tokens,
      Optional<AdminToken> admin,
      boolean isEncrypted,
      TrustedProxies proxies,
      InstantSource clock) {
    this.tokens = tokens;
    this.admin = admin;
    cookie = LoginService.cookieName(isEncrypted);
    sameOrigin = new SameOrigin(isEncrypted);
    this.clock = clock;
    addresses = new ClientAddress(proxies);
  }

  @Override
  public Caller callerOf(ServerRequest request) {
    Credential credential =
        Credential.of(request, cookie)
            .orElseThrow(
                () ->
                    refused(
                        QueryErrorCode.UNAUTHENTICATED,
                        "send a token as 'Authorization: Bearer …', or log in at /login"));
    if (credential.isCookie() && !sameOrigin.isOf(request)) {
      throw refused(
          QueryErrorCode.FORBIDDEN, "pages of other sites may not ask in the name of who is here");
    }
    return callerOf(credential.token(), request);
  }

  /** Whose token this is. */
  Caller callerOf(String token, ServerRequest request) {
    Optional<Caller> caller = callerOf(token);
    if (caller.isPresent()) {
      return caller.get();
    }
    if (failures.take(addresses.of(request), 1) > 0) {
      throw refused(
          QueryErrorCode.TOO_MANY_REQUESTS, "too many wrong tokens come from there; wait a moment");
    }
    throw refused(
        QueryErrorCode.UNAUTHENTICATED, "this token is unknown, has expired or was revoked");
  }

  private Optional<Caller> callerOf(String token) {
    if (admin.filter(known -> known.is(token)).isPresent()) {
      return Optional.of(
          new Caller("admin", "admin token", rightsOf(TokenRole.ADMIN), SiteScope.every()));
    }
    return tokens.find(token, clock.instant()).map(TokenAccess::caller);
  }

  @Override
  public Caller require(ServerRequest request, Right right) {
    Caller caller = callerOf(request);
    if (!caller.may(right)) {
      log.atInfo()
          .addKeyValue("token", caller.id())
          .addKeyValue("right", right)
          .log("A caller was refused");
    }
    return caller.require(right);
  }

  private static Caller caller(AccessToken token) {
    return new Caller(token.id(), token.name(), rightsOf(token.role()), scopeOf(token));
  }

  private static SiteScope scopeOf(AccessToken token) {
    return token
        .sites()
        .<SiteScope>map(
            sites ->
                new SiteScope.Only(
                    sites.stream().map(SiteId::value).collect(Collectors.toUnmodifiableSet())))
        .orElse(SiteScope.every());
  }

  private static Set<Right> rightsOf(TokenRole role) {
    return switch (role) {
      case VIEWER -> EnumSet.of(Right.VIEW);
      case ANALYST -> EnumSet.of(Right.VIEW, Right.QUERY);
      case OPERATOR -> EnumSet.of(Right.OPERATE);
      case ADMIN -> EnumSet.allOf(Right.class);
    };
  }

  private static QueryException refused(QueryErrorCode code, String message) {
    return new QueryException(code, message);
  }
}
