package io.headrace.state;

import io.headrace.api.plan.StateDeclaration;
import io.headrace.codec.Schema;

/**
 * What a state is.
 *
 * @param entrySchema the schema of its entries in checkpoints
 */
record StateDescription(StateName name, StateDeclaration.Kind kind, Schema entrySchema) {}
