package io.headrace.engine.task;

/** Says that this edge holds back no watermark until the next one comes on it. */
enum Idle implements Item {
  INSTANCE
}
