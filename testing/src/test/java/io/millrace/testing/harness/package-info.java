/**
 * What the tests of the whole are made of: instances in this process and in others, eyes and hands
 * that use nothing but the public interfaces, and oracles that share no code with what they judge.
 */
@NullMarked
package io.millrace.testing.harness;

import org.jspecify.annotations.NullMarked;
