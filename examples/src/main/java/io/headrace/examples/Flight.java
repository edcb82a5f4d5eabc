package io.headrace.examples;

/**
 * A flight of a US airline in 2001.
 *
 * @param date local departure, such as {@code 2001/01/10 09:15}
 * @param delay minutes late; negative is early
 * @param distance miles
 * @param origin the code of the airport it left from
 * @param destination the code of the airport it went to
 */
public record Flight(String date, int delay, int distance, String origin, String destination) {}
