package io.headrace.api;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;

/**
 * What operators use and do not make themselves, each by its type: a pool of connections, a client,
 * a bean of the program around the job. A job gives them ({@link Job#services}); processes ask with
 * {@link States#service}, readers, writers and committers with {@link ConnectorContext#service}.
 * Immutable.
 */
public final class Services {

  private static final Services NONE = new Services(Map.of());

  private final Map<Class<?>, Way> byType;

  private Services(Map<Class<?>, Way> byType) {
    this.byType = byType;
  }

  /** How to come by a service, and whether it is closed by those who have opened it. */
  private record Way(Callable<?> opener, boolean isToBeClosed) {}

  /** No services. */
  public static Services none() {
    return NONE;
  }

  /**
   * These and one that is there already. It is never closed here, and so it is not made here
   * either: {@link Job#services} is called for every plan of the job.
   */
  public <S> Services with(Class<S> type, S service) {
    Objects.requireNonNull(service, "service");
    return with(type, new Way(() -> service, false));
  }

  /**
   * These and one that is opened when the first operator asks for it: in this JVM once for each
   * start and restart of the job, on a cluster once for each operator in each task. It is closed
   * when nothing uses it any more.
   *
   * @param opener called on a thread that may block; what it throws fails the attempt, as the
   *     opening of a connector does
   */
  public <S extends AutoCloseable> Services opening(Class<S> type, Callable<S> opener) {
    Objects.requireNonNull(opener, "opener");
    return with(type, new Way(opener, true));
  }

  private Services with(Class<?> type, Way way) {
    Map<Class<?>, Way> more = new LinkedHashMap<>(byType);
    if (more.put(Objects.requireNonNull(type, "type"), way) != null) {
      throw new HeadraceException(
          ErrorCode.INVALID_JOB,
          "There are two services of %s. Give one of each type: for a second one, a type of its own that holds it."
              .formatted(type.getName()));
    }
    return new Services(Collections.unmodifiableMap(more));
  }

  /** The types of which there is a service. */
  public Set<Class<?>> types() {
    return byType.keySet();
  }

  /** For engines: lets operators come by these services, until it is closed. */
  public Open open() {
    return new Open(byType);
  }

  /** Services while operators may use them. Any thread. */
  public static final class Open implements AutoCloseable {

    private final Map<Class<?>, Way> byType;
    private final Map<Class<?>, Object> services = new LinkedHashMap<>();
    private final List<AutoCloseable> toBeClosed = new ArrayList<>();
    private boolean isClosed;

    private Open(Map<Class<?>, Way> byType) {
      this.byType = byType;
    }

    /**
     * A service for an operator. May block.
     *
     * @throws HeadraceException with {@code INVALID_JOB} if there is none of the type, or with
     *     {@code SERVICE_FAILED} if it cannot be opened
     */
    public synchronized <S> S get(String operator, Class<S> type) {
      Way way = byType.get(type);
      if (way == null) {
        throw missing(operator, type);
      }
      if (isClosed) {
        throw new HeadraceException(
                ErrorCode.INVALID_JOB,
                "Operator \"%s\" asks for a service of %s after it was closed. Ask while it is opened, and keep the service."
                    .formatted(operator, type.getName()))
            .ofOperator(operator);
      }
      Object known = services.get(type);
      return type.cast(known == null ? opened(operator, type, way) : known);
    }

    private Object opened(String operator, Class<?> type, Way way) {
      Object service;
      try {
        service = Objects.requireNonNull(way.opener().call(), "its opener gave null");
      } catch (Exception thrown) {
        throw new HeadraceException(
                ErrorCode.SERVICE_FAILED,
                "The service of %s, for which operator \"%s\" asked, could not be opened: %s. It is tried again if the job starts again."
                    .formatted(type.getName(), operator, Printable.of(thrown)),
                thrown)
            .ofOperator(operator);
      }
      services.put(type, service);
      if (way.isToBeClosed() && service instanceof AutoCloseable closeable) {
        toBeClosed.add(0, closeable);
      }
      return service;
    }

    private static HeadraceException missing(String operator, Class<?> type) {
      return new HeadraceException(
              ErrorCode.INVALID_JOB,
              "Operator \"%s\" asks for a service of %s, and the job gives none. Have services() of the job give one of exactly that type."
                  .formatted(operator, type.getName()))
          .ofOperator(operator);
    }

    /**
     * Closes those that were opened here, the last first, and gives no more; throws the first
     * failure, at the end.
     */
    @Override
    public void close() throws Exception {
      Throwable first = null;
      for (AutoCloseable service : ended()) {
        try {
          service.close();
        } catch (Exception | Error failure) {
          if (first == null) {
            first = failure;
          } else if (first != failure) {
            first.addSuppressed(failure);
          }
        }
      }
      if (first instanceof Error error) {
        throw error;
      }
      if (first instanceof Exception exception) {
        throw exception;
      }
    }

    private synchronized List<AutoCloseable> ended() {
      isClosed = true;
      List<AutoCloseable> last = List.copyOf(toBeClosed);
      toBeClosed.clear();
      return last;
    }
  }
}
