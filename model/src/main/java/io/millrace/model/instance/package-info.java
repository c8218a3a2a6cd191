/** What instances tell each other of themselves in the topic instances. */
@NullMarked
package io.millrace.model.instance;

import org.jspecify.annotations.NullMarked;
