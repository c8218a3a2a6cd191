/**
 * What can be found out about a click from itself alone: page, country, agent, referrer, campaign.
 *
 * <p>Pure decisions over tables held in memory; nothing here knows Kafka or reaches the network.
 */
@NullMarked
package io.millrace.streams.enrich;

import org.jspecify.annotations.NullMarked;
