package io.headrace.api.plan;

import io.headrace.api.SideOutput;
import java.lang.reflect.Type;
import java.util.Optional;

/**
 * A stream that a node takes.
 *
 * @param from the node that produces it
 * @param side the side output that it is, unless it is the main one
 * @param type the type of its values, where it is known
 */
public record Input(NodeId from, Optional<SideOutput<?>> side, Optional<Type> type) {}
