package io.headrace.state;

/** The key of what belongs to no key: there is one, and it takes no bytes. */
record Everywhere() {}
