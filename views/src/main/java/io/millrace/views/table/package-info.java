/**
 * Reference tables: what is known of the things that clicks are about, read from topics of others
 * and looked up while views are computed. No Kafka: rows are handed in.
 */
@NullMarked
package io.millrace.views.table;

import org.jspecify.annotations.NullMarked;
