package io.millrace.server.traffic;

import java.util.List;

/**
 * What simulated visitors look with: agents of common browsers and their share.
 *
 * @param weight in proportion to the others
 * @param screens sizes in pixels that such a device has, as {@code 1920x1080}
 */
record Browser(double weight, List<String> screens, String agent) {
  private static final List<String> DESKTOP =
      List.of("1920x1080", "1536x864", "2560x1440", "1366x768", "1440x900");
  private static final List<String> MAC = List.of("1440x900", "1512x982", "1728x1117", "2560x1440");
  private static final List<String> IPHONE = List.of("390x844", "393x852", "430x932", "375x812");
  private static final List<String> ANDROID = List.of("412x915", "360x800", "384x832", "412x892");
  private static final List<String> TABLET = List.of("820x1180", "810x1080", "1024x1366");

  private static final String WINDOWS = "Mozilla/5.0 (Windows NT 10.0; Win64; x64)";
  private static final String MACINTOSH = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)";
  private static final String LINUX = "Mozilla/5.0 (X11; Linux x86_64)";
  private static final String WEBKIT = " AppleWebKit/537.36 (KHTML, like Gecko) ";
  private static final String APPLE = " AppleWebKit/605.1.15 (KHTML, like Gecko) ";

  static final List<Browser> ALL =
      List.of(
          new Browser(20, DESKTOP, WINDOWS + WEBKIT + "Chrome/142.0.0.0 Safari/537.36"),
          new Browser(4, DESKTOP, WINDOWS + WEBKIT + "Chrome/141.0.0.0 Safari/537.36"),
          new Browser(
              7, DESKTOP, WINDOWS + WEBKIT + "Chrome/142.0.0.0 Safari/537.36 Edg/142.0.0.0"),
          new Browser(
              1.5, DESKTOP, WINDOWS + WEBKIT + "Chrome/140.0.0.0 Safari/537.36 OPR/124.0.0.0"),
          new Browser(
              4,
              DESKTOP,
              "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0"),
          new Browser(9, MAC, MACINTOSH + WEBKIT + "Chrome/142.0.0.0 Safari/537.36"),
          new Browser(7, MAC, MACINTOSH + APPLE + "Version/26.1 Safari/605.1.15"),
          new Browser(2, MAC, MACINTOSH + APPLE + "Version/18.6 Safari/605.1.15"),
          new Browser(
              1.5,
              MAC,
              "Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:145.0) Gecko/20100101 Firefox/145.0"),
          new Browser(
              2, DESKTOP, "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0"),
          new Browser(2, DESKTOP, LINUX + WEBKIT + "Chrome/142.0.0.0 Safari/537.36"),
          new Browser(
              1,
              DESKTOP,
              "Mozilla/5.0 (X11; CrOS x86_64 14541.0.0)"
                  + WEBKIT
                  + "Chrome/142.0.0.0 Safari/537.36"),
          new Browser(14, IPHONE, iphone("18_7", "26.1")),
          new Browser(4, IPHONE, iphone("17_6_1", "17.6")),
          new Browser(
              2,
              IPHONE,
              "Mozilla/5.0 (iPhone; CPU iPhone OS 18_7 like Mac OS X)"
                  + APPLE
                  + "CriOS/142.0.7444.77 Mobile/15E148 Safari/604.1"),
          new Browser(
              15,
              ANDROID,
              "Mozilla/5.0 (Linux; Android 10; K)"
                  + WEBKIT
                  + "Chrome/142.0.0.0 Mobile Safari/537.36"),
          new Browser(
              3,
              ANDROID,
              "Mozilla/5.0 (Linux; Android 10; K)"
                  + WEBKIT
                  + "SamsungBrowser/29.0 Chrome/136.0.0.0 Mobile Safari/537.36"),
          new Browser(
              1, ANDROID, "Mozilla/5.0 (Android 15; Mobile; rv:145.0) Gecko/145.0 Firefox/145.0"),
          new Browser(
              3,
              TABLET,
              "Mozilla/5.0 (iPad; CPU OS 18_7 like Mac OS X)"
                  + APPLE
                  + "Version/26.1 Mobile/15E148 Safari/604.1"),
          new Browser(
              1,
              TABLET,
              "Mozilla/5.0 (Linux; Android 14; SM-X710)"
                  + WEBKIT
                  + "Chrome/142.0.0.0 Safari/537.36"));

  Browser {
    screens = List.copyOf(screens);
  }

  private static String iphone(String system, String version) {
    return "Mozilla/5.0 (iPhone; CPU iPhone OS "
        + system
        + " like Mac OS X)"
        + APPLE
        + "Version/"
        + version
        + " Mobile/15E148 Safari/604.1";
  }
}
