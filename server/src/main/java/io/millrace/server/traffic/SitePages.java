package io.millrace.server.traffic;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * The simulated site: an outdoor shop with a magazine, about two hundred pages. Among pages of a
 * kind, popularity follows Zipf's law. Immutable, and the same on every run.
 */
final class SitePages {
  private static final String SHOP = " – Millrace Outdoor";
  private static final List<String> GOODS =
      List.of("Tent", "Backpack", "Stove", "Jacket", "Boots", "Lamp", "Bottle", "Hammock");
  private static final List<String> RIVERS =
      List.of(
          "Avon", "Loire", "Elbe", "Tagus", "Drava", "Glomma", "Isar", "Shannon", "Tiber", "Vltava",
          "Oder", "Ebro", "Mersey", "Neva");
  private static final List<String> PLACES =
      List.of(
          "the Alps",
          "Iceland",
          "Patagonia",
          "the Highlands",
          "Norway",
          "the Pyrenees",
          "Hokkaido",
          "the Rockies",
          "Corsica",
          "Lapland",
          "the Dolomites",
          "Madeira");
  private static final List<String> SUBJECTS =
      List.of(
          "A week on foot in %s",
          "What to pack for %s",
          "Wild camping in %s",
          "Cooking with little fuel in %s",
          "Weather signs in %s");

  private final Map<PageKind, Weighted<SitePage>> byKind = new EnumMap<>(PageKind.class);
  private final List<SitePage> all = new ArrayList<>();

  SitePages() {
    put(PageKind.HOME, List.of(page(PageKind.HOME, "/", "Millrace Outdoor")));
    put(PageKind.LIST, lists());
    put(PageKind.PRODUCT, products());
    put(PageKind.ARTICLE, articles());
    put(
        PageKind.INFORMATION,
        List.of(
            page(PageKind.INFORMATION, "/shipping", "Shipping and returns" + SHOP),
            page(PageKind.INFORMATION, "/about", "About us" + SHOP),
            page(PageKind.INFORMATION, "/stores", "Our stores" + SHOP),
            page(PageKind.INFORMATION, "/repair", "We repair it" + SHOP),
            page(PageKind.INFORMATION, "/careers", "Work with us" + SHOP)));
    put(PageKind.SIGN_UP, List.of(page(PageKind.SIGN_UP, "/sign-up", "Become a member" + SHOP)));
    put(PageKind.CART, List.of(page(PageKind.CART, "/cart", "Your cart" + SHOP)));
    put(PageKind.CHECKOUT, List.of(page(PageKind.CHECKOUT, "/checkout", "Checkout" + SHOP)));
    put(PageKind.THANKS, List.of(page(PageKind.THANKS, "/checkout/thanks", "Thank you" + SHOP)));
  }

  /** A page of a kind: a popular one more likely than others. */
  SitePage any(PageKind kind, RandomGenerator random) {
    Weighted<SitePage> pages = byKind.get(kind);
    if (pages == null) {
      throw new IllegalStateException("there is no page of kind " + kind);
    }
    return pages.pick(random);
  }

  List<SitePage> all() {
    return List.copyOf(all);
  }

  private void put(PageKind kind, List<SitePage> pages) {
    byKind.put(kind, Weighted.zipf(pages));
    all.addAll(pages);
  }

  private static List<SitePage> lists() {
    var lists = new ArrayList<SitePage>();
    for (String good : GOODS) {
      lists.add(page(PageKind.LIST, "/shop/" + slug(good), "All of " + good + SHOP));
    }
    return lists;
  }

  /** Every good of every river's name, so that the popular ones are of all sorts. */
  private static List<SitePage> products() {
    var products = new ArrayList<SitePage>();
    for (String river : RIVERS) {
      for (String good : GOODS) {
        String path = "/shop/" + slug(good) + '/' + slug(river);
        int price = 15 + 7 * products.size() % 190;
        products.add(new SitePage(PageKind.PRODUCT, path, good + ' ' + river + SHOP, price));
      }
    }
    return products;
  }

  private static List<SitePage> articles() {
    var articles = new ArrayList<SitePage>();
    for (String place : PLACES) {
      for (String subject : SUBJECTS) {
        String title = subject.replace("%s", place);
        articles.add(page(PageKind.ARTICLE, "/magazine/" + slug(title), title + SHOP));
      }
    }
    return articles;
  }

  private static SitePage page(PageKind kind, String path, String title) {
    return new SitePage(kind, path, title, 0);
  }

  private static String slug(String text) {
    return text.toLowerCase(Locale.ROOT).replace(' ', '-');
  }
}
