/** The whole program under input that means harm, and the search for secrets that got out. */
package io.millrace.testing.hostile;
