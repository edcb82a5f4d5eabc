package io.headrace.files;

import java.nio.file.Path;

/**
 * A file of a transaction that is not prepared yet.
 *
 * @param number larger than that of each file that its task began before
 * @param path where it is while it is pending
 * @param partition the folder that it will be in, or nothing
 */
record Draft(long number, Path path, String partition) {}
