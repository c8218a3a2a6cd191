package io.millrace.query;

import io.helidon.webserver.http.Handler;

/**
 * A path of the interface.
 *
 * @param path below {@link QueryService#ROOT}, with its parameters in braces
 * @param name in metrics
 */
record Route(String path, String name, Handler handler) {}
