package io.headrace.api;

/** Which time a timer goes by. */
public enum TimeDomain {
  /** The time that values carry; it goes on with the watermark. */
  EVENT_TIME,
  /** The time of day at which values are processed. */
  PROCESSING_TIME
}
