package io.millrace.query;

import io.helidon.http.Header;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.millrace.query.error.QueryErrorCode;
import io.millrace.query.error.QueryException;
import io.millrace.query.files.StaticFile;
import io.millrace.query.files.StaticFiles;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Serves the dashboard, and the sample site where there is one, from the class path. To be mounted
 * at the root. Safe for any number of threads.
 */
public final class DashboardService implements HttpService {
  private static final String DASHBOARD = "/io/millrace/web/dashboard/";
  private static final String SAMPLE = "/io/millrace/web/sample/";
  private static final String PAGE = "index.html";
  private static final String SQL_PAGE = "sql.html";
  private static final String TRACKER_PATH = "{{tracker-path}}";
  private static final String LOG_OUT = "{{log-out}}";
  private static final Pattern GZIP_REFUSED = Pattern.compile("gzip\\s*;\\s*q=0(\\.0*)?\\s*(,|$)");

  private final StaticFiles dashboard = new StaticFiles(DASHBOARD);
  private final StaticFiles dashboardPages;
  private final Optional<StaticFiles> samplePages;
  private final Optional<StaticFiles> sampleAssets;

  /** Without a sample site and a login. */
  public DashboardService() {
    this(Optional.empty(), false);
  }

  /**
   * Makes one.
   *
   * @param hasLogin whether people log in, and so may log out by {@code POST /logout}
   */
  public DashboardService(Optional<SampleSite> sample, boolean hasLogin) {
    dashboardPages =
        new StaticFiles(
            DASHBOARD, page -> utf8(withLogOut(withTrackerPath(fromUtf8(page), sample), hasLogin)));
    samplePages =
        sample.map(site -> new StaticFiles(SAMPLE, page -> utf8(site.fill(fromUtf8(page)))));
    sampleAssets = sample.map(site -> new StaticFiles(SAMPLE));
  }

  /** The dashboard's page, which invites to the sample site where there is one. */
  private static String withTrackerPath(String page, Optional<SampleSite> sample) {
    return sample.map(site -> site.fill(page)).orElseGet(() -> page.replace(TRACKER_PATH, ""));
  }

  private static String withLogOut(String page, boolean hasLogin) {
    return page.replace(LOG_OUT, hasLogin ? "" : "hidden");
  }

  @Override
  public void routing(HttpRules rules) {
    serve(rules, "/", path -> dashboardPages.file(PAGE));
    serve(rules, "/sql", path -> dashboardPages.file(SQL_PAGE));
    serve(rules, "/assets/*", path -> dashboard.file(below("/assets/", path)));
    serve(rules, "/sample", path -> samplePage());
    serve(rules, "/sample/*", this::sampleFile);
  }

  private static void serve(
      HttpRules rules, String pattern, Function<String, Optional<StaticFile>> files) {
    rules.get(pattern, (request, response) -> answer(request, response, files));
    rules.head(pattern, (request, response) -> answer(request, response, files));
    rules.any(
        pattern,
        (request, response) ->
            Exchange.send(
                request,
                response,
                ErrorAnswer.of(
                    new QueryException(
                        QueryErrorCode.METHOD_NOT_ALLOWED, "only GET is allowed here"))));
  }

  private static void answer(
      ServerRequest request,
      ServerResponse response,
      Function<String, Optional<StaticFile>> files) {
    Exchange.answer(
        request,
        response,
        () ->
            files
                .apply(request.path().absolute().path())
                .map(file -> answer(request, file))
                .orElseThrow(
                    () -> new QueryException(QueryErrorCode.NOT_FOUND, "there is no page here")));
  }

  private Optional<StaticFile> sampleFile(String path) {
    String name = below("/sample/", path);
    boolean hasExtension = name.lastIndexOf('.') > name.lastIndexOf('/');
    if (!hasExtension) {
      return samplePage();
    }
    return (name.endsWith(".html") ? samplePages : sampleAssets).flatMap(files -> files.file(name));
  }

  private Optional<StaticFile> samplePage() {
    return samplePages.flatMap(files -> files.file(PAGE));
  }

  private static String below(String folder, String path) {
    return path.startsWith(folder) ? path.substring(folder.length()) : "";
  }

  private static Answer answer(ServerRequest request, StaticFile file) {
    boolean isCompressed = file.isWorthCompressing() && acceptsGzip(request);
    List<Header> headers = new ArrayList<>();
    headers.add(HeaderValues.create(HeaderNames.ETAG, file.tag(isCompressed)));
    headers.add(HeaderValues.create(HeaderNames.CACHE_CONTROL, cacheControl(file)));
    headers.add(HeaderValues.create(HeaderNames.VARY, "Accept-Encoding"));
    if (isKnown(request, file.tag(isCompressed))) {
      return new Answer(Status.NOT_MODIFIED_304, file.contentType(), headers, new byte[0]);
    }
    if (isCompressed) {
      headers.add(HeaderValues.create(HeaderNames.CONTENT_ENCODING, "gzip"));
    }
    return new Answer(
        Status.OK_200,
        file.contentType(),
        headers,
        isCompressed ? file.compressed() : file.plain());
  }

  private static String cacheControl(StaticFile file) {
    return file.contentType().startsWith("text/html") ? "no-cache" : "public, max-age=60";
  }

  private static boolean isKnown(ServerRequest request, String tag) {
    String known = headerOf(request, HeaderNames.IF_NONE_MATCH);
    return known.equals("*") || known.contains(tag);
  }

  private static boolean acceptsGzip(ServerRequest request) {
    String accepted = headerOf(request, HeaderNames.ACCEPT_ENCODING).toLowerCase(Locale.ROOT);
    return accepted.contains("gzip") && !GZIP_REFUSED.matcher(accepted).find();
  }

  private static String headerOf(ServerRequest request, HeaderName name) {
    return request.headers().contains(name)
        ? String.join(", ", request.headers().get(name).allValues())
        : "";
  }

  private static String fromUtf8(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
