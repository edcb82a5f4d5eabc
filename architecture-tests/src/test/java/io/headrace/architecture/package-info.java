/**
 * The rules of the house as tests: who may depend on whom, which calls are banned, what types,
 * sources and documents look like.
 *
 * <p>Each rule is a function from what it reads (classes, sources, files) to a list of problems; a
 * problem says where it is and what to do instead. {@code RoomsTest} is a good first read. Beside
 * the test that holds a rule against the project stands one that holds it against a small source
 * that breaks it, so that every rule was seen to fail.
 *
 * <p>Threads: one. Invariant: a module whose classes are not on the class path fails the tests.
 */
@NullMarked
package io.headrace.architecture;

import org.jspecify.annotations.NullMarked;
