package io.millrace.bench.engine;

/** A {@link JsonClick} with what {@link SimpleRules} find out about it. */
record EnrichedJsonClick(
    String id,
    String site,
    String visitor,
    String url,
    String referrer,
    String title,
    String agent,
    String address,
    String language,
    String screen,
    long time,
    String path,
    String country,
    String device,
    String browser,
    String referrerHost) {}
