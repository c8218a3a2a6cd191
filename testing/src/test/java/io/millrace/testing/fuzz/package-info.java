/** Bytes from outside that are not what they should be, for every decoder there is. */
package io.millrace.testing.fuzz;
