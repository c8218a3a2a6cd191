package io.millrace.server.accesslog;

import java.util.Locale;
import java.util.Set;

/**
 * Which requests of an access log are a person looking at a page.
 *
 * <p>A request is a page request if all of these hold. Its method is {@code GET}. Its status is 200
 * to 299 or 304: the page was delivered, or was still in the browser's cache. Its target is a path
 * or an absolute URL. The last part of its path (without the query)
 *
 * <ul>
 *   <li>does not end in the extension of something that a page is made of or that is saved instead
 *       of read: style, script, image, font, sound, film, archive, program, feed, source map.
 *       Documents ({@code html}, {@code php}, {@code pdf}, {@code txt}) and unknown extensions are
 *       pages;
 *   <li>is not {@code robots.txt}, nor begins with {@code favicon.} or {@code apple-touch-icon};
 *   <li>is not {@code feed}, {@code rss} or {@code atom}, and no parameter of the query called
 *       {@code feed}, {@code flav} or {@code format} has a value that begins with {@code rss} or
 *       {@code atom}: a feed is fetched by programs, around the clock.
 * </ul>
 *
 * <p>It judges the request only. Whether a program sent it is judged later, for all events alike.
 * Pure.
 */
final class PageRule {
  private static final Set<String> NOT_PAGES =
      Set.of(
          ("css js mjs map wasm png jpg jpeg jpe gif svg svgz ico cur webp avif bmp tif tiff woff"
                  + " woff2 ttf otf eot mp3 mp4 m4a m4v ogg oga ogv wav flac webm avi mov mpg mpeg"
                  + " swf zip gz tgz bz2 xz zst tar rar 7z jar war exe msi dmg pkg deb rpm apk iso"
                  + " bin rss atom xml xsl xslt json jsonp webmanifest")
              .split(" ", -1));
  private static final Set<String> FEED_NAMES = Set.of("feed", "rss", "atom");
  private static final Set<String> FEED_PARAMETERS = Set.of("feed", "flav", "format");

  private PageRule() {}

  static boolean isPage(LogLine.Request request) {
    return request.method().equals("GET")
        && (request.status() / 100 == 2 || request.status() == 304)
        && RequestUrl.hasUrl(request.target())
        && isPagePath(lastPart(request.target()))
        && !asksForFeed(request.target());
  }

  private static boolean isPagePath(String name) {
    int dot = name.lastIndexOf('.');
    return !(dot >= 0 && NOT_PAGES.contains(name.substring(dot + 1)))
        && !FEED_NAMES.contains(name)
        && !name.equals("robots.txt")
        && !name.startsWith("favicon.")
        && !name.startsWith("apple-touch-icon");
  }

  /** The path's last part in lower case; for a folder, its name: {@code /blog/feed/} is a feed. */
  private static String lastPart(String target) {
    int query = target.indexOf('?');
    String path = query < 0 ? target : target.substring(0, query);
    int end = path.endsWith("/") ? path.length() - 1 : path.length();
    return path.substring(path.lastIndexOf('/', end - 1) + 1, Math.max(end, 0))
        .toLowerCase(Locale.ROOT);
  }

  private static boolean asksForFeed(String target) {
    int query = target.indexOf('?');
    if (query < 0) {
      return false;
    }
    for (String parameter : target.substring(query + 1).toLowerCase(Locale.ROOT).split("&", -1)) {
      int equals = parameter.indexOf('=');
      String value = parameter.substring(equals + 1);
      if (equals > 0
          && FEED_PARAMETERS.contains(parameter.substring(0, equals))
          && (value.startsWith("rss") || value.startsWith("atom"))) {
        return true;
      }
    }
    return false;
  }
}
