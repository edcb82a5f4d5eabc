package io.headrace.state;

import io.headrace.codec.HashRange;

/**
 * How the rows of a table are spread.
 *
 * @param range the hashes that they may have
 * @param salt random bits
 */
record Hashing(HashRange range, long salt) {}
