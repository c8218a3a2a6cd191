/** Stand-ins for what the streams module implements, which compute what that computes. */
@NullMarked
package io.millrace.query.testing;

import org.jspecify.annotations.NullMarked;
