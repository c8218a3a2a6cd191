package io.millrace.server.traffic;

import java.util.List;

/**
 * Programs that visit every site, and say so in their agent.
 *
 * @param weight in proportion to the others
 */
record Bot(double weight, Network network, String agent) {

  static final List<Bot> ALL =
      List.of(
          bot(
              35,
              "66.249.64.0/19",
              "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"),
          bot(
              20,
              "40.77.167.0/24",
              "Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)"),
          bot(
              10,
              "54.36.148.0/24",
              "Mozilla/5.0 (compatible; AhrefsBot/7.0; +http://ahrefs.com/robot/)"),
          bot(
              8,
              "85.208.96.0/24",
              "Mozilla/5.0 (compatible; SemrushBot/7~bl; +http://www.semrush.com/bot.html)"),
          bot(
              8,
              "5.255.231.0/24",
              "Mozilla/5.0 (compatible; YandexBot/3.0; +http://yandex.com/bots)"),
          bot(
              8,
              "20.171.207.0/24",
              "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; GPTBot/1.2; +https://openai.com/gptbot)"),
          bot(6, "34.192.0.0/12", "curl/8.14.1"),
          bot(5, "34.192.0.0/12", "python-requests/2.32.4"));

  private static Bot bot(double weight, String network, String agent) {
    return new Bot(weight, Network.parse(network), agent);
  }
}
