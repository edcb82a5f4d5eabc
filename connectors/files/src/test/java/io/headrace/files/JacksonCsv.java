package io.headrace.files;

import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.SequenceWriter;
import com.fasterxml.jackson.dataformat.csv.CsvGenerator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What a well-known library makes of CSV. */
final class JacksonCsv {

  private static final CsvMapper CSV =
      CsvMapper.builder()
          .enable(CsvParser.Feature.WRAP_AS_ARRAY)
          .enable(CsvGenerator.Feature.STRICT_CHECK_FOR_QUOTING)
          .build();

  private JacksonCsv() {}

  static List<List<String>> read(Path file) throws IOException {
    List<List<String>> records = new ArrayList<>();
    try (MappingIterator<String[]> rows =
        CSV.readerFor(String[].class).readValues(Files.readString(file))) {
      while (rows.hasNext()) {
        records.add(List.of(rows.next()));
      }
    }
    return records;
  }

  /** Writes records of the columns one, two and three. */
  static void write(Path file, List<List<String>> records) throws IOException {
    CsvSchema schema =
        CsvSchema.builder()
            .addColumn("one")
            .addColumn("two")
            .addColumn("three")
            .setUseHeader(true)
            .build();
    try (SequenceWriter writer = CSV.writer(schema).writeValues(Files.newBufferedWriter(file))) {
      for (List<String> record : records) {
        writer.write(record);
      }
    }
  }
}
