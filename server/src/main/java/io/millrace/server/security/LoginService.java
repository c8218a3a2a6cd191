package io.millrace.server.security;

import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.SetCookie;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.millrace.collector.ReadDeadlines;
import io.millrace.query.SecurityHeaders;
import io.millrace.query.error.QueryException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The page where a person gives a token, which the browser then keeps as a cookie until it is
 * closed: no script can read it, no other site can make use of it, and it goes to whichever
 * instance answers next, since none of them keeps a session. To be registered before the dashboard,
 * whose pages send those here who have none. Safe for any number of threads.
 */
public final class LoginService implements HttpService {
  private static final int LONGEST_BODY = 2_048;
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(8);
  private static final String FIELD = "token=";
  private static final String HTML = "text/html; charset=utf-8";

  private final ReadDeadlines deadlines = new ReadDeadlines();
  private final TokenAccess access;
  private final String cookie;
  private final SameOrigin sameOrigin;
  private final boolean isEncrypted;
  private final String page;

  /**
   * Makes a login.
   *
   * @param isEncrypted whether browsers see https
   */
  public LoginService(TokenAccess access, boolean isEncrypted) {
    this.access = access;
    this.isEncrypted = isEncrypted;
    sameOrigin = new SameOrigin(isEncrypted);
    cookie = cookieName(isEncrypted);
    page = page();
  }

  /** With https a name that browsers let no other host and no plain page set. */
  public static String cookieName(boolean isEncrypted) {
    return isEncrypted ? "__Host-millrace-token" : "millrace-token";
  }

  private static String page() {
    try (InputStream resource = LoginService.class.getResourceAsStream("login.html")) {
      if (resource == null) {
        throw new IllegalStateException("the page of the login is not there");
      }
      return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException broken) {
      throw new UncheckedIOException("the page of the login cannot be read", broken);
    }
  }

  @Override
  public void routing(HttpRules rules) {
    rules
        .get("/", this::requireLogin)
        .get("/sql", this::requireLogin)
        .get("/login", (request, response) -> show(Status.OK_200, "", response))
        .post("/login", this::logIn)
        .any("/login", (request, response) -> refuseMethod("GET, POST", request, response))
        .post("/logout", this::logOut)
        .any("/logout", (request, response) -> refuseMethod("POST", request, response));
  }

  @Override
  public void afterStop() {
    deadlines.close();
  }

  private void requireLogin(ServerRequest request, ServerResponse response) {
    boolean isKnown;
    try {
      access.callerOf(request);
      isKnown = true;
    } catch (QueryException stranger) {
      isKnown = false;
    }
    if (isKnown) {
      response.next();
    } else {
      redirect("/login", response);
    }
  }

  private void logIn(ServerRequest request, ServerResponse response) {
    if (!sameOrigin.isOf(request)) {
      discard(request, response);
      show(Status.FORBIDDEN_403, "Another page has sent this. Log in here.", response);
      return;
    }
    Optional<String> token = token(request);
    if (token.isEmpty()) {
      discard(request, response);
      show(Status.BAD_REQUEST_400, "There is no token in this.", response);
      return;
    }
    try {
      access.callerOf(token.get(), request);
    } catch (QueryException refused) {
      show(
          Status.UNAUTHORIZED_401,
          "This token is unknown, has expired or was revoked; or too many wrong ones came.",
          response);
      return;
    }
    response.headers().addCookie(cookie(token.get()).build());
    redirect("/", response);
  }

  private SetCookie.Builder cookie(String value) {
    return SetCookie.builder(cookie, value)
        .path("/")
        .httpOnly(true)
        .secure(isEncrypted)
        .sameSite(SetCookie.SameSite.STRICT);
  }

  private void logOut(ServerRequest request, ServerResponse response) {
    if (!sameOrigin.isOf(request)) {
      show(Status.FORBIDDEN_403, "Another page has sent this.", response);
      return;
    }
    response.headers().addCookie(cookie("").expires(Instant.EPOCH).build());
    redirect("/login", response);
  }

  private Optional<String> token(ServerRequest request) {
    byte[] body;
    deadlines.begin(LONGEST_WAIT);
    try (InputStream content = request.content().inputStream()) {
      body = content.readNBytes(LONGEST_BODY + 1);
    } catch (IOException | UncheckedIOException broken) {
      throw new CloseConnectionException("the login did not arrive", broken);
    } finally {
      deadlines.end();
    }
    String form = new String(body, StandardCharsets.UTF_8);
    if (body.length > LONGEST_BODY || !form.startsWith(FIELD)) {
      return Optional.empty();
    }
    try {
      String token = URLDecoder.decode(form.substring(FIELD.length()), StandardCharsets.UTF_8);
      // Nothing else is a token, nor can it stand in a cookie.
      return Optional.of(token.strip()).filter(text -> text.matches("[\\x21-\\x7e&&[^\",;\\\\]]+"));
    } catch (IllegalArgumentException malformed) {
      return Optional.empty();
    }
  }

  private static void discard(ServerRequest request, ServerResponse response) {
    if (request.content().hasEntity()) {
      response.header(HeaderValues.CONNECTION_CLOSE);
    }
  }

  private void show(Status status, String problem, ServerResponse response) {
    SecurityHeaders.addTo(response);
    response
        .status(status)
        .header(HeaderNames.CONTENT_TYPE, HTML)
        .header(HeaderNames.CACHE_CONTROL, "no-store")
        .send(page.replace("{{problem}}", problem));
  }

  private static void redirect(String path, ServerResponse response) {
    SecurityHeaders.addTo(response);
    response
        .status(Status.SEE_OTHER_303)
        .header(HeaderNames.LOCATION, path)
        .header(HeaderNames.CACHE_CONTROL, "no-store")
        .send();
  }

  private static void refuseMethod(String allowed, ServerRequest request, ServerResponse response) {
    discard(request, response);
    SecurityHeaders.addTo(response);
    response.status(Status.METHOD_NOT_ALLOWED_405).header(HeaderNames.ALLOW, allowed).send();
  }
}
