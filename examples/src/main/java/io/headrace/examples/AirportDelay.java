package io.headrace.examples;

/**
 * What is known of an airport after one more flight.
 *
 * @param airport the code of the airport
 * @param flights how many flights left it so far
 * @param mean their mean delay in minutes
 * @param worst their longest delay in minutes
 * @param destination where the last one went
 * @param destinationMean the mean delay, in minutes, of flights from here to there
 */
public record AirportDelay(
    String airport,
    long flights,
    double mean,
    int worst,
    String destination,
    double destinationMean) {}
