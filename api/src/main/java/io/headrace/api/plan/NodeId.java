package io.headrace.api.plan;

/** The place of a node in its plan, counted from 0. */
public record NodeId(int index) {}
