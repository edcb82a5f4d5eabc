package io.headrace.examples;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** The flights that come with the examples. */
public final class Flights {

  /** How many there are. */
  public static final int COUNT = 20_000;

  private static final String RESOURCE = "flights-20k.json";

  private Flights() {}

  /** Puts the flights into a folder, as a file that a job can read. */
  public static Path copyTo(Path folder) throws IOException {
    Path file = folder.resolve(RESOURCE);
    Files.createDirectories(folder);
    try (InputStream flights = Flights.class.getResourceAsStream(RESOURCE)) {
      if (flights == null) {
        throw new IOException("The examples' jar lacks " + RESOURCE + ".");
      }
      Files.copy(flights, file, StandardCopyOption.REPLACE_EXISTING);
    }
    return file;
  }
}
