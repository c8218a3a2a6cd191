/**
 * How the model is written as bytes: Avro single-object encoding for what others may read, tighter
 * forms for what is private.
 */
@NullMarked
package io.millrace.model.codec;

import org.jspecify.annotations.NullMarked;
