package io.headrace.files;

import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.introspect.BeanPropertyDefinition;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.headrace.api.ErrorCode;
import io.headrace.api.HeadraceException;
import io.headrace.api.Printable;
import io.headrace.api.ValueRejectedException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The columns that values of a type have: one for each property, of its name. Jackson makes values
 * of them as it does of JSON. Immutable; any thread.
 */
final class CsvColumns<T> implements FileFormat<T> {

  private static final Set<Class<?>> SCALARS =
      Set.of(
          String.class,
          Boolean.class,
          Byte.class,
          Short.class,
          Integer.class,
          Long.class,
          Float.class,
          Double.class,
          Character.class,
          java.math.BigDecimal.class,
          java.math.BigInteger.class,
          java.util.UUID.class);

  private final Class<T> type;
  private final List<Column> columns;
  private final ObjectReader reader;

  private CsvColumns(Class<T> type, List<Column> columns) {
    this.type = type;
    this.columns = columns;
    this.reader = Json.MAPPER.readerFor(type);
  }

  /**
   * A column.
   *
   * @param type the type of the component, or of what is in its {@code Optional}
   * @param isOptional whether its cells may be absent
   */
  private record Column(String name, JavaType type, boolean isOptional) {

    static Column of(BeanPropertyDefinition component) {
      JavaType type = component.getPrimaryType();
      boolean isOptional = type.hasRawClass(Optional.class);
      return new Column(
          component.getName(), isOptional ? type.containedTypeOrUnknown(0) : type, isOptional);
    }

    private boolean isText() {
      return type.hasRawClass(String.class);
    }

    private boolean isScalar() {
      Class<?> raw = type.getRawClass();
      return raw.isPrimitive()
          || raw.isEnum()
          || SCALARS.contains(raw)
          || raw.getPackageName().equals("java.time");
    }

    /** What Jackson is to read; only a text may be there and have no characters. */
    JsonNode node(CsvRecords.Cell cell) throws MalformedException {
      if (!cell.text().isEmpty() || isText() && !(isOptional && cell.isAbsent())) {
        return JsonNodeFactory.instance.textNode(cell.text());
      }
      if (isOptional) {
        return JsonNodeFactory.instance.nullNode();
      }
      throw new MalformedException("column \"" + name + "\" is empty");
    }
  }

  /**
   * The columns of a type.
   *
   * @throws HeadraceException with {@code INVALID_JOB} if it has properties that are no cells
   */
  static <T> CsvColumns<T> of(Class<T> type) {
    List<Column> columns = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    for (BeanPropertyDefinition component : components(type)) {
      Column column = Column.of(component);
      columns.add(column);
      if (!column.isScalar()) {
        problems.add(
            "component "
                + column.name()
                + " is of type "
                + component.getPrimaryType().toCanonical());
      }
    }
    if (columns.isEmpty()) {
      problems.add("it is no record with components");
    }
    if (columns.size() == 1 && columns.get(0).isOptional()) {
      problems.add("its only component may be absent, and a line without anything is no record");
    }
    if (!problems.isEmpty()) {
      throw new HeadraceException(
          ErrorCode.INVALID_JOB,
          "Values of type %s are no records of a CSV file: %s. Use a record of texts, numbers, enums and times, or of such in an Optional."
              .formatted(type.getName(), String.join("; ", problems)));
    }
    return new CsvColumns<>(type, List.copyOf(columns));
  }

  /** What the constructor of a record takes, with the names that Jackson knows it by. */
  private static List<BeanPropertyDefinition> components(Class<?> type) {
    if (!type.isRecord()) {
      return List.of();
    }
    JavaType described = Json.MAPPER.constructType(type);
    return Json.MAPPER.getDeserializationConfig().introspect(described).findProperties().stream()
        .filter(BeanPropertyDefinition::hasConstructorParameter)
        .toList();
  }

  // Reading

  @Override
  public Elements<T> begin(ByteWindow window) throws IOException {
    List<Column> order = order(window, header(window));
    return new Elements<>(
        CsvRecords.INSTANCE,
        record -> {
          JsonNode row = row(order, CsvRecords.cells(Utf8Text.decode(record)));
          return Json.value(type, () -> reader.readValue(row));
        });
  }

  private static List<String> header(ByteWindow window) throws IOException {
    Optional<ElementFormat.Element> next = CsvRecords.INSTANCE.next(window);
    while (next.isPresent() && next.get().isBlank()) {
      window.consume(next.get().consumed());
      next = CsvRecords.INSTANCE.next(window);
    }
    ElementFormat.Element header =
        next.orElseThrow(
            () -> window.refused(0, "should name the columns, but the file has nothing in it"));
    try {
      String record = Utf8Text.decode(window.copy(header.start(), header.end()));
      List<String> names = CsvRecords.cells(record).stream().map(CsvRecords.Cell::text).toList();
      window.consume(header.consumed());
      return names;
    } catch (MalformedException malformed) {
      throw window.refused(0, "does not name the columns: " + malformed.reason());
    }
  }

  /** The columns in the order of a file. */
  private List<Column> order(ByteWindow window, List<String> names) {
    List<String> problems = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    List<Column> order = new ArrayList<>();
    for (String name : names) {
      Optional<Column> column = columns.stream().filter(each -> each.name().equals(name)).findAny();
      if (column.isEmpty()) {
        problems.add("column \"" + Printable.of(name, 40) + "\" is unknown");
      } else if (!seen.add(name)) {
        problems.add("column \"" + name + "\" is there twice");
      }
      column.ifPresent(order::add);
    }
    for (Column column : columns) {
      if (!seen.contains(column.name())) {
        problems.add("column \"" + column.name() + "\" is missing");
      }
    }
    if (!problems.isEmpty()) {
      throw new HeadraceException(
          ErrorCode.INPUT_REFUSED,
          "File %s does not have the columns of %s (%s): %s. Mend its header, or the type."
              .formatted(
                  Printable.of(window.file()),
                  type.getName(),
                  columns.stream().map(Column::name).collect(Collectors.joining(", ")),
                  Printable.of(String.join("; ", problems))));
    }
    return order;
  }

  private static JsonNode row(List<Column> order, List<CsvRecords.Cell> cells)
      throws MalformedException {
    if (cells.size() != order.size()) {
      throw new MalformedException(
          "it has %d cells, but there are %d columns".formatted(cells.size(), order.size()));
    }
    ObjectNode row = JsonNodeFactory.instance.objectNode();
    for (int i = 0; i < cells.size(); i++) {
      row.set(order.get(i).name(), order.get(i).node(cells.get(i)));
    }
    return row;
  }

  // Writing

  SinkFormat<T> sinkFormat() {
    List<CsvRecords.Cell> names =
        columns.stream().map(column -> CsvRecords.cell(column.name())).toList();
    byte[] header =
        Utf8Text.encode(CsvRecords.record(names))
            .orElseThrow(
                () ->
                    new HeadraceException(
                        ErrorCode.INVALID_JOB,
                        "The name of a column of %s has half of a character in it. Give its components other names."
                            .formatted(type.getName())));
    return SinkFormat.of("csv", header, value -> bytes(cells(value)));
  }

  private List<CsvRecords.Cell> cells(T value) throws ValueRejectedException {
    JsonNode row = Json.MAPPER.valueToTree(value);
    List<CsvRecords.Cell> cells = new ArrayList<>();
    for (Column column : columns) {
      JsonNode cell = row.path(column.name());
      boolean isAbsent = cell.isNull() || cell.isMissingNode();
      if (isAbsent && !column.isOptional()) {
        throw new ValueRejectedException(
            "since its column \"" + column.name() + "\" is null, which only an Optional may be");
      }
      cells.add(isAbsent ? new CsvRecords.Cell("", false) : CsvRecords.cell(cell.asText()));
    }
    return cells;
  }

  private static byte[] bytes(List<CsvRecords.Cell> cells) throws ValueRejectedException {
    return Utf8Text.encode(CsvRecords.record(cells))
        .orElseThrow(
            () -> new ValueRejectedException("since a text in it has half of a character"));
  }
}
