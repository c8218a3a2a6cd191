package io.millrace.server.traffic;

/** What a page of the simulated site is for; it decides where visitors go from it. */
enum PageKind {
  HOME,
  LIST,
  PRODUCT,
  ARTICLE,
  INFORMATION,
  SIGN_UP,
  CART,
  CHECKOUT,
  THANKS
}
