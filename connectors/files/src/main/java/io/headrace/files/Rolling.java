package io.headrace.files;

import io.headrace.api.ErrorCode;
import io.headrace.api.HeadraceException;
import io.headrace.api.Printable;
import java.time.Duration;
import java.util.Optional;

/**
 * When a file is ended before its checkpoint.
 *
 * @param bytes how long it may get, before it is packed
 * @param age how long it may be written to
 */
record Rolling(Optional<Long> bytes, Optional<Duration> age) {

  static final Rolling NEVER = new Rolling(Optional.empty(), Optional.empty());

  Rolling {
    if (bytes.filter(each -> each < 1).isPresent()) {
      throw new HeadraceException(
          ErrorCode.INVALID_JOB,
          "A file is ended at 1 byte or more, not "
              + bytes.get()
              + ". Give rollAt a size of 1 or more.");
    }
    if (age.filter(each -> each.isNegative() || each.isZero()).isPresent()) {
      throw new HeadraceException(
          ErrorCode.INVALID_JOB,
          "A file is ended after some time, not "
              + Printable.duration(age.get())
              + ". Give rollAfter a time that is longer than none.");
    }
  }

  boolean isLong(long length) {
    return bytes.isPresent() && length >= bytes.get();
  }

  boolean isOld(long nanos) {
    return age.isPresent() && Duration.ofNanos(nanos).compareTo(age.get()) >= 0;
  }
}
